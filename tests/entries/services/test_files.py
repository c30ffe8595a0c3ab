from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.entries.domain.limits import AnswerForm
from contest.entries.models import DraftAnswer, Entry, EntryFile, FileState
from contest.entries.services import drafts, versions
from contest.entries.services.files import CHECK_AGAIN_AFTER, check_forgotten_files, discard_file, discard_stale_files
from contest.errors import DomainError
from contest.work.models import WorkItem
from tests.entries.world import World, begin, make_world, put_file
from tests.factories import NOW

DAY = timedelta(days=1)


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


@pytest.fixture
def entry(session: Session, world: World) -> Entry:
    """For the prompt that asks one question."""
    entry = begin(session, world)
    drafts.choose_prompt(session, world.actor, NOW, entry.public_id, world.short_prompt.id)
    session.commit()
    return entry


def kinds(session: Session) -> list[str]:
    return list(session.scalars(select(WorkItem.kind).order_by(WorkItem.id)))


def test_a_file_that_was_handed_in_outlives_the_draft(session: Session, world: World, entry: Entry) -> None:
    file = put_file(session, entry)
    versions.hand_in(session, world.actor, NOW, entry.public_id, is_committed=True)
    discard_file(session, world.actor, NOW, file.public_id)
    assert session.get_one(DraftAnswer, (entry.id, 1), populate_existing=True).file_id is None
    assert (file.state, kinds(session)) == (FileState.READY, [])


@pytest.mark.parametrize(
    ("state", "is_taken"),
    [
        (FileState.RECEIVING, False),
        (FileState.CHECKING, True),
        (FileState.READY, True),
        (FileState.REFUSED, False),
    ],
)
def test_received_in_time_counts_while_it_is_examined(
    session: Session, world: World, entry: Entry, state: FileState, *, is_taken: bool
) -> None:
    put_file(session, entry, state=state, fault="not_video" if state is FileState.REFUSED else "")
    if is_taken:
        assert versions.hand_in(session, world.actor, NOW, entry.public_id, is_committed=True).number == 1
    else:
        with pytest.raises(DomainError, match="entry_incomplete"):
            versions.hand_in(session, world.actor, NOW, entry.public_id, is_committed=True)


def test_after_closing_nothing_is_taken_out(session: Session, world: World, entry: Entry) -> None:
    file = put_file(session, entry)
    with pytest.raises(DomainError, match="round_not_open"):
        discard_file(session, world.actor, world.round.closes_at, file.public_id)


STALE: list[tuple[dict[str, Any], timedelta, bool]] = [
    ({"state": FileState.RECEIVING}, 7 * DAY - timedelta(seconds=1), False),
    ({"state": FileState.RECEIVING}, 7 * DAY, True),
    ({"state": FileState.RECEIVING}, 20 * DAY - timedelta(seconds=1), True),
    ({"state": FileState.CHECKING}, 40 * DAY, False),
    ({"state": FileState.READY}, 40 * DAY, False),
    ({"state": FileState.REFUSED}, 40 * DAY, False),
]


@pytest.mark.parametrize(("values", "later", "is_given_up"), STALE)
def test_what_nobody_goes_on_with_is_given_up(
    session: Session, world: World, entry: Entry, values: dict[str, Any], later: timedelta, *, is_given_up: bool
) -> None:
    world.round.closes_at = NOW + 20 * DAY
    file = put_file(session, entry, size=2000, **values)
    assert discard_stale_files(session, NOW + later) == int(is_given_up)
    assert (file.state is FileState.DISCARDED) is is_given_up
    assert kinds(session) == (["file.clear"] if is_given_up else [])
    assert discard_stale_files(session, NOW + later) == 0


def test_what_can_not_be_finished_is_given_up_when_the_round_closes(
    session: Session, world: World, entry: Entry
) -> None:
    file = put_file(session, entry, state=FileState.RECEIVING)
    assert discard_stale_files(session, world.round.closes_at - timedelta(seconds=1)) == 0
    assert discard_stale_files(session, world.round.closes_at) == 1
    assert session.get_one(EntryFile, file.id).state is FileState.DISCARDED
    assert session.get_one(DraftAnswer, (entry.id, 1), populate_existing=True).file_id is None


def test_an_examination_that_was_lost_is_asked_for_again_once_an_hour(
    session: Session, world: World, entry: Entry
) -> None:
    put_file(session, entry, state=FileState.CHECKING, form=AnswerForm.AUDIO)
    assert check_forgotten_files(session, NOW + CHECK_AGAIN_AFTER - timedelta(seconds=1)) == 0
    assert check_forgotten_files(session, NOW + CHECK_AGAIN_AFTER) == 1
    assert check_forgotten_files(session, NOW + CHECK_AGAIN_AFTER) == 0
    assert kinds(session) == ["file.check"]
