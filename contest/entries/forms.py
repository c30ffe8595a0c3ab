"""Forms of the section "forms" of the rules, of prompts and of handing in."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms import (
    BooleanField,
    FieldList,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from contest.entries.labels import FORMS
from contest.entries.services.drafts import QUESTIONS_MAX
from contest.web.forms import BaseForm

BLANK_QUESTIONS = 2
COMMITMENT_LENGTH = 2000


def _number(label: Any) -> IntegerField:
    return IntegerField(label, [InputRequired(lazy_gettext("Write a whole number."))])


class LimitsForm(BaseForm):
    """In which forms people may answer, and the limits of each."""

    forms = SelectMultipleField(
        lazy_gettext("People may answer with"),
        choices=[SelectChoice(form.value, words) for form, words in FORMS.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    words_max = _number(lazy_gettext("Most words of a text"))
    document_max_mb = _number(lazy_gettext("Largest document, in MB"))
    clip_min_seconds = _number(lazy_gettext("Shortest clip, in seconds"))
    clip_max_seconds = _number(lazy_gettext("Longest clip, in seconds"))
    clip_max_mb = _number(lazy_gettext("Largest clip, in MB"))
    width_min = _number(lazy_gettext("Least width of a video, in pixels"))
    height_min = _number(lazy_gettext("Least height of a video, in pixels"))
    commitment = TextAreaField(lazy_gettext("Commitment at the hand-in"), [Length(max=COMMITMENT_LENGTH)])


class PromptForm(BaseForm):
    """A prompt: a title, and its questions, of which blank ones are left out."""

    title = StringField(
        lazy_gettext("Title"), [InputRequired(lazy_gettext("Give the prompt a title.")), Length(max=300)]
    )
    questions = FieldList(
        TextAreaField(lazy_gettext("Question"), [Optional(), Length(max=4000)]), max_entries=QUESTIONS_MAX
    )

    @property
    def texts(self) -> list[str]:
        """The questions as they were typed, without stray space at their ends."""
        return [(text or "").strip() for text in self.questions.data]


class NewPromptForm(PromptForm):
    """A prompt that also says whose it is."""

    group = SelectField(lazy_gettext("Group"), coerce=int, render_kw={"lang": "vi"})


class HandInForm(BaseForm):
    """The commitment."""

    is_committed = BooleanField(lazy_gettext("I commit myself to this"))
