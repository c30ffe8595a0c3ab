"""A text with gaps, each of which is filled by typing or from a list."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from question_bank.controls import Choice, Control, Widget
from question_bank.editing import Column, Row, Table, without_empty_end
from question_bank.folding import Folding
from question_bank.kinds.kind import Filled, InvalidResponse, register
from question_bank.kinds.parts import SCORING, KindWithParts, each_of, unless_empty
from question_bank.kinds.short_text import MOST_CHARACTERS, ShortText, typed_text
from question_bank.markup import html
from question_bank.problems import Problem
from question_bank.question import Question, Value
from question_bank.text import clean, has_control_characters
from question_bank.words import Locale, Words

SEPARATOR = "|"
_GAP = re.compile(r"\[\[(\d{1,2})\]\]")
_SENTENCES = {
    "gaps_missing": (
        "Câu hỏi cần từ 1 đến {most} chỗ trống, mỗi chỗ trống một dòng đáp án.",
        "The question needs 1 to {most} gaps, each with a row of answers.",
    ),
    "gap_empty": ("Chỗ trống {number} chưa có đáp án.", "Gap {number} has no answer."),
    "gap_unwritten": (
        "Câu hỏi chưa có chỗ trống [[{number}]] cho đáp án ở dòng {number}.",
        "Row {number} has an answer, but the question has no gap [[{number}]].",
    ),
    "gap_unknown": (
        "Chỗ trống [[{number}]] trong câu hỏi chưa có dòng đáp án.",
        "The gap [[{number}]] of the question has no row of answers.",
    ),
    "gap_repeated": (
        "Chỗ trống [[{number}]] xuất hiện hai lần trong câu hỏi; hãy đánh số lại.",
        "The gap [[{number}]] occurs twice in the question; number the gaps again.",
    ),
    "gap_answer_repeated": (
        "Chỗ trống {number} có hai phương án giống nhau.",
        "Gap {number} has two texts that are the same.",
    ),
}


class Gap(NamedTuple):
    """What a gap accepts, the answer to show first, and the wrong choices of its list, none where people type."""

    accepted: tuple[str, ...]
    wrong: tuple[str, ...]


class GapFill(KindWithParts):
    """The key holds a `Gap` for each `[[1]]`, `[[2]]`, … of the text; a response holds the text for each."""

    code = "gap_fill"
    name = Words("Điền vào chỗ trống", "Gap fill")
    hint = Words("Điền vào từng chỗ trống trong câu.", "Fill in each gap.")
    table = Table(
        (
            Column("key", Words("Đáp án được chấp nhận", "Accepted answers")),
            Column("wrong", Words("Phương án sai để chọn", "Wrong choices")),
        ),
        Words(
            "Trong câu hỏi, đặt [[1]], [[2]]… vào chỗ cần điền; mỗi chỗ trống một dòng ở đây. Nhiều cách ghi cách nhau"
            " bằng dấu |. Để trống cột phương án sai thì thí sinh tự gõ; có phương án sai thì thí sinh chọn trong danh"
            " sách.",
            "Put [[1]], [[2]], … where something is to be filled in; each gap has a row here. Part several texts by |."
            " With no wrong choices people type; with some they choose from a list.",
        ),
        least=2,
        numbered=True,
    )
    settings = (SCORING, *ShortText.settings)
    sentences = _SENTENCES
    is_inline = True

    example = Question(
        "gap_fill",
        "Thủ đô của nước Việt Nam là [[1]], nằm bên sông [[2]].",
        (),
        ((("Hà Nội",), ()), (("Hồng",), ("Đà", "Mã"))),
        "Địa lý",
        2,
        "",
        "Ví dụ minh họa",
    )

    def controls(self, question: Question, order: Sequence[int]) -> tuple[Control, ...]:  # noqa: ARG002
        """Return a line to type in, or a list in the order of the alphabet, for each gap."""
        return tuple(_control(number, gap) for number, gap in enumerate(gaps_of(question), start=1))

    def from_paper(self, question: Question, order: Sequence[int], raw: object) -> Value:  # noqa: ARG002
        """Return what each gap was filled with."""
        if raw is None:
            return None
        gaps = gaps_of(question)
        given = zip(gaps, each_of(raw, len(gaps)), strict=True)
        return unless_empty(tuple(_filled(gap, each) for gap, each in given))

    def model_response(self, question: Question) -> Value:
        """Return the first accepted answer of each gap."""
        return tuple(gap.accepted[0] if gap.accepted else None for gap in gaps_of(question))

    def answered_by(self, question: Question, response: Value) -> Question:
        """Return the question with these as the only accepted texts; the choices of a list stay the same."""
        gaps = gaps_of(question)
        given = response if isinstance(response, tuple) else (None,) * len(gaps)
        return replace(question, key=tuple(_with_text(gap, text) for gap, text in zip(gaps, given, strict=True)))

    def right_parts(self, question: Question, order: Sequence[int], response: Value) -> tuple[bool, ...]:  # noqa: ARG002
        """Say of each gap whether it was filled with an accepted answer."""
        gaps, folding = gaps_of(question), self._folding(question)
        given = response if isinstance(response, tuple) else (None,) * len(gaps)
        return tuple(
            text is not None and _is_accepted(gap, str(text), folding) for gap, text in zip(gaps, given, strict=True)
        )

    def problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the gaps of the text and with their answers."""
        gaps = gaps_of(question)
        if not gaps or len(gaps) > self.table.most:
            return [Problem("gaps_missing", "key", {"most": self.table.most})]
        problems = _gap_problems(question.text, len(gaps))
        for number, gap in enumerate(gaps, start=1):
            problems += self._answer_problems(question, number, gap)
        return problems

    def rows(self, question: Question) -> tuple[Row, ...]:
        """Return a row for each gap: accepted answers, and wrong choices."""
        return tuple((_joined(gap.accepted), _joined(gap.wrong)) for gap in gaps_of(question))

    def from_rows(self, rows: Sequence[Row]) -> Filled:
        """Return these answers as the key."""
        kept = without_empty_end(rows)
        return Filled(key=tuple((_parted(accepted), _parted(wrong)) for accepted, wrong in kept))

    def key_words(self, question: Question, locale: Locale) -> str:
        """Return the accepted answers of each gap."""
        either = Words(" hoặc ", " or ").said(locale)
        return "; ".join(f"({number}) {either.join(gap.accepted)}" for number, gap in enumerate(gaps_of(question), 1))

    def _folding(self, question: Question) -> Folding:
        return Folding(*(bool(self.setting(question, setting.code)) for setting in ShortText.settings))

    def _answer_problems(self, question: Question, number: int, gap: Gap) -> list[Problem]:
        place, folding = number - 1, self._folding(question)
        counted = Counter(folding.folded(text) for text in (*gap.accepted, *gap.wrong))
        if not gap.accepted or "" in counted:
            return [Problem("gap_empty", f"key.{place}", {"number": number})]
        problems: list[Problem] = []
        if any(count > 1 for count in counted.values()):
            problems.append(Problem("gap_answer_repeated", f"key.{place}", {"number": number}))
        for field, text in (*(("key", text) for text in gap.accepted), *(("wrong", text) for text in gap.wrong)):
            if len(text) > MOST_CHARACTERS:
                problems.append(Problem("too_long", f"{field}.{place}", {"length": len(text), "most": MOST_CHARACTERS}))
            if has_control_characters(text):
                problems.append(Problem("control_character", f"{field}.{place}"))
        return problems


