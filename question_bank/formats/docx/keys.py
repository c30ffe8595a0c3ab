"""Which options of a draft are right: what is written, what is marked, and whether both say the same."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from question_bank.formats.docx.drafts import Draft, OptionDraft
from question_bank.formats.docx.lines import truth_at_end
from question_bank.formats.docx.styled import SIGNS, Styled
from question_bank.formats.xlsx.answers import WrongCell
from question_bank.formats.xlsx.columns import TRUE_FALSE_BY_WORD
from question_bank.kinds.options import LETTERS, position_name
from question_bank.text import fold
from question_bank.words import Words

MARKS = {
    "star": Words("dấu *", "a star"),
    "ticked": Words("dấu sau phương án", "a sign behind it"),
    "bold": Words("in đậm", "bold"),
    "underlined": Words("gạch chân", "underlined"),
    "coloured": Words("màu chữ", "coloured"),
    "highlighted": Words("tô nền", "highlighted"),
}
_ENDS = ".,;: "
_LETTERS_ALONE = re.compile(r"[A-J]{2,10}")
_BETWEEN = re.compile(r"[\s,;/.+&()]+|(?<!\w)và(?!\w)", re.IGNORECASE)
_LETTER_AND_TEXT = re.compile(r"\(?([A-Ja-j])\s*[.):–-]\s*(.+)", re.DOTALL)
_STATEMENT_LETTER = re.compile(r"(?<!\w)\(?([a-j])\s*[.):=–-]\s*", re.IGNORECASE)
_BETWEEN_TRUTHS = re.compile(r"[\s,;/.–-]+")
_TRUTHS_ALONE = re.compile("[đs]{2,10}")
_TICK = re.compile(r"(?<=\S)\s*[✓✔☑✅]\s*$|(?<=\S)\s+(?:\*|\((?:đúng|đ|đáp án(?: đúng)?|đa)\))\s*$", re.IGNORECASE)


class MarkedOptions(NamedTuple):
    """A way in which some of the options are marked, but not all, and the places of those from 0."""

    mark: str
    places: tuple[int, ...]

    @property
    def words(self) -> str:
        """Return what is marked how."""
        return f"{names(self.places)} ({MARKS[self.mark].vi})"


def names(places: Sequence[int]) -> str:
    """Return the letters of options."""
    return ", ".join(map(position_name, places))


def take_ticks(draft: Draft) -> None:
    """Take off the signs behind some of the options: what all have belongs to them; statements may be "(đúng)"."""
    ends = [_TICK.search(each.body.text) for each in draft.options]
    others = [each for each, end in zip(draft.options, ends, strict=True) if not end]
    judged = draft.options if draft.has_small_letters else others
    if not others or any(truth_at_end(each.body.text) for each in judged):
        return
    for each, end in zip(draft.options, ends, strict=True):
        if end:
            each.is_ticked, each.lines = True, [each.body.cut(0, end.start())]


def marks_on(options: Sequence[OptionDraft]) -> list[MarkedOptions]:
    """Return how options are marked, by their letter or as a whole; what all share is no mark."""
    by_mark = [("star", tuple(index for index, each in enumerate(options) if "*" in each.label.text))]
    by_mark += [("ticked", tuple(index for index, each in enumerate(options) if each.is_ticked))]
    for parts in ([_letter(each.label) for each in options], [each.body for each in options]):
        signs = [part.signs() for part in parts]
        by_mark += [(sign, tuple(index for index, each in enumerate(signs) if sign in each)) for sign in SIGNS]
    return [MarkedOptions(mark, places) for mark, places in by_mark if 0 < len(places) < len(options)]


def _letter(label: Styled) -> Styled:
    """Return a label without the signs around its letter, which many forget to mark."""
    return Styled(piece for piece in label.pieces if any(map(str.isalnum, piece[0])))


def places_in(key: str, options: Sequence[str]) -> tuple[int, ...]:
    """Return the places of the options that a key names, by letters or by a text.

    Raises WrongCell: docx_key_unread, docx_which, key_repeated, key_unknown.
    """
    plain = key.strip().rstrip(".;")
    same = [index for index, option in enumerate(options) if fold(option) == fold(plain)]
    named = _LETTER_AND_TEXT.fullmatch(plain)
    letters = [each for each in _BETWEEN.split(plain.lower()) if each]
    if _LETTERS_ALONE.fullmatch(plain):
        letters = list(plain.lower())
    are_letters = bool(letters) and all(len(each) == 1 and each in LETTERS for each in letters)
    by_letters = [LETTERS.index(each) for each in letters] if are_letters else []
    if named and LETTERS.index(named[1].lower()) in _alike(named[2], options):
        return (LETTERS.index(named[1].lower()),)
    if len(same) == 1 and by_letters and by_letters != same:
        # "A" may be the first option, or the blood group.
        raise WrongCell("docx_which", "key", {"value": f"{plain}; {position_name(same[0])}. {plain}"})
    places = by_letters or same[:1] if len(same) < 2 else by_letters
    if not places:
        raise WrongCell("docx_key_unread", "key", {"value": key[:50]})
    if len(set(places)) < len(places):
        raise WrongCell("key_repeated", "key")
    outside = [place for place in places if place >= len(options)]
    if outside:
        raise WrongCell("key_unknown", "key", {"option": position_name(outside[0])})
    return tuple(sorted(places))


def _alike(text: str, options: Sequence[str]) -> list[int]:
    wanted = fold(text).rstrip(_ENDS)
    return [index for index, option in enumerate(options) if fold(option).rstrip(_ENDS) == wanted]


def truths_in(key: str, count: int) -> tuple[bool, ...] | None:
    """Return what a key says of each statement, as in "a) Đúng b) Sai" or "Đ S"; None when it says anything else."""
    letters = [letter.lower() for letter in _STATEMENT_LETTER.findall(key)]
    words = [word for word in _BETWEEN_TRUTHS.split(fold(_STATEMENT_LETTER.sub(" ", key))) if word]
    if len(words) == 1 and _TRUTHS_ALONE.fullmatch(words[0]):
        words = list(words[0])
    in_order = not letters or letters == list(LETTERS[:count])
    if count < 2 or len(words) != count or not in_order or not all(word in TRUE_FALSE_BY_WORD for word in words):
        return None
    return tuple(TRUE_FALSE_BY_WORD[word] for word in words)
