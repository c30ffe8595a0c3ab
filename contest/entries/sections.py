"""The section "forms" of the rules: read, checked and put into sentences here, where it is executed."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import get_locale, gettext, lazy_gettext
from markupsafe import Markup

from contest.contests.domain import RuleLine
from contest.contests.models import RoundKind
from contest.entries.domain.limits import (
    BOUNDS,
    CLIPS,
    FILES,
    AnswerForm,
    Limits,
    blocks_of,
    default_limits,
    in_block,
    read_limits,
)
from contest.entries.forms import BLOCKS_MAX, BlockForm, LimitsForm
from contest.entries.labels import FORMS
from contest.entries.labels.files import length_words, size_words
from contest.errors import DomainError
from contest.i18n import nfc, show_number
from contest.web.content import content, worded


class FormsSection:
    """In which form people answer, how long and how large an answer may be, what they commit themselves to.

    Blocks say what is otherwise for some groups of the contest.
    """

    code = "forms"
    kinds = frozenset({RoundKind.ENTRY.value})
    position = 12
    title = lazy_gettext("Entries")
    template = "entries/sections/forms.html"

    def default(self) -> dict[str, Any]:
        """Every form, 5,000 words, clips of 3 to 10 minutes."""
        return default_limits()

    def problems(self, value: Mapping[str, Any]) -> list[DomainError]:
        """No form, numbers out of their range, no commitment; blocks of no group, of one twice, or as for all."""
        problems = _problems_of_numbers(value, value, "")
        if not value["forms"]:
            problems.append(DomainError("no_form_chosen", field="forms"))
        if not value["commitment"].strip():
            problems.append(DomainError("commitment_text_missing", field="commitment"))
        blocks = blocks_of(value)
        for row, block in enumerate(blocks):
            problems += _problems_of_block(value, block, f"groups-{row}-", blocks[:row])
        return problems

    def lines(self, value: Mapping[str, Any]) -> list[RuleLine]:
        """Forms, the limits of each that is allowed, how often one may hand in, what stays visible, the commitment."""
        limits = read_limits(value)
        of_blocks = [(block["groups"], read_limits(in_block(value, block))) for block in blocks_of(value)]
        somewhere = limits.forms.union(*(each.forms for _groups, each in of_blocks))
        forms = gettext("Each question is answered in one of these forms.")
        return [
            RuleLine("pencil", gettext("Forms of answer"), _form_words(limits), forms),
            *_lines_of_limits(limits),
            *(_line_of_block(groups, each, limits) for groups, each in of_blocks),
            *_lines_of_handing_in(somewhere, limits.commitment),
        ]

    def form(self, value: Mapping[str, Any] | None) -> LimitsForm:
        """The form of this section, with one blank block."""
        if value is None:
            return LimitsForm()
        blocks = [{**block, "groups": list(block["groups"])} for block in blocks_of(value)]
        return LimitsForm(data={**value, "groups": [*blocks, {}][:BLOCKS_MAX]})

    def value(self, form: LimitsForm) -> dict[str, Any]:
        """What the form says. Without a block it is stored as before there were any."""
        value = {
            "forms": list(form.forms.data or []),
            **{name: form[name].data for name in BOUNDS},
            "commitment": nfc(form.commitment.data or ""),
        }
        blocks = [_block(row.form, form.group_names) for row in form.groups if not row.form.is_empty]
        return {**value, "groups": blocks} if blocks else value


def _block(form: BlockForm, names: Mapping[str, str]) -> dict[str, Any]:
    """Only what is otherwise; the groups by their codes, with the names that are printed."""
    said: dict[str, Any] = {"groups": {code: names[code] for code in form.groups.data or () if code in names}}
    if form.forms.data:
        said["forms"] = list(form.forms.data)
    return said | {name: form[name].data for name in BOUNDS if form[name].data is not None}


def _problems_of_numbers(said: Mapping[str, Any], whole: Mapping[str, Any], prefix: str) -> list[DomainError]:
    """Of the numbers that are said here; `whole` has all that hold together with them."""
    problems = [
        DomainError("number_out_of_range", field=f"{prefix}{name}", min=least, max=most)
        for name, (least, most) in BOUNDS.items()
        if name in said and not least <= said[name] <= most
    ]
    is_length_said = "clip_min_seconds" in said or "clip_max_seconds" in said
    if is_length_said and whole["clip_max_seconds"] <= whole["clip_min_seconds"]:
        field = "clip_max_seconds" if "clip_max_seconds" in said else "clip_min_seconds"
        problems.append(DomainError("clip_length_reversed", field=f"{prefix}{field}"))
    return problems


def _problems_of_block(
    value: Mapping[str, Any], block: Mapping[str, Any], prefix: str, before: Sequence[Mapping[str, Any]]
) -> list[DomainError]:
    whole = in_block(value, block)
    problems = _problems_of_numbers(block, whole, prefix)
    if not block["groups"]:
        problems.append(DomainError("block_without_groups", field=f"{prefix}groups"))
    elif whole == value:
        problems.append(DomainError("block_as_for_all", field=f"{prefix}forms"))
    twice = [name for code, name in block["groups"].items() if any(code in other["groups"] for other in before)]
    if twice:
        problems.append(DomainError("group_in_two_blocks", field=f"{prefix}groups", groups=", ".join(twice)))
    return problems


def _form_words(limits: Limits) -> str:
    return " · ".join(str(words) for form, words in FORMS.items() if form in limits.forms)


def _lines_of_limits(limits: Limits) -> list[RuleLine]:
    """The limits of each form that is allowed."""
    lines = []
    if AnswerForm.TEXT in limits.forms or AnswerForm.DOCUMENT in limits.forms:
        lines.append(_line_of_words(limits))
    if AnswerForm.DOCUMENT in limits.forms:
        lines.append(_line_of_documents(limits))
    if limits.forms & CLIPS:
        lines.append(_line_of_clips(limits))
    return lines


def _line_of_block(groups: Mapping[str, str], limits: Limits, for_all: Limits) -> RuleLine:
    """The forms of these groups, and whatever else is printed otherwise than for all."""
    names = Markup(", ").join(content(name) for name in groups.values())
    known = _lines_of_limits(for_all)
    others = [f"{line.term}: {line.answer}. {line.condition}" for line in _lines_of_limits(limits) if line not in known]
    rest = " ".join([*others, gettext("Everything else is as for all.")])
    return RuleLine("users", worded(gettext("For %(groups)s only"), groups=names), _form_words(limits), rest)


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


def _lines_of_handing_in(forms: frozenset[AnswerForm], commitment: str) -> list[RuleLine]:
    seen = gettext("Judges see a code in place of name, school and unit.")
    kept = gettext("Every version is kept. Whoever withdraws an entry can hand in again until the round closes.")
    refused = gettext("A version with a file that is refused does not count; the one handed in before it does.")
    limit = gettext("Judges see clips as they are: what a clip itself shows or says can reveal who made it.")
    return [
        RuleLine(
            "repeat",
            gettext("Handing in"),
            gettext("As often as you like until the round closes; the last version counts"),
            " ".join([kept, refused] if forms & FILES else [kept]),
        ),
        RuleLine("eye-off", gettext("Judged without names"), seen, limit if forms & CLIPS else ""),
        RuleLine("shield-check", gettext("Commitment"), content(commitment)),
    ]


SECTIONS = (FormsSection(),)
