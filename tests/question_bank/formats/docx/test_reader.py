import unicodedata
from pathlib import Path

import pytest

from question_bank.formats import FORMATS
from question_bank.formats.docx.reader import read_questions
from tests.question_bank.formats.docx.documents import codes, document, guessed, read

OPTIONS = ["Huế", "Hà Nội", "Đà Nẵng", "Cần Thơ"]
LINES = [f"{letter}. {text}" for letter, text in zip("ABCD", OPTIONS, strict=True)]


def only(found):
    assert codes(found) == []
    (parsed,) = found.questions
    return parsed.question


def texts(question):
    return [option.text for option in question.options]


def test_documents_are_found_by_their_name():
    assert FORMATS[".docx"].read_questions is read_questions


@pytest.mark.parametrize(
    "start",
    [
        "Câu 1.",
        "Câu 1:",
        "Câu 1)",
        "Câu 1 -",
        "CÂU 1.",
        "Câu hỏi 1:",
        "Câu số 1.",
        "1.",
        "1)",
        "Bài 1.",
        "Câu 1",
        "  Câu 1 . ",
    ],
)
def test_a_question_begins_with_its_number(start):
    question = only(read(f"{start} Thủ đô?", *LINES, "Đáp án: B"))
    assert (question.text, texts(question), question.key) == ("Thủ đô?", OPTIONS, "b")


@pytest.mark.parametrize(
    "lines",
    [
        LINES,
        ["a. Huế", "b. Hà Nội", "c. Đà Nẵng", "d. Cần Thơ"],
        ["A) Huế", "B) Hà Nội", "C) Đà Nẵng", "D) Cần Thơ"],
        ["(A) Huế", "(B) Hà Nội", "(C) Đà Nẵng", "(D) Cần Thơ"],
        ["A: Huế", "B/ Hà Nội", "C . Đà Nẵng", "D.Cần Thơ"],
        ["A. Huế\tB. Hà Nội\tC. Đà Nẵng\tD. Cần Thơ"],
        ["A. Huế   B. Hà Nội", "C. Đà Nẵng \t D. Cần Thơ"],
        ["A. Huế B. Hà Nội C. Đà Nẵng D. Cần Thơ"],
        ["A. Huế B. Hà Nội", "C. Đà Nẵng D. Cần Thơ"],
        ["A. Huế\nB. Hà Nội\nC. Đà Nẵng\nD. Cần Thơ"],
    ],
)
def test_options_stand_below_or_beside_each_other(lines):
    question = only(read("Câu 1. Thủ đô?", *lines, "Đáp án: B"))
    assert (texts(question), question.key) == (OPTIONS, "b")


def test_options_may_follow_the_question_in_its_line():
    question = only(read("Câu 1. Thủ đô của nước ta? A. Huế B. Hà Nội C. Đà Nẵng D. Cần Thơ", "Đáp án: B"))
    assert (question.text, texts(question)) == ("Thủ đô của nước ta?", OPTIONS)


@pytest.mark.parametrize(
    ("first", "second"),
    [("A. Vitamin B. là nhóm lớn", "B. Vitamin C"), ("A. Ông A. và bà B. Lan", "B. Hai người C. D")],
)
def test_a_letter_within_a_text_is_no_option_where_the_next_line_says_so(first, second):
    question = only(read("Câu 1. Chọn?", first, second, "Đáp án: A"))
    assert texts(question) == [first[3:], second[3:]]


@pytest.mark.parametrize(
    ("line", "kind", "key"),
    [
        ("Đáp án: B", "single", "b"),
        ("ĐÁP ÁN B", "single", "b"),
        ("Đáp án đúng là B", "single", "b"),
        ("ĐA: b.", "single", "b"),
        ("Chọn B.", "single", "b"),
        ("Đáp án đúng là: B", "single", "b"),
        ("Đáp án: B. Hà Nội", "single", "b"),
        ("Đáp án: B. hà nội.", "single", "b"),
        ("Đáp án b", "single", "b"),
        ("Đáp án: Hà Nội", "single", "b"),
        ("Đáp án đúng: B, D", "multiple", ("b", "d")),
        ("Đáp án: A và C", "multiple", ("a", "c")),
        ("Đáp án: BD", "multiple", ("b", "d")),
    ],
)
def test_a_line_names_the_key(line, kind, key):
    found = read("Câu 1. Thủ đô?", *LINES, line)
    question = only(found)
    assert (question.kind, question.key) == (kind, key)
    assert guessed(found) == set()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Đáp án: E", "key_unknown"),
        ("Đáp án: X", "docx_key_unread"),
        ("Đáp án: B hoặc C", "docx_key_unread"),
        ("Đáp án: B. Huế", "docx_key_unread"),
        ("Đáp án: Sài Gòn", "docx_key_unread"),
        ("Đáp án:", "key_missing"),
        ("Giải thích: không có đáp án", "key_missing"),
    ],
)
def test_a_key_that_is_not_sure_is_a_fault(line, code):
    found = read("Câu 1. Thủ đô?", *LINES, line)
    assert codes(found) == [code]
    assert found.faults[0].cell == "Câu 1"
    assert found.good == ()


