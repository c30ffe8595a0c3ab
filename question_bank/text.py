"""The one normal form of text that people typed."""

import re
from unicodedata import combining, normalize

SINGLE_QUOTES = "‘’‚‛ʼ`´′"
DOUBLE_QUOTES = "“”„‟«»″"
DASHES = "‐‑‒–—―−"
"""What word processors put in place of ' and " and -."""

_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

# Putting many marks of one letter in order takes time by their number squared.
_MOST_PILED = 30
_SIGNS = "".join(sign for sign in map(chr, range(0x300, 0x1F000)) if combining(sign))
# No mark is among the letters of Latin scripts, and to pass over these first is several times as quick.
_MARK = f"(?=[^\x00-\u02ff\u1e00-\u20cf])[{_SIGNS}]"
_MARKED, _PILED = re.compile(_MARK), re.compile(f"{_MARK}{{{_MOST_PILED}}}")


def clean(text: str) -> str:
    """Return the text as it is stored: NFC, LF line ends, no BOM, nothing around it."""
    if "\r" in text or "\ufeff" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    return normalize("NFC", text).strip()


def showable(text: str) -> str:
    """Return the text with a space in place of each character that no page or file can show."""
    return _UNSHOWABLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def count_words(text: str) -> int:
    """Return how many words the text has: runs of characters between white space, in Vietnamese tiếng."""
    return len(text.split())


def fold(text: str) -> str:
    """Return what makes two texts the same to a reader: case and spaces do not count."""
    if text.isascii():
        folded = text.lower()
    else:
        folded = normalize("NFC", normalize("NFC", text.replace("\ufeff", "")).casefold())
    # What is printable has no other white space than spaces.
    return folded.strip() if folded.isprintable() and "  " not in folded else " ".join(folded.split())


def piles_marks(text: str) -> bool:
    """Say whether more marks stand on one letter than any language has: such a text is an attack."""
    bare = text.replace("\ufeff", "")  # as `clean` does, which so brings together what BOMs kept apart
    # One of so many in a row stands at a place that their number divides: most texts have no mark at all there.
    return _MARKED.search(bare[::_MOST_PILED]) is not None and _PILED.search(bare) is not None


def has_control_characters(text: str) -> bool:
    """Say whether the text holds characters that no page or file can show."""
    # Most texts of one line pass at once: the slower search is for what else isn't printable, such as line ends.
    return not text.isprintable() and _UNSHOWABLE.search(text) is not None
