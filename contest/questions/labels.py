"""Words of the question desk."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from markupsafe import Markup

from contest.errors import DomainError
from contest.i18n import show_scaled
from contest.questions.hooks import Use
from contest.questions.models import ImportState, LookAct, QuestionState, Verdict
from contest.questions.policies import DESK
from contest.web.content import content, worded
from contest.web.menu import MenuItem
from contest.web.words import sentence as error_words
from question_bank.editing import Setting
from question_bank.kinds import kind_of, kinds
from question_bank.kinds.options import LETTERS, position_name
from question_bank.lint import Remark
from question_bank.problems import SENTENCES, Problem, sentence
from question_bank.question import Question, Value
from question_bank.words import FALSE, TRUE, Locale, Words

ERRORS = {
    "bank_name_taken": _("This contest already has a bank of this name."),
    "not_a_quiz_round": _("Choose from the quiz rounds of this contest."),
    "round_opened": _("%(round)s has already opened: its papers are drawn from the bank it has."),
    "code_taken": _("The code %(taken)s is already used in this bank."),
    "beside_unknown": _("There is no other question %(question)s in this bank."),
    "two_needed": _("Tick two questions at least."),
    "code_unreadable": _("The code holds characters that can't be shown. Type it again."),
    "question_faulty": _("The question still has faults. Open it, correct them and save it again."),
    "question_unchanged": _("Nothing was changed, so there is nothing to save."),
    "question_retired": _("Question %(question)s is retired."),
    "question_not_draft": _("Question %(question)s is not a draft, so it can't be sent to review."),
    "question_not_in_review": _("Question %(question)s does not wait for review any more."),
    "question_changed": _("Question %(question)s has been changed since you opened it. Read it again, then decide."),
    "own_question": _("Question %(question)s was written or last changed by you. Somebody else has to approve it."),
    "note_missing": _("Write the reason, so that the others understand it."),
    "file_faulty": _("The file has faults, so not all of it can be imported."),
    "import_settled": _("This import was decided on already."),
    "import_touched": _("Some of these questions were changed, sent to review or talked about meanwhile: they stay."),
    "imports_many": _("At most %(most)s files are kept at the same time. Decide on those that are there first."),
    "media_many": _("The file holds more than %(most)s new pictures and sounds. Divide it into several files."),
    "medium_broken": _(
        "A picture or sound of this question can't be used: it is broken, too large, or not PNG, JPEG, WebP, GIF, MP3,"
        " M4A or WAV. Put another one in its place."
    ),
    "file_too_large": _("The file is larger than %(most)s MB. Divide it into several files."),
    "medium_empty": _("The file is empty. Choose another one."),
    "medium_large": _("The file is larger than %(most)s MB. Make it smaller, or cut the sound into pieces."),
    "medium_form": _("This is neither a picture nor a sound. Upload PNG, JPEG, WebP or GIF, or MP3, M4A or WAV."),
    "medium_long": _("The sound lasts longer than %(most)s minutes. Cut it into pieces."),
    "medium_unreadable": _("The file can't be read. Save it again in the program that made it."),
    "medium_truncated": _("The file is incomplete: its end is missing. Copy it again from where it was made."),
    "medium_too_complex": _("The file is too complex to be opened. Save the picture smaller, or the sound as MP3."),
    "medium_no_room": _("There is no room left to store files. Tell the operator of this site."),
    "medium_in_use": _("The file is used in %(num)s questions (%(questions)s), so it stays."),
    "question_not_retired": _("Question %(question)s is not retired."),
    "remarks_open": _("Question %(question)s has open remarks of others. Settle them first, then approve."),
    "remark_settled": _("This remark is settled already."),
    "topic_taken": _("There is already a topic %(topic)s in this place."),
    "topic_too_deep": _("The tree has at most %(most)s levels."),
    "topic_below_itself": _("A topic can't go to itself or to a topic below it."),
    "topic_unchanged": _("Nothing was changed, so there is nothing to save."),
    "topic_mark": _("A slash between spaces parts the levels, so a name can't hold it."),
    "receiver_missing": _("Choose somebody who writes questions for that contest now."),
    "nothing_to_copy": _("There is nothing to copy: every question of the bank is retired."),
    "nothing_chosen": _("No question was chosen. Tick the questions first."),
}

ACTS = {
    "bank.created": _("Question bank created"),
    "bank.changed": _("Question bank changed"),
    "bank.assigned": _("Rounds of a question bank changed"),
    "bank.loaded": _("Question bank loaded"),
    "medium.added": _("Picture or sound uploaded"),
    "medium.removed": _("Picture or sound removed"),
    "question.written": _("Question written"),
    "question.revised": _("Question changed"),
    "question.limited": _("Place of a question on papers changed"),
    "question.sent": _("Question sent to review"),
    "question.approved": _("Question approved"),
    "question.returned": _("Question returned to its author"),
    "question.remarked": _("Remark on a question"),
    "question.retired": _("Question retired"),
    "question.taken_back": _("Question taken back from review"),
    "question.answered": _("Remark on a question answered"),
    "question.settled": _("Remark on a question settled"),
    "question.restored": _("Retired question brought back"),
    "questions.imported": _("Questions imported"),
    "questions.import_undone": _("Import of questions taken back"),
    "questions.copied": _("Questions copied to another contest"),
    "questions.received": _("Questions copied from another contest"),
    "topic.added": _("Topic added"),
    "topic.renamed": _("Topic renamed"),
    "topic.moved": _("Topic moved"),
    "topic.merged": _("Topics merged"),
}

MENU = (MenuItem(50, "banks.index", _("Question banks"), "database", frozenset(DESK)),)

STATES = {
    QuestionState.DRAFT: _("Draft"),
    QuestionState.IN_REVIEW: _("Awaiting approval"),
    QuestionState.APPROVED: _("Approved"),
    QuestionState.RETIRED: _("Retired"),
}

VERDICTS = {
    Verdict.SENT: _("sent to review"),
    Verdict.APPROVED: _("approved"),
    Verdict.RETURNED: _("returned"),
    Verdict.REMARK: _("remarked"),
    Verdict.TAKEN_BACK: _("taken back from review"),
    Verdict.ANSWER: _("answered"),
    Verdict.RETIRED: _("retired"),
    Verdict.RESTORED: _("brought back"),
}

LOOKS = {
    LookAct.FOUND: _("found in a list"),
    LookAct.SEEN: _("opened"),
    LookAct.PREVIEWED: _("previewed"),
    LookAct.PRINTED: _("printed"),
    LookAct.EXPORTED: _("exported"),
}

PARTS = {
    "kind": _("Kind"),
    "text": _("Question"),
    "options": _("Option"),
    "items": _("Item"),
    "key": _("Right answer"),
    "explanation": _("Explanation"),
    "source": _("Source"),
    "topic": _("Topic"),
    "difficulty": _("Difficulty"),
    "points": _("Points"),
    "lock_order": _("Options stay in this order"),
    "tags": _("Tags"),
    "settings": _("Setting"),
}

FINDINGS = {
    "near_duplicate": _("Nearly the same"),
    "differs_by_number": _("Differs in a number only"),
    "differs_by_negation": _("Differs by a negation only"),
    "option_needs_order": _("Option that needs its place"),
    "options_alike": _("Options all but equal"),
    "source_to_add": _("Source still missing"),
    "key_longest": _("Right answer much longer"),
    "picture_lost": _("Picture that is not in the bank"),
    "lookalike_letters": _("Letters of another alphabet"),
    "invisible_letters": _("Invisible characters"),
    "private_letters": _("Characters of one font"),
    "old_font": _("Old font"),
    "broken_encoding": _("Broken characters"),
    "explanation_missing": _("Explanation missing"),
}

IMPORT_STATES = {
    ImportState.READING: _("being read"),
    ImportState.UNUSABLE: _("can't be read"),
    ImportState.READ: _("waits for your decision"),
    ImportState.TAKEN: _("imported"),
    ImportState.UNDONE: _("taken back"),
}

FORMAT_NAMES = {
    ".xlsx": _("Excel, with the columns of the template"),
    ".docx": _("Word, to read and correct"),
    ".json": _("JSON, the whole of it"),
    ".csv": _("CSV, the columns of the template as text"),
    ".gift": _("GIFT, a text format of Moodle"),
    ".xml": _("Moodle XML"),
    ".aiken": _("Aiken, the plainest text format"),
    ".zip": _("QTI 2.1, a package for other systems"),
}

DIFFICULTIES = {
    1: _("1 – very easy"),
    2: _("2 – easy"),
    3: _("3 – medium"),
    4: _("4 – hard"),
    5: _("5 – very hard"),
}


def locale() -> Locale:
    """The reader's language, for the sentences that `question_bank` brings along."""
    chosen = get_locale()
    return cast("Locale", chosen.language if chosen else "vi")