def gaps_of(question: Question) -> tuple[Gap, ...]:
    """Return the gaps of a key; none when it isn't the key of such a question."""
    key = question.key if isinstance(question.key, tuple) else ()
    gaps = [Gap(*map(_texts, each)) for each in key if isinstance(each, tuple) and len(each) == len(Gap._fields)]
    return tuple(gaps) if len(gaps) == len(key) else ()


def _texts(texts: Value) -> tuple[str, ...]:
    return tuple(text for text in texts if isinstance(text, str)) if isinstance(texts, tuple) else ()


def _control(number: int, gap: Gap) -> Control:
    label = Words(f"Chỗ trống {number}", f"Gap {number}")
    if not gap.wrong:
        return Control(Widget.TEXT, label, length=MOST_CHARACTERS)
    return Control(Widget.SELECT, label, tuple(Choice(text, "", text) for text in _choices(gap)))


def _choices(gap: Gap) -> list[str]:
    """In an order that doesn't tell which is right."""
    return sorted((*gap.accepted, *gap.wrong), key=lambda text: (text.casefold(), text))


def _filled(gap: Gap, raw: object) -> str | None:
    text = typed_text(raw, MOST_CHARACTERS)
    if text is not None and gap.wrong and text not in _choices(gap):
        raise InvalidResponse("unknown_option")
    return text


def _with_text(gap: Gap, text: Value) -> tuple[Value, Value]:
    """Return a gap of a key that accepts nothing but this."""
    wrong = tuple(choice for choice in _choices(gap) if choice != text) if gap.wrong else ()
    return (() if text is None else (text,)), wrong


def _is_accepted(gap: Gap, text: str, folding: Folding) -> bool:
    """What is chosen from a list is right or wrong as it stands there; what is typed may differ as decided."""
    if gap.wrong:
        return text in gap.accepted
    return any(folding.is_same(text, answer) for answer in gap.accepted)


def _gap_problems(text: str, count: int) -> list[Problem]:
    # As a page has them: in code, a formula or the name of a picture there is no gap.
    marks = Counter(int(gap[1]) for gap in _GAP.finditer(html(text, lambda _digest: None)))
    return [
        *(Problem("gap_unwritten", "text", {"number": number}) for number in range(1, count + 1) if not marks[number]),
        *(Problem("gap_unknown", "key", {"number": number}) for number in sorted(marks) if not 1 <= number <= count),
        *(Problem("gap_repeated", "text", {"number": number}) for number in sorted(marks) if marks[number] > 1),
    ]


def _parted(cell: str) -> tuple[str, ...]:
    return tuple(text for text in map(clean, cell.split(SEPARATOR)) if text)


def _joined(texts: Sequence[str]) -> str:
    return f" {SEPARATOR} ".join(texts)


register(GapFill())
