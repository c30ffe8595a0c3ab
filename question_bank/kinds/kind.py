"""What every kind of question can do, and the register of kinds.

A kind is one file: how its question is written (`table`, `settings`), what a participant answers with (`controls`),
how an answer travels (`from_paper`, `to_paper`) and what it earns (`mark`). Editor, preview, paper, form without a
script, result and files are drawn from that and know no kind.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import ClassVar, NamedTuple

from question_bank.controls import Control, Reply, values_of
from question_bank.editing import Row, Setting, Table
from question_bank.problems import SENTENCES, Problem
from question_bank.question import Option, Question, Value
from question_bank.words import Locale, Words, said


class InvalidResponse(ValueError):
    """A response that no paper could have sent: wrong_type, unknown_option, repeated_option, too_long."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class UnknownKind(LookupError):
    """No kind of question has this code."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a response earns, in 1/1000 point, and whether it is wholly right."""

    points: int
    is_right: bool


NOTHING = Mark(0, is_right=False)


class Filled(NamedTuple):
    """What the rows of a table say: the fields of a question that hold its answers."""

    options: tuple[Option, ...] = ()
    key: Value = None
    items: tuple[str, ...] = ()


class Kind(ABC):
    """A kind of question. Stateless: what it needs stands in the question."""

    code: ClassVar[str]
    name: ClassVar[Words]
    hint: ClassVar[Words | None] = None
    """What a participant is told to do."""

    reply: ClassVar[Reply]
    table: ClassVar[Table | None] = None
    """The table of answers that its author fills in."""

    settings: ClassVar[tuple[Setting, ...]] = ()
    sentences: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """What is said, in Vietnamese and in English, about the problems that only this kind has, by code."""

    has_order: ClassVar[bool] = False
    """Whether its options may be shuffled, and so be locked in their order."""

    is_sequence: ClassVar[bool] = False
    """Whether its answers are places in a row, so that a page may let people move what they put in order."""

    is_inline: ClassVar[bool] = False
    """Whether its controls stand in the text, in place of `[[1]]`, `[[2]]`, …"""

    is_marked: ClassVar[bool] = True
    """Whether a machine marks it; a question that nobody marks counts neither as right nor as wrong."""

    is_drawn: ClassVar[bool] = True
    """Whether papers draw it."""

    is_judged: ClassVar[bool] = False
    """Whether judges score its answers instead of a machine."""

    example: ClassVar[Question | None] = None
    """A good question of this kind, which the page of examples in a workbook shows."""

    def option_ids(self, question: Question) -> tuple[str, ...]:
        """Return the ids of the options that a paper may reorder; most kinds that are typed have none."""
        return tuple(option.id for option in question.options)

    def preview_order(self, question: Question) -> tuple[int, ...]:
        """Return the order of options in a preview: their own, where that tells nothing."""
        order = tuple(range(len(self.option_ids(question))))
        if self.has_order:
            return order
        shuffled = tuple(sorted(order, key=lambda index: _digest(question.options[index].text)))
        return shuffled if shuffled != order else shuffled[::-1]

    @abstractmethod
    def controls(self, question: Question, order: Sequence[int]) -> tuple[Control, ...]:
        """Return what a participant answers with, the options in the order of a paper."""

    @abstractmethod
    def from_paper(self, question: Question, order: Sequence[int], raw: object) -> Value:
        """Return a response of a paper in its one normal form, by option ids; None is unanswered.

        Raises InvalidResponse.
        """

    def to_paper(self, question: Question, order: Sequence[int], response: Value) -> object:  # noqa: ARG002
        """Return a response, as read by `from_paper`, as this paper writes it."""
        return list(response) if isinstance(response, tuple) else response

    @abstractmethod
    def model_response(self, question: Question) -> Value:
        """Return a response that is wholly right; None when there is none, as for a prediction."""

    def answered_by(self, question: Question, response: Value) -> Question:
        """Return the question with a key by which this response, as read by `from_paper`, is wholly right.

        What is wrong with such a key is for `problems`.
        """
        return replace(question, key=response)

    def is_right(self, question: Question, response: Value) -> bool:
        """Say whether a response, as read by `from_paper`, is wholly right."""
        return response == self.model_response(question)

    def right_parts(self, question: Question, order: Sequence[int], response: Value) -> tuple[bool, ...]:
        """Say of each control, in the order of a paper, whether it holds what is right."""
        count = len(self.controls(question, order))
        given, right = (
            values_of(self.reply, self.to_paper(question, order, each), count)
            for each in (response, self.model_response(question))
        )
        return tuple(values != () and values == wanted for values, wanted in zip(given, right, strict=True))

    def remark(self, question: Question, response: Value) -> Words | None:  # noqa: ARG002
        """Return what a participant should look at again in a response before handing in. Never tells the key."""
        return None

    def scoring(self, question: Question) -> Words | None:  # noqa: ARG002
        """Return what an answer earns that is partly right, as participants are told; None where none can be."""
        return None

    def hints(self, question: Question) -> tuple[Words, ...]:
        """Return what a participant is told beside the question. Never tells the key."""
        return tuple(words for words in (self.hint, self.scoring(question)) if words)

    def mark(self, question: Question, response: Value) -> Mark:
        """Mark a response, as read by `from_paper`: all the points or none, unless the kind knows better."""
        is_right = response is not None and self.is_right(question, response)
        return Mark(question.points, is_right=True) if is_right else NOTHING

    @abstractmethod
    def problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the question's options, items, settings and key."""

    def rows(self, question: Question) -> tuple[Row, ...]:  # noqa: ARG002
        """Return the table of answers of a question."""
        return ()

    def from_rows(self, rows: Sequence[Row]) -> Filled:  # noqa: ARG002
        """Return the answers of a table; what is wrong with them is for `problems`."""
        return Filled()

    def with_rows(self, question: Question, rows: Sequence[Row]) -> Question:
        """Return the question with the answers of a table; a kind without one leaves it as it is."""
        return replace(question, **self.from_rows(rows)._asdict()) if self.table else question

    def key_words(self, question: Question, locale: Locale) -> str:
        """Return the key in words, for the committee and for whoever may see it; letters are those of the preview."""
        return self.right_words(question, self.preview_order(question), locale)

    def right_words(self, question: Question, order: Sequence[int], locale: Locale) -> str:
        """Return a response that is wholly right in words, with the letters of a paper."""
        controls = self.controls(question, order)
        response = self.to_paper(question, order, self.model_response(question))
        shown = values_of(self.reply, response, len(controls))
        return "; ".join(
            words for control, values in zip(controls, shown, strict=True) if (words := _said(control, values, locale))
        )

    def setting(self, question: Question, code: str) -> Value:
        """Return what was decided about a question, else the default."""
        for name, value in question.settings:
            if name == code:
                return value
        return next(setting.default for setting in self.settings if setting.code == code)

    def decided(self, values: Mapping[str, Value]) -> tuple[tuple[str, Value], ...]:
        """Return decisions as a question holds them: by name, without those that are the default."""
        if not values:
            return ()
        defaults = {setting.code: setting.default for setting in self.settings}
        return tuple(sorted((code, value) for code, value in values.items() if value != defaults.get(code)))

    def with_settings(self, question: Question, values: Mapping[str, Value]) -> Question:
        """Return the question with these decisions."""
        kept = self.decided(values)
        return question if kept == question.settings else replace(question, settings=kept)


