from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.entries.domain.faults import Fault
from contest.entries.domain.limits import AnswerForm
from contest.entries.models import DraftAnswer, Entry, EntryFile, FileState
from contest.entries.services import drafts, versions
from contest.entries.services.checks import Outcome, settle_file
from contest.entries.services.files import (
    CHECK_AGAIN_AFTER,
    begin_file,
    check_forgotten_files,
    discard_file,
    discard_stale_files,
    refuse_unfit_file,
)
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


def begun(session: Session, world: World, entry: Entry, form: AnswerForm = AnswerForm.AUDIO) -> EntryFile:
    """A second file on its way to the one question."""
    file = begin_file(session, world.actor, NOW, entry.public_id, 1, form, "b.mp3", 2000)
    session.commit()
    return file


def stop(session: Session, world: World, file: EntryFile) -> None:
    discard_file(session, world.actor, NOW, file.public_id)


def never_end(session: Session, world: World, file: EntryFile) -> None:
    discard_stale_files(session, world.round.closes_at)


def turn_out_unfit(session: Session, world: World, file: EntryFile) -> None:
    refuse_unfit_file(session, world.actor, NOW, file.public_id)


def be_refused(session: Session, world: World, file: EntryFile) -> None:
    file.state = FileState.CHECKING
    settle_file(session, NOW, file.id, Outcome(fault=Fault("audio_length")))


@pytest.mark.parametrize("fail", [stop, never_end, turn_out_unfit, be_refused])
def test_a_replacement_that_fails_leaves_the_earlier_file_standing(
    session: Session, world: World, entry: Entry, fail: Callable[[Session, World, EntryFile], None]
) -> None:
    earlier = put_file(session, entry)
    replacement = begun(session, world, entry)
    answer = session.get_one(DraftAnswer, (entry.id, 1))
    assert (answer.file_id, earlier.state) == (replacement.id, FileState.READY)
    fail(session, world, replacement)
    session.refresh(answer)
    assert (answer.file_id, answer.form, earlier.state) == (earlier.id, AnswerForm.VIDEO, FileState.READY)
    assert replacement.state in {FileState.DISCARDED, FileState.REFUSED}


def test_a_replacement_that_is_good_takes_the_place(session: Session, world: World, entry: Entry) -> None:
    earlier, replacement = put_file(session, entry), begun(session, world, entry)
    replacement.state = FileState.CHECKING
    settle_file(session, NOW, replacement.id, Outcome())
    assert (earlier.state, replacement.state) == (FileState.DISCARDED, FileState.READY)
    assert session.get_one(DraftAnswer, (entry.id, 1)).file_id == replacement.id
    assert kinds(session) == ["file.clear"]


def test_a_second_replacement_gives_up_the_first_and_no_more(session: Session, world: World, entry: Entry) -> None:
    earlier, first, second = put_file(session, entry), begun(session, world, entry), begun(session, world, entry)
    assert [each.state.value for each in (earlier, first, second)] == ["ready", "discarded", "receiving"]
    stop(session, world, second)
    assert session.get_one(DraftAnswer, (entry.id, 1), populate_existing=True).file_id == earlier.id


def test_a_good_file_that_is_taken_out_brings_back_none(session: Session, world: World, entry: Entry) -> None:
    put_file(session, entry)
    versions.hand_in(session, world.actor, NOW, entry.public_id, is_committed=True)
    stop(session, world, put_file(session, entry))
    assert session.get_one(DraftAnswer, (entry.id, 1), populate_existing=True).file_id is None


def test_an_examination_that_was_lost_is_asked_for_again_once_an_hour(
    session: Session, world: World, entry: Entry
) -> None:
    put_file(session, entry, state=FileState.CHECKING, form=AnswerForm.AUDIO)
    assert check_forgotten_files(session, NOW + CHECK_AGAIN_AFTER - timedelta(seconds=1)) == 0
    assert check_forgotten_files(session, NOW + CHECK_AGAIN_AFTER) == 1
    assert check_forgotten_files(session, NOW + CHECK_AGAIN_AFTER) == 0
    assert kinds(session) == ["file.check"]
