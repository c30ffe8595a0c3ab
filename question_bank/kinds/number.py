"""A number that is typed; right within a tolerance, whose edges count."""

from collections.abc import Sequence
from fractions import Fraction
from unicodedata import normalize

from question_bank.controls import Control, Reply, Widget
from question_bank.editing import Column, Row, Setting, Table
from question_bank.kinds.kind import Filled, Kind, register
from question_bank.kinds.short_text import typed_text
from question_bank.numerals import MOST_CHARACTERS, numbers_in, split_numeral
from question_bank.problems import Problem
from question_bank.question import Question, Value
from question_bank.text import clean
from question_bank.words import Locale, Words

MOST_UNIT = 20
UNREADABLE = Words(
    "câu trả lời chưa đọc được là một số, hãy ghi như 3,14",
    "the answer cannot be read as a number, write it as in 3.14",
)
_SENTENCES = {
    "tolerance_negative": ("Sai số không được âm.", "A tolerance cannot be negative."),
}


class Number(Kind):
    """The key is the number as its author typed it, a response what was typed; both are read exactly when marked.

    Where a typed number can be read in two ways (1.234), either may be right: nobody loses a point to a keyboard. The
    author's may not be read in two ways.
    """

    code = "number"
    name = Words("Điền số", "Number")
    hint = Words(
        "Viết phần thập phân sau dấu phẩy hoặc dấu chấm, ví dụ 3,14. Số viết như 1.234 được hiểu là 1234 hoặc 1,234;"
        " cách hiểu nào đúng thì được tính.",
        "Write decimals after a comma or a point, as in 3.14. A number like 1.234 is read as 1234 or as 1,234; it"
        " counts if either is right.",
    )
    reply = Reply.ONE
    table = Table(
        (Column("key", Words("Đáp số", "Number")),),
        Words(
            "Chỉ ghi số, phần thập phân sau dấu phẩy, ví dụ 1234,5. Đơn vị ghi ở ô bên dưới.",
            "Write the number alone, decimals after a comma, as in 1234,5. Its unit has a field of its own below.",
        ),
        least=1,
        most=1,
    )
    settings = (
        Setting(
            "tolerance",
            Words("Sai số cho phép", "Tolerance"),
            "",
            hint=Words(
                "Ví dụ 0,5 hoặc 2% (phần trăm của đáp số). Sai lệch đúng bằng sai số vẫn tính là đúng. Để trống: phải"
                " đúng chính xác.",
                "As in 0,5 or 2% (of the number). What differs by just as much is right, too. Empty: it must be exact.",
            ),
            most=MOST_UNIT,
        ),
        Setting(
            "unit",
            Words("Đơn vị", "Unit"),
            "",
            hint=Words(
                "Ví dụ km. Thí sinh thấy đơn vị cạnh ô trả lời và có thể gõ kèm hoặc không.",
                "As in km. It is shown beside the answer and may be typed along or not.",
            ),
            most=MOST_UNIT,
        ),
    )

    sentences = _SENTENCES

    example = Question(
        "number",
        "Chu vi hình tròn có đường kính 10 m là bao nhiêu mét?",
        (),
        "31,4",
        "Kiến thức chung",
        3,
        "Chu vi bằng đường kính nhân với số pi.",
        "Ví dụ minh họa",
        settings=(("tolerance", "0,1"), ("unit", "m")),
    )

    def controls(self, question: Question, order: Sequence[int]) -> tuple[Control, ...]:  # noqa: ARG002
        """Return one line to type in, which says what the unit is."""
        unit = self._unit(question)
        label = (
            Words(f"Đáp số (đơn vị: {unit})", f"Your number (unit: {unit})")
            if unit
            else Words("Đáp số (chỉ ghi số)", "Your number, without a unit")
        )
        return (Control(Widget.NUMBER, label, length=MOST_CHARACTERS + MOST_UNIT),)

    def from_paper(self, question: Question, order: Sequence[int], raw: object) -> Value:  # noqa: ARG002
        """Return what was typed; what is no number is a wrong answer, not none."""
        return typed_text(raw, MOST_CHARACTERS + MOST_UNIT)

    def model_response(self, question: Question) -> Value:
        """Return the number."""
        return question.key

    def is_right(self, question: Question, response: Value) -> bool:
        """Say whether the number is at most the tolerance away, in one of the ways to read it."""
        wanted = _meant(question.key)
        if wanted is None:
            return False
        return any(
            abs(number - wanted) <= self._tolerance(question, wanted) for number in self._read(question, response)
        )

    def remark(self, question: Question, response: Value) -> Words | None:
        """Return that what was typed is no number, as ½, 1/2 and 1e3, or has another unit."""
        return None if response is None or self._read(question, response) else UNREADABLE

    def problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the number, its tolerance and its unit."""
        problems = [Problem("options_unwanted", "options")] if question.options else []
        if not question.key:
            problems.append(Problem("key_missing", "key"))
        elif _meant(question.key) is None:
            problems.append(_unreadable(question.key, "key"))
        size = self._size(question)
        if size is None:
            problems.append(_unreadable(self.setting(question, "tolerance"), "settings.tolerance"))
        elif size < 0:
            problems.append(Problem("tolerance_negative", "settings.tolerance"))
        if self._unit(question)[:1].isdigit():
            problems.append(Problem("unit_digit", "settings.unit"))
        return problems

    def rows(self, question: Question) -> tuple[Row, ...]:
        """Return the one row: the number."""
        return ((question.key,),) if isinstance(question.key, str) else ()

    def from_rows(self, rows: Sequence[Row]) -> Filled:
        """Return this number as the key."""
        return Filled(key=(clean(rows[0][0]) or None) if rows else None)

    def key_words(self, question: Question, locale: Locale) -> str:
        """Return the number with its unit and its tolerance."""
        tolerance = str(self.setting(question, "tolerance"))
        words = Words(f"(sai số ± {tolerance})", f"(± {tolerance})").said(locale) if tolerance else ""
        return " ".join(part for part in (str(question.key or ""), self._unit(question), words) if part)

    def _read(self, question: Question, response: Value) -> tuple[Fraction, ...]:
        """Return the numbers that a response may mean: none with another unit."""
        typed, unit = split_numeral(str(response))
        return numbers_in(typed) if _is_unit(unit, self._unit(question)) else ()

    def _unit(self, question: Question) -> str:
        return str(self.setting(question, "unit"))

    def _size(self, question: Question) -> Fraction | None:
        """Return the number of the tolerance, which may be one of percent."""
        return _meant((str(self.setting(question, "tolerance")).strip() or "0").removesuffix("%").rstrip())

    def _tolerance(self, question: Question, wanted: Fraction) -> Fraction:
        """Return how far off a number may be; what can't be read allows nothing."""
        size = self._size(question) or Fraction(0)
        is_relative = str(self.setting(question, "tolerance")).strip().endswith("%")
        return abs(wanted) * size / 100 if is_relative else size


def _meant(text: Value) -> Fraction | None:
    """Return the number that an author typed; None unless it can be read in one way only, the comma being decimal."""
    numbers = numbers_in(text) if isinstance(text, str) else ()
    return None if not numbers or (len(numbers) > 1 and "." in str(text)) else numbers[0]


def _unreadable(text: Value, field: str) -> Problem:
    numbers = numbers_in(text.rstrip("% ")) if isinstance(text, str) else ()
    if len(numbers) < 2:
        return Problem("number_unreadable", field, {"value": str(text)[:MOST_CHARACTERS]})
    plain = str(text).strip()
    values = {"value": plain, "whole": plain.replace(".", ""), "fraction": plain.replace(".", ",")}
    return Problem("number_ambiguous", field, values)


def _is_unit(typed: str, unit: str) -> bool:
    """Say whether this may stand after the number: nothing, or the unit, with m2 and m² the same."""
    return not typed or "".join(normalize("NFKC", typed.casefold()).split()) == "".join(
        normalize("NFKC", unit.casefold()).split()
    )


register(Number())
