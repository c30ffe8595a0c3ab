import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.formats.docx.drafts import Draft
from question_bank.formats.docx.paragraph import Paragraph, Table
from question_bank.formats.docx.reader import drafts_of, imported
from question_bank.formats.docx.styled import PLAIN, Styled
from tests.question_bank.formats.docx.documents import codes, guessed

OPTIONS = ["A. một", "B. hai", "C. ba", "D. bốn"]


def paragraph(text, number=1):
    return Paragraph(Styled([(text, PLAIN)]), number)


def cell(text):
    return [paragraph(text)] if text else []


def read(*lines):
    """Read a document of these lines; a list of rows is a table."""
    blocks = [
        paragraph(line, number)
        if isinstance(line, str)
        else Table([[cell(text) for text in row] for row in line], number)
        for number, line in enumerate(lines, start=1)
    ]
    drafts, faults, _unread = drafts_of(blocks)
    return imported(drafts, faults)


def questions(count, about="Chuyện", first=1):
    return [line for number in range(first, first + count) for line in (f"Câu {number}. {about} {number}?", *OPTIONS)]


def keys(found):
    return "".join(item.question.key or "-" for item in found.questions).upper()


def test_keys_of_all_may_stand_above_them():
    found = read("ĐÁP ÁN: 1A 2B", "3C 4D", *questions(4))
    assert (codes(found), keys(found)) == ([], "ABCD")


TYPED = ["Câu 1. Một cộng nửa?", "Câu 2. Năm nào?", "Câu 3. Sông nào?"]


@pytest.mark.parametrize(
    "lines",
    [
        ["1. 1,5", "2. 1831", "3. Kỳ Cùng"],
        ["1. 1,5   2. 1831\t3. Kỳ Cùng"],
        ["1: 1,5; 2: 1831; 3: Kỳ Cùng"],
        ["1. 1,5 2. 1831 Câu 3. Kỳ Cùng"],
        ["Câu 1: 1,5", "Câu 2: 1831;", "Câu 3: Kỳ Cùng."],
        [[["Câu", "1", "2", "3"], ["Đáp án", "1,5", "1831", "Kỳ Cùng"]]],
        [[["Câu", "Đáp án"], ["1", "1,5"], ["2", "1831"], ["3", "Kỳ Cùng"]]],
    ],
)
def test_a_list_holds_answers_to_type_and_each_is_told(lines):
    found = read("PHẦN I", *questions(2), "PHẦN II", *TYPED, "ĐÁP ÁN", "PHẦN I", "1A 2B", "PHẦN II", *lines)
    assert codes(found) == []
    assert [item.question.kind for item in found.questions[2:]] == ["number", "short_text", "short_text"]
    assert [item.question.key for item in found.questions[2:]] == ["1,5", ("1831",), ("Kỳ Cùng",)]
    assert {"docx_number", "docx_typed"} <= guessed(found)


@pytest.mark.parametrize("line", ["1. Vì thế", "1. Vì thế   hai", "3. Kỳ Cùng", "Kỳ Cùng"])
def test_a_line_below_keys_that_may_be_something_else_is_no_answer_to_type(line):
    found = read(*questions(1), "Câu 2. Sông nào?", "ĐÁP ÁN", "1A", line)
    assert found.questions[0].question.key == "a"
    assert (codes(found)[:1], found.questions[1].question.key) == (["docx_no_answer"], None)


def test_a_question_below_keys_begins_with_its_options():
    found = read("Câu 1. Sông nào?", "ĐÁP ÁN", "Câu 1. Núi nào?", "A. Mẫu Sơn", "B. Ba Vì", "Đáp án: A")
    assert [item.question.text for item in found.good] == ["Núi nào?"]


