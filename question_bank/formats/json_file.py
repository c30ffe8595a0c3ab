"""Our JSON format, "question-bank/1"."""

import json
from datetime import date
from typing import Any, BinaryIO

from question_bank.formats.base import (
    MOST_QUESTIONS,
    Bank,
    Fault,
    Format,
    Import,
    Parsed,
    Placed,
    Source,
    UnusableFile,
    checked,
    file_bytes,
    letters_guesses,
    limits_guesses,
)
from question_bank.formats.limits import NO_LIMITS, PaperLimits
from question_bank.question import InvalidContent, from_content, to_content
from question_bank.text import clean

FORMAT = "question-bank/1"
MOST_VALUES = 1_000_000
"""In a file, counted by the signs that part them; several times what the largest bank needs."""

_OWN: dict[str, type] = {"code": str, "compulsory": bool, "apart": str}
"""What stands with a question that is no part of it."""

_BANK_FIELDS = {"format", "title", "as_of", "questions"}


def read_questions(source: Source) -> Import:
    """Read a bank. Raises UnusableFile: file_missing, file_large, values_many, not_json, not_bank."""
    text = _text(file_bytes(source))
    if sum(map(text.count, ",[{")) > MOST_VALUES:
        raise UnusableFile("values_many", {"most": MOST_VALUES})
    bank = _loaded(text)
    faults = [Fault(name, "field_unknown", {"field": name}) for name in bank if name not in _BANK_FIELDS]
    raw_title, items = bank.get("title", ""), bank.get("questions")
    if not isinstance(raw_title, str):
        faults.append(Fault("title", "wrong_type", {"field": "title"}))
        raw_title = ""
    as_of = _date(bank.get("as_of"), faults)
    placed = _placed(items, faults)
    faults += checked(placed)
    questions = tuple(item.parsed for item in placed)
    guesses = letters_guesses(text) + limits_guesses(questions)
    return Import(questions, tuple(faults), clean(raw_title), as_of, guesses)


def write_questions(stream: BinaryIO, bank: Bank) -> None:
    """Write a bank as indented UTF-8."""
    content: dict[str, object] = {"format": FORMAT, "title": clean(bank.title)}
    if bank.as_of is not None:
        content["as_of"] = bank.as_of.isoformat()
    content["questions"] = [
        {"code": clean(code)} | to_content(question) | _limits_content(bank.limits.get(code, NO_LIMITS))
        for code, question in bank.entries
    ]
    stream.write(json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n")


def _limits_content(limits: PaperLimits) -> dict[str, object]:
    compulsory = {"compulsory": True} if limits.is_compulsory else {}
    return compulsory | ({"apart": clean(limits.group)} if limits.group else {})


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnusableFile("not_json", {"line": 1, "column": 1}) from None


def _loaded(text: str) -> dict[str, object]:
    try:
        bank = json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_refused)
    except json.JSONDecodeError as error:
        values = {"line": error.lineno, "column": error.colno}
        raise UnusableFile("not_json", values) from None
    except (ValueError, RecursionError):
        raise UnusableFile("not_json", {"line": 1, "column": 1}) from None
    if not isinstance(bank, dict) or bank.get("format") != FORMAT:
        raise UnusableFile("not_bank", {"format": FORMAT})
    return bank


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return fields


def _refused(constant: str) -> object:
    raise ValueError(f"{constant} is no JSON")


def _date(raw: object, faults: list[Fault]) -> date | None:
    if raw is None:
        return None
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        faults.append(Fault("as_of", "date_wrong", {"value": str(raw)[:20]}))
        return None


def _placed(items: object, faults: list[Fault]) -> list[Placed]:
    if not isinstance(items, list):
        faults.append(Fault("questions", "wrong_type", {"field": "questions"}))
    elif not items:
        faults.append(Fault("questions", "no_questions"))
    elif len(items) > MOST_QUESTIONS:
        faults.append(Fault("questions", "too_many_questions", {"most": MOST_QUESTIONS}))
    else:
        read = [_question(item, row, faults) for row, item in enumerate(items)]
        return [item for item in read if item is not None]
    return []


def _question(item: object, row: int, faults: list[Fault]) -> Placed | None:
    place = f"questions.{row}"
    own: dict[str, Any] = {name: item.pop(name) for name in _OWN if name in item} if isinstance(item, dict) else {}
    wrong = [name for name, value in own.items() if not isinstance(value, _OWN[name])]
    if wrong:
        faults.append(Fault(f"{place}.{wrong[0]}", "wrong_type", {"field": wrong[0]}, row + 1))
        return None
    limits = PaperLimits(own.get("compulsory", False), clean(own.get("apart", "")))
    try:
        question = from_content(item)
    except InvalidContent as error:
        where = f"{place}.{error.field}" if error.field else place
        faults.append(Fault(where, error.code, {"field": error.field}, row + 1))
        return None
    parsed = Parsed(clean(own.get("code", "")), row + 1, question, limits)
    return Placed(parsed, lambda field: f"{place}.{field}")


JSON = Format(read_questions, write_questions, holds_limits=True)
