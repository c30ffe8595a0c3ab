"""A few words that are typed; any of several accepted answers is right."""

from collections.abc import Sequence
from dataclasses import replace

from question_bank.controls import Control, Reply, Widget
from question_bank.editing import Column, Row, Setting, Table, without_empty_end
from question_bank.folding import Folding
from question_bank.kinds.kind import Filled, InvalidResponse, Kind, register
from question_bank.problems import Problem
from question_bank.question import Question, Value
from question_bank.text import clean, has_control_characters
from question_bank.words import Locale, Words

MOST_CHARACTERS = 200
"""Of an answer, accepted or typed."""


class ShortText(Kind):
    """The key is the accepted answers, the one to show first; a response is what was typed."""

    code = "short_text"
    name = Words("Trả lời ngắn", "Short answer")
    reply = Reply.ONE
    table = Table(
        (Column("key", Words("Câu trả lời được chấp nhận", "Accepted answer")),),
        Words(
            "Mỗi dòng ghi một cách trả lời được tính là đúng. Khoảng trắng thừa, dấu câu ở đầu và cuối không ảnh hưởng"
            " đến kết quả chấm.",
            "Write each answer that counts as right on a row. Extra spaces and punctuation at the ends don't count.",
        ),
        least=2,
        numbered=True,
    )
    settings = (
        Setting(
            "case",
            Words("Phân biệt chữ hoa, chữ thường", "Capital and small letters differ"),
            default=False,
        ),
        Setting(
            "tone_place",
            Words("Phân biệt vị trí đặt dấu thanh", "The place of the tone mark counts"),
            default=False,
            hint=Words(
                "Nếu không chọn, “hòa” và “hoà”, “thủy” và “thuỷ” được coi là như nhau.",
                "Unless ticked, “hòa” and “hoà”, “thủy” and “thuỷ” are the same.",
            ),
        ),
        Setting(
            "unmarked",
            Words("Chấp nhận câu trả lời gõ thiếu dấu", "Answers typed without marks count"),
            default=False,
            hint=Words(
                "Nếu chọn, “Lang Son” cũng được tính là “Lạng Sơn”; gõ sai dấu (“Làng Sơn”) vẫn là sai.",
                "If ticked, “Lang Son” counts as “Lạng Sơn”; a wrong mark (“Làng Sơn”) is still wrong.",
            ),
        ),
    )

    example = Question(
        "short_text",
        "Con sông nào chảy qua thành phố Lạng Sơn?",
        (),
        ("Sông Kỳ Cùng", "Kỳ Cùng"),
        "Địa lý",
        2,
        "",
        "Ví dụ minh họa",
    )

    def controls(self, question: Question, order: Sequence[int]) -> tuple[Control, ...]:  # noqa: ARG002
        """Return one line to type in, which says what counts."""
        return (Control(Widget.TEXT, self._label(question), length=MOST_CHARACTERS),)

    def from_paper(self, question: Question, order: Sequence[int], raw: object) -> Value:  # noqa: ARG002
        """Return what was typed."""
        return typed_text(raw, MOST_CHARACTERS)

    def model_response(self, question: Question) -> Value:
        """Return the first accepted answer."""
        return next(iter(_answers(question)), None)

    def answered_by(self, question: Question, response: Value) -> Question:
        """Return the question with this as its only accepted answer."""
        return replace(question, key=(response,) if response else ())

    def is_right(self, question: Question, response: Value) -> bool:
        """Say whether one of the accepted answers was typed."""
        folding = self._folding(question)
        return any(folding.is_same(str(response), answer) for answer in _answers(question))

    def problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the accepted answers."""
        problems = [Problem("options_unwanted", "options")] if question.options else []
        if not question.key:
            return [*problems, Problem("key_missing", "key")]
        if not isinstance(question.key, tuple) or len(_answers(question)) < len(question.key):
            return [*problems, Problem("key_not_texts", "key")]
        return problems + self._answer_problems(question)

    def rows(self, question: Question) -> tuple[Row, ...]:
        """Return a row for each accepted answer."""
        return tuple((answer,) for answer in _answers(question))

    def from_rows(self, rows: Sequence[Row]) -> Filled:
        """Return these accepted answers as the key."""
        return Filled(key=tuple([clean(answer) for (answer,) in without_empty_end(rows)]))

    def key_words(self, question: Question, locale: Locale) -> str:
        """Return all accepted answers."""
        return Words(" hoặc ", " or ").said(locale).join(_answers(question))

    def _label(self, question: Question) -> Words:
        wanted = []
        if not self.setting(question, "unmarked"):
            wanted.append(Words("ghi đủ dấu", "with all marks"))
        if self.setting(question, "case"):
            wanted.append(Words("đúng chữ hoa, chữ thường", "in the right case"))
        if not wanted:
            return Words("Câu trả lời của bạn", "Your answer")
        vi, en = (", ".join(words) for words in zip(*wanted, strict=True))
        return Words(f"Câu trả lời của bạn ({vi})", f"Your answer ({en})")

    def _folding(self, question: Question) -> Folding:
        return Folding(*(bool(self.setting(question, code)) for code in ("case", "tone_place", "unmarked")))

    def _answer_problems(self, question: Question) -> list[Problem]:
        problems: list[Problem] = []
        folding, first, answers = self._folding(question), dict[str, int](), _answers(question)
        for index, answer in enumerate(answers):
            field, folded = f"key.{index}", folding.folded(answer)
            other = first.setdefault(folded, index)
            if not folded:
                problems.append(Problem("answer_empty", field, {"number": index + 1}))
            elif other < index:
                problems.append(Problem("answer_repeated", field, {"number": index + 1, "other": other + 1}))
            if len(answer) > MOST_CHARACTERS:
                problems.append(Problem("too_long", field, {"length": len(answer), "most": MOST_CHARACTERS}))
            if has_control_characters(answer):
                problems.append(Problem("control_character", field))
        if len(answers) > self.table.most:
            problems.append(Problem("answers_many", "key", {"most": self.table.most}))
        return problems


def typed_text(raw: object, most: int) -> str | None:
    """Return what was typed into a field, None when nothing was. Raises InvalidResponse: wrong_type, too_long."""
    if raw is not None and not isinstance(raw, str):
        raise InvalidResponse("wrong_type")
    text = clean(raw or "")
    if len(text) > most:
        raise InvalidResponse("too_long")
    return text or None


def _answers(question: Question) -> tuple[str, ...]:
    key = question.key if isinstance(question.key, tuple) else ()
    return tuple([answer for answer in key if isinstance(answer, str)])


register(ShortText())
