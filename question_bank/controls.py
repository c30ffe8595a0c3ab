"""What a participant answers with: controls as data, and how their values become a response.

A page, a form without a script and a preview all draw the same controls; `Reply` says how their values are sent, so
a script and the server agree without knowing any kind.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from question_bank.words import Words


class Widget(StrEnum):
    """How a value is chosen or typed."""

    RADIO = "radio"
    CHECKBOX = "checkbox"
    SELECT = "select"
    TEXT = "text"
    NUMBER = "number"
    AREA = "area"


TYPED = frozenset({Widget.TEXT, Widget.NUMBER, Widget.AREA})


class Reply(StrEnum):
    """The shape of a response: one value, a list of those chosen, true or false, or one of these for each control."""

    ONE = "one"
    LIST = "list"
    FLAG = "flag"
    EACH = "each"
    FLAGS = "flags"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: its value, the letter before it, and what it says."""

    value: str
    mark: str | Words
    text: str | Words


@dataclass(frozen=True, slots=True)
class Control:
    """One control; `label` is empty where the question itself says what to do, `length` bounds what is typed."""

    widget: Widget
    label: str | Words = ""
    choices: tuple[Choice, ...] = ()
    length: int = 0


def response_of(reply: Reply, values: Sequence[Sequence[str]]) -> object:
    """Return the response that controls with these values send; None when nothing is given.

    `values` holds, for each control, what is chosen or typed.
    """
    given = [[value for value in each if value.strip()] for each in values]
    if not any(given):
        return None
    if reply is Reply.LIST:
        return sorted(given[0])
    firsts = [_typed(reply, each[0]) if each else None for each in given]
    return firsts if reply in {Reply.EACH, Reply.FLAGS} else firsts[0]


def values_of(reply: Reply, response: object, count: int) -> tuple[tuple[str, ...], ...]:
    """Return what the `count` controls of a question show when this response was given."""
    if reply in {Reply.EACH, Reply.FLAGS}:
        each = response if isinstance(response, list | tuple) else ()
        return tuple(_values([item]) for item in (*each, *[None] * count)[:count])
    if reply is Reply.LIST:
        return (_values(response if isinstance(response, list | tuple) else ()),)
    return (_values([response]),)


def _typed(reply: Reply, value: str) -> object:
    return value == "true" if reply in {Reply.FLAG, Reply.FLAGS} else value.strip()


def _values(items: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(item).lower() if isinstance(item, bool) else str(item) for item in items if item is not None)
