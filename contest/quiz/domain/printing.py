"""Papers to print: a pure function of a set, a seed made for the print, and the codes of the papers."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from contest.quiz.domain.marking import PaperSlot
from question_bank.blueprint import Blueprint
from question_bank.drawing import PreparedPool, Slot, draw_paper
from question_bank.printed import PrintedPaper, PrintedQuestion, Section
from question_bank.question import Question

NOBODY = bytes(16)
"""In place of a participation: the seed is of this print alone."""


@dataclass(frozen=True, slots=True)
class PrintPlan:
    """What a print is drawn from, and for which codes (mã đề); the number of a code is that of the draw.

    `is_same`: every paper asks what the first one asks, in another order.
    """

    pool: PreparedPool
    blueprint: Blueprint
    seed: bytes
    codes: range
    is_same: bool


def draw_print(plan: PrintPlan) -> dict[int, tuple[Slot, ...]]:
    """The papers by their codes. Raises `NotEnoughQuestions`."""
    drawn: dict[int, tuple[Slot, ...]] = {}
    pool = plan.pool
    for code in plan.codes:
        drawn[code] = draw_paper(pool, plan.blueprint, plan.seed, NOBODY, code)
        if plan.is_same and code == plan.codes.start:
            asked = {slot.ref for slot in drawn[code]}
            pool = PreparedPool(item for item in plan.pool.items if item.ref in asked)
    return drawn


def printed_paper(
    code: int, slots: tuple[Slot, ...], blueprint: Blueprint, questions: Mapping[int, Question]
) -> PrintedPaper:
    """A drawn paper with its questions, part by part."""
    parts = [
        (section, tuple(_printed(slot, questions) for slot in each))
        for section, each in groupby(slots, key=lambda slot: slot.section)
    ]
    titles = [(each.title, each.instructions) for each in blueprint.sections]
    return PrintedPaper(
        str(code),
        tuple(Section(asked, *(titles[section] if section is not None else ())) for section, asked in parts),
    )


def _printed(slot: Slot, questions: Mapping[int, Question]) -> PrintedQuestion:
    asked = PaperSlot(slot.ref, slot.order, slot.section, slot.points).question(questions)
    return PrintedQuestion(asked, slot.order)
