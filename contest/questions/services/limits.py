"""What papers owe a question: a place on every one of them, or none beside another question."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.errors import DomainError, NotAllowed
from contest.questions.models import Bank, BankQuestion
from contest.questions.policies import may_see_all
from contest.questions.services.acts import lock_bank, locked_question, note_bank
from question_bank.formats.limits import NO_LIMITS, PaperLimits
from question_bank.text import fold


def limit_question(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    contest_id: int,
    question_id: int,
    is_compulsory: bool,
    is_alone: bool = False,
    beside: str = "",
) -> None:
    """Say whether a question is on every paper, take it out of its exclusion group, or join it with another's.

    `beside` is the code of a question of the bank that no paper may have beside this one: all that either excludes
    already is then excluded by both. Papers of sets that are frozen already stay as they are.
    Raises `beside_unknown`, `NotAllowed` for whoever does not see the whole bank.
    """
    question, _revision = locked_question(session, actor, contest_id, question_id)
    if not may_see_all(actor, contest_id):
        raise NotAllowed
    lock_bank(session, question.bank_id)
    session.refresh(question)
    question.is_compulsory = is_compulsory
    if is_alone:
        regroup([each for each in _group(session, question) if each is not question])
        question.exclusion_group = None
    if beside:
        regroup([*_group(session, question), *_group(session, _other(session, question, beside))])
    others = sorted(each.id for each in _group(session, question) if each is not question)
    facts = {"question": question.id, "is_compulsory": is_compulsory, "excludes": others}
    bank = session.get_one(Bank, question.bank_id)
    note_bank(session, actor.person_id, now, bank, "question.limited", facts)


def limit_new(session: Session, bank_id: int, wanted: Mapping[str, PaperLimits]) -> dict[str, object]:
    """Say of questions new to a bank, by code, what papers owe them; returns the facts for a record, if any."""
    groups: dict[str, list[BankQuestion]] = defaultdict(list)
    asked = {code: limits for code, limits in wanted.items() if limits != NO_LIMITS}
    rows = select(BankQuestion).where(BankQuestion.bank_id == bank_id, BankQuestion.code.in_(asked))
    new = list(session.scalars(rows.order_by(BankQuestion.id)) if asked else ())
    for row in new:
        limits = asked[row.code]
        row.is_compulsory = limits.is_compulsory
        if limits.group:
            groups[fold(limits.group)].append(row)
    for members in groups.values():
        regroup(members)
    session.flush()
    excluding = [[row.id for row in members] for members in groups.values() if len(members) > 1]
    return {"compulsory": [row.id for row in new if row.is_compulsory], "excluding": excluding} if new else {}


def _other(session: Session, question: BankQuestion, code: str) -> BankQuestion:
    found = session.scalar(
        select(BankQuestion).where(
            BankQuestion.bank_id == question.bank_id,
            BankQuestion.id != question.id,
            func.lower(BankQuestion.code) == code.lower(),
        )
    )
    if found is None:
        raise DomainError("beside_unknown", field="beside", question=code)
    return found


def _group(session: Session, question: BankQuestion) -> list[BankQuestion]:
    """The questions of its exclusion group; the question alone where it has none."""
    if question.exclusion_group is None:
        return [question]
    return list(session.scalars(select(BankQuestion).where(BankQuestion.exclusion_group == question.exclusion_group)))


def regroup(members: list[BankQuestion]) -> None:
    """Name a group by its first member, so that no two groups ever have one name. One question alone is none."""
    ids = {each.id for each in members}
    for each in members:
        each.exclusion_group = min(ids) if len(ids) > 1 else None
