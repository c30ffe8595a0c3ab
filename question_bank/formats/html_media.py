"""The pictures and sounds that the HTML of other programs shows: files that came along, or written into the text."""

import binascii
import re
from base64 import b64decode
from pathlib import PurePosixPath
from urllib.parse import unquote

from question_bank.formats.base import MediaFound, mark_of

OWN_FILE = "@@PLUGINFILE@@/"
"""What the address of a file that came along begins with."""

_NAMELESS = "Hình"
"""The description of a picture that has none, until somebody writes one."""

_BRACKETS = re.compile(r"[\[\]]")
_IN_TEXT = "data:in-text/"
_MOST_IN_TEXT = 20_000
"""Written into the texts of one file: several for each question of the largest bank."""


class HtmlMedia:
    """Makes marks of media and remembers, by code, what was guessed or lost of those of one question."""

    def __init__(self, media: MediaFound) -> None:
        """Put the media with the others of the file."""
        self._media = media
        self._digests: dict[str | bytes, str | None] = {}
        self.guesses: set[str] = set()

    def mark(self, address: str, words: str, held: str | bytes | None) -> str:
        """Return the mark that shows what an address means; its description where there is no such file.

        `held` is the file, or base64 for it. However often it is shown, it is looked through once.
        """
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
