"""What can be wrong with a question or a file of questions, by code, and the sentences for it."""

import dataclasses
from collections.abc import Mapping

from question_bank.problems.docx import WORD
from question_bank.problems.exchange import EXCHANGE
from question_bank.problems.files import FILE, TEXTFILE, WORKBOOK
from question_bank.problems.papers import PAPER
from question_bank.problems.qti import QTI
from question_bank.words import Locale

Values = Mapping[str, str | int]


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one field: a stable code and the values its sentence needs."""

    code: str
    field: str
    values: Values = dataclasses.field(default_factory=dict)


def sentence(code: str, values: Values, locale: Locale = "vi") -> str:
    """Return the sentence for a code. Raises KeyError for a code that has none."""
    vietnamese, english = SENTENCES[code]
    return (vietnamese if locale == "vi" else english).format_map(dict(values))


# Each code has its sentence in Vietnamese, then in English.
_QUESTION = {
    "kind_unknown": (
        "Loại câu “{kind}” không có trong hệ thống.",
        "There is no kind of question called “{kind}”.",
    ),
    "text_missing": ("Chưa có nội dung câu hỏi.", "The question has no text."),
    "topic_missing": ("Chưa ghi chủ đề.", "The topic is missing."),
    "source_missing": (
        "Chưa ghi nguồn (văn bản, điều khoản) của đáp án.",
        "The source of the answer (document and article) is missing.",
    ),
    "too_long": (
        "Nội dung dài {length} ký tự; tối đa là {most}.",
        "The text has {length} characters; at most {most} are allowed.",
    ),
    "control_character": (
        "Nội dung có ký tự điều khiển không hiển thị được; hãy xóa và gõ lại.",
        "The text holds a control character that cannot be shown; delete it and type again.",
    ),
    "difficulty_range": (
        "Độ khó phải là số nguyên từ {least} đến {most}.",
        "The difficulty must be a whole number from {least} to {most}.",
    ),
    "points_range": (
        "Điểm của câu phải lớn hơn 0 và không quá {most} điểm.",
        "The points must be above 0 and at most {most}.",
    ),
    "tags_many": ("Chỉ được gắn tối đa {most} nhãn.", "At most {most} tags are allowed."),
    "tag_empty": ("Có nhãn để trống.", "A tag is empty."),
    "tag_comma": (
        "Nhãn “{tag}” không được chứa dấu phẩy.",
        "The tag “{tag}” must not contain a comma.",
    ),
    "setting_wrong": (
        "Câu loại này không có tùy chọn “{setting}”, hoặc giá trị của tùy chọn không hợp lệ.",
        "This kind of question has no setting “{setting}”, or its value is not allowed.",
    ),
    "essay_key": (
        "Câu tự luận không có phương án và đáp án; hướng dẫn chấm ghi vào ô riêng.",
        "An essay has no options and no key; the guide for judges has a field of its own.",
    ),
    "words_crossed": (
        "Số chữ tối thiểu ({least}) lớn hơn số chữ tối đa ({most}).",
        "The least number of words ({least}) is above the most ({most}).",
    ),
    "lock_unwanted": (
        "Câu loại này luôn được xáo trộn trên đề, không giữ nguyên thứ tự được.",
        "Questions of this kind are always shuffled; their order cannot be kept.",
    ),
    "options_few": (
        "Câu hỏi cần ít nhất {least} phương án.",
        "The question needs at least {least} options.",
    ),
    "options_many": (
        "Câu hỏi có tối đa {most} phương án.",
        "The question may have at most {most} options.",
    ),
    "options_unwanted": (
        "Câu loại này không có phương án; hãy để trống các ô phương án.",
        "This kind of question has no options; leave them empty.",
    ),
    "option_id_repeated": (
        "Mã của phương án {option} để trống hoặc trùng với phương án khác.",
        "The id of option {option} is empty or used twice.",
    ),
    "option_empty": ("Phương án {option} chưa có nội dung.", "Option {option} has no text."),
    "option_repeated": (
        "Phương án {option} trùng với phương án {other}.",
        "Option {option} is the same as option {other}.",
    ),
    "key_missing": ("Chưa có đáp án.", "The answer key is missing."),
    "key_unwanted": (
        "Câu loại này không có đáp án; hãy để trống ô đáp án.",
        "This kind of question has no answer key; leave it empty.",
    ),
    "key_several": (
        "Câu một đáp án chỉ được có một đáp án đúng.",
        "A single-choice question must have exactly one right option.",
    ),
    "key_unknown": (
        "Đáp án “{option}” không phải là một phương án của câu hỏi.",
        "The answer “{option}” is not one of the options.",
    ),
    "key_repeated": ("Đáp án ghi lặp một phương án.", "The answer key names an option twice."),
    "key_not_options": (
        "Đáp án không đúng dạng: hãy ghi phương án đúng (câu nhiều đáp án: một danh sách).",
        "The answer key must name the right option (multiple choice: a list of them).",
    ),
    "key_not_true_false": (
        "Đáp án phải ghi “Đúng” hoặc “Sai”; câu nhiều ý ghi cho từng ý, ví dụ: Đ, S, Đ, S.",
        "The answer must be true or false, one for each statement.",
    ),
}

_TYPED = {
    "key_not_texts": (
        "Đáp án phải là danh sách các câu trả lời được chấp nhận.",
        "The answer key must be a list of accepted answers.",
    ),
    "answers_many": (
        "Chỉ được ghi tối đa {most} câu trả lời được chấp nhận.",
        "At most {most} accepted answers are allowed.",
    ),
    "answer_empty": ("Câu trả lời {number} chưa có nội dung.", "Answer {number} has no text."),
    "answer_repeated": (
        "Câu trả lời {number} được coi là giống câu trả lời {other}; chỉ cần ghi một lần.",
        "Answer {number} counts as the same as answer {other}; write it once.",
    ),
    "number_unreadable": (
        "“{value}” không phải là số. Hãy chỉ ghi số, ví dụ 1234,5.",
        "“{value}” is not a number. Write the number alone, as in 1234,5.",
    ),
    "number_ambiguous": (
        "“{value}” có hai cách hiểu. Hãy ghi {whole} hoặc {fraction}.",
        "“{value}” can be read in two ways. Write {whole} or {fraction}.",
    ),
    "unit_digit": ("Đơn vị không được bắt đầu bằng chữ số.", "A unit must not begin with a digit."),
}

_MARKUP = {
    "medium_unnamed": (
        "Hình hoặc âm thanh chưa có mô tả. Hãy ghi mô tả trong ngoặc vuông: ![mô tả](media:…).",
        "A picture or sound has no description. Write one in the square brackets: ![description](media:…).",
    ),
    "medium_unknown": (
        "Ngân hàng không có tệp của “{mark}”. Hãy tải tệp lên rồi chép lại đoạn mã.",
        "The bank has no file for “{mark}”. Upload the file, then copy its snippet again.",
    ),
    "formula_broken": (
        "Không đọc được công thức {mark}. Hãy sửa lại; nếu không phải công thức, hãy gõ \\$ thay cho $.",
        "The formula {mark} cannot be read. Correct it; if it is no formula, type \\$ in place of $.",
    ),
}

_CONTENT = {
    "not_object": ("Dữ liệu không phải là một câu hỏi.", "The data is not an object."),
    "field_missing": ("Thiếu trường “{field}”.", "The field “{field}” is missing."),
    "field_unknown": ("Không có trường nào tên “{field}”.", "There is no field called “{field}”."),
    "wrong_type": (
        "Giá trị của “{field}” không đúng kiểu dữ liệu.",
        "The value of “{field}” has the wrong type.",
    ),
    "bad_text": (
        "“{field}” có ký tự không hợp lệ.",
        "“{field}” holds characters that are not text.",
    ),
}

_RESPONSE = {
    "unknown_option": (
        "Câu trả lời chọn một phương án không có trong đề.",
        "The response names an option that the paper does not have.",
    ),
    "repeated_option": (
        "Câu trả lời chọn một phương án hai lần.",
        "The response names an option twice.",
    ),
}

SENTENCES: dict[str, tuple[str, str]] = (
    _QUESTION | _TYPED | _MARKUP | _CONTENT | _RESPONSE | PAPER | FILE | TEXTFILE | WORKBOOK | WORD | EXCHANGE | QTI
)
