"""Tone marks of Vietnamese, and the syllables that can carry theirs in two places.

Two ways of placing the tone mark are in use. They differ in the syllables that end in `oa`, `oe` or `uy` and nowhere
else: the older one writes hòa, khỏe, thúy, the newer one, taught at school, hoà, khoẻ, thuý (Quyết định 1989/QĐ-BGDĐT
of 25 May 2018, Điều 8). A syllable that goes on after the second vowel (hoàng, xoét, thuyền) or has another mark there
(thuế, thuở, tiếng, yến) is written in one way only, and the u of qu belongs to the consonant: quý.
"""

import re
from itertools import product
from unicodedata import normalize

TONES = "\u0300\u0301\u0303\u0309\u0323"
"""As combining characters: huyền, sắc, ngã, hỏi, nặng."""

_OLDER = {
    normalize("NFC", first + second + tone): normalize("NFC", first + tone + second)
    for vowels in ("oa", "oe", "uy")
    for first, second in product(*zip(vowels, vowels.upper(), strict=True))
    for tone in TONES
}
_ENDS = r"(?![^\W\d_])"
_NEWER_PLACE = re.compile(rf"(?<![qQ])(?:{'|'.join(_OLDER)}){_ENDS}")
_EITHER_PLACE = re.compile(rf"(?<![qQ])(?:{'|'.join((*_OLDER, *_OLDER.values()))}){_ENDS}")
_LAST_LETTERS = re.compile(r"[^\W\d_]*$")
_LONGEST_SYLLABLE = 7


def in_older_place(text: str) -> str:
    """Return the text (NFC) with every tone mark where the older way has it: hoà becomes hòa."""
    return _NEWER_PLACE.sub(lambda found: _OLDER[found[0]], text)


def two_way_syllables(text: str) -> list[str]:
    """Return the syllables of a text (NFC) that can carry their tone in two places, as they are written."""
    ends = [found.end() for found in _EITHER_PLACE.finditer(text)]
    return [_LAST_LETTERS.findall(text[max(0, end - _LONGEST_SYLLABLE) : end])[0] for end in ends]
