"""Lines of a text with our marks, put together from the pieces of another program's text.

A mark that our rules would not read as one, as bold letters inside a word, is left out and told; what only looks like
one of our marks is escaped.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from question_bank.markup import plain

MARKS_DROPPED = "marks_dropped"
PICTURES_DROPPED = "pictures_dropped"

STRONG, ITALIC = "**", "*"

_MOST_INSIDE = 12
"""Of lists and quotes inside each other; what is deeper stands as deep as these."""

_MOST_CHECKED = 10_000
"""Characters of a text whose marks are checked, and fifty more for each piece: longer ones are refused later anyway."""

# Noncharacters, of which texts have none, until everything is put together.
_ON = {STRONG: "\ufdd0", ITALIC: "\ufdd1"}
_OFF = {STRONG: "\ufdd2", ITALIC: "\ufdd3"}
_BREAK, _EDGE = "\ufdd4", "\ufdd5"
_OPENED_SPACE = re.compile(f"(?<![\ufdd0\ufdd1])([\ufdd0\ufdd1]+)([ {_BREAK}]+)")
_CLOSED_SPACE = re.compile(f"(?<![ {_BREAK}])([ {_BREAK}]+)([\ufdd2\ufdd3]+)")
_NOTHING_MARKED = re.compile("\ufdd0\ufdd2|\ufdd1\ufdd3|\ufdd2\ufdd0|\ufdd3\ufdd1")
_BEFORE_FORMULA = re.compile(rf"(?<=[^\W_]){_EDGE}(?=\$)")
_AFTER_FORMULA = re.compile(rf"(?<=\$){_EDGE}(?=[^\W_])")
_MARK_OF = {ord(sign): mark for signs in (_ON, _OFF) for mark, sign in signs.items()}

_STRAY = re.compile("[\ufdd0-\ufdef]")
_SPACES = re.compile(r"[ \t\r\n\u00a0]+")
_SPECIAL = re.compile(r"[*$`~^!|\\>]")
# Tried one after the other: most texts have one sign, if any, that would be taken for a mark.
_TO_ESCAPE = tuple(
    map(re.compile, (r"(?!)", r"[*]", r"[$]", r"[`]", r"[~]", r"\^", r"(?m)^>", r"(?m)[*$`~^!|]|(?<=\\)[>+.-]|^>"))
)
_NUMBER = re.compile("[0-9]{1,6}")
_PIPE = re.compile(r"(?<!\\)\|")


class Sort(Enum):
    """What a piece of a line is; RAW is what carries our marks already, SHIFTED what is raised or lowered."""

    TEXT = auto()
    RAW = auto()
    FORMULA = auto()
    SHIFTED = auto()
    ON = auto()
    OFF = auto()
    BREAK = auto()


class Piece(NamedTuple):
    """A piece of a line."""

    sort: Sort
    text: str = ""


@dataclass(slots=True)
class _Container:
    """A list, an item of one or a quote: what its first line begins with, and each further one."""

    tag: str
    first: str = ""
    rest: str = ""
    number: int = 0
    is_begun: bool = False


class _Gap(Enum):
    """What stands before the next lines: nothing, an empty line unless they go on with a list, or surely one."""

    NONE = auto()
    SOFT = auto()
    HARD = auto()


class Lines:
    """Collects pieces, and what holds them, into lines."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.pieces: list[Piece] = []
        self.lost: set[str] = set()
        self._lines: list[str] = []
        self._marks: dict[str, int] = {STRONG: 0, ITALIC: 0}
        self._containers: list[_Container] = []
        self._gap = _Gap.NONE
        self._rows: list[list[str]] | None = None
        self._tables = 0
        self._checked = 0

    def text(self) -> str:
        """Return all lines."""
        return "\n".join(self._lines)

    def mark(self, mark: str, *, is_on: bool) -> None:
        """Begin or end emphasis."""
        before = self._marks[mark]
        self._marks[mark] = max(before + (1 if is_on else -1), 0)
        if bool(before) is not bool(self._marks[mark]):
            self.pieces.append(Piece(Sort.ON if is_on else Sort.OFF, mark))

    def end(self, *, is_paragraph: bool = False) -> None:
        """End a line; after a paragraph stands an empty one."""
        if self._rows is not None:
            self.pieces.append(Piece(Sort.TEXT, " "))
            return
        self._put(self._taken().split("\n"))
        if is_paragraph and self._gap is _Gap.NONE:
            self._gap = _Gap.SOFT

    def fence(self, code: str) -> None:
        """Put a block of code."""
        if self._rows is not None or "```" in code:
            self.pieces.append(Piece(Sort.TEXT, code))
            return
        self.end()
        self._apart()
        self._put(["```", *code.strip("\n").split("\n"), "```"])
        self._apart()

    def enter(self, tag: str, given: dict[str, str]) -> None:
        """Begin a list, an item, a quote or a part of a table; any other tag is nothing."""
        if tag in {"table", "tr", "td", "th"}:
            self._enter_table(tag, given)
        elif tag in {"ul", "ol", "li", "blockquote"} and self._rows is None:
            self.end()
            if tag == "blockquote":
                self._apart()
                self._hold(_Container(tag, "> ", "> "))
            elif tag == "li":
                self._enter_item(given)
            else:
                self._enter_list(tag, given)

    def leave(self, tag: str) -> None:
        """End what was entered; what stands open inside it ends, too."""
        if tag in {"table", "tr", "td", "th"}:
            self._leave_table(tag)
        elif self._rows is None and any(each.tag == tag for each in self._containers):
            self.end()
            while self._containers.pop().tag != tag:
                pass
            if tag == "blockquote" or (tag != "li" and not self._containers):
                self._apart()

    def _apart(self) -> None:
        self._gap = _Gap.HARD

    def _hold(self, container: _Container) -> None:
        if len(self._containers) < _MOST_INSIDE:
            self._containers.append(container)

    def _enter_list(self, tag: str, given: dict[str, str]) -> None:
        start = given.get("start", "")
        number = int(start) if _NUMBER.fullmatch(start) else 1
        self._hold(_Container(tag, "+ " if "marked-plus" in given.get("class", "") else "- ", number=number - 1))

    def _enter_item(self, given: dict[str, str]) -> None:
        if self._containers and self._containers[-1].tag == "li":
            self._containers.pop()
        around = self._containers[-1] if self._containers else _Container("ul", "- ")
        value = given.get("value", "")
        around.number = int(value) if _NUMBER.fullmatch(value) else around.number + 1
        is_counted = around.tag == "ol"
        if is_counted and around.number != 1 and not around.is_begun:
            self._apart()  # only a list that begins with 1 may follow a line of text
        elif around.is_begun or self._gap is _Gap.SOFT:
            self._gap = _Gap.NONE
        around.is_begun = True
        sign = f"{around.number}. " if is_counted else around.first if around.tag == "ul" else "- "
        self._hold(_Container("li", sign, " " * len(sign)))

    def _enter_table(self, tag: str, given: dict[str, str]) -> None:
        if {"colspan", "rowspan"} & {name for name, value in given.items() if value != "1"}:
            self.lost.add(PICTURES_DROPPED)
        if tag == "table":
            self.end()
            self._tables += 1
            if self._tables > 1 or self._containers:
                self.lost.add(PICTURES_DROPPED)
            else:
                self._rows = []
        elif self._rows is None or self._tables > 1:
            self.end()
        elif tag == "tr" or not self._rows:
            self._rows.append([])
        if tag in {"td", "th"} and self._rows is not None and self._tables == 1:
            self.pieces = []

    def _leave_table(self, tag: str) -> None:
        if self._rows is None or self._tables > 1:
            self.end()
        elif tag in {"td", "th"} and self._rows:
            self._rows[-1].append(_PIPE.sub(r"\\|", self._taken().replace("\n", " ")))
        elif tag == "table":
            rows, self._rows, self.pieces = [row for row in self._rows if row], None, []
            self._put_table(rows)
        self._tables -= tag == "table" and self._tables > 0

    def _put_table(self, rows: Sequence[Sequence[str]]) -> None:
        if not rows:
            return
        width = max(map(len, rows))
        drawn = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
        self._apart()
        self._put([drawn[0], "|" + "---|" * width, *drawn[1:]])
        self._apart()

    def _put(self, lines: Sequence[str]) -> None:
        if not any(lines):
            return
        is_item = any(each.tag == "li" for each in self._containers)
        if self._lines and (self._gap is _Gap.HARD or (self._gap is _Gap.SOFT and not is_item)):
            self._lines.append("".join(each.rest for each in self._containers if each.is_begun).rstrip())
        self._gap = _Gap.NONE
        for line in lines:
            self._lines.append(f"{_prefix(self._containers)}{line}".rstrip())

    def _taken(self) -> str:
        """Return the pieces as a text; emphasis that is open goes on in the next."""
        open_marks = [mark for mark, count in self._marks.items() if count]
        pieces = self.pieces + [Piece(Sort.OFF, mark) for mark in open_marks]
        self.pieces = [Piece(Sort.ON, mark) for mark in open_marks]
        if all(piece.sort in {Sort.TEXT, Sort.BREAK} and not _SPECIAL.search(piece.text) for piece in pieces):
            return _joined(pieces, _TO_ESCAPE[0], marks=True)
        wanted = "".join(_words(piece) for piece in pieces)
        self._checked += len(wanted) + 50
        for escaped in _TO_ESCAPE:
            text = _joined(pieces, escaped, marks=True)
            if self._checked > _MOST_CHECKED or _says(text, wanted):
                return text
        self.lost.add(MARKS_DROPPED)
        return _joined(pieces, _TO_ESCAPE[-1], marks=False)


