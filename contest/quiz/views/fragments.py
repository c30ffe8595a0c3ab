"""The questions of a paper as markup.

A worker draws the frame of each kind of question and of an option once, and fills them in for each paper.
"""

from functools import lru_cache

from flask import get_template_attribute
from flask_babel import get_locale
from markupsafe import Markup, escape

from contest.quiz.domain.paper import ShownQuestion
from contest.web.frames import frame_of, mark

CONTROLS = {"single": "radio", "multiple": "checkbox"}


def paper_markup(questions: list[ShownQuestion]) -> Markup:
    """Every question of the paper with what is answered so far."""
    total, locale = len(questions), get_locale().language
    filled = "".join(_filled(question, total, locale) for question in questions)
    return Markup(filled)  # noqa: S704 - drawn by templates, and filled in with escaped texts


def navigator_markup(questions: list[ShownQuestion]) -> Markup:
    """The cell of each question."""
    cells = {is_answered: _cell(is_answered, get_locale().language) for is_answered in (False, True)}
    filled = "".join(cells[question.is_answered] % {"slot": question.slot} for question in questions)
    return Markup(filled)  # noqa: S704 - drawn by a template, and filled in with our own numbers


def _filled(question: ShownQuestion, total: int, locale: str) -> str:
    given = question.response if question.kind == "true_false" else None
    return _question(question.kind, given, locale) % {
        "slot": question.slot,
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
            "slot": question.slot,
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
