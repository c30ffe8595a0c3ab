"""The one normal form of text that people typed."""

import re
import unicodedata

SINGLE_QUOTES = "‘’‚‛ʼ`´′"
DOUBLE_QUOTES = "“”„‟«»″"
DASHES = "‐‑‒–—―−"
"""What word processors put in place of ' and " and -."""

_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Return the text as it is stored: NFC, LF line ends, no BOM, nothing around it."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    return unicodedata.normalize("NFC", unified).strip()


def showable(text: str) -> str:
    """Return the text with a space in place of each character that no page or file can show."""
    return _UNSHOWABLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def count_words(text: str) -> int:
    """Return how many words the text has: runs of characters between white space, in Vietnamese tiếng."""
    return len(text.split())


def fold(text: str) -> str:
    """Return what makes two texts the same to a reader: case and spaces do not count."""
    return " ".join(unicodedata.normalize("NFC", clean(text).casefold()).split())


def has_control_characters(text: str) -> bool:
    """Say whether the text holds characters that no page or file can show."""
    return _UNSHOWABLE.search(text) is not None