@pytest.mark.parametrize(
    "lines",
    [
        ["BẢNG ĐÁP ÁN", "1.B 2.A"],
        ["ĐÁP ÁN:", "1 - B; 2 - A"],
        ["Bảng đáp án", "Câu 1: B", "Câu 2: A"],
        ["Đáp án", "1B, 2A"],
        ["ĐÁP ÁN ĐỀ 1", "1B, 2A"],
        ["Đáp án phần I:", "1B, 2A"],
        ["ĐÁP ÁN VÀ LỜI GIẢI", "Câu 1: B", "Câu 2: A"],
    ],
)
def test_keys_may_stand_at_the_end(lines):
    found = read("Câu 1. Thủ đô?", *LINES, "Câu 2. Cố đô?", *LINES, *lines)
    assert codes(found) == []
    assert [each.question.key for each in found.questions] == ["b", "a"]
    assert [texts(each.question) for each in found.questions] == [OPTIONS, OPTIONS]


def test_keys_of_all_questions_without_numbers_are_not_those_of_the_last():
    found = read("Câu 1. Thủ đô?", *LINES, "Câu 2. Cố đô?", *LINES, "ĐÁP ÁN", "B A")
    assert codes(found) == ["key_missing", "key_missing"]
    assert "docx_unused" in {guess.code for guess in found.guesses}


def test_each_question_may_have_its_key_below_the_word():
    found = read("Câu 1. Thủ đô?", *LINES, "Đáp án:", "B", "Câu 2. Cố đô?", *LINES, "Đáp án:", "A")
    assert (codes(found), [each.question.key for each in found.questions]) == ([], ["b", "a"])


@pytest.mark.parametrize("again", ["Đáp án: C", "Chọn A.", "Đáp án đúng: B, C"])
def test_another_key_below_the_first_is_a_fault(again):
    found = read("Câu 1. Thủ đô?", *LINES, "Đáp án: B", "Giải thích: vì thế.", again)
    assert (codes(found), found.good) == (["docx_which"], ())


@pytest.mark.parametrize("again", ["Đáp án: B", "Chọn B.", "Đáp án đúng: B. Hà Nội"])
def test_a_key_may_be_said_again(again):
    found = read("Câu 1. Thủ đô?", *LINES, "Đáp án: B", "Giải thích: vì thế.", again)
    assert (codes(found), only(found).key) == ([], "b")


@pytest.mark.parametrize("key", ["A", "A. Huế", "b)"])
def test_a_key_that_names_an_option_needs_options(key):
    assert codes(read("Câu 1. Thủ đô?", f"Đáp án: {key}")) == ["docx_options_lost"]


@pytest.mark.parametrize("key", ["\tĐáp án: B", "   Đáp án: B. Hà Nội", " Đáp án: B", " (Đáp án: B)", " ĐA: B."])
def test_a_key_behind_the_last_option_is_no_part_of_it(key):
    question = only(read("Câu 1. Thủ đô?", *LINES[:-1], LINES[-1] + key))
    assert (texts(question), question.key) == (OPTIONS, "b")


def test_a_number_that_lacks_is_told():
    lines = ["Câu 1. Thủ đô?", *LINES, "Đáp án: B", "Cau 2. Cố đô?", *LINES, "Đáp án: B", "Câu 3. Cảng?", *LINES]
    gaps = [guess.cell for guess in read(*lines).guesses if guess.code == "docx_number_gap"]
    assert gaps == ["Câu 3"]


