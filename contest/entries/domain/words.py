"""Counting the words of an entry, the way the rules tell it to people."""

import unicodedata


def count_words(text: str) -> int:
    """Runs of characters between white space, after composing (NFC).

    In Vietnamese that is tiếng: "chuyển đổi số" are three. A mark or a number that stands alone counts like a word, as
    word processors count it.
    """
    return len(unicodedata.normalize("NFC", text).split())
