"""Forms of contests, rounds, groups, seats and rules."""

from datetime import datetime
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from contest.contests.domain import closing_instant, opening_instant
from contest.contests.labels.names import KINDS, ROLES
from contest.contests.models import Contest, Role, Round, RoundKind
from contest.contests.services.contests import ContestFacts
from contest.i18n import DEFAULT_ZONE, local, show_deadline, show_time
from contest.web.forms import BaseForm

OLDEST = 120


class DayField(DateField):
    """A day, from a date picker or typed as dd/mm/yyyy."""

    def __init__(self, label: Any, validators: Any = None, **values: Any) -> None:
        super().__init__(label, validators, format=["%Y-%m-%d", "%d/%m/%Y"], **values)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day, or say how to write one."""
        if not any(valuelist):
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(gettext("There is no such day. Enter day/month/year, for example 28/02/2026.")) from error


class AgeField(IntegerField):
    """Whole years, or nothing."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the years, or say what is expected."""
        if not any(each.strip() for each in valuelist):
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(gettext("Enter whole years, for example 11.")) from error


def _line(label: Any, missing: Any, limit: int = 200, **values: Any) -> Any:
    return StringField(label, [InputRequired(missing), Length(max=limit, message=_("This is too long."))], **values)


def _day(label: Any, missing: Any) -> Any:
    return DayField(label, [InputRequired(missing)])


def _time(label: Any, default: str) -> Any:
    return StringField(label, [InputRequired(_("Enter the time."))], default=default)


def _reason(label: Any) -> Any:
    return TextAreaField(
        label, [InputRequired(_("Write the reason.")), Length(max=2000, message=_("At most 2,000 characters."))]
    )


class ContestForm(BaseForm):
    """What a contest says about itself."""

    title = _line(_("Title"), _("Enter the title of the contest."))
    organizer_name = _line(_("Organizing committee"), _("Enter the name of the committee."))
    decision_number = _line(_("Decision number"), _("Enter the number of the decision."), 80)
    decision_date = _day(_("Decision date"), _("Enter the date of the decision."))
    summary = TextAreaField(_("Summary"), [Length(max=1000, message=_("At most 1,000 characters."))])

    @property
    def facts(self) -> ContestFacts:
        """The values that were typed."""
        return ContestFacts(
            title=self.title.data,
            organizer_name=self.organizer_name.data,
            decision_number=self.decision_number.data,
            decision_date=self.decision_date.data,
            summary=self.summary.data or "",
        )


class NewContestForm(ContestForm):
    """A contest that the operator creates."""

    slug = StringField(_("Web address"), [Length(max=80, message=_("This is too long."))])
    time_zone = _line(_("Time zone"), _("Enter a time zone."), default=DEFAULT_ZONE)


class DuplicateForm(BaseForm):
    """What is different in the copy."""

    title = _line(_("Title"), _("Enter the title of the contest."))
    slug = StringField(_("Web address"), [Length(max=80, message=_("This is too long."))])
    decision_number = _line(_("Decision number"), _("Enter the number of the decision."), 80)
    decision_date = _day(_("Decision date"), _("Enter the date of the decision."))
    starts_on = _day(_("First day of the first round"), _("Enter the first day."))


class ReasonForm(BaseForm):
    """Why something grave is done."""

    reason = _reason(_("Reason, shown to everybody"))


class GroupForm(BaseForm):
    """Who competes with whom."""

    name = _line(_("Name"), _("Enter the name of the group."), 120)
    age_from = AgeField(_("Age from"), [Optional(), NumberRange(0, OLDEST, _("Ages are between 0 and 120."))])
    age_to = AgeField(_("Age to"), [Optional(), NumberRange(0, OLDEST, _("Ages are between 0 and 120."))])


class WindowForm(BaseForm):
    """A window in the contest's zone, each end a day and a time."""

    opens_on = _day(_("Opens on"), _("Enter the first day."))
    opens_time = _time(_("Opens at"), "00:00")
    closes_on = _day(_("Closes on"), _("Enter the last day."))
    closes_time = _time(_("Closes at"), "24:00")

    def window(self, zone: str) -> tuple[datetime, datetime]:
        """Both instants. Raises `time_unreadable` on the field at fault."""
        return (
            opening_instant(self.opens_on.data, self.opens_time.data, zone),
            closing_instant(self.closes_on.data, self.closes_time.data, zone),
        )


class RoundForm(WindowForm):
    """A round that has not been released."""

    kind = RadioField(
        _("Kind of round"),
        choices=[SelectChoice(kind.value, words) for kind, words in KINDS.items()],
        default=RoundKind.QUIZ,
    )
    name = _line(_("Name"), _("Enter the name of the round, for example “Week 1”."), 120)


class PostponeForm(WindowForm):
    """A later window for a released round."""

    reason = _reason(_("Reason, shown to everybody"))


class OrganizerForm(BaseForm):
    """The person whom the operator seats."""

    full_name = _line(_("Full name"), _("Enter the full name."))
    login = _line(_("Phone number or e-mail"), _("Enter a phone number or an e-mail address."))


class SeatForm(OrganizerForm):
    """A seat for somebody."""

    role = SelectField(_("Seat"), choices=[SelectChoice(role.value, words) for role, words in ROLES.items()])
    unit_id: Any = SelectField(_("Unit (only for a coordinator)"), coerce=lambda value: int(value) if value else None)
    valid_from = DayField(_("From"), [Optional()])
    valid_until = DayField(_("Until the end of"), [Optional()])

    @property
    def chosen_role(self) -> Role:
        """The seat that was chosen."""
        return Role(self.role.data)


class ProposeForm(BaseForm):
    """Why the rules should change, and by which decision."""

    reason = _reason(_("Reason for this version"))
    decision_number = StringField(_("Decision number"), [Length(max=80, message=_("This is too long."))])


def window_values(row: Round, contest: Contest) -> dict[str, Any]:
    """What a window form shows of a round: the end of a day as 24:00 of that day."""
    closes_time, closes_on = show_deadline(row.closes_at, contest.time_zone).split(" ")
    return {
        "opens_on": local(row.opens_at, contest.time_zone).date(),
        "opens_time": show_time(row.opens_at, contest.time_zone),
        "closes_on": datetime.strptime(closes_on, "%d/%m/%Y").date(),  # noqa: DTZ007 # a day, not an instant
        "closes_time": closes_time,
    }
