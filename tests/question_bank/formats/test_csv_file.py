import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.formats import FORMATS
from question_bank.formats.base import Bank, UnusableFile
from question_bank.formats.csv_file import read_questions, write_questions
from question_bank.kinds import kind_of, kinds
from question_bank.question import from_content, to_content
from question_bank.validation import problems_in
from tests.question_bank.builders import options, question

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30)
HEADER = ["Mã câu", "Loại câu", "Câu hỏi", "Phương án A", "Phương án B", "Đáp án", "Chủ đề", "Độ khó", "Nguồn"]
ROW = ["Q1", "Một đáp án", "Ai; đây, là?", "Bác", "Chú", "B", "Chung", "2", "Sách"]


def exported(*entries):
    stream = io.BytesIO()
    write_questions(stream, Bank(entries))
    return stream.getvalue()


def read_back(*entries):
    found = read_questions(exported(*entries))
    assert found.faults == ()
    return tuple((parsed.code, parsed.question) for parsed in found.questions)


def table(mark, *rows):
    stream = io.StringIO()
    csv.writer(stream, delimiter=mark).writerows(rows)
    return stream.getvalue()


def codes(content):
    return [(fault.cell, fault.code) for fault in read_questions(content).faults]


def test_its_files_are_found_by_their_name():
    assert FORMATS[".csv"].read_questions is read_questions


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("start", ["", "\n\n"])
def test_cells_are_parted_by_the_sign_between_the_titles(mark, start):
    found = read_questions((start + table(mark, HEADER, ROW)).encode())
    assert found.faults == ()
    (parsed,) = found.questions
    assert (parsed.code, parsed.question.text, parsed.question.key) == ("Q1", "Ai; đây, là?", "b")


def test_what_excel_writes_before_the_titles_is_passed_over():
    found = read_questions(("sep=;\r\n" + table(";", HEADER, ROW)).encode("utf-8-sig"))
    assert (len(found.questions), found.faults) == (1, ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_unicode_encoding_is_read(encoding):
    assert read_questions(table("\t", HEADER, ROW).encode(encoding)).questions[0].question.topic == "Chung"


def test_an_older_encoding_is_read_and_told():
    content = table(",", ["Ma~ cau", *HEADER[1:]], ROW).encode("cp1258", "replace")
    assert [guess.code for guess in read_questions(content).guesses] == ["encoding_guessed"]


def test_an_export_of_every_kind_reads_back_equal():
    entries = tuple((f"Q{i}", kind_of(k.code).with_rows(k.example, k.rows(k.example))) for i, k in enumerate(kinds()))
    assert read_back(*entries) == entries


def test_rare_fields_read_back_equal():
    entries = (
        ("1", question(points=1250, tags=("một", "hai"), lock_order=True, explanation='Hai\ndòng; "ba", bốn')),
        ("2", question(text="Mười?", options=options(*"0123456789"), key="j", points=2000)),
    )
    assert read_back(*entries) == entries


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+84 25 3", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "'=1", "''-1", "＝1", "'thường'", "=1;2", "-"],
)
def test_no_cell_begins_like_a_formula_and_every_text_reads_back_equal(text):
    entry = (text, question(text=text, options=options(text, "khác"), key="a", source=text, explanation=text))
    content = exported(entry)
    cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@＝＋－＠\t\r") and cell]
    assert read_back(entry) == (entry,)


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_any_text_reads_back_equal(text, option, source):
    written = question(text=text, options=options(option, "phương án khác"), key="a", source=source)
    if problems_in(written):
        return
    assert read_back(("1", written)) == (("1", from_content(to_content(written))),)


def test_it_opens_in_excel_as_utf_8_with_a_row_for_each_question():
    content = exported(("Q1", question()))
    assert content.startswith(b'\xef\xbb\xbf"M\xc3\xa3 c\xc3\xa2u";')
    assert content.count(b"\r\n") == 2


@pytest.mark.parametrize(
    ("rows", "place", "code"),
    [
        ([HEADER], "A2", "no_questions"),
        ([], "A2", "no_questions"),
        ([HEADER[3:], ROW[3:]], "A1", "column_missing"),
        ([[*HEADER, "Lạ"], [*ROW, "x"]], "J1", "column_unknown"),
        ([HEADER, [*ROW, "thừa"]], "J2", "column_unnamed"),
        ([HEADER, [*ROW[:5], "C", *ROW[6:]]], "F2", "key_unknown"),
        ([HEADER, ROW, ROW], "A3", "code_repeated"),
        ([HEADER, ["Q1", "Lạ", *ROW[2:]]], "B2", "kind_label_unknown"),
        ([["Một"], ["Hai"]], "A1", "column_unknown"),
    ],
)
def test_what_is_wrong_is_said_with_its_cell(rows, place, code):
    assert (place, code) in codes(table(";", *rows).encode())


@pytest.mark.parametrize(
    "body",
    ['"Q1;Ai', '"Q1"x;Ai', "a" * 140_000, ";" * 1001, '"' + "\n" * 5001 + '"'],
    ids=["open", "after", "long", "wide", "tall"],
)
def test_cells_that_cannot_be_told_apart_are_refused_with_their_line(body):
    with pytest.raises(UnusableFile) as raised:
        read_questions(f"{';'.join(HEADER)}\n{body}\n".encode())
    assert raised.value.code == "csv_broken"
    assert str(raised.value.values["line"]) in raised.value.sentence()


@pytest.mark.parametrize("text", ["'A'=1 là gì?", "'x' '=y", "'" * 3000, "a'=b"])
def test_quotes_that_guard_no_formula_are_text(text):
    asked = question(text=text)
    ((_code, found),) = read_back(("Q1", asked))
    assert found.text == text
    content = table(";", HEADER, [*ROW[:2], text, *ROW[3:]]).encode()
    assert read_questions(content).questions[0].question.text == text


@pytest.mark.parametrize("length", range(1, len(ROW)))
def test_a_row_that_ends_early_has_faults(length):
    found = read_questions(table(";", HEADER, ROW[:length]).encode())
    assert found.faults
    assert found.good == ()


def test_more_questions_than_a_file_may_hold_are_refused():
    assert codes(table(";", HEADER, *[ROW] * 5001).encode()) == [("", "too_many_questions")]
    assert codes(b"\n" * 20_001) == [("", "too_many_questions")]