def literal(text: str) -> str:
    """Return a text such that what looks like one of our marks is shown as it stands."""
    if not _SPECIAL.search(text) or len(text) > _MOST_CHECKED:
        return text
    tried = (escaped.sub(r"\\\g<0>", text) for escaped in _TO_ESCAPE[:-1])
    return next((each for each in tried if _says(each, text)), _TO_ESCAPE[-1].sub(r"\\\g<0>", text))


def _prefix(containers: Sequence[_Container]) -> str:
    """Return what a line inside them begins with; an item that begins with another has no sign of its own."""
    prefix = ""
    held = [each for each in containers if each.tag not in {"ul", "ol"}]
    for place, each in enumerate(held):
        if each.is_begun:
            prefix += each.rest
        elif each.tag == "blockquote" or not any(inner.tag == "li" for inner in held[place + 1 :]):
            prefix += each.first
        else:
            each.rest = ""
        each.is_begun = True
    return prefix


def _says(text: str, wanted: str) -> bool:
    """Say whether a text with marks reads like another, however both are parted."""
    return "".join(plain(text).split()) == "".join(wanted.split())


def _words(piece: Piece) -> str:
    if piece.sort in {Sort.ON, Sort.OFF, Sort.BREAK}:
        return " "
    return _STRAY.sub("", piece.text) if piece.sort is Sort.TEXT else plain(piece.text)


