"""Text out of the bytes of a file, whatever wrote it: UTF-8, UTF-16 or one of the older Vietnamese encodings.

Files say nothing about the older ones, so these are guessed by how many words read as Vietnamese syllables, and the
guess is told. Windows-1258 is that of Vietnamese Windows; TCVN3 (ABC, fonts called .VnTime) and VNI (fonts called
VNI-Times) were made for fonts that show other letters.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from question_bank.formats.base import Fault, UnusableFile
from question_bank.lint.letters import mixes_forms
from question_bank.text import DASHES, DOUBLE_QUOTES, SINGLE_QUOTES, piles_marks
from question_bank.tones import TONES

MOST_TEXT_MB = 10
"""Several times what the largest bank needs as text; a character may take four bytes in memory."""

_SAMPLE_BYTES = 200_000
_SAMPLE_WORDS = 5000
_LEAST_LIKELY = 0.5

# UTF-32 first: its mark begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_TCVN3_AT = (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xB5, "àảãáạ"),
    (0xBB, "ằẳẵắ"),
    (0xC6, "ặầẩẫấậè"),
    (0xCE, "ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò"),
    (0xE1, "ỏõóọồổỗốộ"),
    (0xEA, "ờởỡớợù"),
    (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
)
_TCVN3 = {start + place: letter for start, letters in _TCVN3_AT for place, letter in enumerate(letters)}

# What VNI writes after a vowel, and the letters that it writes alone; each also as a capital.
_VNI_AFTER = {
    "ù": "\u0301",
    "ø": "\u0300",
    "û": "\u0309",
    "õ": "\u0303",
    "ï": "\u0323",
    "â": "\u0302",
    "á": "\u0302\u0301",
    "à": "\u0302\u0300",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306",
    "é": "\u0306\u0301",
    "è": "\u0306\u0300",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "î": "ỵ", "ñ": "đ", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị"}
_VNI_AFTER |= {sign.upper(): marks for sign, marks in _VNI_AFTER.items()}
_VNI_ALONE |= {sign.upper(): letter.upper() for sign, letter in _VNI_ALONE.items()}
_VNI = re.compile(f"([aeouyôö])([{''.join(_VNI_AFTER)}])|([{''.join(_VNI_ALONE)}])", re.IGNORECASE)

_WORD = re.compile(r"[^\W\d_]+")
_TONES = re.compile(f"[{TONES}]")
_SYLLABLE = re.compile(
    "(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
    "(?:i[aê]?|uy(?:ê|a)?|u[aâêôeơ]?|uôi|ươ[iu]?|ư[aiu]?|iêu?|yêu?|o[aăe]|oa[iyo]|oe[o]?|a[iouy]?|â[uy]?|ă|eo?|êu?|iu"
    "|o[i]?|ôi?|ơi?|u[iu]|uây|uya|uyu|y|ua[iy]|ueo)"
    "(?:ch?|m|ng?|nh|p|t)?"
)

_PLAIN_SIGNS = str.maketrans(
    {
        **dict.fromkeys(f"{SINGLE_QUOTES}＇", "'"),
        **dict.fromkeys(f"{DOUBLE_QUOTES}＂", '"'),
        **dict.fromkeys(DASHES, "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " "),
        **{chr(code + 0xFEE0): chr(code) for code in range(ord("!"), ord("~") + 1) if chr(code) not in "\"'"},
        "…": "...",
        "→": "->",
    }
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file (NFC, lines end in LF, no BOM) and the encoding that it was taken for."""

    text: str
    encoding: str
    is_guess: bool = False
    mixes_forms: bool = False

    @property
    def guesses(self) -> tuple[Fault, ...]:
        """What its reader should look at: a guess may be wrong."""
        if self.is_guess:
            return (Fault("", "encoding_guessed", {"encoding": self.encoding}),)
        return (Fault("", "letters_mixed"),) if self.mixes_forms else ()


