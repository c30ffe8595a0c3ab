"""The quiz's sections of the rules: read, checked, put into sentences and compared here, where they are executed."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext, lazy_gettext, ngettext

from contest.contests.domain import RuleLine
from contest.contests.models import RoundKind
from contest.errors import DomainError
from contest.i18n import nfc
from contest.quiz import labels
from contest.quiz.domain.policy import (
    DEFAULT_TOLERANCE_SECONDS,
    MAX_MINUTES,
    MAX_TOLERANCE_SECONDS,
    MAX_TRIES,
    Counted,
    KeyTime,
    ResultTime,
    Span,
    read_policy,
)
from contest.quiz.domain.prediction import Target, read_prediction_rule
from contest.quiz.forms import AttemptsForm, PredictionForm
from contest.quiz.paper_section import PaperSection
from contest.web.content import content


class AttemptsSection:
    """How often people may try, for how long, and what they are shown."""

    code = "attempts"
    kinds = frozenset({RoundKind.QUIZ.value})
    position = 10
    title = lazy_gettext("Attempts and time")
    template = "quiz/sections/attempts.html"

    def default(self) -> dict[str, Any]:
        """One attempt a round of 15 minutes, score at once, no right answers."""
        return {
            "minutes": 15,
            "tries": 1,
            "span": Span.ROUND.value,
            "counted": Counted.BEST.value,
            "result_time": ResultTime.AT_ONCE.value,
            "key_time": KeyTime.NEVER.value,
            "tolerance_seconds": DEFAULT_TOLERANCE_SECONDS,
        }

    def problems(self, value: Mapping[str, Any]) -> list[DomainError]:
        """Numbers out of their range."""
        problems = []
        if not 1 <= value["minutes"] <= MAX_MINUTES:
            problems.append(DomainError("minutes_out_of_range", field="minutes", max=MAX_MINUTES))
        if value["tries"] is not None and not 1 <= value["tries"] <= MAX_TRIES:
            problems.append(DomainError("tries_out_of_range", field="tries", max=MAX_TRIES))
        if not 0 <= value["tolerance_seconds"] <= MAX_TOLERANCE_SECONDS:
            problems.append(DomainError("tolerance_out_of_range", field="tolerance_seconds", max=MAX_TOLERANCE_SECONDS))
        return problems

    def lines(self, value: Mapping[str, Any]) -> list[RuleLine]:
        """Time, number of attempts, what counts, what is shown when."""
        policy = read_policy(value)
        tolerance = ngettext(
            "An answer given in time counts if it arrives at most %(num)s second late.",
            "An answer given in time counts if it arrives at most %(num)s seconds late.",
            policy.tolerance_seconds,
        )
        return [
            RuleLine(
                "clock",
                gettext("Time allowed"),
                ngettext("%(num)s minute for each attempt", "%(num)s minutes for each attempt", policy.minutes),
                tolerance
                if policy.tolerance_seconds
                else gettext("Answers that arrive after the deadline do not count."),
            ),
            RuleLine(
                "repeat",
                gettext("Attempts"),
                self._tries(policy.tries, policy.span),
                str(labels.COUNTED[policy.counted]),
            ),
            RuleLine(
                "eye",
                gettext("Own score"),
                str(labels.RESULT_TIMES[policy.result_time]),
                str(labels.KEY_TIMES[policy.key_time]),
            ),
        ]

    def form(self, value: Mapping[str, Any] | None) -> AttemptsForm:
        """The form of this section."""
        return AttemptsForm(data=value) if value is not None else AttemptsForm()

    def value(self, form: AttemptsForm) -> dict[str, Any]:
        """What the form says."""
        return {
            "minutes": form.minutes.data,
            "tries": form.tries.data,
            "span": form.span.data,
            "counted": form.counted.data,
            "result_time": form.result_time.data,
            "key_time": form.key_time.data,
            "tolerance_seconds": form.tolerance_seconds.data,
        }

    @staticmethod
    def _tries(tries: int | None, span: Span) -> str:
        if tries is None:
            return str(gettext("As many attempts as you like"))
        words = str(labels.SPANS[span])
        return str(ngettext("%(num)s attempt %(span)s", "%(num)s attempts %(span)s", tries, span=words))


class PredictionSection:
    """The question that decides between equals."""

    code = "prediction"
    kinds = frozenset({RoundKind.QUIZ.value})
    position = 30
    title = lazy_gettext("Prediction question")
    template = "contests/sections/plain.html"

    def default(self) -> dict[str, Any]:
        """None is asked."""
        return {"is_asked": False, "target": Target.ALL_RIGHT.value, "question": ""}

    def problems(self, value: Mapping[str, Any]) -> list[DomainError]:
        """Asked, but without words."""
        if value["is_asked"] and not value["question"].strip():
            return [DomainError("question_text_missing", field="question")]
        return []

    def lines(self, value: Mapping[str, Any]) -> list[RuleLine]:
        """The wording, and what the prediction is compared with."""
        rule = read_prediction_rule(value)
        if not rule.is_asked:
            return []
        target = gettext(
            "Compared with: %(target)s, fixed when the round closes.", target=str(labels.TARGETS[rule.target])
        )
        return [RuleLine("target-arrow", gettext("Prediction question"), content(rule.question), target)]

    def form(self, value: Mapping[str, Any] | None) -> PredictionForm:
        """The form of this section."""
        return PredictionForm(data=value) if value is not None else PredictionForm()

    def value(self, form: PredictionForm) -> dict[str, Any]:
        """What the form says."""
        return {
            "is_asked": form.is_asked.data,
            "target": form.target.data,
            "question": nfc(form.question.data or ""),
        }


SECTIONS = (AttemptsSection(), PaperSection(), PredictionSection())
