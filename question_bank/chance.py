"""Numbers and shuffles that follow from a secret seed and can be repeated by anyone who has it.

`docs/paper-draw.md` specifies them for other languages.
"""

import hmac
from collections.abc import Iterator
from itertools import count
from struct import pack, unpack

SEED_BYTES = 32
_KEY_LABEL = b"question-bank/draw/%d"
_WORD_VALUES = 2**32


def checked_seed(seed: bytes) -> bytes:
    """Return the seed. Raises ValueError unless it has 32 bytes."""
    if len(seed) != SEED_BYTES:
        raise ValueError(f"a seed has {SEED_BYTES} bytes, not {len(seed)}")
    return seed


def paper_key(seed: bytes, participation_id: bytes, number: int, version: int = 1) -> bytes:
    """Return the 32 bytes that decide one paper under a version of the draw."""
    message = _KEY_LABEL % version + pack(">BQ", len(participation_id), number) + participation_id
    return hmac.digest(checked_seed(seed), message, "sha256")


class Chance:
    """An endless row of even random numbers: HMAC-SHA256 of a counter under a key."""

    def __init__(self, key: bytes) -> None:
        """Start the row that belongs to the key."""
        self._words = _words(key)

    def below(self, bound: int) -> int:
        """Return a number from 0 to `bound` - 1, each as likely; a bound of 1 takes no word."""
        if bound == 1:
            return 0
        # Words at or above the last whole multiple of the bound would favour small numbers.
        usable = _WORD_VALUES - _WORD_VALUES % bound
        word = next(self._words)
        while word >= usable:
            word = next(self._words)
        return word % bound

    def shuffled(self, size: int) -> Iterator[int]:
        """Yield 0 to `size` - 1 in random order; stopping early costs nothing for the rest."""
        moved: dict[int, int] = {}
        for place in range(size):
            chosen = place + self.below(size - place)
            yield moved.get(chosen, chosen)
            moved[chosen] = moved.get(place, place)


def _words(key: bytes) -> Iterator[int]:
    for block in count():
        yield from unpack(">8I", hmac.digest(key, pack(">Q", block), "sha256"))
