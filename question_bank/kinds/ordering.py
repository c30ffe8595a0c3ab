"""Options that are to be put in order."""

from collections.abc import Sequence
from dataclasses import replace

from question_bank.controls import Choice, Control, Widget
from question_bank.editing import Column, Row, Table, without_empty_end
from question_bank.kinds.kind import Filled, InvalidResponse, register
from question_bank.kinds.options import key_problems, options_of
from question_bank.kinds.parts import (
    ROW_SENTENCES,
    KindWithParts,
    as_drawn,
    as_written,
    each_of,
    id_problems,
    row_problems,
    unless_empty,
)
from question_bank.problems import Problem
from question_bank.question import Question, Value
from question_bank.words import Locale, Words

REPEATED = Words("có vị trí được chọn hai lần", "a place is chosen twice")
_SENTENCES = ROW_SENTENCES | {
    "places_missing": (
        "Đáp án phải ghi đủ các dòng theo thứ tự đúng.",
        "The answer key must hold all lines in the right order.",
    ),
}


class Ordering(KindWithParts):
    """The key holds the option ids in the right order; a response holds each option's place, from 1, as text.

    A place that is given twice can be stored, but earns nothing.
    """

    code = "ordering"
    name = Words("Sắp xếp thứ tự", "Ordering")
    hint = Words(
        "Chọn vị trí của từng dòng; 1 là đầu tiên. Mỗi vị trí chỉ dùng một lần.",
        "Choose the place of each line; 1 is first. Use each place once.",
    )
    table = Table(
        (Column("options", Words("Nội dung theo thứ tự đúng", "In the right order")),),
        Words(
            "Ghi theo đúng thứ tự. Đề của mỗi thí sinh luôn được xáo trộn.",
            "Write them in the right order. Every paper shuffles them.",
        ),
        numbered=True,
    )
    sentences = _SENTENCES
    is_sequence = True

    example = Question(
        "ordering",
        "Sắp xếp các số theo thứ tự tăng dần.",
        options_of(["12", "21", "102"]),
        ("a", "b", "c"),
        "Kiến thức chung",
        1,
        "",
        "Ví dụ minh họa",
    )

    def controls(self, question: Question, order: Sequence[int]) -> tuple[Control, ...]:
        """Return a list of the places for each option."""
        places = tuple(Choice(place, "", place) for place in _places(question))
        return tuple(Control(Widget.SELECT, question.options[index].text, places) for index in order)

    def from_paper(self, question: Question, order: Sequence[int], raw: object) -> Value:
        """Return the place of each option, in the question's order."""
        if raw is None:
            return None
        places = _places(question)
        given = as_written(order, each_of(raw, len(order)))
        return unless_empty(tuple(_place(each, places) for each in given))

    def to_paper(self, question: Question, order: Sequence[int], response: Value) -> object:  # noqa: ARG002
        """Return the place of each option in the order of the paper."""
        return as_drawn(order, response) if isinstance(response, tuple) else None

    def model_response(self, question: Question) -> Value:
        """Return the right place of each option."""
        key = question.key if isinstance(question.key, tuple) else ()
        place_of = {id_: str(place) for place, id_ in enumerate(key, start=1)}
        return tuple(place_of.get(id_) for id_ in self.option_ids(question))

    def answered_by(self, question: Question, response: Value) -> Question:
        """Return the question with its options in these places; without a place, or with one given twice, no key."""
        places = response if isinstance(response, tuple) else ()
        placed = dict(zip(places, self.option_ids(question), strict=False))
        return replace(question, key=tuple(placed[place] for place in _places(question) if place in placed))

    def right_parts(self, question: Question, order: Sequence[int], response: Value) -> tuple[bool, ...]:
        """Say of each option whether its place is right and its alone."""
        given = response if isinstance(response, tuple) else ()
        at_place = super().right_parts(question, order, response)
        repeated = [each is not None and given.count(each) > 1 for each in given] or [False] * len(at_place)
        return tuple(is_right and not repeated[index] for is_right, index in zip(at_place, order, strict=True))

    def remark(self, question: Question, response: Value) -> Words | None:
        """Return that a place is given twice, or that options have none."""
        places = [each for each in response if each is not None] if isinstance(response, tuple) else []
        return REPEATED if len(set(places)) < len(places) else super().remark(question, response)

    def problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the options and their order."""
        key, texts = question.key, [option.text for option in question.options]
        problems = row_problems(self.table, "options", texts) + id_problems(question.options)
        if not isinstance(key, tuple) or len(key) != len(question.options):
            return [*problems, Problem("places_missing", "key")]
        return problems + key_problems(question, key)

    def rows(self, question: Question) -> tuple[Row, ...]:
        """Return a row for each option, in the right order."""
        return tuple((text,) for text in _in_order(question))

    def from_rows(self, rows: Sequence[Row]) -> Filled:
        """Return these options, in the right order as they stand."""
        options = options_of([text for (text,) in without_empty_end(rows)])
        return Filled(options, tuple(option.id for option in options))

    def key_words(self, question: Question, locale: Locale) -> str:  # noqa: ARG002
        """Return the options in the right order."""
        return "; ".join(f"{place}. {text}" for place, text in enumerate(_in_order(question), start=1))


def _places(question: Question) -> tuple[str, ...]:
    return tuple(str(place) for place in range(1, len(question.options) + 1))


def _place(raw: object, places: tuple[str, ...]) -> str | None:
    if raw is None:
        return None
    if not isinstance(raw, str):
        raise InvalidResponse("wrong_type")
    if raw not in places:
        raise InvalidResponse("unknown_option")
    return raw


def _in_order(question: Question) -> list[str]:
    texts = {option.id: option.text for option in question.options}
    key = question.key if isinstance(question.key, tuple) else ()
    return [texts[id_] for id_ in key if isinstance(id_, str) and id_ in texts]


register(Ordering())
