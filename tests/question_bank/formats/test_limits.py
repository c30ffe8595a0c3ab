"""What papers owe questions, in the files that hold it."""

import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.formats import FORMATS, Bank
from question_bank.formats.base import LIMITS_READ, LONGEST_CODE
from question_bank.formats.limits import NO_LIMITS, PaperLimits
from question_bank.formats.xlsx.columns import COLUMNS
from question_bank.formats.xlsx.writer import write_template
from question_bank.question import digest, to_content
from question_bank.text import clean
from tests.question_bank.builders import question
from tests.question_bank.formats.xlsx.workbooks import row, workbook

HOLDING = [".json", ".xlsx", ".csv"]
ASKED = [question(text=f"Câu {number} là gì?") for number in range(4)]
GROUPS = st.text("nNđĐ1=;'- ", max_size=LONGEST_CODE).map(clean)


def file_of(extension, limits):
    entries = tuple((f"C{number}", asked) for number, asked in enumerate(ASKED))
    stream = io.BytesIO()
    bank = Bank(entries, limits={f"C{number}": each for number, each in enumerate(limits)})
    FORMATS[extension].write_questions(stream, bank)
    return stream.getvalue(), bank


@pytest.mark.parametrize("extension", HOLDING)
@settings(max_examples=10, deadline=None)
@given(limits=st.lists(st.builds(PaperLimits, st.booleans(), GROUPS), min_size=4, max_size=4))
def test_what_papers_owe_a_question_reads_back_equal_and_is_no_part_of_it(extension, limits):
    content, bank = file_of(extension, limits)
    found = FORMATS[extension].read_questions(content)
    assert found.faults == ()
    assert [item.limits for item in found.questions] == limits
    assert [digest(item.question) for item in found.questions] == [digest(asked) for asked in ASKED]
    assert "lost_limits" not in {fault.code for fault in FORMATS[extension].lost(bank)}


@pytest.mark.parametrize("extension", sorted(FORMATS.keys() - set(HOLDING)))
def test_other_files_do_not_hold_it_and_say_so(extension):
    _content, bank = file_of(
        extension, [PaperLimits(is_compulsory=True), PaperLimits(group="N1"), NO_LIMITS, NO_LIMITS]
    )
    lost = {fault.code: fault.cell for fault in FORMATS[extension].lost(bank)}
    assert lost["lost_limits"] == "C0, C1"


@pytest.mark.parametrize("extension", HOLDING)
def test_what_was_read_is_told_with_groups_of_one(extension):
    limits = [PaperLimits(True, "N1"), PaperLimits(group="n1 "), PaperLimits(group="N2"), NO_LIMITS]
    found = FORMATS[extension].read_questions(file_of(extension, limits)[0])
    told = {guess.code: guess.cell for guess in found.guesses if guess.code in LIMITS_READ}
    assert told == {"compulsory_read": "C0", "apart_read": "C0 – C1", "apart_alone": "C2"}
    assert all(guess.sentence() and guess.sentence("en") for guess in found.guesses)


@pytest.mark.parametrize("extension", HOLDING)
def test_nothing_is_told_where_nothing_is_asked(extension):
    found = FORMATS[extension].read_questions(file_of(extension, [NO_LIMITS] * 4)[0])
    assert {guess.code for guess in found.guesses} == set()


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("compulsory", "có", "wrong_type"),
        ("compulsory", 1, "wrong_type"),
        ("apart", 1, "wrong_type"),
        ("apart", "x" * LONGEST_CODE, None),
        ("apart", "x" * (LONGEST_CODE + 1), "too_long"),
        ("apart", "a\u0007b", "control_character"),
    ],
)
def test_values_of_json_are_checked(field, value, code):
    item = {"code": "C1", field: value} | to_content(ASKED[0])
    found = FORMATS[".json"].read_questions(json.dumps({"format": "question-bank/1", "questions": [item]}).encode())
    assert [(fault.cell, fault.code, fault.row) for fault in found.faults] == (
        [(f"questions.0.{field}", code, 1)] if code else []
    )


def test_cells_of_a_workbook_are_checked():
    wrong = row(Câu_bắt_buộc="chắc vậy", Nhóm_loại_trừ="x" * (LONGEST_CODE + 1))
    found = FORMATS[".xlsx"].read_questions(workbook(wrong, header=tuple(wrong)))
    assert [fault.code for fault in found.faults] == ["yes_no_wrong", "too_long"]
    assert {fault.row for fault in found.faults} == {2}


def test_the_template_offers_choices_and_a_hint():
    stream = io.BytesIO()
    write_template(stream)
    with zipfile.ZipFile(stream) as archive:
        rules = archive.read("xl/worksheets/sheet1.xml").decode().split("<dataValidation ")[1:]
    letters = {column.field: chr(ord("A") + place) for place, column in enumerate(COLUMNS)}
    of_column = {rule.partition('sqref="')[2][:1]: rule for rule in rules}
    assert '"Có,Không"' in of_column[letters["compulsory"]]
    assert "không ra cùng một đề" in of_column[letters["apart"]]
