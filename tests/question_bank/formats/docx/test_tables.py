import io

import docx
import pytest

from question_bank.formats.docx.reader import read_questions
from question_bank.kinds import kind_of
from tests.question_bank.formats.docx.documents import codes, saved, table

HEADER = ("STT", "Câu hỏi", "Phương án A", "Phương án B", "Phương án C", "Đáp án")
ROW = ("1", "Thủ đô?", "Huế", "Hà Nội", "Vinh", "B")


def read(*rows, **around):
    return read_questions(table(*rows, **around))


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (HEADER, ROW),
        (("stt", "NỘI DUNG", "A", "B", "C", "ĐÁP ÁN ĐÚNG"), ROW),
        (("TT", "Nội dung câu hỏi:", "PA A", "PA B", "PA C", "Đáp án *"), ROW),
        (("Đáp án", "C", "B", "A", "Câu hỏi"), ("B", "Vinh", "Hà Nội", "Huế", "Thủ đô?")),
        (("Câu", "Đề bài", "Các phương án", "Đáp án"), ("1", "Thủ đô?", "A. Huế\nB. Hà Nội\nC. Vinh", "B")),
        (("TT", "Nội dung", "Đáp án"), ("1", "Câu 1. Thủ đô?\nA. Huế\nB. Hà Nội\nC. Vinh", "B")),
        (("Câu hỏi", "A", "B", "C"), ("Thủ đô?", "Huế", [("Hà Nội", "b")], "Vinh")),
        (("Câu hỏi", "A", "B", "C", "ĐA"), ("Thủ đô?", "A. Huế", "B. Hà Nội", "C. Vinh", "B")),
    ],
)
def test_a_table_with_a_header_holds_a_question_in_each_row(header, row):
    found = read(header, row)
    assert codes(found) == []
    (parsed,) = found.questions
    assert parsed.question.text == "Thủ đô?"
    assert list(kind_of("single").rows(parsed.question)) == [("", "Huế"), ("x", "Hà Nội"), ("", "Vinh")]


def test_titles_of_options_may_stand_in_a_second_row():
    found = read(
        ("STT", "Câu hỏi", "Phương án trả lời", "Phương án trả lời", "Phương án trả lời", "Đáp án"),
        ("", "", "A", "B", "C", ""),
        ROW,
        ("2", "Nhóm máu?", "A", "B", "C", "C"),
    )
    assert codes(found) == []
    first, second = (kind_of("single").rows(item.question) for item in found.questions)
    assert list(first) == [("", "Huế"), ("x", "Hà Nội"), ("", "Vinh")]
    assert list(second) == [("", "A"), ("", "B"), ("x", "C")]


def test_a_row_of_letters_below_titles_of_options_is_a_question():
    found = read(HEADER, ("1", "Nhóm máu?", "A", "B", "C", "C"))
    assert [item.question.text for item in found.good] == ["Nhóm máu?"]


NUMBERED = ("TT", "Nội dung", "Đáp án đúng", "Phương án 1", "Phương án 2", "Phương án 3")


def test_options_may_be_called_by_numbers_and_so_may_the_key():
    found = read(NUMBERED, ("1", "Thủ đô?", "2", "Huế", "Hà Nội", "Vinh"))
    assert list(kind_of("single").rows(found.good[0].question)) == [("", "Huế"), ("x", "Hà Nội"), ("", "Vinh")]
    assert ("bảng 1, dòng 2", "docx_key_number") in {(guess.cell, guess.code) for guess in found.guesses}


@pytest.mark.parametrize(("key", "code"), [("2", "docx_which"), ("0", "docx_key_unread"), ("4", "docx_key_unread")])
def test_a_number_that_may_be_an_option_or_its_place_is_no_key(key, code):
    assert [fault.code for fault in read(NUMBERED, ("1", "Bao nhiêu?", key, "1", "5", "2")).faults] == [code]


def test_a_question_whose_options_may_stand_in_unread_columns_is_no_short_answer():
    found = read(("TT", "Nội dung", "Đáp án", "Ý một", "Ý hai"), ("1", "Thủ đô?", "Huế", "Huế", "Hà Nội"))
    assert codes(found) == ["docx_columns_lost"]
    assert found.good == ()


def test_columns_hold_what_their_titles_say():
    found = read(
        (*HEADER, "Chủ đề", "Mức độ", "Giải thích", "Căn cứ", "Mã câu", "Ghi chú"),
        (*ROW, "Địa lý", "Vận dụng", "Vì thế", "Hiến pháp", "DL-1", "xem lại"),
    )
    (parsed,) = found.questions
    question = parsed.question
    assert (parsed.code, question.topic, question.difficulty) == ("DL-1", "Địa lý", 4)
    assert (question.explanation, question.source) == ("Vì thế", "Hiến pháp")
    assert {(guess.cell, guess.code) for guess in found.guesses} == {
        ("bảng 1, dòng 2", "docx_level_word"),
        ("Ghi chú", "docx_column_unused"),
    }


