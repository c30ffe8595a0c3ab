"""Reading corrections: rounds and their questions, what is proposed, and what it would do."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from contest.accounts.models import PersonDetails
from contest.contests.models import Group, Round, RoundKind
from contest.corrections.domain import Line, Listed, UnitLine
from contest.corrections.models import Correction, CorrectionState, Move, NewMark
from contest.errors import NotFound
from contest.i18n import search_key
from contest.paging import Page, page_of
from contest.participation.models import Participation
from contest.questions.models import Bank, BankQuestion, QuestionRevision
from contest.quiz.models import Attempt, AttemptResult, QuestionSet, QuestionSetItem
from contest.standings.models import TieDecision
from contest.standings.queries import Assumed, Marked, Material, Standings, people_facts, ranked
from contest.units.models import Unit
from contest.work.models import WorkItem
from question_bank.question import Question, from_content


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of a round: a revision in one of its sets, under the code that its bank gives it."""

    revision_id: int
    question_id: int
    bank: Bank
    code: str
    question: Question


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A correction with the code of its question, who prepared it and the work that counts its effects."""

    correction: Correction
    code: str
    proposer: str
    work: WorkItem


@dataclass(frozen=True, slots=True)
class MoveRow:
    """Somebody whom a correction moves, for the desk."""

    move: Move
    full_name: str
    unit_name: str
    group_name: str


def quiz_rounds(session: Session, contest_id: int) -> list[tuple[Round, int]]:
    """The contest's released quiz rounds in order, each with the number of corrections applied. One statement."""
    applied = (
        select(func.count())
        .where(Correction.round_id == Round.id, Correction.state == CorrectionState.APPLIED)
        .correlate(Round)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Round, applied)
        .where(Round.contest_id == contest_id, Round.kind == RoundKind.QUIZ, Round.released_at.is_not(None))
        .order_by(Round.position, Round.id)
    )
    return [(round_, number) for round_, number in rows]


def questions_page(session: Session, round_id: int, *, words: str, number: int) -> Page[AskedQuestion]:
    """The questions of a round's sets by code; `words` are looked for in code and text. Two statements."""
    key = search_key(words)
    statement = _asked(round_id).where(
        or_(
            func.lower(BankQuestion.code).contains(words.lower(), autoescape=True),
            BankQuestion.search_key.contains(key, autoescape=True),
        )
    )
    return page_of(session, statement.order_by(BankQuestion.code, QuestionRevision.id), number, make=_question)


def get_asked(session: Session, round_id: int, revision_id: int) -> AskedQuestion:
    """A question of a round. Raises `NotFound`."""
    row = session.execute(_asked(round_id).where(QuestionRevision.id == revision_id)).first()
    if row is None:
        raise NotFound
    return _question(row)


def rounds_that_asked(session: Session, contest_id: int, revision_id: int) -> list[Round]:
    """The contest's rounds that have this revision in a set."""
    sets = select(QuestionSet.round_id).join(QuestionSetItem, QuestionSetItem.set_id == QuestionSet.id)
    using = sets.where(QuestionSetItem.revision_id == revision_id)
    statement = select(Round).where(Round.contest_id == contest_id, Round.id.in_(using), Round.cancelled_at.is_(None))
    return list(session.scalars(statement.order_by(Round.position, Round.id)))


def corrections_of(session: Session, round_id: int) -> list[CorrectionRow]:
    """Every correction of a round, the newest first."""
    statement = _corrections().where(Correction.round_id == round_id).order_by(Correction.number.desc())
    return [CorrectionRow(*row) for row in session.execute(statement)]


def get_correction(session: Session, round_id: int, number: int) -> CorrectionRow:
    """The correction with this number of a round. Raises `NotFound`."""
    row = session.execute(_corrections().where(Correction.round_id == round_id, Correction.number == number)).first()
    if row is None:
        raise NotFound
    return CorrectionRow(*row)


def applied_since(session: Session, round_id: int, since: datetime) -> list[Correction]:
    """The corrections that were applied to a round after this instant, the earliest first."""
    statement = select(Correction).where(Correction.round_id == round_id, Correction.applied_at > since)
    return list(session.scalars(statement.order_by(Correction.applied_at)))


def applied_to(session: Session, revision_ids: Collection[int]) -> list[tuple[Correction, str]]:
    """The corrections of these revisions that were applied, with the name of the round. One statement."""
    rows = session.execute(
        select(Correction, Round.name)
        .join(Round, Round.id == Correction.round_id)
        .where(Correction.revision_id.in_(revision_ids), Correction.state == CorrectionState.APPLIED)
        .order_by(Correction.applied_at)
    )
    return [(correction, name) for correction, name in rows]


def marked_count(session: Session, round_id: int) -> int:
    """How many attempts of a round have a result."""
    return session.scalar(_marked(round_id)) or 0


def new_marks(session: Session, correction_id: int) -> Sequence[NewMark]:
    """Every result that a correction changes, in the order of attempts."""
    statement = select(NewMark).where(NewMark.correction_id == correction_id).order_by(NewMark.attempt_id)
    return session.scalars(statement).all()


def listed(standings: Standings) -> Listed:
    """A round's list as far as a correction can change it."""
    places = {
        each.result.participation_id: (each.rank, group.awards.tiers.get(each.result.participation_id))
        for group in standings.groups.values()
        for each in group.ranked
    }
    people = {}
    for key, result in standings.results.items():
        rank, tier = places.get(key, (None, None))
        values = result.values
        points, right = values["points"] or 0, values["right_count"] or 0
        people[key] = Line(result.group_id, points, right, rank, tier.name if tier else "")
    units = {each.unit.unit_id: UnitLine(each.rank, each.points) for each in standings.units}
    return Listed(people, units, standings.target, standings.counts.all_right, standings.undecided)


