"""The marks that a text of a question may carry: a careful subset of Markdown, media and formulas.

Committees paste plain text, so a mark counts only where it can hardly be meant as a character: `_`, `#` and a `*`
inside a word are what they are, numbers of lists stay as typed, and a line break is a line break. Nothing of the source
reaches the page but escaped text: every tag is written here. `docs/soan-cau-hoi.md` describes the marks.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, fence, list_block
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from question_bank.formulas import mathml


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

_BLANK = re.compile(r"\s")
_WORD = re.compile(r"[^\W_]")
_OPENERS, _CLOSERS = "([{“‘«\"'$`~", ")]}”’»\"'$`~^.,;:!?…"
_LISTED = re.compile(r"([-+]|\d{1,9}\.)[ \t]+(?![-+>\s]|\d+\.\s)")
_QUOTED = re.compile(r">(?! ?[\d=>])")
_FENCED = re.compile(r"`{3,}\s*")
_ESCAPED = re.compile(r"\\([*$`~^!|>+.-])")
_MEDIUM = re.compile(r"!\[([^\]\n]{0,500})\]\(media:([0-9a-f]{64})\)")
_BLOCK_FORMULA = re.compile(r"\$\$([^$]{1,1000})\$\$")
_FORMULA = re.compile(r"(?<![^\W_])\$(?![\s$])([^$\n]{0,1000}[^\s$])\$(?![^\W_])")
# Prose between two amounts of money is no formula, however its dollars stand.
_PROSE = re.compile(r"[À-ÖØ-öø-ɏḀ-ỹ]")
_RAISED = re.compile(r"\^([^\W_]{1,10}[+-]?|[+-])\^(?![^\W_])")
_LOWERED = re.compile(r"(?<!~)~([^\W_]{1,10})~(?!\d)")
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


def tokens(text: str) -> list[Token]:
    """Return the marks of a text, for what is written in another way than as a page."""
    return _parser.parse(text)


def line_tokens(text: str) -> list[Token]:
    """Return the marks of a text that stands inside a line: no lists, tables or paragraphs."""
    return _parser.parseInline(text)


def html(text: str, find_medium: FindMedium) -> str:
    """Return the text as paragraphs, lists, tables, quotes and code."""
    return "".join(_drawn(_parser.parse(text), find_medium)).strip()


def inline_html(text: str, find_medium: FindMedium) -> str:
    """Return a text that stands inside a line, as an option does: no lists, tables or paragraphs."""
    return "".join(_drawn(_parser.parseInline(text), find_medium))


def plain(text: str) -> str:
    """Return what the text says without its marks: media by their names, formulas as typed."""
    lines = "".join(_said(_parser.parse(text))).split("\n")
    return "\n".join(line.rstrip() for line in lines if line.strip())


def media_in(text: str) -> tuple[str, ...]:
    """Return the SHA-256 (hex) of each picture and sound in the text, once, in order."""
    return tuple(dict.fromkeys(token.info for token in _leaves(_parser.parse(text)) if token.type == "medium"))


def may_have_faults(text: str) -> bool:
    """Say whether a text has signs of marks that can be faulty: most have none, and reading the marks is slow."""
    return "$" in text or "![" in text


def faults_in(text: str, has_medium: Callable[[str], bool] = lambda _: True) -> list[MarkupFault]:
    """Return the marks that cannot be shown as meant."""
    if not may_have_faults(text):
        return []
    return [
        MarkupFault(code, token.markup) for token in _leaves(_parser.parse(text)) for code in _codes(token, has_medium)
    ]


def _codes(token: Token, has_medium: Callable[[str], bool]) -> Iterator[str]:
    if token.type == "medium":
        if not token.content.strip():
            yield "medium_unnamed"
        if not has_medium(token.info):
            yield "medium_unknown"
    elif token.type == "formula" and mathml(token.content) is None:
        yield "formula_broken"


def _leaves(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from token.children if token.children is not None else (token,)


def _drawn(tokens: list[Token], find_medium: FindMedium) -> Iterator[str]:
    for token in tokens:
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
    # One that stands alone is moved sideways where it is too wide, by keyboard as well.
    frame = '<span class="formula formula-block" tabindex="0">' if token.block else '<span class="formula">'
    return f"{frame}{drawn}{source}</span>"


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


def _said(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
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


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lists begin with `-`, `+` or `1.` and a word: a star begins a footnote, `1)` and a row of dashes stay."""
    return bool(_LISTED.match(_line(state, start))) and list_block(state, start, end, silent)


def _blockquote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A quote is not what is greater than a number."""
    return bool(_QUOTED.match(_line(state, start))) and blockquote(state, start, end, silent)


def _fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """What stands beside the marks of a block of code would be lost."""
    return bool(_FENCED.fullmatch(_line(state, start))) and fence(state, start, end, silent)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _stars(state: StateInline, silent: bool) -> bool:
    """`*` and `**` count at the edges of words only: not in 2*3*4, nor in (*)."""
    if silent or state.src[state.pos] != "*":
        return False
    length = state.scanDelims(state.pos, canSplitWord=False).length
    before = state.src[state.pos - 1 : state.pos]
    after = state.src[state.pos + length : state.pos + length + 1]
    may_open = (not before or bool(_BLANK.match(before)) or before in _OPENERS) and _begins(after)
    may_close = (not after or bool(_BLANK.match(after)) or after in _CLOSERS) and _ends(before)
    for _ in range(length):
        state.push("text", "", 0).content = "*"
        mark = Delimiter(ord("*"), length, len(state.tokens) - 1, -1, open=may_open, close=may_close)
        state.delimiters.append(mark)
    state.pos += length
    return True


def _begins(character: str) -> bool:
    return bool(_WORD.match(character)) or (character != "" and character in _OPENERS)


def _ends(character: str) -> bool:
    return bool(_WORD.match(character)) or (character != "" and character in _CLOSERS)


def _marks(state: StateInline, silent: bool) -> bool:
    """Media, formulas, raised, lowered and escaped characters: each is one expression."""
    for type_, content, info, match in _marks_at(state.src, state.pos, state.posMax):
        if not silent:
            token = state.push(type_, "", 0)
            token.content, token.info, token.markup = content, info, match[0]
            token.block = match[0].startswith("$$")
        state.pos = match.end()
        return True
    return False


def _marks_at(text: str, start: int, end: int) -> Iterator[tuple[str, str, str, re.Match[str]]]:
    match text[start]:
        case "!" if found := _MEDIUM.match(text, start, end):
            yield "medium", found[1], found[2], found
        case "$":
            found = _BLOCK_FORMULA.match(text, start, end) or _FORMULA.match(text, start, end)
            if found and ("\\text" in found[1] or not _PROSE.search(found[1])):
                yield "formula", found[1].strip(), "", found
        case "^" if found := _RAISED.match(text, start, end):
            yield "sup", found[1], "", found
        case "\\" if found := _ESCAPED.match(text, start, end):
            yield "text", found[1], "", found
        case "~" if found := _LOWERED.match(text, start, end):
            yield "sub", found[1], "", found


def _made_parser() -> MarkdownIt:
    # What is nested deeper would be lost; a text that fits cannot be.
    parser = MarkdownIt("zero", {"maxNesting": 200})
    parser.enable(["table", "fence", "list", "blockquote", "newline", "backticks", "emphasis"])
    parser.block.ruler.at("fence", _fence, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.block.ruler.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.block.ruler.at("blockquote", _blockquote, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.inline.ruler.at("emphasis", _stars)
    parser.inline.ruler.before("emphasis", "marks", _marks)
    return parser


_parser = _made_parser()
