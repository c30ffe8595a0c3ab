"""The questions of a paper as markup.

A question looks the same on every paper that shows its options in the same order, so a worker makes that once; slot and
answer are filled in for each paper.
"""

from functools import lru_cache

from flask import get_template_attribute
from flask_babel import get_locale
from markupsafe import Markup

from contest.quiz.domain.paper import ShownOption, ShownQuestion

KEPT = 4096
SLOT = "\x00"


def paper_markup(questions: list[ShownQuestion]) -> Markup:
    """Every question of the paper with what is answered so far."""
    total, locale = len(questions), get_locale().language
    return Markup("").join(_filled(question, total, locale) for question in questions)


def _filled(question: ShownQuestion, total: int, locale: str) -> Markup:
    options = tuple((option.letter, option.text) for option in question.options)
    markup = _blank(question.kind, question.topic, question.text, options, total, locale).replace(SLOT, question.slot)
    for letter in question.chosen:
        markup = markup.replace(f'value="{letter}">', f'value="{letter}" checked>', 1)
    return Markup(markup)  # noqa: S704 - the template has escaped what people wrote; slot and letters are ours


@lru_cache(maxsize=KEPT)
def _blank(kind: str, topic: str, text: str, options: tuple[tuple[str, str], ...], total: int, locale: str) -> str:
    """The question with a placeholder for its slot and nothing chosen."""
    shown = tuple(ShownOption(letter, words, is_chosen=False) for letter, words in options)
    question = ShownQuestion(slot=SLOT, kind=kind, topic=topic, text=text, options=shown, response=None)
    return str(get_template_attribute("quiz/_question.html", "question_fields")(question, total, locale))
