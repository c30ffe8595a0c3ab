"""Several statements, each of which is true or false, as in the national exam since 2025."""

import re
from collections.abc import Sequence
from itertools import pairwise

from question_bank.controls import Control, Reply, Widget
from question_bank.editing import Cell, Column, Row, Setting, Table, without_empty_end
from question_bank.kinds.kind import Filled, InvalidResponse, register
from question_bank.kinds.options import letters_of, options_of
from question_bank.kinds.parts import (
    ALL_OR_NOTHING,
    EQUAL_PARTS,
    ROW_SENTENCES,
    KindWithParts,
    as_drawn,
    as_written,
    each_of,
    id_problems,
    row_problems,
    unless_empty,
)
from question_bank.kinds.true_false import TRUE_FALSE_CHOICES, TRUTHS, truth_word
from question_bank.points import points_text
from question_bank.problems import Problem
from question_bank.question import Question, Value
from question_bank.words import FALSE, TRUE, Locale, Words

TABLE = "table"
NATIONAL_EXAM = "0,1; 0,25; 0,5; 1"
"""What 1, 2, 3 and 4 right judgements of four earn there, as parts of the points."""

FULL = 1000
_STEP = re.compile(r"([01])(?:[.,](\d{1,3}))?")
_SENTENCES = ROW_SENTENCES | {
    "truths_missing": (
        "Đáp án phải ghi Đúng hoặc Sai cho từng ý.",
        "The answer key must say true or false for each statement.",
    ),
    "truth_missing": ("Chưa chọn Đúng hay Sai cho ý này.", "Choose whether this statement is true or false."),
    "score_table_wrong": (
        "Bảng điểm gồm các số từ 0 đến 1 (tối đa ba chữ số sau dấu phẩy), cách nhau bằng dấu chấm phẩy.",
        "The table holds numbers from 0 to 1 (at most three decimals) with semicolons between them.",
    ),
    "score_table_length": (
        "Bảng điểm có {given} mức nhưng câu có {wanted} ý. Hãy ghi mỗi ý một mức hoặc chọn cách tính điểm khác.",
        "The table has {given} steps for {wanted} statements. Write a step for each, or choose another scoring.",
    ),
    "score_table_falls": (
        "Các mức của bảng điểm không được giảm dần: đúng nhiều ý hơn thì điểm không được thấp hơn.",
        "The table must not fall: more right statements cannot earn less.",
    ),
    "score_table_end": (
        "Mức cuối của bảng điểm phải là 1: đúng tất cả thì được trọn điểm.",
        "The last step of the table must be 1: all right earns all points.",
    ),
}


