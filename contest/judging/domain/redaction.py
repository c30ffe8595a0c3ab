"""Taking the author's name and unit out of a text that judges read.

What is found: the full name, its parts in any order, and the name of the unit in full, without its first words, or with
the usual abbreviations of school types; in any case, composed or decomposed, with the tone mark on either vowel, or
without any marks. A single word is never masked: Hoa, An and Bình are also words. What a picture, a clip or a page of a
PDF shows stays as it is.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from contest.i18n import nfc, search_key
from question_bank.tones import TONES

BLOCK = "█████"
ENDING_WORDS = 3
"""With fewer words an ending is only a place, which many people write about."""

_WORD = re.compile(r"[^\W_]+")
_JOINT = re.compile(r"[\s.\-–_]{1,4}")
_ABBREVIATIONS = {
    "THPT": "Trung học phổ thông",
    "THCS": "Trung học cơ sở",
    "TH": "Tiểu học",
    "PTDTNT": "Phổ thông dân tộc nội trú",
    "PTDTBT": "Phổ thông dân tộc bán trú",
}


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text at [start, end): `folded` keeps its letters, `plain` has no marks at all."""

    start: int
    end: int
    folded: str
    plain: str
    is_plain: bool


def mask(text: str, full_name: str, unit_name: str) -> str:
    """The text in composed form with a block in place of every name. Each block has the same length."""
    text = unicodedata.normalize("NFC", text)
    words = _words(text)
    name = _words(nfc(full_name))
    spans = [*_spans(text, words, name, is_any_order=True), *_glued(words, name)]
    for spelling in _spellings(nfc(unit_name)):
        for unit in _endings(_words(spelling)):
            spans += _spans(text, words, unit, is_any_order=False)
    for start, end in _merged(spans):
        text = text[:start] + BLOCK + text[end:]
    return text


def _words(text: str) -> list[_Word]:
    return [_word(match.start(), match.end(), match.group()) for match in _WORD.finditer(text)]


def _word(start: int, end: int, letters: str) -> _Word:
    decomposed = unicodedata.normalize("NFD", letters.casefold())
    base = "".join(character for character in decomposed if character not in TONES)
    tones = "".join(sorted(character for character in decomposed if character in TONES))
    plain = search_key(letters)
    return _Word(start, end, base + tones, plain, is_plain=plain == letters.casefold())


def _spellings(unit_name: str) -> set[str]:
    """The unit's name as it is written, all in full, and all in abbreviations, longest first."""
    full = unit_name
    for short, long in _ABBREVIATIONS.items():
        full = re.sub(rf"\b{short}\b", long, full)
    brief = full
    for short, long in sorted(_ABBREVIATIONS.items(), key=lambda pair: -len(pair[1])):
        brief = re.sub(rf"\b{long}\b", short, brief, flags=re.IGNORECASE)
    return {unit_name, full, brief}


def _endings(unit: Sequence[_Word]) -> Iterator[Sequence[_Word]]:
    """The unit's name, and what is left of it without its first words: “THCS xã Mẫu Sơn” tells as much."""
    yield unit
    for first in range(1, len(unit) - ENDING_WORDS + 1):
        yield unit[first:]


def _spans(
    text: str, words: Sequence[_Word], sought: Sequence[_Word], *, is_any_order: bool
) -> Iterator[tuple[int, int]]:
    """Where neighbouring words of the text are the words sought."""
    size = len(sought)
    if size < 2:
        return
    for first in range(len(words) - size + 1):
        window = words[first : first + size]
        if _is_match(window, sought, is_any_order) and _is_joined(text, window):
            yield window[0].start, window[-1].end


def _is_match(window: Sequence[_Word], sought: Sequence[_Word], is_any_order: bool) -> bool:
    """Whether the words are the same: with their marks, or all of them without any."""
    order = sorted if is_any_order else list
    if order(word.folded for word in window) == order(word.folded for word in sought):
        return True
    is_plain = all(word.is_plain for word in window)
    return is_plain and order(word.plain for word in window) == order(word.plain for word in sought)


def _is_joined(text: str, window: Sequence[_Word]) -> bool:
    return all(_JOINT.fullmatch(text, before.end, after.start) for before, after in pairwise(window))


def _glued(words: Sequence[_Word], name: Sequence[_Word]) -> Iterator[tuple[int, int]]:
    """Names as they stand in addresses: `nguyenthihoa`, also with a year after it."""
    glued = "".join(word.plain for word in name)
    if len(name) < 2:
        return
    for word in words:
        if word.plain.rstrip("0123456789") == glued:
            yield word.start, word.end


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that don't touch, the last first, so that cutting one leaves the others where they are."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged[::-1]
