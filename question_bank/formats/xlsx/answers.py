"""The answers of a question as cells of a workbook, for every kind by its table.

Texts stand in the cells of options, several texts of a row as "trái = phải"; marks and true or false stand in the cell
of the key as "A, C" and "Đ, S". A table that asks for nothing but accepted answers stands in the cell of the key,
with | between them. A backslash before such a sign says that it belongs to the text.
"""

import re
from collections.abc import Sequence

from question_bank.editing import MARKED, MARKS, Cell, Row, Table, without_empty_end
from question_bank.formats.xlsx.columns import TRUE_FALSE_BY_WORD
from question_bank.kinds import Kind, kind_of
from question_bank.kinds.options import LETTERS, position_name
from question_bank.kinds.true_false import truth_word
from question_bank.problems import Values
from question_bank.question import Question
from question_bank.text import clean, fold
from question_bank.words import FALSE, TRUE

TRUTH_LETTERS = {"true": "Đ", "false": "S", "": "?"}
TRUTH_WORDS = {"true": TRUE.vi, "false": FALSE.vi, "": ""}
_BETWEEN_WORDS = re.compile(r"(?:[\s,;/.]|(?<!\w)và(?!\w))+")
_MARKS_ALONE = re.compile("[A-J]{2,10}")
_SHORTEST_TEXT = 2
"""Of an option in place of its letter: a letter is a letter."""

_LETTER_AND_TEXT = re.compile(r"([A-Ja-j])\s*[.):–-]\s*(.+)", re.DOTALL)
_LETTERS_ALONE = re.compile("[đs]+")

# Only a sign that stands alone parts texts: formulas are full of others.
_BETWEEN_TEXTS = re.compile(r"(?<!\S)=(?!\S)")
_LIKE_BETWEEN_TEXTS = re.compile(r"(?<!\S)(\\*=)(?!\S)")
_ESCAPED_TEXT = re.compile(r"(?<!\S)\\(\\*=)(?!\S)")
_BETWEEN_ANSWERS = re.compile(r"(?<!\\)\|")
_LIKE_BETWEEN_ANSWERS = re.compile(r"(?<!\\)(\\*\|)")
_ESCAPED_ANSWER = re.compile(r"(?<!\\)\\(\\*\|)")


class WrongCell(ValueError):
    """What a cell holds can't be read: a code, the field of the question and the values that its sentence needs."""

    def __init__(self, code: str, field: str, values: Values | None = None) -> None:
        super().__init__(f"{code}: {field}")
        self.code = code
        self.field = field
        self.values: Values = values or {}


def is_typed_key(table: Table) -> bool:
    """Say whether a table asks for nothing but accepted answers, which stand in the cell of the key."""
    return [(column.name, column.cell) for column in table.columns] == [("key", Cell.TEXT)]


def text_columns(table: Table | None) -> list[int]:
    """Return which columns of a table stand in the cells of options."""
    if table is None or is_typed_key(table):
        return []
    return [index for index, column in enumerate(table.columns) if column.cell is Cell.TEXT]


def has_judgement(table: Table) -> bool:
    """Say whether rows are marked, or true or false: what the cell of the key tells."""
    return any(column.cell is not Cell.TEXT for column in table.columns)


def answer_cells(question: Question) -> tuple[list[str], str]:
    """Return what stands in the cells of options, and in that of the key."""
    kind = kind_of(question.kind)
    rows = [tuple(clean(cell) for cell in row) for row in kind.rows(question)]
    table, texts = kind.table, text_columns(kind.table)
    if table is None:
        return [], ""
    if is_typed_key(table):
        return [], _answers_text(table, [answer for (answer,) in rows])
    options = [_joined([row[index] for index in texts]) for row in rows] if texts else []
    return options, _judgement_text(table, rows)


def rows_of(kind: Kind, options: Sequence[str], key: str) -> tuple[Row, ...]:
    """Return the table of a kind from the cells of options and of the key.

    Raises WrongCell: options_unwanted, key_unwanted, key_unknown, key_repeated, key_not_true_false.
    """
    table, texts = kind.table, text_columns(kind.table)
    filled = [index for index, text in enumerate(options) if text]
    if filled and not texts:
        raise WrongCell("options_unwanted", f"options.{filled[0]}")
    if table is None:
        return _nothing(key)
    if is_typed_key(table):
        return without_empty_end([(answer,) for answer in _answers_in(table, key)])
    judged = _judgements(table, key, options)
    count = max([0, *(index + 1 for index in (*filled, *judged))])
    padded = [*options[:count], *[""] * (count - len(options))]
    return tuple(_row(table, text, judged.get(index, "")) for index, text in enumerate(padded))


