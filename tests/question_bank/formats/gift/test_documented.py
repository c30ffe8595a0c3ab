"""Each way to write a question that Moodle's page on GIFT shows, with other words: https://docs.moodle.org/en/GIFT_format."""

import pytest

from question_bank.formats.gift.reader import read_questions
from question_bank.kinds import kind_of
from question_bank.kinds.gap_fill import Gap

USUAL = {"topic_made", "difficulty_made", "source_made", "code_made"}

CHOICES = """// question: 1 name: Sông
::Sông::Sông nào chảy ngược? {
=Kỳ Cùng
~Thương
#Sông này chảy về Bắc Giang
~Hồng
#Sông này chảy ra biển
}"""
TWO_RIGHT = """Hai quả nào là đặc sản?  {
   ~%-100%Nho
   ~%50%Na
   ~%50%Hồng
   ~%-100%Lê
}"""
SIGNS = r"""::Ký hiệu::
Ký hiệu nào không điều khiển? {
 ~ \~     # \~ là ký hiệu điều khiển.
 ~ \=     # \= cũng vậy.
 ~ \#     # \# cũng vậy.
 = \      # Đúng! \ (gạch chéo) không phải,
            nhưng đứng trước các ký hiệu.
}"""
PAIRS = """// question: 2 name: Hoạt động
::Hoạt động::[html]Ghép <b>hoạt động</b> với mô tả.{
    =[html]Nhiều người trao đổi. -> Diễn đàn
    =[moodle]Một câu, nhiều lựa chọn. -> Bình chọn
    =[plain]Các bản ghi. -> Dữ liệu
    = -> Trò chuyện
    ####[html]Xem thêm <a href="http://vi.du/x">Hoạt động</a>.
}"""


def rows_of(question):
    return list(kind_of(question.kind).rows(question))


@pytest.mark.parametrize(
    ("text", "kind", "text_read", "rows", "guesses"),
    [
        (
            CHOICES,
            "single",
            "Sông nào chảy ngược?",
            [("x", "Kỳ Cùng"), ("", "Thương"), ("", "Hồng")],
            {"feedback_joined"},
        ),
        (
            TWO_RIGHT,
            "multiple",
            "Hai quả nào là đặc sản?",
            [("", "Nho"), ("x", "Na"), ("x", "Hồng"), ("", "Lê")],
            set(),
        ),
        ("// đúng với {T}\n::Đúng::Chi Lăng ở Lạng Sơn.{T}", "true_false", "Chi Lăng ở Lạng Sơn.", [("true",)], set()),
        ("::Sai::Mặt trời mọc ở hướng tây.{FALSE}", "true_false", "Mặt trời mọc ở hướng tây.", [("false",)], set()),
        ("Trăng tự sáng.{FALSE#Sai rồi.#Đúng rồi.}", "true_false", "Trăng tự sáng.", [("false",)], {"feedback_joined"}),
        ("Ai viết?{=Du =Nguyễn Du =Cụ Du}", "short_text", "Ai viết?", [("Du",), ("Nguyễn Du",), ("Cụ Du",)], set()),
        ("Ghép thủ đô. {\n =Lào -> Viêng Chăn\n =Ý  -> Rô-ma\n }", "matching", "Ghép thủ đô.", None, set()),
        ("Sinh năm nào?{#1822:5}", "number", "Sinh năm nào?", [("1822",)], set()),
        ("Số pi? {#3.14159:0.0005}", "number", "Số pi?", [("3,14159",)], set()),
        ("Số pi? {#3.141..3.143}", "number", "Số pi?", [("3,142",)], set()),
        ("Năm nào? {#\n  =1822:0\n  =%50%1822:2\n}", "number", "Năm nào?", [("1822",)], {"answers_dropped"}),
        ("Viết tiểu sử. {}", "essay", "Viết tiểu sử.", [], set()),
        ("// Phần sau: số\n2 cộng 2? {#4}", "number", "2 cộng 2?", [("4",)], set()),
        ("::Tên::Chữ có gốc\nở đâu? {=Đây}", "short_text", "Chữ có gốc\nở đâu?", [("Đây",)], set()),
        (
            "Sao? {\n ~sai#nhận xét\n ~sai nữa#nhận xét khác\n =đúng#Tốt!\n}",
            "single",
            "Sao?",
            [("", "sai"), ("", "sai nữa"), ("x", "đúng")],
            {"feedback_joined"},
        ),
        (
            "Ai?{\n =không ai#hay!\n =chẳng ai#hay!\n}",
            "short_text",
            "Ai?",
            [("không ai",), ("chẳng ai",)],
            {"feedback_joined"},
        ),
        (
            "Khó.{~sai ~%50%nửa điểm =đủ điểm}",
            "single",
            "Khó.",
            [("", "sai"), ("", "nửa điểm"), ("x", "đủ điểm")],
            {"weights_changed"},
        ),
        ("[markdown]Chữ *nghiêng*?{=a ~b}", "single", "Chữ *nghiêng*?", [("x", "a"), ("", "b")], set()),
        ("[html]<p>Chữ <b>đậm</b></p>{=a ~b}", "single", "Chữ **đậm**", [("x", "a"), ("", "b")], set()),
        (
            "Bằng 5? {\n~ \\= 2 + 2\n= \\= 2 + 3\n~ \\= 2 + 4\n}",
            "single",
            "Bằng 5?",
            [("", "= 2 + 2"), ("x", "= 2 + 3"), ("", "= 2 + 4")],
            set(),
        ),
        (
            SIGNS,
            "single",
            "Ký hiệu nào không điều khiển?",
            [("", "~"), ("", "="), ("", "#"), ("x", "\\")],
            {"feedback_joined"},
        ),
        (
            PAIRS,
            "matching",
            "Ghép **hoạt động** với mô tả.",
            [
                ("Nhiều người trao đổi.", "Diễn đàn"),
                ("Một câu, nhiều lựa chọn.", "Bình chọn"),
                ("Các bản ghi.", "Dữ liệu"),
                ("", "Trò chuyện"),
            ],
            set(),
        ),
    ],
)
def test_questions_are_read_as_the_page_says(text, kind, text_read, rows, guesses):
    found = read_questions(text.encode())
    assert found.faults == ()
    (parsed,) = found.questions
    assert (parsed.question.kind, parsed.question.text) == (kind, text_read)
    assert rows is None or rows_of(parsed.question) == rows
    assert {guess.code for guess in found.guesses} - USUAL == guesses


