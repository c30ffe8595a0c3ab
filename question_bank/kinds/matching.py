"""Left sides, each of which is matched with one of the right sides."""

from collections.abc import Sequence

from question_bank.controls import Control, Widget
from question_bank.editing import Column, Row, Table
from question_bank.kinds.kind import Filled, register
from question_bank.kinds.options import ids_of, letter_of, lettered, named, option_problems, options_of, position_name
from question_bank.kinds.parts import ROW_SENTENCES, KindWithParts, each_of, row_problems, unless_empty
from question_bank.problems import Problem
from question_bank.question import Option, Question, Value
from question_bank.text import clean, fold
from question_bank.words import Words

_SENTENCES = ROW_SENTENCES | {
    "matches_missing": (
        "Đáp án phải ghi một phương án ghép cho từng dòng.",
        "The answer key must name an option for each line.",
    ),
    "match_missing": ("“{item}” chưa có phương án ghép.", "“{item}” has nothing that belongs to it."),
}


class Matching(KindWithParts):
    """The key and a response hold an option id for each left side (`items`); an option may be used twice."""

    code = "matching"
    name = Words("Ghép đôi", "Matching")
    hint = Words(
        "Chọn phương án ghép với từng dòng. Có phương án có thể dùng nhiều lần hoặc không dùng.",
        "Choose what belongs to each line. An option may be used more than once, or not at all.",
    )
    table = Table(
        (Column("items", Words("Vế trái", "Left")), Column("options", Words("Phương án ghép", "Right"))),
        Words(
            "Mỗi dòng là một cặp đúng. Phương án gây nhiễu: ghi ở các dòng cuối, để trống vế trái.",
            "Each row is a right pair. Options that belong to nothing go into the last rows, with an empty left side.",
        ),
        numbered=True,
    )
    sentences = _SENTENCES

    example = Question(
        "matching",
        "Ghép mỗi nước với thủ đô của nước đó.",
        options_of(["Hà Nội", "Viêng Chăn", "Băng Cốc"]),
        ("a", "b"),
        "Địa lý",
        2,
        "",
        "Ví dụ minh họa",
        items=("Việt Nam", "Lào"),
    )

    def controls(self, question: Question, order: Sequence[int]) -> tuple[Control, ...]:
        """Return a list of the right sides for each left side."""
        choices = lettered(question, order)
        return tuple(Control(Widget.SELECT, item, choices) for item in question.items)

    def from_paper(self, question: Question, order: Sequence[int], raw: object) -> Value:
        """Return the option id for each left side."""
        if raw is None:
            return None
        names = ids_of(question, order)
        given = each_of(raw, len(question.items))
        return unless_empty(tuple(None if each is None else named(each, names) for each in given))

    def to_paper(self, question: Question, order: Sequence[int], response: Value) -> object:
        """Return the letter of what each left side is matched with."""
        letters = letter_of(question, order)
        given = response if isinstance(response, tuple) else None
        return None if given is None else [None if each is None else named(each, letters) for each in given]

    def model_response(self, question: Question) -> Value:
        """Return the right matches."""
        return question.key

    def problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the two sides and with the matches."""
        items = row_problems(self.table, "items", question.items)
        return items + option_problems(question) + _key_problems(question)

    def rows(self, question: Question) -> tuple[Row, ...]:
        """Return a row for each pair, then the options that belong to nothing."""
        key = question.key if isinstance(question.key, tuple) else ()
        texts = {option.id: option.text for option in question.options}
        pairs = [(item, texts.get(str(id_), "")) for item, id_ in zip(question.items, key, strict=False)]
        return (*pairs, *(("", option.text) for option in question.options if option.id not in key))

    def from_rows(self, rows: Sequence[Row]) -> Filled:
        """Return both sides of these pairs; two equal right sides are one option."""
        options: dict[str, Option] = {}
        items: list[str] = []
        key: list[str] = []
        for left, right in [(clean(left), clean(right)) for left, right in rows]:
            folded = fold(right)
            if folded and folded not in options:
                options[folded] = Option(position_name(len(options)).lower(), right)
            if left:
                items.append(left)
                key.append(options[folded].id if folded else "")
        return Filled(tuple(options.values()), tuple(key), tuple(items))


def _key_problems(question: Question) -> list[Problem]:
    key, known = question.key, {option.id for option in question.options}
    if not isinstance(key, tuple) or len(key) != len(question.items):
        return [Problem("matches_missing", "key")]
    pairs = zip(question.items, key, strict=True)
    return [Problem("match_missing", "key", {"item": item}) for item, id_ in pairs if id_ not in known]


register(Matching())
