"""What papers owe a question: a place on every one of them, or none beside another question."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.errors import DomainError, NotAllowed
from contest.questions.models import Bank, BankQuestion
from contest.questions.policies import may_see_all
from contest.questions.services.acts import lock_bank, locked_question, locked_questions, note_bank
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
    beside: Collection[str] = (),
) -> None:
    """Say whether a question is on every paper, take it out of its exclusion group, or join it with others'.

    `beside` are the codes of questions of the bank that no paper may have beside this one: all that any of them
    excludes already is then excluded by all. Papers of sets that are frozen already stay as they are.
    Raises `beside_unknown` with every code that is none, `NotAllowed` for whoever does not see the whole bank.
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
        regroup(_groups(session, [question, *_others(session, question, beside)]))
    others = sorted(each.id for each in _group(session, question) if each is not question)
    facts = {"question": question.id, "is_compulsory": is_compulsory, "excludes": others}
    bank = session.get_one(Bank, question.bank_id)
    note_bank(session, actor.person_id, now, bank, "question.limited", facts)


def exclude_together(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, question_ids: Collection[int]
) -> None:
    """Let no paper have two of these questions of one bank, nor of what any of them excludes already.

    Raises `two_needed`, and like `limit_question`.
    """
    questions = [question for question, _revision in locked_questions(session, actor, contest_id, question_ids)]
    if not may_see_all(actor, contest_id):
        raise NotAllowed
    if len(questions) < 2 or len({question.bank_id for question in questions}) > 1:
        raise DomainError("two_needed")
    lock_bank(session, questions[0].bank_id)
    for question in questions:
        session.refresh(question)
    members = _groups(session, questions)
    regroup(members)
    bank = session.get_one(Bank, questions[0].bank_id)
    facts = {"questions": sorted(question_ids), "excludes": sorted({each.id for each in members})}
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


def _others(session: Session, question: BankQuestion, codes: Collection[str]) -> list[BankQuestion]:
    """The other questions of the bank with these codes. One statement."""
    wanted = {code.lower(): code for code in codes}
    found = session.scalars(
        select(BankQuestion).where(
            BankQuestion.bank_id == question.bank_id,
            BankQuestion.id != question.id,
            or_(BankQuestion.code.in_(codes), func.lower(BankQuestion.code).in_(wanted)),
        )
    ).all()
    unknown = wanted.keys() - {each.code.lower() for each in found}
    if unknown:
        named = ", ".join(code for folded, code in wanted.items() if folded in unknown)
        raise DomainError("beside_unknown", field="beside", question=named)
    return list(found)


def _groups(session: Session, questions: Sequence[BankQuestion]) -> list[BankQuestion]:
    """The questions with all of their exclusion groups. One statement."""
    groups = {each.exclusion_group for each in questions if each.exclusion_group is not None}
    joined = session.scalars(select(BankQuestion).where(BankQuestion.exclusion_group.in_(groups)))
    return list({each.id: each for each in (*questions, *joined)}.values())


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