def in_words(words: Words) -> str:
    """Words that `question_bank` brings along, in the reader's language."""
    return words.said(locale())


def kind_names() -> dict[str, str]:
    """By code, how the kinds of question are called."""
    return {kind.code: in_words(kind.name) for kind in kinds()}


def problem_words(problem: Problem) -> str:
    """What is wrong with a field of a question."""
    return sentence(problem.code, problem.values, locale())


def fault_words(told: Mapping[str, Any]) -> str:
    """What is wrong with a file at one place, or why it can't be used at all, as a report keeps it."""
    if told["code"] in SENTENCES:
        return sentence(told["code"], told["values"], locale())
    return error_words(DomainError(told["code"], **told["values"]))


def point_place(field: str, values: Mapping[str, Any]) -> str:
    """Where in a question something stands out, unless the sentence itself says it."""
    if "option" in values:
        return ""
    name, _dot, place = field.partition(".")
    return part_words(name) + (f" {position_name(int(place))}" if name == "options" and place else "")


def point_words(told: Mapping[str, Any]) -> str:
    """What stands out in a question, as a report keeps it."""
    if told.get("is_hidden"):
        return str(gettext("The bank already has a question that is much alike. Reviewers see both."))
    return Remark(told["code"], told["field"], told["values"]).sentence(locale())


