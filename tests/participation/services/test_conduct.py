from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.audit.models import AuditRecord
from contest.contests.models import Role
from contest.errors import DomainError, NotAllowed, NotFound
from contest.participation.services import exclude_participation, grant_extra_time, restore_participation
from tests.factories import NOW, actor_of, make_contest, make_participation, make_person

ACTS: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (exclude_participation, {}),
    (restore_participation, {}),
    (grant_extra_time, {"minutes": 10}),
]


def acts(session: Session) -> list[str]:
    return list(session.scalars(select(AuditRecord.act).order_by(AuditRecord.id)))


def test_an_exclusion_is_made_and_taken_back_with_reasons(session: Session) -> None:
    contest = make_contest(session)
    row = make_participation(session, contest, make_person(session))
    actor = actor_of(make_person(session), contest, Role.SECRETARY)
    names = {"contest_id": contest.id, "participation_id": row.id}
    with pytest.raises(DomainError, match="not_excluded"):
        restore_participation(session, actor, NOW, **names, reason="nhầm")
    exclude_participation(session, actor, NOW, **names, reason="Khai sai ngày sinh")
    assert (row.excluded_at, row.exclusion_reason) == (NOW, "Khai sai ngày sinh")
    with pytest.raises(DomainError, match="already_excluded"):
        exclude_participation(session, actor, NOW, **names, reason="lần nữa")
    restore_participation(session, actor, NOW, **names, reason="Đã xác minh")
    assert (row.excluded_at, row.exclusion_reason) == (None, "")
    assert acts(session) == ["participation.excluded", "participation.restored"]


@pytest.mark.parametrize(("minutes", "is_right"), [(-1, False), (0, True), (180, True), (181, False)])
def test_extra_time_has_bounds(session: Session, minutes: int, is_right: bool) -> None:
    contest = make_contest(session)
    row = make_participation(session, contest, make_person(session))
    actor = actor_of(make_person(session), contest, Role.ORGANIZER)
    values: dict[str, Any] = {"participation_id": row.id, "minutes": minutes, "reason": "Giấy xác nhận khuyết tật"}
    if is_right:
        grant_extra_time(session, actor, NOW, contest_id=contest.id, **values)
        assert row.extra_time_ms == minutes * 60_000
    else:
        with pytest.raises(DomainError, match="extra_time_range"):
            grant_extra_time(session, actor, NOW, contest_id=contest.id, **values)
        assert acts(session) == []


@pytest.mark.parametrize(("act", "more"), ACTS)
def test_each_decision_needs_seat_reason_and_own_contest(
    session: Session, act: Callable[..., Any], more: dict[str, Any]
) -> None:
    contest, other = make_contest(session), make_contest(session)
    row = make_participation(session, contest, make_person(session))
    organizer = actor_of(make_person(session), contest, Role.ORGANIZER)
    stranger = actor_of(make_person(session), other, Role.ORGANIZER)
    names = {"participation_id": row.id, **more}
    with pytest.raises(NotAllowed):
        act(session, stranger, NOW, contest_id=contest.id, **names, reason="x")
    with pytest.raises(NotFound):
        act(session, stranger, NOW, contest_id=other.id, **names, reason="x")
    for role in Role:
        if role not in {Role.ORGANIZER, Role.SECRETARY}:
            with pytest.raises(NotAllowed):
                act(
                    session,
                    actor_of(make_person(session), contest, role),
                    NOW,
                    contest_id=contest.id,
                    **names,
                    reason="x",
                )
    with pytest.raises(DomainError, match="reason_needed"):
        act(session, organizer, NOW, contest_id=contest.id, **names, reason="  ")
    assert acts(session) == []