@pytest.mark.parametrize("numbers", [(1, 2, 3), (3, 4), (1, 1, 2), (1, 3, 2, 4), (2, 1)])
def test_numbers_that_all_stand_somewhere_are_not_told(numbers):
    found = read(*(line for number in numbers for line in (f"Câu {number}. Thủ đô {number}?", *LINES)))
    assert "docx_number_gap" not in {guess.code for guess in found.guesses}


@pytest.mark.parametrize(
    ("start", "points", "difficulty"),
    [
        ("Câu 1. (VD) (0,25 điểm) Thủ đô?", 250, 4),
        ("Câu 1 (0,5đ) [NB]. Thủ đô?", 500, 1),
        ("Câu 1: (TH) Thủ đô?", 1000, 2),
    ],
)
def test_points_and_level_may_both_stand_behind_the_number(start, points, difficulty):
    question = only(read(start, *LINES, "Đáp án: B"))
    assert (question.text, question.points, question.difficulty) == ("Thủ đô?", points, difficulty)


def test_pairs_in_a_question_are_no_keys():
    found = read("Câu 1. Ghép:", "1-a, 2-c, 3-b", *LINES, "Đáp án: A", "Câu 2. Cố đô?", *LINES, "Đáp án: A")
    assert codes(found) == []
    assert found.questions[0].question.text == "Ghép:\n1-a, 2-c, 3-b"


def test_keys_by_number_are_refused_where_two_questions_have_it():
    found = read("Câu 1. Thủ đô?", *LINES, "Câu 1. Cố đô?", *LINES, "Câu 2. Ở đâu?", *LINES, "BẢNG ĐÁP ÁN", "1.B 2.A")
    assert [(fault.cell, fault.code) for fault in found.faults if fault.code.startswith("docx")] == [
        ("Câu 1", "docx_number_twice"),
        ("Câu 1 (lần 2)", "docx_number_twice"),
    ]
    assert [each.question.text for each in found.good] == ["Ở đâu?"]


def test_keys_of_questions_that_are_not_there_are_told():
    assert codes(read("Câu 1. Thủ đô?", *LINES, "BẢNG ĐÁP ÁN", "1.B 7.A")) == ["docx_key_unused"]


def test_a_list_of_keys_must_agree_with_the_questions():
    assert codes(read("Câu 1. Thủ đô?", *LINES, "Đáp án: A", "BẢNG ĐÁP ÁN", "1.B")) == ["docx_which"]


def test_the_lines_below_a_question_are_its_fields():
    found = read(
        "Chủ đề 1. Địa lý",
        "Câu 1. (0,25 điểm) Thủ đô?",
        *LINES,
        "Đáp án: B",
        "Giải thích: Điều 13",
        "và điều 14.",
        "Căn cứ: Hiến pháp 2013",
        "Mức độ: Thông hiểu",
        "Mã câu: DL-01",
        "Nhãn: một, hai",
        "Câu 2 (VDC). Cố đô?",
        *LINES,
        "Đáp án: A",
        "Chủ đề: Lịch sử",
        "Điểm: 2",
        "Khóa thứ tự: có",
    )
    assert codes(found) == []
    first, second = (each.question for each in found.questions)
    assert found.questions[0].code == "DL-01"
    assert (first.topic, first.points, first.difficulty, first.tags) == ("Địa lý", 250, 2, ("một", "hai"))
    assert (first.explanation, first.source) == ("Điều 13\nvà điều 14.", "Hiến pháp 2013")
    assert (second.topic, second.points, second.difficulty, second.lock_order) == ("Lịch sử", 2000, 5, True)
    assert {guess.code: guess.cell for guess in found.guesses} == {
        "code_made": "Câu 2",
        "docx_level_word": "Câu 1, Câu 2",
        "source_made": "Câu 2",
    }


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Mức độ: siêu khó", "docx_level"),
        ("Độ khó: 9", "difficulty_range"),
        ("Điểm: nhiều", "points_wrong"),
        ("Khóa thứ tự: chắc vậy", "yes_no_wrong"),
        ("Loại câu: lạ", "kind_label_unknown"),
        ("Tùy chọn: Màu: đỏ", "setting_unknown"),
    ],
)
def test_a_field_that_cannot_be_read_is_a_fault_of_its_question(line, code):
    found = read("Câu 1. Thủ đô?", *LINES, "Đáp án: B", line, "Câu 2. Cố đô?", *LINES, "Đáp án: A")
    assert [(fault.cell, fault.code, fault.row) for fault in found.faults] == [("Câu 1", code, found.questions[0].row)]
    assert [each.question.text for each in found.good] == ["Cố đô?"]


