"""A text of some length. No machine marks it: judges do, each answer as a case of its own."""

from collections.abc import Sequence

from question_bank.controls import Control, Reply, Widget
from question_bank.editing import Setting
from question_bank.kinds.kind import InvalidResponse, Kind, register
from question_bank.problems import Problem
from question_bank.question import Question, Value
from question_bank.text import clean, count_words, showable
from question_bank.words import Locale, Words

MOST_WORDS = 1500
MOST_CHARACTERS = 12_000
"""What may be typed: `MOST_WORDS` Vietnamese words take about 9,000 characters, decomposed (NFD) about 11,000."""

MOST_GUIDE = 4000
NO_LIMIT = Words("0 là không quy định.", "0 is no limit.")


class Essay(Kind):
    """There is no key; a response is the text. The guide for judges is never shown to participants."""

    code = "essay"
    name = Words("Tự luận", "Essay")
    reply = Reply.ONE
    settings = (
        Setting("least_words", Words("Số chữ tối thiểu", "Least words"), 0, hint=NO_LIMIT, most=MOST_WORDS),
        Setting("most_words", Words("Số chữ tối đa", "Most words"), 0, hint=NO_LIMIT, most=MOST_WORDS),
        Setting(
            "guide",
            Words("Hướng dẫn chấm", "Guide for judges"),
            "",
            hint=Words(
                "Giám khảo đọc khi chấm; thí sinh không được xem.", "Judges read it; participants never see it."
            ),
            most=MOST_GUIDE,
        ),
    )
    is_marked = False
    is_judged = True

    example = Question(
        "essay",
        "Viết một đoạn văn về cuốn sách mà bạn yêu thích nhất.",
        (),
        None,
        "Văn hóa đọc",
        4,
        "",
        "Ví dụ minh họa",
        settings=(("least_words", 100), ("most_words", 300)),
    )

    def controls(self, question: Question, order: Sequence[int]) -> tuple[Control, ...]:  # noqa: ARG002
        """Return one field of several lines, whose label says how long the text should be."""
        return (Control(Widget.AREA, self._label(question), length=MOST_CHARACTERS),)

    def from_paper(self, question: Question, order: Sequence[int], raw: object) -> Value:  # noqa: ARG002
        """Return the text as it is read. It counts with however many words: judges see their number."""
        if raw is None:
            return None
        if not isinstance(raw, str):
            raise InvalidResponse("wrong_type")
        text = clean(showable(raw))
        if len(text) > MOST_CHARACTERS:
            raise InvalidResponse("too_long")
        return text or None

    def model_response(self, question: Question) -> Value:  # noqa: ARG002
        """Return nothing: no text is the right one."""
        return None

    def remark(self, question: Question, response: Value) -> Words | None:
        """Return that the text is shorter or longer than is asked for."""
        if not isinstance(response, str):
            return None
        count, (least, most) = count_words(response), self._words(question)
        if count < least:
            return Words(
                f"bài có {count} chữ, cần ít nhất {least} chữ", f"it has {count} words, at least {least} are wanted"
            )
        if most and count > most:
            return Words(
                f"bài có {count} chữ, nhiều nhất {most} chữ", f"it has {count} words, at most {most} are wanted"
            )
        return None

    def problems(self, question: Question) -> list[Problem]:
        """Return whether there is a key after all, and what is wrong with the numbers of words."""
        problems = []
        if question.options or question.items or question.key is not None:
            problems.append(Problem("essay_key", "key"))
        least, most = self._words(question)
        if most and least > most:
            problems.append(Problem("words_crossed", "settings.least_words", {"least": least, "most": most}))
        return problems

    def key_words(self, question: Question, locale: Locale) -> str:  # noqa: ARG002
        """Return the guide for judges."""
        return str(self.setting(question, "guide"))

    def _words(self, question: Question) -> tuple[int, int]:
        least, most = self.setting(question, "least_words"), self.setting(question, "most_words")
        return least if isinstance(least, int) else 0, most if isinstance(most, int) else 0

    def _label(self, question: Question) -> Words:
        least, most = self._words(question)
        if least and most:
            return Words(f"Bài viết của bạn, từ {least} đến {most} chữ", f"Your text, {least} to {most} words")
        if least:
            return Words(f"Bài viết của bạn, ít nhất {least} chữ", f"Your text, at least {least} words")
        if most:
            return Words(f"Bài viết của bạn, nhiều nhất {most} chữ", f"Your text, at most {most} words")
        return Words("Bài viết của bạn", "Your text")


register(Essay())
