import itertools
import random
import subprocess
import sys
from pathlib import Path

import pytest

from question_bank.formats.json_file import JSON
from question_bank.lint import NearDuplicates, asked_by, likeness, pairs_among, signatures
from question_bank.lint.similar import BANDS, MOST_ALIKE, MOST_CANDIDATES
from tests.question_bank.builders import options, question

SAMPLES = sorted((Path(__file__).parents[3] / "question_bank" / "samples").glob("*.json"))
TEXT = "Ngày Chuyển đổi số quốc gia được tổ chức vào ngày nào hằng năm?"


def asked(text=TEXT, right="Ngày 10 tháng 10", wrong=("Ngày 26 tháng 3", "Ngày 19 tháng 8")):
    return question(text=text, options=options(*wrong, right), key="abcdefghij"[len(wrong)])


def code(one, other):
    found = likeness(asked_by(one), asked_by(other))
    assert found == likeness(asked_by(other), asked_by(one))
    return found


@pytest.mark.parametrize(
    "other",
    [
        asked(),
        asked(text=TEXT.upper()),
        asked(text=TEXT.replace("vào", "ở").rstrip("?")),
        asked(text="Hằng năm, " + TEXT.replace(" hằng năm", "")),
        asked(wrong=("Ngày 2 tháng 9", "Ngày 30 tháng 4", "Ngày 1 tháng 5")),
    ],
)
def test_the_same_question_in_other_words_or_with_other_wrong_options_is_found(other):
    assert code(asked(), other) == "near_duplicate"
    assert list(pairs_among([asked(), other])) == [(1, 0, "near_duplicate")]


def test_where_the_tone_stands_does_not_count():
    one, other = (
        asked(text=f"{word} là nhiệm vụ của ai?", right="Ủy ban nhân dân") for word in ("Hòa giải", "Hoà giải")
    )
    assert asked_by(one) == asked_by(other)


