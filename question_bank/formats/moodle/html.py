r"""The HTML that Moodle shows for a text with our marks: plain tags, formulas in \( \), pictures by their files."""

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple

from markdown_it.token import Token

from question_bank.formats.html_media import OWN_FILE
from question_bank.formats.html_text import text_of_html, text_of_plain
from question_bank.formats.moodle.texts import HTML, PLAIN
from question_bank.markup import html, plain
from question_bank.notation import line_tokens, tokens
from question_bank.text import clean

SOUNDS = frozenset({"mp3", "m4a", "ogg", "wav", "flac"})

NameOf = Callable[[str], str]
"""Returns the name of the file of the medium with this SHA-256 (hex): the digest and an extension."""

_LINE = r"(?![-+ ]|[0-9]+\.)(?:[^\s<>&$*`~^!|\\\[{]| (?![ \n]))+"
_SIMPLE = re.compile(rf"{_LINE}(?:\n{{1,2}}{_LINE})*")
_ROW_END = re.compile(r"\\\\(?=[()])")
"""In a formula, before a parenthesis: both together would begin or end a formula."""

# An element parts signs that Moodle would take for the beginning of a formula.
_LIKE_FORMULA = re.compile(r"\\(?=[(\[])|\$(?=\$)")
_TAGS = {
    "strong": "strong",
    "em": "em",
    "ordered_list": "ol",
    "blockquote": "blockquote",
    "table": "table",
    "thead": "thead",
    "tbody": "tbody",
    "tr": "tr",
    "th": "th",
    "td": "td",
}


class Written(NamedTuple):
    """A text as it stands in a file, its format there, and whether a reader sees all of it that we show."""

    content: str
    style: str
    is_kept: bool


def written(text: str, name_of: NameOf = lambda digest: f"{digest}.webp", *, is_line: bool = False) -> Written:
    """Return a text, which may have lists and tables unless it stands in a line, such that it reads back equal.

    HTML holds nearly all; a text without marks that it would change, as by its spaces, stands as it is.
    """
    wanted = clean(text)
    if _SIMPLE.fullmatch(wanted) and not (is_line and "\n\n" in wanted):  # most texts are, and reading marks is slow
        drawn = escape(wanted).replace("\n\n", "</p><p>").replace("\n", "<br>")
        return Written(drawn if is_line else f"<p>{drawn}</p>", HTML, is_kept=True)
    drawn = "".join(_drawn(line_tokens(wanted) if is_line else tokens(wanted), name_of))
    back = text_of_html(drawn, _mark_of).text
    if back == wanted:
        return Written(drawn, HTML, is_kept=True)
    if plain(wanted) == wanted == text_of_plain(wanted, has_formulas=False):
        return Written(wanted, PLAIN, is_kept=True)
    return Written(drawn, HTML, is_kept=_page(back) == _page(wanted))


def words_of_line(text: str) -> str:
    """Return what a text in a line says without its marks, as a list to choose from shows it."""
    found = [child for token in line_tokens(clean(text)) for child in token.children or ()]
    return "".join(" " if child.type in {"softbreak", "hardbreak"} else child.content for child in found)


def _page(text: str) -> str:
    """Return what we show, whether items of a list stand apart or not, and however many spaces there are."""
    drawn = html(text, lambda _digest: None)
    return " ".join(drawn.replace("<p>", "").replace("</p></li>", "</li>").replace("</p>", "<br>").split())


def _mark_of(address: str, words: str) -> str:
    return f"![{words}](media:{address.removeprefix(OWN_FILE).partition('.')[0]})"


def _drawn(found: list[Token], name_of: NameOf) -> Iterator[str]:
    for token in found:
        if token.children is not None:
            yield from _drawn(token.children, name_of)
        elif token.type == "medium":
            yield _medium(token, name_of(token.info))
        else:
            yield _element(token)


def _element(token: Token) -> str:
    """One tag or piece of text; a kind of token that is not known here is shown as its text."""
    name, _, end = token.type.rpartition("_")
    if name == "paragraph":
        return "" if token.hidden else f"<{'/' if end == 'close' else ''}p>"
    if name == "list_item" and end == "open":
        return f'<li value="{int(token.info)}">' if token.info else "<li>"
    if name == "bullet_list" and end == "open":
        return '<ul class="marked-plus">' if token.markup == "+" else "<ul>"
    if name in {"bullet_list", "list_item"}:
        return "</ul>" if name == "bullet_list" else "</li>"
    return f"<{'/' if end == 'close' else ''}{_TAGS[name]}>" if name in _TAGS else _leaf(token)


def _leaf(token: Token) -> str:
    match token.type:
        case "softbreak" | "hardbreak":
            return "<br>"
        case "code_inline":
            return f"<code>{_quoted(token.content)}</code>"
        case "fence":
            return f"<pre><code>{_quoted(token.content)}</code></pre>"
        case "formula":
            content = _ROW_END.sub(r"\g<0> ", token.content)
            return _quoted(f"$${content}$$" if token.block else f"\\({content}\\)")
        case "sup" | "sub":
            return f"<{token.type}>{escape(token.content)}</{token.type}>"
    return _LIKE_FORMULA.sub(r"\g<0><span></span>", escape(token.content))


def _medium(token: Token, name: str) -> str:
    words = _quoted(token.content)
    if name.rpartition(".")[2] in SOUNDS:
        return f'<audio controls src="{OWN_FILE}{name}" title="{words}"></audio>'
    return f'<img src="{OWN_FILE}{name}" alt="{words}">'


def _quoted(text: str) -> str:
    """Text that is no prose: nothing in it is a gap, as [[1]] or {1:…}."""
    return escape(text).replace("[", "&#91;").replace("{", "&#123;")
