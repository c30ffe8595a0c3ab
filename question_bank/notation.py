"""Which characters of a text are marks, and which are only characters: a careful subset of Markdown.

Committees paste plain text, so a mark counts only where it can hardly be meant as a character: `_`, `#` and a `*`
inside a word are what they are, numbers of lists stay as typed, and a line break is a line break.
`docs/soan-cau-hoi.md` describes the marks.
"""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, fence, list_block, table
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

MOST_CELLS = 2000
"""Of a table, at most: its columns times the lines from its head to the end of the text."""

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


def tokens(text: str) -> list[Token]:
    """Return the marks of a text, for what is written in another way than as a page."""
    return _parser.parse(text)


def line_tokens(text: str) -> list[Token]:
    """Return the marks of a text that stands inside a line: no lists, tables or paragraphs."""
    return _parser.parseInline(text)


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lists begin with `-`, `+` or `1.` and a word: a star begins a footnote, `1)` and a row of dashes stay."""
    return bool(_LISTED.match(_line(state, start))) and list_block(state, start, end, silent)


def _blockquote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A quote is not what is greater than a number."""
    return bool(_QUOTED.match(_line(state, start))) and blockquote(state, start, end, silent)


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Each row has as many cells as the head, written or not: a short text could make a page of 65,000 cells."""
    columns = _line(state, start).count("|") + 1
    return columns * (end - start) <= MOST_CELLS and table(state, start, end, silent)


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
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.at("fence", _fence, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.block.ruler.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.block.ruler.at("blockquote", _blockquote, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.inline.ruler.at("emphasis", _stars)
    parser.inline.ruler.before("emphasis", "marks", _marks)
    return parser


_parser = _made_parser()
