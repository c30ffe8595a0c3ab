"""The answers of a GIFT question, between its braces: what kind they make it, its table and its settings."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from question_bank.editing import MARKED, Row
from question_bank.formats.decoding import with_plain_signs
from question_bank.formats.gift.syntax import unmasked
from question_bank.formats.html_text import MarkOf, Shown, is_html, text_of_html
from question_bank.kinds.gap_fill import Gap
from question_bank.kinds.multiple_choice import ALL, PARTIAL, PENALTY
from question_bank.kinds.true_false import truth_word
from question_bank.problems import Values
from question_bank.question import Value

_FORMATS = frozenset({"html", "moodle", "plain", "markdown"})
WEIGHT = re.compile(r"%(-?[0-9]{1,3}(?:[.,][0-9]{0,7})?)%")
_CUT = "\ufdd8"
"""Stands before the sign of each answer while they are parted; no text of a file has one."""
_NUMBER = re.compile(r"([+-]?[0-9]{1,15})(?:[.,]([0-9]{1,10}))?")
_TRUTHS = {"T": True, "TRUE": True, "F": False, "FALSE": False}
_NONE, _FULL = Decimal(0), Decimal(100)
_MOST_PLACES = 200
_CLOSE = 1
"""In percent: Moodle writes a third as 33.33333."""


class WrongAnswers(ValueError):
    """What stands between the braces can't be read: a code and the values of its sentence."""

    def __init__(self, code: str, values: Values | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.values: Values = values or {}


class Answer(NamedTuple):
    """One answer: its sign, the part of the points that is written, its text and its feedback."""

    sign: str
    weight: Decimal | None
    text: str
    feedback: str


@dataclass(slots=True)
class Answers:
    """What is said about the answers. Gaps stand for themselves; every other kind has a table of rows."""

    kind: str
    rows: Sequence[Row] = ()
    gaps: tuple[Gap, ...] = ()
    settings: dict[str, Value] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)


class Style(NamedTuple):
    """How the texts of a question are written: their format, and whether they are `as_seen` but for an own format.

    `mark_of` shows the media of texts with tags.
    """

    name: str
    as_seen: bool
    mark_of: MarkOf

    def shown(self, text: str) -> Shown:
        """Return a text as we write it, and what of it was lost."""
        if self.as_seen and "[" not in text:
            return Shown(text.strip())
        own, rest = style_of(text)
        name, plain = own or self.name, unmasked(rest)
        is_tagged = name == "html" or (name in {"", "moodle"} and is_html(plain))
        return text_of_html(plain, self.mark_of) if is_tagged else Shown(plain)

    def said(self, text: str) -> str:
        """Return a text as we write it."""
        return text.strip() if self.as_seen and "[" not in text else self.shown(text).text


def answers_of(body: str, style: Style, *, is_inside: bool) -> Answers:
    """Return what the answers say; `is_inside` that text goes on after them. Raises WrongAnswers."""
    if not body:
        return Answers("essay")
    if body.startswith("#"):
        return _number(body[1:], style._replace(name="plain"))
    is_choice = "~" in body
    if not is_choice and "=" in body and "->" in body:
        return _matching(body, style)
    if not is_choice and (truth := _TRUTHS.get(body.partition("#")[0].strip().upper())) is not None:
        remarks = [unmasked(each) for each in body.split("#")[1:]]
        return Answers("true_false", [(truth_word(truth),)], remarks=[each for each in remarks if each])
    found = _parted(body, style)
    made = _choice(found, is_inside=is_inside) if is_choice else typed(found, is_inside=is_inside)
    if "#" in body:
        made.remarks = [f"{each.text}: {each.feedback}" for each in found if each.feedback]
    return made


def style_of(text: str) -> tuple[str, str]:
    """Return the format that a text begins with, empty when there is none, and the text without it."""
    begun = text.lstrip()
    if begun.startswith("["):
        name, closed, rest = begun[1:].partition("]")
        if closed and name.lower() in _FORMATS:
            return name.lower(), rest
    return "", text


def _parted(body: str, style: Style) -> list[Answer]:
    said = str.strip if style.as_seen and "[" not in body else style.said
    first, *pieces = body.replace("=", f"{_CUT}=").replace("~", f"{_CUT}~").split(_CUT)
    lead = [_answer("", first, said)] if first.strip() else []
    if "%" in body or "#" in body:
        return lead + [_answer(piece[0], piece[1:], said) for piece in pieces]
    return lead + [Answer(piece[0], None, said(piece[1:]), "") for piece in pieces]


def _answer(sign: str, piece: str, said: Callable[[str], str]) -> Answer:
    text, _, feedback = piece.partition("#")
    weight = WEIGHT.match(text.lstrip())
    part = Decimal(weight[1].replace(",", ".")) if weight else None
    rest = text.lstrip()[weight.end() :] if weight else text
    return Answer(sign, part, said(rest), said(feedback) if feedback else "")


