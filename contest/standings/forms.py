"""Forms of the rules about ranking, prizes and units, and of decisions about ties."""

from flask_babel import lazy_gettext
from wtforms import FieldList, FormField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from contest.standings import labels
from contest.web.forms import BaseForm, RowForm

BLANK_ROWS = 2
MAX_ROWS = 20
MOST_PRIZES, MOST_RIGHT, MOST_POINTS = 10_000, 500, 1000


class StepForm(RowForm):
    """One key of the chain; a line without a key is left out."""

    key = SelectField(
        lazy_gettext("Key"),
        choices=[SelectChoice("", "–"), *(SelectChoice(*item) for item in labels.KEY_NAMES.items())],
    )
    direction = SelectField(
        lazy_gettext("Order"),
        choices=[
            SelectChoice("", lazy_gettext("the usual order")),
            *(SelectChoice(side.value, text) for side, text in labels.DIRECTIONS.items()),
        ],
    )


class RankingForm(BaseForm):
    """The ranking chain."""

    gate = SelectField(
        lazy_gettext("Who is ranked"), choices=[SelectChoice(gate.value, words) for gate, words in labels.GATES.items()]
    )
    steps = FieldList(FormField(StepForm), lazy_gettext("Ranked by, in this order"), max_entries=MAX_ROWS)


class TierForm(RowForm):
    """One kind of prize; an empty line is left out."""

    name = StringField(lazy_gettext("Prize"), [Length(max=60)])
    count = IntegerField(lazy_gettext("Number"), [Optional(), NumberRange(1, MOST_PRIZES)])
    worth = StringField(lazy_gettext("Worth"), [Length(max=100)])
    floor = SelectField(
        lazy_gettext("Condition"), choices=[SelectChoice(floor.value, words) for floor, words in labels.FLOORS.items()]
    )
    minimum = IntegerField(lazy_gettext("Right answers"), [Optional(), NumberRange(0, MOST_RIGHT)])


class PrizesForm(BaseForm):
    """The prizes of each group."""

    tiers = FieldList(FormField(TierForm), lazy_gettext("Prizes, the highest first"), max_entries=MAX_ROWS)
    ties = SelectField(
        lazy_gettext("A tie at the last prize"),
        choices=[SelectChoice(rule.value, words) for rule, words in labels.TIES.items()],
    )
    cap_percent = IntegerField(
        lazy_gettext("At most so many percent of those who took part get a prize"), [Optional(), NumberRange(1, 100)]
    )


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
    points = FieldList(FormField(PrizePointsForm), lazy_gettext("Points for prizes"), max_entries=MAX_ROWS)


class PlaceForm(RowForm):
    """The place of one of those who are tied."""

    participation_id = HiddenField()
    place = IntegerField(lazy_gettext("Place"), [Optional(), NumberRange(1)])


class TieForm(BaseForm):
    """The committee's order of those who are tied."""

    places = FieldList(FormField(PlaceForm), lazy_gettext("Order"))
    decision_number = StringField(
        lazy_gettext("Number of the decision or minutes"),
        [InputRequired(lazy_gettext("Write the number of the decision.")), Length(max=80)],
    )
    reason = TextAreaField(lazy_gettext("Reason"), [InputRequired(lazy_gettext("Write the reason.")), Length(max=1000)])
