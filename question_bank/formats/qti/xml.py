"""The XML of QTI files as a tree, whatever the version: one reader is enough for 2.1, 2.2 and 3.0.

Version 3.0 writes `qti-simple-choice` and `response-identifier` where the earlier ones write `simpleChoice` and
`responseIdentifier`. Names are brought into the earlier form while reading; namespaces are left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import TypeAlias

from question_bank.formats.base import UnusableFile
from question_bank.formats.xml import walk
from question_bank.text import piles_marks, showable

MOST_DEPTH = 60
MOST_ELEMENTS = 20_000
"""In one file with a question."""

_KEBAB = re.compile(r"-([a-z0-9])")
_SPACES = re.compile(r"[ \t\r\n]+")

Child: TypeAlias = "Node | str"


@dataclass(slots=True, eq=False)
class Node:
    """An element: its name without a namespace, its attributes, and what is inside, texts being strings."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Child] = field(default_factory=list)

    def get(self, attribute: str, default: str = "") -> str:
        """Return an attribute without the spaces around it."""
        return self.attributes.get(attribute, default).strip()

    def nodes(self, *names: str) -> list["Node"]:
        """Return the elements right inside, all of them or those of these names."""
        return [child for child in self.children if isinstance(child, Node) and (not names or child.name in names)]

    def first(self, *names: str) -> "Node | None":
        """Return the first element of these names right inside."""
        return next(iter(self.nodes(*names)), None)

    def inside(self, *names: str) -> Iterator["Node"]:
        """Yield every element inside at any depth, all of them or those of these names, in order."""
        for child in self.nodes():
            if not names or child.name in names:
                yield child
            yield from child.inside(*names)

    def text(self) -> str:
        """Return all text inside, white space being one space as on a page."""
        return _SPACES.sub(" ", self.all_text()).strip()

    def all_text(self) -> str:
        """Return all text inside as it stands."""
        return "".join(child if isinstance(child, str) else child.all_text() for child in self.children)


def node(name: str, *children: Child, **attributes: str) -> Node:
    """Return an element to write; an attribute called as a word of Python takes a `_` at its end."""
    return Node(name, {key.rstrip("_"): value for key, value in attributes.items()}, list(children))


def tree_of(content: bytes, refusal: str, most: int = MOST_ELEMENTS) -> Node:
    """Return the root of an XML file. Raises UnusableFile: `refusal`, also for what is nested or made of too much."""
    builder = TreeBuilder(most)
    walk(content, builder, refusal)
    if is_piled(builder.root.all_text()):
        raise UnusableFile(refusal)
    return builder.root


def is_piled(text: str) -> bool:
    """Say whether marks are piled on a letter, so that putting the text into its normal form would take long."""
    return not text.isascii() and piles_marks(text)


def written(root: Node) -> bytes:
    """Return an XML file."""
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(_written(root)) + "\n").encode()


def _written(element: Node) -> Iterator[str]:
    attributes = "".join(f' {name}="{_quoted(value)}"' for name, value in element.attributes.items())
    if not element.children:
        yield f"<{element.name}{attributes}/>"
        return
    yield f"<{element.name}{attributes}>"
    for child in element.children:
        if isinstance(child, str):
            yield escape(showable(child), quote=False)
        else:
            yield from _written(child)
    yield f"</{element.name}>"


def _quoted(value: str) -> str:
    # A reader of XML takes a line break or a tab in an attribute for a space unless it is written as its number.
    return escape(showable(value)).replace("\n", "&#10;").replace("\t", "&#9;")


class TreeBuilder:
    """Hears an XML file and builds its tree, of at most so many elements at a time."""

    def __init__(self, most: int) -> None:
        self._top = Node("")
        self.open = [self._top]
        self.most = self.left = most

    @property
    def root(self) -> Node:
        """Return the outermost element."""
        return self._top.nodes()[0]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Hear that an element begins. Raises ValueError when there are too many, or too deep, or odd ones."""
        self.left -= 1
        if len(self.open) > MOST_DEPTH or self.left < 0 or any(map(is_piled, attributes.values())):
            raise ValueError
        is_new = name.startswith("qti-")
        named = {_camel(key): value for key, value in attributes.items()} if is_new else attributes
        found = Node(_camel(name.removeprefix("qti-")) if is_new else name, named)
        self.open[-1].children.append(found)
        self.open.append(found)

    def end(self, name: str) -> None:  # noqa: ARG002
        """Hear that an element ends."""
        self.open.pop()

    def text(self, data: str) -> None:
        """Hear a piece of text."""
        self.open[-1].children.append(data)


def _camel(name: str) -> str:
    return _KEBAB.sub(lambda found: found[1].upper(), name)
