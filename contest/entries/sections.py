"""The section "forms" of the rules: read, checked and put into sentences here, where it is executed."""

from collections.abc import Mapping
from typing import Any

from flask_babel import get_locale, gettext, lazy_gettext

from contest.contests.domain import RuleLine
from contest.contests.models import RoundKind
from contest.entries.domain.limits import BOUNDS, CLIPS, FILES, AnswerForm, Limits, default_limits, read_limits
from contest.entries.forms import LimitsForm
from contest.entries.labels import FORMS
from contest.entries.labels.files import length_words, size_words
from contest.errors import DomainError
from contest.i18n import nfc, show_number
from contest.web.content import content


class FormsSection:
    """In which form people answer, how long and how large an answer may be, what they commit themselves to."""

    code = "forms"
    kinds = frozenset({RoundKind.ENTRY.value})
    position = 12
    title = lazy_gettext("Entries")
    template = "entries/sections/forms.html"

    def default(self) -> dict[str, Any]:
        """Every form, 5,000 words, clips of 3 to 10 minutes."""
        return default_limits()

    def problems(self, value: Mapping[str, Any]) -> list[DomainError]:
        """No form, numbers out of their range, no commitment."""
        problems = [
            DomainError("number_out_of_range", field=name, min=least, max=most)
            for name, (least, most) in BOUNDS.items()
            if not least <= value[name] <= most
        ]
        if not value["forms"]:
            problems.append(DomainError("no_form_chosen", field="forms"))
        if value["clip_max_seconds"] <= value["clip_min_seconds"]:
            problems.append(DomainError("clip_length_reversed", field="clip_max_seconds"))
        if not value["commitment"].strip():
            problems.append(DomainError("commitment_text_missing", field="commitment"))
        return problems

    def lines(self, value: Mapping[str, Any]) -> list[RuleLine]:
        """Forms, the limits of each that is allowed, how often one may hand in, what stays visible, the commitment."""
        limits = read_limits(value)
        lines = [
            RuleLine(
                "pencil",
                gettext("Forms of answer"),
                " · ".join(str(words) for form, words in FORMS.items() if form in limits.forms),
                gettext("Each question is answered in one of these forms."),
            )
        ]
        if AnswerForm.TEXT in limits.forms or AnswerForm.DOCUMENT in limits.forms:
            lines.append(_line_of_words(limits))
        if AnswerForm.DOCUMENT in limits.forms:
            lines.append(_line_of_documents(limits))
        if limits.forms & CLIPS:
            lines.append(_line_of_clips(limits))
        return [*lines, *_lines_of_handing_in(limits)]

    def form(self, value: Mapping[str, Any] | None) -> LimitsForm:
        """The form of this section."""
        return LimitsForm(data=value) if value is not None else LimitsForm()

    def value(self, form: LimitsForm) -> dict[str, Any]:
        """What the form says."""
        return {
            "forms": list(form.forms.data or []),
            **{name: form[name].data for name in BOUNDS},
            "commitment": nfc(form.commitment.data or ""),
        }


def _line_of_words(limits: Limits) -> RuleLine:
    count = show_number(limits.words_max, get_locale().language)
    return RuleLine(
        "file-text",
        gettext("Length of a text"),
        gettext("At most %(count)s words for each question", count=count),
        gettext("Words are counted between spaces, so each syllable written apart is one."),
    )


def _line_of_documents(limits: Limits) -> RuleLine:
    return RuleLine(
        "paperclip",
        gettext("Documents"),
        gettext("At most %(size)s", size=size_words(limits.document_max_bytes)),
        gettext("PDF or Word (.docx). Put pictures of pages written by hand into one PDF."),
    )


def _line_of_clips(limits: Limits) -> RuleLine:
    span = gettext(
        "From %(least)s to %(most)s",
        least=length_words(limits.clip_min_ms),
        most=length_words(limits.clip_max_ms),
    )
    frame = (
        gettext("Video from %(width)s × %(height)s pixels.", width=limits.width_min, height=limits.height_min)
        if AnswerForm.VIDEO in limits.forms
        else ""
    )
    size = gettext("A file has at most %(size)s.", size=size_words(limits.clip_max_bytes))
    return RuleLine("video", gettext("Clips"), span, " ".join(part for part in (frame, size) if part))


def _lines_of_handing_in(limits: Limits) -> list[RuleLine]:
    seen = gettext("Judges see a code in place of name, school and unit.")
    kept = gettext("Every version is kept. Whoever withdraws an entry can hand in again until the round closes.")
    refused = gettext("A version with a file that is refused does not count; the one handed in before it does.")
    limit = gettext("Judges see clips as they are: what a clip itself shows or says can reveal who made it.")
    return [
        RuleLine(
            "repeat",
            gettext("Handing in"),
            gettext("As often as you like until the round closes; the last version counts"),
            " ".join([kept, refused] if limits.forms & FILES else [kept]),
        ),
        RuleLine("eye-off", gettext("Judged without names"), seen, limit if limits.forms & CLIPS else ""),
        RuleLine("shield-check", gettext("Commitment"), content(limits.commitment)),
    ]


SECTIONS = (FormsSection(),)
