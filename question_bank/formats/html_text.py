"""Text with our marks out of the HTML that other programs write into questions."""

import re
from html.parser import HTMLParser

from question_bank.text import clean

_HTML = re.compile(r"</?(?:p|br|b|strong|i|em|u|span|div|sub|sup|ul|ol|li|img|table)\b[^<>]*>", re.IGNORECASE)
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "sub": "~", "sup": "^"}
_LINES = frozenset({"p", "div", "br", "li", "tr", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "pre"})
_UNREADABLE = frozenset({"img", "audio", "video", "table", "iframe", "object"})
_SILENT = frozenset({"script", "style"})
_SPACES = re.compile(r"[ \t\n\u00a0]+")
_EMPTY_MARKS = re.compile(r"\*\*(\s*)\*\*")


def is_html(text: str) -> bool:
    """Say whether a text holds tags, and not only signs that look like one."""
    return _HTML.search(text) is not None


def text_of_html(text: str) -> tuple[str, bool]:
    """Return what HTML says, with our marks for bold, raised and lowered, and whether something of it was lost."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(reader.pieces).split("\0"))
    return clean(_EMPTY_MARKS.sub(r"\1", "\n".join(line for line in lines if line))), reader.has_lost


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.has_lost = False
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line or a mark; say what a picture is called."""
        self._silent += tag in _SILENT
        self.has_lost = self.has_lost or tag in _UNREADABLE
        if tag in _LINES:
            self.pieces.append("\0- " if tag == "li" else "\0")
        if tag == "img":
            self.pieces.append(f"[{dict(attrs).get('alt') or '…'}]")
        self.pieces.append(_MARKS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        """End a line or a mark."""
        self._silent -= tag in _SILENT and self._silent > 0
        self.pieces.append("\0" if tag in _LINES else _MARKS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        if not self._silent:
            self.pieces.append(data.replace("\0", " "))
