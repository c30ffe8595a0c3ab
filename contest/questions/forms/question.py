"""The form of a question. What is wrong with it is said by `question_bank`, beside the field."""

from collections.abc import Container
from dataclasses import replace
from functools import cache, partial
from typing import Any, cast

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from contest.questions.labels import DIFFICULTIES, in_words, problem_words
from contest.web.forms import BaseForm
from question_bank.editing import MARKED, MARKS, Cell, Column, Row, Setting
from question_bank.formats.base import LONGEST_CODE
from question_bank.kinds import Kind, kind_of
from question_bank.kinds.options import LETTERS
from question_bank.points import points_in, points_text
from question_bank.question import Question, Value
from question_bank.text import clean
from question_bank.validation import problems_in
from question_bank.words import FALSE, TRUE

# What is wrong with the answers as a whole stands above their table.
_TABLE = "right"
ONE_LINE = 200


class QuestionForm(BaseForm):
    """A question of one kind: `form_of` adds the fields of its table of answers and of its settings.

    The cells of column `options` are the fields `options_0`, `options_1`, …; a column of marks is the field `right`
    with the letters of the marked rows. `rows` says how many rows show.
    """

    KIND: Kind

    code = StringField(_("Code"), [InputRequired(_("Write the code of the question.")), Length(max=LONGEST_CODE)])
    topic = StringField(_("Topic"))
    difficulty = SelectField(
        _("Difficulty"),
        choices=[SelectChoice(level, words) for level, words in DIFFICULTIES.items()],
        coerce=int,
        default=1,
    )
    points = StringField(_("Points"), default="1")
    tags = StringField(_("Tags"))
    text = TextAreaField(_("Question"))
    lock_order = BooleanField(_("Keep the options in this order on every paper"))
    right = SelectMultipleField(_("Right answer"), validate_choice=False)
    explanation = TextAreaField(_("Explanation"))
    source = TextAreaField(_("Source"))
    rows = IntegerField(default=0)
    add_row = SubmitField(_("Add a row"))
    preview = SubmitField(_("Preview"))
    media: Container[str] | None = None
    """Digests of the pictures and sounds that the question may show; None asks nothing about them."""

    def __init__(self, revised: Question | None = None, **values: Any) -> None:
        """A form for a new question, or filled with the question that is `revised`."""
        super().__init__(**(_typed(revised) if revised else {}), **values)
        self._base = revised or Question(self.KIND.code, "", (), None, "", 1, "", "")
        if revised is not None:
            del self.code
        if not self.KIND.has_order:
            del self.lock_order
        table = self.KIND.table
        if table is not None:
            filled = [index + 1 for index, row in enumerate(self._rows()) if any(row)]
            self.shown = min(table.most, max(self.rows.data or 0, table.least, *filled, 0))

    def cell(self, column: Column, row: int) -> Field:
        """The field of a cell; marks are not fields of their own."""
        return cast("Field", self[f"{column.name}_{row}"])

    def show_more_rows(self) -> None:
        """Offer one row more; what was typed stays."""
        if self.KIND.table is not None:
            self.shown = min(self.KIND.table.most, self.shown + 1)

    def question(self) -> Question:
        """What was typed. What the form doesn't ask for stays as it was."""
        written = replace(
            self._base,
            text=clean(self.text.data or ""),
            topic=clean(self.topic.data or ""),
            difficulty=self.difficulty.data or 0,
            points=(points_in(self.points.data) or 0) if self.points.data else self._base.points,
            explanation=clean(self.explanation.data or ""),
            source=clean(self.source.data or ""),
            lock_order=bool(self.lock_order and self.lock_order.data),
            tags=tuple(dict.fromkeys(filter(None, map(clean, (self.tags.data or "").split(","))))),
        )
        decided = {each.code: _decided(each, self[f"setting_{each.code}"].data) for each in self.KIND.settings}
        written = self.KIND.with_settings(written, decided)
        return self.KIND.with_rows(written, self._rows()) if self.KIND.table else written

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the question may be used; each problem stands on its field."""
        is_valid: bool = super().validate(extra_validators)
        problems = problems_in(self.question(), self.media)
        for problem in problems:
            place = self._place(problem.field)
            if place is None:
                self.form_errors.append(problem_words(problem))
            else:
                place.errors = [*place.errors, problem_words(problem)]
        return is_valid and not problems

    def _place(self, field: str) -> Field | None:
        name = "tags" if field.startswith("tags.") else field.replace("settings.", "setting_").replace(".", "_")
        table = self.KIND.table
        if table and name in {"key", *(column.name for column in table.columns)}:
            name = _TABLE
        return cast("Field | None", self._fields.get(name))

    def _rows(self) -> list[Row]:
        table, marked = self.KIND.table, set(self.right.data or ())
        if table is None:
            return []
        return [
            tuple(
                (MARKED if LETTERS[index] in marked else "")
                if column.cell in MARKS
                else clean(self.cell(column, index).data or "")
                for column in table.columns
            )
            for index in range(table.most)
        ]


@cache
def form_of(kind: Kind) -> type[QuestionForm]:
    """The form for questions of a kind."""
    fields: dict[str, Any] = {"KIND": kind}
    table = kind.table
    for column in table.columns if table else ():
        if column.cell not in MARKS:
            for index in range(table.most if table else 0):
                fields[f"{column.name}_{index}"] = _cell_field(column, table.row_name(index) if table else "")
    fields |= {f"setting_{setting.code}": _setting_field(setting) for setting in kind.settings}
    return type("QuestionForm", (QuestionForm,), fields)


def _cell_field(column: Column, row_name: str) -> Any:
    label = _("%(column)s %(row)s", column=LazyString(lambda: in_words(column.title)), row=row_name)
    if column.cell is Cell.TRUE_FALSE:
        words = [("true", TRUE), ("false", FALSE)]
        choices = [SelectChoice(value, LazyString(partial(in_words, title))) for value, title in words]
        return RadioField(label, choices=choices, validate_choice=False)
    return TextAreaField(label)


def _setting_field(setting: Setting) -> Any:
    label = LazyString(lambda: in_words(setting.title))
    if setting.choices:
        choices = [SelectChoice(value, LazyString(partial(in_words, title))) for value, title in setting.choices]
        return SelectField(label, choices=choices, default=setting.default)
    if isinstance(setting.default, bool):
        return BooleanField(label, default=setting.default)
    if isinstance(setting.default, int):
        return IntegerField(label, [Optional(), NumberRange(0, setting.most)], default=setting.default)
    field = TextAreaField if setting.most > ONE_LINE else StringField
    return field(label, [Length(max=setting.most or ONE_LINE)], default=str(setting.default or ""))


def _decided(setting: Setting, data: Any) -> Value:
    """What is left empty is as it is by default."""
    return setting.default if data is None else clean(data) if isinstance(data, str) else data


def _typed(question: Question) -> dict[str, Any]:
    """A question as the values of its form."""
    kind = kind_of(question.kind)
    typed: dict[str, Any] = {
        "text": question.text,
        "topic": question.topic,
        "difficulty": question.difficulty,
        "points": points_text(question.points),
        "tags": ", ".join(question.tags),
        "lock_order": question.lock_order,
        "explanation": question.explanation,
        "source": question.source,
        "right": [],
        **{f"setting_{setting.code}": kind.setting(question, setting.code) for setting in kind.settings},
    }
    for index, row in enumerate(kind.rows(question)):
        for column, cell in zip(kind.table.columns if kind.table else (), row, strict=True):
            if column.cell not in MARKS:
                typed[f"{column.name}_{index}"] = cell
            elif cell:
                typed["right"].append(LETTERS[index])
    return typed
