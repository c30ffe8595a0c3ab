"""The answers of a GIFT question, between its braces: what kind they make it, its table and its settings."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from question_bank.editing import MARKED
from question_bank.formats.decoding import with_plain_signs
from question_bank.formats.gift.syntax import unmasked
from question_bank.formats.html_text import is_html
from question_bank.formats.weighted import (
    FULL,
    PERCENT,
    Answer,
    Answers,
    WrongAnswers,
    accepted,
    one_of,
    several,
    typed,
)
from question_bank.kinds.gap_fill import Gap
from question_bank.kinds.options import MAX_OPTIONS
from question_bank.kinds.true_false import truth_word

_FORMATS = frozenset({"html", "moodle", "plain", "markdown"})
_LONG_PERCENT = 20
_CUT = "\ufdd8"
"""Stands before the sign of each answer while they are parted; no text of a file has one."""
_NUMBER = re.compile(r"([+-]?[0-9]{1,15})(?:[.,]([0-9]{1,10}))?")
_TRUTHS = {"T": True, "TRUE": True, "F": False, "FALSE": False}


class Style(NamedTuple):
    """How the texts of a question are written: their format, and whether they are `as_seen` but for an own format.

    `of_html` returns as we write it what texts with tags say.
    """

    name: str
    as_seen: bool
    of_html: Callable[[str], str]

    def said(self, text: str) -> str:
        """Return a text as we write it."""
        if self.as_seen and "[" not in text:
            return text.strip()
        own, rest = style_of(text)
        name, plain = own or self.name, unmasked(rest)
        is_tagged = name == "html" or (name in {"", "moodle"} and is_html(plain))
        return self.of_html(plain) if is_tagged else plain

    def said_in(self, body: str) -> Callable[[str], str]:
        """Return what `said` does with the parts of a body."""
        return str.strip if self.as_seen and "[" not in body else self.said


def answers_of(body: str, style: Style, *, is_inside: bool) -> Answers:
    """Return what the answers say; `is_inside` that text goes on after them. Raises WrongAnswers."""
    if not body:
        return Answers("essay")
    if body.startswith("#"):
        return _number(body[1:], style if style.name == "plain" else style._replace(name="plain"))
    is_choice = "~" in body
    if not is_choice and "=" in body and "->" in body:
        return _matching(body, style)
    if not is_choice and (truth := _TRUTHS.get(body.partition("#")[0].strip().upper())) is not None:
        remarks = [unmasked(each) for each in body.split("#")[1:]]
        return Answers("true_false", [(truth_word(truth),)], remarks=[each for each in remarks if each])
    made = _signed(body, style, is_choice=is_choice)
    if is_inside and made.kind != "multiple":
        made.gaps = (_gap_of(made),)
        made.kind, made.rows = "gap_fill", ()
    elif made.kind == "single" and len(made.rows) > MAX_OPTIONS:
        raise WrongAnswers("options_many", {"most": MAX_OPTIONS})
    return made


def style_of(text: str) -> tuple[str, str]:
    """Return the format that a text begins with, empty when there is none, and the text without it."""
    begun = text.lstrip()
    if begun.startswith("["):
        name, closed, rest = begun[1:].partition("]")
        if closed and name.lower() in _FORMATS:
            return name.lower(), rest
    return "", text


def _signed(body: str, style: Style, *, is_choice: bool) -> Answers:
    """Return what answers behind signs say."""
    pieces, said = _parted(body), style.said_in(body)
    is_one = is_choice and "=" in body
    if "%" in body or "#" in body or is_one is not is_choice:
        found = [_answer(piece, said) for piece in pieces]
        made = one_of(found) if is_one else several(found) if is_choice else typed(found)
        made.remarks = [f"{each.text}: {each.feedback}" for each in found if each.feedback]
        return made
    if is_one:
        return Answers("single", [(MARKED if piece[0] == "=" else "", said(piece.lstrip("=~"))) for piece in pieces])
    return accepted([said(piece.lstrip("=")) for piece in pieces])


def _parted(body: str) -> list[str]:
    """Return the answers, each behind its sign; what stands before the first has none."""
    first, *pieces = body.replace("=", f"{_CUT}=").replace("~", f"{_CUT}~").split(_CUT)
    return [first, *pieces] if first.strip() else pieces


def _answer(piece: str, said: Callable[[str], str]) -> Answer:
    text, _, feedback = piece.lstrip("=~").partition("#")
    part, rest = _weighed(text.lstrip()) if "%" in text else (None, text)
    return Answer(piece[0] == "=", part, said(rest), said(feedback) if feedback else "")


def _weighed(text: str) -> tuple[Decimal | None, str]:
    """Return the part of the points that a text begins with, and the text after it."""
    before, _, rest = text.partition("%")
    percent, closed, rest = rest.partition("%")
    part = _part(percent) if closed and not before and len(percent) < _LONG_PERCENT else None
    return (None, text) if part is None else (part, rest)


@lru_cache(maxsize=1000)  # files have few of them
def _part(percent: str) -> Decimal | None:
    return Decimal(percent.replace(",", ".")) if re.fullmatch(PERCENT, percent) else None


def _gap_of(made: Answers) -> Gap:
    """Return the gap that answers inside a text make: typed ones are all accepted, of options those that are right."""
    if made.kind == "short_text":
        return Gap(tuple(text for (text,) in made.rows), ())
    right, wrong = (tuple(text for mark, text in made.rows if bool(mark) is side) for side in (True, False))
    return Gap(right, wrong)


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
    said = style.said_in(right)
    found = [_answer(piece, said) for piece in _parted(right)]
    full = [each for each in found if each.weight is None or each.weight >= FULL]
    number, tolerance = _value(full[0].text if full else "")
    made = Answers("number", [(number,)])
    if tolerance != "0":
        made.settings["tolerance"] = tolerance
    if len(found) > 1:
        made.guesses.append("answers_dropped")
    remarks = [each.feedback for each in full[:1]] + ([unmasked(wrong.partition("#")[2])] if wrong else [])
    made.remarks = [each for each in remarks if each]
    return made


def _value(text: str) -> tuple[str, str]:
    """Return the number and how far off one may be, both with a decimal comma."""
    plain = with_plain_signs(text)
    least, dots, most = plain.partition("..")
    if dots:
        low, high = Decimal(_decimal(least)), Decimal(_decimal(most))
        if low > high:
            raise WrongAnswers("gift_number", {"value": text[:40]})
        return _with_comma(f"{(low + high) / 2:f}"), _with_comma(f"{(high - low) / 2:f}")
    number, _, tolerance = plain.partition(":")
    return _with_comma(_decimal(number)), _with_comma(_decimal(tolerance)) if tolerance else "0"


def _decimal(text: str) -> str:
    """Return a number of 25 digits at most, with a point: half a sum of two such is exact, too."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise WrongAnswers("gift_number", {"value": text.strip()[:40]})
    return f"{found[1]}.{found[2] or 0}"


def _with_comma(number: str) -> str:
    """Return a number with a point as we write it: no digit that says nothing, no sign of zero."""
    whole, _, part = number.partition(".")
    digits = whole.lstrip("+-0") or "0"
    part = part.rstrip("0")
    sign = "-" if whole.startswith("-") and (digits != "0" or part) else ""
    return f"{sign}{digits},{part}" if part else f"{sign}{digits}"
