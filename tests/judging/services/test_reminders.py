import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from contest.accounts.domain import LoginKind
from contest.accounts.models import Login
from contest.contests.models import Role
from contest.errors import DomainError, NotAllowed, NotFound
from contest.judging.services.reminders import remind_judges
from contest.mail.models import OutboxMessage
from tests.factories import NOW
from tests.judging.world import World, make_world, open_cases

LETTER = ("Còn bài chờ chấm", "Chấm tiếp")


def remind(session: Session, world: World, role: Role = Role.CHIEF_JUDGE) -> int:
    where = {"contest_id": world.contest.id, "round_id": world.round.id}
    return remind_judges(session, world.actor(role), NOW, **where, letter=LETTER)


def test_only_judges_of_the_contest_with_an_address_get_a_letter(session: Session) -> None:
    world, _other = make_world(session), make_world(session)
    open_cases(session, world, "Hoàng Thị An")
    by_phone = update(Login).where(Login.person_id == world.judges[0].id)
    session.execute(by_phone.values(kind=LoginKind.PHONE, value="+84912345678"))
    assert remind(session, world) == 1
    login = session.scalars(select(Login.value).where(Login.person_id == world.judges[1].id)).one()
    assert [letter.recipient for letter in session.scalars(select(OutboxMessage))] == [login]


def test_with_nobody_to_write_to_it_is_said(session: Session) -> None:
    world = make_world(session)
    open_cases(session, world, "Hoàng Thị An")
    for number, judge in enumerate(world.judges):
        by_phone = update(Login).where(Login.person_id == judge.id)
        session.execute(by_phone.values(kind=LoginKind.PHONE, value=f"+8491234567{number}"))
    with pytest.raises(DomainError, match="judges_without_mail"):
        remind(session, world)


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.ORGANIZER])
def test_others_remind_nobody(session: Session, role: Role) -> None:
    world = make_world(session)
    open_cases(session, world, "Hoàng Thị An")
    with pytest.raises(NotAllowed):
        remind(session, world, role)


def test_a_round_of_another_contest_is_not_found(session: Session) -> None:
    world, other = make_world(session), make_world(session)
    where = {"contest_id": world.contest.id, "round_id": other.round.id}
    with pytest.raises(NotFound):
        remind_judges(session, world.actor(Role.CHIEF_JUDGE), NOW, **where, letter=LETTER)
