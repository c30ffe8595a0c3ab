"""The questions of a paper as markup.

A worker draws the frame of each kind of question and of an option once. A question with the same answer looks the same
on every paper but for its slot and the order in which its options stand under their letters, so it is kept as pieces
that are only put together.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple

from flask import get_template_attribute
from flask_babel import get_locale
from markupsafe import Markup, escape

from contest.i18n import show_scaled
from contest.quiz.domain.marking import PaperSlot
from contest.quiz.domain.paper import ShownQuestion, shown_paper
from contest.web.answers import has_sound, marked, marked_line, part_name, with_gaps, written_out
from contest.web.frames import Frame, mark
from question_bank.blueprint import Section
from question_bank.controls import TYPED, Control, Widget
from question_bank.kinds import kind_of
from question_bank.markup import FindMedium
from question_bank.question import FULL_POINTS, Question
from question_bank.words import Locale, said

KEPT = 8192
ATTEMPT = mark("attempt")
OPTIONS = frozenset({Widget.RADIO, Widget.CHECKBOX})


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of a set, and their media at addresses with `ATTEMPT` for the attempt."""

    questions: Mapping[int, Question]
    find_medium: FindMedium


class _Place(NamedTuple):
    """What a question is drawn for, besides its answer; `worth` are its points as shown."""

    commitment: str
    total: int
    worth: str
    locale: Locale


class _Told(NamedTuple):
    """What stands beside the answers of a question."""

    topic: str
    text: Markup
    hint: str
    has_sounds: bool


class _Drawn(NamedTuple):
    """A question with its answer.

    `frame` wants slot and attempt, and under the names of `places`, in the order of a paper, the texts to choose from,
    which `texts` has in the question's own order.
    """

    frame: Frame
    places: tuple[str, ...]
    texts: tuple[bytes, ...]
    is_answered: bool


class Fragment(NamedTuple):
    """A question with its answer as it stands on a paper."""

    drawn: _Drawn
    order: tuple[int, ...]

    @property
    def is_answered(self) -> bool:
        """Whether an answer counts so far."""
        return self.drawn.is_answered

    def markup(self, slot: int, attempt: bytes) -> bytes:
        """The question in this slot of this attempt's paper."""
        frame, places, texts, _is_answered = self.drawn
        values = dict(zip(places, [texts[index] for index in self.order], strict=True)) if places else {}
        return frame.filled({**values, "slot": b"%d" % slot, "attempt": attempt})


_kept: OrderedDict[Hashable, _Drawn] = OrderedDict()
_keeping = Lock()


def fragments_of(
    commitment: str, paper: Sequence[PaperSlot], asked: Asked, responses: Mapping[str, Any]
) -> list[Fragment]:
    """Every question of a paper of the set with this commitment, and what is answered so far."""
    total, locale = len(paper), get_locale().language
    worths = _worths(paper, asked.questions, locale)
    return [
        _fragment(_Place(commitment, total, worth, locale), slot, asked, responses.get(str(number)))
        for number, (slot, worth) in enumerate(zip(paper, worths, strict=True), start=1)
    ]


def _worths(paper: Sequence[PaperSlot], questions: Mapping[int, Question], locale: Locale) -> list[str]:
    """The points of each question as they are shown; nothing where each counts one."""
    worths = [slot.worth(questions) for slot in paper]
    is_weighed = any(worth != FULL_POINTS for worth in worths)
    return [show_scaled(worth, 3, locale) if is_weighed else "" for worth in worths]


def paper_markup(
    fragments: Sequence[Fragment], paper: Sequence[PaperSlot], sections: Sequence[Section], attempt_id: str
) -> bytes:
    """Each in its slot, from 1, on the paper of this attempt, and each section under its title."""
    attempt, locale = attempt_id.encode(), get_locale().language
    filled = [fragment.markup(number, attempt) for number, fragment in enumerate(fragments, start=1)]
    if not sections:
        return b"".join(filled)
    parts: defaultdict[int | None, list[bytes]] = defaultdict(list)
    for slot, markup in zip(paper, filled, strict=True):
        parts[slot.section].append(markup)
    return b"".join(
        _section(number, section, locale).filled({"questions": b"".join(parts[number])})
        for number, section in enumerate(sections)
    )


def navigator_markup(fragments: Sequence[Fragment]) -> bytes:
    """The cell of each question."""
    locale = get_locale().language
    return b"".join([_cell(slot, each.is_answered, locale) for slot, each in enumerate(fragments, start=1)])


def _fragment(place: _Place, slot: PaperSlot, asked: Asked, response: Any) -> Fragment:
    name = (place, slot.revision_id, tuple(response) if isinstance(response, list) else response)
    found = _kept.get(name) or _kept.get((name, slot.order))
    if found is None:
        [question] = shown_paper((slot,), asked.questions, {"1": response})
        if response is not None and not question.is_answered:  # what no paper could have sent is no answer
            return _fragment(place, slot, asked, None)
        found = _drawn(question, place, slot.order, asked.find_medium)
        # What one person typed would only fill the memory.
        if response is None or not any(control.widget in TYPED for control in question.controls):
            _keep(name if found.places else (name, slot.order), found)
    return Fragment(found, slot.order)


