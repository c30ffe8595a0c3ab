"""What a line of a Word document is: the beginning of a question, options, a heading, a list of keys."""

import re
from typing import NamedTuple

from question_bank.formats.docx.styled import Styled
from question_bank.formats.table_words import LEVELS
from question_bank.kinds.options import LETTERS
from question_bank.text import fold

_QUESTION = re.compile(r"\s*Câu(?:\s+hỏi)?(?:\s+số)?\s*(\d{1,4})(?!\w)", re.IGNORECASE)
_BARE_QUESTION = re.compile(r"\s*(?:Bài\s+)?(\d{1,4})\s*(?=[.:)](?!\d)|/\s)", re.IGNORECASE)
_ASIDE = re.compile(r"\s*[.:)/–—-]*\s*[(\[]([^()\[\]]{1,30})[)\]]")
_AFTER_NUMBER = re.compile(r"\s*[.:)/–—-]*\s*")
_POINTS = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,3})?)\s*(?:điểm|đ)", re.IGNORECASE)

_HEADING = re.compile(
    r"\s*(?:Chủ đề|Chuyên đề|Phần|Chương|Mục|Bài)\s+(?:thứ\s+)?(?:[IVXLC]+|\d{1,3}|[A-ZĐ])(?!\w)"
    r"\s*(?:[.:)–—-]+\s*(.*))?",
    re.IGNORECASE,
)
_NUMBERED_HEADING = re.compile(r"\s*[IVX]{1,5}\s*[.)]\s+(\S.{3,})")
_SECTION = re.compile(r"(?:phần |câu hỏi |bài tập )?(?:trắc nghiệm|tự luận|đề (?:thi|bài|số)|câu hỏi)(?!\w)")
_TRUTH_WORD = r"\s*[.):=–-]\s*(?:Đúng|Sai|Đ|S)(?!\w)"
_KEY = (
    rf"a{_TRUTH_WORD}(?:[\s;,.]*[b-j]{_TRUTH_WORD})+"
    r"|[A-Ja-j](?:\s*[,;&+]\s*[A-Ja-j])*|[ĐSđs]{2,10}|Đúng|Sai"
)
_ENTRY = re.compile(rf"(?:Câu\s*)?(\d{{1,4}})\s*[.:)/=–—→-]*\s*({_KEY})(?!\w)[\s.;,|]*", re.IGNORECASE)

_TYPED_ENTRY = re.compile(r"(?:Câu\s*)?(\d{1,4})\s?[.:)]\s*(\S.*?)[;.]?", re.IGNORECASE)
_BETWEEN_ENTRIES = re.compile(r"\s{2,}|\t|(?<!Câu)[;,]?\s(?=(?:Câu\s?)?\d{1,4}\s?[.:)]\s)", re.IGNORECASE)

_LABEL = r"\*?\s?\(?(?P<letter>{0})\s?\*?[.):/]\)?"
_SORTS = {False: "[A-Z]", True: "[a-z]"}
_FIRST = {is_small: re.compile(rf"\s*(?P<label>{_LABEL.format(sort)})") for is_small, sort in _SORTS.items()}
_LATER = {
    is_small: re.compile(rf"(?<!\s)(?P<gap>\s+)(?P<label>{_LABEL.format(sort)})(?=\s*\S)")
    for is_small, sort in _SORTS.items()
}
_WIDE = re.compile(r"\t|\s\s")
_KEY_BEHIND = re.compile(
    r"(?<!\s)(?:(?:\t\s*|\s{2,})(?=(?:Đáp án|ĐA)\s*:)|\s+\(?(?=(?:Đáp án|ĐA)\s*:\s*[A-J][.)]?\s*$))", re.IGNORECASE
)
_TRUTH = re.compile(
    r"(?:\s*[(\[]\s*(đúng|sai|đ|s)\s*[)\]]|(?:\t\s*|\s*[–—→]\s*|\s+-\s+|\s{2,})(đúng|sai|đ|s))\s*[.;]?\s*",
    re.IGNORECASE,
)
_LONGEST_TRUTH = 20
_LEAST_INLINE = 3


class Start(NamedTuple):
    """The beginning of a question: its number, what stands in brackets behind it, and where its text begins."""

    number: int
    points: str
    level: str
    end: int


class OptionLine(NamedTuple):
    """An option as it stands in a line: its place by its letter, from 0."""

    place: int
    is_small: bool
    label: Styled
    body: Styled


def question_in(line: str, *, is_bare: bool) -> Start | None:
    """Return how a question begins in this line: as "Câu 1." or, where no question of the file does, as "1."."""
    found = (_BARE_QUESTION if is_bare else _QUESTION).match(line)
    if found is None:
        return None
    points, level, end = _asides(line, found.end())
    after = _AFTER_NUMBER.match(line, end)
    rest = after.end() if after else end
    is_apart = line[end:rest].strip() or rest == len(line) or line[rest].isupper() or _ASIDE.match(line, found.end())
    return Start(int(found[1]), points, level, rest) if is_apart else None


