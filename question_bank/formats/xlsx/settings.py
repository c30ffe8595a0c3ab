"""What is decided about a question in one cell of a workbook: "Sai số cho phép: 2%; Đơn vị: km"."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from question_bank.editing import Setting
from question_bank.formats.xlsx.answers import WrongCell
from question_bank.formats.xlsx.columns import YES_NO_BY_WORD, YES_NO_TITLES
from question_bank.kinds import Kind, kind_of
from question_bank.question import Question, Value
from question_bank.text import clean, fold


class _Signs(NamedTuple):
    """A semicolon before a title begins the next setting; one after a backslash belongs to the text."""

    between: re.Pattern[str]
    like: re.Pattern[str]
    escaped: re.Pattern[str]


def settings_text(question: Question) -> str:
    """Return the settings of a question that are not the usual ones."""
    kind, decided = kind_of(question.kind), dict(question.settings)
    signs = _signs(_titles(kind))
    words = [
        f"{setting.title.vi}: " + signs.like.sub(r"\\\1", _word(setting, decided[setting.code]))
        for setting in kind.settings
        if setting.code in decided
    ]
    # A text that ends in a backslash must not make the semicolon after it part of itself.
    return "; ".join(f"{word} " if word.endswith("\\") else word for word in words).strip()


def settings_in(kind: Kind, text: str) -> dict[str, Value]:
    """Return what a cell decides. Raises WrongCell: setting_unknown, setting_value."""
    values: dict[str, Value] = {}
    signs, known = _signs(_titles(kind)), {fold(setting.title.vi): setting for setting in kind.settings}
    for part in signs.between.split(text) if text else ():
        title, _, word = part.partition(":")
        setting = known.get(fold(title))
        if setting is None:
            names = {"setting": clean(title)[:50], "known": ", ".join(_titles(kind)) or "–"}
            raise WrongCell("setting_unknown", "settings", names)
        values[setting.code] = _value(setting, clean(signs.escaped.sub(r"\1", word)))
    return values


def _titles(kind: Kind) -> tuple[str, ...]:
    return tuple(setting.title.vi for setting in kind.settings)


@cache
def _signs(titles: Sequence[str]) -> _Signs:
    any_title = "|".join(r"\s+".join(map(re.escape, title.split())) for title in titles)
    before_title = rf"(?=\s*(?:{any_title})\s*:)"
    patterns = (rf"(?<!\\);{before_title}", rf"(?<!\\)(\\*;){before_title}", rf"(?<!\\)\\(\\*;){before_title}")
    return _Signs(*(re.compile(pattern, re.IGNORECASE) for pattern in patterns))


def _word(setting: Setting, value: Value) -> str:
    if isinstance(value, bool):
        return YES_NO_TITLES[value]
    words = {code: title.vi for code, title in setting.choices}
    return words.get(str(value), clean(str(value)))


def _value(setting: Setting, word: str) -> Value:
    plain = fold(word.rstrip("; "))
    known: dict[str, Value] = {}
    if setting.choices:
        known = {fold(name): code for code, title in setting.choices for name in (title.vi, title.en, code)}
    elif isinstance(setting.default, bool):
        known = {each: value for each, value in YES_NO_BY_WORD.items() if each}
    elif isinstance(setting.default, int):
        known = {plain: int(plain)} if re.fullmatch("[0-9]{1,9}", plain) else {}
    else:
        return word
    if plain not in known:
        raise WrongCell("setting_value", "settings", {"setting": setting.title.vi, "value": word[:50]})
    return known[plain]