@pytest.mark.parametrize(
    "other",
    [
        asked(
            text="Thủ tục cấp thẻ căn cước cho người dưới 14 tuổi do ai thực hiện?", right="Cha, mẹ hoặc người giám hộ"
        ),
        asked(text="Ngày Pháp luật Việt Nam là ngày nào?", right="Ngày 9 tháng 11"),
        asked(right="Ngày Quốc khánh của nước Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ],
)
def test_another_question_is_not_taken_for_the_same(other):
    assert code(asked(), other) is None


def test_the_same_text_with_another_right_answer_is_another_question():
    text = "Phát biểu nào sau đây là đúng?"
    one = asked(text, right="Căn cước điện tử có giá trị như thẻ căn cước.")
    other = asked(text, right="Chữ ký số phải do tổ chức được cấp phép chứng thực.")
    assert code(one, other) is None


def test_a_question_that_differs_in_a_number_only_is_told_apart():
    one = asked("Chỉ tiêu giao năm 2023 cho xã về dịch vụ công trực tuyến là bao nhiêu?", right="80 %")
    other = asked("Chỉ tiêu giao năm 2024 cho xã về dịch vụ công trực tuyến là bao nhiêu?", right="90 %")
    assert code(one, other) == "differs_by_number"
    assert list(pairs_among([one, other])) == [(1, 0, "differs_by_number")]


def test_alike_questions_about_different_laws_are_no_pair():
    one = asked("Luật An ninh mạng số 116/2025/QH15 có hiệu lực từ ngày nào?", right="Ngày 01/7/2026")
    other = asked("Luật Dữ liệu số 60/2024/QH15 có hiệu lực từ ngày nào?", right="Ngày 01/7/2025")
    assert code(one, other) is None


def test_a_negation_is_told_apart():
    text = "Người dân {} nộp hồ sơ trực tuyến khi chưa có tài khoản định danh điện tử mức độ 2."
    one, other = (question("true_false", text=text.format(word)) for word in ("được", "không được"))
    assert code(one, other) == "differs_by_negation"


def test_the_samples_have_no_pair():
    questions = [item.question for sample in SAMPLES for item in JSON.read_questions(sample).questions]
    assert list(pairs_among(questions)) == []


def test_a_copy_of_every_sample_with_one_word_changed_is_found():
    questions = [item.question for sample in SAMPLES for item in JSON.read_questions(sample).questions]
    changed = [question(kind=q.kind, text="Theo quy định, " + q.text, options=q.options, key=q.key) for q in questions]
    found = {(later, earlier) for later, earlier, _ in pairs_among(questions + changed)}
    assert len({(100 + place, place) for place in range(100)} & found) >= 98


def test_signatures_are_the_same_on_every_machine_and_fit_a_column():
    [signature] = signatures([asked_by(question())])
    assert len(set(signature)) == BANDS
    assert all(-(2**63) <= band < 2**63 for band in signature)
    assert signature[:2] == (7734775667560266135, 7045869749896028734)


def test_items_and_typed_answers_are_part_of_what_is_asked():
    asked_for = asked_by(question("short_text", text="Tên?", options=(), items=("Thủ đô",), key=("Hà Nội", "Ha Noi")))
    assert asked_for.letters == "tên ha noi hà nội thủ đô"


@pytest.mark.parametrize("text", ["", "?", "Ai?"])
def test_questions_of_a_word_or_none_have_a_signature(text):
    [signature] = signatures([asked_by(question("true_false", text=text))])
    assert len(signature) == BANDS


def test_a_thousand_copies_are_bounded():
    copies = [asked()] * 300
    found = list(pairs_among(copies))
    assert max(len(list(group)) for _, group in itertools.groupby(found, key=lambda pair: pair[0])) == MOST_ALIKE
    assert len({later for later, _, _ in found}) == 299


def test_candidates_that_share_most_come_first_and_are_few():
    index = NearDuplicates()
    index.add("far", (1, 20, 30))
    index.add("near", (1, 2, 30))
    assert index.candidates((1, 2, 3)) == ["near", "far"]
    assert index.candidates((4, 5, 6)) == []
    for number in range(200):
        index.add(number, (7, 8, 9))
    assert len(index.candidates((7, 8, 9))) == MOST_CANDIDATES


def test_five_thousand_others_hide_no_pair():
    chance = random.Random(3)
    words = [f"từ{letter}{vowel}" for letter in "bcdghklmnpqrstvx" for vowel in "aăâeêioôơuưy"]
    others = [question("true_false", text=" ".join(chance.choices(words, k=12))) for _ in range(1000)]
    assert list(pairs_among([asked(), *others, asked()])) == [(1001, 0, "near_duplicate")]


def test_the_package_alone_does_not_load_numpy():
    script = "import sys, question_bank.lint; print('numpy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"


@pytest.mark.parametrize(("first", "second", "found"), [("a1", "a1", "near_duplicate"), ("a1", "b2", None)])
def test_the_same_words_about_another_picture_are_another_question(first, second, found):
    one, other = (
        asked(f"Biển báo trong hình có ý nghĩa gì? ![Biển báo](media:{digest * 32})", right="Cấm rẽ trái")
        for digest in (first, second)
    )
    assert code(one, other) == found


def test_the_address_of_a_picture_makes_no_questions_alike():
    picture = f"![Bản đồ](media:{'c3' * 32})"
    one = asked(f"Tỉnh nào có màu đỏ? {picture}", right="Đồng Nai")
    other = asked(f"Sông nào chảy qua vùng A? {picture}", right="Sông Bé")
    assert code(one, other) is None


PASSAGE = (
    "Đọc đoạn văn: “Mùa thu của Hà Nội thật đẹp. Lá vàng rơi đầy trên những con phố nhỏ, gió heo may nhè nhẹ thổi qua "
    "hàng cây, mặt hồ phẳng lặng như gương soi bóng những mái nhà cổ.” "
)


@pytest.mark.parametrize(
    ("text", "right", "found"),
    [
        ("Gió gì thổi qua hàng cây?", "Gió heo may", None),
        ("Mùa nào được nhắc đến trong đoạn?", "Mùa thu", "near_duplicate"),
        ("Mùa nào được nhắc đến? Hãy chọn một phương án.", "Mùa thu", "near_duplicate"),
        ("Mùa nào được nhắc đến?", "Mùa hè", "near_duplicate"),  # one of the keys is wrong
    ],
)
def test_two_questions_about_one_passage_are_two(text, right, found):
    one = asked(PASSAGE + "Mùa nào được nhắc đến?", right="Mùa thu")
    assert code(one, asked(PASSAGE + text, right=right)) == found
