"""Forms of the rules about ranking, prizes and units, and of decisions about ties."""

import re
from collections.abc import Iterable, Mapping

from flask_babel import get_locale, gettext, lazy_gettext
from wtforms import Field, FormField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import TextInput

from contest.i18n import show_scaled
from contest.judging.domain.panel import POINT
from contest.standings import labels
from contest.standings.domain.prizes import Floor
from contest.standings.domain.ranking import ENTRY_KEYS, QUIZ_KEYS
from contest.standings.queries import can_be_met
from contest.web.forms import BaseForm, RowForm, RowList

BLANK_ROWS = 2
MAX_ROWS = 20
MOST_PRIZES, MOST_POINTS = 10_000, 1000


def _key_field(codes: Iterable[str]) -> SelectField:
    choices = [SelectChoice("", "–"), *(SelectChoice(code, labels.KEY_NAMES[code]) for code in codes)]
    return SelectField(lazy_gettext("Key"), choices=choices)


class StepForm(RowForm):
    """One key of the chain; a line without a key is left out."""

    key = _key_field(QUIZ_KEYS)
    direction = SelectField(
        lazy_gettext("Order"),
        choices=[
            SelectChoice("", lazy_gettext("the usual order")),
            *(SelectChoice(side.value, text) for side, text in labels.DIRECTIONS.items()),
        ],
    )


class EntryStepForm(StepForm):
    """One key of the chain of entry rounds."""

    key = _key_field(ENTRY_KEYS)


class RankingForm(BaseForm):
    """The ranking chain of quiz rounds."""

    gate = SelectField(
        lazy_gettext("Who is ranked"), choices=[SelectChoice(gate.value, words) for gate, words in labels.GATES.items()]
    )
    steps = RowList(FormField(StepForm), lazy_gettext("Ranked by, in this order"), max_entries=MAX_ROWS)


class EntryRankingForm(BaseForm):
    """The ranking chain of entry rounds."""

    steps = RowList(FormField(EntryStepForm), lazy_gettext("Ranked by, in this order"), max_entries=MAX_ROWS)


class PointsField(Field):
    """A number with a comma or a point and two decimals at most; its data are thousandths."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else show_scaled(self.data, 3, get_locale().language)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed. Raises `ValueError` with a sentence."""
        typed = "".join(valuelist).strip()
        self.data = None
        if not typed:
            return
        match = re.fullmatch(r"(\d{1,4})(?:[.,](\d{1,2}))?", typed)
        if match is None:
            raise ValueError(gettext("Write a number such as %(number)s.", number=show_scaled(80_500, 3)))
        self.data = int(match[1]) * POINT + int((match[2] or "").ljust(3, "0"))


class TierForm(RowForm):
    """One kind of prize; an empty line is left out."""

    name = StringField(lazy_gettext("Prize"), [Length(max=60)])
    count = IntegerField(lazy_gettext("Number"), [Optional(), NumberRange(1, MOST_PRIZES)])
    worth = StringField(lazy_gettext("Worth"), [Length(max=100)])
    floor = SelectField(
        lazy_gettext("Condition"), choices=[SelectChoice(floor.value, words) for floor, words in labels.FLOORS.items()]
    )
    minimum = PointsField(lazy_gettext("At least"), [Optional()])

    def validate_minimum(self, field: PointsField) -> None:
        """Nobody answers half a question right."""
        if self.floor.data == Floor.RIGHT_COUNT and (field.data or 0) % POINT:
            raise ValidationError(gettext("Write a whole number of right answers."))


class PrizesForm(BaseForm):
    """The prizes of each group."""

    tiers = RowList(FormField(TierForm), lazy_gettext("Prizes, the highest first"), max_entries=MAX_ROWS)
    ties = SelectField(
        lazy_gettext("A tie at the last prize"),
        choices=[SelectChoice(rule.value, words) for rule, words in labels.TIES.items()],
    )
    cap_percent = IntegerField(
        lazy_gettext("At most so many percent of those who took part get a prize"), [Optional(), NumberRange(1, 100)]
    )

    def suit(self, kinds: frozenset[str], groups: Mapping[str, str]) -> None:  # noqa: ARG002
        """Right answers are a condition only where there are quiz rounds, judged points where there are entries."""
        fitting = [
            SelectChoice(floor.value, words) for floor, words in labels.FLOORS.items() if can_be_met(floor, kinds)
        ]
        for row in self.tiers:
            row.form.floor.choices = fitting


class PrizePointsForm(RowForm):
    """What one prize brings to its winner's unit."""

    tier = StringField(lazy_gettext("Prize"), [Length(max=60)])
    points = IntegerField(lazy_gettext("Points"), [Optional(), NumberRange(0, MOST_POINTS)])


class UnitsForm(BaseForm):
    """How units are ranked."""

    formula = SelectField(
        lazy_gettext("Ranking of units"),
        choices=[SelectChoice(formula.value, words) for formula, words in labels.FORMULAS.items()],
    )
    points = RowList(FormField(PrizePointsForm), lazy_gettext("Points for prizes"), max_entries=MAX_ROWS)


class PlaceForm(RowForm):
    """The place of one of those who are tied."""

    participation_id = HiddenField()
    place = IntegerField(lazy_gettext("Place"), [Optional(), NumberRange(1)])


class TieForm(BaseForm):
    """The committee's order of those who are tied."""

    places = RowList(FormField(PlaceForm), lazy_gettext("Order"))
    decision_number = StringField(
        lazy_gettext("Number of the decision or minutes"),
        [InputRequired(lazy_gettext("Write the number of the decision.")), Length(max=80)],
    )
    reason = TextAreaField(lazy_gettext("Reason"), [InputRequired(lazy_gettext("Write the reason.")), Length(max=1000)])
