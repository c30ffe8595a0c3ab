from typing import Any

import pytest
from sqlalchemy.orm import Session

from contest.entries.domain.faults import Fault
from contest.entries.domain.limits import AnswerForm
from contest.entries.models import Entry, EntryFile, FilePart, FileState
from contest.entries.services.checks import Outcome, find_task, leftovers, settle_file
from contest.entries.services.versions import hand_in as hand_in_draft
from contest.entries.services.versions import withdraw
from contest.media import Facts
from tests.entries.world import TEXT, begin, hand_in, join, make_world, put_file, rule_for, write
from tests.factories import NOW, add, make_group

COPY = {"key": "copy", "mime": "video/mp4", "size": 5}
FACTS = Facts("video", "video/mp4", 400_000, 640, 480)
GOOD = Outcome("d1", FACTS, None, [COPY])
BAD = Outcome("d2", FACTS, Fault("video_length", {"length_ms": 1}))


@pytest.fixture
def entry(session: Session) -> Entry:
    return begin(session, make_world(session))


def arrived(session: Session, entry: Entry, state: FileState = FileState.CHECKING, **values: Any) -> EntryFile:
    file = put_file(session, entry, state=state, copies=[], size=30, received=30, key="whole", digest="", **values)
    for start in (20, 0, 10):
        add(session, FilePart(file_id=file.id, starts_at=start, size=10, key=f"part-{start}"))
    return file


def test_the_parts_are_put_together_in_order(session: Session, entry: Entry) -> None:
    task = find_task(session, arrived(session, entry).id)
    assert task is not None
    assert (task.key, task.parts, task.size) == ("whole", ("part-0", "part-10", "part-20"), 30)
    assert (task.form, task.limits.clip_max_ms) == (AnswerForm.VIDEO, 600_000)


@pytest.mark.parametrize("state", [FileState.RECEIVING, FileState.READY, FileState.REFUSED, FileState.DISCARDED])
def test_only_what_has_arrived_is_examined(session: Session, entry: Entry, state: FileState) -> None:
    assert find_task(session, arrived(session, entry, state).id) is None
    assert find_task(session, 999) is None


@pytest.mark.parametrize(
    ("outcome", "state", "fault", "copies"),
    [(GOOD, FileState.READY, "", [COPY]), (BAD, FileState.REFUSED, "video_length", [])],
)
def test_what_was_found_is_written_down(
    session: Session, entry: Entry, outcome: Outcome, state: FileState, fault: str, copies: list[Any]
) -> None:
    file = arrived(session, entry)
    settle_file(session, NOW, file.id, outcome)
    assert (file.state, file.fault, file.copies, file.digest) == (state, fault, copies, outcome.digest)
    assert (file.duration_ms, file.width, file.height) == (400_000, 640, 480)


def test_a_file_is_good_only_by_the_limits_that_hold_when_its_examination_ends(session: Session) -> None:
    world = make_world(session)
    file = arrived(session, begin(session, world))
    rule_for(session, world, world.group, clip_max_seconds=300)
    settle_file(session, NOW, file.id, GOOD)
    assert (file.state, file.fault, file.copies) == (FileState.REFUSED, "video_length", [COPY])
    assert file.fault_values == {"length_ms": 400_000, "min_ms": 180_000, "max_ms": 300_000}


def test_a_second_finding_changes_nothing(session: Session, entry: Entry) -> None:
    file = arrived(session, entry)
    settle_file(session, NOW, file.id, GOOD)
    settle_file(session, NOW, file.id, BAD)
    assert (file.state, file.digest, file.copies) == (FileState.READY, "d1", [COPY])


@pytest.mark.parametrize(
    ("state", "left"),
    [
        (FileState.RECEIVING, []),
        (FileState.CHECKING, []),
        (FileState.READY, ["part-0", "part-10", "part-20"]),
        (FileState.REFUSED, ["part-0", "part-10", "part-20", "whole"]),
    ],
)
def test_nothing_is_deleted_that_somebody_needs(
    session: Session, entry: Entry, state: FileState, left: list[str]
) -> None:
    assert sorted(leftovers(session, arrived(session, entry, state).id)) == left


@pytest.mark.parametrize(("outcome", "standing"), [(GOOD, 2), (BAD, 1)])
def test_a_version_whose_file_is_refused_gives_way_to_the_one_before(
    session: Session, outcome: Outcome, standing: int
) -> None:
    world = make_world(session)
    hand_in(session, world, [TEXT])
    entry = begin(session, world)
    file = arrived(session, entry)
    hand_in_draft(session, world.actor, NOW, entry.public_id, is_committed=True)
    assert entry.standing == 2
    settle_file(session, NOW, file.id, outcome)
    assert entry.standing == standing


def test_what_was_withdrawn_does_not_count_again(session: Session) -> None:
    world = make_world(session)
    entry = write(session, world, [TEXT])
    first, second = arrived(session, entry), None
    hand_in_draft(session, world.actor, NOW, entry.public_id, is_committed=True)
    withdraw(session, world.actor, NOW, entry.public_id)
    settle_file(session, NOW, first.id, BAD)
    assert entry.standing is None
    second = put_file(session, entry, state=FileState.CHECKING)
    hand_in_draft(session, world.actor, NOW, entry.public_id, is_committed=True)
    settle_file(session, NOW, second.id, BAD)
    assert entry.standing == 2


def test_copies_made_for_a_file_given_up_meanwhile_are_left_over(session: Session, entry: Entry) -> None:
    file = arrived(session, entry, FileState.DISCARDED)
    settle_file(session, NOW, file.id, GOOD)
    assert file.state is FileState.DISCARDED
    assert sorted(leftovers(session, file.id)) == ["copy", "part-0", "part-10", "part-20", "whole"]


def test_a_file_is_held_against_the_limits_of_its_authors_group(session: Session) -> None:
    world = make_world(session)
    younger = make_group(session, world.contest, "Tiểu học, lớp 1 và lớp 2", position=0)
    rule_for(session, world, younger, clip_min_seconds=20)
    child = join(session, world, group_id=younger.id)
    tasks = [find_task(session, arrived(session, begin(session, world, actor)).id) for actor in (child, world.actor)]
    assert [task.limits.clip_min_ms for task in tasks if task] == [20_000, 180_000]
