"""The small forms of the question desk: banks, topics, review, files."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from contest.web.forms import BaseForm

TOP = 0
MOST_CODES = 1000


class BankForm(BaseForm):
    """A bank: its name and the rounds that draw from it."""

    name = StringField(_("Name of the bank"), [InputRequired(_("Write the name of the bank.")), Length(max=120)])
    rounds = SelectMultipleField(
        _("Rounds that draw from it"), coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )


class CopyForm(BaseForm):
    """Who takes the copies over, and in which bank."""

    receiver = SelectField(_("Question setter who takes them over"), coerce=str)
    name = StringField(_("Bank there"), [InputRequired(_("Write the name of the bank.")), Length(max=120)])


class LimitsForm(BaseForm):
    """What papers owe a question."""

    is_compulsory = BooleanField(_("On every paper"))
    is_alone = BooleanField(_("Take it out of this group"))
    beside = StringField(_("Never on one paper with the questions of these codes"), [Length(max=MOST_CODES)])

    @property
    def codes(self) -> list[str]:
        """The codes that were typed, with commas or semicolons between them."""
        parts = (self.beside.data or "").replace(";", ",").split(",")
        return [code.strip() for code in parts if code.strip()]


class TopicForm(BaseForm):
    """A topic's name and place."""

    name = StringField(
        _("Name of the topic"),
        [InputRequired(_("Write the name of the topic.")), Length(max=120)],
    )
    parent = SelectField(_("Stands below"), coerce=int, default=TOP)

    @property
    def parent_id(self) -> int | None:
        """The topic above; None at the top of the tree."""
        return self.parent.data or None


class MergeForm(BaseForm):
    """The topic that takes the questions of another one over."""

    into = SelectField(_("Give its questions to"), coerce=int)


class ReviewForm(BaseForm):
    """What is said about a question, and the digest of the content that was looked at."""

    note = TextAreaField(_("Note"), [Length(max=2000)])
    digest = HiddenField()


class RetireForm(BaseForm):
    """Why questions are taken out of use."""

    note = TextAreaField(_("Reason"), [Length(max=2000)])


class ImportForm(BaseForm):
    """A file of questions."""

    is_too_large = False
    file = FileField(_("File"), [FileRequired(_("Choose a file."))])


class TakeForm(BaseForm):
    """What becomes of an import that was read: `act` is all, good or none."""

    clashes = RadioField(
        _("Questions whose codes are taken"),
        choices=[
            SelectChoice("leave", _("Leave them out")),
            SelectChoice("rename", _("Take them under new codes")),
        ],
        default="leave",
    )
    act = HiddenField()


class MediumForm(BaseForm):
    """A picture or sound for the questions of a bank."""

    file = FileField(_("Picture or sound"), [FileRequired(_("Choose a file."))])
    name = StringField(_("Description"), [InputRequired(_("Describe what is seen or heard.")), Length(max=200)])


class BulkForm(BaseForm):
    """Ticked questions, each as `id:digest`, so that only what was looked at is approved."""

    questions = SelectMultipleField(validate_choice=False)

    @property
    def digests(self) -> dict[int, str]:
        """Ids and digests of what was ticked; what is malformed is dropped."""
        pairs = (value.partition(":") for value in self.questions.data or ())
        return {int(id_): digest for id_, _, digest in pairs if id_.isdecimal()}
