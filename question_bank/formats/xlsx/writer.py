"""Writing the committee's workbook: the empty template, and an export that reads back equal."""

from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format as CellFormat
from xlsxwriter.worksheet import Worksheet

from question_bank.formats.base import MOST_QUESTIONS, Bank
from question_bank.formats.limits import NO_LIMITS, PaperLimits
from question_bank.formats.xlsx.answers import answer_cells
from question_bank.formats.xlsx.columns import (
    COLUMNS,
    EXAMPLE_SHEET,
    EXTRA_COLUMNS,
    HELP_SHEET,
    QUESTION_SHEET,
    YES_NO_TITLES,
    Column,
)
from question_bank.formats.xlsx.settings import settings_text
from question_bank.formats.xlsx.words import HINTS, help_lines
from question_bank.kinds import kind_of, kinds
from question_bank.points import points_text
from question_bank.question import FULL_POINTS, Question
from question_bank.text import clean
from question_bank.validation import LEAST_DIFFICULTY, MOST_DIFFICULTY

# Text that begins like a formula or a link stays text.
_AS_TYPED = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_template(stream: BinaryIO) -> None:
    """Write the empty workbook that a committee fills in, with help and examples."""
    examples = [kind.example for kind in kinds() if kind.example is not None]
    rows = [fields_of(f"VD-{number:03}", example) for number, example in enumerate(examples, start=1)]
    columns = columns_for(rows)
    with Workbook(stream, _AS_TYPED) as workbook:
        _write_sheet(workbook, QUESTION_SHEET, columns, ())
        _write_help(workbook)
        _write_sheet(workbook, EXAMPLE_SHEET, columns, rows)


def write_questions(stream: BinaryIO, bank: Bank) -> None:
    """Write questions so that reading gives them again.

    Options come back under the ids a, b, …; the title and date of the bank are not kept.
    """
    rows = [fields_of(code, question, bank.limits.get(code, NO_LIMITS)) for code, question in bank.entries]
    with Workbook(stream, _AS_TYPED) as workbook:
        _write_sheet(workbook, QUESTION_SHEET, columns_for(rows), rows)
        _write_help(workbook)


def columns_for(rows: Iterable[Mapping[str, str]]) -> tuple[Column, ...]:
    """Return the columns of the template, and of the others those that a row needs."""
    used = {name for row in rows for name, text in row.items() if text}
    return COLUMNS + tuple(column for column in EXTRA_COLUMNS if column.field in used)


def fields_of(code: str, question: Question, limits: PaperLimits = NO_LIMITS) -> dict[str, str]:
    """Return what stands in the columns of a question's row, by their fields."""
    options, key = answer_cells(question)
    return {f"options.{index}": text for index, text in enumerate(options)} | {
        "code": clean(code),
        "kind": kind_of(question.kind).name.vi,
        "text": clean(question.text),
        "key": key,
        "topic": clean(question.topic),
        "difficulty": str(question.difficulty),
        "explanation": clean(question.explanation),
        "source": clean(question.source),
        "lock_order": YES_NO_TITLES[True] if question.lock_order else "",
        "tags": ", ".join(clean(tag) for tag in question.tags),
        "points": "" if question.points == FULL_POINTS else points_text(question.points),
        "settings": settings_text(question),
        "compulsory": YES_NO_TITLES[True] if limits.is_compulsory else "",
        "apart": clean(limits.group),
    }


def _write_sheet(workbook: Workbook, name: str, columns: Sequence[Column], rows: Sequence[dict[str, str]]) -> None:
    sheet = workbook.add_worksheet(name)
    text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    yes_no = list(YES_NO_TITLES.values())
    choices = {
        "kind": [kind.name.vi for kind in kinds()],
        "difficulty": [str(level) for level in range(LEAST_DIFFICULTY, MOST_DIFFICULTY + 1)],
        "lock_order": yes_no,
        "compulsory": yes_no,
    }
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width, text)
        _write_text(sheet, 0, index, column.title, _header(workbook, column))
        if column.field in choices:
            offered = {"validate": "list", "source": choices[column.field]}
            sheet.data_validation(1, index, MOST_QUESTIONS, index, offered)
        elif column.field in HINTS:
            hint = {"validate": "any", "input_title": column.title, "input_message": HINTS[column.field]}
            sheet.data_validation(1, index, MOST_QUESTIONS, index, hint)
    for row, fields in enumerate(rows, start=1):
        for index, column in enumerate(columns):
            _write_text(sheet, row, index, fields.get(column.field, ""), text)


def _write_help(workbook: Workbook) -> None:
    sheet = workbook.add_worksheet(HELP_SHEET)
    plain = workbook.add_format({"text_wrap": True, "valign": "top"})
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90)
    for row, (subject, explanation) in enumerate(help_lines()):
        _write_text(sheet, row, 0, subject, bold)
        _write_text(sheet, row, 1, explanation, plain)


def _header(workbook: Workbook, column: Column) -> CellFormat:
    colour = "#0B4F8A" if column.is_required else "#5B6B7B"
    look = {"bold": True, "font_color": "#FFFFFF", "bg_color": colour, "text_wrap": True}
    return workbook.add_format(look | {"valign": "vcenter", "border": 1})


def _write_text(sheet: Worksheet, row: int, column: int, text: str, look: CellFormat) -> None:
    if sheet.write_string(row, column, text, look) != 0:
        raise ValueError(f"a text of {len(text)} characters does not fit into a cell")
