"""Pictures and sounds of a GIFT file: written into its texts, or beside it in a zip."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from question_bank.formats import archive
from question_bank.formats.base import MOST_FILE_MB, MediaFound, UnusableFile
from question_bank.formats.html_media import HtmlMedia, file_name, without_data
from question_bank.text import clean

_ZIP = b"PK\x03\x04"
_TEXT, _REFUSAL = ".gift", "gift_zip"
_READ = re.compile(r"\.(?:gift|png|jpe?g|gif|webp|mp3|m4a|ogg|oga|wav|flac)$", re.IGNORECASE)
_DATA_SIGN = ";base64,"
_DATA = re.compile(r"data\\?:(?:image|audio)/[a-zA-Z0-9.+-]{1,40};base64,((?:[A-Za-z0-9+/]++|\\?=)++)")


def opened(content: bytes) -> tuple[bytes, dict[str, bytes]]:
    """Return the text of a file and, out of a zip, the media beside it by their names.

    Raises UnusableFile: gift_zip, file_large, unpacks_large.
    """
    if not content.startswith(_ZIP):
        return content, {}
    parts = archive.unpacked(content, is_wanted, _REFUSAL)
    texts = [name for name in parts if name.lower().endswith(_TEXT)]
    if len(texts) != 1:
        raise UnusableFile(_REFUSAL)
    if len(parts[texts[0]]) > MOST_FILE_MB * 1_000_000:
        raise UnusableFile("file_large", {"most": MOST_FILE_MB})
    folder = PurePosixPath(texts[0]).parent
    files = {PurePosixPath(name): content for name, content in parts.items() if name != texts[0]}
    by_name = {path.name: content for path, content in files.items()}
    by_path = {str(path.relative_to(folder)): each for path, each in files.items() if path.is_relative_to(folder)}
    return parts[texts[0]], {clean(name): each for name, each in (by_name | by_path).items()}


def is_wanted(name: str) -> bool:
    """Say whether a file in a zip is read; beside each one macOS puts another, which says nothing."""
    return _READ.search(name) is not None and not PurePosixPath(name).name.startswith("._")


class Media:
    """Makes marks of the media of one file."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        """Take the files beside the text by their names."""
        self._found = MediaFound()
        self._marks = HtmlMedia(self._found)
        self._files = files
        self._in_text: dict[str, str] = {}

    @property
    def by_digest(self) -> dict[str, bytes]:
        """Return what texts show."""
        return self._found.by_digest

    def without_data(self, text: str) -> str:
        """Return a text with a short address in place of each medium written into it."""
        return without_data(text, _DATA, self._in_text) if _DATA_SIGN in text else text

    def text_of_html(self, html: str) -> str:
        """Return what HTML says, with the marks of its media. Raises UnusableFile: tags_many, media_large."""
        return self._marks.text_of_html(html, self._held_at)

    def _held_at(self, address: str) -> str | bytes | None:
        return self._in_text.get(address) or self._files.get(clean(file_name(address)))

    def taken_guesses(self) -> list[str]:
        """Return what was guessed or lost since the last call."""
        guesses, self._marks.guesses = sorted(self._marks.guesses), set()
        return guesses
