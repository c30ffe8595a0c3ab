import io
import unicodedata
from datetime import datetime

import pytest
from xlsxwriter import Workbook

from question_bank.formats.base import Fault, UnusableFile
from question_bank.formats.xlsx.reader import read_questions
from question_bank.question import Option
from tests.question_bank.formats.xlsx.workbooks import HEADER, row, rows, sheets, workbook


def faults_of(*cells, **how):
    return [(fault.cell, fault.code) for fault in read_questions(workbook(*cells, **how)).faults]


def only_question(*cells, **how):
    found = read_questions(workbook(*cells, **how))
    assert found.faults == ()
    (parsed,) = found.questions
    return parsed.question


@pytest.mark.parametrize("count", [1, 3])
def test_rows_become_questions(count):
    found = read_questions(workbook(*rows(count)))
    assert found.faults == ()
    assert [(parsed.code, parsed.row) for parsed in found.questions] == [(f"Q{i}", i + 2) for i in range(count)]


def test_every_column_is_read():
    header = (*HEADER, "Nhãn", "Điểm")
    asked = only_question(
        row(Giải_thích="Vì thế.", Khóa_thứ_tự="Có", Nhãn="tuần 1, dễ", Điểm="0,5", Phương_án_C="Đà Nẵng"), header=header
    )
    assert asked.kind == "single"
    assert asked.text == "Thủ đô của Việt Nam là thành phố nào?"
    assert asked.options == (Option("a", "Huế"), Option("b", "Hà Nội"), Option("c", "Đà Nẵng"))
    assert (asked.key, asked.topic, asked.difficulty) == ("b", "Địa lý", 2)
    assert (asked.explanation, asked.source) == ("Vì thế.", "Hiến pháp 2013, Điều 13")
    assert (asked.lock_order, asked.tags, asked.points) == (True, ("tuần 1", "dễ"), 500)


@pytest.mark.parametrize(
    ("kind", "typed", "key"),
    [
        ("Một đáp án", "b", "b"),
        ("MỘT ĐÁP ÁN", " B. ", "b"),
        ("single", "\ufeffB", "b"),
        ("Nhiều đáp án", "A, B", ("a", "b")),
        ("nhiều  đáp án", "A;B", ("a", "b")),
        ("Nhiều đáp án", "a b", ("a", "b")),
        ("Nhiều đáp án", "B", ("b",)),
    ],
)
def test_keys_as_people_write_them(kind, typed, key):
    assert only_question(row(Loại_câu=kind, Đáp_án=typed)).key == key


@pytest.mark.parametrize(
    ("typed", "key"),
    [("Đúng", True), ("SAI", False), ("đ", True), ("s", False), (True, True), (False, False), ("true", True)],
)
def test_true_false_as_people_write_it(typed, key):
    asked = only_question(row(Loại_câu="Đúng/Sai", Phương_án_A="", Phương_án_B="", Đáp_án=typed))
    assert asked.key is key


@pytest.mark.parametrize(
    ("kind", "options", "typed", "key"),
    [
        ("Trả lời ngắn", (), "Kỳ Cùng | sông Kỳ Cùng", ("Kỳ Cùng", "sông Kỳ Cùng")),
        ("trả lời  ngắn", (), "Kỳ Cùng|sông Kỳ Cùng |", ("Kỳ Cùng", "sông Kỳ Cùng")),
        ("Short answer", (), "a \\| b", ("a | b",)),
        ("Trả lời ngắn", (), 1945, ("1945",)),
        ("Điền số", (), "1234,5", "1234,5"),
        ("Điền số", (), 3.14, "3,14"),
        ("number", (), 12, "12"),
        ("Đúng/Sai nhiều ý", ("một", "hai", "ba", "bốn"), "Đ, S, Đ, S", (True, False, True, False)),
        ("Đúng sai nhiều ý", ("một", "hai", "ba", "bốn"), "ĐSđs", (True, False, True, False)),
        ("Đúng/Sai nhiều ý", ("một", "hai", "ba", "bốn"), "Đúng; Sai; Đúng; Sai", (True, False, True, False)),
        ("Ghép đôi", ("Lào = Viêng Chăn", "Việt Nam = Hà Nội"), "", ("a", "b")),
        ("Sắp xếp thứ tự", ("một", "hai"), "", ("a", "b")),
        ("Dự đoán", (), "", None),
    ],
)
def test_every_kind_is_read_as_people_write_it(kind, options, typed, key):
    header = (*HEADER[:6], "Phương án D", *HEADER[6:])
    cells = dict.fromkeys(("Phương án A", "Phương án B"), "") | dict(zip(header[3:7], options, strict=False))
    asked = only_question({**row(Loại_câu=kind, Đáp_án=typed), **cells}, header=header)
    assert asked.key == key


