"""A number that is never marked and decides between equals."""

import re
from collections.abc import Sequence

from question_bank.controls import Control, Reply, Widget
from question_bank.editing import Setting
from question_bank.kinds.kind import InvalidResponse, Kind, register
from question_bank.kinds.short_text import typed_text
from question_bank.problems import Problem
from question_bank.question import Question, Value
from question_bank.words import Words

MOST_CHARACTERS = 40
MOST_WHOLE = 1_000_000_000
PERCENT_DIGITS = 5
_FULL_PERCENT = 100 * 10**PERCENT_DIGITS

WHOLE, PERCENT = "whole", "percent"
_UNREADABLE = {
    False: Words(
        "chưa đọc được là một số nguyên, hãy ghi như 1250", "cannot be read as a whole number, write it as in 1250"
    ),
    True: Words(
        "chưa đọc được là một tỉ lệ từ 0 đến 100, hãy ghi như 87,65",
        "cannot be read as a percentage up to 100, write it as in 87.65",
    ),
}


class Prediction(Kind):
    """There is no key, and no paper draws it: the rules of a contest ask it beside the paper."""

    code = "prediction"
    name = Words("Dự đoán", "Prediction")
    hint = Words("Câu này không tính điểm, chỉ dùng để xếp hạng.", "It earns no points; it only decides the ranking.")
    reply = Reply.ONE
    settings = (
        Setting(
            "unit",
            Words("Điều cần dự đoán", "What is predicted"),
            WHOLE,
            (
                (WHOLE, Words("Số người, số lượt", "A number of people or attempts")),
                (PERCENT, Words("Tỉ lệ phần trăm", "A percentage")),
            ),
            Words(
                "Đề thi không lấy câu dự đoán từ ngân hàng; câu này được hỏi khi thể lệ ghi nội dung của nó ở mục"
                " Câu hỏi dự đoán.",
                "No paper draws a prediction; it is asked once the rules have its text in their prediction question.",
            ),
        ),
    )
    is_marked = False
    is_drawn = False

    example = Question(
        "prediction",
        "Dự đoán có bao nhiêu người trả lời đúng tất cả các câu hỏi?",
        (),
        None,
        "Câu hỏi dự đoán",
        1,
        "",
        "Ví dụ minh họa",
    )

    def controls(self, question: Question, order: Sequence[int]) -> tuple[Control, ...]:  # noqa: ARG002
        """Return one line to type a number in."""
        label = Words("Tỉ lệ bạn dự đoán (%)", "Your prediction (%)")
        if not self._is_percent(question):
            label = Words("Số bạn dự đoán", "Your prediction")
        return (Control(Widget.NUMBER, label, length=MOST_CHARACTERS),)

    def from_paper(self, question: Question, order: Sequence[int], raw: object) -> Value:  # noqa: ARG002
        """Return what was typed, where it can be read. Raises InvalidResponse: wrong_type, too_long, not_a_number."""
        text = typed_text(raw, MOST_CHARACTERS)
        if text is not None and read_prediction(text, is_percent=self._is_percent(question)) is None:
            raise InvalidResponse("not_a_number")
        return text

    def model_response(self, question: Question) -> Value:  # noqa: ARG002
        """Return nothing: what will turn out to be right nobody knows."""
        return None

    def problems(self, question: Question) -> list[Problem]:
        """Return what should not be there."""
        problems = [Problem("options_unwanted", "options")] if question.options else []
        return problems if question.key is None else [*problems, Problem("key_unwanted", "key")]

    def _is_percent(self, question: Question) -> bool:
        return self.setting(question, "unit") == PERCENT


def read_prediction(raw: object, *, is_percent: bool) -> int | None:
    """Return the predicted integer, in units of one or of 10⁻⁵ %; None where nothing usable was written.

    Takes the decimal comma and the point, and thousands set apart by points, commas or spaces.
    """
    text = str(raw).strip().replace(" ", "").replace("\u00a0", "").removesuffix("%") if raw is not None else ""
    if is_percent:
        return _percent(text)
    if not re.fullmatch(r"\d{1,3}([.,]\d{3})+|\d{1,12}", text, re.ASCII):
        return None
    number = int(re.sub(r"[.,]", "", text))
    return number if number <= MOST_WHOLE else None


def prediction_remark(raw: object, *, is_percent: bool) -> Words | None:
    """Return what to look at again in what was written, before handing in: what cannot be read decides nothing."""
    return None if read_prediction(raw, is_percent=is_percent) is not None else _UNREADABLE[is_percent]


def _percent(text: str) -> int | None:
    match = re.fullmatch(rf"(\d{{1,3}})(?:[.,](\d{{1,{PERCENT_DIGITS}}}))?", text, re.ASCII)
    if match is None:
        return None
    number = int(match[1]) * 10**PERCENT_DIGITS + int((match[2] or "").ljust(PERCENT_DIGITS, "0"))
    return number if number <= _FULL_PERCENT else None


register(Prediction())
