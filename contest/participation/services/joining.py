"""Joining a contest, changing one's group and unit until the first attempt, and freezing them."""

import secrets
from datetime import datetime

from sqlalchemy import bindparam, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from contest.accounts.domain import ConsentPurpose
from contest.accounts.queries import has_consent
from contest.actors import Actor
from contest.contests.models import Contest, ContestState
from contest.contests.queries import is_on_committee
from contest.errors import DomainError, NotAllowed, Written
from contest.i18n import local
from contest.participation.domain.eligibility import AgeGroup, age_at, eligible_groups
from contest.participation.models import Participation
from contest.participation.policies import may_change
from contest.participation.queries import contest_groups, find_birth_date, find_participation, locked_participation
from contest.statements import DirectStep
from contest.units.queries import is_unit_open


def join_contest(
    session: Session, actor: Actor, now: datetime, contest: Contest, *, group_id: int, unit_id: int
) -> Participation:
    """Take part. Whoever takes part already gets that participation again, unchanged.

    Raises what `find_obstacle` finds, `group_unknown`, `group_age`, `unit_unknown`.
    """
    joined = find_participation(session, contest.id, actor.person_id)
    if joined is not None:
        return joined
    obstacle = find_obstacle(session, actor, now, contest)
    if obstacle is not None:
        raise obstacle
    _ensure_choice(session, contest, actor.person_id, now, group_id, unit_id)
    participation = new_participation(contest.id, actor.person_id, group_id, unit_id, now)
    try:
        with session.begin_nested():
            session.add(participation)
    except IntegrityError:  # the same person at the same moment in another tab
        joined = find_participation(session, contest.id, actor.person_id)
        assert joined is not None
        return joined
    return participation


def find_obstacle(session: Session, actor: Actor, now: datetime, contest: Contest) -> DomainError | None:
    """Why this person can't join, whatever they choose; None when they can.

    Codes: `contest_not_joinable`, `committee_excluded`, `consent_missing`, `no_group_for_age`.
    """
    if contest.state is not ContestState.ANNOUNCED:
        return DomainError("contest_not_joinable")
    if is_on_committee(session, contest.id, actor.person_id, now):
        return DomainError("committee_excluded")
    if not has_consent(session, actor.person_id, ConsentPurpose.TAKE_PART, local(now).date()):
        return DomainError("consent_missing")
    if not groups_open_to(session, contest, actor.person_id):
        return DomainError("no_group_for_age")
    return None


def change_participation(
    session: Session,
    actor: Actor,
    now: datetime,
    contest: Contest,
    participation_id: int,
    *,
    group_id: int,
    unit_id: int,
) -> Participation:
    """Choose again. Raises `NotAllowed`, `participation_frozen`, and what `join_contest` says of a choice."""
    participation = locked_participation(session, contest.id, participation_id)
    if not may_change(actor, participation):
        raise NotAllowed
    if participation.frozen_at is not None:
        raise DomainError("participation_frozen")
    _ensure_choice(session, contest, participation.person_id, now, group_id, unit_id)
    participation.group_id, participation.unit_id = group_id, unit_id
    session.flush()
    return participation


def freeze_participation(session: Session, participation: Participation, now: datetime) -> None:
    """Fix group and unit; the first attempt does it. Once frozen it stays as it is."""
    if participation.frozen_at is None:
        participation.frozen_at = now
        session.flush()


_FREEZE = DirectStep(
    update(Participation).where(Participation.id == bindparam("participation_id")).values(frozen_at=bindparam("now"))
)


def freeze_locked(session: Session, participation_id: int, now: datetime) -> None:
    """The same for a start, which has locked the row and knows that it is not frozen."""
    _FREEZE.rows(session, participation_id=participation_id, now=now)


def new_participation(contest_id: int, person_id: int, group_id: int, unit_id: int, now: datetime) -> Participation:
    """A participation that is not in the database yet, with the random id from which papers are drawn."""
    return Participation(
        contest_id=contest_id,
        person_id=person_id,
        group_id=group_id,
        unit_id=unit_id,
        draw_id=secrets.token_hex(16),
        joined_at=now,
        exclusion_reason="",
        extra_time_ms=0,
    )


def ensure_joinable(contest: Contest) -> None:
    """Raise `contest_not_joinable` unless the contest is announced."""
    if contest.state is not ContestState.ANNOUNCED:
        raise DomainError("contest_not_joinable")


def groups_open_to(session: Session, contest: Contest, person_id: int) -> list[AgeGroup]:
    """The groups from which this person may choose."""
    birth_date = find_birth_date(session, person_id)
    return eligible_groups(contest_groups(session, contest.id), birth_date, contest.decision_date)


def group_of(session: Session, contest_id: int, group_id: int) -> AgeGroup:
    """The contest's own group. Raises `group_unknown`."""
    for group in contest_groups(session, contest_id):
        if group.id == group_id:
            return group
    raise DomainError("group_unknown", field="group")


def _ensure_choice(
    session: Session, contest: Contest, person_id: int, now: datetime, group_id: int, unit_id: int
) -> None:
    group = group_of(session, contest.id, group_id)
    if not group.admits(age_at(find_birth_date(session, person_id), contest.decision_date)):
        raise DomainError("group_age", field="group", group=Written(group.name))
    if not is_unit_open(session, unit_id, local(now, contest.time_zone).date()):
        raise DomainError("unit_unknown", field="unit")