def _digest(text: str) -> bytes:
    return sha256(text.encode()).digest()


def _said(control: Control, values: Sequence[str], locale: Locale) -> str:
    chosen = [choice for choice in control.choices if choice.value in values]
    if control.choices:
        parts = [f"{said(choice.mark, locale)}. {said(choice.text, locale)}" for choice in chosen if choice.mark]
        parts += [said(choice.text, locale) for choice in chosen if not choice.mark]
    else:
        parts = list(values)
    words = "; ".join(parts)
    return f"{said(control.label, locale)}: {words}" if control.label and words else words


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known by its code, and its sentences by theirs."""
    _kinds[kind.code] = kind
    SENTENCES.update(kind.sentences)


def kinds() -> tuple[Kind, ...]:
    """Return all kinds in the order in which they were registered."""
    return tuple(_kinds.values())


def kind_codes() -> tuple[str, ...]:
    """Return the codes of all kinds."""
    return tuple(sorted(_kinds))


def judged_kinds() -> list[str]:
    """Return the codes of the kinds whose answers judges score."""
    return sorted(kind.code for kind in _kinds.values() if kind.is_judged)


def kind_of(code: str) -> Kind:
    """Return the kind with this code. Raises UnknownKind."""
    try:
        return _kinds[code]
    except KeyError:
        raise UnknownKind(code) from None