@pytest.mark.parametrize(
    "lines",
    [
        ["ĐÁP ÁN: 1.A 2.B 3.C 4.D"],
        ["Bảng đáp án: 1A, 2B, 3-C; 4.D"],
        ["BẢNG ĐÁP ÁN", "1 – A", "2 – B", "3 — C", "4 → D"],
        ["ĐÁP ÁN", "Câu 1: A; Câu 2: B; Câu 3: C; Câu 4: D"],
        ["ĐÁP ÁN THAM KHẢO:", "1=A 2=B", "3=C 4=D"],
        ["ĐÁP ÁN", [["1", "2", "3", "4"], ["A", "B", "C", "D"]]],
        ["ĐÁP ÁN", [["Câu", "1", "2"], ["Đáp án", "A", "B"], ["Câu", "3", "4"], ["Đáp án", "C", "D"]]],
        [[["Câu 1", "Câu 2", "Câu 3", "Câu 4"], ["A", "B", "C", "D"]]],
        [[["Câu", "1", "2", "3", "4"], ["Phương án", "A", "B", "C", "D"]]],
        [[["BẢNG ĐÁP ÁN", "", "", ""], ["1.A", "2.B", "3.C", "4.D"]]],
    ],
)
def test_keys_of_all_stand_in_a_line_in_lines_or_in_a_table(lines):
    found = read(*questions(4), *lines)
    assert (codes(found), keys(found)) == ([], "ABCD")


@pytest.mark.parametrize(
    "lines",
    [["Đáp án: 1A, 2B, 3-C; 4.D"], ["Đáp án: 1A, 2B,", "3-C; 4.D"], ["ĐA: 1A 2B 3C 4D"], ["Đáp án 1A 2B 3C 4D"]],
)
def test_keys_of_all_behind_the_word_for_one_are_taken_and_told(lines):
    found = read(*questions(4), *lines)
    assert (codes(found), keys(found), guessed(found)) == ([], "ABCD", {"docx_key_list"})
    assert [guess.cell for guess in found.guesses if guess.code == "docx_key_list"] == ["Câu 4"]


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ([*questions(2), "Đáp án: C"], "Đáp án: 1-A, 2-B, 3-C"),
        (questions(2), "Đáp án: 1-A, 2-B, 4-C"),
        (questions(2), "Đáp án: 1-A, 1-B, 3-C"),
        (questions(2), "Đáp án: 3A"),
    ],
)
def test_pairs_that_may_be_the_key_of_one_question_are_a_fault_of_it(before, line):
    found = read(*before, "Câu 3. Ghép?", *OPTIONS, line)
    assert ("Câu 3", "docx_key_unread") in {(fault.cell, fault.code) for fault in found.faults}
    assert found.questions[2].question.key is None


def test_pairs_below_a_question_without_options_are_its_own_answer():
    found = read(*questions(2), "Câu 3. Ghép các ý?", "Đáp án: 1-A, 2-B, 3-C")
    assert codes(found) == ["key_missing", "key_missing"]
    assert guessed(found) == {"docx_typed"}


def test_a_table_in_an_open_question_is_no_table_of_keys():
    found = read(*questions(2), "Câu 3. Mã nào trái với bảng?", [["1", "2"], ["B", "A"]], *OPTIONS, "Đáp án: D")
    assert (codes(found), keys(found)) == (["key_missing", "key_missing"], "--D")


ONE = ["PHẦN I. TRẮC NGHIỆM", *questions(2, "Một")]
TWO = ["PHẦN II. TRẮC NGHIỆM", *questions(2, "Hai")]


@pytest.mark.parametrize(
    "lines",
    [
        [*ONE, "ĐÁP ÁN", "1A 2B", *TWO, "ĐÁP ÁN", "1C 2D"],
        [*ONE, "ĐÁP ÁN: 1A 2B", *TWO, "ĐÁP ÁN: 1C 2D"],
        [*ONE, [["1", "2"], ["A", "B"]], *TWO, [["1", "2"], ["C", "D"]]],
        [*ONE, *TWO, "BẢNG ĐÁP ÁN", "PHẦN I", "1A 2B", "PHẦN II", "1C 2D"],
        [*ONE, *TWO, "BẢNG ĐÁP ÁN", "Phần 2: 1C 2D", "Phần 1: 1A 2B"],
        [*ONE, *TWO, "ĐÁP ÁN PHẦN II. TRẮC NGHIỆM", "1C 2D", "ĐÁP ÁN (PHẦN I)", "1A 2B"],
        [*ONE, *TWO, "Đáp án phần I: 1A 2B", "Đáp án phần II: 1C 2D"],
        [*ONE, *TWO, [["PHẦN I", ""], ["1", "2"], ["A", "B"], ["PHẦN II", ""], ["1", "2"], ["C", "D"]]],
        [*ONE, *TWO, "ĐÁP ÁN", "PHẦN I", [["1", "2"], ["A", "B"]], "PHẦN II", [["1", "2"], ["C", "D"]]],
        [*ONE, *TWO, "ĐÁP ÁN PHẦN I: 1A 2B", "ĐÁP ÁN", "1A 2B"],
    ],
)
def test_numbers_may_begin_again_in_each_part(lines):
    found = read(*lines)
    if lines[-1] == "1A 2B" and lines[-2] == "ĐÁP ÁN":
        # Read as the keys of the second part, the only one without.
        assert (codes(found), keys(found)) == ([], "ABAB")
    else:
        assert (codes(found), keys(found)) == ([], "ABCD")


