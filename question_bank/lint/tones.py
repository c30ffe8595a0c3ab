"""Where a syllable carries its tone mark: hòa or hoà, khỏe or khoẻ, thúy or thuý."""

import re

_OLD = ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"]
_NEW = ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"]
_OLD_OF = dict(zip(_NEW, _OLD, strict=True))
# Only a syllable that ends so can be written in two ways; the u of "quý" belongs to the consonant.
_NEW_STYLE = re.compile(rf"(?<![qQ])({'|'.join(_NEW)})\b")
_EITHER_STYLE = re.compile(rf"(?<![qQ])(?:{'|'.join(_OLD + _NEW)})\b")
_LAST_LETTERS = re.compile(r"[^\W\d_]*$")
_LONGEST_SYLLABLE = 7


def old_style(text: str) -> str:
    """Return the lower-case text with every tone mark where the older spelling has it: hoà becomes hòa."""
    return _NEW_STYLE.sub(lambda found: _OLD_OF[found[1]], text)


def two_way_syllables(text: str) -> list[str]:
    """Return the syllables of a lower-case text that can carry their tone in two places, as they are written."""
    ends = [found.end() for found in _EITHER_STYLE.finditer(text)]
    return [_LAST_LETTERS.findall(text[max(0, end - _LONGEST_SYLLABLE) : end])[0] for end in ends]
