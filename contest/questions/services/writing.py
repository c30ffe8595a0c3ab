"""Writing questions. What a reviewer has seen never changes: the next change makes another revision."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.errors import DomainError, NotAllowed
from contest.i18n import search_key
from contest.questions.domain import UNSEARCHED, Sound, taken
from contest.questions.models import Bank, BankQuestion, QuestionRevision, QuestionState
from contest.questions.policies import may_change, may_write
from contest.questions.services.acts import lock_bank, locked_question, note_questions
from contest.questions.services.topics import topic_ids
from question_bank.question import Question, digest_of, texts_in, to_content
from question_bank.text import has_control_characters
from question_bank.validation import problems_in

Entry = tuple[str, Question]
"""The committee's code for a question, and the question."""


def write_question(
    session: Session, actor: Actor, now: datetime, *, bank: Bank, code: str, question: Question
) -> BankQuestion:
    """A new question as a draft of the actor. Raises `code_taken` and `question_faulty`."""
    if not may_write(actor, bank.contest_id):
        raise NotAllowed
    [question_id] = add_questions(session, now, bank, [(code, question)], actor.person_id)
    row, revision = locked_question(session, actor, bank.contest_id, question_id)
    note_questions(session, actor, now, bank.contest_id, "question.written", [(row, revision)])
    return row


def revise_question(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, question_id: int, question: Question
) -> QuestionRevision:
    """Change one's own question, which is a draft then; an approved revision stays in use until the next approval.

    Raises `question_retired`, `question_unchanged` and `question_faulty`.
    """
    lock_bank(session, select(BankQuestion.bank_id).where(BankQuestion.id == question_id).scalar_subquery())
    row, revision = locked_question(session, actor, contest_id, question_id)
    if not may_change(actor, contest_id, row):
        raise NotAllowed
    if row.state is QuestionState.RETIRED:
        raise DomainError("question_retired", question=row.code)
    item = sound(row.code, question)
    if item.digest == revision.digest:
        raise DomainError("question_unchanged")
    if revision.sent_at is not None:
        revision = QuestionRevision(question_id=row.id, number=revision.number + 1)
        session.add(revision)
    for name, value in _revised(item, actor.person_id, now).items():
        setattr(revision, name, value)
    session.flush()
    topic = item.content["topic"]
    if topic != row.topic:
        row.topic_id = topic_ids(session, row.bank_id, [topic])[topic]
    for name, value in _listed(item, now).items():
        setattr(row, name, value)
    row.current_revision_id, row.state = revision.id, QuestionState.DRAFT
    note_questions(session, actor, now, contest_id, "question.revised", [(row, revision)])
    return revision


def sound(code: str, question: Question) -> Sound:
    """A question prepared for `add_sound`; forms and files name its faults.

    Raises `code_unreadable` and `question_faulty`.
    """
    if has_control_characters(code):
        raise DomainError("code_unreadable", field="code")
    problems = problems_in(question)
    if problems:
        raise DomainError("question_faulty", field=problems[0].field)
    content = to_content(question)
    return Sound(code, content, digest_of(content), search_key(" ".join(texts_in(content, UNSEARCHED))))


def add_questions(session: Session, now: datetime, bank: Bank, entries: Sequence[Entry], author_id: int) -> list[int]:
    """Drafts with their first revisions; returns the questions' ids.

    Raises `code_taken`, `code_unreadable` and `question_faulty`.
    """
    return add_sound(session, now, bank, [sound(code, question) for code, question in entries], author_id)


def add_sound(session: Session, now: datetime, bank: Bank, items: Sequence[Sound], author_id: int) -> list[int]:
    """The same for what was prepared before, in a few statements however many there are.

    The bank is locked, so that no two people use one code. Raises `code_taken`.
    """
    lock_bank(session, bank.id)
    known = session.scalars(select(BankQuestion.code).where(BankQuestion.bank_id == bank.id))
    clashes = taken([item.code for item in items], list(known))
    if clashes:
        raise DomainError("code_taken", field="code", taken=clashes[0])
    topics = topic_ids(session, bank.id, [item.content["topic"] for item in items])
    begun = {"bank_id": bank.id, "state": QuestionState.DRAFT, "created_by": author_id, "created_at": now}
    rows = [{"topic_id": topics[item.content["topic"]], **_listed(item, now), **begun} for item in items]
    added = session.execute(insert(BankQuestion).returning(BankQuestion.code, BankQuestion.id), rows)
    ids = dict(added.all())
    session.execute(
        insert(QuestionRevision),
        [{"question_id": ids[item.code], "number": 1, **_revised(item, author_id, now)} for item in items],
    )
    point_at_first_revisions(session, bank)
    return sorted(ids.values())


def point_at_first_revisions(session: Session, bank: Bank) -> None:
    """Give every question of the bank that has no current revision its only one."""
    only = select(QuestionRevision.id).where(QuestionRevision.question_id == BankQuestion.id).scalar_subquery()
    session.execute(
        update(BankQuestion)
        .where(BankQuestion.bank_id == bank.id, BankQuestion.current_revision_id.is_(None))
        .values(current_revision_id=only)
        .execution_options(synchronize_session=False)
    )


def _revised(item: Sound, author_id: int, now: datetime) -> dict[str, object]:
    return {
        "kind": item.content["kind"],
        "topic": item.content["topic"],
        "difficulty": item.content["difficulty"],
        "content": item.content,
        "digest": item.digest,
        "written_by": author_id,
        "written_at": now,
    }


def _listed(item: Sound, now: datetime) -> dict[str, object]:
    return {
        "code": item.code,
        "kind": item.content["kind"],
        "topic": item.content["topic"],
        "difficulty": item.content["difficulty"],
        "search_key": f"{search_key(item.code)} {item.words}",
        "changed_at": now,
        "checked_at": None,
    }