def _asides(line: str, end: int) -> tuple[str, str, int]:
    """Return the points and the level in the brackets that begin here, and where these end."""
    points = level = ""
    while aside := _ASIDE.match(line, end):
        earned, known = _POINTS.fullmatch(aside[1].strip()), fold(aside[1]) in LEVELS
        if not (earned or known):
            break
        points, level, end = earned[1] if earned else points, aside[1] if known else level, aside.end()
    return points, level, end


def heading_in(line: str) -> str | None:
    """Return the topic that a heading names: what stands after its number, or else the whole line."""
    found = _HEADING.fullmatch(line)
    if found:
        return (found[1] or line).strip()
    numbered = _NUMBERED_HEADING.fullmatch(line)
    return numbered[1].strip() if numbered and numbered[1].upper() == numbered[1] else None


def is_section(heading: str) -> bool:
    """Say whether a heading names a part of a paper, which is no topic."""
    return _SECTION.match(fold(heading)) is not None


def keys_in(line: str) -> list[tuple[int, str]]:
    """Return the numbers of questions and their keys, as in "1.A 2.B"; nothing when the line holds anything else."""
    found, place = list[tuple[int, str]](), len(line) - len(line.lstrip())
    while place < len(line):
        entry = _ENTRY.match(line, place)
        if entry is None:
            return []
        found.append((int(entry[1]), entry[2]))
        place = entry.end()
    return found


def typed_keys_in(line: str) -> list[tuple[int, str]]:
    """Return the numbers of questions and answers to type, as in "1. 1,5   2. Kỳ Cùng"; nothing of other lines."""
    found = [_TYPED_ENTRY.fullmatch(entry) for entry in _BETWEEN_ENTRIES.split(line.strip())]
    return [(int(each[1]), each[2]) for each in found if each] if all(found) else []


def place_of(letter: str) -> int:
    """Return the place of an option by its letter, from 0."""
    return ord(letter.upper()) - ord("A")


def first_label(line: str) -> tuple[int, bool] | None:
    """Return the place of the option that a line begins with, and whether its letter is small."""
    for is_small, pattern in _FIRST.items():
        found = pattern.match(line)
        if found:
            return place_of(found["letter"]), is_small
    return None


def options_in(line: Styled, following: int | None) -> list[OptionLine]:
    """Return the options of a line that begins with one; several stand there one after the other.

    `following` is the place of the option with which the next line begins: up to there a letter after a single space
    is an option, too.
    """
    for is_small, pattern in _FIRST.items():
        found = pattern.match(line.text)
        if found:
            marks = [found, *_later(line.text, found.end(), is_small, place_of(found["letter"]) + 1, following)]
            return _lines(line, marks, is_small)
    return []


def options_after(line: Styled, following: int | None) -> tuple[Styled, list[OptionLine]]:
    """Return the text of a question and the options that stand in the same line behind it."""
    marks = _later(line.text, 0, False, 0, following)
    is_wide = all(_WIDE.search(mark["gap"]) for mark in marks)
    if following == 0 or len(marks) < (2 if is_wide else _LEAST_INLINE):
        return line, []
    return line.cut(0, marks[0].start()), _lines(line, marks, is_small=False)


def key_behind(line: Styled) -> tuple[Styled, Styled | None]:
    """Return a line without the key that stands at its end, and the key with its word."""
    found = _KEY_BEHIND.search(line.text)
    return (line.cut(0, found.start()), line.cut(found.end())) if found else (line, None)


def truth_at_end(text: str) -> tuple[str, int] | None:
    """Return what is written behind a statement about its truth ("đúng", "s"), and where that begins."""
    start = max(len(text) - _LONGEST_TRUTH, 0)
    for place in range(start, len(text)):
        found = _TRUTH.fullmatch(text, place)
        if found:
            return fold(found[1] or found[2]), place
    return None


def _later(text: str, start: int, is_small: bool, wanted: int, following: int | None) -> list[re.Match[str]]:
    found = [mark for mark in _LATER[is_small].finditer(text, start) if place_of(mark["letter"]) < len(LETTERS)]
    near = _in_order(found, wanted)
    if following is None or following == wanted + len(near):
        return near
    return _in_order([mark for mark in found if _WIDE.search(mark["gap"])], wanted)


def _in_order(marks: list[re.Match[str]], wanted: int) -> list[re.Match[str]]:
    kept: list[re.Match[str]] = []
    for mark in marks:
        if place_of(mark["letter"]) == wanted + len(kept):
            kept.append(mark)
    return kept


def _lines(line: Styled, marks: list[re.Match[str]], is_small: bool) -> list[OptionLine]:
    ends = [mark.start() for mark in marks[1:]] + [len(line.text)]
    return [
        OptionLine(
            place_of(mark["letter"]),
            is_small,
            line.cut(*mark.span("label")),
            line.cut(mark.end(), end).stripped(),
        )
        for mark, end in zip(marks, ends, strict=True)
    ]