@pytest.mark.parametrize(
    ("text", "text_read", "gap", "guesses"),
    [
        ("Hai cộng hai là {=bốn =4}.", "Hai cộng hai là [[1]].", Gap(("bốn", "4"), ()), set()),
        ("Hai cộng {=hai =2} là bốn.", "Hai cộng [[1]] là bốn.", Gap(("hai", "2"), ()), set()),
        (
            "Moodle tốn {~nhiều tiền =không gì ~ít tiền} khi tải về.",
            "Moodle tốn [[1]] khi tải về.",
            Gap(("không gì",), ("nhiều tiền", "ít tiền")),
            set(),
        ),
        (
            "::Quê::Ông sinh ở {\n ~Huế#Chưa đúng.\n ~%25%Vinh#Gần đúng.\n =Nam Đàn#Đúng!\n}.",
            "Ông sinh ở [[1]].",
            Gap(("Nam Đàn",), ("Huế", "Vinh")),
            {"feedback_joined", "weights_changed"},
        ),
        (
            "::Quê::Ông sinh ở {\n =Nam Đàn#Đúng!\n =%75%Nam Đàng#Sai chính tả.\n}.",
            "Ông sinh ở [[1]].",
            Gap(("Nam Đàn",), ()),
            {"feedback_joined", "answers_dropped"},
        ),
    ],
)
def test_a_missing_word_is_a_gap(text, text_read, gap, guesses):
    found = read_questions(text.encode())
    assert found.faults == ()
    (parsed,) = found.questions
    assert (parsed.question.kind, parsed.question.text, parsed.question.key) == ("gap_fill", text_read, (gap,))
    assert {guess.code for guess in found.guesses} - USUAL == guesses


def test_a_description_is_told_and_comments_tags_and_categories_are_heeded():
    found = read_questions(
        "Được dùng bút chì.\n\n$CATEGORY: a/b/c\n\n// [id:KB8] [tag:cơ bản] [tag:nhãn của tôi]\nSao? {=x ~y ####chung}".encode()
    )
    (parsed,) = found.questions
    assert (parsed.code, parsed.question.tags) == ("KB8", ("cơ bản", "nhãn của tôi"))
    assert (parsed.question.topic, parsed.question.explanation) == ("a / b / c", "chung")
    assert "not_question" in {guess.code for guess in found.guesses}