def test_a_pair_is_parted_at_its_first_sign_that_stands_alone():
    cells = {"Phương_án_A": "$x=1$ = một", "Phương_án_B": "1 + 1 \\= 2 = hai = 2", "Đáp_án": ""}
    asked = only_question(row(Loại_câu="Ghép đôi", **cells))
    assert asked.items == ("$x=1$", "1 + 1 = 2")
    assert [option.text for option in asked.options] == ["một", "hai = 2"]


@pytest.mark.parametrize(
    ("typed", "settings"),
    [
        ("", ()),
        ("Đơn vị: km", (("unit", "km"),)),
        ("đơn  vị : km ; SAI SỐ CHO PHÉP: 2%", (("tolerance", "2%"), ("unit", "km"))),
        ("Đơn vị: km\\; Sai số cho phép: 2%", (("unit", "km; Sai số cho phép: 2%"),)),
    ],
)
def test_settings_are_read_as_people_write_them(typed, settings):
    cells = row(Loại_câu="Điền số", Phương_án_A="", Phương_án_B="", Đáp_án="12", Tùy_chọn=typed)
    found = read_questions(workbook(cells, header=(*HEADER, "Tuỳ chọn" if not typed else "Tùy chọn")))
    assert [parsed.question.settings for parsed in found.questions] == [settings]


@pytest.mark.parametrize("typed", ["Đ, X", "Đ, S, Đ, S, Đ, S, Đ, S, Đ, S, Đ", "ĐSX"])
def test_statements_want_true_or_false_each(typed):
    faults = faults_of(row(Loại_câu="Đúng/Sai nhiều ý", Đáp_án=typed))
    assert ("G2", "key_not_true_false") in faults


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("Một đáp án", "Điểm: 1", "setting_unknown"),
        ("Nhiều đáp án", "Điểm: 1", "setting_unknown"),
        ("Nhiều đáp án", "Cách tính điểm", "setting_value"),
        ("Nhiều đáp án", "Cách tính điểm: tùy", "setting_value"),
        ("Trả lời ngắn", "Phân biệt vị trí đặt dấu thanh: tùy", "setting_value"),
        ("Tự luận", "Số chữ tối đa: một trăm", "setting_value"),
        ("Tự luận", "Số chữ tối đa: 1501", "setting_wrong"),
    ],
)
def test_a_setting_that_cannot_be_read_names_its_cell(kind, typed, code):
    blank = {} if "đáp án" in kind else {"Phương_án_A": "", "Phương_án_B": "", "Đáp_án": ""}
    blank |= {"Đáp_án": "x"} if kind == "Trả lời ngắn" else {}
    cells = row(Loại_câu=kind, Tùy_chọn=typed, **blank)
    assert faults_of(cells, header=(*HEADER, "Tùy chọn")) == [("M2", code)]


def test_columns_may_stand_in_any_order_and_be_decomposed():
    header = [unicodedata.normalize("NFD", title.upper()) + " *" for title in reversed(HEADER)]
    cells = dict(zip(header, [row().get(title, "") for title in reversed(HEADER)], strict=True))
    assert only_question(cells, header=header) == only_question(row())


def test_decomposed_text_is_composed():
    typed = unicodedata.normalize("NFD", "Việt Nam có bao nhiêu dân tộc?")
    assert only_question(row(Câu_hỏi=typed)).text == "Việt Nam có bao nhiêu dân tộc?"


def test_empty_rows_and_columns_do_not_matter():
    found = read_questions(workbook(row(), {}, {"Câu hỏi": "  "}, row(Mã_câu="X", Câu_hỏi="Khác?"), first_row=2))
    assert found.faults == ()
    assert [(parsed.code, parsed.row) for parsed in found.questions] == [("CDS-001", 4), ("X", 7)]


