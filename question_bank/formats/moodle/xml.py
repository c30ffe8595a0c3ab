"""The XML of a Moodle file from a stranger, one question after the other: only one is ever held."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from question_bank.formats.base import UnusableFile
from question_bank.formats.xml import Walk
from question_bank.text import piles_marks

ROOT = "quiz"
QUESTION = "question"
MEDIUM = "file"
OLD_MEDIUM = "image_base64"
"""Of the one picture that a question of Moodle 1 had; its name is in `image`."""

LONGEST = 40_000
"""Of the texts of one question, in characters, without its media: several times what is not refused later."""

MOST_ELEMENTS = 2000
"""In one question."""

_MOST_DEPTH = 20
_PIECE = 1 << 20
"""Read at once. A tag that goes on is looked at again with each piece, so that small ones would take very long."""
_IN_TEXT = ";base64,"
_MAY_PILE = re.compile("[^\x00-\u02ff\u1e00-\u1eff]{30}")


@dataclass(slots=True)
class Element:
    """An element with the line it begins in, from 1. `is_large` marks a question of which not all was kept."""

    name: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list["Element"] = field(default_factory=list)
    is_large: bool = False

    def all(self, name: str) -> list["Element"]:
        """Return the children of this name."""
        return [child for child in self.children if child.name == name]

    def at(self, *path: str) -> "Element":
        """Return the first element down this path; an empty one where there is none."""
        found = self
        for name in path:
            found = next((child for child in found.children if child.name == name), _NOTHING)
        return found

    def said(self, *path: str) -> str:
        """Return the text of the first element down this path, empty where there is none."""
        return self.at(*path).text.strip()


_NOTHING = Element("", {}, 0)


def questions(content: bytes) -> Iterator[Element]:
    """Yield the questions of a file. Raises UnusableFile: xml_broken, xml_unsafe, not_moodle, unpacks_large."""
    builder = _Builder()
    for start in range(0, max(len(content), 1), _PIECE):
        builder.walk.feed(content[start : start + _PIECE], is_last=start + _PIECE >= len(content))
        yield from builder.taken()


def _piles(text: str) -> bool:
    return _MAY_PILE.search(text) is not None and piles_marks(text)


class _Builder:
    def __init__(self) -> None:
        self.walk = Walk(self, "xml_broken", "xml_unsafe")
        self._done: list[Element] = []
        self._open: list[Element] = []
        self._pieces: list[str] = []
        self._depth = self._elements = self._size = 0

    def taken(self) -> list[Element]:
        """Return the questions that ended since the last call."""
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element; what is outside of questions is not kept."""
        self._depth += 1
        if self._depth == 1 and name != ROOT:
            raise UnusableFile("not_moodle", {"value": name[:40]})
        if self._depth > _MOST_DEPTH:
            raise UnusableFile("xml_unsafe")
        if self._depth == 2 and name == QUESTION:
            self._elements = self._size = 0
            self._open = [self._element(name, attributes)]
        elif self._open:
            self._keep_text()
            self._begin(name, attributes)

    def end(self, name: str) -> None:  # noqa: ARG002
        """End an element."""
        if self._open:
            self._keep_text()
            if self._depth == 2:
                self._done.append(self._open[0])
                self._open = []
            elif not self._open[0].is_large:
                self._open.pop()
        self._depth -= 1

    def text(self, data: str) -> None:
        """Keep text inside questions; media may be long, and pictures written into texts."""
        if self._open and not self._open[0].is_large:
            self._pieces.append(data)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        question = self._open[0]
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            question.is_large = True
        if not question.is_large:
            element = self._element(name, attributes)
            self._open[-1].children.append(element)
            self._open.append(element)

    def _keep_text(self) -> None:
        element, text = self._open[-1], "".join(self._pieces)
        self._pieces = []
        if not text or self._open[0].is_large:
            return
        if element.name not in {MEDIUM, OLD_MEDIUM} and _IN_TEXT not in text:
            self._size += len(text)
            self._open[0].is_large = self._size > LONGEST or _piles(text)
        element.text += text

    def _element(self, name: str, attributes: dict[str, str]) -> Element:
        return Element(name, attributes, self.walk.line)
