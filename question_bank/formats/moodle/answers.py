"""The answers of a question in Moodle's XML: which kind they make it, its table, its gaps and its settings."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from question_bank.formats.html_text import is_html
from question_bank.formats.moodle.cloze import parted
from question_bank.formats.moodle.texts import AUTO, HTML, PLAIN, Texts
from question_bank.formats.moodle.xml import Element
from question_bank.formats.weighted import Answer, Answers, WrongAnswers, one_of, several, typed
from question_bank.kinds.essay import MOST_GUIDE, MOST_WORDS
from question_bank.kinds.gap_fill import Gap
from question_bank.kinds.multiple_choice import ALL
from question_bank.kinds.number import MOST_UNIT
from question_bank.kinds.parts import ALL as ALL_PARTS
from question_bank.kinds.parts import PARTS
from question_bank.kinds.true_false import truth_word
from question_bank.numerals import decimal_text
from question_bank.question import FULL_POINTS
from question_bank.text import fold

_FULL = 100
_TRUE = frozenset({"true", "1"})
_FALSE = frozenset({"false", "0"})
_PART = re.compile(r"[+-]?[0-9]{1,4}(?:[.,][0-9]{0,30})?")
_NUMBER = re.compile(r"([+-]?)([0-9]{0,20})(?:[.,]([0-9]{0,20}))?(?:[eE]([+-]?[0-9]{1,2}))?")
_GAP = re.compile(r"\[\[([0-9]{1,2})\]\]")
_ORDER = {"ALL_OR_NOTHING": ALL_PARTS, "ABSOLUTE_POSITION": PARTS}


@dataclass(frozen=True, slots=True)
class Item:
    """A question as its type reads it: its text, its answers and, where these say so, its points in 1/1000."""

    text: str
    answers: Answers
    points: int | None = None


def is_true(element: Element, name: str) -> bool:
    """Say whether a flag is set."""
    return element.said(name).lower() in _TRUE


def is_false(element: Element, name: str) -> bool:
    """Say whether a flag is there and not set."""
    return element.said(name).lower() in _FALSE


def item_of(question: Element, texts: Texts) -> Item | None:
    """Return the question; None when we have no such kind. Raises WrongAnswers."""
    style = question.at("questiontext").attributes.get("format", HTML)
    read = _TYPES.get(question.attributes.get("type", ""))
    return read(question, texts, style) if read else None


def remarks_of(question: Element, texts: Texts) -> list[str]:
    """Return what is said about single answers, each after its answer."""
    found = []
    for answer in question.all("answer"):
        if remark := texts.shown(answer.at("feedback")):
            words = texts.said(answer, AUTO)
            found.append(remark if words.lower() in _TRUE | _FALSE else f"{words}: {remark}")
    return found


def _text(question: Element, texts: Texts) -> str:
    return texts.shown(question.at("questiontext"))


def _part(answer: Element) -> Decimal:
    """Return the part of the points that an answer earns. Raises WrongAnswers: number_unreadable."""
    written = answer.attributes.get("fraction", "").strip() or "0"
    if not _PART.fullmatch(written):
        raise WrongAnswers("number_unreadable", {"value": written[:40]})
    return Decimal(written.replace(",", "."))


def _options(question: Element, texts: Texts, style: str) -> list[Answer]:
    return [
        Answer(part >= _FULL, None if part >= _FULL else part, texts.shown(answer, style), "")
        for answer in question.all("answer")
        for part in [_part(answer)]
    ]


def _multichoice(question: Element, texts: Texts, style: str) -> Item:
    found = _options(question, texts, style)
    if not is_false(question, "single"):
        return Item(_text(question, texts), one_of(found))
    made = several([each._replace(weight=Decimal(_FULL) if each.weight is None else each.weight) for each in found])
    return Item(_text(question, texts), made)


def _all_or_nothing(question: Element, texts: Texts, style: str) -> Item:
    made = one_of(_options(question, texts, style))
    made.kind, made.settings = "multiple", {"scoring": ALL}
    return Item(_text(question, texts), made)


def _true_false(question: Element, texts: Texts, _style: str) -> Item:
    right = {answer.said("text").lower() for answer in question.all("answer") if _part(answer) >= _FULL}
    truth = truth_word("true" in right) if len(right) == 1 and right <= {"true", "false"} else ""
    return Item(_text(question, texts), Answers("true_false", [(truth,)]))


def _short_answer(question: Element, texts: Texts, _style: str) -> Item:
    right = [answer for answer in question.all("answer") if _part(answer) > 0]
    made = typed([Answer(True, _part(answer), answer.said("text"), "") for answer in right])
    if is_true(question, "usecase"):
        made.settings["case"] = True
    return Item(_text(question, texts), made)


def _numerical(question: Element, texts: Texts, _style: str) -> Item:
    right = [answer for answer in question.all("answer") if _part(answer) > 0]
    full = [answer for answer in right if _part(answer) >= _FULL]
    if not full:
        return Item(_text(question, texts), Answers("number", [("",)]))
    number, tolerance = number_text(full[0].said("text")), number_text(full[0].said("tolerance") or "0")
    made = Answers("number", [(number,)], settings={} if tolerance == "0" else {"tolerance": tolerance})
    made.guesses += ["answers_dropped"] if len(right) > 1 else []
    _take_unit(question, made)
    return Item(_text(question, texts), made)


def _take_unit(question: Element, made: Answers) -> None:
    """Keep the unit by which others are counted; none is wanted where Moodle shows none."""
    units = [] if question.said("showunits") == "3" else question.at("units").all("unit")
    names = [unit.said("unit_name") for unit in units if number_text(unit.said("multiplier") or "1") == "1"]
    if names and len(names[0]) <= MOST_UNIT:
        made.settings["unit"] = names[0]
    if len(units) > 1 or (units and question.said("unitgradingtype") not in {"", "0"}):
        made.guesses.append("units_dropped")


def number_text(text: str) -> str:
    """Return a number as we write it, with a decimal comma. Raises WrongAnswers: number_unreadable."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None or not (found[2] or found[3]):
        raise WrongAnswers("number_unreadable", {"value": text.strip()[:40]})
    number = Fraction(f"{found[1]}{found[2] or 0}.{found[3] or 0}") * Fraction(10) ** int(found[4] or 0)
    return decimal_text(number, ",")


