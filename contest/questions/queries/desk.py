"""Questions as the desk shows them. `author_id` narrows everything to one author's; None shows the whole bank."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from contest.accounts.models import PersonDetails
from contest.contests.models import Seat
from contest.errors import NotFound
from contest.i18n import search_key
from contest.paging import DEFAULT_SIZE, Page
from contest.questions.models import Bank, BankQuestion, QuestionRevision, QuestionState, ReviewNote
from contest.questions.queries.banks import by_author
from contest.questions.queries.history import OPEN
from contest.questions.queries.pool import STANDING, question_of
from question_bank.question import Question

SORTS: dict[str, Any] = {
    "changed": BankQuestion.changed_at,
    "code": BankQuestion.code,
    "topic": BankQuestion.topic,
    "difficulty": BankQuestion.difficulty,
    "state": BankQuestion.state,
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader of a bank narrowed its list to; empty shows everything that is not retired.

    `branch` holds the ids of a topic and of those below it; limited is what is compulsory or excludes another question.
    """

    words: str = ""
    state: str = ""
    branch: frozenset[int] = frozenset()
    difficulty: int | None = None
    kind: str = ""
    has_remarks: bool = False
    is_limited: bool = False


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question in the list, as its current revision has it. `is_in_use`: some revision of it is approved."""

    id: int
    code: str
    state: QuestionState
    is_in_use: bool
    kind: str
    topic: str
    topic_id: int | None
    difficulty: int
    changed_at: datetime
    revision_id: int
    text: str
    digest: str
    author: str
    author_id: int
    remarks: int
    is_compulsory: bool
    is_exclusive: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question with its bank, its current revision and its author's name."""

    bank: Bank
    row: BankQuestion
    current: QuestionRevision
    author: str

    @property
    def question(self) -> Question:
        """What the current revision asks."""
        return question_of(self.current)


def question_page(
    session: Session,
    bank: Bank,
    author_id: int | None,
    filters: Filters,
    *,
    sort: str,
    is_descending: bool,
    number: int,
) -> Page[QuestionRow]:
    """Questions of a bank. Two statements. `sort`: changed, code, topic, difficulty, state.

    An index gives the rows of the page in order; only these are then joined with what else the list shows.
    """
    wanted = _wanted(bank, author_id, filters)
    total = session.scalar(select(func.count()).select_from(BankQuestion).where(*wanted)) or 0
    number = max(1, min(number, -(-total // DEFAULT_SIZE) or 1))
    order = [key.desc() if is_descending else key for key in dict.fromkeys((SORTS[sort], BankQuestion.code))]
    shown = select(BankQuestion.id).where(*wanted).order_by(*order)
    shown = shown.limit(DEFAULT_SIZE).offset((number - 1) * DEFAULT_SIZE)
    rows = session.execute(_rows().where(BankQuestion.id.in_(shown)).order_by(*order))
    return Page([QuestionRow(*row) for row in rows], number, DEFAULT_SIZE, total)


def get_question(session: Session, contest_id: int, question_id: int, author_id: int | None) -> QuestionView:
    """A question that one may see. Raises `NotFound`. One statement."""
    [view] = get_questions(session, contest_id, [question_id], author_id)
    return view


def get_questions(
    session: Session, contest_id: int, question_ids: Collection[int], author_id: int | None
) -> list[QuestionView]:
    """Questions by code. Raises `NotFound` when there is any that one may not see, or none. One statement."""
    rows = session.execute(
        select(Bank, BankQuestion, QuestionRevision, PersonDetails.full_name)
        .join(BankQuestion, BankQuestion.bank_id == Bank.id)
        .join(QuestionRevision, QuestionRevision.id == BankQuestion.current_revision_id)
        .join(PersonDetails, PersonDetails.person_id == BankQuestion.created_by)
        .where(Bank.contest_id == contest_id, BankQuestion.id.in_(question_ids), *by_author(author_id))
        .order_by(BankQuestion.code)
    ).all()
    if not rows or len(rows) < len(set(question_ids)):
        raise NotFound
    return [QuestionView(*row) for row in rows]


def exported_entries(session: Session, bank_id: int) -> list[tuple[str, Question]]:
    """Codes and current revisions of the questions that are not retired, by code."""
    rows = session.execute(
        select(BankQuestion.code, QuestionRevision)
        .join(QuestionRevision, QuestionRevision.id == BankQuestion.current_revision_id)
        .where(BankQuestion.bank_id == bank_id, STANDING)
        .order_by(BankQuestion.code)
    )
    return [(code, question_of(revision)) for code, revision in rows]


def exported_revisions(bank_id: int) -> Select[int | None]:
    """The ids of the revisions that `exported_entries` gives."""
    return select(BankQuestion.current_revision_id).where(BankQuestion.bank_id == bank_id, STANDING)


def _wanted(bank: Bank, author_id: int | None, filters: Filters) -> list[ColumnElement[bool]]:
    wanted = [BankQuestion.bank_id == bank.id, *by_author(author_id)]
    wanted.append(BankQuestion.state == filters.state if filters.state else STANDING)
    if filters.branch:
        wanted.append(BankQuestion.topic_id.in_(filters.branch))
    if filters.difficulty is not None:
        wanted.append(BankQuestion.difficulty == filters.difficulty)
    if filters.kind:
        wanted.append(BankQuestion.kind == filters.kind)
    if filters.has_remarks:
        wanted.append(BankQuestion.id.in_(select(ReviewNote.question_id).where(OPEN)))
    if filters.is_limited:
        wanted.append(BankQuestion.is_compulsory | BankQuestion.exclusion_group.is_not(None))
    return wanted + [_says(bank, word) for word in set(search_key(filters.words).split())]


def _says(bank: Bank, word: str) -> ColumnElement[bool]:
    """Whether a question holds the word anywhere, or its author's name does."""
    committee = select(Seat.person_id).where(Seat.contest_id == bank.contest_id)
    named = select(PersonDetails.person_id).where(
        PersonDetails.person_id.in_(committee), PersonDetails.search_key.contains(word, autoescape=True)
    )
    return or_(BankQuestion.search_key.contains(word, autoescape=True), BankQuestion.created_by.in_(named))


def _rows() -> Select[*tuple[Any, ...]]:
    remarks = select(func.count()).where(ReviewNote.question_id == BankQuestion.id, OPEN).correlate(BankQuestion)
    return (
        select(
            BankQuestion.id,
            BankQuestion.code,
            BankQuestion.state,
            BankQuestion.approved_revision_id.is_not(None),
            BankQuestion.kind,
            BankQuestion.topic,
            BankQuestion.topic_id,
            BankQuestion.difficulty,
            BankQuestion.changed_at,
            QuestionRevision.id,
            QuestionRevision.content["text"].as_string(),
            QuestionRevision.digest,
            PersonDetails.full_name,
            BankQuestion.created_by,
            remarks.scalar_subquery(),
            BankQuestion.is_compulsory,
            BankQuestion.exclusion_group.is_not(None),
        )
        .join(QuestionRevision, QuestionRevision.id == BankQuestion.current_revision_id)
        .join(PersonDetails, PersonDetails.person_id == BankQuestion.created_by)
    )
