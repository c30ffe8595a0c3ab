"""Writing questions. What a reviewer has seen never changes: the next change makes another revision."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.errors import DomainError, NotAllowed
from contest.i18n import search_key
from contest.questions.domain import UNSEARCHED, taken
from contest.questions.models import Bank, BankQuestion, QuestionRevision, QuestionState
from contest.questions.policies import may_change, may_write
from contest.questions.services.acts import lock_bank, locked_question, note_questions
from contest.questions.services.topics import topic_ids
from question_bank.question import Question, digest, texts_in, to_content
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
    content = sound_content(question)
    if digest(question) == revision.digest:
        raise DomainError("question_unchanged")
    if revision.sent_at is not None:
        revision = QuestionRevision(question_id=row.id, number=revision.number + 1)
        session.add(revision)
    for name, value in revision_values(content, question, actor.person_id, now).items():
        setattr(revision, name, value)
    session.flush()
    if content["topic"] != row.topic:
        row.topic_id = topic_ids(session, row.bank_id, [content["topic"]])[content["topic"]]
    for name, value in listed_values(row.code, content, now).items():
        setattr(row, name, value)
    row.current_revision_id, row.state = revision.id, QuestionState.DRAFT
    note_questions(session, actor, now, contest_id, "question.revised", [(row, revision)])
    return revision


def add_questions(session: Session, now: datetime, bank: Bank, entries: Sequence[Entry], author_id: int) -> list[int]:
    """Drafts with their first revisions, in a few statements however many there are; returns the questions' ids.

    The bank is locked, so that no two people use one code.
    Raises `code_taken`, `code_unreadable` and `question_faulty`.
    """
    lock_bank(session, bank.id)
    known = session.scalars(select(BankQuestion.code).where(BankQuestion.bank_id == bank.id))
    if any(has_control_characters(code) for code, _ in entries):
        raise DomainError("code_unreadable", field="code")
    clashes = taken([code for code, _ in entries], list(known))
    if clashes:
        raise DomainError("code_taken", field="code", taken=clashes[0])
    contents = {code: sound_content(question) for code, question in entries}
    topics = topic_ids(session, bank.id, [content["topic"] for content in contents.values()])
    begun = {"bank_id": bank.id, "state": QuestionState.DRAFT, "created_by": author_id, "created_at": now}
    rows = [
        {"code": code, "topic_id": topics[content["topic"]], **listed_values(code, content, now), **begun}
        for code, content in contents.items()
    ]
    added = session.execute(insert(BankQuestion).returning(BankQuestion.code, BankQuestion.id), rows)
    ids = dict(added.all())
    session.execute(
        insert(QuestionRevision),
        [
            {"question_id": ids[code], "number": 1, **revision_values(contents[code], question, author_id, now)}
            for code, question in entries
        ],
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


def revision_values(content: dict[str, Any], question: Question, author_id: int, now: datetime) -> dict[str, object]:
    """The columns of a revision that follow from what was written."""
    return {
        "kind": content["kind"],
        "topic": content["topic"],
        "difficulty": content["difficulty"],
        "content": content,
        "digest": digest(question),
        "written_by": author_id,
        "written_at": now,
    }


def listed_values(code: str, content: dict[str, Any], now: datetime) -> dict[str, object]:
    """What a question repeats of its current revision, for lists and searches."""
    return {
        "kind": content["kind"],
        "topic": content["topic"],
        "difficulty": content["difficulty"],
        "search_key": search_key(" ".join((code, *texts_in(content, UNSEARCHED)))),
        "changed_at": now,
        "checked_at": None,
    }


def sound_content(question: Question) -> dict[str, Any]:
    """The JSON form of a question that a paper may carry, else `question_faulty`; forms and files name the faults."""
    problems = problems_in(question)
    if problems:
        raise DomainError("question_faulty", field=problems[0].field)
    return to_content(question)