def test_optional_columns_may_be_absent():
    header = [title for title in HEADER if title not in {"Giải thích", "Khóa thứ tự", "Phương án C"}]
    assert only_question(row(), header=header) == only_question(row())


def test_whole_numbers_are_read_as_they_look():
    asked = only_question(row(Mã_câu=7.0, Độ_khó=3.0, Phương_án_A=1945, Phương_án_B=2025.0))
    assert (asked.difficulty, [option.text for option in asked.options]) == (3, ["1945", "2025"])


@pytest.mark.parametrize(
    ("changes", "cell", "code"),
    [
        ({"Mã_câu": ""}, "A2", "code_missing"),
        ({"Mã_câu": "x" * 51}, "A2", "too_long"),
        ({"Loại_câu": ""}, "B2", "kind_label_unknown"),
        ({"Loại_câu": "Câu đố"}, "B2", "kind_label_unknown"),
        ({"Loại_câu": "Tự luận", "Phương_án_A": "", "Phương_án_B": ""}, "G2", "key_unwanted"),
        ({"Loại_câu": "Tự luận", "Đáp_án": ""}, "D2", "options_unwanted"),
        ({"Loại_câu": "Trả lời ngắn", "Phương_án_B": ""}, "D2", "options_unwanted"),
        ({"Loại_câu": "Điền số", "Phương_án_A": "", "Phương_án_B": "", "Đáp_án": "1.234"}, "G2", "number_ambiguous"),
        ({"Loại_câu": "Ghép đôi", "Phương_án_A": "1 = 2", "Phương_án_B": "3 = 4"}, "G2", "key_unwanted"),
        ({"Loại_câu": "Ghép đôi", "Phương_án_A": "1 = 2", "Phương_án_B": "1 = 3", "Đáp_án": ""}, "E2", "row_repeated"),
        (
            {
                "Loại_câu": "Điền vào chỗ trống",
                "Câu_hỏi": "[[1]]",
                "Phương_án_A": "a|a",
                "Phương_án_B": "",
                "Đáp_án": "",
            },
            "D2",
            "gap_answer_repeated",
        ),
        ({"Câu_hỏi": ""}, "C2", "text_missing"),
        ({"Câu_hỏi": "x" * 4001}, "C2", "too_long"),
        ({"Phương_án_A": "", "Phương_án_C": "Vinh"}, "D2", "option_empty"),
        ({"Phương_án_C": "Hà  Nội"}, "F2", "option_repeated"),
        ({"Phương_án_A": 0.5}, "D2", "cell_not_text"),
        ({"Phương_án_A": 1e15}, "D2", "cell_not_text"),
        ({"Đáp_án": ""}, "G2", "key_missing"),
        ({"Đáp_án": "A, B"}, "G2", "key_several"),
        ({"Đáp_án": "C"}, "G2", "key_unknown"),
        ({"Đáp_án": "AB"}, "G2", "key_several"),
        ({"Loại_câu": "Nhiều đáp án", "Đáp_án": "A, A"}, "G2", "key_repeated"),
        ({"Loại_câu": "Đúng/Sai", "Phương_án_A": "", "Phương_án_B": ""}, "G2", "key_not_true_false"),
        ({"Loại_câu": "Đúng/Sai", "Đáp_án": "Đúng"}, "D2", "options_unwanted"),
        ({"Chủ_đề": ""}, "H2", "topic_missing"),
        ({"Độ_khó": ""}, "I2", "number_wrong"),
        ({"Độ_khó": "vừa vừa"}, "I2", "number_wrong"),
        ({"Độ_khó": "0"}, "I2", "difficulty_range"),
        ({"Độ_khó": "6"}, "I2", "difficulty_range"),
        ({"Độ_khó": 1.5}, "I2", "cell_not_text"),
        ({"Nguồn": ""}, "K2", "source_missing"),
        ({"Khóa_thứ_tự": "có thể"}, "L2", "yes_no_wrong"),
        ({"Đáp_án": "=CHAR(66)"}, "G2", "cell_formula"),
    ],
)
def test_each_fault_names_its_cell(changes, cell, code):
    assert faults_of(row(**changes)) == [(cell, code)]


