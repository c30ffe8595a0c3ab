"""The prediction question: a number that is never marked and decides between equals."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

PREDICTION_SLOT = "p"
MAX_PREDICTION = 1_000_000_000
PERCENT_DIGITS = 5
_FULL_PERCENT = 100 * 10**PERCENT_DIGITS


class Target(StrEnum):
    """What is predicted. Every target but the last is a count of people or of attempts in the round."""

    ALL_RIGHT = "all_right"
    PARTICIPANTS = "participants"
    ATTEMPTS = "attempts"
    ALL_RIGHT_PERCENT = "all_right_percent"


@dataclass(frozen=True, slots=True)
class PredictionRule:
    """The section "prediction" of the rules; `question` is the committee's own wording."""

    is_asked: bool
    target: Target
    question: str

    @property
    def is_percent(self) -> bool:
        """Whether the unit is 10⁻⁵ % rather than one."""
        return self.target is Target.ALL_RIGHT_PERCENT


def read_prediction_rule(value: Mapping[str, Any]) -> PredictionRule:
    """The rule that a stored section says."""
    return PredictionRule(value["is_asked"], Target(value["target"]), value["question"])


def read_prediction(raw: object, *, is_percent: bool) -> int | None:
    """The predicted integer in the rule's unit; None where nothing usable was written.

    Takes the decimal comma and the point, and thousands set apart by points, commas or spaces.
    """
    text = str(raw).strip().replace(" ", "").replace("\u00a0", "").removesuffix("%") if raw is not None else ""
    if is_percent:
        return _percent(text)
    if not re.fullmatch(r"\d{1,3}([.,]\d{3})+|\d{1,12}", text, re.ASCII):
        return None
    number = int(re.sub(r"[.,]", "", text))
    return number if number <= MAX_PREDICTION else None


def _percent(text: str) -> int | None:
    match = re.fullmatch(rf"(\d{{1,3}})(?:[.,](\d{{1,{PERCENT_DIGITS}}}))?", text, re.ASCII)
    if match is None:
        return None
    number = int(match[1]) * 10**PERCENT_DIGITS + int((match[2] or "").ljust(PERCENT_DIGITS, "0"))
    return number if number <= _FULL_PERCENT else None
