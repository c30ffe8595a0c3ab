"""What the kinds with options share."""

from collections.abc import Mapping

from question_bank.kinds.kind import InvalidResponse
from question_bank.problems import Problem
from question_bank.question import Question, Value
from question_bank.text import fold

MIN_OPTIONS = 2
MAX_OPTIONS = 10
LETTERS = "abcdefghij"
"""The names of options on a paper, by position."""


def renamed_option(raw: object, names: Mapping[str, str]) -> str:
    """Return the other name of one option. Raises InvalidResponse."""
    if not isinstance(raw, str):
        raise InvalidResponse("wrong_type")
    if raw not in names:
        raise InvalidResponse("unknown_option")
    return names[raw]


def option_problems(question: Question) -> list[Problem]:
    """Return what is wrong with the options: their number, ids and texts."""
    problems: list[Problem] = []
    if len(question.options) < MIN_OPTIONS:
        problems.append(Problem("options_few", "options", {"least": MIN_OPTIONS}))
    if len(question.options) > MAX_OPTIONS:
        problems.append(Problem("options_many", "options", {"most": MAX_OPTIONS}))
    seen_ids: set[str] = set()
    seen_texts: dict[str, str] = {}
    for index, option in enumerate(question.options):
        name, field = position_name(index), f"options.{index}"
        if not option.id or option.id in seen_ids:
            problems.append(Problem("option_id_repeated", field, {"option": name}))
        seen_ids.add(option.id)
        text = fold(option.text)
        if not text:
            problems.append(Problem("option_empty", field, {"option": name}))
        elif text in seen_texts:
            values = {"option": name, "other": seen_texts[text]}
            problems.append(Problem("option_repeated", field, values))
        seen_texts.setdefault(text, name)
    return problems


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