@pytest.mark.parametrize(
    ("heading", "topic"),
    [
        ("Chủ đề 1. Lịch sử", "Lịch sử"),
        ("PHẦN II: ĐỊA LÝ", "ĐỊA LÝ"),
        ("Phần I", "Phần I"),
        ("Chương 3 – Văn hóa", "Văn hóa"),
        ("Chủ đề: Lịch sử", "Lịch sử"),
        ("II. ĐỊA LÝ", "ĐỊA LÝ"),
    ],
)
def test_a_heading_is_the_topic_of_what_follows(heading, topic):
    found = read("Câu 1. Thủ đô?", *LINES, "Đáp án: B", "", heading, "Câu 2. Cố đô?", *LINES, "Đáp án: A")
    assert codes(found) == []
    assert [each.question.topic for each in found.questions] == ["Chưa phân loại", topic]


@pytest.mark.parametrize(
    ("lines", "kind", "key"),
    [
        (["Đáp án: Đúng"], "true_false", True),
        (["Đáp án: S"], "true_false", False),
        (["Đáp án: Kỳ Cùng | Sông Kỳ Cùng"], "short_text", ("Kỳ Cùng", "Sông Kỳ Cùng")),
        (["Loại câu: Điền số", "Đáp án: 3,5"], "number", "3,5"),
        (["Loại câu: Tự luận"], "essay", None),
        (["Loại câu: Một đáp án", *LINES, "Đáp án: B"], "single", "b"),
        (["Loại câu: Nhiều đáp án", *LINES, "Đáp án: B"], "multiple", ("b",)),
        (["Loại câu: Sắp xếp thứ tự", "A. một", "B. hai", "C. ba"], "ordering", ("a", "b", "c")),
        (["Loại câu: Ghép đôi", "A. Lào = Viêng Chăn", "B. Thái Lan = Băng Cốc"], "matching", ("a", "b")),
    ],
)
def test_other_kinds_are_told_by_their_key_or_by_name(lines, kind, key):
    question = only(read("Câu 1. Sao?", *lines))
    assert (question.kind, question.key) == (kind, key)


@pytest.mark.parametrize(
    "lines",
    [
        ["a) một (Đúng)", "b) hai (Sai)", "c) ba (Sai)", "d) bốn (Đúng)"],
        ["a) một\tĐ", "b) hai\tS", "c) ba\tS", "d) bốn\tĐ"],
        ["a) một – Đúng", "b) hai – Sai", "c) ba – Sai", "d) bốn – Đúng."],
        ["a) một", "b) hai", "c) ba", "d) bốn", "Đáp án: Đ, S, S, Đ"],
        ["a) một", "b) hai", "c) ba", "d) bốn", "Đáp án: ĐSSĐ"],
        ["a) một", "b) hai", "c) ba", "d) bốn", "Đáp án: a) Đúng b) Sai c) Sai d) Đúng"],
        ["a) một", "b) hai", "c) ba", "d) bốn", "Đáp án:", "a) Đúng", "b) Sai", "c) Sai", "d) Đúng"],
    ],
)
def test_four_statements_are_judged_behind_themselves_or_in_the_key(lines):
    question = only(read("Câu 1. Xét các ý sau.", *lines))
    assert (question.kind, texts(question)) == ("statements", ["một", "hai", "ba", "bốn"])
    assert question.key == (True, False, False, True)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["a) một (Đúng)", "b) hai"], "key_missing"),
        (["a) một (Đúng)", "b) hai (Sai)", "Đáp án: S, Đ"], "docx_which"),
        (["Đáp án: B"], "docx_options_lost"),
        ([], "docx_no_answer"),
        (["A. một", "C. ba", "Đáp án: A"], "docx_option"),
        ([*(f"{letter}. {letter}" for letter in "ABCDEFGHIJK"), "Đáp án: A"], "options_many"),
        (["A. một", "Đáp án: A"], "options_few"),
        (["Loại câu: Một đáp án", "Đáp án: A"], "options_few"),
        (["Loại câu: Đúng/Sai", "Đáp án: có thể"], "key_not_true_false"),
    ],
)
def test_what_is_no_whole_question_is_a_fault_with_its_row(lines, code):
    found = read("Câu 1. Sao?", *lines)
    assert code in codes(found)
    assert {fault.row for fault in found.faults} == {1}
    assert all(fault.sentence() and fault.sentence("en") for fault in found.faults)