@pytest.mark.parametrize(
    ("typed", "faulty"), [("1,5", False), (0.5, False), ("1,2345", True), ("-1", True), ("x", True)]
)
def test_points(typed, faulty):
    header = (*HEADER, "Điểm")
    assert faults_of(row(Điểm=typed), header=header) == ([("M2", "points_wrong")] if faulty else [])


def test_a_date_in_an_option_is_not_guessed_at():
    stored = [list(HEADER), [row().get(title, "") for title in HEADER]]
    stored[1][3] = datetime(2025, 9, 2)
    content = sheets_with_dates(stored)
    assert [(f.cell, f.code) for f in read_questions(content).faults] == [("D2", "cell_not_text")]


def sheets_with_dates(lines):
    from io import BytesIO

    from xlsxwriter import Workbook

    stream = BytesIO()
    with Workbook(stream, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet("Câu hỏi")
        percent = book.add_format({"num_format": "0%"})
        for index, line in enumerate(lines):
            for column, value in enumerate(line):
                if isinstance(value, float):
                    page.write_number(index, column, value, percent)
                elif value != "":
                    page.write(index, column, value)
    return stream.getvalue()


def test_a_percentage_is_not_read_as_another_number():
    stored = [list(HEADER), [row().get(title, "") for title in HEADER]]
    stored[1][4] = 1.0
    faults = read_questions(sheets_with_dates(stored)).faults
    assert [(fault.cell, fault.code) for fault in faults] == [("E2", "cell_not_text")]


def test_faults_of_several_rows_come_in_reading_order():
    faults = faults_of(*rows(1), row(Nguồn="", Câu_hỏi=""), row(Mã_câu="Z", Chủ_đề="", Câu_hỏi="Khác?"))
    assert faults == [("C3", "text_missing"), ("K3", "source_missing"), ("H4", "topic_missing")]


def test_repeated_codes_and_questions_name_the_first():
    found = read_questions(workbook(row(), row(Mã_câu="cds-001", Câu_hỏi="Khác?"), row(Mã_câu="Y")))
    assert found.faults == (
        Fault("A3", "code_repeated", {"value": "cds-001", "other": "A2"}, 3),
        Fault("C4", "question_repeated", {"other": "C2"}, 4),
    )


def test_the_same_text_with_other_options_is_another_question():
    assert faults_of(row(), row(Mã_câu="Y", Phương_án_A="Vinh")) == []


def test_faults_are_sentences_in_both_languages():
    (fault,) = read_questions(workbook(row(Đáp_án="C"))).faults
    assert fault.sentence() == "Đáp án “C” không phải là một phương án của câu hỏi."
    assert fault.sentence("en") == "The answer “C” is not one of the options."


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ([t for t in HEADER if t != "Đáp án"], [("A1", "column_missing", "Đáp án")]),
        (
            [t for t in HEADER if t not in {"Câu hỏi", "Đáp án"}],
            [("A1", "column_missing", "Câu hỏi"), ("A1", "column_missing", "Đáp án")],
        ),
        ([*HEADER, "Ghi chú"], [("M1", "column_unknown", "Ghi chú")]),
        ([*HEADER, "đáp án"], [("M1", "column_repeated", "đáp án")]),
    ],
)
def test_faults_of_the_header(header, expected):
    found = read_questions(workbook(row(), header=header))
    assert [(fault.cell, fault.code, fault.values["value"]) for fault in found.faults] == expected


def test_data_under_no_title_is_not_passed_over():
    lines = [list(HEADER), [*[row().get(title, "") for title in HEADER], "ghi thêm"]]
    assert [(f.cell, f.code) for f in read_questions(sheets({"Câu hỏi": lines})).faults] == [("M2", "column_unnamed")]


def test_other_sheets_are_not_read():
    lines = [list(HEADER), [row().get(title, "") for title in HEADER]]
    found = read_questions(sheets({"Ví dụ": [["=1+1"]], "CÂU HỎI": lines}))
    assert (len(found.questions), found.faults) == (1, ())


def test_the_only_sheet_may_have_any_name():
    assert len(read_questions(workbook(row(), sheet="Sheet1")).questions) == 1


def test_a_workbook_without_the_sheet_is_refused():
    with pytest.raises(UnusableFile, match="none called") as raised:
        read_questions(sheets({"Một": [list(HEADER)], "Hai": []}))
    assert raised.value.code == "sheet_missing"


