import pytest

from question_bank.formats.docx.keys import truths_in
from tests.question_bank.formats.docx.documents import codes, guessed, read

PLAIN = ["A. một", "B. hai", "C. ba", "D. bốn"]


def with_looks(looks, *, label="", every_label=""):
    """Four options, of which the letters in `looks` look so, whole or in their letter alone."""
    lines = []
    for line in PLAIN:
        own = looks.get(line[0], "")
        lines.append([(line[:2], every_label + (label if own else own)), (line[2:], own if not label else "")])
    return lines


@pytest.mark.parametrize("look", ["b", "u", "r", "h", "bu", "br"])
@pytest.mark.parametrize("every_label", ["", "b", "bu"])
def test_the_one_option_that_looks_otherwise_is_the_key_and_told(look, every_label):
    found = read("Câu 1. Số?", *with_looks({"C": look}, every_label=every_label))
    assert codes(found) == []
    assert [each.question.key for each in found.questions] == ["c"]
    assert [option.text for option in found.questions[0].question.options] == ["một", "hai", "ba", "bốn"]
    (guess,) = [guess for guess in found.guesses if guess.row]
    assert (guess.code, guess.values["option"], guess.row) == ("docx_key_mark", "C", found.questions[0].row)


@pytest.mark.parametrize("look", ["b", "u", "r", "h"])
def test_its_letter_alone_may_be_marked(look):
    found = read("Câu 1. Số?", *with_looks({"B": look}, label=look))
    assert (codes(found), [each.question.key for each in found.questions]) == ([], ["b"])


def test_the_dot_behind_the_letter_need_not_be_marked():
    found = read("Câu 1. Số?", PLAIN[0], [("B", "u"), (". hai", "")], *PLAIN[2:])
    assert (codes(found), [each.question.key for each in found.questions]) == ([], ["b"])


@pytest.mark.parametrize("sign", [" ✓", "✔", " *", " (đúng)", " (Đ)", " (Đáp án đúng)", " (ĐA) "])
def test_a_sign_behind_an_option_marks_the_key_and_leaves_its_text(sign):
    found = read("Câu 1. Số?", PLAIN[0], PLAIN[1] + sign, *PLAIN[2:])
    assert (codes(found), [each.question.key for each in found.questions]) == ([], ["b"])
    assert [option.text for option in found.questions[0].question.options] == ["một", "hai", "ba", "bốn"]
    assert "docx_key_mark" in guessed(found)


def test_a_sign_behind_an_option_agrees_with_the_key_and_shows_it_to_nobody():
    (each,) = read("Câu 1. Số?", PLAIN[0], f"{PLAIN[1]} ✓", *PLAIN[2:], "Đáp án: B").good
    assert each.question.options[1].text == "hai"
    assert codes(read("Câu 1. Số?", PLAIN[0], f"{PLAIN[1]} ✓", *PLAIN[2:], "Đáp án: C")) == ["docx_which"]


def test_what_stands_behind_every_option_is_no_sign():
    lines = [f"{line} *" for line in PLAIN]
    (each,) = read("Câu 1. Số?", *lines, "Đáp án: A").good
    assert each.question.options[0].text == "một *"


@pytest.mark.parametrize("letters", [["А.", "В.", "С."], ["☐A.", "☑B."], ["A -", "B -"], ["A", "B"]])
def test_lines_like_options_are_no_text_of_a_short_answer(letters):
    lines = [f"{letter} một" for letter in letters]
    assert codes(read("Câu 1. Số?", *lines, "Đáp án: một")) == ["docx_options_lost"]


BLOOD = ["A. O", "B. A", "C. B", "D. AB"]


@pytest.mark.parametrize("key", ["A", "B", "AB"])
def test_a_letter_that_is_also_the_text_of_another_option_is_no_sure_key(key):
    assert codes(read("Câu 1. Nhóm máu?", *BLOOD, f"Đáp án: {key}")) == ["docx_which"]


