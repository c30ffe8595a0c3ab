"""What the desk shows. `author_id` narrows everything to one author's questions; None shows the whole bank."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session

from contest.accounts.models import PersonDetails
from contest.contests.models import Round, RoundKind
from contest.errors import NotFound
from contest.i18n import search_key
from contest.paging import Page, page_of
from contest.questions.domain import taken
from contest.questions.models import Bank, BankQuestion, QuestionRevision, QuestionState, RoundBank
from contest.questions.queries.pool import IN_USE, question_of
from question_bank.formats import Parsed
from question_bank.question import Question

STANDING = BankQuestion.state != QuestionState.RETIRED


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader of a bank narrowed its list to; empty shows everything that is not retired."""

    words: str = ""
    state: str = ""
    topic: str = ""
    difficulty: int | None = None
    kind: str = ""


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
class QuestionRow:
    """A question in the list, as its current revision has it. `is_in_use`: some revision of it is approved."""

    id: int
    code: str
    state: QuestionState
    is_in_use: bool
    kind: str
    topic: str
    difficulty: int
    text: str
    digest: str
    author: str
    author_id: int
    written_at: datetime


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question with its bank, its current revision, the approved one if there is one, and its author's name."""

    bank: Bank
    row: BankQuestion
    current: QuestionRevision
    author: str

    @property
    def question(self) -> Question:
        """What the current revision asks."""
        return question_of(self.current)


@dataclass(frozen=True, slots=True)
class TopicRow:
    """For one topic and each difficulty from 1 to 5: how many questions are in use, and how many stand."""

    topic: str
    in_use: tuple[int, ...]
    total: tuple[int, ...]


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
    mine = and_(BankQuestion.bank_id == Bank.id, STANDING, *_by(author_id))
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


def question_page(
    session: Session,
    bank_id: int,
    author_id: int | None,
    filters: Filters,
    *,
    sort: str,
    is_descending: bool,
    number: int,
) -> Page[QuestionRow]:
    """Questions of a bank. Two statements. `sort`: changed, code, topic, difficulty, state, author."""
    keys: dict[str, Any] = {
        "changed": QuestionRevision.written_at,
        "code": BankQuestion.code,
        "topic": QuestionRevision.topic,
        "difficulty": QuestionRevision.difficulty,
        "state": BankQuestion.state,
        "author": PersonDetails.sort_key,
    }
    key = keys[sort]
    statement = _question_rows(bank_id, author_id, filters).order_by(
        key.desc() if is_descending else key, BankQuestion.code
    )
    return page_of(session, statement, number, make=lambda row: QuestionRow(*row))


def state_counts(session: Session, bank_id: int, author_id: int | None) -> dict[str, int]:
    """How many questions are in each state; `in_use` counts those with an approved revision."""
    rows = session.execute(
        select(BankQuestion.state, func.count(), func.count(case((BankQuestion.approved_revision_id.is_not(None), 1))))
        .where(BankQuestion.bank_id == bank_id, *_by(author_id))
        .group_by(BankQuestion.state)
    ).all()
    counts = {state.value: 0 for state in QuestionState} | {state.value: number for state, number, _ in rows}
    standing = [(number, used) for state, number, used in rows if state is not QuestionState.RETIRED]
    return counts | {"all": sum(number for number, _ in standing), "in_use": sum(used for _, used in standing)}


def topic_table(session: Session, bank_id: int, author_id: int | None) -> list[TopicRow]:
    """Topic by difficulty: in use (by the approved revision) and standing (by the current one). Two statements."""
    in_use = _topic_counts(session, bank_id, author_id, BankQuestion.approved_revision_id, IN_USE)
    total = _topic_counts(session, bank_id, author_id, BankQuestion.current_revision_id, STANDING)
    names = sorted({topic for topic, _ in in_use.keys() | total.keys()})
    return [
        TopicRow(
            name,
            tuple(in_use.get((name, level), 0) for level in range(1, 6)),
            tuple(total.get((name, level), 0) for level in range(1, 6)),
        )
        for name in names
    ]