@pytest.mark.parametrize("lines", [[], [list(HEADER)]])
def test_a_sheet_without_questions_is_a_fault(lines):
    assert [fault.code for fault in read_questions(sheets({"Câu hỏi": lines})).faults] == ["no_questions"]


def test_a_file_is_read_from_its_path(tmp_path):
    file = tmp_path / "ngân hàng.xlsx"
    file.write_bytes(workbook(row()))
    assert len(read_questions(file).questions) == 1


OWN = ["STT", "Nội dung câu hỏi", "A", "B", "C", "Đáp án đúng"]


def own(*lines):
    return read_questions(sheets({"Sheet1": list(lines)}))


@pytest.mark.parametrize(
    "above",
    [
        [OWN],
        [["ĐỀ THI TÌM HIỂU LỊCH SỬ"], [], OWN],
        [["TT", "Câu hỏi", "Phương án trả lời", "", "", "Đáp án"], ["", "", "A", "B", "C", ""]],
        [["STT", "Đề bài", "Phương án 1", "Phương án 2", "Phương án 3", "ĐA"]],
    ],
)
def test_a_table_with_titles_of_its_own_is_read_and_what_was_made_up_is_told(above):
    found = own(*above, [1, "Thủ đô?", "Huế", "Hà Nội", "Vinh", "B"], [2, "Những số chẵn?", 1, 2, 4, "B, C"])
    assert found.faults == ()
    assert [item.question.kind for item in found.questions] == ["single", "multiple"]
    assert [item.question.key for item in found.questions] == ["b", ("b", "c")]
    assert [item.code[:6] for item in found.questions] == ["N-001-", "N-002-"]
    place = f"B{len(above) + 1}, B{len(above) + 2}"
    made = ["code_made", "kind_made", "topic_made", "difficulty_made", "source_made"]
    assert [(guess.cell, guess.code) for guess in found.guesses] == [(place, code) for code in made]


@pytest.mark.parametrize(
    ("options", "key", "kind", "value"),
    [
        (["một", "hai", "ba", "bốn"], "ĐSĐS", "statements", (True, False, True, False)),
        ([""] * 4, "Sai", "true_false", False),
        ([""] * 4, 1.5, "number", "1,5"),
        ([""] * 4, "Kỳ Cùng", "short_text", ("Kỳ Cùng",)),
    ],
)
def test_without_a_column_for_it_the_kind_goes_by_options_and_key(options, key, kind, value):
    (item,) = own([*OWN[:5], "D", OWN[5]], [1, "Sao?", *options, key]).good
    assert (item.question.kind, item.question.key) == (kind, value)


@pytest.mark.parametrize(("options", "key"), [(["", "", ""], ""), (["một", "", ""], "A"), (["một", "hai", ""], "")])
def test_a_row_of_which_no_kind_can_be_made_is_a_fault(options, key):
    found = own(OWN, [1, "Sao?", *options, key])
    assert {fault.row for fault in found.faults} == {2}


def test_a_column_that_is_not_known_is_told_once():
    found = own([*OWN, "Ghi chú"], [1, "Thủ đô?", "Huế", "Hà Nội", "Vinh", "B", "xem lại"])
    assert [(fault.cell, fault.code) for fault in found.faults] == [("G1", "column_unknown")]
    assert found.good == ()


def test_a_level_in_words_is_told():
    found = read_questions(workbook(row(Độ_khó="Vận dụng")))
    assert [item.question.difficulty for item in found.good] == [4]
    assert [(guess.cell, guess.code) for guess in found.guesses] == [("I2", "docx_level_word")]


def test_hidden_rows_are_read_and_told():
    stream = io.BytesIO()
    with Workbook(stream) as book:
        page = book.add_worksheet("Câu hỏi")
        for place, line in enumerate([HEADER, *[[each.get(title, "") for title in HEADER] for each in rows(2)]]):
            page.write_row(place, 0, line)
        page.set_row(2, None, None, {"hidden": True})
    found = read_questions(stream.getvalue())
    assert len(found.good) == 2
    assert [(guess.cell, guess.code) for guess in found.guesses] == [("dòng 3", "row_hidden")]
