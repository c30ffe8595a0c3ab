"""Texts with our marks as the XHTML that QTI items are made of."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from question_bank.formats.qti.xml import Child, Node, node, tree_of
from question_bank.formulas import mathml
from question_bank.notation import line_tokens, tokens

MATHML = "http://www.w3.org/1998/Math/MathML"
_GAP = re.compile(r"\[\[(\d{1,2})\]\]")
_TAGS = {
    "paragraph_open": "p",
    "blockquote_open": "blockquote",
    "bullet_list_open": "ul",
    "ordered_list_open": "ol",
    "list_item_open": "li",
    "table_open": "table",
    "thead_open": "thead",
    "tbody_open": "tbody",
    "tr_open": "tr",
    "th_open": "th",
    "td_open": "td",
    "strong_open": "strong",
    "em_open": "em",
}

_SIMPLE = {"code_inline": "code", "sup": "sup", "sub": "sub"}


class PackedMedium(NamedTuple):
    """A picture or sound of a package: where it lies there, and its MIME type."""

    path: str
    mime: str


FindPacked = Callable[[str], PackedMedium | None]
"""What is known about the medium with this SHA-256 (hex)."""


def blocks_of(text: str, find: FindPacked, gaps: Mapping[int, Node] | None = None) -> list[Child]:
    """Return a text as paragraphs, lists and tables, with an interaction in place of each `[[1]]` that has one."""
    return _Body(find, gaps or {}).children(tokens(text))


def line_of(text: str, find: FindPacked) -> list[Child]:
    """Return a text that stands inside a line, as an option does."""
    return _Body(find, {}).children(line_tokens(text))


class _Body:
    def __init__(self, find: FindPacked, gaps: Mapping[int, Node]) -> None:
        self._find = find
        self._gaps = gaps
        self._open = [node("")]

    def children(self, found: Sequence[Token]) -> list[Child]:
        self._add_all(found)
        return self._open[0].children

    def _add_all(self, found: Sequence[Token]) -> None:
        for token in found:
            if token.children is not None:
                self._add_all(token.children)
            elif token.hidden:
                continue
            elif token.nesting == 1:
                self._begin(token)
            elif token.nesting == -1:
                self._finish()
            else:
                self._open[-1].children += self._leaf(token)

    def _begin(self, token: Token) -> None:
        element = node(_TAGS[token.type])
        if element.name == "ul" and token.markup == "+":
            element.attributes["class"] = "marked-plus"
        if element.name == "li" and token.info:
            element.attributes["value"] = token.info
        self._open[-1].children.append(element)
        self._open.append(element)

    def _finish(self) -> None:
        done = self._open.pop()
        if done.name == "ol":
            _number(done)
        elif done.name == "table" and not done.nodes("tbody"):
            # A table of QTI has a body, were it of one row.
            done.children = [node("tbody", *done.nodes()[0].children)]

    def _leaf(self, token: Token) -> list[Child]:
        if token.type == "text":
            return self._with_gaps(token.content)
        return [self._element(token)]

    def _element(self, token: Token) -> Node:
        match token.type:
            case "softbreak" | "hardbreak":
                return node("br")
            case "fence":
                return node("pre", node("code", token.content))
            case "formula":
                return _formula(token)
            case "medium":
                return self._medium(token)
        return node(_SIMPLE[token.type], token.content)

    def _with_gaps(self, text: str) -> list[Child]:
        pieces: list[Child] = list(_GAP.split(text))
        for place in range(1, len(pieces), 2):
            number = str(pieces[place])
            pieces[place] = self._gaps.get(int(number), f"[[{number}]]")
        return [piece for piece in pieces if piece != ""]

    def _medium(self, token: Token) -> Node:
        packed = self._find(token.info)
        if packed is None:
            return node("span", f"[{token.content}]")
        if packed.mime.startswith("image/"):
            return node("img", src=packed.path, alt=token.content)
        return node("object", token.content, data=packed.path, type=packed.mime)


def _number(listed: Node) -> None:
    """QTI numbers a list from 1; one with other numbers becomes lines that begin with them."""
    items = listed.nodes("li")
    numbers = [item.attributes.pop("value", "") for item in items]
    if numbers != [str(number) for number in range(1, len(items) + 1)]:
        listed.name = "div"
        for item, number in zip(items, numbers, strict=True):
            item.name = "div"
            item.children.insert(0, f"{number}. ")


def _formula(token: Token) -> Node:
    drawn = mathml(token.content, is_block=token.block)
    if drawn is None:
        return node("code", token.markup)
    element = tree_of(drawn.encode(), "not_qti")
    element.attributes = {"xmlns": MATHML} | element.attributes
    return element
