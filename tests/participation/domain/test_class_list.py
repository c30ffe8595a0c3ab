import io
from datetime import date, datetime

import pytest

from contest.errors import DomainError
from contest.participation.domain.class_list import MOST_PUPILS, Pupil, read_class_list, write_template
from tests.participation.workbooks import HEAD, PROGRAM, ROW, workbook, zip_bomb

TODAY = date(2026, 7, 15)
NGOC = Pupil(2, "Hoàng Thị Bích Ngọc", date(2013, 9, 5), "7A")


@pytest.mark.parametrize(
    "row",
    [
        ROW,
        ("Hoàng Thị Bích", "Ngọc", date(2013, 9, 5), "7A"),
        ("Hoàng Thị Bích", "Ngọc", datetime(2013, 9, 5, 7, 30), "7A"),
        ("  Hoàng  Thị Bích ", "Ngo\u0323c", "5-9-2013", "7A "),
    ],
)
def test_a_row_is_a_pupil_whether_the_date_is_text_or_a_real_date(row: tuple[object, ...]) -> None:
    found = read_class_list(workbook(row), TODAY)
    assert (found.pupils, found.faults) == ((NGOC,), ())


def test_columns_may_stand_anywhere_and_others_are_passed_over() -> None:
    head = ("STT", "LỚP", "Ngày sinh", "Tên", "Họ và tên đệm")
    found = read_class_list(workbook((1, 7, "05/09/2013", "Ngọc", "Hoàng Thị Bích"), head=head), TODAY)
    assert found.pupils == (Pupil(2, "Hoàng Thị Bích Ngọc", date(2013, 9, 5), "7"),)
    assert found.cell_of(found.pupils[0], "birth_date") == "C2"


@pytest.mark.parametrize(
    ("row", "cell", "code"),
    [
        (("", "Ngọc", "05/09/2013", "7A"), "A2", "list_cell_empty"),
        (("Hoàng Thị", "", "05/09/2013", "7A"), "B2", "list_cell_empty"),
        (("Hoàng Thị", "Ngọc", "", "7A"), "C2", "birth_date_missing"),
        (("Hoàng Thị", "Ngọc", "31/02/2013", "7A"), "C2", "birth_date_day"),
        (("Hoàng Thị", "Ngọc", "09/15/2013", "7A"), "C2", "birth_date_month"),
        (("Hoàng Thị", "Ngọc", "2013", "7A"), "C2", "birth_date_form"),
        (("Hoàng Thị", "Ngọc", 2013, "7A"), "C2", "birth_date_form"),
        (("Hoàng Thị", "Ngọc", "16/07/2026", "7A"), "C2", "birth_date_future"),
        (("Hoàng Thị", "Ngọc", "05/09/2013", ""), "D2", "list_cell_empty"),
        (("Hoàng Thị", "Ngọc", "05/09/2013", "7" * 21), "D2", "list_class_long"),
        (("Hoàng 2", "Ngọc", "05/09/2013", "7A"), "A2", "full_name_invalid"),
        (("Hoàng Thị", '="Ngọc"', "05/09/2013", "7A"), "B2", "list_cell_formula"),
    ],
)
def test_a_fault_names_its_cell(row: tuple[object, ...], cell: str, code: str) -> None:
    found = read_class_list(workbook(row), TODAY)
    assert [(fault.cell, fault.error.code) for fault in found.faults] == [(cell, code)]


def test_all_faults_are_told_at_once_in_the_order_of_the_sheet() -> None:
    found = read_class_list(workbook(("", "Ngọc", "", "7A"), ROW, ROW), TODAY)
    assert [(fault.cell, fault.error.code) for fault in found.faults] == [
        ("A2", "list_cell_empty"),
        ("C2", "birth_date_missing"),
        ("B4", "list_row_repeated"),
    ]
    assert found.faults[2].error.values == {"row": 3}


def test_the_same_name_in_another_class_is_another_pupil() -> None:
    assert read_class_list(workbook(ROW, (*ROW[:3], "7B")), TODAY).faults == ()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (PROGRAM, "list_not_xlsx"),
        (b"", "list_not_xlsx"),
        (b"PK\x03\x04 cut off", "list_not_xlsx"),
        (workbook(ROW)[:-200], "list_not_xlsx"),
        (zip_bomb(), "list_unpacks_large"),
        (b"x" * 5_000_001, "list_large"),
        (workbook(), "list_empty"),
        (workbook(ROW, head=("Họ tên", "Tên", "Ngày sinh", "Lớp")), "list_heading"),
        (workbook((*ROW, "7B"), head=(*HEAD, "Lớp")), "list_heading"),
        (workbook(ROW, sheets=("7A", "7B")), "list_sheet_missing"),
        (workbook(*[ROW] * (MOST_PUPILS + 1)), "list_long"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_list_is_refused_with_its_reason(content: bytes, code: str) -> None:
    with pytest.raises(DomainError) as error:
        read_class_list(content, TODAY)
    assert (error.value.code, error.value.field) == (code, "file")


def test_a_full_list_is_taken() -> None:
    rows = [("Hoàng Thị", "Ngọc", "05/09/2013", f"Lớp {number}") for number in range(MOST_PUPILS)]
    assert len(read_class_list(workbook(*rows), TODAY).pupils) == MOST_PUPILS


def test_the_template_is_read_once_it_is_filled_in() -> None:
    stream = io.BytesIO()
    write_template(stream)
    with pytest.raises(DomainError, match="list_empty"):
        read_class_list(stream.getvalue(), TODAY)
