"""Forms of the question desk. What is wrong with a question is said by `question_bank`, beside the field."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from contest.questions.labels import DIFFICULTIES, problem_words
from contest.web.forms import BaseForm
from question_bank.formats.base import LONGEST_CODE
from question_bank.kinds.options import LETTERS
from question_bank.question import Option, Question, Value
from question_bank.text import clean
from question_bank.validation import problems_in

FIRST_ROWS = 4
_PLACES = {"options": "right", "key": "right"}


class BankForm(BaseForm):
    """A bank: its name and the rounds that draw from it."""

    name = StringField(_("Name of the bank"), [InputRequired(_("Write the name of the bank.")), Length(max=120)])
    rounds = SelectMultipleField(
        _("Rounds that draw from it"), coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )


class QuestionForm(BaseForm):
    """A question of one kind. The option rows are the fields `option_0` … `option_9`; `rows` says how many show."""

    code = StringField(_("Code"), [InputRequired(_("Write the code of the question.")), Length(max=LONGEST_CODE)])
    topic = StringField(_("Topic"))
    difficulty = SelectField(
        _("Difficulty"),
        choices=[SelectChoice(level, words) for level, words in DIFFICULTIES.items()],
        coerce=int,
        default=1,
    )
    text = TextAreaField(_("Question"))
    lock_order = BooleanField(_("Keep the options in this order on every paper"))
    right = SelectMultipleField(_("Right answer"), validate_choice=False)
    explanation = TextAreaField(_("Explanation"))
    source = TextAreaField(_("Source"))
    rows = IntegerField(default=FIRST_ROWS)
    add_row = SubmitField(_("Add an option"))

    def __init__(self, kind: str, revised: Question | None = None, **values: Any) -> None:
        """A form for a new question of a kind, or filled with the question that is `revised`."""
        super().__init__(**(_typed(revised) if revised else {}), **values)
        self._base = revised or Question(kind, "", (), None, "", 1, "", "")
        if revised is not None:
            del self.code
        filled = [index for index, field in enumerate(self.options) if field.data]
        self.shown = min(len(LETTERS), max(self.rows.data or FIRST_ROWS, *(index + 1 for index in filled), 2))

    @property
    def kind(self) -> str:
        """The kind of question that is written."""
        return self._base.kind

    @property
    def options(self) -> Sequence[Field]:
        """The fields of all options."""
        return [self[f"option_{index}"] for index in range(len(LETTERS))]

    def show_more_rows(self) -> None:
        """Offer one option more; what was typed stays."""
        self.shown = min(len(LETTERS), self.shown + 1)

    def question(self) -> Question:
        """What was typed. What the form doesn't ask for stays as it was."""
        return replace(
            self._base,
            text=clean(self.text.data or ""),
            options=self._options(),
            key=self._key(),
            topic=clean(self.topic.data or ""),
            difficulty=self.difficulty.data or 0,
            explanation=clean(self.explanation.data or ""),
            source=clean(self.source.data or ""),
            lock_order=bool(self.lock_order.data),
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the question may be used; each problem stands on its field."""
        is_valid: bool = super().validate(extra_validators)
        problems = problems_in(self.question())
        for problem in problems:
            name = _PLACES.get(problem.field, problem.field.replace("options.", "option_"))
            place = self._fields.get(name)
            if place is None:
                self.form_errors.append(problem_words(problem))
            else:
                place.errors = [*place.errors, problem_words(problem)]
        return is_valid and not problems

    def _options(self) -> tuple[Option, ...]:
        if self.kind == "true_false":
            return ()
        texts = [clean(field.data or "") for field in self.options]
        while texts and not texts[-1]:
            texts.pop()
        return tuple(Option(letter, text) for letter, text in zip(LETTERS, texts, strict=False))

    def _key(self) -> Value:
        right = tuple(self.right.data or ())
        if self.kind == "true_false":
            return {"true": True, "false": False}.get(right[0]) if right else None
        return right[0] if self.kind == "single" and len(right) == 1 else right


for _index, _letter in enumerate(LETTERS):
    setattr(QuestionForm, f"option_{_index}", TextAreaField(_("Option %(letter)s", letter=_letter.upper())))


class ReviewForm(BaseForm):
    """What is said about a question, and the digest of the content that was looked at."""

    note = TextAreaField(_("Note"), [Length(max=2000)])
    digest = HiddenField()


class RetireForm(BaseForm):
    """Why questions are taken out of use."""

    note = TextAreaField(_("Reason"), [Length(max=2000)])


class ImportForm(BaseForm):
    """A file of questions."""

    file = FileField(_("File"))


class BulkForm(BaseForm):
    """Ticked questions, each as `id:digest`, so that only what was looked at is approved."""

    questions = SelectMultipleField(validate_choice=False)

    @property
    def digests(self) -> dict[int, str]:
        """Ids and digests of what was ticked; what is malformed is dropped."""
        pairs = (value.partition(":") for value in self.questions.data or ())
        return {int(id_): digest for id_, _, digest in pairs if id_.isdecimal()}


def _typed(question: Question) -> dict[str, Any]:
    """A question as the form's values: options by their places, the key by the letters of these places."""
    letters = {option.id: letter for option, letter in zip(question.options, LETTERS, strict=False)}
    key = question.key
    if isinstance(key, bool):
        right = ["true" if key else "false"]
    else:
        right = [letters[str(id_)] for id_ in (key if isinstance(key, tuple) else (key,)) if id_ in letters]
    return {
        "text": question.text,
        "topic": question.topic,
        "difficulty": question.difficulty,
        "lock_order": question.lock_order,
        "explanation": question.explanation,
        "source": question.source,
        "right": right,
        **{f"option_{index}": option.text for index, option in enumerate(question.options)},
    }