def decoded(content: bytes) -> Decoded:
    """Return the text of a file. Raises UnusableFile: not_text, file_large."""
    if len(content) > MOST_TEXT_MB * 1_000_000:
        raise UnusableFile("file_large", {"most": MOST_TEXT_MB})
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _read(content.removeprefix(mark), encoding, encoding.upper())
    if b"\0" in content:
        return _read(content, _wide_encoding(content[:_SAMPLE_BYTES]), "UTF-16", is_guess=True)
    try:
        return _tidy(content.decode(), "UTF-8")
    except UnicodeDecodeError:
        return _guessed(content)


def lines_of(text: str) -> Iterator[str]:
    """Yield the lines of a text one by one: a hostile file may have millions."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def with_plain_signs(text: str) -> str:
    """Return the text with ASCII quotes, dashes, arrows and spaces where a word processor put finer ones."""
    return text.translate(_PLAIN_SIGNS)


def from_tcvn3(text: str) -> str:
    """Return what a text shows in a TCVN3 (ABC) font; capitals with a tone are a matter of the font there."""
    return text.translate(_TCVN3)


def from_vni(text: str) -> str:
    """Return what a text shows in a VNI font."""
    return unicodedata.normalize("NFC", _VNI.sub(_vni_letter, text))


def likelihood(text: str) -> float:
    """Return which part of the words that aren't plain ASCII could be Vietnamese, by a sample; 0 of none."""
    words = [word.lower() for word in _WORD.findall(unicodedata.normalize("NFC", text)) if not word.isascii()]
    sample = list(islice(words, _SAMPLE_WORDS))
    return sum(map(_is_syllable, sample)) / len(sample) if sample else 0.0


def _read(content: bytes, encoding: str, name: str, *, is_guess: bool = False) -> Decoded:
    try:
        return _tidy(content.decode(encoding), name, is_guess=is_guess)
    except UnicodeDecodeError:
        raise UnusableFile("not_text") from None


def _tidy(text: str, encoding: str, *, is_guess: bool = False) -> Decoded:
    # Nothing is taken away at the start: lines are counted from there.
    tidy = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    if "\0" in tidy or piles_marks(tidy):
        raise UnusableFile("not_text")
    if unicodedata.is_normalized("NFC", tidy):
        return Decoded(tidy, encoding, is_guess)
    return Decoded(unicodedata.normalize("NFC", tidy), encoding, is_guess, mixes_forms(text))


def _wide_encoding(sample: bytes) -> str:
    """Return how a text with NULs may be written: ASCII leaves every other byte empty."""
    big, little = sample[::2].count(0), sample[1::2].count(0)
    if 3 * max(big, little) < len(sample) // 2 or 3 * min(big, little) > max(big, little):
        raise UnusableFile("not_text")
    return "utf-16-be" if big > little else "utf-16-le"


def _guessed(content: bytes) -> Decoded:
    sample = content[:_SAMPLE_BYTES]
    # Of equals the first: a text with nothing but a quote or a sign of money is the same in all.
    name, read = max(_OLDER.items(), key=lambda item: likelihood(item[1](sample)))
    if likelihood(read(sample)) < _LEAST_LIKELY:
        name, read = "Windows-1252", _western
    return _tidy(read(content), name, is_guess=True)


def _western(content: bytes) -> str:
    return content.decode("cp1252", "replace")


_OLDER: dict[str, Callable[[bytes], str]] = {
    "Windows-1258": lambda content: content.decode("cp1258", "replace"),
    "TCVN3 (ABC)": lambda content: from_tcvn3(_western(content)),
    "VNI": lambda content: from_vni(_western(content)),
}


def _vni_letter(found: re.Match[str]) -> str:
    vowel, sign, alone = found.groups()
    if alone:
        return _VNI_ALONE[alone]
    return _VNI_ALONE.get(vowel, vowel) + _VNI_AFTER[sign]


def _is_syllable(word: str) -> bool:
    letters = unicodedata.normalize("NFD", word)
    if len(_TONES.findall(letters)) > 1:
        return False
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", _TONES.sub("", letters))) is not None
