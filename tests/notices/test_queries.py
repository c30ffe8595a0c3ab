from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from contest.contests.models import Contest, ContestState
from contest.errors import NotFound
from contest.i18n import search_key
from contest.notices.models import Announcement
from contest.notices.queries import (
    desk_announcements,
    get_announcement,
    get_public_announcement,
    latest_announcements,
    public_announcements,
)
from tests.factories import NOW, add, make_contest


def say(session: Session, contest: Contest, title: str, days: int = 0, **values: object) -> Announcement:
    row: Announcement = add(
        session,
        Announcement(
            contest_id=contest.id,
            title=title,
            body="…",
            search_key=search_key(title),
            published_at=NOW + timedelta(days=days),
            published_by=contest.created_by,
            **values,
        ),
    )
    return row


def titles(rows: object) -> list[str]:
    return [row.title for row in rows]  # type: ignore[attr-defined]


@pytest.fixture
def contest(session: Session) -> Contest:
    contest = make_contest(session)
    say(session, contest, "Tuần 1 bắt đầu", -7)
    say(session, contest, "Tuần 2 bắt đầu", 0)
    say(session, contest, "Gia hạn tuần 2", 1, withdrawn_at=NOW)
    say(session, make_contest(session, state=ContestState.DRAFT), "Chưa công khai", 2)
    return contest


def test_the_public_reads_what_stands_of_announced_contests_the_newest_first(
    session: Session, contest: Contest
) -> None:
    assert titles(public_announcements(session).rows) == ["Tuần 2 bắt đầu", "Tuần 1 bắt đầu"]
    assert titles(latest_announcements(session, 1)) == ["Tuần 2 bắt đầu"]
    assert titles(public_announcements(session, words="TUAN 1").rows) == ["Tuần 1 bắt đầu"]
    assert titles(public_announcements(session, words="gia han").rows) == []


def test_the_desk_reads_withdrawn_ones_too_and_only_its_own(session: Session, contest: Contest) -> None:
    say(session, make_contest(session), "Của nơi khác")
    by_day = desk_announcements(session, contest.id, is_descending=True).rows
    assert titles(by_day) == ["Gia hạn tuần 2", "Tuần 2 bắt đầu", "Tuần 1 bắt đầu"]
    by_title = desk_announcements(session, contest.id, sort="title", is_descending=False).rows
    assert titles(by_title) == ["Gia hạn tuần 2", "Tuần 1 bắt đầu", "Tuần 2 bắt đầu"]


def test_an_announcement_is_found_in_its_own_contest_only(session: Session, contest: Contest) -> None:
    other = make_contest(session)
    mine = say(session, contest, "Của ta")
    assert get_public_announcement(session, contest.slug, mine.id).title == "Của ta"
    assert get_announcement(session, contest.id, mine.id) is mine
    with pytest.raises(NotFound):
        get_public_announcement(session, other.slug, mine.id)
    with pytest.raises(NotFound):
        get_announcement(session, other.id, mine.id)


def test_nobody_outside_reads_of_a_contest_in_preparation(session: Session, contest: Contest) -> None:
    draft = make_contest(session, state=ContestState.DRAFT)
    row = say(session, draft, "Sắp tới")
    with pytest.raises(NotFound):
        get_public_announcement(session, draft.slug, row.id)
