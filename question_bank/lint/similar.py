"""Questions that ask nearly the same.

What a question asks is its text, its items and its right answer; the wrong options don't count, since two people
who write the same question seldom think of the same ones. Candidates come from MinHash signatures (Broder 1997) of
pairs of neighbouring words, cut into bands (locality-sensitive hashing): questions that share a band are compared
letter by letter. Numbers count as one word there and are compared afterwards. Questions about different pictures or
sounds ask different things, however alike their words: “Biển báo này có ý nghĩa gì?”.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from importlib import import_module
from itertools import pairwise
from typing import Generic, TypeAlias, TypeVar
from unicodedata import normalize

from rapidfuzz import fuzz

from question_bank.lint.rules import key_texts, right_ids
from question_bank.question import Question
from question_bank.tones import in_older_place

BANDS = 16
_ROWS = 4
# 16 bands of 4 find 99.98 % of the pairs that share 80 % of their word pairs, 89 % at 60 %, and 3 % at 20 %.

ALIKE = 85
"""From this likeness on, in per cent of the letters, two questions are nearly the same…"""
ALIKE_BUT_NUMBERS = 94
"""… and from this on when their numbers differ: laws and dates alone make questions look alike."""
LONG = 150
"""From so many characters on, a text may be a passage with a question after it."""
MOST_ALIKE = 5
"""So many questions are named as nearly the same as one."""
MOST_CANDIDATES = 50
_MOST_IN_A_BAND = 100

Signature: TypeAlias = tuple[int, ...]
"""One number per band, each fit for a signed column of 64 bits. Equal numbers mean equal bands."""

Ref = TypeVar("Ref")

# Odd factors without a pattern, two for each band of 2 × 64 bits: equal sums mean equal bands but once in 2^64.
_FACTORS = [
    [int.from_bytes(blake2b(bytes([band, half]), digest_size=8).digest()) | 1 for half in range(_ROWS // 2)]
    for band in range(BANDS)
]

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"0|[^\W\d_]+")
_ENDS = " .?!…"
_SENTENCE_ENDS = re.compile(r"[.?!…:\n”]\s+")
_MEDIUM = re.compile(r"(?<=\()media:[0-9a-f]{64}(?=\))")
_NEGATIONS = frozenset(
    [
        "không",
        "chưa",
        "chẳng",
        "chả",
        "sai",
        "trừ",
        "ngoại",
        "not",
        "no",
        "never",
        "except",
        "false",
        "wrong",
        "incorrect",
    ]
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks, as far as it counts for likeness."""

    words: list[list[str]]
    """Of the text, of each item and of each right answer, with 0 for every number."""
    letters: str
    """The same in one line."""
    numbers: list[str]
    media: frozenset[str] = frozenset()
    end: str = ""
    """The last sentence of a long text, in letters: after a passage that is what is asked."""

    @property
    def negations(self) -> Counter[str]:
        """How often each negating word stands there."""
        return Counter(word for part in self.words for word in part if word in _NEGATIONS)

    @property
    def shingles(self) -> list[bytes]:
        """Pairs of neighbouring words; a part of one word is that word."""
        parts = (map(" ".join, pairwise(part)) if len(part) > 1 else part for part in self.words)
        return [shingle.encode() for part in parts for shingle in part]


def asked_by(question: Question) -> Asked:
    """Return what the question asks."""
    right = right_ids(question)
    answers = [option.text for option in question.options if option.id in right] or key_texts(question)
    texts = [_plain(question.text), *sorted(map(_plain, (*question.items, *answers)))]
    media = frozenset(found for text in texts if "(media:" in text for found in _MEDIUM.findall(text))
    if media:
        texts = [_MEDIUM.sub("", text) for text in texts]
    parts = [_WORD.findall(_NUMBER.sub("0", text)) for text in texts]
    numbers = sorted(number for text in texts for number in _NUMBER.findall(text))
    end = _SENTENCE_ENDS.split(texts[0].strip(_ENDS))[-1] if len(texts[0]) >= LONG else ""
    return Asked(parts, " ".join(map(" ".join, parts)), numbers, media, end)


def _plain(text: str) -> str:
    return in_older_place(normalize("NFC", text.casefold()))


def likeness(one: Asked, other: Asked) -> str | None:
    """Return the code of the remark that two questions deserve, or None when they ask different things."""
    if one.media != other.media:
        return None
    alike = fuzz.ratio(one.letters, other.letters, score_cutoff=ALIKE)
    if alike == 0 or _ask_of_one_passage(one, other):
        return None
    if one.numbers != other.numbers:
        return "differs_by_number" if alike >= ALIKE_BUT_NUMBERS else None
    if one.negations != other.negations:
        return "differs_by_negation"
    return "near_duplicate"


def _ask_of_one_passage(one: Asked, other: Asked) -> bool:
    """Say whether two questions only share what they are about: each asks something of its own, with another answer."""
    if not (one.end and other.end) or fuzz.ratio(one.end, other.end) >= ALIKE:
        return False
    answers = [" ".join(word for part in each.words[1:] for word in part) for each in (one, other)]
    return fuzz.ratio(*answers) < ALIKE


def signatures(asked: Iterable[Asked]) -> Iterator[Signature]:
    """Return one signature for each, in order; many at once are cheaper than one by one."""
    # datasketch brings numpy and scipy along: 3 s and 90 MB that only those who compare should pay.
    min_hash = import_module("datasketch").MinHash
    factors = import_module("numpy").array(_FACTORS, "<u8")
    for sketch in min_hash.generator((item.shingles for item in asked), num_perm=BANDS * _ROWS):
        rows = sketch.hashvalues.astype("<u4").view("<u8").reshape(BANDS, -1)
        yield tuple((rows * factors).sum(axis=1).view("<i8").tolist())


class NearDuplicates(Generic[Ref]):
    """Signatures by their bands. It holds one entry per band and question, however alike the questions are."""

    def __init__(self) -> None:
        self._bands: defaultdict[int, list[Ref]] = defaultdict(list)

    def add(self, ref: Ref, signature: Signature) -> None:
        """Remember a question by the caller's name for it."""
        for band in signature:
            if len(self._bands[band]) < _MOST_IN_A_BAND:
                self._bands[band].append(ref)

    def candidates(self, signature: Signature) -> list[Ref]:
        """Return what shares a band with the signature, the most alike first; at most MOST_CANDIDATES."""
        if self._bands.keys().isdisjoint(signature):
            return []
        shared = Counter(ref for band in signature if band in self._bands for ref in self._bands[band])
        return [ref for ref, _ in shared.most_common(MOST_CANDIDATES)]


def pairs_among(questions: Sequence[Question]) -> Iterator[tuple[int, int, str]]:
    """Yield places and code of the questions that are nearly the same: the later one, an earlier one."""
    asked = [asked_by(question) for question in questions]
    index: NearDuplicates[int] = NearDuplicates()
    for later, signature in enumerate(signatures(asked)):
        codes = ((earlier, likeness(asked[later], asked[earlier])) for earlier in index.candidates(signature))
        found = [(later, earlier, code) for earlier, code in codes if code is not None]
        yield from found[:MOST_ALIKE]
        index.add(later, signature)
