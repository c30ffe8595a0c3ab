"""Forms of the section "forms" of the rules, of prompts and of handing in."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from contest.entries.domain.limits import BOUNDS
from contest.entries.labels import FORMS
from contest.entries.services.drafts import QUESTIONS_MAX
from contest.web.content import content
from contest.web.forms import BaseForm, RowForm

BLANK_QUESTIONS = 2
COMMITMENT_LENGTH = 2000
BLOCKS_MAX = 50


NUMBERS = {
    "words_max": lazy_gettext("Most words of a text"),
    "document_max_mb": lazy_gettext("Largest document, in MB"),
    "clip_min_seconds": lazy_gettext("Shortest clip, in seconds"),
    "clip_max_seconds": lazy_gettext("Longest clip, in seconds"),
    "clip_max_mb": lazy_gettext("Largest clip, in MB"),
    "width_min": lazy_gettext("Least width of a video, in pixels"),
    "height_min": lazy_gettext("Least height of a video, in pixels"),
}


def _number(name: str) -> IntegerField:
    return IntegerField(NUMBERS[name], [InputRequired(lazy_gettext("Write a whole number."))])


def _number_if_other(name: str) -> IntegerField:
    return IntegerField(NUMBERS[name], [Optional()])


def _boxes(label: Any, choices: list[SelectChoice]) -> SelectMultipleField:
    return SelectMultipleField(
        label, choices=choices, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


def _is_said(number: IntegerField) -> bool:
    return number.data is not None or any(number.raw_data or ())


ALL_FORMS = [SelectChoice(form.value, words) for form, words in FORMS.items()]


class BlockForm(RowForm):
    """What holds otherwise for some groups; what is left empty is as for all, and an empty block is left out."""

    groups = _boxes(lazy_gettext("These groups"), [])
    forms = _boxes(lazy_gettext("They may answer with"), ALL_FORMS)
    words_max = _number_if_other("words_max")
    document_max_mb = _number_if_other("document_max_mb")
    clip_min_seconds = _number_if_other("clip_min_seconds")
    clip_max_seconds = _number_if_other("clip_max_seconds")
    clip_max_mb = _number_if_other("clip_max_mb")
    width_min = _number_if_other("width_min")
    height_min = _number_if_other("height_min")
    is_removed = BooleanField(lazy_gettext("Take this out again: the same as for all"))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return not (self.groups.data or self.forms.data or any(_is_said(self[name]) for name in BOUNDS))


class LimitsForm(BaseForm):
    """In which forms people may answer, and the limits of each; blocks for some groups, empty ones last."""

    forms = _boxes(lazy_gettext("People may answer with"), ALL_FORMS)
    words_max = _number("words_max")
    document_max_mb = _number("document_max_mb")
    clip_min_seconds = _number("clip_min_seconds")
    clip_max_seconds = _number("clip_max_seconds")
    clip_max_mb = _number("clip_max_mb")
    width_min = _number("width_min")
    height_min = _number("height_min")
    commitment = TextAreaField(lazy_gettext("Commitment at the hand-in"), [Length(max=COMMITMENT_LENGTH)])
    groups = FieldList(FormField(BlockForm), lazy_gettext("For some groups otherwise"), max_entries=BLOCKS_MAX)
    group_names: Mapping[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = [row for row in self.groups.entries if not row.form.is_removed.data]
        self.groups.entries = sorted(kept, key=lambda row: row.form.is_empty)

    def suit(self, kinds: frozenset[str], groups: Mapping[str, str]) -> None:  # noqa: ARG002
        """Offer the groups of the contest."""
        self.group_names = groups
        for row in self.groups:
            row.form.groups.choices = [SelectChoice(code, content(name)) for code, name in groups.items()]


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