def _choice(found: Sequence[Answer], *, is_inside: bool) -> Answers:
    if "=" not in [each.sign for each in found]:
        return several(found)
    made = one_of(found)
    if is_inside:
        made.kind = "gap_fill"
        made.gaps = (Gap(*(tuple(text for mark, text in made.rows if bool(mark) is right) for right in (True, False))),)
        made.rows = ()
    return made


def one_of(found: Sequence[Answer]) -> Answers:
    """Return options one of which is right; what is worth a part of the points isn't."""
    rows = [
        (MARKED if (sign == "=" if weight is None else weight >= _FULL) else "", text)
        for sign, weight, text, _feedback in found
    ]
    has_parts = [weight for _sign, weight, _text, _feedback in found if weight not in (None, _NONE, _FULL)]
    return Answers("single", rows, guesses=["weights_changed"] if has_parts else [])


def several(found: Sequence[Answer]) -> Answers:
    """Return options with parts of the points: the scoring is the one of ours that earns the same."""
    weights = [each.weight or _NONE for each in found]
    rows = [(MARKED if weight > 0 else "", each.text) for each, weight in zip(found, weights, strict=True)]
    right, wrong = [each for each in weights if each > 0], [each for each in weights if each <= 0]
    is_even = _are_even(right, len(right))
    if not any(wrong):
        scoring = PARTIAL
    elif all(weight <= -_FULL for weight in wrong):
        scoring = ALL
    else:
        scoring = PENALTY
        is_even = is_even and _are_even(wrong, -max(len(right), 1))
    return Answers("multiple", rows, settings={"scoring": scoring}, guesses=[] if is_even else ["weights_changed"])


def _are_even(weights: Sequence[Decimal], count: int) -> bool:
    """Say whether each of these is worth one of so many parts of all points."""
    return all(abs(weight * count - _FULL) <= _CLOSE * abs(count) for weight in weights)


def typed(found: Sequence[Answer], *, is_inside: bool) -> Answers:
    """Return the answers that are wholly right; a star that isn't escaped would stand for any text."""
    full = [each for each in found if each.weight is None or each.weight >= _FULL]
    texts = [each.text.replace("\\*", "*") for each in full]
    made = Answers("short_text", [(text,) for text in texts])
    if is_inside:
        made = Answers("gap_fill", gaps=(Gap(tuple(texts), ()),))
    if len(full) < len(found):
        made.guesses.append("answers_dropped")
    if any("*" in each.text.replace("\\*", "") for each in full):
        made.guesses.append("wildcard")
    return made


def _matching(body: str, style: Style) -> Answers:
    rows = []
    for pair in body.split("=")[1 if body.startswith("=") else 0 :]:
        left, arrow, right = pair.partition("->")
        if not arrow:
            raise WrongAnswers("gift_pair")
        rows.append((style.said(left), style.said(right)))
    return Answers("matching", rows)


def _number(body: str, style: Style) -> Answers:
    right, _, wrong = body.partition("~")
    found = _parted(right, style)
    full = [each for each in found if each.weight is None or each.weight >= _FULL]
    number, tolerance = _value(full[0].text if full else "")
    made = Answers("number", [(number,)])
    if tolerance != "0":
        made.settings["tolerance"] = tolerance
    if len(found) > 1:
        made.guesses.append("answers_dropped")
    remarks = [*(each.feedback for each in full[:1]), unmasked(wrong.partition("#")[2])]
    made.remarks = [each for each in remarks if each]
    return made


def _value(text: str) -> tuple[str, str]:
    """Return the number and how far off one may be, both with a decimal comma."""
    plain = with_plain_signs(text)
    least, dots, most = plain.partition("..")
    if dots:
        low, high = _decimal(least), _decimal(most)
        if low > high:
            raise WrongAnswers("gift_number", {"value": text[:40]})
        return _with_comma((low + high) / 2), _with_comma((high - low) / 2)
    number, _, tolerance = plain.partition(":")
    return _with_comma(_decimal(number)), _with_comma(_decimal(tolerance)) if tolerance else "0"


def _decimal(text: str) -> Decimal:
    """Return a number of 25 digits at most: half a sum of two such is exact, too."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise WrongAnswers("gift_number", {"value": text.strip()[:40]})
    return Decimal(f"{found[1]}.{found[2] or 0}")


def _with_comma(number: Decimal) -> str:
    # Nothing is added, so that zero has no sign.
    return f"{(number + 0).normalize():f}".replace(".", ",")


def decimal_text(number: Fraction, mark: str) -> str:
    """Return a number whose decimals, after this mark, have an end."""
    places = next(count for count in range(_MOST_PLACES) if number * 10**count % 1 == 0)
    digits = str(abs(int(number * 10**places))).rjust(places + 1, "0")
    whole, part = digits[: len(digits) - places], digits[len(digits) - places :]
    return ("-" if number < 0 else "") + whole + (mark + part if part else "")
