"""Forms of judges and of the chief judge."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput, NumberInput

from contest.judging.domain.panel import POINT, Panel
from contest.web.forms import BaseForm

MAX_COMMENT = 4000
_POINTS = re.compile(r"(\d{1,4})(?:[.,](\d{1,3}))?")


class PointsField(Field):
    """A mark or score, typed in points, as 1/1000 point; None when nothing was typed."""

    def __init__(self, label: Any, validators: Any = (), *, most: int, step: int, **values: Any) -> None:
        super().__init__(label, validators, widget=NumberInput(step=_plain(step), min=0, max=_plain(most)), **values)
        self.most, self.step = most, step

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the points, or say which may be given."""
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        if not typed:
            return
        found = _POINTS.fullmatch(typed)
        points = int(found[1]) * POINT + int((found[2] or "").ljust(3, "0")) if found else -1
        if not 0 <= points <= self.most or points % self.step:
            raise ValueError(_span(self.most, self.step))
        self.data = points

    def _value(self) -> str:
        """What a number control takes: what was typed, else the points with a point."""
        if self.raw_data:
            return str(self.raw_data[0]).replace(",", ".")
        return "" if self.data is None else _plain(self.data)


def _plain(points: int) -> str:
    whole, rest = divmod(points, POINT)
    return f"{whole}.{rest:03d}".rstrip("0") if rest else str(whole)


def _span(most: int, step: int) -> str:
    return str(
        gettext(
            "Enter 0 to %(most)s in steps of %(step)s.",
            most=_plain(most).replace(".", ","),
            step=_plain(step).replace(".", ","),
        )
    )


class SheetForm(BaseForm):
    """What every sheet has besides its marks. `revision` is the one that was read."""

    revision = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    comment = TextAreaField(
        _("Comment"),
        [Length(max=MAX_COMMENT, message=_("At most 4,000 characters."))],
        filters=[lambda text: text or ""],
    )

    @property
    def marks(self) -> dict[str, int]:
        """The marks that were given, in 1/1000 point by criterion."""
        found = {field.criterion: field.data for field in self if isinstance(field, MarkField)}
        return {code: points for code, points in found.items() if points is not None}

    def mark(self, code: str) -> "MarkField":
        """The field of a criterion."""
        return next(field for field in self if isinstance(field, MarkField) and field.criterion == code)


class MarkField(PointsField):
    """The mark of one criterion."""

    def __init__(self, label: Any, *, criterion: str, **values: Any) -> None:
        super().__init__(label, **values)
        self.criterion = criterion


def sheet_form(panel: Panel, marks: Mapping[str, int], comment: str, revision: int) -> SheetForm:
    """The form of a sheet with a field for each criterion, filled with what is stored."""
    fields = {
        f"mark-{each.code}": MarkField(
            each.name, criterion=each.code, most=each.max_points, step=panel.step, default=marks.get(each.code)
        )
        for each in panel.criteria
    }
    form: SheetForm = type("MarksForm", (SheetForm,), fields)(data={"comment": comment, "revision": revision})
    return form


WRITE_REASON = _("Write the reason.")


def _reason(label: Any, missing: Any = WRITE_REASON) -> Any:
    return TextAreaField(label, [InputRequired(missing), Length(max=2000, message=_("At most 2,000 characters."))])


class LockForm(BaseForm):
    """A judge hands the sheet in as it was shown."""

    revision = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class ReasonForm(BaseForm):
    """A step that goes on record with its reason."""

    reason = _reason(_("Reason"))


class GiveBackForm(ReasonForm):
    """A judge gives a case back."""

    is_conflict = BooleanField(_("I am related to the participant, or know whose entry it is"))


class ReportForm(BaseForm):
    """What a judge finds wrong with a case."""

    reason = _reason(_("What is wrong"), _("Write what is wrong."))


class ReportAnswerForm(BaseForm):
    """What the chief judge did about a report."""

    answer = _reason(_("Answer to the judge"), _("Write what was done."))


class AgreementForm(BaseForm):
    """The score that the chair agreed with the members; built with the panel's scale and decimals."""

    score: PointsField
    note: TextAreaField


def agreement_form(panel: Panel) -> AgreementForm:
    """The agreement's form on the scale of this panel."""
    score = PointsField(
        _("Agreed score"),
        [InputRequired(_("Enter the agreed score."))],
        most=panel.scale,
        step=10 ** (3 - panel.decimals),
    )
    note = _reason(_("How it was agreed"), _("Write how the score was agreed, and with whom."))
    form: AgreementForm = type("ScoreForm", (AgreementForm,), {"score": score, "note": note})()
    return form


class ConflictForm(BaseForm):
    """Cases that a judge must never get: those of one unit, or of the participant of one case."""

    judge_id = SelectField(_("Judge"), coerce=int)
    unit_id = SelectField(_("All cases of this unit"), coerce=int)
    code = StringField(_("or of the participant with this code"), [Length(max=12)])
    reason = _reason(_("Reason"))
