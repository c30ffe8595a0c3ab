"""Forms of the quiz: its sections of the rules, and papers to print."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, FormField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from contest.questions.labels import kind_names
from contest.quiz import labels
from contest.quiz.domain.policy import MAX_MINUTES, MAX_TOLERANCE_SECONDS, MAX_TRIES
from contest.quiz.services.printing import MOST_CODE, MOST_CODES, Wish
from contest.web.forms import BaseForm, RowForm, RowList
from question_bank.blueprint import Repeats
from question_bank.kinds import kinds

BLANK_ROWS = 6
MAX_ROWS = 60
MAX_SECTIONS = 6
BLANK_SECTIONS = 3


class AttemptsForm(BaseForm):
    """How often, how long, what counts, what is shown."""

    minutes = IntegerField(
        lazy_gettext("Time allowed, in minutes"),
        [InputRequired(lazy_gettext("Say how many minutes.")), NumberRange(1, MAX_MINUTES)],
    )
    tries = IntegerField(lazy_gettext("Number of attempts (empty: no limit)"), [Optional(), NumberRange(1, MAX_TRIES)])
    span = SelectField(
        lazy_gettext("Counted over"), choices=[SelectChoice(span.value, words) for span, words in labels.SPANS.items()]
    )
    counted = SelectField(
        lazy_gettext("Which attempt counts"),
        choices=[SelectChoice(item.value, words) for item, words in labels.COUNTED.items()],
    )
    result_time = SelectField(
        lazy_gettext("The score is shown"),
        choices=[SelectChoice(item.value, words) for item, words in labels.RESULT_TIMES.items()],
    )
    key_time = SelectField(
        lazy_gettext("Right answers"),
        choices=[SelectChoice(item.value, words) for item, words in labels.KEY_TIMES.items()],
    )
    tolerance_seconds = IntegerField(
        lazy_gettext("Seconds that an answer may arrive late"),
        [InputRequired(lazy_gettext("Say how many seconds; 0 is allowed.")), NumberRange(0, MAX_TOLERANCE_SECONDS)],
    )


class PaperRowForm(RowForm):
    """One line of the blueprint; a line without a number is left out."""

    topic = StringField(lazy_gettext("Topic (empty: any)"), [Length(max=200)])
    difficulty = SelectField(
        lazy_gettext("Difficulty"),
        choices=[
            SelectChoice("", lazy_gettext("any")),
            *(SelectChoice(str(level), str(level)) for level in range(1, 6)),
        ],
    )
    kind = SelectField(lazy_gettext("Kind"))
    count = IntegerField(lazy_gettext("Questions"), [Optional(), NumberRange(0, 500)])
    points = StringField(lazy_gettext("Points each (empty: the question's own)"))
    section = SelectField(
        lazy_gettext("Section"),
        choices=[
            SelectChoice("", "–"),
            *(SelectChoice(str(number), str(number)) for number in range(1, MAX_SECTIONS + 1)),
        ],
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        """Offer the kinds that papers draw."""
        super().__init__(*args, **values)
        names = kind_names()
        drawn = [SelectChoice(kind.code, names[kind.code]) for kind in kinds() if kind.is_drawn]
        self.kind.choices = [SelectChoice("", lazy_gettext("any")), *drawn]


class PaperSectionForm(RowForm):
    """One section of the paper; one without words is left out."""

    title = StringField(lazy_gettext("Title"), [Length(max=120)])
    instructions = StringField(lazy_gettext("Instructions"), [Length(max=500)])


class PaperForm(BaseForm):
    """The blueprint: how many questions of which topic, difficulty and kind, in which sections."""

    rows = RowList(FormField(PaperRowForm), max_entries=MAX_ROWS)
    sections = RowList(FormField(PaperSectionForm), max_entries=MAX_SECTIONS)
    repeats = SelectField(
        lazy_gettext("Questions that a person met on an earlier paper"),
        choices=[SelectChoice(item.value, words) for item, words in labels.REPEATS.items()],
        default=Repeats.ALLOWED.value,
    )


class PredictionForm(BaseForm):
    """The prediction question."""

    is_asked = BooleanField(lazy_gettext("Ask a prediction question"))
    target = SelectField(
        lazy_gettext("What is predicted"),
        choices=[SelectChoice(target.value, words) for target, words in labels.TARGETS.items()],
    )
    question = TextAreaField(lazy_gettext("Wording of the question"), [Length(max=500)])


class PrintForm(BaseForm):
    """Which papers are printed for a round, and with what."""

    round_id = SelectField(lazy_gettext("Round"), coerce=int)
    codes = IntegerField(
        lazy_gettext("Number of papers, each with its own code"),
        [InputRequired(lazy_gettext("Say how many papers.")), NumberRange(1, MOST_CODES)],
        default=4,
    )
    first_code = IntegerField(
        lazy_gettext("First code"),
        [InputRequired(lazy_gettext("Say which code comes first.")), NumberRange(1, MOST_CODE)],
        default=101,
    )
    is_same = BooleanField(lazy_gettext("The same questions on every paper, in another order"), default=True)
    is_explained = BooleanField(lazy_gettext("Explanations and sources with the answers"))

    @property
    def wish(self) -> Wish:
        """What a form in order asks for."""
        return Wish(self.codes.data or 0, self.first_code.data or 0, self.is_same.data, self.is_explained.data)
