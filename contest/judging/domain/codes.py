"""The code by which judges know a case: six characters that say nothing and are hard to misread."""

import re

ALPHABET = "234679ACDEFGHJKMNPQRTVWXY"  # without 0 O, 1 I L, 5 S, 8 B, 2's Z, V's U
LENGTH = 6
CODES = len(ALPHABET) ** LENGTH
_BREAK = 4


def code_of(number: int) -> str:
    """The code of a number in [0, CODES), such as `7F3K-2Q`; different numbers have different codes."""
    letters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return _broken("".join(letters))


def code_key(typed: str) -> str:
    """What somebody typed, or a part of it, in the form in which codes are stored: `7f3k2` finds `7F3K-2Q`."""
    return _broken(re.sub(r"[^0-9A-Z]", "", typed.upper()))


def _broken(letters: str) -> str:
    return f"{letters[:_BREAK]}-{letters[_BREAK:]}" if len(letters) > _BREAK else letters
