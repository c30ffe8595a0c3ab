"""Remarks on one question."""

import re
from collections.abc import Callable, Iterator

from question_bank.kinds import UnknownKind, kind_of
from question_bank.kinds.options import position_name
from question_bank.lint.letters import letter_remarks
from question_bank.lint.remark import LOCK_ORDER, Remark
from question_bank.markup import plain
from question_bank.question import Option, Question
from question_bank.text import clean, fold

LONGER_BY = 20
"""Characters that a key must be longer than every other option to give itself away…"""
LONGER_TIMES = 1.5
"""… and how many times as long."""

# How an option speaks of others, folded (`_bare`).
_LETTER = "[a-j]"
_LETTERS = rf"{_LETTER}(?: ?[,;] ?{_LETTER})*(?:[,;]? ?(?:,|;|và|lẫn|hoặc|hay|&|and|or|nor) ?{_LETTER})"
_THINGS = (
    "(?:phương án|đáp án|lựa chọn|câu trả lời|câu|ý kiến|ý|nội dung|trường hợp|yếu tố|điều|mục|khẳng định|phát biểu)"
)
_ALL = "(?:tất cả|toàn bộ|cả (?:hai|ba|bốn|năm|[2-9]))(?: (?:các|những|mọi))?"
_ABOVE = "(?:trên|nêu trên|trên đây|ở trên|kể trên|vừa nêu|còn lại)"
_VERDICT = "(?:(?: đều| là| cùng)* (?:đúng|sai|không đúng|chính xác))"
_CHOICES = "(?:options?|answers?|choices?)"
_IS_RIGHT = "(?: (?:is|are) (?:true|false|right|wrong|correct|incorrect))"
_FORMS = (
    rf"(?:(?:cả|chỉ|gồm|phương án|đáp án|câu|ý) )?{_LETTERS}{_VERDICT}?",
    rf"(?:{_ALL}|các|những|mọi) (?:{_THINGS} )?(?:đều )?{_ABOVE}{_VERDICT}?",
    rf"{_ALL} {_THINGS}(?: {_LETTERS})?{_VERDICT}?",
    rf"{_ALL}{_VERDICT}",
    rf"không (?:có |phải )?{_THINGS} nào(?: (?:trong|ở)(?: (?:số|các|những))* ?{_THINGS}?)?(?: {_ABOVE})?{_VERDICT}?",
    rf"(?:all|none|any|both|neither)(?: of)?(?: the)?(?: {_CHOICES})? (?:above|these|those){_IS_RIGHT}?",
    rf"(?:all|no|both)(?: other)? {_CHOICES}{_IS_RIGHT}?",
    rf"(?:(?:both|either|neither|only|options?|answers?) )?{_LETTERS}{_IS_RIGHT}?",
)
_POINTS_AT_OTHERS = re.compile("|".join(f"(?:{form})" for form in _FORMS))


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
    for index, option in enumerate(question.options):
        if _POINTS_AT_OTHERS.fullmatch(_bare(option.text)):
            values = {"option": position_name(index), "text": option.text}
            yield Remark("option_needs_order", f"options.{index}", values, fix=LOCK_ORDER)


def _explanation_missing(question: Question) -> Iterator[Remark]:
    if not clean(question.explanation):
        yield Remark("explanation_missing", "explanation", severity="mild")


def _odd_letters(question: Question) -> Iterator[Remark]:
    for field, text in texts_of(question):
        yield from letter_remarks(text, field)


RULES: tuple[Callable[[Question], Iterator[Remark]], ...] = (
    _key_longest,
    _option_needs_order,
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
    right = set() if question.items else right_ids(question)  # each item has a right option of its own
    return (
        [option for option in question.options if option.id in right],
        [option for option in question.options if option.id not in right],
    )


def _length(option: Option) -> int:
    """Return how long an option is to its reader; only media make a difference that matters."""
    return len(plain(option.text) if "![" in option.text else option.text)


def _is_shuffled(question: Question) -> bool:
    try:
        kind = kind_of(question.kind)
        return kind.has_order and len(kind.option_ids(question)) > 1
    except UnknownKind:
        return False


def _bare(text: str) -> str:
    """Return the folded text without the punctuation around it."""
    return fold(text).strip(" .,;:!()\"'“”")