def _joined(pieces: Sequence[Piece], escaped: re.Pattern[str], *, marks: bool) -> str:
    text = "".join(_written(piece, escaped, marks=marks) for piece in pieces)
    for expression in (_OPENED_SPACE, _CLOSED_SPACE):
        text = expression.sub(r"\2\1", text)
    text = _NOTHING_MARKED.sub("", text)
    text = _AFTER_FORMULA.sub(" ", _BEFORE_FORMULA.sub(" ", text)).replace(_EDGE, "")
    lines = (_SPACES.sub(" ", line).strip() for line in text.translate(_MARK_OF).split(_BREAK))
    return "\n".join(lines).strip("\n")


def _written(piece: Piece, escaped: re.Pattern[str], *, marks: bool) -> str:
    sort, text = piece
    if sort is Sort.TEXT:
        return escaped.sub(r"\\\g<0>", _SPACES.sub(" ", _STRAY.sub("", text)))
    if sort in {Sort.ON, Sort.OFF}:
        return (_ON if sort is Sort.ON else _OFF)[text] if marks else ""
    if sort is Sort.FORMULA:
        return f"{_EDGE}{text}{_EDGE}"
    if sort is Sort.SHIFTED and not marks:
        return f"{'^' if text[0] == '^' else '_'}({text[1:-1]})"
    return _BREAK if sort is Sort.BREAK else text
