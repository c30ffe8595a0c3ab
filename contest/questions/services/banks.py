"""Banks and the rounds that draw from them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.contests.models import Round, RoundKind
from contest.errors import DomainError, NotAllowed
from contest.i18n import search_key
from contest.questions.models import Bank, RoundBank
from contest.questions.policies import may_manage_banks
from contest.questions.services.acts import note_bank


def create_bank(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, name: str, round_ids: Collection[int] = ()
) -> Bank:
    """A new bank, from which these quiz rounds draw. Raises `bank_name_taken`, and like `assign_bank`."""
    _ensure_manager(actor, contest_id)
    _ensure_free_name(session, contest_id, name)
    bank = Bank(contest_id=contest_id, name=name, created_at=now)
    session.add(bank)
    session.flush()
    _assign(session, now, bank, round_ids)
    _note(session, actor, now, bank, "bank.created", round_ids)
    return bank


def change_bank(
    session: Session, actor: Actor, now: datetime, *, bank: Bank, name: str, round_ids: Collection[int]
) -> None:
    """Rename a bank and say which rounds draw from it. Raises `bank_name_taken`, and like `assign_bank`."""
    _ensure_manager(actor, bank.contest_id)
    if name != bank.name:
        _ensure_free_name(session, bank.contest_id, name, but=bank.id)
        bank.name = name
    _assign(session, now, bank, round_ids)
    _note(session, actor, now, bank, "bank.changed", round_ids)


def assign_bank(session: Session, actor: Actor, now: datetime, *, bank: Bank, round_ids: Collection[int]) -> None:
    """Let exactly these quiz rounds of the contest draw from the bank.

    Raises `not_a_quiz_round`, and `round_opened` where people may already hold papers of another bank.
    """
    _ensure_manager(actor, bank.contest_id)
    _assign(session, now, bank, round_ids)
    _note(session, actor, now, bank, "bank.assigned", round_ids)


def _assign(session: Session, now: datetime, bank: Bank, round_ids: Collection[int]) -> None:
    rounds = {
        round_.id: round_
        for round_ in session.scalars(
            select(Round).where(Round.contest_id == bank.contest_id, Round.kind == RoundKind.QUIZ).with_for_update()
        )
    }
    if not rounds.keys() >= set(round_ids):
        raise DomainError("not_a_quiz_round", field="rounds")
    standing = set(session.scalars(select(RoundBank.round_id).where(RoundBank.bank_id == bank.id)))
    moved = standing ^ set(round_ids)
    for round_ in (rounds[id_] for id_ in moved):
        if round_.released_at is not None and round_.opens_at <= now:
            raise DomainError("round_opened", field="rounds", round=round_.name)
    session.execute(delete(RoundBank).where(RoundBank.round_id.in_(moved)))
    session.add_all(RoundBank(round_id=round_id, bank_id=bank.id) for round_id in moved & set(round_ids))
    session.flush()


def _ensure_manager(actor: Actor, contest_id: int) -> None:
    if not may_manage_banks(actor, contest_id):
        raise NotAllowed


def _ensure_free_name(session: Session, contest_id: int, name: str, *, but: int | None = None) -> None:
    others = session.scalars(select(Bank.name).where(Bank.contest_id == contest_id, Bank.id != but))
    if search_key(name) in map(search_key, others):
        raise DomainError("bank_name_taken", field="name")


def _note(session: Session, actor: Actor, now: datetime, bank: Bank, act: str, round_ids: Collection[int]) -> None:
    note_bank(session, actor.person_id, now, bank, act, {"rounds": sorted(round_ids)}, {"name": bank.name})