def _row(table: Table, text: str, judgement: str) -> Row:
    texts = iter(_parted(text, len(text_columns(table))))
    return tuple(next(texts) if column.cell is Cell.TEXT else judgement for column in table.columns)


def _joined(texts: Sequence[str]) -> str:
    *firsts, last = texts
    return " = ".join([*(_LIKE_BETWEEN_TEXTS.sub(r"\\\1", text) for text in firsts), last]).strip()


def _parted(cell: str, count: int) -> list[str]:
    if count == 1:
        return [cell]
    *firsts, last = _BETWEEN_TEXTS.split(cell, maxsplit=count - 1)
    parts = [*(_ESCAPED_TEXT.sub(r"\1", text) for text in firsts), last]
    return [clean(part) for part in parts] + [""] * (count - len(parts))


def _answers_text(table: Table, answers: Sequence[str]) -> str:
    if table.most == 1:
        return "".join(answers)
    return " | ".join(_LIKE_BETWEEN_ANSWERS.sub(r"\\\1", answer) for answer in answers)


def _answers_in(table: Table, key: str) -> list[str]:
    if table.most == 1:
        return [key]
    return [clean(_ESCAPED_ANSWER.sub(r"\1", answer)) for answer in _BETWEEN_ANSWERS.split(key)]


def _judgement_text(table: Table, rows: Sequence[Row]) -> str:
    """Return the letters of the marked rows, or what is true and false of each row."""
    cells = [column.cell for column in table.columns]
    judged = [next((cell for cell, sort in zip(row, cells, strict=True) if sort is not Cell.TEXT), "") for row in rows]
    if Cell.TRUE_FALSE not in cells:
        return ", ".join(position_name(index) for index, mark in enumerate(judged) if mark)
    return TRUTH_WORDS[judged[0]] if table.most == 1 and judged else ", ".join(TRUTH_LETTERS[each] for each in judged)


def _judgements(table: Table, key: str, options: Sequence[str]) -> dict[int, str]:
    """Return what the cell of the key says of rows, by their index."""
    cells = {column.cell for column in table.columns}
    if cells & MARKS:
        return _marks(_letter_of(key, options) or key)
    if Cell.TRUE_FALSE in cells:
        return _truths(key, table.most)
    return dict(_nothing(key))


def _nothing(key: str) -> tuple[()]:
    if key:
        raise WrongCell("key_unwanted", "key")
    return ()


def letters_in(key: str) -> list[str]:
    """Return the letters that a key names, or whatever words it has."""
    words = [name for name in _BETWEEN_WORDS.split(key.lower()) if name]
    return list(words[0]) if len(words) == 1 and _MARKS_ALONE.fullmatch(key.strip(" .")) else words


def _letter_of(key: str, options: Sequence[str]) -> str:
    """Return the letter of the option that a key repeats, as in "B. Hà Nội" or "Hà Nội"; empty for another key.

    Raises WrongCell: docx_which, where it may also be another option.
    """
    named = _LETTER_AND_TEXT.fullmatch(key)
    text, folded = named[2] if named else key, [fold(option) for option in options]
    if len(key) < _SHORTEST_TEXT or folded.count(fold(text)) != 1:
        return ""
    letter = LETTERS[folded.index(fold(text))]
    if _MARKS_ALONE.fullmatch(key) or (named and named[1].lower() != letter):
        raise WrongCell("docx_which", "key", {"value": f"{key}; {letter.upper()}. {text}"[:100]})
    return letter


def _marks(key: str) -> dict[int, str]:
    names = letters_in(key)
    for name in names:
        if len(name) > 1 or name not in LETTERS:
            raise WrongCell("key_unknown", "key", {"option": name.upper()[:50]})
    if len(set(names)) < len(names):
        raise WrongCell("key_repeated", "key")
    return {LETTERS.index(name): MARKED for name in names}


def truths_of(key: str) -> list[str]:
    """Return the words of truth in a key, as in "Đ, S" and "ĐS"; none where it says anything else."""
    words = _truth_words(key)
    return words if all(word in TRUE_FALSE_BY_WORD for word in words) else []


def _truth_words(key: str) -> list[str]:
    words = [word for word in _BETWEEN_WORDS.split(fold(key)) if word]
    return list(words[0]) if len(words) == 1 and _LETTERS_ALONE.fullmatch(words[0]) else words


def _truths(key: str, most: int) -> dict[int, str]:
    words = _truth_words(key)
    if len(words) > most or any(word not in TRUE_FALSE_BY_WORD for word in words):
        raise WrongCell("key_not_true_false", "key")
    return {index: truth_word(TRUE_FALSE_BY_WORD[word]) for index, word in enumerate(words)}
