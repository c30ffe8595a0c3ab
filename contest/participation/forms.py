"""Forms of taking part."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from markupsafe import Markup
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import InputRequired, Length

from contest.participation.domain.eligibility import AgeGroup
from contest.participation.labels import ages
from contest.units.domain import UnitChoice
from contest.units.forms import WholeNumberField
from contest.units.labels import KINDS
from contest.units.models import UnitKind
from contest.web.content import CONTENT_LANGUAGE, content
from contest.web.forms import BaseForm


def _chosen(value: Any) -> int:
    """The id that was sent; 0 stands for none, and the service has the sentence for an unknown one."""
    return int(value) if str(value).isascii() and str(value).isdecimal() else 0


def _named(unit: UnitChoice, kind: str | None = None) -> SelectChoice:
    return SelectChoice(str(unit.id), unit.name, {"lang": CONTENT_LANGUAGE}, optgroup=kind)


def _group_choices(groups: Sequence[AgeGroup]) -> Any:
    return {str(group.id): Markup("{} ({})").format(content(group.name), ages(group)) for group in groups}


class ChoiceForm(BaseForm):
    """Group and unit of a participation."""

    group = RadioField(
        _("Group"), coerce=_chosen, validate_choice=False, validators=[InputRequired(_("Choose one of the groups."))]
    )
    unit = SelectField(
        _("Unit"),
        coerce=_chosen,
        validate_choice=False,
        validators=[InputRequired(_("Choose your unit from the list."))],
    )

    def offer(self, groups: Sequence[AgeGroup], units: Mapping[UnitKind, Sequence[UnitChoice]]) -> None:
        """Fill the two lists; a single group is chosen beforehand."""
        self.group.choices = _group_choices(groups)
        if len(groups) == 1 and not self.group.data:
            self.group.data = groups[0].id
        named = [_named(unit, str(KINDS[kind])) for kind, choices in units.items() for unit in choices]
        self.unit.choices = [SelectChoice("", gettext("Choose a unit")), *named]


class ClassListForm(BaseForm):
    """A school's list of one class or several."""

    unit = SelectField(_("School"), coerce=_chosen, validate_choice=False)
    group = RadioField(
        _("Group"), coerce=_chosen, validate_choice=False, validators=[InputRequired(_("Choose one of the groups."))]
    )
    file = FileField(_("Class list (.xlsx)"), validators=[FileRequired(_("Choose the file."))])
    has_forms = BooleanField(
        _("The school keeps the signed consent form of a parent or guardian of every pupil below 16 on this list."),
        validators=[InputRequired(_("Without these forms the pupils can't take part."))],
    )

    def offer(self, groups: Sequence[AgeGroup], units: Sequence[UnitChoice]) -> None:
        """Fill the two lists."""
        self.group.choices = _group_choices(groups)
        self.unit.choices = [_named(unit) for unit in units]


class ReasonForm(BaseForm):
    """Why the committee decides this."""

    reason = TextAreaField(
        _("Reason"),
        validators=[InputRequired(_("Give the reason.")), Length(max=1000, message=_("At most 1,000 characters."))],
    )


class ExtraTimeForm(ReasonForm):
    """Time on top, in minutes."""

    minutes = WholeNumberField(
        _("Extra minutes for each attempt"), validators=[InputRequired(_("Enter a whole number."))]
    )


class CheckForm(BaseForm):
    """How the secretary made sure who asks."""

    check_note = StringField(
        _("What was checked"),
        validators=[
            InputRequired(_("Write down how you made sure that it is this person.")),
            Length(max=300, message=_("At most 300 characters.")),
        ],
    )


class ConfirmForm(BaseForm):
    """Nothing but the confirmation."""
