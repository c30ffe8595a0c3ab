"""When a typed answer is the same as the one that was meant, for Vietnamese."""

import re
import unicodedata
from dataclasses import dataclass

from question_bank.text import DASHES, DOUBLE_QUOTES, SINGLE_QUOTES, clean
from question_bank.tones import in_older_place

_STROKE = "\u0335"
"""Unicode has no way to take đ apart; here it is d and a stroke."""

_ALIKE = str.maketrans(
    {
        **dict.fromkeys(SINGLE_QUOTES, "'"),
        **dict.fromkeys(DOUBLE_QUOTES, '"'),
        **dict.fromkeys(DASHES, "-"),
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
        seen = clean(text).translate(_ALIKE)
        if not seen.isprintable():  # what is has no invisible character
            seen = "".join(each for each in seen if unicodedata.category(each) != "Cf")
        spaced = _AROUND_DASHES.sub("-", " ".join(seen.split()))
        bare = spaced.strip(_AT_THE_ENDS) or spaced
        letters = bare if self.is_case_strict else bare.casefold()
        return unicodedata.normalize("NFD", letters if self.is_tone_place_strict else in_older_place(letters))


def _lacks_only_marks(typed: str, meant: str) -> bool:
    mine, theirs = _LETTER.findall(typed), _LETTER.findall(meant)
    return len(mine) == len(theirs) and all(
        letter == other and set(marks) <= set(wanted)
        for (letter, marks), (other, wanted) in zip(mine, theirs, strict=True)
    )