def assumed_by(marks: Sequence[NewMark], undone: Collection[int] = ()) -> Assumed:
    """What standings take instead of what is stored, once these marks count."""
    return Assumed(
        {each.attempt_id: Marked(each.right_count, each.question_count, each.points) for each in marks},
        frozenset(undone),
    )


def ties_after(material: Material, marks: Sequence[NewMark]) -> dict[int, frozenset[int]]:
    """Those who share the place of each person once these marks count, before any decision."""
    standings = ranked(material, with_decisions=False, assumed=assumed_by(marks))
    tied: dict[int, frozenset[int]] = {}
    for group in standings.groups.values():
        blocks: dict[int, set[int]] = {}
        for each in group.ranked:
            blocks.setdefault(each.rank, set()).add(each.result.participation_id)
        tied |= {key: frozenset(block) for block in blocks.values() for key in block}
    return tied


def decided_places(session: Session, round_id: int) -> list[tuple[int, str]]:
    """Who has a decided place in a round, each with the number of the decision."""
    rows = session.execute(
        select(TieDecision.participation_id, TieDecision.decision_number).where(TieDecision.round_id == round_id)
    )
    return [(participation_id, number) for participation_id, number in rows]


MOVE_SORTS = ("rank", "name", "-points", "-prize")


def moves_page(
    session: Session, correction_id: int, *, words: str, sort: str, is_descending: bool, number: int
) -> Page[MoveRow]:
    """Those whom a correction moves; `words` are looked for in the names of people and units. Two statements."""
    key = search_key(words)
    statement = _moves(correction_id).where(
        or_(PersonDetails.search_key.contains(key, autoescape=True), Unit.search_key.contains(key, autoescape=True))
    )
    last = Move.rank_after.is_(None)
    orders: dict[str, Any] = {
        "rank": Move.rank_after,
        "name": PersonDetails.sort_key,
        "points": Move.points_after - Move.points_before,
        "prize": Move.prize_before != Move.prize_after,
    }
    order = orders[sort].desc() if is_descending else orders[sort].asc()
    first = [last] if sort == "rank" else []
    statement = statement.order_by(*first, order, Move.rank_after, Move.participation_id)
    return page_of(session, statement, number, make=lambda row: MoveRow(*row))


def all_moves(session: Session, correction_id: int) -> Iterator[MoveRow]:
    """Everybody whom a correction moves, in the order of the new list."""
    statement = _moves(correction_id).order_by(Group.position, Move.rank_after.is_(None), Move.rank_after)
    for row in session.execute(statement.order_by(Move.participation_id)):
        yield MoveRow(*row)


def prizes_moved(session: Session, correction_id: int, most: int) -> list[MoveRow]:
    """The first who win or lose a prize, in the order of the new list."""
    statement = _moves(correction_id).where(Move.prize_before != Move.prize_after)
    statement = statement.order_by(Group.position, Move.rank_after.is_(None), Move.rank_after, Move.participation_id)
    return [MoveRow(*row) for row in session.execute(statement.limit(most))]


def people_undone(session: Session, correction: Correction) -> list[tuple[str, str]]:
    """The names of those whose decided place no longer fits, each with the number of the decision."""
    numbers = dict(correction.figures["undone"]) if correction.figures else {}
    facts = people_facts(session, numbers)
    return [(facts[key].full_name, number) for key, number in numbers.items() if key in facts]


def _asked(round_id: int) -> Select[*tuple[Any, ...]]:
    sets = select(QuestionSet.id).where(QuestionSet.round_id == round_id)
    items = select(QuestionSetItem.revision_id).where(QuestionSetItem.set_id.in_(sets))
    return (
        select(QuestionRevision.id, BankQuestion.id, Bank, BankQuestion.code, QuestionRevision.content)
        .join(BankQuestion, BankQuestion.id == QuestionRevision.question_id)
        .join(Bank, Bank.id == BankQuestion.bank_id)
        .where(QuestionRevision.id.in_(items))
    )


def _question(row: Any) -> AskedQuestion:
    revision_id, question_id, bank, code, content = row
    return AskedQuestion(revision_id, question_id, bank, code, from_content(content))


def _corrections() -> Select[*tuple[Any, ...]]:
    return (
        select(Correction, BankQuestion.code, PersonDetails.full_name, WorkItem)
        .join(QuestionRevision, QuestionRevision.id == Correction.revision_id)
        .join(BankQuestion, BankQuestion.id == QuestionRevision.question_id)
        .join(PersonDetails, PersonDetails.person_id == Correction.proposed_by)
        .join(WorkItem, WorkItem.id == Correction.work_id)
    )


def _marked(round_id: int) -> Select[int]:
    from_attempts = (
        select(func.count()).select_from(AttemptResult).join(Attempt, Attempt.id == AttemptResult.attempt_id)
    )
    return from_attempts.where(Attempt.round_id == round_id)


def _moves(correction_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(Move, PersonDetails.full_name, Unit.name, Group.name)
        .join(Participation, Participation.id == Move.participation_id)
        .join(PersonDetails, PersonDetails.person_id == Participation.person_id)
        .join(Unit, Unit.id == Participation.unit_id)
        .join(Group, Group.id == Move.group_id)
        .where(Move.correction_id == correction_id)
    )