@pytest.mark.parametrize(
    "lines",
    [
        ["ĐÁP ÁN", "1A 2B"],
        ["ĐÁP ÁN", "1A 2B", "1C 2D"],
        ["ĐÁP ÁN", "1A 2B 1C 2D"],
        [[["1", "2"], ["A", "B"]], [["1", "2"], ["C", "D"]]],
    ],
)
def test_keys_that_may_be_for_either_part_are_for_neither(lines):
    found = read(*ONE, *TWO, *lines)
    assert (keys(found), found.good) == ("----", ())
    assert [fault.cell for fault in found.faults if fault.code == "docx_number_twice"] == [
        "Câu 1",
        "Câu 2",
        "Câu 1 (lần 2)",
        "Câu 2 (lần 2)",
    ]


def test_a_list_of_some_of_a_part_and_some_of_another_is_not_trusted_with_numbers_of_both():
    three = ["PHẦN I", *questions(3, "Một")]
    found = read(*three, "ĐÁP ÁN: 1A 2B", *TWO, "ĐÁP ÁN: 1C 2D 3C")
    assert keys(found) == "ABC--"
    assert codes(found).count("docx_number_twice") == 2


def test_a_part_without_a_list_has_no_keys():
    found = read(*ONE, *TWO, "ĐÁP ÁN PHẦN II", "1C 2D")
    assert (keys(found), codes(found)) == ("--CD", ["key_missing", "key_missing"])


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ([*ONE, *TWO, "ĐÁP ÁN PHẦN III", "1A"], "ĐÁP ÁN PHẦN III, 1"),
        ([*ONE, *TWO, "ĐÁP ÁN PHẦN I", "1A 2B 7C"], "ĐÁP ÁN PHẦN I, 7"),
        ([*ONE, "ĐÁP ÁN", "1A 2B 3C", *TWO], "3"),
        ([*ONE, "ĐÁP ÁN: 1A 2B", *TWO, "ĐÁP ÁN", "1C 2D 5A"], "5"),
    ],
)
def test_keys_of_no_question_of_the_part_are_told(lines, place):
    found = read(*lines)
    assert place in [fault.cell for fault in found.faults if fault.code == "docx_key_unused"]
    assert found.good == ()


def test_lists_of_a_part_that_contradict_each_other_are_a_fault():
    found = read(*ONE, "ĐÁP ÁN: 1A 2B", *TWO, "ĐÁP ÁN: 1C 2D", "ĐÁP ÁN PHẦN I", "1A 2D")
    assert [(fault.cell, fault.code) for fault in found.faults] == [("Câu 2", "docx_which")]


def test_a_part_of_the_same_name_with_questions_of_its_own_is_no_list():
    found = read(*ONE, "ĐÁP ÁN: 1A 2B", "PHẦN I. LỊCH SỬ", *questions(2, "Ba"), "ĐÁP ÁN", "1C 2D")
    assert (codes(found), keys(found)) == ([], "ABCD")
    assert [item.question.topic for item in found.questions[2:]] == ["LỊCH SỬ"] * 2
    assert (
        codes(read(*ONE, "PHẦN I. LỊCH SỬ", *questions(2, "Ba"), "ĐÁP ÁN PHẦN I: 1C 2D")).count("docx_number_twice")
        == 4
    )


