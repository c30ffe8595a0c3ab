import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.audit.models import AuditRecord
from contest.contests.models import Contest, ContestState, Role
from contest.errors import DomainError, NotAllowed, NotFound
from contest.notices.models import Announcement
from contest.notices.queries import get_public_announcement, latest_announcements
from contest.notices.services import publish_announcement, withdraw_announcement
from tests.factories import NOW, actor_of, make_contest, make_person


def publish(session: Session, contest: Contest, title: str = "Gia hạn tuần 2") -> Announcement:
    actor = actor_of(make_person(session), contest, Role.SECRETARY)
    return publish_announcement(session, actor, NOW, contest_id=contest.id, title=title, body="Đến 24 giờ.")


def acts(session: Session) -> list[str]:
    return list(session.scalars(select(AuditRecord.act).order_by(AuditRecord.id)))


def test_what_is_published_is_read_until_it_is_withdrawn(session: Session) -> None:
    contest = make_contest(session)
    announcement = publish(session, contest)
    assert [notice.title for notice in latest_announcements(session, 5)] == ["Gia hạn tuần 2"]
    actor = actor_of(make_person(session), contest, Role.ORGANIZER)
    withdraw_announcement(session, actor, NOW, contest_id=contest.id, announcement_id=announcement.id)
    assert latest_announcements(session, 5) == []
    with pytest.raises(NotFound):
        get_public_announcement(session, contest.slug, announcement.id)
    with pytest.raises(DomainError, match="announcement_withdrawn"):
        withdraw_announcement(session, actor, NOW, contest_id=contest.id, announcement_id=announcement.id)
    assert acts(session) == ["announcement.published", "announcement.withdrawn"]


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ORGANIZER, Role.SECRETARY}])
def test_other_seats_announce_nothing(session: Session, role: Role) -> None:
    contest = make_contest(session)
    announcement = publish(session, contest)
    actor = actor_of(make_person(session), contest, role)
    with pytest.raises(NotAllowed):
        publish_announcement(session, actor, NOW, contest_id=contest.id, title="a", body="b")
    with pytest.raises(NotAllowed):
        withdraw_announcement(session, actor, NOW, contest_id=contest.id, announcement_id=announcement.id)
    assert acts(session) == ["announcement.published"]


def test_a_committee_reaches_only_its_own_announcements(session: Session) -> None:
    own, other = make_contest(session), make_contest(session)
    announcement = publish(session, other)
    actor = actor_of(make_person(session), own, Role.ORGANIZER)
    with pytest.raises(NotFound):
        withdraw_announcement(session, actor, NOW, contest_id=own.id, announcement_id=announcement.id)
    with pytest.raises(NotFound):
        get_public_announcement(session, own.slug, announcement.id)


@pytest.mark.parametrize(("title", "body", "field"), [(" ", "b", "title"), ("a", " \n ", "body")])
def test_nothing_empty_is_published(session: Session, title: str, body: str, field: str) -> None:
    contest = make_contest(session)
    actor = actor_of(make_person(session), contest, Role.ORGANIZER)
    with pytest.raises(DomainError) as error:
        publish_announcement(session, actor, NOW, contest_id=contest.id, title=title, body=body)
    assert error.value.field == field


@pytest.mark.parametrize("state", list(ContestState))
def test_a_draft_contest_says_nothing_in_public(session: Session, state: ContestState) -> None:
    publish(session, make_contest(session, state=state))
    assert bool(latest_announcements(session, 5)) is (state is not ContestState.DRAFT)
