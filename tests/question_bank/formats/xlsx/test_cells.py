import pytest

from question_bank.formats.base import MOST_QUESTIONS, UnusableFile
from question_bank.formats.xlsx.cells import cell_name, cell_position, inspected
from question_bank.formats.xlsx.reader import read_questions
from tests.question_bank.formats.xlsx.workbooks import SHEET, row, sheet_xml, with_part, workbook

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def inspection(cells, strings=()):
    shared = "".join(f"<si><t>{text}</t></si>" for text in strings)
    parts = {SHEET: sheet_xml(cells), "xl/sharedStrings.xml": f'<sst xmlns="{SPACE}">{shared}</sst>'.encode()}
    found = inspected(parts, SHEET)
    return [(fault.cell, fault.code) for fault in found.faults], found.is_safe


@pytest.mark.parametrize(
    ("name", "position"),
    [("A1", (0, 0)), ("C7", (6, 2)), ("Z2", (1, 25)), ("AA2", (1, 26)), ("XFD1048576", (1048575, 16383))],
)
def test_names_and_positions_of_cells(name, position):
    assert cell_position(name) == position
    assert cell_name(*position) == name


@pytest.mark.parametrize("name", ["", "A0", "7", "a1", "A1B", "AAAA1"])
def test_what_is_no_cell_is_refused(name):
    with pytest.raises(ValueError, match="no cell"):
        cell_position(name)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="B2" t="s"><v>0</v></c>', []),
        ('<c r="B2"><v>5</v></c>', []),
        ('<c r="B2" t="inlineStr"><is><t>x</t></is></c>', []),
        ('<c r="B2"><f>1+1</f><v>2</v></c>', [("B2", "cell_formula")]),
        ('<c r="B2"><f/></c>', [("B2", "cell_formula")]),
        ('<x:c xmlns:x="y" r="B2"><x:f>1</x:f></x:c>', [("B2", "cell_formula")]),
        ('<c r="B2" t="e"><v>#N/A</v></c>', [("B2", "cell_error")]),
        ('<c r="B2" t="d"><v>2025-09-02</v></c>', [("B2", "cell_not_text")]),
        ("<c><v>1</v></c><c><f>1</f></c>", [("B2", "cell_formula")]),
    ],
)
def test_faults_that_values_do_not_show(cell, expected):
    assert inspection(f'<row r="2">{cell}</row>', ["text"]) == (expected, True)


def test_a_cell_may_hold_as_much_as_excel_allows():
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    assert inspection(cells, ["x" * 32_767, "x" * 32_768]) == ([("B1", "cell_long")], False)
    inline = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 32_768}</t></is></c></row>'
    assert inspection(inline) == ([("A1", "cell_long")], False)


def test_one_long_text_shown_in_many_cells_is_refused():
    cells = "".join(f'<row r="{r}"><c r="A{r}" t="s"><v>0</v></c></row>' for r in range(1, 1002))
    with pytest.raises(UnusableFile) as raised:
        inspection(cells, ["x" * 20_000])
    assert raised.value.code == "text_much"


@pytest.mark.parametrize(
    ("cell", "is_safe"), [("A20000", True), ("A20001", False), ("AX1", True), ("AY1", False), ("XFD1048576", False)]
)
def test_a_cell_far_away_keeps_the_sheet_from_being_read(cell, is_safe):
    found = inspection(f'<row r="{cell_position(cell)[0] + 1}"><c r="{cell}"><v>1</v></c></row>')
    assert found == ([] if is_safe else [(cell, "cell_far")], is_safe)


def test_a_far_cell_that_is_empty_does_not_matter():
    assert inspection('<row r="1048576"><c r="XFD1048576" s="1"/></row>') == ([], True)


@pytest.mark.parametrize(("count", "is_safe"), [(MOST_QUESTIONS, True), (MOST_QUESTIONS + 1, False)])
def test_at_most_5000_questions(count, is_safe):
    cells = "".join(f'<row r="{r}"><c r="A{r}"><v>1</v></c></row>' for r in range(1, count + 2))
    assert inspection(cells) == ([] if is_safe else [("A5002", "too_many_questions")], is_safe)


def test_an_unsafe_sheet_gives_its_faults_and_no_question():
    far = with_part(workbook(row()), SHEET, sheet_xml('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    found = read_questions(far)
    assert (found.questions, [fault.code for fault in found.faults]) == ((), ["cell_far"])
