"""Whether a round's bank fills the paper of the rules, and what exactly lacks."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.contests.models import Round, RulesVersion
from contest.contests.queries import find_pending_rules, rules_in_force
from contest.questions.models import Bank, BankQuestion, QuestionRevision
from contest.questions.queries import approved_revisions, bank_of_round
from contest.questions.queries.limits import limits_of
from contest.quiz.services.sets import pool_of, read_blueprint
from question_bank.blueprint import Blueprint
from question_bank.drawing import PreparedPool, Shortfall, shortfalls, unplaced


@dataclass(frozen=True, slots=True)
class PaperPlan:
    """What papers of a round would be drawn from if it were released now."""

    rules: RulesVersion
    bank: Bank
    blueprint: Blueprint
    pool: PreparedPool
    revisions: dict[int, QuestionRevision]


@dataclass(frozen=True, slots=True)
class Homeless:
    """A compulsory question that no paper can hold, by code; `other` is the compulsory one that bars it."""

    code: str
    other: str | None


def find_plan(session: Session, round_: Round, rules: RulesVersion | None) -> PaperPlan | None:
    """The plan under these rules; None while they say nothing of the paper, or no bank is assigned."""
    bank = bank_of_round(session, round_.id)
    if bank is None or rules is None or "paper" not in rules.sections:
        return None
    revisions = approved_revisions(session, bank.id)
    pool = pool_of(revisions, limits_of(session, bank.id))
    blueprint = read_blueprint(rules.sections["paper"])
    return PaperPlan(rules, bank, blueprint, pool, {revision.id: revision for revision in revisions})


def coming_rules(session: Session, contest_id: int) -> RulesVersion | None:
    """The version that is being written or waits for a second person, else the one in force."""
    pending = find_pending_rules(session, contest_id)
    return pending if pending and "paper" in pending.sections else rules_in_force(session, contest_id)


def shortages(plan: PaperPlan) -> list[Shortfall]:
    """The rows that cannot be filled."""
    return shortfalls(plan.pool, plan.blueprint)


def homeless(session: Session, plan: PaperPlan) -> list[Homeless]:
    """The compulsory questions that have no place. One statement, and none where all have one."""
    found = unplaced(plan.pool, plan.blueprint)
    if not found:
        return []
    codes = _codes(session, {ref for pair in found for ref in pair if ref is not None})
    return [Homeless(codes[ref], codes[other] if other is not None else None) for ref, other in found]


def _codes(session: Session, revision_ids: Collection[int]) -> dict[int, str]:
    rows = session.execute(
        select(QuestionRevision.id, BankQuestion.code)
        .join(BankQuestion, BankQuestion.id == QuestionRevision.question_id)
        .where(QuestionRevision.id.in_(revision_ids))
    )
    return dict(rows.all())
