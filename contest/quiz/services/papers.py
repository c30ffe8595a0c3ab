"""Drawing the paper of an attempt."""

from typing import Any, Protocol

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from contest.keys import Keys
from contest.quiz.domain.marking import PaperSlot, read_paper
from contest.quiz.models import Attempt, QuestionSet
from contest.quiz.queries import SetName
from contest.quiz.services.sets import FrozenSet, frozen_set
from contest.statements import DirectStep
from question_bank.blueprint import Repeats
from question_bank.drawing import draw_paper


class Drawer(Protocol):
    """A participation as far as its papers go."""

    @property
    def id(self) -> int:
        """Of its row."""

    @property
    def draw_id(self) -> str:
        """Random bytes, in hex, that the draw goes by."""


_PAPERS = DirectStep(
    select(Attempt.paper, QuestionSet.id, QuestionSet.commitment)
    .join(QuestionSet, QuestionSet.id == Attempt.set_id)
    .where(Attempt.participation_id == bindparam("drawn_by"))
)


def drawn_paper(session: Session, drawn_from: FrozenSet, keys: Keys, drawer: Drawer, number: int) -> list[list[Any]]:
    """The paper of the participation's attempt `number` in the set's round, as it is stored."""
    met = set() if drawn_from.blueprint.repeats is Repeats.ALLOWED else _met(session, drawn_from, keys, drawer)
    draw_id = bytes.fromhex(drawer.draw_id)
    slots = draw_paper(drawn_from.pool, drawn_from.blueprint, drawn_from.seed, draw_id, number, met)
    return [PaperSlot(slot.ref, slot.order, slot.section, slot.points).stored for slot in slots]


def _met(session: Session, drawn_from: FrozenSet, keys: Keys, drawer: Drawer) -> set[int]:
    """What of the set was asked, in whatever revision, on papers that the participation drew before. One statement.

    Earlier papers may be of other sets, which are read when this worker does not hold them yet.
    """
    asked: set[int] = set()
    for paper, *name in _PAPERS.rows(session, drawn_by=drawer.id):
        owners = frozen_set(session, SetName(*name), keys).owners
        asked.update(owners[slot.revision_id] for slot in read_paper(paper))
    return {revision_id for revision_id, question_id in drawn_from.owners.items() if question_id in asked}
