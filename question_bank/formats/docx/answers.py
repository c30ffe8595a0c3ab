"""The kind of a draft and its table of answers: written, marked, or not to be had without guessing."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from question_bank.editing import MARKED, Row
from question_bank.formats.docx.drafts import KEY, Draft
from question_bank.formats.docx.keys import (
    MARKS,
    MarkedOptions,
    marks_on,
    names,
    places_in,
    truths_in,
)
from question_bank.formats.docx.lines import first_label, truth_at_end
from question_bank.formats.xlsx.answers import WrongCell, rows_of
from question_bank.formats.xlsx.columns import TRUE_FALSE_BY_WORD
from question_bank.kinds import Kind, kind_of
from question_bank.kinds.options import LETTERS, MAX_OPTIONS
from question_bank.kinds.true_false import truth_word
from question_bank.problems import Values
from question_bank.text import fold

_NAMED = re.compile(r"\(?([a-j])(?:[.):–-].*)?")
_LETTERS = re.compile(r"^[^\w\n]{0,5}([^\W\d_])(?=[\s.,):/–-])", re.MULTILINE)
_DECIMAL = re.compile("[+-]?[0-9]{1,15},[0-9]{1,15}")
_LIKE_OPTIONS = "ab"
_TWINS = str.maketrans("АВаΑΒ", "ABaAB")
"""Letters of other alphabets that look like those of options."""

_CHOICES = frozenset({"single", "multiple"})


class Guess(NamedTuple):
    """What a person should look at: a code and the values of its sentence."""

    code: str
    values: Values


class Answers(NamedTuple):
    """What a draft comes to: the kind, the rows of its table, and its text where that loses what is said of truth."""

    kind: str
    rows: tuple[Row, ...]
    guesses: tuple[Guess, ...] = ()
    text_end: int | None = None


def written_key(draft: Draft, listed: Sequence[str]) -> str:
    """Return the key that is written with a draft or in a list of keys. Raises WrongCell: docx_which."""
    own = draft.said(KEY).text.strip()
    keys = list(dict.fromkeys([*draft.later_keys, *(key.upper() if draft.options else key for key in listed)]))
    said = [own, *keys] if own else keys
    if len(set(map(_comparable, said))) > 1:
        raise WrongCell("docx_which", KEY, {"value": _said(said)})
    return said[0] if said else ""


def _comparable(key: str) -> tuple[str, ...]:
    """Return what two ways of writing one key share: "B. Hà Nội", "(b)" and "B." are the same."""
    truths = next((found for count in range(2, MAX_OPTIONS + 1) if (found := truths_in(key, count))), None)
    if truths:
        return tuple(map(truth_word, truths))
    plain = fold(key).rstrip(".")
    named = _NAMED.fullmatch(plain)
    return (named[1],) if named else tuple(plain.replace(",", " ").split())


def answers_of(draft: Draft, options: Sequence[str], kind: Kind | None, listed: Sequence[str]) -> Answers:
    """Return the answers of a draft; `options` are its options with our marks, `kind` the one that is named.

    Raises WrongCell where the key isn't sure, or can't be read.
    """
    key = written_key(draft, listed)
    if len(options) > MAX_OPTIONS:
        raise WrongCell("options_many", "options", {"most": MAX_OPTIONS})
    if kind is not None and kind.code not in _CHOICES | {"statements", "true_false"}:
        return Answers(kind.code, rows_of(kind, options, key))
    if not options:
        return _without_options(draft, key, kind)
    if kind is None or kind.code == "statements":
        truths = _truths(draft, options, key)
        if truths is not None:
            return truths
        if kind is not None:
            raise WrongCell("truths_missing", KEY)
    return _choice(draft, options, key, kind)


def _without_options(draft: Draft, key: str, kind: Kind | None) -> Answers:
    if kind is not None and kind.code != "true_false":
        raise WrongCell("options_few", "options", {"least": 2})
    truth = TRUE_FALSE_BY_WORD.get(fold(key).rstrip("."))
    if truth is not None:
        return Answers("true_false", ((truth_word(truth),),))
    behind = truth_at_end(draft.question.text)
    if behind and not key:
        word, end = behind
        guess = Guess("docx_truth_behind", {"value": word})
        return Answers("true_false", ((truth_word(TRUE_FALSE_BY_WORD[word]),),), (guess,), end)
    if not key or kind is not None:
        raise WrongCell("key_not_true_false" if key else "docx_no_answer", KEY)
    is_letter = (len(key) == 1 and key.lower() in LETTERS) or first_label(key)
    if is_letter or _LIKE_OPTIONS in "".join(_LETTERS.findall(draft.question.text.translate(_TWINS).lower())):
        raise WrongCell("docx_options_lost", KEY, {"value": key[:50]})
    # A number with decimals may be typed with a comma or a dot.
    is_number = _DECIMAL.fullmatch(key) is not None
    typed = kind_of("number" if is_number else "short_text")
    guess = Guess("docx_number" if is_number else "docx_typed", {"value": key[:50]})
    return Answers(typed.code, rows_of(typed, (), key), (guess,))


def _truths(draft: Draft, options: Sequence[str], key: str) -> Answers | None:
    """Return several statements, where each is said to be true or false in the key or behind itself."""
    by_key = truths_in(key, len(options)) if key else None
    ends = [truth_at_end(each.body.text) for each in draft.options]
    is_marked = any(each.body.text != option for each, option in zip(draft.options, options, strict=True))
    if all(ends) and not is_marked and len(options) > 1:
        said = tuple(TRUE_FALSE_BY_WORD[end[0]] for end in ends if end)
        texts = [option[: end[1]].strip() for option, end in zip(options, ends, strict=True) if end]
        if key and by_key != said:
            raise WrongCell("docx_which", KEY, {"value": key[:100]})
    elif by_key is not None:
        said, texts = by_key, list(options)
    else:
        return None
    return Answers("statements", tuple((text, truth_word(truth)) for text, truth in zip(texts, said, strict=True)))


def _choice(draft: Draft, options: Sequence[str], key: str, kind: Kind | None) -> Answers:
    marks = marks_on(draft.options)
    guesses: tuple[Guess, ...] = ()
    if key:
        places = places_in(key, options)
        other = [mark.words for mark in marks if mark.places != places]
        if other:
            raise WrongCell("docx_which", KEY, {"value": _said([names(places), *other])})
    elif marks:
        places = _marked_places(draft, marks)
        how = ", ".join(dict.fromkeys(MARKS[mark.mark].vi for mark in marks))
        guesses = (Guess("docx_key_mark", {"option": names(places), "mark": how}),)
    else:
        raise WrongCell("key_missing", KEY)
    code = kind.code if kind and kind.code in _CHOICES else "single" if len(places) == 1 else "multiple"
    rows = [(MARKED if index in places else "", option) for index, option in enumerate(options)]
    return Answers(code, tuple(rows), guesses)


def _marked_places(draft: Draft, marks: Sequence[MarkedOptions]) -> tuple[int, ...]:
    """Return what all marks agree on. Raises WrongCell: docx_which, docx_marks_many."""
    places = marks[0].places
    if any(mark.places != places for mark in marks):
        raise WrongCell("docx_which", KEY, {"value": _said(mark.words for mark in marks)})
    is_much = len(places) > 1 and len(places) >= len(draft.options) - 1
    if is_much or (len(places) > 1 and draft.has_small_letters):
        raise WrongCell("docx_marks_many", KEY, {"option": names(places)})
    return places


def _said(keys: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(keys))[:100]