class Statements(KindWithParts):
    """The key and a response hold true or false for each statement, in the question's order."""

    code = "statements"
    name = Words("Đúng/Sai nhiều ý", "Several statements")
    hint = Words("Chọn Đúng hoặc Sai cho từng ý.", "Choose true or false for each statement.")
    reply = Reply.FLAGS
    table = Table(
        (
            Column("options", Words("Ý", "Statement")),
            Column("key", Words("Đúng hay sai", "True or false"), Cell.TRUE_FALSE),
        ),
        Words(
            "Ghi từng ý và chọn ý đó đúng hay sai. Đề thi tốt nghiệp THPT có 4 ý.",
            "Write each statement and choose whether it is true. The national exam has four.",
        ),
    )
    settings = (
        Setting(
            "scoring",
            Words("Cách tính điểm", "Scoring"),
            TABLE,
            ((TABLE, Words("Theo bảng điểm dưới đây", "By the table below")), ALL_OR_NOTHING, EQUAL_PARTS),
        ),
        Setting(
            "table",
            Words("Bảng điểm", "Table of points"),
            NATIONAL_EXAM,
            hint=Words(
                "Phần điểm được hưởng khi đúng 1, 2, 3… ý, cách nhau bằng dấu chấm phẩy. Bảng 0,1; 0,25; 0,5; 1 là của"
                " đề thi tốt nghiệp THPT từ năm 2025.",
                "The part of the points for 1, 2, 3… right judgements, with semicolons between them. The table"
                " 0,1; 0,25; 0,5; 1 is that of the national exam since 2025.",
            ),
            most=100,
        ),
    )
    sentences = _SENTENCES
    has_order = True

    example = Question(
        "statements",
        "Xét năm 2024.",
        options_of(["Năm 2024 là năm nhuận.", "Tháng 2 có 28 ngày.", "Cả năm có 365 ngày.", "Quý I có 91 ngày."]),
        (True, False, False, True),
        "Kiến thức chung",
        3,
        "Năm 2024 chia hết cho 4 nên là năm nhuận.",
        "Ví dụ minh họa",
    )

    def controls(self, question: Question, order: Sequence[int]) -> tuple[Control, ...]:
        """Return true and false for each statement, named a), b) and so on."""
        lettered = letters_of(question, order).items()
        return tuple(Control(Widget.RADIO, f"{letter}) {each.text}", TRUE_FALSE_CHOICES) for letter, each in lettered)

    def from_paper(self, question: Question, order: Sequence[int], raw: object) -> Value:  # noqa: ARG002
        """Return the judgements in the question's order."""
        if raw is None:
            return None
        given = each_of(raw, len(order))
        return unless_empty(tuple(_judgement(each) for each in as_written(order, given)))

    def to_paper(self, question: Question, order: Sequence[int], response: Value) -> object:  # noqa: ARG002
        """Return the judgements in the order of the paper."""
        return as_drawn(order, response) if isinstance(response, tuple) else None

    def model_response(self, question: Question) -> Value:
        """Return the right judgements."""
        return question.key

    def scoring(self, question: Question) -> Words | None:
        """Return the table in points, where it is used."""
        if self.setting(question, "scoring") != TABLE:
            return super().scoring(question)
        count = len(question.options)
        hits = ", ".join(str(number) for number in range(1, count + 1))
        earned = [*(self.points_for(question, number, count) for number in range(1, count)), question.points]
        points = "; ".join(map(points_text, earned))
        english = points.replace(",", ".")
        return Words(f"Số điểm khi đúng {hits} ý: {points}.", f"Points for {hits} right: {english}.")

    def points_for(self, question: Question, hits: int, count: int) -> int:
        """Return what the table says, where it is used: a part of the points, rounded down to 1/1000 point."""
        if self.setting(question, "scoring") != TABLE:
            return super().points_for(question, hits, count)
        steps = steps_of(str(self.setting(question, "table")))
        return question.points * steps[hits - 1] // FULL if 0 < hits <= len(steps) else 0

    def problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the statements, the judgements and the table of points."""
        texts = [option.text for option in question.options]
        problems = row_problems(self.table, "options", texts) + id_problems(question.options) + _key_problems(question)
        return problems + (self._table_problems(question) if self.setting(question, "scoring") == TABLE else [])

    def _table_problems(self, question: Question) -> list[Problem]:
        steps, count = steps_of(str(self.setting(question, "table"))), len(question.options)
        field = "settings.table"
        if not steps:
            return [Problem("score_table_wrong", field)]
        if count and len(steps) != count:  # without statements there is something else to say
            return [Problem("score_table_length", field, {"given": len(steps), "wanted": count})]
        if any(more < less for less, more in pairwise(steps)):
            return [Problem("score_table_falls", field)]
        return [] if steps[-1] == FULL else [Problem("score_table_end", field)]

    def rows(self, question: Question) -> tuple[Row, ...]:
        """Return a row for each statement: its text, and true or false."""
        key = question.key if isinstance(question.key, tuple) else ()
        truths = [truth_word(value) for value in key] + [""] * len(question.options)
        return tuple((option.text, truth) for option, truth in zip(question.options, truths, strict=False))

    def from_rows(self, rows: Sequence[Row]) -> Filled:
        """Return these statements; one that isn't judged yet has no truth."""
        kept = without_empty_end(rows)
        return Filled(options_of([text for text, _truth in kept]), tuple(TRUTHS.get(truth) for _text, truth in kept))

    def key_words(self, question: Question, locale: Locale) -> str:
        """Return the letter of each statement and what it is."""
        key = question.key if isinstance(question.key, tuple) else ()
        letters = letters_of(question, range(len(question.options)))
        words = [(TRUE if truth else FALSE).said(locale) for truth in key]
        return "; ".join(f"{letter}) {word}" for letter, word in zip(letters, words, strict=False))


def steps_of(table: str) -> tuple[int, ...]:
    """Return the parts of a table, in 1/1000 of the points; empty when it cannot be read."""
    found = [_STEP.fullmatch(step.strip()) for step in table.split(";")]
    steps = [int(step[1]) * FULL + int((step[2] or "").ljust(3, "0")) for step in found if step]
    return tuple(steps) if len(steps) == len(found) else ()


def _judgement(raw: object) -> bool | None:
    if raw is None or isinstance(raw, bool):
        return raw
    raise InvalidResponse("wrong_type")


def _key_problems(question: Question) -> list[Problem]:
    key = question.key
    if not isinstance(key, tuple) or len(key) != len(question.options):
        return [Problem("truths_missing", "key")]
    return [Problem("truth_missing", f"key.{i}") for i, truth in enumerate(key) if not isinstance(truth, bool)]


register(Statements())
