"""The questions of a paper as markup.

A worker draws the frame of each kind of question and of an option once. A question that is shown with the same answer
in the same order of options looks the same on every paper but for its slot, so it is kept, too.
"""

from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any

from flask import get_template_attribute
from flask_babel import get_locale
from markupsafe import Markup, escape

from contest.quiz.domain.marking import PaperSlot
from contest.quiz.domain.paper import ShownQuestion, shown_paper
from contest.web.frames import frame_of, mark
from question_bank.question import Question

KEPT = 8192
CONTROLS = {"single": "radio", "multiple": "checkbox"}


@dataclass(frozen=True, slots=True)
class Fragment:
    """A question with its answer; `frame` wants nothing but its slot."""

    frame: str
    is_answered: bool


_kept: OrderedDict[Hashable, Fragment] = OrderedDict()
_keeping = Lock()


def fragments_of(
    commitment: str, paper: Sequence[PaperSlot], questions: Mapping[int, Question], responses: Mapping[str, Any]
) -> list[Fragment]:
    """Every question of a paper of the set with this commitment, and what is answered so far."""
    total, locale = len(paper), get_locale().language
    return [
        _fragment((commitment, total, locale), slot, questions, responses.get(str(number)))
        for number, slot in enumerate(paper, start=1)
    ]


def paper_markup(fragments: Sequence[Fragment]) -> Markup:
    """Each in its slot, from 1."""
    filled = "".join(fragment.frame % {"slot": number} for number, fragment in enumerate(fragments, start=1))
    return Markup(filled)  # noqa: S704 - drawn by templates, and filled in with escaped texts


def navigator_markup(fragments: Sequence[Fragment]) -> Markup:
    """The cell of each question."""
    cells = {is_answered: _cell(is_answered, get_locale().language) for is_answered in (False, True)}
    filled = "".join(cells[each.is_answered] % {"slot": number} for number, each in enumerate(fragments, start=1))
    return Markup(filled)  # noqa: S704 - drawn by a template, and filled in with our own numbers


def _fragment(
    place: tuple[str, int, str], slot: PaperSlot, questions: Mapping[int, Question], response: Any
) -> Fragment:
    answer = tuple(response) if isinstance(response, list) else response
    key = (place, slot.revision_id, slot.order, answer)
    found = _kept.get(key)
    if found is None:
        found = _drawn(place, slot, questions, response)
        if found.is_answered or response is None:  # what no paper could have sent would only fill the memory
            _keep(key, found)
    return found


def _keep(key: Hashable, fragment: Fragment) -> None:
    with _keeping:
        _kept[key] = fragment
        while len(_kept) > KEPT:
            _kept.popitem(last=False)


def _drawn(place: tuple[str, int, str], slot: PaperSlot, questions: Mapping[int, Question], response: Any) -> Fragment:
    _commitment, total, locale = place
    [question] = shown_paper((slot,), questions, {"1": response})
    return Fragment(frame_of(_filled(question, total, locale)), question.is_answered)


def _filled(question: ShownQuestion, total: int, locale: str) -> str:
    given = question.response if question.kind == "true_false" else None
    return _question(question.kind, given, locale) % {
        "slot": mark("slot"),
        "total": total,
        "topic": escape(question.topic),
        "text": escape(question.text),
        "options": _options(question, locale) if question.options else "",
    }


def _options(question: ShownQuestion, locale: str) -> str:
    control = CONTROLS[question.kind]
    frames = {is_chosen: _option(control, is_chosen, locale) for is_chosen in (False, True)}
    return "".join(
        frames[option.is_chosen]
        % {
            "slot": mark("slot"),
            "letter": option.letter,
            "capital": option.letter.upper(),
            "text": escape(option.text),
        }
        for option in question.options
    )


@lru_cache
def _question(kind: str, response: bool | None, locale: str) -> str:
    draw = get_template_attribute("quiz/_question.html", "question_fields")
    places = [mark(name) for name in ("slot", "total", "topic", "text", "options")]
    return frame_of(draw(kind, response, locale, *places))


@lru_cache
def _option(control: str, is_chosen: bool, _locale: str) -> str:
    draw = get_template_attribute("components/answer.html", "paper_option")
    name, letter, capital, text = "q" + mark("slot"), mark("letter"), mark("capital"), mark("text")
    return frame_of(draw(name, letter, capital, text, kind=control, is_chosen=is_chosen, lang="vi"))


@lru_cache
def _cell(is_answered: bool, _locale: str) -> str:
    return frame_of(get_template_attribute("components/answer.html", "navigator_cell")(mark("slot"), is_answered))
