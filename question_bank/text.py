"""The one normal form of text that people typed."""

import re
import unicodedata

SINGLE_QUOTES = "‘’‚‛ʼ`´′"
DOUBLE_QUOTES = "“”„‟«»″"
DASHES = "‐‑‒–—―−"
"""What word processors put in place of ' and " and -."""

_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

# Putting many marks of one letter in order takes time by their number squared.
_MARKS = "".join(sign for sign in map(chr, range(0x300, 0x1F000)) if unicodedata.combining(sign))
# No mark is among the letters of Latin scripts, and to pass over these first is several times as quick.
_PILED = re.compile(f"(?=[^\x00-\u02ff\u1e00-\u20cf])[{_MARKS}]{{30}}")


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


def piles_marks(text: str) -> bool:
    """Say whether more marks stand on one letter than any language has: such a text is an attack."""
    return _PILED.search(text) is not None


def has_control_characters(text: str) -> bool:
    """Say whether the text holds characters that no page or file can show."""
    # Most texts of one line pass at once: the slower search is for what else isn't printable, such as line ends.
    return not text.isprintable() and _UNSHOWABLE.search(text) is not None
