"""What a committee must put right before a question may be used."""

from collections.abc import Container

from question_bank.editing import Setting
from question_bank.kinds import Kind, UnknownKind, kind_of
from question_bank.markup import faults_in, may_have_faults
from question_bank.problems import Problem
from question_bank.question import Question, Value
from question_bank.text import clean, has_control_characters

LEAST_DIFFICULTY = 1
MOST_DIFFICULTY = 5
MOST_POINTS = 100_000
"""In 1/1000 point."""
MOST_TAGS = 20
LENGTHS = {
    "text": 4000,
    "option": 1000,
    "explanation": 4000,
    "source": 1000,
    "topic": 200,
    "tag": 50,
}
"""The longest texts, in characters."""

_SHORT = min(LENGTHS[sort] for sort in ("text", "option", "explanation", "source"))


def problems_in(question: Question, media: Container[str] | None = None) -> list[Problem]:
    """Return everything that is wrong with the question; empty when it may be used.

    `media` are the SHA-256 (hex) of the pictures and sounds at hand; None asks nothing about them.
    """
    wrong_texts = [] if _is_plain(question) else _unfit_texts(question) + _markup_problems(question, media)
    return (
        _missing(question)
        + wrong_texts
        + _tag_problems(question)
        + _number_problems(question)
        + _kind_problems(question)
    )


def _missing(question: Question) -> list[Problem]:
    needed = (("text", question.text), ("topic", question.topic), ("source", question.source))
    return [Problem(f"{name}_missing", name) for name, text in needed if not clean(text)]


def _is_plain(question: Question) -> bool:
    """Say at once of the texts together that none is too long or has anything to look at, as is so of most."""
    texts = [question.text, question.topic, question.explanation, question.source, *question.items, *question.tags]
    whole = " ".join(texts + [option.text for option in question.options])
    return (
        len(whole) <= _SHORT
        and len(question.topic) <= LENGTHS["topic"]
        and all(len(tag) <= LENGTHS["tag"] for tag in question.tags)
        and not has_control_characters(whole)
        and not may_have_faults(whole)
    )


def _unfit_texts(question: Question) -> list[Problem]:
    texts = [
        ("text", "text", question.text),
        ("topic", "topic", question.topic),
        ("explanation", "explanation", question.explanation),
        ("source", "source", question.source),
        *((f"options.{i}", "option", option.text) for i, option in enumerate(question.options)),
        *((f"items.{i}", "option", item) for i, item in enumerate(question.items)),
        *((f"tags.{i}", "tag", tag) for i, tag in enumerate(question.tags)),
    ]
    problems: list[Problem] = []
    for field, sort, text in texts:
        if len(text) > LENGTHS[sort]:
            values = {"length": len(text), "most": LENGTHS[sort]}
            problems.append(Problem("too_long", field, values))
        if has_control_characters(text):
            problems.append(Problem("control_character", field))
    return problems


def _markup_problems(question: Question, media: Container[str] | None) -> list[Problem]:
    marked = [
        ("text", question.text),
        ("explanation", question.explanation),
        *((f"options.{i}", option.text) for i, option in enumerate(question.options)),
        *((f"items.{i}", item) for i, item in enumerate(question.items)),
    ]
    return [
        Problem(fault.code, field, {"mark": fault.text})
        for field, text in marked
        for fault in faults_in(text, lambda digest: media is None or digest in media)
    ]


def _tag_problems(question: Question) -> list[Problem]:
    problems: list[Problem] = []
    if len(question.tags) > MOST_TAGS:
        problems.append(Problem("tags_many", "tags", {"most": MOST_TAGS}))
    for index, tag in enumerate(question.tags):
        if not clean(tag):
            problems.append(Problem("tag_empty", f"tags.{index}"))
        elif "," in tag:
            # Files and forms write tags as one list with commas.
            problems.append(Problem("tag_comma", f"tags.{index}", {"tag": tag}))
    return problems


def _number_problems(question: Question) -> list[Problem]:
    problems: list[Problem] = []
    if not LEAST_DIFFICULTY <= question.difficulty <= MOST_DIFFICULTY:
        values = {"least": LEAST_DIFFICULTY, "most": MOST_DIFFICULTY}
        problems.append(Problem("difficulty_range", "difficulty", values))
    if not 0 < question.points <= MOST_POINTS:
        problems.append(Problem("points_range", "points", {"most": MOST_POINTS // 1000}))
    return problems


def _kind_problems(question: Question) -> list[Problem]:
    try:
        kind = kind_of(question.kind)
    except UnknownKind:
        return [Problem("kind_unknown", "kind", {"kind": question.kind})]
    lock = question.lock_order and not kind.has_order and kind.option_ids(question)
    locked = [Problem("lock_unwanted", "lock_order")] if lock else []
    return _setting_problems(kind, question) + locked + kind.problems(question)


def _setting_problems(kind: Kind, question: Question) -> list[Problem]:
    if not question.settings:
        return []
    known = {setting.code: setting for setting in kind.settings}
    return [
        Problem("setting_wrong", f"settings.{code}", {"setting": code})
        for code, value in question.settings
        if code not in known or not _may_be(known[code], value)
    ]


def _may_be(setting: Setting, value: Value) -> bool:
    if setting.choices:
        return value in {choice for choice, _words in setting.choices}
    if type(value) is not type(setting.default):
        return False
    if isinstance(value, str):
        return len(value) <= (setting.most or LENGTHS["option"])
    return not isinstance(value, int) or isinstance(value, bool) or 0 <= value <= setting.most
