"""Rules of the desk that need nothing but questions."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import count
from typing import Any

from question_bank.formats.base import LONGEST_CODE
from question_bank.formats.limits import NO_LIMITS, PaperLimits
from question_bank.kinds.options import LETTERS
from question_bank.text import clean, fold

PATH_MARK = " / "
MOST_LEVELS = 4
UNSEARCHED = frozenset({"kind", "id"})
"""Fields of a question in which nobody looks for words."""

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Sound:
    """A question that a paper may carry, in the form in which it is kept: `words` are what searches look through."""

    code: str
    content: Mapping[str, Any]
    digest: str
    words: str
    limits: PaperLimits = NO_LIMITS


@dataclass(frozen=True, slots=True)
class SortedOut:
    """Questions for a bank: new ones, those it knows already, and those whose codes are taken by other content."""

    new: list[Sound]
    known: list[Sound]
    clashing: list[Sound]


def sort_out(items: Sequence[Sound], codes: Iterable[str], digests: Container[str], *, renames: bool) -> SortedOut:
    """Compare questions with the codes and digests of a bank. With `renames` a clash is new, under a code of its own.

    Case and spaces of codes do not count, as in a file.
    """
    used = {fold(code) for code in codes}
    reserved = used | {fold(item.code) for item in items}
    found = SortedOut([], [], [])
    for item in items:
        if item.digest in digests:
            found.known.append(item)
        elif fold(item.code) not in used:
            found.new.append(item)
        elif renames:
            code = _free_code(item.code, reserved)
            reserved.add(fold(code))
            found.new.append(replace(item, code=code))
        else:
            found.clashing.append(item)
    return found


def _free_code(code: str, reserved: Container[str]) -> str:
    endings = (f"-{number}" for number in count(2))
    tried = (code[: LONGEST_CODE - len(ending)] + ending for ending in endings)
    return next(each for each in tried if fold(each) not in reserved)


def taken(codes: list[str], known: list[str]) -> list[str]:
    """Those of `codes` that a bank already knows; case and spaces do not count, as in a file."""
    folded = {fold(code) for code in known}
    return [code for code in codes if fold(code) in folded]


def topic_path(topic: str) -> tuple[str, ...]:
    """The names from the top of the tree down to what a question calls its topic: "A / B" is B below A."""
    names = [clean(name) for name in topic.split(PATH_MARK, MOST_LEVELS - 1)]
    return tuple(name for name in names if name)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text; `is_marked`: the other revision does not have them."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of a question in two revisions. `path` names the part, such as `options.b`; a part may be missing."""

    path: str
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    is_changed: bool


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """Two revisions part by part, from their JSON forms, whatever their kind; what is empty in both is left out."""
    before, after = dict(_parts(_lettered(old))), dict(_parts(_lettered(new)))
    found = []
    for path in dict.fromkeys([*after, *before]):
        left, right = before.get(path, ""), after.get(path, "")
        if left or right:
            found.append(Difference(path, *_marked(left, right), left != right))
    return sorted(found, key=lambda each: _place(each.path, [*new, *old]))


def _lettered(content: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON form with the letters of their places for the options that its key names."""
    letters = {option["id"]: letter.upper() for option, letter in zip(content["options"], LETTERS, strict=False)}

    def named(value: Any) -> Any:
        return (
            [named(each) for each in value]
            if isinstance(value, list)
            else letters.get(value, value)
            if isinstance(value, str)
            else value
        )

    return {**content, "key": named(content["key"])}


def _parts(content: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every part of a JSON form with its path; things with an id go by it, lists of plain values are one part."""
    if isinstance(content, Mapping):
        for name, value in content.items():
            if name != "id":
                yield from _parts(value, f"{path}.{name}" if path else name)
    elif isinstance(content, list) and any(isinstance(each, Mapping) for each in content):
        for number, each in enumerate(content, start=1):
            yield from _parts(each, f"{path}.{each.get('id', number)}" if isinstance(each, Mapping) else path)
    else:
        yield path, _plain(content)


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(map(_plain, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _place(path: str, names: Sequence[str]) -> int:
    return names.index(path.partition(".")[0])


def _marked(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces, word by word; a space that alone stayed the same between other words counts with them."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    left: list[Piece] = []
    right: list[Piece] = []
    for act, from_left, to_left, from_right, to_right in SequenceMatcher(None, before, after, False).get_opcodes():
        gone, come = "".join(before[from_left:to_left]), "".join(after[from_right:to_right])
        is_marked = act != "equal" or gone.isspace()
        _add_piece(left, gone, is_marked)
        _add_piece(right, come, is_marked)
    return tuple(left), tuple(right)


def _add_piece(pieces: list[Piece], text: str, is_marked: bool) -> None:
    if pieces and pieces[-1].is_marked == is_marked:
        pieces[-1] = Piece(pieces[-1].text + text, is_marked)
    elif text:
        pieces.append(Piece(text, is_marked))
