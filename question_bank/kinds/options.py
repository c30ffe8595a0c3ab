"""What the kinds with options share."""

from collections.abc import Mapping, Sequence

from question_bank.controls import Choice
from question_bank.editing import MARKED, Column, Row
from question_bank.kinds.kind import Filled, InvalidResponse
from question_bank.problems import Problem
from question_bank.question import Option, Question, Value
from question_bank.text import clean
from question_bank.words import Words

MIN_OPTIONS = 2
MAX_OPTIONS = 10
LETTERS = "abcdefghij"
"""The names of options on a paper, by position."""

OPTION_COLUMN = Column("options", Words("Phương án", "Option"))


def letters_of(question: Question, order: Sequence[int]) -> dict[str, Option]:
    """Return each letter of a paper and the option that it shows."""
    return {LETTERS[place]: question.options[index] for place, index in enumerate(order)}


def lettered(question: Question, order: Sequence[int]) -> tuple[Choice, ...]:
    """Return the options to choose from, in the order of a paper."""
    return tuple(Choice(letter, letter.upper(), o.text) for letter, o in letters_of(question, order).items())


def ids_of(question: Question, order: Sequence[int]) -> Mapping[str, str]:
    """Return the option id that each letter of a paper stands for."""
    return {letter: option.id for letter, option in letters_of(question, order).items()}


def letter_of(question: Question, order: Sequence[int]) -> Mapping[str, str]:
    """Return the letter of each option id on a paper."""
    return {option.id: letter for letter, option in letters_of(question, order).items()}


def named(raw: object, names: Mapping[str, str]) -> str:
    """Return the other name of one option. Raises InvalidResponse."""
    if not isinstance(raw, str):
        raise InvalidResponse("wrong_type")
    if raw not in names:
        raise InvalidResponse("unknown_option")
    return names[raw]


def options_of(texts: Sequence[str]) -> tuple[Option, ...]:
    """Return options with these texts, called a, b and so on."""
    return tuple([Option(letter, clean(text)) for letter, text in zip(LETTERS, texts, strict=False)])


def rows_with_marks(question: Question) -> tuple[Row, ...]:
    """Return a row for each option: a mark if it is right, and its text."""
    key = question.key if isinstance(question.key, tuple) else (question.key,)
    return tuple((MARKED if option.id in key else "", option.text) for option in question.options)


def marked_options(rows: Sequence[Row], *, is_one: bool = False) -> Filled:
    """Return the options of these rows; the key names all that are marked, or the one where one is wanted."""
    texts = [text for _mark, text in rows]
    while texts and not texts[-1].strip():
        texts.pop()
    key = tuple([letter for letter, (mark, _text) in zip(LETTERS, rows, strict=False) if mark])
    return Filled(options_of(texts), key[0] if is_one and len(key) == 1 else key)


def option_problems(question: Question) -> list[Problem]:
    """Return what is wrong with the options: their number, ids and texts."""
    count, written = len(question.options), [_written(option.text) for option in question.options]
    ids = {option.id for option in question.options}
    if MIN_OPTIONS <= count <= MAX_OPTIONS and len(ids - {""}) == len({*written} - {""}) == count:
        return []  # most are good, and are seen to be so at once
    problems: list[Problem] = []
    if count < MIN_OPTIONS:
        problems.append(Problem("options_few", "options", {"least": MIN_OPTIONS}))
    if count > MAX_OPTIONS:
        problems.append(Problem("options_many", "options", {"most": MAX_OPTIONS}))
    seen_ids: set[str] = set()
    seen_texts: dict[str, str] = {}
    for index, (option, text) in enumerate(zip(question.options, written, strict=True)):
        name, field = position_name(index), f"options.{index}"
        if not option.id or option.id in seen_ids:
            problems.append(Problem("option_id_repeated", field, {"option": name}))
        seen_ids.add(option.id)
        if not text:
            problems.append(Problem("option_empty", field, {"option": name}))
        elif text in seen_texts:
            values = {"option": name, "other": seen_texts[text]}
            problems.append(Problem("option_repeated", field, values))
        seen_texts.setdefault(text, name)
    return problems


def is_same_option(one: str, other: str) -> bool:
    """Say whether two options have the same words; in a question on capital letters, case makes the difference."""
    return _written(one) == _written(other)


def _written(text: str) -> str:
    return " ".join(clean(text).split())


def key_problems(question: Question, key: tuple[Value, ...]) -> list[Problem]:
    """Return what is wrong with a key that names these options."""
    known = {option.id for option in question.options}
    problems = [Problem("key_unknown", "key", {"option": str(item).upper()}) for item in key if item not in known]
    if len(set(key)) < len(key):
        problems.append(Problem("key_repeated", "key"))
    return problems


def position_name(index: int) -> str:
    """Return how people call the option at this place: A, B, …, else its number."""
    return LETTERS[index].upper() if index < len(LETTERS) else str(index + 1)