@pytest.mark.parametrize(("key", "right"), [("B. A", "b"), ("A. O", "a"), ("D", "d"), ("O", "a")])
def test_a_letter_with_the_text_of_its_option_is_a_sure_key(key, right):
    found = read("Câu 1. Nhóm máu?", *BLOOD, f"Đáp án: {key}")
    assert (codes(found), [each.question.key for each in found.questions]) == ([], [right])


@pytest.mark.parametrize("key", ["A, A", "A C B D A", "BB"])
def test_a_letter_stands_once_in_a_key(key):
    assert codes(read("Câu 1. Số?", *PLAIN, f"Đáp án: {key}")) == ["key_repeated"]


@pytest.mark.parametrize("line", ["*C. ba", "* C. ba", "C*. ba"])
def test_a_star_marks_the_key(line):
    found = read("Câu 1. Số?", *PLAIN[:2], line, PLAIN[3])
    assert (codes(found), guessed(found)) == ([], {"docx_key_mark"})
    question = found.questions[0].question
    assert (question.key, question.options[2].text) == ("c", "ba")


def test_two_marked_of_four_are_two_right_options():
    found = read("Câu 1. Số?", *with_looks({"A": "b", "D": "b"}))
    question = found.questions[0].question
    assert (codes(found), question.kind, question.key) == ([], "multiple", ("a", "d"))
    assert guessed(found) == {"docx_key_mark"}


@pytest.mark.parametrize(
    ("looks", "code"),
    [
        ({"A": "b", "C": "u"}, "docx_which"),
        ({"A": "br", "C": "b"}, "docx_which"),
        ({"A": "b", "B": "b", "C": "b"}, "docx_marks_many"),
        (dict.fromkeys("ABCD", "b"), "key_missing"),
        ({}, "key_missing"),
        ({"A": "i"}, "key_missing"),
    ],
)
def test_marks_that_do_not_agree_or_say_nothing_give_no_key(looks, code):
    found = read("Câu 1. Số?", *with_looks(looks))
    assert codes(found) == [code]
    assert found.good == ()


def test_all_bold_means_nothing_and_another_look_counts():
    found = read("Câu 1. Số?", *with_looks({"A": "b", "B": "br", "C": "b", "D": "b"}))
    assert (codes(found), [each.question.key for each in found.questions]) == ([], ["b"])


def test_bold_within_an_option_is_no_mark_and_is_kept():
    found = read("Câu 1. Số?", [("A. một ", ""), ("hai", "b")], *PLAIN[1:], "Đáp án: B")
    assert codes(found) == []
    assert found.questions[0].question.options[0].text == "một **hai**"


@pytest.mark.parametrize(("marked", "faults"), [("B", []), ("C", ["docx_which"])])
def test_a_written_key_must_agree_with_the_marks(marked, faults):
    found = read("Câu 1. Số?", *with_looks({marked: "b"}), "Đáp án: B")
    assert codes(found) == faults
    assert guessed(found) == set()


def test_a_mark_on_several_small_letters_may_mean_true_statements_and_is_asked_about():
    lines = [[(line.lower().replace(".", ")", 1), "b" if line[0] in "AB" else "")] for line in PLAIN]
    assert codes(read("Câu 1. Số?", *lines)) == ["docx_marks_many"]


@pytest.mark.parametrize(
    ("key", "truths"),
    [
        ("Đ, S", (True, False)),
        ("ĐS", (True, False)),
        ("đúng sai", (True, False)),
        ("a) Đúng; b) Sai", (True, False)),
        ("a-Đ, b-S", (True, False)),
        ("b-Đ, a-S", None),
        ("Đ", None),
        ("Đ, S, S", None),
        ("Đ, X", None),
        ("", None),
    ],
)
def test_truths_are_read_only_when_there_is_one_for_each_statement(key, truths):
    assert truths_in(key, 2) == truths