def test_chapters_within_a_part_may_count_on_or_anew():
    on = ["PHẦN I", "Chương 1. A", *questions(1, "Một"), "Chương 2. B", *questions(1, "Hai", 2)]
    anew = ["PHẦN II", "Chương 1. A", *questions(1, "Ba"), "Chương 2. B", *questions(1, "Bốn")]
    listed = read(*on, *anew, "ĐÁP ÁN PHẦN I: 1A 2B", "ĐÁP ÁN PHẦN II: 1C 2D")
    assert keys(listed)[:2] == "AB"
    assert codes(listed).count("docx_number_twice") == 2
    assert codes(listed).count("docx_key_unused") == 1


def test_statements_of_a_part_have_their_truths_in_a_list():
    statements = ["a) một", "b) hai", "c) ba", "d) bốn"]
    part = ["PHẦN II", "Câu 1. Xét các ý?", *statements, "Câu 2. Xét tiếp?", *statements]
    found = read(
        *ONE, *part, "ĐÁP ÁN PHẦN I: 1A 2B", "ĐÁP ÁN PHẦN II", "Câu 1: a) Đúng b) Sai c) Đúng d) Sai", "2. ĐĐSS"
    )
    assert codes(found) == []
    assert [item.question.key for item in found.questions[2:]] == [
        (True, False, True, False),
        (True, True, False, False),
    ]


def test_truths_that_contradict_each_other_are_a_fault():
    statements = ["a) một", "b) hai", "c) ba", "d) bốn"]
    said = "a) Đúng b) Sai c) Đúng d) "
    found = read("Câu 1. Xét?", *statements, f"Đáp án: {said}Sai", "ĐÁP ÁN", f"1. {said}Đúng")
    assert codes(found) == ["docx_which"]


def test_a_part_begins_below_a_question_that_waits_for_its_answer():
    found = read("PHẦN I", "Câu 1. Viết bài văn?", "PHẦN II", *questions(1), "Đáp án: A")
    assert [item.question.text for item in found.questions] == ["Viết bài văn?", "Chuyện 1?"]
    assert codes(found) == ["docx_no_answer"]


NUMERALS = ["I", "II", "III", "IV"]
papers = st.lists(st.text("ABCD", min_size=1, max_size=6), min_size=1, max_size=4)
between = st.sampled_from(["{}{}", "{}.{}", "{}-{}", "{} – {}", "Câu {}: {}", "{}) {}"])
apart = st.sampled_from([" ", ", ", "; ", "   ", "\n"])


def list_of(part, form, gap):
    return gap.join(form.format(number, key) for number, key in enumerate(part, start=1)).split("\n")


def part_of(index, part):
    return [f"PHẦN {NUMERALS[index]}", *questions(len(part), f"Phần {index},")]


@given(papers, between, apart, st.booleans())
def test_lists_of_each_part_give_every_question_its_key(parts, form, gap, is_behind):
    lists = [list_of(part, form, gap) for part in parts]
    lines = []
    for index, part in enumerate(parts):
        lines += [*part_of(index, part), *(["ĐÁP ÁN", *lists[index]] if is_behind else [])]
    if not is_behind:
        lines.append("BẢNG ĐÁP ÁN")
        lines += [line for index, each in enumerate(lists) for line in (f"Phần {index + 1}", *each)]
    found = read(*lines)
    assert (codes(found), keys(found)) == ([], "".join(parts))


@given(papers.filter(lambda parts: len(parts) > 1), between, apart)
def test_lists_at_the_end_without_names_never_give_a_shared_number_a_key(parts, form, gap):
    lines = [line for index, part in enumerate(parts) for line in part_of(index, part)]
    found = read(*lines, "BẢNG ĐÁP ÁN", *(line for part in parts for line in list_of(part, form, gap)))
    shared = sorted(map(len, parts))[-2]
    place = 0
    for part in parts:
        assert keys(found)[place : place + min(shared, len(part))].strip("-") == ""
        place += len(part)


def test_each_line_is_not_compared_with_all_questions_before_it(monkeypatch):
    asked = []
    has_key = Draft.has_key.fget
    monkeypatch.setattr(Draft, "has_key", property(lambda draft: asked.append(draft) or has_key(draft)))
    lines = [line for number in range(1, 101) for line in (f"Câu {number}. Thủ đô?", "Đáp án: Hà Nội")]
    assert len(read(*lines).questions) == 100
    assert len(asked) <= 500
