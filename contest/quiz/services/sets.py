"""The frozen set of a round: what its papers are drawn from, and the sealed seed that decides how."""

import secrets
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from typing import Any, Protocol

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.audit.services import record
from contest.contests.models import Round, RoundKind, RulesVersion
from contest.contests.queries import rules_in_force
from contest.errors import DomainError
from contest.keys import Keys
from contest.questions.models import BankQuestion, QuestionRevision
from contest.questions.queries import approved_revisions, bank_of_round
from contest.questions.queries.limits import Limits, limits_of
from contest.questions.queries.media import StoredMedium, stored_media
from contest.questions.queries.pool import IN_USE
from contest.quiz.models import QuestionSet, QuestionSetItem
from question_bank.blueprint import Blueprint, BlueprintRow, blueprint_of, is_within
from question_bank.drawing import PreparedPool, seed_commitment, set_digest, shortfalls, unplaced, versioned
from question_bank.kinds import judged_kinds
from question_bank.media import media_of
from question_bank.pool import pool_item
from question_bank.question import Question, from_content

SEED_BYTES = 32
SETS_KEPT = 16


@dataclass(frozen=True, slots=True)
class FrozenSet:
    """A set ready to draw from. It never changes, so every worker may keep a copy.

    `owners` says of which question of the bank each revision is.
    """

    id: int
    blueprint: Blueprint
    pool: PreparedPool
    questions: dict[int, Question]
    owners: Mapping[int, int]
    media: Mapping[str, StoredMedium]
    seed: bytes


class NamedSet(Protocol):
    """A set as far as finding it goes: its row, or what a page read of it."""

    @property
    def id(self) -> Any:
        """Of its row."""

    @property
    def commitment(self) -> Any:
        """Different for every set that was ever made, on any database."""


_kept: OrderedDict[str, FrozenSet] = OrderedDict()
_keeping = Lock()


def read_blueprint(value: Sequence[Any] | Mapping[str, Any]) -> Blueprint:
    """The blueprint from the section "paper" of the rules, or as a set keeps it.

    A set that keeps nothing but rows is drawn by the first version of the draw.
    """
    if not isinstance(value, Mapping):
        return Blueprint(tuple(BlueprintRow(**row) for row in value), version=1)
    return blueprint_of(value)


def pool_of(revisions: Iterable[QuestionRevision], limits: Limits) -> PreparedPool:
    """What can be drawn, from approved revisions."""
    return PreparedPool(
        pool_item(
            revision.id,
            from_content(revision.content),
            is_compulsory=revision.id in limits.compulsory,
            group=limits.groups.get(revision.id),
        )
        for revision in revisions
    )


def kept_limits(items: Iterable[tuple[int, bool, int | None]]) -> Limits:
    """The limits that a set or a print keeps: of each question its ref, whether it is compulsory, its group."""
    kept = list(items)
    return Limits(
        frozenset(ref for ref, is_compulsory, _group in kept if is_compulsory),
        {ref: group for ref, _is_compulsory, group in kept if group is not None},
    )


def most_judged(session: Session, round_: Round) -> int:
    """How many questions that judges score a paper may have if it were drawn now; 0 without a bank or a blueprint."""
    rules, bank = rules_in_force(session, round_.contest_id), bank_of_round(session, round_.id)
    if rules is None or bank is None or "paper" not in rules.sections:
        return 0
    judged = session.execute(
        select(QuestionRevision.topic, QuestionRevision.difficulty, QuestionRevision.kind)
        .join(BankQuestion, BankQuestion.approved_revision_id == QuestionRevision.id)
        .where(BankQuestion.bank_id == bank.id, IN_USE, QuestionRevision.kind.in_(judged_kinds()))
    ).all()
    return sum(
        min(row.count, sum(is_within((topic, difficulty, kind), row.scope) for topic, difficulty, kind in judged))
        for row in read_blueprint(rules.sections["paper"]).rows
    )


def freeze_set(session: Session, actor: Actor, now: datetime, round_: Round, keys: Keys) -> QuestionSet:
    """Freeze pool and blueprint under a digest; only then make the seed and publish its commitment.

    Raises `paper_not_fillable` when the bank can't fill the blueprint, `rules_missing` or `bank_missing` before that.
    """
    value, revisions, pool = _value_and_pool(session, round_)
    blueprint = versioned(read_blueprint(value), pool)
    digest = set_digest(((revision.id, revision.digest) for revision in revisions), blueprint, pool)
    seed = secrets.token_bytes(SEED_BYTES)
    frozen = QuestionSet(
        round_id=round_.id,
        number=_next_number(session, round_.id),
        blueprint=value["rows"] if blueprint.version == 1 else value,
        digest=digest,
        seed_sealed=keys.seal(seed, digest),
        commitment=seed_commitment(seed, digest),
        frozen_at=now,
        frozen_by=actor.person_id,
    )
    session.add(frozen)
    session.flush()
    session.add_all(
        QuestionSetItem(
            set_id=frozen.id, revision_id=item.ref, is_compulsory=item.is_compulsory, exclusion_group=item.group
        )
        for item in pool.items
    )
    session.flush()
    record(
        session,
        actor_id=actor.person_id,
        now=now,
        act="set.frozen",
        subject=f"round:{round_.id}",
        scope=round_.contest_id,
        facts={"set": frozen.number, "digest": digest, "commitment": frozen.commitment, "questions": len(revisions)},
    )
    return frozen