def _keep(key: Hashable, drawn: _Drawn) -> None:
    with _keeping:
        _kept[key] = drawn
        while len(_kept) > KEPT:
            _kept.popitem(last=False)


def _drawn(question: ShownQuestion, place: _Place, order: Sequence[int], find_medium: FindMedium) -> _Drawn:
    moving = _moving(question, find_medium)
    texts = sorted(zip(order, moving.values(), strict=True)) if moving else []
    html = _html(question, place, find_medium, moving)
    return _Drawn(Frame(html), tuple(moving), tuple(text.encode() for _index, text in texts), question.is_answered)


def _moving(question: ShownQuestion, find_medium: FindMedium) -> dict[str, str]:
    """By place the texts of the options under letters, unless one has a picture, which each attempt fetches itself."""
    [control, *others] = question.controls
    if others or control.widget not in OPTIONS:
        return {}
    texts = {
        f"option_{choice.value}": str(marked_line(choice.text, find_medium))
        for choice in control.choices
        if isinstance(choice.text, str)
    }
    return {} if any(ATTEMPT in text for text in texts.values()) else texts


def _html(question: ShownQuestion, place: _Place, find_medium: FindMedium, moving: Collection[str]) -> str:
    """Put together from parts that are kept, with marks for what differs from paper to paper."""
    text, control, remark = marked(question.text, find_medium), question.controls[0], ""
    hint = " ".join(each.said(place.locale) for each in question.hints)
    if len(question.controls) == 1 and control.widget in OPTIONS:
        controls = _options(control, question.values[0], place.locale, find_medium, moving)
    else:
        fields = _fields(question, find_medium)
        if question.kind.is_inline:
            text, fields = with_gaps(text, fields), []
        controls = "".join([_written_out(question.controls, find_medium), *fields])
    if question.remark:
        remark = get_template_attribute("quiz/_question.html", "remark_line")(question.remark)
    told = _Told(question.topic, text, hint, has_sound(text) or has_sound(controls))
    before, after = _around(question.kind.code, told, place.total, place.worth, place.locale)
    return f"{before}{controls}{remark}{after}"


def _written_out(controls: Sequence[Control], find_medium: FindMedium) -> Markup:
    choices = written_out(controls)
    draw = get_template_attribute("components/answer.html", "choice_list")
    return draw(choices, find_medium) if choices else Markup()


def _fields(question: ShownQuestion, find_medium: FindMedium) -> list[Markup]:
    draw = get_template_attribute("components/answer.html", "answer_control")
    name, count = "q" + mark("slot"), len(question.controls)
    return [
        draw(control, part_name(name, place, count), values, inline=question.kind.is_inline, media=find_medium)
        for place, (control, values) in enumerate(zip(question.controls, question.values, strict=True))
    ]


def _options(
    control: Control, values: Sequence[str], locale: Locale, find_medium: FindMedium, moving: Collection[str]
) -> str:
    parts = []
    for choice in control.choices:
        name, is_content = f"option_{choice.value}", isinstance(choice.text, str)
        text = marked_line(choice.text, find_medium) if isinstance(choice.text, str) else choice.text.said(locale)
        text = mark(name) if name in moving else text
        letter, is_chosen = said(choice.mark, locale), choice.value in values
        parts.append(_option(control.widget.value, choice.value, letter, text, is_chosen, is_content))
    return "".join(parts)


@lru_cache(KEPT)
def _around(kind: str, told: _Told, total: int, worth: str, locale: Locale) -> tuple[str, str]:
    """What stands before the controls of a question, and after them."""
    topic, text, hint, has_sounds = told
    drawn = _question(kind, has_sounds, bool(hint), bool(worth), locale)
    shown = {"total": total, "topic": escape(topic), "hint": escape(hint), "worth": worth, "text": text}
    for name, value in shown.items():
        drawn = drawn.replace(mark(name), str(value))
    before, _place, after = drawn.partition(mark("controls"))
    return before, after


@lru_cache
def _question(kind: str, has_sounds: bool, has_hint: bool, has_worth: bool, _locale: Locale) -> str:
    draw = get_template_attribute("quiz/_question.html", "question_fields")
    places = [mark(name) for name in ("slot", "total", "topic", "text", "controls")]
    hint, worth = mark("hint") if has_hint else None, mark("worth") if has_worth else None
    return str(draw(kind_of(kind), has_sounds, hint, worth, *places))


@lru_cache(KEPT)
def _option(kind: str, value: str, letter: str, text: str, is_chosen: bool, is_content: bool) -> str:
    """One option at its place on a paper."""
    draw, lang = get_template_attribute("components/answer.html", "paper_option"), "vi" if is_content else None
    return str(draw("q" + mark("slot"), value, letter, text, kind=kind, is_chosen=is_chosen, lang=lang))


@lru_cache
def _section(number: int, section: Section, _locale: Locale) -> Frame:
    draw = get_template_attribute("quiz/_question.html", "paper_section")
    return Frame(draw(number, section, mark("questions")))


@lru_cache(KEPT)
def _cell(slot: int, is_answered: bool, _locale: Locale) -> bytes:
    draw = get_template_attribute("components/answer.html", "navigator_cell")
    return str(draw(slot, is_answered)).encode()
