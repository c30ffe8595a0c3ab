"""Remarks on one question."""

import re
from collections.abc import Callable, Iterator

from question_bank.kinds import UnknownKind, kind_of
from question_bank.kinds.options import is_same_option, position_name
from question_bank.lint.letters import letter_remarks
from question_bank.lint.pointing import pointing
from question_bank.lint.remark import LOCK_ORDER, Remark
from question_bank.markup import plain
from question_bank.question import SOURCE_TO_ADD, Option, Question
from question_bank.text import clean, fold
from question_bank.tones import in_older_place

LONGER_BY = 20
"""Characters that a key must be longer than every other option to give itself away…"""
LONGER_TIMES = 1.5
"""… and how many times as long."""

_EDGES = " .,;:\"'“”‘’*_"
_PICTURE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
_MOST_SHOWN = 60


def remarks_on(question: Question) -> list[Remark]:
    """Return what should be looked at before the question is used; empty when nothing stands out.

    What `problems_in` refuses is not said again.
    """
    return [remark for rule in RULES for remark in rule(question)]


def _key_longest(question: Question) -> Iterator[Remark]:
    right, wrong = _split_options(question)
    if right and wrong:
        least, most = min(map(_length, right)), max(map(_length, wrong))
        if least >= most + LONGER_BY and least >= most * LONGER_TIMES:
            yield Remark("key_longest", "options", {"longest": least, "others": most})


def _option_needs_order(question: Question) -> Iterator[Remark]:
    if question.lock_order or not _is_shuffled(question):
        return
    for index in sorted(pointing(_option_texts(question))):
        values = {"option": position_name(index), "text": question.options[index].text}
        yield Remark("option_needs_order", f"options.{index}", values, fix=LOCK_ORDER)


def _options_alike(question: Question) -> Iterator[Remark]:
    """Options that differ by case, tone placement, emphasis or a full stop: what is quite equal is a problem."""
    seen: dict[str, tuple[int, str]] = {}
    for index, option in enumerate(question.options):
        folded = in_older_place(fold(option.text)).strip(_EDGES)
        first, text = seen.setdefault(folded, (index, option.text))
        if first != index and folded and not is_same_option(text, option.text):
            values = {"option": position_name(index), "other": position_name(first)}
            yield Remark("options_alike", f"options.{index}", values)


def _picture_lost(question: Question) -> Iterator[Remark]:
    """Pictures that are named, but no part of the bank: people would read their marks."""
    for field, text in texts_of(question):
        if "![" in text:
            for mark in _PICTURE.findall(plain(text)):
                yield Remark("picture_lost", field, {"mark": mark[:_MOST_SHOWN]})


def _source_to_add(question: Question) -> Iterator[Remark]:
    if clean(question.source) == SOURCE_TO_ADD:
        yield Remark("source_to_add", "source")


def _explanation_missing(question: Question) -> Iterator[Remark]:
    if not clean(question.explanation):
        yield Remark("explanation_missing", "explanation", severity="mild")


def _odd_letters(question: Question) -> Iterator[Remark]:
    for field, text in texts_of(question):
        yield from letter_remarks(text, field)


RULES: tuple[Callable[[Question], Iterator[Remark]], ...] = (
    _key_longest,
    _option_needs_order,
    _options_alike,
    _picture_lost,
    _source_to_add,
    _explanation_missing,
    _odd_letters,
)


def texts_of(question: Question) -> Iterator[tuple[str, str]]:
    """Yield field and text of everything that people read in a question."""
    yield "text", question.text
    for index, option in enumerate(question.options):
        yield f"options.{index}", option.text
    for index, item in enumerate(question.items):
        yield f"items.{index}", item
    yield "explanation", question.explanation
    yield "source", question.source
    yield "topic", question.topic


def right_ids(question: Question) -> set[str]:
    """Return the ids of the options that the key names."""
    return {option.id for option in question.options} & set(key_texts(question))


def key_texts(question: Question) -> tuple[str, ...]:
    """Return the texts of a key: ids of options, or answers as people type them."""
    named = question.key if isinstance(question.key, tuple) else (question.key,)
    return tuple(item for item in named if isinstance(item, str))


def _split_options(question: Question) -> tuple[list[Option], list[Option]]:
    """Return the right and the wrong options, without those that speak of others and are as long as that takes."""
    right = set() if question.items else right_ids(question)  # each item has a right option of its own
    pointed = pointing(_option_texts(question))
    options = [option for place, option in enumerate(question.options) if place not in pointed]
    return [each for each in options if each.id in right], [each for each in options if each.id not in right]


def _option_texts(question: Question) -> tuple[str, ...]:
    return tuple([option.text for option in question.options])


def _length(option: Option) -> int:
    """Return how long an option is to its reader; only media make a difference that matters."""
    return len(plain(option.text) if "![" in option.text else option.text)


def _is_shuffled(question: Question) -> bool:
    try:
        kind = kind_of(question.kind)
        return kind.has_order and len(kind.option_ids(question)) > 1
    except UnknownKind:
        return False
