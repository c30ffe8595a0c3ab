import pytest

from question_bank.formats.xlsx.header import header_of

TITLES = ["STT", "Nội dung", "A", "B", "Đáp án"]


def found(*rows):
    faults = []
    filled = [place for place, row in enumerate(rows) if any(row)]
    return header_of(rows, filled, faults), [(fault.cell, fault.code) for fault in faults]


@pytest.mark.parametrize(
    ("rows", "first", "last"),
    [
        ([TITLES], 0, 0),
        ([["ĐỀ THI"], [], ["Năm 2026", "Câu hỏi"], TITLES], 3, 3),
        ([["STT", "Câu hỏi", "Phương án", "", "Đáp án"], ["", "", "A", "B"]], 0, 1),
        ([TITLES, ["1", "Nhóm máu?", "A", "B", "A"]], 0, 0),
    ],
)
def test_titles_stand_in_the_first_row_that_names_questions_and_keys(rows, first, last):
    header, faults = found(*rows)
    assert (header.row, header.last, faults) == (first, last, [])
    assert header.columns == {"number": 0, "text": 1, "options.0": 2, "options.1": 3, "key": 4}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["A", "B"]], [("A1", "column_missing"), ("A1", "column_missing")]),
        ([["Câu hỏi", "A", "B"]], [("A1", "column_missing")]),
        ([["Câu hỏi", "Phương án", "Đáp án"]], [("B1", "column_unknown")]),
        ([["Câu hỏi", "Nội dung", "Đáp án"]], [("B1", "column_repeated")]),
        ([["STT", "Câu", "Câu hỏi", "Đáp án"]], []),
        ([["x"]] * 10 + [["Câu hỏi", "Đáp án"]], [("A1", "column_unknown"), *[("A1", "column_missing")] * 2]),
    ],
)
def test_what_is_wrong_with_titles(rows, expected):
    assert found(*rows)[1] == expected
