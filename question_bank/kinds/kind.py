"""What every kind of question can do, and the register of kinds."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from question_bank.problems import Problem
from question_bank.question import Question, Value


class InvalidResponse(ValueError):
    """A response that no paper could have sent: wrong_type, unknown_option, repeated_option."""

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


class Kind(ABC):
    """A kind of question. Stateless: what it needs stands in the question."""

    code: ClassVar[str]

    def option_ids(self, question: Question) -> tuple[str, ...]:
        """Return the ids of the options that a paper may reorder."""
        return tuple(option.id for option in question.options)

    @abstractmethod
    def read_response(self, question: Question, raw: object) -> Value:
        """Return the response, by option ids, in its one normal form; None is unanswered.

        Raises InvalidResponse.
        """

    @abstractmethod
    def renamed(self, raw: object, names: Mapping[str, str]) -> object:
        """Return a response in which each option goes by its name in `names`.

        Raises InvalidResponse for an option without a name.
        """

    @abstractmethod
    def is_right(self, question: Question, response: Value) -> bool:
        """Say whether a response, as read by `read_response`, is wholly right."""

    @abstractmethod
    def problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the question's options and key."""

    def mark(self, question: Question, response: Value) -> Mark:
        """Mark a response, as read by `read_response`: all the points or none."""
        is_right = response is not None and self.is_right(question, response)
        return Mark(question.points if is_right else 0, is_right)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known by its code."""
    _kinds[kind.code] = kind


def kind_codes() -> tuple[str, ...]:
    """Return the codes of all kinds."""
    return tuple(sorted(_kinds))


def kind_of(code: str) -> Kind:
    """Return the kind with this code. Raises UnknownKind."""
    try:
        return _kinds[code]
    except KeyError:
        raise UnknownKind(code) from None
