import pytest

from question_bank.formats import UnusableFile
from question_bank.kinds import InvalidResponse
from question_bank.question import Question, Value
from question_bank.statistics.responses import MOST_FAULTS, Responses, read_response
from tests.question_bank.builders import question

QUESTIONS = {"C1": question(), "C2": question("true_false"), "C3": question("short_text")}


def read(table: str) -> tuple[list[dict[str, tuple[Value, int]]], list[tuple[str, str]]]:
    responses = Responses(table.encode(), QUESTIONS)
    attempts = [{each.ref: (each.response, each.points) for each in answers} for answers in responses.attempts()]
    return attempts, [(fault.cell, fault.code) for fault in responses.faults]


@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_a_wide_table_has_a_row_for_each_person(mark: str) -> None:
    lines = ["Họ tên;c1;C2;C3", "An;b;Đúng;Hà Nội", "Bình;A;s;", "Chi;-;đ;hà nội", ";;;"]
    attempts, faults = read("\ufeff" + "\r\n".join(lines).replace(";", mark))
    assert attempts == [
        {"C1": ("b", 1000), "C2": (True, 1000), "C3": ("Hà Nội", 1000)},
        {"C1": ("a", 0), "C2": (False, 0), "C3": (None, 0)},
        {"C2": (True, 1000), "C3": ("hà nội", 1000)},
    ]
    assert faults == []


def test_a_long_table_has_a_row_for_each_answer_in_any_order() -> None:
    attempts, faults = read("Mã câu,Thí sinh,Trả lời\nC1,7,B\nC2,8,Sai\nC2,7,\nC1,8,c\n")
    assert attempts == [{"C1": ("b", 1000), "C2": (None, 0)}, {"C2": (False, 0), "C1": ("c", 0)}]
    assert faults == []


def test_each_fault_is_told_with_its_line_and_the_rest_is_taken() -> None:
    wide, wide_faults = read("Họ tên;C1;Lớp;C2\nAn;E;9A;đ\nBình;b;9B;s;thừa\n")
    assert [each["C1"] for each in wide] == [(None, 0), ("b", 1000)]
    assert wide_faults == [("1:3", "response_code_unknown"), ("2", "response_unreadable"), ("3", "row_untitled")]
    long, long_faults = read("person,code,response\nAn,C1,b\nAn,C9,b\nAn,C1,a\n,,\n")
    assert long == [{"C1": ("b", 1000)}]
    assert long_faults == [("3", "response_code_unknown"), ("4", "response_repeated")]
    many, faults = read("Họ tên;C1\n" + "An;x\n" * (MOST_FAULTS + 5))
    assert (len(many), len(faults)) == (MOST_FAULTS + 5, MOST_FAULTS)


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (b"", "responses_untitled"),
        ("Họ tên".encode(), "responses_untitled"),
        ("Họ tên;Lớp\nAn;9A\n".encode(), "responses_untitled"),
        (b"person;C1" + b";x" * 1000, "responses_untitled"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\0\0\0\0\0", "not_text"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_a_sentence(table: bytes, code: str) -> None:
    with pytest.raises(UnusableFile) as refused:
        Responses(table, QUESTIONS)
    assert refused.value.code == code
    assert refused.value.sentence()


@pytest.mark.parametrize(
    ("asked", "text", "response"),
    [
        (question(), " B ", "b"),
        (question(), "Hà Nội", "b"),
        (question(), "", None),
        (question("multiple"), "A, C", ("a", "c")),
        (question("multiple"), "ca", ("a", "c")),
        (question("true_false"), "T", True),
        (question("true_false"), "sai", False),
        (question("statements"), "ĐSSĐ", (True, False, False, True)),
        (question("statements"), "Đ|S||Đúng", (True, False, None, True)),
        (question("statements"), "ĐS_Đ", (True, False, None, True)),
        (question("matching"), "B_C", ("b", None, "c")),
        (question("matching"), "___", None),
        (question("matching"), "BAC", ("b", "a", "c")),
        (question("matching"), "B | Hà Nội | ", ("b", "b", None)),
        (question("ordering"), "2|3|1", ("2", "3", "1")),
        (question("gap_fill"), "Hà Nội|Hồng", ("Hà Nội", "Hồng")),
        (question("number"), "1.234,5", "1.234,5"),
        (question("statements"), "", None),
    ],
)
def test_responses_are_written_as_people_write_them_down(asked: Question, text: str, response: Value) -> None:
    assert read_response(asked, text) == response


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (question(), "D"),
        (question("multiple"), "AA"),
        (question("statements"), "ĐSS"),
        (question("statements"), "Đ|S|S|Đ|S"),
        (question("gap_fill"), "Hà Nội"),
        (question("short_text"), "x" * 201),
    ],
)
def test_what_no_paper_allows_is_refused(asked: Question, text: str) -> None:
    with pytest.raises(InvalidResponse):
        read_response(asked, text)