def part_words(path: str, *contents: Mapping[str, Any]) -> str:
    """How a part of a question is called, by its path in the JSON form: options go by the letter of their place."""
    name, _dot, rest = path.partition(".")
    words = str(PARTS.get(name, name))
    place, _dot, detail = rest.partition(".")
    for written in contents if name == "options" else ():
        ids = [each["id"] for each in written["options"]]
        if place in ids:
            letter = LETTERS[ids.index(place)].upper()
            return f"{words} {letter}" + (f" ({detail})" if detail not in {"", "text"} else "")
    if name == "settings":
        titles = {setting.code: in_words(setting.title) for setting in kind_of(contents[0]["kind"]).settings}
        return titles.get(rest, f"{words} {rest}")
    return f"{words} {rest}".rstrip()


def piece_words(kind: str, path: str, text: str) -> str:
    """A piece of a part as people read it: levels, points and what was decided in words, the rest as it stands."""
    name, _dot, rest = path.partition(".")
    decided = {setting.code: setting for setting in kind_of(kind).settings}
    if name == "settings" and rest in decided:
        return setting_words(decided[rest], {"true": True, "false": False}.get(text, text))
    if name == "difficulty":
        return str(DIFFICULTIES.get(int(text), text))
    if name == "points":
        return show_scaled(int(text), 3, locale())
    if name == "kind":
        return kind_names().get(text, text)
    if name == "key" and text in {"true", "false"}:
        return in_words(TRUE if text == "true" else FALSE)
    return _yes_or_no(text == "true") if name == "lock_order" and text in {"true", "false"} else text


def setting_words(setting: Setting, value: Value) -> str:
    """What was decided about a question, as people read it."""
    if isinstance(value, bool):
        return _yes_or_no(value)
    choices = dict(setting.choices)
    return in_words(choices[value]) if isinstance(value, str) and value in choices else str(value)


def _yes_or_no(is_so: bool) -> str:
    return str(gettext("yes") if is_so else gettext("no"))


def decisions(question: Question) -> list[tuple[str, str]]:
    """Title and value of everything that was decided about a question; what is empty or without limit is left out."""
    kind = kind_of(question.kind)
    decided = [(setting, kind.setting(question, setting.code)) for setting in kind.settings]
    return [
        (in_words(setting.title), setting_words(setting, value))
        for setting, value in decided
        if value or value is False
    ]


def used_words(uses: Sequence[Use]) -> Markup:
    """That rounds have a question in their frozen sets, before somebody changes it."""
    rounds = Markup(", ").join(content(name) for name in dict.fromkeys(use.round_name for use in uses))
    return worded(
        gettext(
            "This question is used in %(rounds)s. What you change becomes a new revision; these rounds keep theirs."
        ),
        rounds=rounds,
    )
