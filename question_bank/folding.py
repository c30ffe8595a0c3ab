"""When a typed answer is the same as the one that was meant, for Vietnamese.

Two ways of placing the tone mark are in use. They differ in the syllables that end in `oa`, `oe` or `uy` and nowhere
else: the older one writes hòa, khỏe, thúy, the newer one, taught at school, hoà, khoẻ, thuý (Quyết định 1989/QĐ-BGDĐT
of 25 May 2018, Điều 8). A syllable that goes on after the second vowel (hoàng, xoét, thuyền) or has another mark there
(thuế, thuở, tiếng, yến) is written in one way only, and the u of qu belongs to the consonant: quý.
"""

import re
import unicodedata
from dataclasses import dataclass

from question_bank.text import clean

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_NEWER_PLACE = re.compile(rf"(?<!q)(o(?=[ae])|u(?=y))(.)([{_TONES}])(?![^\W\d_]|[\u0300-\u036f])", re.IGNORECASE)
_STROKE = "\u0335"
"""Unicode has no way to take đ apart; here it is d and a stroke."""

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ`´′", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        # Ð of Icelandic and Ɖ of Ewe come out of old Vietnamese fonts.
        **dict.fromkeys("ĐÐƉ", f"D{_STROKE}"),
        **dict.fromkeys("đðɖ", f"d{_STROKE}"),
    }
)
_AT_THE_ENDS = " .,;:!?…'\"()[]"
_AROUND_DASHES = re.compile(r" ?- ?")
_LETTER = re.compile(r"([^\u0300-\u036f])([\u0300-\u036f]*)")


@dataclass(frozen=True, slots=True)
class Folding:
    """What counts beside the letters: upper and lower case, the place of the tone mark, marks that are left out."""

    is_case_strict: bool = False
    is_tone_place_strict: bool = False
    may_lack_marks: bool = False

    def is_same(self, typed: str, meant: str) -> bool:
        """Say whether the typed text is the one that was meant.

        Where marks may be left out, Lang Son or Lạng Son will do for Lạng Sơn; Làng Sơn is another word.
        """
        mine, theirs = self.folded(typed), self.folded(meant)
        return mine == theirs or (self.may_lack_marks and _lacks_only_marks(mine, theirs))

    def folded(self, text: str) -> str:
        """Return what makes two texts the same, taken apart into letters and marks (NFD).

        How the text is composed, the number of spaces, spaces around dashes, invisible characters, the looks of quotes
        and dashes, and punctuation at the ends never count.
        """
        seen = "".join(each for each in clean(text).translate(_ALIKE) if unicodedata.category(each) != "Cf")
        spaced = _AROUND_DASHES.sub("-", " ".join(seen.split()))
        bare = spaced.strip(_AT_THE_ENDS) or spaced
        letters = unicodedata.normalize("NFD", bare if self.is_case_strict else bare.casefold())
        return letters if self.is_tone_place_strict else _NEWER_PLACE.sub(r"\1\3\2", letters)


def _lacks_only_marks(typed: str, meant: str) -> bool:
    mine, theirs = _LETTER.findall(typed), _LETTER.findall(meant)
    return len(mine) == len(theirs) and all(
        letter == other and set(marks) <= set(wanted)
        for (letter, marks), (other, wanted) in zip(mine, theirs, strict=True)
    )
