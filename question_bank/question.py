"""A question, its JSON form and its digest."""

import hashlib
import json
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from question_bank.text import clean

# A JSON value without objects and fractions; lists are tuples, so that it cannot change.
Value: TypeAlias = "bool | int | str | tuple[Value, ...] | None"

FULL_POINTS = 1000
"""Points of an ordinary question, in 1/1000 point."""

SOURCE_TO_ADD = "Nhập từ tệp; cần bổ sung nguồn"
"""The source of a question from a file that names none, until a person writes it."""

_REQUIRED = ("kind", "text", "key", "topic", "difficulty", "source")
_OPTIONAL = ("options", "explanation", "points", "lock_order", "tags", "items", "settings")


class InvalidContent(ValueError):
    """Content that is no question. `code` is stable, `field` names the place."""

    def __init__(self, code: str, field: str) -> None:
        super().__init__(f"{code}: {field}")
        self.code = code
        self.field = field


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that may be chosen; `id` stays the same however a paper orders it."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answer key.

    `points` are 1/1000 point, `difficulty` is 1 (easiest) to 5. What `key` looks like is
    the business of the kind: an option id, several of them, or true and false. `items` are
    texts that want an answer each, `settings` pairs of name and value in the order of names.
    """

    kind: str
    text: str
    options: tuple[Option, ...]
    key: Value
    topic: str
    difficulty: int
    explanation: str
    source: str
    points: int = FULL_POINTS
    lock_order: bool = False
    tags: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    settings: tuple[tuple[str, Value], ...] = ()


def to_content(question: Question) -> dict[str, object]:
    """Return the question as JSON-ready data, every text in its normal form.

    Items and settings stand in it only where there are some: a digest doesn't change because
    questions of other kinds came to have them.
    """
    content: dict[str, object] = {
        "kind": clean(question.kind),
        "text": clean(question.text),
        "options": [{"id": clean(o.id), "text": clean(o.text)} for o in question.options],
        "key": _listed(question.key),
        "topic": clean(question.topic),
        "difficulty": question.difficulty,
        "explanation": clean(question.explanation),
        "source": clean(question.source),
        "points": question.points,
        "lock_order": question.lock_order,
        "tags": [clean(tag) for tag in question.tags],
    }
    if question.items:
        content["items"] = [clean(item) for item in question.items]
    if question.settings:
        content["settings"] = {name: _listed(value) for name, value in question.settings}
    return content


def from_content(content: object) -> Question:
    """Read a question from JSON data.

    Checks shape and types only; whether it is a good question is for `validation`.
    Raises InvalidContent: not_object, field_missing, field_unknown, wrong_type, bad_text.
    """
    fields = _object(content, "", _REQUIRED, _OPTIONAL)
    return Question(
        kind=_text(fields["kind"], "kind"),
        text=_text(fields["text"], "text"),
        options=_options(fields.get("options", [])),
        key=_value(fields["key"], "key"),
        topic=_text(fields["topic"], "topic"),
        difficulty=_whole(fields["difficulty"], "difficulty"),
        explanation=_text(fields.get("explanation", ""), "explanation"),
        source=_text(fields["source"], "source"),
        points=_whole(fields.get("points", FULL_POINTS), "points"),
        lock_order=_flag(fields.get("lock_order", False), "lock_order"),
        tags=_texts(fields.get("tags", []), "tags"),
        items=_texts(fields.get("items", []), "items"),
        settings=_settings(fields.get("settings", {})),
    )


def texts_in(content: object, without: Container[str] = (), name: str = "") -> Iterator[str]:
    """Yield every text in JSON data, leaving out the fields named in `without`."""
    if isinstance(content, Mapping):
        for field, value in content.items():
            yield from texts_in(value, without, field)
    elif isinstance(content, list):
        for value in content:
            yield from texts_in(value, without, name)
    elif isinstance(content, str) and name not in without:
        yield content


def canonical_json(value: object) -> bytes:
    """Return the one spelling of a JSON value: sorted keys, no spaces, UTF-8."""
    spelled = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return spelled.encode()


def digest(question: Question) -> str:
    """Return the SHA-256 (hex) of the question's canonical JSON."""
    return digest_of(to_content(question))


def digest_of(content: Mapping[str, object]) -> str:
    """Return the same of what `to_content` returned."""
    return hashlib.sha256(canonical_json(content)).hexdigest()


def _listed(value: Value) -> object:
    if isinstance(value, tuple):
        return [_listed(item) for item in value]
    return clean(value) if isinstance(value, str) else value


def _object(raw: object, field: str, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> Mapping[str, object]:
    if not isinstance(raw, dict):
        raise InvalidContent("not_object", field)
    prefix = f"{field}." if field else ""
    for name in required:
        if name not in raw:
            raise InvalidContent("field_missing", prefix + name)
    for name in raw:
        if name not in required + optional:
            raise InvalidContent("field_unknown", f"{prefix}{name}")
    return raw


def _options(raw: object) -> tuple[Option, ...]:
    return tuple(_option(item, f"options.{i}") for i, item in enumerate(_list(raw, "options")))


def _texts(raw: object, field: str) -> tuple[str, ...]:
    return tuple(_text(item, f"{field}.{i}") for i, item in enumerate(_list(raw, field)))


def _settings(raw: object) -> tuple[tuple[str, Value], ...]:
    if not isinstance(raw, dict):
        raise InvalidContent("not_object", "settings")
    return tuple((_text(name, "settings"), _value(value, f"settings.{name}")) for name, value in sorted(raw.items()))


def _option(raw: object, field: str) -> Option:
    fields = _object(raw, field, ("id", "text"))
    return Option(_text(fields["id"], f"{field}.id"), _text(fields["text"], f"{field}.text"))


def _value(raw: object, field: str) -> Value:
    if isinstance(raw, list | tuple):
        return tuple(_value(item, field) for item in raw)
    if isinstance(raw, str):
        return _text(raw, field)
    if raw is None or isinstance(raw, bool | int):
        return raw
    raise InvalidContent("wrong_type", field)


def _text(raw: object, field: str) -> str:
    if not isinstance(raw, str):
        raise InvalidContent("wrong_type", field)
    try:
        raw.encode()
    except UnicodeEncodeError:
        raise InvalidContent("bad_text", field) from None
    return clean(raw)


def _whole(raw: object, field: str) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise InvalidContent("wrong_type", field)
    return raw


def _flag(raw: object, field: str) -> bool:
    if not isinstance(raw, bool):
        raise InvalidContent("wrong_type", field)
    return raw


def _list(raw: object, field: str) -> list[object]:
    if not isinstance(raw, list):
        raise InvalidContent("wrong_type", field)
    return raw
