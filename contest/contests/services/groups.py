"""Writing the groups of a contest. They stand still once a round has opened: people have chosen theirs by then."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.audit.services import record
from contest.contests import policies
from contest.contests.domain import slug_of
from contest.contests.models import Group
from contest.contests.queries import get_group, groups_of, has_opened
from contest.contests.services.contests import living_contest
from contest.errors import DomainError

CODE_LENGTH = 20


def add_group(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    contest_id: int,
    name: str,
    age_from: int | None,
    age_to: int | None,
) -> Group:
    """A group after the others. Raises `ages_reversed`, `group_exists`, `contest_has_opened`."""
    _ensure_open_to_change(session, actor, now, contest_id)
    others = groups_of(session, contest_id)
    _check(others, name, age_from, age_to)
    group = Group(
        contest_id=contest_id,
        code=_free_code(name, {other.code for other in others}),
        name=name,
        position=max((other.position for other in others), default=0) + 1,
        age_from=age_from,
        age_to=age_to,
    )
    session.add(group)
    session.flush()
    _note(session, actor, now, group, "group.added")
    return group


def edit_group(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    contest_id: int,
    group_id: int,
    name: str,
    age_from: int | None,
    age_to: int | None,
) -> Group:
    """Change a group's name and ages. Raises like `add_group`."""
    _ensure_open_to_change(session, actor, now, contest_id)
    group = get_group(session, contest_id, group_id)
    _check([other for other in groups_of(session, contest_id) if other.id != group_id], name, age_from, age_to)
    group.name, group.age_from, group.age_to = name, age_from, age_to
    session.flush()
    _note(session, actor, now, group, "group.edited")
    return group


def delete_group(session: Session, actor: Actor, now: datetime, *, contest_id: int, group_id: int) -> None:
    """Remove a group that nobody has chosen. Raises `group_in_use`, `contest_has_opened`."""
    _ensure_open_to_change(session, actor, now, contest_id)
    group = get_group(session, contest_id, group_id)
    try:
        with session.begin_nested():
            session.delete(group)
    except IntegrityError as error:
        raise DomainError("group_in_use") from error
    _note(session, actor, now, group, "group.deleted")


def _ensure_open_to_change(session: Session, actor: Actor, now: datetime, contest_id: int) -> None:
    policies.ensure(policies.may_prepare(actor, contest_id))
    living_contest(session, contest_id)
    if has_opened(session, contest_id, now):
        raise DomainError("contest_has_opened")


def _check(others: list[Group], name: str, age_from: int | None, age_to: int | None) -> None:
    if age_from is not None and age_to is not None and age_to < age_from:
        raise DomainError("ages_reversed", field="age_to")
    if any(other.name.casefold() == name.casefold() for other in others):
        raise DomainError("group_exists", field="name")


def _free_code(name: str, taken: set[str]) -> str:
    base = slug_of(name)[: CODE_LENGTH - 3] or "nhom"
    candidates = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
    return next(code for code in candidates if code not in taken)


def _note(session: Session, actor: Actor, now: datetime, group: Group, act: str) -> None:
    record(
        session,
        actor_id=actor.person_id,
        now=now,
        act=act,
        subject=f"group:{group.id}",
        scope=group.contest_id,
        facts={"code": group.code, "age_from": group.age_from, "age_to": group.age_to},
        detail={"name": group.name},
    )
