"""Lists of keys that stand apart from their questions, and which question each key is for.

Where numbers begin again under a heading, a list is for the part that it names, or else for the questions that it
follows, as long as those before that share a number have a key of their own. What may be for either is for neither.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from question_bank.formats.docx.lines import keys_in
from question_bank.formats.table_words import label_in
from question_bank.text import fold

_PART = (
    r"(?P<word>phần|chủ đề|chuyên đề|chương|mục|bài)\s+(?:thứ\s+)?"
    r"(?P<ordinal>[IVXLC]+|\d{1,3}|[A-ZĐ])(?!\w)"
)
_PART_HEADING = re.compile(rf"\s*(?:{_PART}|(?P<roman>[IVX]{{1,5}})(?=\s*[.)]))\s*[.:)–—-]*\s*", re.IGNORECASE)
_KEYS_HEADING = re.compile(
    r"\s*(?P<list>bảng\s+|phần\s+)?(?:đáp án(?:\s+và\s+(?:hướng dẫn chấm|hướng dẫn giải|lời giải))?|answer key)"
    rf"(?:\s+tham khảo|\s+chi tiết)?(?:\s*[(–—-]?\s*(?:của\s+)?(?:{_PART}\)?"
    r"|(?:phần|mã đề|đề số|đề thi|đề)(?:\s+\w{1,5})?))?"
    r"(?:\s*[.:–—-]?\s*(?:trắc nghiệm|tự luận|đúng\s*[,/–-]?\s*sai|trả lời ngắn)[^:\d]{0,40})?\s*[:.]?\s*",
    re.IGNORECASE,
)
_VALUES = {"i": 1, "v": 5, "x": 10}


class Part(NamedTuple):
    """What a heading calls a part of a document: its word and its number, Roman ones as any other."""

    word: str
    ordinal: str


class KeysHeading(NamedTuple):
    """The beginning of a list of keys: the part it names, whether it can be nothing else, and the keys in its line."""

    part: Part | None
    is_sure: bool
    keys: list[tuple[int, str]]


def part_in(line: str) -> tuple[Part, list[tuple[int, str]]] | None:
    """Return the part that a heading begins with, and the keys that stand behind it in the line."""
    found = _PART_HEADING.match(line)
    return (_part(found), keys_in(line[found.end() :])) if found else None


def _part(found: re.Match[str]) -> Part:
    groups = found.groupdict()
    ordinal = fold(groups["ordinal"] or groups.get("roman") or "")
    if ordinal and all(letter in _VALUES for letter in ordinal):
        values = [_VALUES[letter] for letter in ordinal]
        ordinal = str(sum(-v if any(after > v for after in values[i:]) else v for i, v in enumerate(values)))
    return Part(fold(groups["word"] or ""), ordinal.lstrip("0"))


def keys_heading_in(line: str) -> KeysHeading | None:
    """Return the heading of a list of keys, alone or with keys in its line; None for any other line."""
    found = _KEYS_HEADING.match(line)
    if found:
        rest, part = line[found.end() :], _part(found) if found["word"] else None
        keys = keys_in(rest)
        if keys or not rest:
            return KeysHeading(part, bool(part or found["list"] or not rest), keys)
    label = label_in(line)
    keys = keys_in(line[label[1] :]) if label and label[0] == "key" else []
    return KeysHeading(None, is_sure=False, keys=keys) if keys else None


@dataclass(slots=True)
class KeyList:
    """Keys by number, behind the first `after` questions of a document, of the part that is named."""

    after: int
    part: Part | None = None
    title: str = ""
    keys: list[tuple[int, str]] = field(default_factory=list)


class Numbered(NamedTuple):
    """A question as far as lists of keys go; rows ascend.

    `headings` counts those before it: only behind one may numbers begin again.
    """

    row: int
    number: int | None
    headings: int
    parts: Collection[Part]
    has_key: bool


class Listed(NamedTuple):
    """The keys of each question by row, the rows that a key may or may not be for, and the keys of no question."""

    keys: dict[int, list[str]]
    unsure: frozenset[int]
    unused: list[str]


def listed_keys(questions: Sequence[Numbered], lists: Sequence[KeyList]) -> Listed:
    """Return what lists say of the questions of a document, which come in order."""
    document = _Document(questions)
    keys: defaultdict[int, list[str]] = defaultdict(list)
    unsure: set[int] = set()
    unused: list[str] = []
    named = [(each, document.part_of(each)) for each in lists]
    # What names its part is settled first: that leaves the other questions of a number to lists without a name.
    for each, part in sorted(named, key=lambda pair: pair[1] is None):
        served = frozenset(keys)
        found = [document.holders(each, part, number, served) for number, _key in each.keys]
        is_spread = len({document.run_of[one.row] for holders in found if len(holders) == 1 for one in holders}) > 1
        for (number, key), holders in zip(each.keys, found, strict=True):
            if not holders:
                unused.append(f"{each.title}, {number}" if part else str(number))
            elif len(holders) > 1 or (is_spread and len(document.by_number[number]) > 1):
                unsure |= {one.row for one in holders}
            else:
                keys[holders[0].row].append(key)
    return Listed(dict(keys), frozenset(unsure), unused)


class _Document:
    """The questions of a document by number, and in runs, within which numbers do not begin again."""

    def __init__(self, questions: Sequence[Numbered]) -> None:
        self.by_number: defaultdict[int, list[Numbered]] = defaultdict(list)
        self.run_of: dict[int, int] = {}
        self._rows = [one.row for one in questions]
        self._parts: list[set[Part]] = [set()]
        met, headings = set[int](), 0
        for one in questions:
            if one.number is not None:
                if one.headings > headings and one.number in met:
                    self._parts.append(set())
                    met.clear()
                met.add(one.number)
                headings = one.headings
                self._parts[-1] |= set(one.parts)
                self.by_number[one.number].append(one)
            self.run_of[one.row] = len(self._parts) - 1

    def part_of(self, each: KeyList) -> Part | None:
        """Return the part that a list names, as headings of the document call it; None where they name none so."""
        words = {part.word for parts in self._parts for part in parts}
        if each.part is None or each.part.word in words:
            return each.part
        return each.part._replace(word="") if "" in words else None

    def holders(self, each: KeyList, part: Part | None, number: int, served: Collection[int]) -> list[Numbered]:
        """Return the questions that a key may be for; `served` are the rows of those that have theirs."""
        found = self.by_number.get(number, [])
        if part:
            return [one for one in found if part in self._parts[self.run_of[one.row]]]
        if not each.after:
            # A list above all questions is for those that have no key of their own.
            return [one for one in found if not (one.has_key or one.row in served)]
        last = self._rows[each.after - 1]
        own = self.run_of[last]
        return [
            one
            for one in found
            if one.row <= last and (self.run_of[one.row] == own or not (one.has_key or one.row in served))
        ]