def renew_sets(session: Session, actor: Actor, now: datetime, rules: RulesVersion, keys: Keys) -> list[QuestionSet]:
    """Under these new rules, a new set for each released round that still draws papers by another blueprint.

    Attempts that were begun keep their set; later ones draw from the newest. Raises `new_paper_not_fillable` with the
    name of the round whose bank can't fill the new blueprint.
    """
    blueprint = read_blueprint(rules.sections["paper"]) if "paper" in rules.sections else None
    drawing = select(Round).where(
        Round.contest_id == rules.contest_id,
        Round.kind == RoundKind.QUIZ,
        Round.released_at.is_not(None),
        Round.cancelled_at.is_(None),
        Round.closes_at > now,
    )
    outdated = [
        round_ for round_ in session.scalars(drawing.order_by(Round.id)) if _blueprint(session, round_) != blueprint
    ]
    return [_renewed(session, actor, now, round_, keys) for round_ in outdated]


def _blueprint(session: Session, round_: Round) -> Blueprint | None:
    """That of the newest set, as the rules say it."""
    newest = select(QuestionSet.blueprint).where(QuestionSet.round_id == round_.id).order_by(QuestionSet.number.desc())
    value = session.scalar(newest.limit(1))
    return None if value is None else replace(read_blueprint(value), version=2)


def _renewed(session: Session, actor: Actor, now: datetime, round_: Round, keys: Keys) -> QuestionSet:
    try:
        return freeze_set(session, actor, now, round_, keys)
    except DomainError as error:
        if error.code != "paper_not_fillable":
            raise
        raise DomainError("new_paper_not_fillable", round=round_.name) from error


def approved_source(session: Session, round_: Round) -> tuple[dict[str, Any], list[QuestionRevision], Limits]:
    """The paper of the rules in force, and what the round's bank has for it now.

    Raises `rules_missing`, `bank_missing`.
    """
    rules = rules_in_force(session, round_.contest_id)
    if rules is None or "paper" not in rules.sections:
        raise DomainError("rules_missing")
    bank = bank_of_round(session, round_.id)
    if bank is None:
        raise DomainError("bank_missing")
    return rules.sections["paper"], approved_revisions(session, bank.id), limits_of(session, bank.id)


def _value_and_pool(session: Session, round_: Round) -> tuple[dict[str, Any], list[QuestionRevision], PreparedPool]:
    value, revisions, limits = approved_source(session, round_)
    pool, blueprint = pool_of(revisions, limits), read_blueprint(value)
    if shortfalls(pool, blueprint) or unplaced(pool, blueprint):
        raise DomainError("paper_not_fillable")
    return value, revisions, pool


def frozen_set(session: Session, name: NamedSet, keys: Keys) -> FrozenSet:
    """The set of this name, from this worker's memory when it was used before."""
    return _kept.get(name.commitment) or _read_set(session, session.get_one(QuestionSet, name.id), keys)


def _read_set(session: Session, row: QuestionSet, keys: Keys) -> FrozenSet:
    items = session.execute(
        select(QuestionSetItem, QuestionRevision)
        .join(QuestionRevision, QuestionRevision.id == QuestionSetItem.revision_id)
        .where(QuestionSetItem.set_id == row.id)
    ).all()
    revisions = [revision for _item, revision in items]
    limits = kept_limits((item.revision_id, item.is_compulsory, item.exclusion_group) for item, _revision in items)
    questions = {revision.id: from_content(revision.content) for revision in revisions}
    ready = FrozenSet(
        id=row.id,
        blueprint=read_blueprint(row.blueprint),
        pool=pool_of(revisions, limits),
        questions=questions,
        owners={revision.id: revision.question_id for revision in revisions},
        media=stored_media(session, _items(row.id), media_of(questions.values())),
        seed=keys.unseal(row.seed_sealed, row.digest),
    )
    with _keeping:
        _kept[row.commitment] = ready
        while len(_kept) > SETS_KEPT:
            _kept.popitem(last=False)
    return ready


def _items(set_id: int) -> Select[int]:
    return select(QuestionSetItem.revision_id).where(QuestionSetItem.set_id == set_id)


def _next_number(session: Session, round_id: int) -> int:
    numbers = session.scalars(select(QuestionSet.number).where(QuestionSet.round_id == round_id)).all()
    return max(numbers, default=0) + 1
