"""The questions of a paper as markup.

A worker draws the frame of each kind of question and of an option once. A question with the same answer looks the same
on every paper but for its slot and the order in which its options stand under their letters, so it is kept as pieces
that are only put together.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Hashable, Mapping, Sequence
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
from contest.web.answers import has_sound, marked, marked_line, part_name, with_gaps
from contest.web.frames import frame_of, mark
from question_bank.blueprint import Section
from question_bank.controls import TYPED, Control, Widget
from question_bank.kinds import kind_of
from question_bank.markup import FindMedium
from question_bank.question import FULL_POINTS, Question
from question_bank.words import Locale, said

KEPT = 8192
ATTEMPT = mark("attempt")
OPTIONS = frozenset({Widget.RADIO, Widget.CHECKBOX})


class Fragment(NamedTuple):
    """A question with its answer; `frame` wants only slot and attempt."""

    frame: str
    is_answered: bool


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


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A question with its answer: the texts to choose from in the question's own order, `pieces` stand around them.

    What is drawn in another way is one piece. What is typed is seldom typed twice.
    """

    pieces: tuple[str, ...]
    texts: tuple[str, ...]
    is_answered: bool
    is_typed: bool

    def frame(self, order: Sequence[int]) -> str:
        """All of it, with the texts in this order where it says one."""
        if not self.texts:
            return self.pieces[0]
        parts = [""] * (2 * len(self.texts) + 1)
        parts[::2], parts[1::2] = self.pieces, [self.texts[index] for index in order] if order else self.texts
        return "".join(parts)


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
) -> Markup:
    """Each in its slot, from 1, on the paper of this attempt, and each section under its title."""
    filled = [
        fragment.frame % {"slot": number, "attempt": attempt_id} for number, fragment in enumerate(fragments, start=1)
    ]
    if not sections:
        return Markup("".join(filled))  # noqa: S704 - drawn by templates, and filled in with escaped texts
    draw, parts = get_template_attribute("quiz/_question.html", "paper_section"), defaultdict(list)
    for slot, markup in zip(paper, filled, strict=True):
        parts[slot.section].append(markup)
    return Markup("").join(
        draw(number, section, Markup("".join(parts[number])))  # noqa: S704 - the same
        for number, section in enumerate(sections)
    )


def navigator_markup(fragments: Sequence[Fragment]) -> Markup:
    """The cell of each question."""
    cells = {is_answered: _cell(is_answered, get_locale().language) for is_answered in (False, True)}
    filled = "".join(cells[each.is_answered] % {"slot": number} for number, each in enumerate(fragments, start=1))
    return Markup(filled)  # noqa: S704 - drawn by a template, and filled in with our own numbers


def _fragment(place: _Place, slot: PaperSlot, asked: Asked, response: Any) -> Fragment:
    name = (place, slot.revision_id, tuple(response) if isinstance(response, list) else response)
    found = _kept.get(name) or _kept.get((name, slot.order))
    if found is None:
        found = _drawn(place, slot, asked, response)
        # What no paper could have sent, and what only one person typed, would only fill the memory.
        if response is None or (found.is_answered and not found.is_typed):
            _keep(name if found.texts else (name, slot.order), found)
    return Fragment(found.frame(slot.order), found.is_answered)


def _keep(key: Hashable, drawn: _Drawn) -> None:
    with _keeping:
        _kept[key] = drawn
        while len(_kept) > KEPT:
            _kept.popitem(last=False)


def _drawn(place: _Place, slot: PaperSlot, asked: Asked, response: Any) -> _Drawn:
    [question] = shown_paper((slot,), asked.questions, {"1": response})
    pieces, texts = _pieces(question, place, asked.find_medium)
    if texts and slot.order:
        texts = [text for _index, text in sorted(zip(slot.order, texts, strict=True))]
    is_typed = any(control.widget in TYPED for control in question.controls)
    return _Drawn(tuple(pieces), tuple(texts), question.is_answered, is_typed)


def _pieces(question: ShownQuestion, place: _Place, find_medium: FindMedium) -> tuple[list[str], list[str]]:
    """What stands around the texts to choose from, and these, where choosing is all there is to do."""
    text, control = marked(question.text, find_medium), question.controls[0]
    texts: list[str] = []
    if len(question.controls) == 1 and control.widget in OPTIONS:
        pieces, texts = _options(control, question.values[0], place.locale, find_medium)
    else:
        fields = _fields(question, find_medium)
        if question.kind.is_inline:
            text, fields = with_gaps(text, fields), []
        pieces = [frame_of(Markup("").join(fields))]
    if question.remark:
        pieces[-1] += frame_of(get_template_attribute("quiz/_question.html", "remark_line")(question.remark))
    before, after = _around(question.kind.code, question.topic, text, place.total, place.worth, place.locale)
    pieces[0] = before + pieces[0]
    pieces[-1] += after
    return pieces, texts


def _fields(question: ShownQuestion, find_medium: FindMedium) -> list[Markup]:
    draw = get_template_attribute("components/answer.html", "answer_control")
    name, count = "q" + mark("slot"), len(question.controls)
    return [
        draw(control, part_name(name, place, count), values, inline=question.kind.is_inline, media=find_medium)
        for place, (control, values) in enumerate(zip(question.controls, question.values, strict=True))
    ]


def _options(
    control: Control, values: Sequence[str], locale: Locale, find_medium: FindMedium
) -> tuple[list[str], list[str]]:
    pieces, texts = [""], []
    for choice in control.choices:
        is_content = isinstance(choice.text, str)
        text = marked_line(choice.text, find_medium) if isinstance(choice.text, str) else choice.text.said(locale)
        letter, is_chosen = said(choice.mark, locale), choice.value in values
        before, after = _around_text(control.widget.value, choice.value, letter, is_chosen, is_content, locale)
        pieces[-1] += before
        pieces.append(after)
        texts.append(frame_of(escape(text)))
    return pieces, texts


@lru_cache(KEPT)
def _around(kind: str, topic: str, text: Markup, total: int, worth: str, locale: Locale) -> tuple[str, str]:
    """What stands before the controls of a question, and after them."""
    drawn = _question(kind, has_sound(text), bool(worth), locale) % {
        "slot": mark("slot"),
        "total": total,
        "topic": escape(topic),
        "worth": worth,
        "text": text,
        "controls": mark("controls"),
    }
    before, _place, after = frame_of(drawn).partition("%(controls)s")
    return before, after


@lru_cache
def _question(kind: str, has_sound: bool, has_worth: bool, _locale: Locale) -> str:
    draw = get_template_attribute("quiz/_question.html", "question_fields")
    places = [mark(name) for name in ("slot", "total", "topic", "text", "controls")]
    return frame_of(draw(kind_of(kind), has_sound, mark("worth") if has_worth else None, *places))


@lru_cache
def _around_text(
    control: str, value: str, letter: str, is_chosen: bool, is_content: bool, _locale: Locale
) -> tuple[str, str]:
    """What stands before the text of an option, and after it."""
    draw, lang = get_template_attribute("components/answer.html", "paper_option"), "vi" if is_content else None
    drawn = draw("q" + mark("slot"), value, letter, mark("text"), kind=control, is_chosen=is_chosen, lang=lang)
    before, _place, after = frame_of(drawn).partition("%(text)s")
    return before, after


@lru_cache
def _cell(is_answered: bool, _locale: Locale) -> str:
    return frame_of(get_template_attribute("components/answer.html", "navigator_cell")(mark("slot"), is_answered))