def get_question(session: Session, contest_id: int, question_id: int, author_id: int | None) -> QuestionView:
    """A question that one may see. Raises `NotFound`. One statement."""
    row = session.execute(
        select(Bank, BankQuestion, QuestionRevision, PersonDetails.full_name)
        .join(BankQuestion, BankQuestion.bank_id == Bank.id)
        .join(QuestionRevision, QuestionRevision.id == BankQuestion.current_revision_id)
        .join(PersonDetails, PersonDetails.person_id == BankQuestion.created_by)
        .where(Bank.contest_id == contest_id, BankQuestion.id == question_id, *_by(author_id))
    ).first()
    if row is None:
        raise NotFound
    return QuestionView(*row)


def exported_entries(session: Session, bank_id: int) -> list[tuple[str, Question]]:
    """Codes and current revisions of the questions that are not retired, by code."""
    rows = session.execute(
        select(BankQuestion.code, QuestionRevision)
        .join(QuestionRevision, QuestionRevision.id == BankQuestion.current_revision_id)
        .where(BankQuestion.bank_id == bank_id, STANDING)
        .order_by(BankQuestion.code)
    )
    return [(code, question_of(revision)) for code, revision in rows]


def taken_codes(session: Session, bank_id: int, parsed: tuple[Parsed, ...]) -> list[Parsed]:
    """Questions of a file whose codes the bank already has."""
    known = list(session.scalars(select(BankQuestion.code).where(BankQuestion.bank_id == bank_id)))
    clashes = set(taken([item.code for item in parsed], known))
    return [item for item in parsed if item.code in clashes]


def next_code(session: Session, bank_id: int) -> str:
    """A code to propose for the next question."""
    codes = set(session.scalars(select(BankQuestion.code).where(BankQuestion.bank_id == bank_id)))
    return next(code for number in count(len(codes) + 1) if (code := f"CH-{number:03}") not in codes)


def _named(session: Session, contest_id: int, words: str) -> list[int]:
    banks = session.execute(select(Bank.id, Bank.name).where(Bank.contest_id == contest_id))
    return [bank_id for bank_id, name in banks if search_key(words) in search_key(name)]


def _by(author_id: int | None) -> tuple[ColumnElement[bool], ...]:
    return () if author_id is None else (BankQuestion.created_by == author_id,)


def _question_rows(bank_id: int, author_id: int | None, filters: Filters) -> Select[Any]:
    is_wanted = [BankQuestion.bank_id == bank_id, *_by(author_id)]
    is_wanted.append(BankQuestion.state == filters.state if filters.state else STANDING)
    if filters.topic:
        is_wanted.append(QuestionRevision.topic == filters.topic)
    if filters.difficulty is not None:
        is_wanted.append(QuestionRevision.difficulty == filters.difficulty)
    if filters.kind:
        is_wanted.append(QuestionRevision.kind == filters.kind)
    is_wanted += [
        QuestionRevision.search_key.contains(word, autoescape=True) for word in search_key(filters.words).split()
    ]
    return (
        select(
            BankQuestion.id,
            BankQuestion.code,
            BankQuestion.state,
            BankQuestion.approved_revision_id.is_not(None),
            QuestionRevision.kind,
            QuestionRevision.topic,
            QuestionRevision.difficulty,
            QuestionRevision.content["text"].as_string(),
            QuestionRevision.digest,
            PersonDetails.full_name,
            BankQuestion.created_by,
            QuestionRevision.written_at,
        )
        .join(QuestionRevision, QuestionRevision.id == BankQuestion.current_revision_id)
        .join(PersonDetails, PersonDetails.person_id == BankQuestion.created_by)
        .where(*is_wanted)
    )


def _topic_counts(
    session: Session, bank_id: int, author_id: int | None, revision_id: Any, is_counted: ColumnElement[bool]
) -> dict[tuple[str, int], int]:
    rows = session.execute(
        select(QuestionRevision.topic, QuestionRevision.difficulty, func.count())
        .join(BankQuestion, revision_id == QuestionRevision.id)
        .where(BankQuestion.bank_id == bank_id, is_counted, *_by(author_id))
        .group_by(QuestionRevision.topic, QuestionRevision.difficulty)
    )
    return {(topic, difficulty): number for topic, difficulty, number in rows}
