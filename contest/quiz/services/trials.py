"""Papers drawn for trial, from a seed that is nobody's: how alike they are, and what one of them looks like."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from contest.quiz.domain.marking import PaperSlot
from contest.quiz.services.feasibility import PaperPlan
from question_bank.drawing import draw_paper
from question_bank.equity import FACILITY_OF_DIFFICULTY, Expected

TRIAL_SEED = hashlib.sha256(b"trial paper").digest()
MOST_TRIES = 20


@dataclass(frozen=True, slots=True)
class TrialPaper:
    """A paper that nobody answers. `again` counts what the sample participant met on an earlier trial paper."""

    slots: tuple[PaperSlot, ...]
    again: int


def trial_paper(plan: PaperPlan, person: int, number: int) -> TrialPaper:
    """The paper of sample participant `person`, attempt `number`. Raises NotEnoughQuestions."""
    met: set[int] = set()
    for earlier in range(1, number):
        met.update(slot.revision_id for slot in _drawn(plan, person, earlier, met))
    slots = _drawn(plan, person, number, met)
    return TrialPaper(slots, sum(slot.revision_id in met for slot in slots))


def _drawn(plan: PaperPlan, person: int, number: int, met: set[int]) -> tuple[PaperSlot, ...]:
    slots = draw_paper(plan.pool, plan.blueprint, TRIAL_SEED, b"%d" % person, number, met)
    return tuple(PaperSlot(slot.ref, slot.order, slot.section, slot.points) for slot in slots)


def expected_of(plan: PaperPlan, known: Mapping[int, int]) -> Expected:
    """What is expected of each question of the bank.

    `known` are facilities of earlier rounds in 1/1000; for other questions the author's difficulty stands in.
    """
    return Expected(
        {ref: known.get(ref, FACILITY_OF_DIFFICULTY[each.difficulty]) for ref, each in plan.revisions.items()},
        {ref: int(each.content["points"]) for ref, each in plan.revisions.items()},
    )