def _essay(question: Element, texts: Texts, _style: str) -> Item:
    made = Answers("essay")
    for name, setting in (("minwordlimit", "least_words"), ("maxwordlimit", "most_words")):
        limit = question.said(name)
        if limit.isascii() and limit.isdigit() and len(limit) < 6 and int(limit) <= MOST_WORDS:
            made.settings[setting] = int(limit)
    made.settings["guide"] = texts.said(question.at("graderinfo"), HTML)[:MOST_GUIDE]
    if question.said("responsetemplate", "text") or question.said("attachments") not in {"", "0"}:
        made.guesses.append("extras_dropped")
    return Item(_text(question, texts), made)


def _matching(question: Element, texts: Texts, style: str) -> Item:
    pairs = [(texts.shown(each, style), texts.shown(each.at("answer"), PLAIN)) for each in question.all("subquestion")]
    return Item(_text(question, texts), Answers("matching", pairs, settings={"scoring": PARTS}))


def _ordering(question: Element, texts: Texts, style: str) -> Item:
    made = Answers("ordering", [(texts.shown(each, style),) for each in sorted(question.all("answer"), key=_part)])
    grading = question.said("gradingtype")
    made.settings["scoring"] = _ORDER.get(grading, PARTS)
    if grading and grading not in _ORDER:
        made.guesses.append("weights_changed")
    return Item(_text(question, texts), made)


def _cloze(question: Element, texts: Texts, style: str) -> Item | None:
    found = parted(question.said("questiontext", "text"), _with_tolerance)
    if found is None:
        return None
    found.answers.settings["scoring"] = PARTS
    text = texts.shown_as(found.text, question.at("questiontext"), style)
    return Item(text, found.answers, found.weight * FULL_POINTS or None)


def _with_tolerance(text: str) -> tuple[str, str]:
    number, _, tolerance = text.partition(":")
    return number_text(number), number_text(tolerance or "0")


def _gap_select(question: Element, texts: Texts, _style: str) -> Item:
    """Gaps that name, by its number, the choice that is right: the other choices are those of its group."""
    choices = [
        (texts.said(each, HTML if is_html(each.said("text")) else PLAIN), each.said("group"))
        for each in question.children
        if each.name in _CHOICE_ELEMENTS
    ]
    gaps: list[Gap] = []

    def _numbered(found: re.Match[str]) -> str:
        if not 1 <= int(found[1]) <= len(choices):
            raise WrongAnswers("gap_unknown", {"number": int(found[1])})
        right, group = choices[int(found[1]) - 1]
        others = {fold(text): text for text, own in choices if own == group and fold(text) != fold(right)}
        gaps.append(Gap((right,), tuple(others.values())))
        return f"[[{len(gaps)}]]"

    text = _GAP.sub(_numbered, _text(question, texts))
    return Item(text, Answers("gap_fill", gaps=tuple(gaps), settings={"scoring": PARTS}))


_CHOICE_ELEMENTS = ("selectoption", "dragbox")
_TYPES: dict[str, Callable[[Element, Texts, str], Item | None]] = {
    "multichoice": _multichoice,
    "multichoiceset": _all_or_nothing,
    "truefalse": _true_false,
    "shortanswer": _short_answer,
    "numerical": _numerical,
    "essay": _essay,
    "matching": _matching,
    "ordering": _ordering,
    "cloze": _cloze,
    "gapselect": _gap_select,
    "ddwtos": _gap_select,
}
