"""What a bank asks of every paper: compulsory questions, and questions that exclude each other."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from contest.questions.models import BankQuestion, QuestionRevision
from contest.questions.queries.pool import IN_USE, STANDING
from question_bank.formats.limits import NO_LIMITS, PaperLimits


@dataclass(frozen=True, slots=True)
class Limits:
    """By the ids of approved revisions. A group is named by its smallest one, and has two of them at least."""

    compulsory: frozenset[int] = frozenset()
    groups: dict[int, int] = field(default_factory=dict)


def limits_of(session: Session, bank_id: int) -> Limits:
    """What holds for the approved questions of a bank. One statement."""
    rows = session.execute(
        select(QuestionRevision.id, BankQuestion.is_compulsory, BankQuestion.exclusion_group)
        .join(BankQuestion, BankQuestion.approved_revision_id == QuestionRevision.id)
        .where(BankQuestion.bank_id == bank_id, IN_USE)
        .where(or_(BankQuestion.is_compulsory, BankQuestion.exclusion_group.is_not(None)))
        .order_by(QuestionRevision.id)
    ).all()
    members: dict[int, list[int]] = defaultdict(list)
    for revision_id, _is_compulsory, group in rows:
        if group is not None:
            members[group].append(revision_id)
    return Limits(
        frozenset(revision_id for revision_id, is_compulsory, _group in rows if is_compulsory),
        {each: group[0] for group in members.values() if len(group) > 1 for each in group},
    )


def exported_limits(session: Session, bank_id: int) -> dict[str, PaperLimits]:
    """What papers owe the questions that are not retired, by code; groups are called N1, N2, … One statement."""
    rows = session.execute(
        select(BankQuestion.code, BankQuestion.is_compulsory, BankQuestion.exclusion_group)
        .where(BankQuestion.bank_id == bank_id, STANDING)
        .where(or_(BankQuestion.is_compulsory, BankQuestion.exclusion_group.is_not(None)))
        .order_by(BankQuestion.code)
    ).all()
    counts = Counter(group for _code, _is_compulsory, group in rows if group is not None)
    names = {group: f"N{number}" for number, group in enumerate((g for g in counts if counts[g] > 1), start=1)}
    found = {code: PaperLimits(is_compulsory, names.get(group or 0, "")) for code, is_compulsory, group in rows}
    return {code: limits for code, limits in found.items() if limits != NO_LIMITS}


@dataclass(frozen=True, slots=True)
class ExcludedQuestion:
    """Another question of an exclusion group, as the page of one lists it."""

    id: int
    code: str


def excluded_questions(session: Session, question: BankQuestion) -> list[ExcludedQuestion]:
    """The other questions of this one's group, by code. One statement, and none without a group."""
    if question.exclusion_group is None:
        return []
    rows = session.execute(
        select(BankQuestion.id, BankQuestion.code)
        .where(BankQuestion.exclusion_group == question.exclusion_group, BankQuestion.id != question.id)
        .order_by(BankQuestion.code)
    )
    return [ExcludedQuestion(*row) for row in rows]
