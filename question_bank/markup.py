"""What the marks of a text come to: a page, plain words, the media that it shows, the marks that are wrong.

Nothing of the source reaches the page but escaped text: every tag is written here.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal

from markdown_it.token import Token

from question_bank.formulas import mathml
from question_bank.notation import line_tokens, tokens


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture or a sound, as a page fetches it; the frame is in pixels."""

    url: str
    kind: Literal["picture", "audio"]
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class MarkupFault:
    """A mark that cannot be shown as meant: medium_unnamed, formula_broken, medium_unknown; `text` is the mark."""

    code: str
    text: str


FindMedium = Callable[[str], Medium | None]
"""What is known about the medium with this SHA-256 (hex)."""

MOST_SIGNS = 25
"""Of a formula that surely fits into the line of a phone."""

_TAG = re.compile("<[^>]*>")
_TAGS = {
    "strong": "strong",
    "em": "em",
    "ordered_list": "ol",
    "blockquote": "blockquote",
    "thead": "thead",
    "tbody": "tbody",
    "tr": "tr",
    "th": "th",
    "td": "td",
}


def html(text: str, find_medium: FindMedium) -> str:
    """Return the text as paragraphs, lists, tables, quotes and code."""
    return "".join(_drawn(tokens(text), find_medium)).strip()


def inline_html(text: str, find_medium: FindMedium) -> str:
    """Return a text that stands inside a line, as an option does: no lists, tables or paragraphs."""
    return "".join(_drawn(line_tokens(text), find_medium))


def plain(text: str) -> str:
    """Return what the text says without its marks: media by their names, formulas as typed."""
    return _in_lines(tokens(text))


def plain_line(text: str) -> str:
    """Return the same of a text that stands inside a line, as an option does: its `>` is no quotation."""
    return _in_lines(line_tokens(text))


def media_in(text: str) -> tuple[str, ...]:
    """Return the SHA-256 (hex) of each picture and sound in the text, once, in order."""
    return tuple(dict.fromkeys(token.info for token in _leaves(tokens(text)) if token.type == "medium"))


def may_have_faults(text: str) -> bool:
    """Say whether a text has signs of marks that can be faulty: most have none, and reading the marks is slow."""
    return "$" in text or "![" in text


def faults_in(text: str, has_medium: Callable[[str], bool] = lambda _: True) -> list[MarkupFault]:
    """Return the marks that cannot be shown as meant."""
    if not may_have_faults(text):
        return []
    return [MarkupFault(code, token.markup) for token in _leaves(tokens(text)) for code in _codes(token, has_medium)]


def _codes(token: Token, has_medium: Callable[[str], bool]) -> Iterator[str]:
    if token.type == "medium":
        if not token.content.strip():
            yield "medium_unnamed"
        if not has_medium(token.info):
            yield "medium_unknown"
    elif token.type == "formula" and mathml(token.content) is None:
        yield "formula_broken"


def _leaves(found: list[Token]) -> Iterator[Token]:
    for token in found:
        yield from token.children if token.children is not None else (token,)


def _drawn(found: list[Token], find_medium: FindMedium) -> Iterator[str]:
    for token in found:
        if token.children is not None:
            yield from _drawn(token.children, find_medium)
        elif token.type == "medium":
            yield _medium(token, find_medium(token.info))
        else:
            yield _element(token)


def _element(token: Token) -> str:
    """One tag or piece of text; a kind of token that is not known here is shown as its text."""
    name, _, end = token.type.rpartition("_")
    if name in _TAGS:
        return f"<{'/' if end == 'close' else ''}{_TAGS[name]}>"
    if name == "list_item":
        number = f' value="{int(token.info)}"' if token.info else ""
        return "</li>" if end == "close" else f"<li{number}>"
    if name == "bullet_list":
        sign = "plus" if token.markup == "+" else "minus"
        return "</ul>" if end == "close" else f'<ul class="marked-{sign}">'
    if name == "paragraph":
        return "" if token.hidden else f"<{'/' if end == 'close' else ''}p>"
    if name == "table":
        # A wide table is moved sideways in a frame of its own, by keyboard as well.
        return "</table></div>" if end == "close" else '<div class="marked-table" tabindex="0"><table>'
    return _leaf(token)


def _leaf(token: Token) -> str:
    content = escape(token.content) if token.type == "text" else _quoted(token.content)
    match token.type:
        case "softbreak" | "hardbreak":
            return "<br>"
        case "code_inline":
            return f"<code>{content}</code>"
        case "fence":
            return f'<pre tabindex="0"><code>{content}</code></pre>'
        case "formula":
            return _formula(token)
        case "sup" | "sub":
            return f"<{token.type}>{content}</{token.type}>"
    return content


def _formula(token: Token) -> str:
    drawn = mathml(token.content, is_block=token.block)
    if drawn is None:
        return f"<code>{_quoted(token.markup)}</code>"
    # Browsers without MathML show what was typed; the style sheet chooses.
    source = f'<span class="formula-source">{_quoted(token.content)}</span>'
    # One that stands alone, or is longer than a line, is moved sideways where it is too wide, by keyboard as well.
    frame = "formula-block" if token.block else "formula-wide" if len(_TAG.sub("", drawn)) > MOST_SIGNS else ""
    opening = f'<span class="formula {frame}" tabindex="0">' if frame else '<span class="formula">'
    return f"{opening}{drawn}{source}</span>"


def _medium(token: Token, medium: Medium | None) -> str:
    name = _quoted(token.content)
    if medium is None:
        return f'<span class="medium-missing">[{name}]</span>'
    source = f'src="{escape(medium.url)}"'
    if medium.kind == "audio":
        player = f'<audio controls preload="none" {source} aria-label="{name}" data-medium="{token.info}"></audio>'
        return f'<span class="medium-sound"><span>{name}</span>{player}</span>'
    frame = f' width="{medium.width}" height="{medium.height}"' if medium.width and medium.height else ""
    return f'<img class="medium-picture" {source} alt="{name}"{frame}>'


def _quoted(text: str) -> str:
    """Text that is no prose: nothing in it is a gap `[[1]]` for a control."""
    return escape(text).replace("[", "&#91;")


def _in_lines(found: list[Token]) -> str:
    lines = "".join(_said(found)).split("\n")
    return "\n".join(line.rstrip() for line in lines if line.strip())


def _said(found: list[Token]) -> Iterator[str]:
    for token in found:
        if token.children is not None:
            yield from _said(token.children)
        elif token.type in {"softbreak", "hardbreak", "paragraph_close", "tr_close", "list_item_close"}:
            yield "\n"
        elif token.type in {"td_close", "th_close"}:
            yield " "
        elif token.type == "list_item_open":
            yield f"{token.info}. " if token.info else f"{token.markup} "
        else:
            yield token.content
