"""The form that a correction is prepared with."""

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import InputRequired, Length

from contest.corrections.labels import RULINGS
from contest.errors import DomainError
from contest.quiz.domain.rulings import Answer, RulingAct, answer_of
from contest.web.answers import part_name
from contest.web.forms import BaseForm
from question_bank.controls import Control, response_of
from question_bank.kinds import InvalidResponse, Kind, kind_of
from question_bank.question import Question

GIVEN = "given"
TOLERANCE = "tolerance"
MOST_CHARACTERS = 400


class CorrectionForm(BaseForm):
    """What is ruled about a question; the answer is given through the question's own controls."""

    act = RadioField(_("What is ruled"), [InputRequired(_("Choose one of these."))])
    answer = HiddenField(_("The right answer"))
    tolerance = StringField(_("Tolerance"), [Length(max=20)])
    reason = TextAreaField(_("Reason"), [InputRequired(_("Write the reason.")), Length(max=2000)])
    appeals = StringField(_("Complaints that led to it"), [Length(max=200)])
    note = TextAreaField(
        _("Public note"), [InputRequired(_("Write what everybody may read about this correction.")), Length(max=1000)]
    )

    def __init__(self, question: Question, acts: Sequence[RulingAct], **values: Any) -> None:
        self._question = question
        super().__init__(**{TOLERANCE: dict(question.settings).get(TOLERANCE, ""), **values})
        self.act.choices = [SelectChoice(act.value, RULINGS[act]) for act in acts]

    @property
    def kind(self) -> Kind:
        """The kind of the question."""
        return kind_of(self._question.kind)

    @property
    def has_tolerance(self) -> bool:
        """Whether an answer of this kind comes with a tolerance."""
        return any(setting.code == TOLERANCE for setting in self.kind.settings)

    @property
    def order(self) -> tuple[int, ...]:
        """The order of options in this form."""
        return self.kind.preview_order(self._question)

    @property
    def controls(self) -> tuple[Control, ...]:
        """What the answer is given with."""
        return self.kind.controls(self._question, self.order)

    @property
    def given_values(self) -> list[list[str]]:
        """For each control what was chosen or typed."""
        count = len(self.controls)
        given = [request.form.getlist(part_name(GIVEN, place, count)) for place in range(count)]
        return [[value[:MOST_CHARACTERS] for value in each[:50]] for each in given]

    def ruled(self) -> dict[str, Any]:
        """What is ruled and why, as it is prepared. Raises `key_unusable`."""
        return {
            "act": RulingAct(self.act.data),
            "given": self.given(),
            "reason": self.reason.data or "",
            "appeals": self.appeals.data or "",
            "note": self.note.data or "",
        }

    def given(self) -> Answer | None:
        """The answer that was given, None when there is none. Raises `key_unusable`."""
        try:
            response = self.kind.from_paper(self._question, self.order, response_of(self.kind.reply, self.given_values))
        except InvalidResponse as error:
            raise DomainError("key_unusable", field="answer") from error
        if response is None:
            return None
        question = self.kind.answered_by(self._question, response)
        if self.has_tolerance:
            settings = {**dict(question.settings), TOLERANCE: self.tolerance.data or ""}
            question = self.kind.with_settings(question, settings)
        return answer_of(question)
