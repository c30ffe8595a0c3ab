"""The prediction question of the rules: it stands beside the paper and decides between equals.

What is typed is read as that kind of question says: `question_bank.kinds.prediction`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from question_bank.kinds.prediction import prediction_remark
from question_bank.words import Words

PREDICTION_SLOT = "p"


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

    def remark(self, typed: object) -> Words | None:
        """What to look at again in a prediction before handing in."""
        return prediction_remark(typed, is_percent=self.is_percent)


def read_prediction_rule(value: Mapping[str, Any]) -> PredictionRule:
    """The rule that a stored section says."""
    return PredictionRule(value["is_asked"], Target(value["target"]), value["question"])
