"""Answers with weights, as Moodle writes them in GIFT and in XML: what kind they make a question, and its table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from question_bank.editing import MARKED, Row
from question_bank.kinds.gap_fill import Gap
from question_bank.kinds.multiple_choice import ALL, PARTIAL, PENALTY
from question_bank.kinds.options import MAX_OPTIONS
from question_bank.problems import Values
from question_bank.question import Value

PERCENT = "-?[0-9]{1,3}(?:[.,][0-9]{0,7})?"
WEIGHT = re.compile(f"%({PERCENT})%")
FULL: Final = Decimal(100)
_NONE = Decimal(0)
_CLOSE = 1
"""In percent: Moodle writes a third as 33.33333."""


class WrongAnswers(ValueError):
    """Answers that can't be read: a code and the values of its sentence."""

    def __init__(self, code: str, values: Values | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.values: Values = values or {}


class Answer(NamedTuple):
    """One answer: whether its sign says it is right, the part of the points that is written, its text and feedback."""

    is_right: bool
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


def one_of(found: Sequence[Answer]) -> Answers:
    """Return options one of which is right; what is worth a part of the points isn't."""
    rows = [
        (MARKED if (is_right if weight is None else weight >= FULL) else "", text)
        for is_right, weight, text, _feedback in found
    ]
    has_parts = any(each.weight not in (None, _NONE, FULL) for each in found)
    return Answers("single", rows, guesses=["weights_changed"] if has_parts else [])


def several(found: Sequence[Answer]) -> Answers:
    """Return options with parts of the points: the scoring is the one of ours that earns the same.

    Raises WrongAnswers: options_many.
    """
    if len(found) > MAX_OPTIONS:
        raise WrongAnswers("options_many", {"most": MAX_OPTIONS})
    weights = tuple([each.weight or _NONE for each in found])
    rows = [(MARKED if weight > 0 else "", each.text) for each, weight in zip(found, weights, strict=True)]
    scoring, is_same = _scoring(weights)
    return Answers("multiple", rows, settings={"scoring": scoring}, guesses=[] if is_same else ["weights_changed"])


@lru_cache(maxsize=1000)
def _scoring(weights: tuple[Decimal, ...]) -> tuple[str, bool]:
    """Return the nearest scoring, and whether every choice earns the same by it."""
    right, wrong = [each for each in weights if each > 0], [each for each in weights if each <= 0]
    is_even = _are_even(right, len(right))
    if not any(wrong):
        return PARTIAL, is_even
    if all(weight <= -FULL for weight in wrong):
        return ALL, is_even
    return PENALTY, is_even and _are_even(wrong, -max(len(right), 1))


def _are_even(weights: Sequence[Decimal], count: int) -> bool:
    """Say whether each of these is worth one of so many parts of all points."""
    return all(abs(weight * count - FULL) <= _CLOSE * abs(count) for weight in weights)


def typed(found: Sequence[Answer]) -> Answers:
    """Return the answers that are wholly right."""
    full = [each.text for each in found if each.weight is None or each.weight >= FULL]
    made = accepted(full)
    if len(full) < len(found):
        made.guesses.append("answers_dropped")
    return made


def accepted(texts: Sequence[str]) -> Answers:
    """Return answers to type; a star that isn't escaped would stand for any text."""
    made = Answers("short_text", [(text.replace("\\*", "*"),) for text in texts])
    if "*" in "".join(texts).replace("\\*", ""):
        made.guesses.append("wildcard")
    return made
