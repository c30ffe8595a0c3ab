"""Questions go to another contest: there they are read and approved anew."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.errors import DomainError, NotAllowed, NotFound
from contest.i18n import search_key
from contest.questions.models import Bank, BankQuestion, QuestionRevision, QuestionState
from contest.questions.policies import may_manage_banks
from contest.questions.queries import question_of, setters
from contest.questions.queries.pool import STANDING
from contest.questions.services.acts import note_bank
from contest.questions.services.limits import limit_new
from contest.questions.services.media import copy_media
from contest.questions.services.writing import add_questions
from question_bank.formats.limits import PaperLimits
from question_bank.media import media_of


@dataclass(frozen=True, slots=True)
class Receiver:
    """The question setter in another contest to whom copies belong, and the name of the bank there."""

    contest_id: int
    person_id: int
    bank_name: str


def copy_questions(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    bank: Bank,
    question_ids: Collection[int],
    receiver: Receiver,
) -> Bank:
    """Copy questions, or the whole bank when none are named, to another contest whose organizer is the actor, too.

    What was approved here waits for a reviewer there, everything else is a draft: another committee answers for it,
    and two of its people have to. What papers owe a question goes along. Each chain gets a record. Raises
    `receiver_missing`, `nothing_to_copy`, `code_taken`.
    """
    if not (may_manage_banks(actor, bank.contest_id) and may_manage_banks(actor, receiver.contest_id)):
        raise NotAllowed
    if receiver.person_id not in {each.person_id for each in setters(session, [receiver.contest_id], now)}:
        raise DomainError("receiver_missing", field="receiver")
    rows = _copied(session, bank, question_ids)
    if not rows:
        raise DomainError("nothing_to_copy")
    there = _bank_there(session, now, receiver)
    entries = [(question.code, question_of(revision)) for question, revision in rows]
    copy_media(session, actor, now, source=bank, target=there, digests=media_of(question for _, question in entries))
    ids = add_questions(session, now, there, entries, receiver.person_id)
    limit_new(session, there.id, {question.code: _limits(question) for question, _ in rows})
    _send_approved(session, actor, now, there, _codes_in_use(bank, question_ids))
    copied: dict[str, object] = {"questions": [question.id for question, _ in rows], "bank": bank.id}
    made: dict[str, object] = {"questions": ids, "bank": there.id}
    facts = {"from": copied, "to": made, "setter": receiver.person_id}
    acts = [(bank, "questions.copied"), (there, "questions.received")]
    for subject, act in sorted(acts, key=lambda each: each[0].contest_id):
        note_bank(session, actor.person_id, now, subject, act, facts)
    return there


def _copied(session: Session, bank: Bank, question_ids: Collection[int]) -> list[tuple[BankQuestion, QuestionRevision]]:
    """What goes along: the approved revision, or the latest where there is none; nothing that is retired."""
    statement = (
        select(BankQuestion, QuestionRevision)
        .join(
            QuestionRevision,
            QuestionRevision.id == func.coalesce(BankQuestion.approved_revision_id, BankQuestion.current_revision_id),
        )
        .where(*_wanted(bank, question_ids))
        .order_by(BankQuestion.id)
    )
    rows = [(question, revision) for question, revision in session.execute(statement)]
    if question_ids and len(rows) < len(set(question_ids)):
        raise NotFound
    return rows


def _wanted(bank: Bank, question_ids: Collection[int]) -> list[ColumnElement[bool]]:
    chosen = [BankQuestion.id.in_(question_ids)] if question_ids else []
    return [BankQuestion.bank_id == bank.id, STANDING, *chosen]


def _codes_in_use(bank: Bank, question_ids: Collection[int]) -> Select[str]:
    """As the copies have them, too. As a list they would be more values than a statement may have."""
    return select(BankQuestion.code).where(*_wanted(bank, question_ids), BankQuestion.approved_revision_id.is_not(None))


def _bank_there(session: Session, now: datetime, receiver: Receiver) -> Bank:
    banks = session.scalars(select(Bank).where(Bank.contest_id == receiver.contest_id))
    named = {search_key(bank.name): bank for bank in banks}
    there = named.get(search_key(receiver.bank_name))
    if there is None:
        there = Bank(contest_id=receiver.contest_id, name=receiver.bank_name, created_at=now)
        session.add(there)
        session.flush()
    return there


def _limits(question: BankQuestion) -> PaperLimits:
    """What is on every paper stays so, and what excludes each other does, as far as it goes along."""
    return PaperLimits(question.is_compulsory, str(question.exclusion_group or ""))


def _send_approved(session: Session, actor: Actor, now: datetime, there: Bank, codes: Select[str]) -> None:
    """These wait for a reviewer; who copied them wrote these revisions, so that neither they nor the setter approve."""
    sent = select(BankQuestion.id).where(BankQuestion.bank_id == there.id, BankQuestion.code.in_(codes))
    session.execute(
        update(QuestionRevision)
        .where(QuestionRevision.question_id.in_(sent))
        .values(sent_at=now, written_by=actor.person_id)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(BankQuestion)
        .where(BankQuestion.bank_id == there.id, BankQuestion.code.in_(codes))
        .values(state=QuestionState.IN_REVIEW)
        .execution_options(synchronize_session=False)
    )
