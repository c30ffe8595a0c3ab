import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from question_bank.formats.base import Bank
from question_bank.formats.xlsx.columns import COLUMNS
from question_bank.formats.xlsx.reader import read_questions
from question_bank.formats.xlsx.writer import write_questions, write_template
from question_bank.kinds import kind_of, kinds
from question_bank.question import from_content, to_content
from question_bank.validation import problems_in
from tests.question_bank.builders import options, question

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30)


def exported(*entries):
    stream = io.BytesIO()
    write_questions(stream, Bank(entries))
    return stream.getvalue()


def template():
    stream = io.BytesIO()
    write_template(stream)
    return stream.getvalue()


def read_back(*entries):
    found = read_questions(exported(*entries))
    assert found.faults == ()
    return tuple((parsed.code, parsed.question) for parsed in found.questions)


def in_order(asked):
    """The question as its table writes it: a file doesn't keep ids of options."""
    return kind_of(asked.kind).with_rows(asked, kind_of(asked.kind).rows(asked))


@pytest.mark.parametrize("count", [1, len(kinds())])
def test_an_export_of_every_kind_reads_back_equal(count):
    entries = tuple((f"Q{i}", in_order(kind.example)) for i, kind in enumerate(kinds()))
    assert read_back(*entries[:count]) == entries[:count]


def test_rare_fields_read_back_equal():
    entries = (
        ("1", question(points=1250, tags=("một", "hai"), lock_order=True, explanation="Hai\ndòng")),
        ("2", question(text="Mười?", options=options(*"0123456789"), key="j", points=2000)),
    )
    assert read_back(*entries) == entries


def test_columns_that_nobody_needs_are_not_written():
    (header, *_) = (
        CalamineWorkbook.from_filelike(io.BytesIO(exported(("1", question())))).get_sheet_by_index(0).to_python()
    )
    assert header == [column.title for column in COLUMNS]


@pytest.mark.parametrize(
    "text", ["=1+1", "+84 25 3", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "{=1}", "007", "1e5", "_x0041_"]
)
def test_text_like_a_formula_stays_text(text):
    entry = (text, question(text=text, options=options(text, "khác"), key="a", source=text))
    content = exported(entry)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert read_back(entry) == (entry,)


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_any_text_reads_back_equal(text, option, source):
    written = question(text=text, options=options(option, "phương án khác"), key="a", source=source)
    if problems_in(written):
        return
    assert read_back(("1", written)) == (("1", from_content(to_content(written))),)


def test_the_template_holds_no_question_and_its_examples_are_good():
    assert [fault.code for fault in read_questions(template()).faults] == ["no_questions"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(template()))
    assert book.sheet_names == ["Câu hỏi", "Hướng dẫn", "Ví dụ"]
    titles = [column.title for column in COLUMNS] + ["Tùy chọn"]
    assert book.get_sheet_by_name("Câu hỏi").to_python() == [titles]
    assert book.get_sheet_by_name("Ví dụ").to_python()[0] == titles, "an example can be copied as it stands"
    assert {title for title in titles if not title.startswith("Phương án")} <= {
        subject for subject, _ in book.get_sheet_by_name("Hướng dẫn").to_python()
    }


def test_the_examples_would_be_imported_as_they_stand():
    with zipfile.ZipFile(io.BytesIO(template())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    renamed = parts["xl/workbook.xml"].replace("Câu hỏi".encode(), b"?").replace("Ví dụ".encode(), "Câu hỏi".encode())
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in (parts | {"xl/workbook.xml": renamed}).items():
            archive.writestr(name, part)
    found = read_questions(stream.getvalue())
    assert found.faults == ()
    assert [parsed.question.kind for parsed in found.questions] == [kind.code for kind in kinds()]


def test_the_template_offers_choices_and_keeps_its_header_in_sight():
    with zipfile.ZipFile(io.BytesIO(template())) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert 'state="frozen"' in sheet
    for choices in (",".join(kind.name.vi for kind in kinds()), "1,2,3,4,5", "Có,Không"):
        assert f'<formula1>"{choices}"</formula1>' in sheet


def test_a_text_that_no_cell_can_hold_is_an_error():
    with pytest.raises(ValueError, match="does not fit"):
        exported(("1", question(text="x" * 32_768)))