def test_faults_name_the_row_and_leave_the_others_good():
    found = read(HEADER, ROW, ("2", "Cố đô?", "Huế", "Hà Nội", "Vinh", ""), ("3", "Biển?", "Huế", "", "Vinh", "A"))
    assert [(fault.cell, fault.code) for fault in found.faults] == [
        ("bảng 1, dòng 3", "key_missing"),
        ("bảng 1, dòng 4", "option_empty"),
    ]
    assert [item.question.text for item in found.good] == ["Thủ đô?"]


def test_empty_rows_are_passed_over_and_a_row_alone_is_a_topic():
    blank = ("",) * len(HEADER)
    found = read(HEADER, ("Địa lý", *blank[1:]), ROW, blank, ("Lịch sử", *blank[1:]), ("2", "Ai?", "x", "y", "z", "A"))
    assert codes(found) == []
    assert [item.question.topic for item in found.questions] == ["Địa lý", "Lịch sử"]


def test_a_title_twice_is_a_fault_of_the_table():
    assert [(fault.cell, fault.code, fault.row) for fault in read((*HEADER, "ĐA"), (*ROW, "B")).faults] == [
        ("bảng 1", "column_repeated", None)
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("A. Huế", "B. Hà Nội"), ("C. Vinh", "D. Cần Thơ")],
        [("A. Huế", "C. Vinh"), ("B. Hà Nội", "D. Cần Thơ")],
        [("A", "Huế"), ("B", "Hà Nội"), ("C", "Vinh"), ("D", "Cần Thơ")],
    ],
)
def test_options_may_be_set_out_in_a_table(rows):
    found = read(*rows, before=["Câu 1. Thủ đô?"], after=["Đáp án: B"])
    assert codes(found) == []
    (parsed,) = found.questions
    assert [option.text for option in parsed.question.options] == ["Huế", "Hà Nội", "Vinh", "Cần Thơ"]


def test_a_question_may_be_a_table_of_two_columns():
    found = read(("Câu 1", "Thủ đô?"), ("A", "Huế"), ("B", "Hà Nội"), ("Đáp án", "B"), ("Nguồn", "Hiến pháp"))
    assert codes(found) == []
    question = found.questions[0].question
    assert (question.text, question.key, question.source) == ("Thủ đô?", "b", "Hiến pháp")


@pytest.mark.parametrize(
    "rows",
    [
        [("Câu", "1", "2"), ("Đáp án", "B", "A")],
        [("1", "2"), ("B", "A")],
        [("1", "B"), ("2", "A")],
        [("Câu", "Đáp án"), ("1", "B"), ("2", "A")],
        [("1.B", "2.A")],
    ],
)
def test_a_table_of_keys_belongs_to_the_questions_before(rows):
    made = docx.Document(
        io.BytesIO(
            table(
                *rows, before=["Câu 1. Thủ đô?\nA. Huế\nB. Hà Nội", "Câu 2. Cố đô?\nA. Huế\nB. Hà Nội", "BẢNG ĐÁP ÁN"]
            )
        )
    )
    found = read_questions(saved(made))
    assert codes(found) == []
    assert [item.question.key for item in found.questions] == ["b", "a"]


def test_figures_in_a_question_become_a_table_of_its_text():
    found = read(
        ("Năm", "Số | dân"), ("2019", "781.655"), before=["Câu 1. Xem bảng."], after=["A. x", "B. y", "Đáp án: A"]
    )
    assert codes(found) == []
    assert found.questions[0].question.text == ("Xem bảng.\n\n| Năm | Số \\| dân |\n| --- | --- |\n| 2019 | 781.655 |")


def test_a_table_may_go_on_behind_a_heading_without_its_titles():
    made = docx.Document()
    for rows in ([HEADER, ROW], [("2", "Cố đô?", *ROW[2:])]):
        grid = made.add_table(rows=0, cols=len(HEADER))
        for row in rows:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
        made.add_paragraph("Lịch sử")
    found = read_questions(saved(made))
    assert (codes(found), [item.question.text for item in found.questions]) == ([], ["Thủ đô?", "Cố đô?"])


def test_a_row_that_goes_on_with_an_option_is_no_heading():
    found = read(("STT", "Câu hỏi", "Đáp án"), ("1", "Thủ đô?", "A. Huế"), ("", "", "B. Hà Nội"))
    assert codes(found) == ["docx_options_lost", "docx_options_lost"]
