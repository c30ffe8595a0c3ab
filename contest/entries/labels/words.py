"""Words of prompts, drafts and versions."""

from typing import Any

from flask_babel import lazy_gettext

from contest.contests.models import Role
from contest.entries.domain.drafts import Missing
from contest.entries.domain.limits import AnswerForm
from contest.entries.domain.own import OwnState
from contest.entries.labels.files import fault_sentence
from contest.errors import DomainError
from contest.web.menu import MenuItem
from contest.web.words import sentence

ERRORS = {
    "committee_member": lazy_gettext("Members of the committee can't take part in their own contest."),
    "not_joined": lazy_gettext("Choose your group and unit first."),
    "round_not_open": lazy_gettext("This round is not open now."),
    "excluded": lazy_gettext("The committee has excluded you from this contest. Ask the committee for the reason."),
    "forms_missing": lazy_gettext("The rules are not in force yet, or say nothing about entries."),
    "prompt_missing": lazy_gettext("Choose a prompt"),
    "prompt_unknown": lazy_gettext("Choose one of the prompts of your group."),
    "answer_missing": lazy_gettext("Question %(question)s is not answered"),
    "form_barred": lazy_gettext("Question %(question)s: the rules do not allow this form of answer; choose another"),
    "words_exceeded": lazy_gettext("Question %(question)s: %(words)s words; the rules allow at most %(max)s"),
    "answer_file_missing": lazy_gettext("Question %(question)s: the file is missing"),
    "file_arriving": lazy_gettext("Question %(question)s: the file has not arrived in full yet"),
    "file_refused": lazy_gettext("Question %(question)s: %(reason)s"),
    "draft_conflict": lazy_gettext("This answer was changed on another device in the meantime. Compare both texts."),
    "text_too_long": lazy_gettext(
        "The text has more than %(max)s characters and was not saved. It stays on this device; shorten it."
    ),
    "commitment_missing": lazy_gettext("Tick the commitment: without it the entry can't be handed in."),
    "entry_incomplete": lazy_gettext("Something is still missing. See the list and put it right first."),
    "nothing_handed_in": lazy_gettext("Nothing is handed in at present, so there is nothing to withdraw."),
    "prompts_fixed": lazy_gettext("The round is released: its prompts can't be changed any more."),
    "too_many_prompts": lazy_gettext("A group has at most %(max)s prompts."),
    "questions_missing": lazy_gettext("Write at least one question."),
    "too_many_questions": lazy_gettext("A prompt has at most %(max)s questions."),
    "no_form_chosen": lazy_gettext("Allow at least one form of answer."),
    "number_out_of_range": lazy_gettext("Write a number from %(min)s to %(max)s."),
    "clip_length_reversed": lazy_gettext("The longest clip must be longer than the shortest."),
    "block_without_groups": lazy_gettext("Choose the groups for which this is to hold."),
    "block_as_for_all": lazy_gettext("Nothing here is otherwise than for all. Change something, or take it out."),
    "group_in_two_blocks": lazy_gettext("%(groups)s: chosen above already. Each group can be chosen once."),
    "commitment_text_missing": lazy_gettext("Write what people commit themselves to when they hand in."),
}

ACTS = {
    "prompt.added": lazy_gettext("Prompt added"),
    "prompt.changed": lazy_gettext("Prompt changed"),
    "prompt.moved": lazy_gettext("Prompt moved"),
    "prompt.removed": lazy_gettext("Prompt removed"),
}

FORMS = {
    AnswerForm.TEXT: lazy_gettext("Text written here"),
    AnswerForm.DOCUMENT: lazy_gettext("Document (PDF or Word)"),
    AnswerForm.VIDEO: lazy_gettext("Video clip"),
    AnswerForm.AUDIO: lazy_gettext("Sound recording"),
}

SHORT_FORMS = {
    AnswerForm.TEXT: lazy_gettext("Write"),
    AnswerForm.DOCUMENT: lazy_gettext("File"),
    AnswerForm.VIDEO: lazy_gettext("Video"),
    AnswerForm.AUDIO: lazy_gettext("Sound"),
}
ICONS = {
    AnswerForm.TEXT: "pencil",
    AnswerForm.DOCUMENT: "paperclip",
    AnswerForm.VIDEO: "video",
    AnswerForm.AUDIO: "microphone",
}

OWN_STATES = {
    OwnState.UPCOMING: (lazy_gettext("Opens soon"), "plain", "calendar-event"),
    OwnState.CANCELLED: (lazy_gettext("Cancelled"), "bad", "ban"),
    OwnState.NOT_BEGUN: (lazy_gettext("Not begun"), "plain", "pencil"),
    OwnState.DRAFT: (lazy_gettext("Draft, not handed in"), "wait", "hourglass"),
    OwnState.WITHDRAWN: (lazy_gettext("Withdrawn"), "wait", "arrow-back-up"),
    OwnState.HANDED_IN: (lazy_gettext("Handed in"), "ok", "circle-check"),
    OwnState.MISSED: (lazy_gettext("Nothing handed in"), "plain", "lock"),
    OwnState.UNREADABLE: (lazy_gettext("Can't be judged"), "bad", "alert-circle"),
    OwnState.JUDGING: (lazy_gettext("Being judged"), "info", "scale"),
    OwnState.PUBLISHED: (lazy_gettext("Published"), "cham", "rosette-discount-check"),
}
"""Word, tone and icon."""

MENU = (
    MenuItem(
        62,
        "entries.prompt_rounds",
        lazy_gettext("Prompts"),
        "book",
        frozenset({Role.ORGANIZER, Role.SECRETARY}),
    ),
)


def missing_sentence(missing: Missing) -> str:
    """What to do about it, for the list beside the draft."""
    values: dict[str, Any] = {"question": missing.question, **missing.values}
    if missing.code == "file_refused":
        values = {"question": missing.question, "reason": fault_sentence(values["fault"], values["values"])}
    return sentence(DomainError(missing.code, **values))
