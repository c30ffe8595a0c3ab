"""The texts of a question as data for the template: nodes are texts, or objects whose `is` says how they are set."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

from markdown_it.token import Token

from question_bank.notation import line_tokens, tokens
from question_bank.printed.formulas import Node, formula_node
from question_bank.text import showable

Media: TypeAlias = Mapping[str, Literal["picture", "audio"]]
"""By SHA-256 (hex) what is known of pictures and sounds; a picture in it can be shown."""

LONGEST = 30
"""Characters of a word that always fit a line; a longer one may be broken after each so many."""

_GAP = re.compile(r"\[\[(\d{1,2})\]\]")
_ENDLESS = re.compile(rf"\S{{{LONGEST}}}(?=\S)")
_BREAK = "\u200b"
_FRAMES = {
    "paragraph": "paragraph",
    "strong": "strong",
    "em": "em",
    "blockquote": "quote",
    "bullet_list": "list",
    "ordered_list": "list",
    "list_item": "item",
    "table": "table",
    "tr": "row",
    "th": "head",
    "td": "cell",
}


def blocks(text: str, media: Media, *, has_gaps: bool = False) -> list[Node]:
    """Return the text as paragraphs, lists, tables, quotes and code.

    For a sound, and for a picture that is not known, its description stands there.
    """
    return _Reader(media, has_gaps=has_gaps).nodes(tokens(text))


def line(text: str, media: Media) -> list[Node]:
    """Return a text that stands inside a line, as an option does."""
    return _Reader(media, has_gaps=False).nodes(line_tokens(text))


def breakable(text: str) -> str:
    """Return the text as it can be set: words that are longer than a line may break."""
    return _ENDLESS.sub(lambda match: match[0] + _BREAK, showable(text))


class _Reader:
    def __init__(self, media: Media, *, has_gaps: bool) -> None:
        self._media = media
        self._has_gaps = has_gaps

    def nodes(self, tokens: list[Token]) -> list[Node]:
        """Return the tokens as a tree."""
        open_: list[list[Node]] = [[]]
        for token in tokens:
            name, _, end = token.type.rpartition("_")
            if token.children is not None:
                open_[-1] += self.nodes(token.children)
            elif end == "open" and name in _FRAMES:
                of: list[Node] = []
                open_[-1].append({"is": _FRAMES[name], "of": of, **_mark(token)})
                open_.append(of)
            elif end == "close" and name in _FRAMES:
                open_.pop()
            else:
                open_[-1] += self._leaf(token)
        return open_[0]

    def _leaf(self, token: Token) -> Iterator[Node]:
        match token.type:
            case "text":
                yield from self._text(token.content)
            case "softbreak" | "hardbreak":
                yield {"is": "break"}
            case "code_inline":
                yield {"is": "code", "text": breakable(token.content)}
            case "fence":
                yield {"is": "code_block", "text": breakable(token.content.rstrip("\n"))}
            case "sup" | "sub":
                yield {"is": token.type, "text": token.content}
            case "medium":
                yield _medium(token, self._media)
            case "formula":
                yield formula_node(token.content, is_block=token.block) or {"is": "code", "text": token.markup}

    def _text(self, text: str) -> Iterator[Node]:
        pieces = _GAP.split(text) if self._has_gaps else [text]
        for place, piece in enumerate(pieces):
            if place % 2:
                yield {"is": "gap", "text": f"({int(piece)})"}
            elif piece:
                yield breakable(piece)


def _mark(token: Token) -> dict[str, Node]:
    if token.type != "list_item_open":
        return {}
    return {"mark": f"{token.info}." if token.info else "+" if token.markup == "+" else "–"}


def _medium(token: Token, media: Media) -> Node:
    name = breakable(token.content)
    match media.get(token.info):
        case "picture":
            return {"is": "picture", "name": token.info, "text": name}
        case "audio":
            return f"[Âm thanh: {name}]"
        case _:
            return f"[{name}]"
