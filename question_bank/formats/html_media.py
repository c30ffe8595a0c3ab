"""The pictures and sounds that the HTML of other programs shows: files that came along, or written into the text."""

import binascii
import re
from base64 import b64decode
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import unquote

from question_bank.formats.base import MediaFound, UnusableFile, mark_of
from question_bank.formats.html_text import text_of_html

OWN_FILE = "@@PLUGINFILE@@/"
"""What the address of a file that came along begins with."""

_NAMELESS = "Hình"
"""The description of a picture that has none, until somebody writes one."""

_BRACKETS = re.compile(r"[\[\]]")
_IN_TEXT = "data:in-text/"
_MOST_IN_TEXT = 20_000
"""Written into the texts of one file: several for each question of the largest bank."""


_MOST_SHOWN = 20_000
"""Media that the texts of one file show, however few files they are."""

_MOST_TAGS = 500_000
"""In the texts of one file: a hundred for each question of the largest bank."""


class HtmlMedia:
    """Reads texts with the marks of their media; remembers, by code, what was guessed or lost of one question."""

    def __init__(self, media: MediaFound) -> None:
        """Put the media with the others of the file."""
        self._media = media
        self._digests: dict[str | bytes, str | None] = {}
        self.guesses: set[str] = set()

    def text_of_html(self, html: str, held_at: Callable[[str], str | bytes | None]) -> str:
        """Return what HTML says; `held_at` returns what an address means. Raises UnusableFile: tags_many."""
        self._media.tags += html.count("<")
        if self._media.tags > _MOST_TAGS:
            raise UnusableFile("tags_many", {"most": _MOST_TAGS})
        shown = text_of_html(html, lambda address, words: self.mark(address, words, held_at(address)))
        self.guesses |= shown.lost
        return shown.text

    def mark(self, address: str, words: str, held: str | bytes | None) -> str:
        """Return the mark that shows what an address means; its description where there is no such file.

        `held` is the file, or base64 for it. However often it is shown, it is looked through once.
        Raises UnusableFile: tags_many, media_large.
        """
        self._media.shown += 1
        if self._media.shown > _MOST_SHOWN:
            raise UnusableFile("tags_many", {"most": _MOST_SHOWN})
        description = _BRACKETS.sub(" ", words).strip()
        digest = self._digest(held) if held else None
        if digest is None:
            self.guesses.add("medium_missing")
            return f"[{description or PurePosixPath(file_name(address)).name[:40] or '…'}]"
        if not description:
            self.guesses.add("medium_named")
        return mark_of(digest, description or _NAMELESS)

    def _digest(self, held: str | bytes) -> str | None:
        if held not in self._digests:
            content = of_base64(held) if isinstance(held, str) else held
            self._digests[held] = self._media.keep(content) if content else None
        return self._digests[held]


def without_data(text: str, written: re.Pattern[str], contents: dict[str, str]) -> str:
    """Return a text with a short address in place of each medium written into it.

    The first group of `written` is its base64, which `contents` gets under that address.
    """

    def kept(found: re.Match[str]) -> str:
        if len(contents) >= _MOST_IN_TEXT:
            return found[0]
        address = f"{_IN_TEXT}{len(contents)}"
        contents[address] = found[1].replace("\\", "")  # as GIFT escapes the end of base64
        return address

    return written.sub(kept, text)


def file_name(address: str) -> str:
    """Return the name of the file that an address means."""
    return unquote(address.partition("?")[0]).removeprefix(OWN_FILE)


def of_base64(text: str | None) -> bytes | None:
    """Return what base64 stands for; None when there is none, or nothing to be made of it."""
    try:
        return b64decode(text, validate=False) if text and text.strip() else None
    except (binascii.Error, ValueError):
        return None