def test_statements_of_which_the_options_speak_belong_to_the_text():
    question = only(read("Câu 1. Cho các ý:", "a) một", "b) hai", "A. chỉ a", "B. chỉ b", "Đáp án: A"))
    assert question.text == "Cho các ý:\na) một\nb) hai"
    assert texts(question) == ["chỉ a", "chỉ b"]


def test_numbers_of_a_list_begin_no_question_where_questions_have_a_word():
    question = only(read("Câu 1. Cho các ý:", "1. một", "2. hai", *LINES, "Đáp án: A"))
    assert question.text == "Cho các ý:\n1. một\n2. hai"


def test_a_passage_between_questions_is_told_and_not_taken_for_an_option():
    found = read("Câu 1. Thủ đô?", *LINES, "", "Đọc đoạn văn sau.", "Câu 2. Cố đô?", *LINES, "BẢNG ĐÁP ÁN", "1B 2A")
    assert texts(found.questions[0].question) == OPTIONS
    assert [(guess.cell, guess.code) for guess in found.guesses][-1] == ("“Đọc đoạn văn sau.”", "docx_unused")


def test_a_paragraph_right_after_the_last_option_is_taken_and_told():
    found = read("Câu 1. Thủ đô?", *LINES, "thành phố", "Đáp án: B")
    assert texts(found.questions[0].question)[-1] == "Cần Thơ\nthành phố"
    assert guessed(found) == {"docx_option_goes_on"}


def test_a_paragraph_right_after_the_key_is_taken_for_the_explanation_and_told():
    found = read("Câu 1. Thủ đô?", *LINES, "Đáp án: B", "Theo Điều 13", "của Hiến pháp.")
    assert only(found).explanation == "Theo Điều 13\ncủa Hiến pháp."
    assert guessed(found) == {"docx_explained"}


@pytest.mark.parametrize("heading", ["PHẦN I. TRẮC NGHIỆM (8 điểm)", "II. CÂU HỎI TRẮC NGHIỆM", "Phần 2: Đề thi"])
def test_a_part_of_a_paper_is_no_topic(heading):
    assert only(read(heading, "Câu 1. Thủ đô?", *LINES, "Đáp án: B")).topic == "Chưa phân loại"


def test_letters_of_every_form_become_one():
    found = read(*(unicodedata.normalize("NFD", line) for line in ("Câu 1. Thủ đô?", *LINES, "Đáp án: B")))
    assert (only(found).text, texts(only(found))) == ("Thủ đô?", OPTIONS)


def test_letters_in_two_forms_are_told():
    found = read("Câu 1. Thủ đô?", *[unicodedata.normalize("NFD", line) for line in LINES], "Đáp án: B")
    assert "letters_mixed" in {guess.code for guess in found.guesses}
    assert texts(only(found)) == OPTIONS


def test_a_document_without_questions_says_so():
    assert codes(read("Chỉ là một đoạn văn.")) == codes(read()) == ["no_questions"]


def test_too_many_questions_are_refused():
    found = read_questions(document("\n".join(f"Câu {number}. Gì?" for number in range(1000))))
    assert "too_many_questions" not in codes(found)
    lines = [f"Câu {number}. Gì?" for number in range(2000)]
    assert codes(read_questions(document(*["\n".join(lines[:1000])] * 6))) == ["too_many_questions"]


def test_the_title_is_that_of_the_bank_and_other_lines_at_the_top_are_told():
    found = read("SỞ VĂN HÓA", "Câu 1. Thủ đô?", *LINES, "Đáp án: B")
    assert [(guess.cell, guess.code) for guess in found.guesses][-1] == ("“SỞ VĂN HÓA”", "docx_unused")


def test_the_example_of_the_guide_is_read_without_a_fault():
    guide = Path(__file__).parents[4].joinpath("docs", "nhap-xuat-cau-hoi.md").read_text(encoding="utf-8")
    example = guide.partition("## Word")[2].partition("```text\n")[2].partition("```")[0]
    found = read(*example.split("\n"))
    assert (codes(found), guessed(found)) == ([], set())
    kinds = [item.question.kind for item in found.questions]
    assert kinds == ["single", "multiple", "statements", "true_false", "short_text"]
    assert {item.question.topic for item in found.questions} == {"Địa lý"}
    assert found.questions[2].question.key == (True, False, True, False)
