"""Banks: the list of them, one of them, its counts and codes. `author_id` narrows to one author's questions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count, islice

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from contest.accounts.models import PersonDetails
from contest.contests.models import Contest, ContestState, Role, Round, RoundKind, Seat
from contest.errors import NotFound
from contest.i18n import search_key
from contest.paging import Page, page_of
from contest.questions.domain import taken
from contest.questions.models import Bank, BankQuestion, QuestionState, ReviewNote, RoundBank
from contest.questions.queries.history import OPEN
from contest.questions.queries.pool import STANDING
from question_bank.formats import Parsed

CODES_TRIED = 50


@dataclass(frozen=True, slots=True)
class BankRow:
    """A bank in the list, with how many of its questions stand, are in use and wait for review."""

    id: int
    name: str
    total: int
    in_use: int
    in_review: int
    rounds: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Setter:
    """Somebody who writes questions for a contest."""

    contest_id: int
    contest_slug: str
    contest_title: str
    person_id: int
    full_name: str


def setters(session: Session, contest_ids: Collection[int], now: datetime) -> list[Setter]:
    """Who may write questions in these contests at `now`. One statement."""
    rows = session.execute(
        select(Contest.id, Contest.slug, Contest.title, Seat.person_id, PersonDetails.full_name)
        .join(Seat, Seat.contest_id == Contest.id)
        .join(PersonDetails, PersonDetails.person_id == Seat.person_id)
        .where(
            Contest.id.in_(contest_ids),
            Contest.state != ContestState.ARCHIVED,
            Seat.role == Role.QUESTION_SETTER,
            Seat.valid_from <= now,
            or_(Seat.valid_until.is_(None), Seat.valid_until > now),
            Seat.ended_at.is_(None),
        )
        .order_by(Contest.title, Contest.id, PersonDetails.sort_key)
    )
    return [Setter(*row) for row in rows]


def get_bank(session: Session, contest_id: int, bank_id: int) -> Bank:
    """The bank of this contest. Raises `NotFound`."""
    bank = session.scalar(select(Bank).where(Bank.contest_id == contest_id, Bank.id == bank_id))
    if bank is None:
        raise NotFound
    return bank


def bank_page(
    session: Session, contest_id: int, author_id: int | None, words: str, number: int, *, is_descending: bool
) -> Page[BankRow]:
    """Banks by name. Four statements."""
    mine = and_(BankQuestion.bank_id == Bank.id, STANDING, *by_author(author_id))
    statement = (
        select(
            Bank.id,
            Bank.name,
            func.count(BankQuestion.id),
            func.count(BankQuestion.approved_revision_id),
            func.count(case((BankQuestion.state == QuestionState.IN_REVIEW, 1))),
        )
        .outerjoin(BankQuestion, mine)
        .where(Bank.contest_id == contest_id, Bank.id.in_(_named(session, contest_id, words)))
        .group_by(Bank.id, Bank.name)
        .order_by(Bank.name.desc() if is_descending else Bank.name, Bank.id)
    )
    page: Page[BankRow] = page_of(session, statement, number, make=lambda row: BankRow(*row))
    by_id = {row.id: row for row in page.rows}
    for bank_id, name in session.execute(
        select(RoundBank.bank_id, Round.name)
        .join(Round, Round.id == RoundBank.round_id)
        .where(RoundBank.bank_id.in_(by_id))
        .order_by(Round.position)
    ):
        by_id[bank_id].rounds.append(name)
    return page


def quiz_rounds(session: Session, contest_id: int) -> list[tuple[Round, Bank | None]]:
    """The quiz rounds of a contest in order, each with the bank it draws from."""
    rows = session.execute(
        select(Round, Bank)
        .outerjoin(RoundBank, RoundBank.round_id == Round.id)
        .outerjoin(Bank, Bank.id == RoundBank.bank_id)
        .where(Round.contest_id == contest_id, Round.kind == RoundKind.QUIZ)
        .order_by(Round.position)
    )
    return [(round_, bank) for round_, bank in rows]


def state_counts(session: Session, bank_id: int, author_id: int | None) -> dict[str, int]:
    """How many questions are in each state; `in_use` counts those with an approved revision. One statement."""
    rows = session.execute(
        select(BankQuestion.state, func.count(), func.count(BankQuestion.approved_revision_id))
        .where(BankQuestion.bank_id == bank_id, *by_author(author_id))
        .group_by(BankQuestion.state)
    ).all()
    counts = {state.value: 0 for state in QuestionState} | {state.value: number for state, number, _ in rows}
    standing = [(number, used) for state, number, used in rows if state is not QuestionState.RETIRED]
    return counts | {"all": sum(number for number, _ in standing), "in_use": sum(used for _, used in standing)}


def remarked_count(session: Session, bank_id: int, author_id: int | None) -> int:
    """How many questions that stand have open remarks. One statement."""
    statement = (
        select(func.count(ReviewNote.question_id.distinct()))
        .join(BankQuestion, BankQuestion.id == ReviewNote.question_id)
        .where(OPEN, BankQuestion.bank_id == bank_id, STANDING, *by_author(author_id))
    )
    return session.scalar(statement) or 0


def taken_codes(session: Session, bank_id: int, parsed: Sequence[Parsed]) -> list[Parsed]:
    """Questions of a file whose codes the bank already has."""
    known = list(session.scalars(select(BankQuestion.code).where(BankQuestion.bank_id == bank_id)))
    clashes = set(taken([item.code for item in parsed], known))
    return [item for item in parsed if item.code in clashes]


def next_code(session: Session, bank_id: int) -> str:
    """A code to propose for the next question."""
    number = session.scalar(select(func.count()).select_from(BankQuestion).where(BankQuestion.bank_id == bank_id)) or 0
    codes = (f"CH-{each:03}" for each in count(number + 1))
    while True:
        tried = list(islice(codes, CODES_TRIED))
        known = select(BankQuestion.code).where(BankQuestion.bank_id == bank_id, BankQuestion.code.in_(tried))
        used = set(session.scalars(known))
        if len(used) < len(tried):
            return next(code for code in tried if code not in used)


def by_author(author_id: int | None) -> tuple[ColumnElement[bool], ...]:
    """The condition that only one author's questions fulfil; none for all authors."""
    return () if author_id is None else (BankQuestion.created_by == author_id,)


def _named(session: Session, contest_id: int, words: str) -> list[int]:
    banks = session.execute(select(Bank.id, Bank.name).where(Bank.contest_id == contest_id))
    return [bank_id for bank_id, name in banks if search_key(words) in search_key(name)]
