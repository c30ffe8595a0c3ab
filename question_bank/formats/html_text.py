"""Text with our marks out of the HTML that other programs write into questions."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import NamedTuple, TypeAlias

from question_bank.formats.html_lines import (
    ITALIC,
    MARKS_DROPPED,
    PICTURES_DROPPED,
    STRONG,
    Lines,
    Piece,
    Sort,
    literal,
)
from question_bank.text import clean

MarkOf: TypeAlias = Callable[[str, str], str | None]
"""Returns the mark that shows the picture or sound at an address, by its description; None where there is none."""

_HTML = re.compile(
    r"</?(?:p|br|b|strong|i|em|u|span|div|sub|sup|ul|ol|li|img|table|h[1-6]|audio|pre|code)\b[^<>]*>", re.IGNORECASE
)
_MARKS = {"b": STRONG, "strong": STRONG, "u": STRONG, "i": ITALIC, "em": ITALIC}
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
_LINES = frozenset({"div", "dd", "dt", "section", "article", "caption"})
_UNREADABLE = frozenset({"video", "iframe", "object", "embed", "svg", "canvas", "math"})
_SILENT = frozenset({"script", "style", "audio", "title"})
_SHIFTED = {"sup": (re.compile(r"[^\W_]{1,10}[+-]?|[+-]"), "^"), "sub": (re.compile(r"[^\W_]{1,10}"), "~")}
_SOUND = re.compile(r"\.(?:mp3|m4a|aac|ogg|oga|opus|wav|flac)(?:$|\?)", re.IGNORECASE)
_PLAIN_TEXT = r"[^<>&$*`~^!|\\\n]*"
_SIMPLE = re.compile(rf"(?:<p[^<>]*>)?{_PLAIN_TEXT}(?:</p>\s*<p[^<>]*>{_PLAIN_TEXT})*(?:</p>)?")
_PARAGRAPH_TAGS = re.compile(r"</?p[^<>]*>")
# What isn't a tag would make the parser look for the end of one again and again.
_NO_TAG = re.compile(r"<(?!/?[a-zA-Z][^<]{0,5000}>)")
_FORMULA = re.compile(
    r"\\\(((?:(?!\\[()]).){1,1000}+)\\\)|\\\[((?:(?!\\[\[\]]).){1,1000}+)\\\]|\$\$([^$]{1,1000})\$\$", re.DOTALL
)


class Shown(NamedTuple):
    """What HTML says, with our marks, and the codes of what was lost of it."""

    text: str
    lost: frozenset[str] = frozenset()


def is_html(text: str) -> bool:
    """Say whether a text holds tags, and not only signs that look like one."""
    return "<" in text and _HTML.search(text) is not None


def text_of_html(text: str, mark_of: MarkOf = lambda _address, _description: None) -> Shown:
    """Return what HTML says: emphasis, raised and lowered, lists, tables, quotes, code, formulas and media."""
    if _SIMPLE.fullmatch(text):  # most texts are, and reading tags is slow
        paragraphs = (" ".join(each.split()) for each in _PARAGRAPH_TAGS.split(text))
        return Shown(clean("\n\n".join(each for each in paragraphs if each)))
    reader = _Reader(mark_of)
    reader.feed(_NO_TAG.sub("&lt;", _without_comments(text)))
    reader.close()
    return Shown(clean(reader.lines.text()), frozenset(reader.lines.lost))


def text_of_plain(text: str, *, has_formulas: bool) -> str:
    r"""Return a text as we write it: what would be a mark is escaped, formulas in \( \) are ours where they count."""
    if not has_formulas or not _FORMULA.search(text):
        return literal(clean(text))
    lines = Lines()
    for number, line in enumerate(clean(text).split("\n")):
        if number:
            lines.pieces.append(Piece(Sort.BREAK))
        lines.pieces.extend(_with_formulas(line))
    lines.end()
    return clean(lines.text())


def _without_comments(text: str) -> str:
    *pieces, last = text.split("-->")
    return "".join(piece.partition("<!--")[0] if "<!--" in piece else f"{piece}-->" for piece in pieces) + last


def _with_formulas(text: str) -> list[Piece]:
    pieces, start = [], 0
    for found in _FORMULA.finditer(text):
        source = " ".join((found[1] or found[2] or found[3]).split())
        if source and "$" not in source:
            mark = "$" if found[1] else "$$"
            pieces += [Piece(Sort.TEXT, text[start : found.start()]), Piece(Sort.FORMULA, f"{mark}{source}{mark}")]
            start = found.end()
    return [*pieces, Piece(Sort.TEXT, text[start:])]


class _Reader(HTMLParser):
    def __init__(self, mark_of: MarkOf) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = Lines()
        self._mark_of = mark_of
        self._silent: list[str] = []
        self._held: tuple[str, list[str]] | None = None
        self._is_sound_wanted = False
        self._address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, a mark or what is read whole; show media."""
        given = {name: value or "" for name, value in attrs}
        if self._silent:
            self._sound(given if tag == "source" else {})
        elif tag in {"img", "audio"}:
            self._show(tag, given)
        elif tag == "a" and _SOUND.search(given.get("href", "")):
            self._address = given["href"]
            self._hold(tag)
        elif tag in _SHIFTED or (tag in {"code", "pre"} and not self._held):
            self._hold(tag)
        else:
            self._begin(tag, given)
        if tag in _SILENT:
            self._silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """End a line, a mark or what is read whole."""
        if self._silent:
            if tag == self._silent[-1]:
                self._silent.pop()
        elif self._held:
            if tag == self._held[0]:
                self._let_go()
        elif tag in _MARKS:
            self.lines.mark(_MARKS[tag], is_on=False)
        elif tag in _PARAGRAPHS:
            self.lines.end(is_paragraph=True)
        elif tag in _LINES:
            self.lines.end()
        else:
            self.lines.leave(tag)

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        if self._silent:
            return
        if self._held:
            self._held[1].append(data)
        else:
            self.lines.pieces.extend(_with_formulas(data))

    def close(self) -> None:
        """End what the text leaves open."""
        super().close()
        if self._held:
            self._let_go()
        self.lines.end()
        self.lines.leave("table")

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        if self._held:
            self._held[1].append("\n" if tag == "br" else "")
        elif tag == "br":
            self.lines.pieces.append(Piece(Sort.BREAK))
        elif tag in _MARKS:
            self.lines.mark(_MARKS[tag], is_on=True)
        elif tag in _PARAGRAPHS:
            self.lines.end(is_paragraph=True)
        elif tag in _LINES:
            self.lines.end()
        elif tag in _UNREADABLE:
            self.lines.lost.add(PICTURES_DROPPED)
        else:
            self.lines.enter(tag, given)

    def _show(self, tag: str, given: dict[str, str]) -> None:
        if tag == "img":
            self._medium(given.get("src", ""), given.get("alt") or given.get("title", ""))
        else:
            self._is_sound_wanted = True
            self._sound(given)

    def _sound(self, given: dict[str, str]) -> None:
        """Show a sound once, by the address of the element or of the first of its sources."""
        if self._is_sound_wanted and given.get("src"):
            self._is_sound_wanted = False
            self._medium(given["src"], given.get("title") or given.get("aria-label", ""))

    def _medium(self, address: str, description: str) -> None:
        mark = self._mark_of(address, description)
        if mark is None:
            self.lines.lost.add(PICTURES_DROPPED)
        self.lines.pieces.append(Piece(Sort.RAW, mark or f"[{description or '…'}]"))

    def _hold(self, tag: str) -> None:
        if self._held:
            self._let_go()
        self._held = (tag, [])

    def _let_go(self) -> None:
        """Write what was read whole: code as it stands, a link to a sound, or a few raised or lowered signs."""
        tag, found = self._held or ("", [])
        text, self._held = "".join(found), None
        if tag == "pre":
            self.lines.fence(text)
        elif tag == "a":
            self._medium(self._address, text)
        elif tag == "code":
            sign = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
            pad = " " if sign != "`" else ""
            self.lines.pieces.append(Piece(Sort.RAW, f"{sign}{pad}{text}{pad}{sign}"))
        elif text.strip():
            fitting, sign = _SHIFTED[tag]
            is_fit = fitting.fullmatch(text.strip()) is not None
            self.lines.lost |= set() if is_fit else {MARKS_DROPPED}
            whole = f"{sign}{text.strip()}{sign}" if is_fit else f"{'^' if tag == 'sup' else '_'}({text.strip()})"
            self.lines.pieces.append(Piece(Sort.SHIFTED if is_fit else Sort.TEXT, whole))
