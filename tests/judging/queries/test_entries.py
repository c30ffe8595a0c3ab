"""Entries as subjects of judging."""

import pytest
from sqlalchemy.orm import Session

from contest.entries.models import FileState
from contest.errors import NotFound
from contest.judging.hooks import Readiness
from contest.judging.queries.entries import entry_content, standing_entries
from tests.judging.queries.counting import counted
from tests.judging.world import hand_in, make_world


@pytest.mark.parametrize(
    ("state", "readiness"),
    [
        (None, Readiness.READY),
        (FileState.READY, Readiness.READY),
        (FileState.RECEIVING, Readiness.CHECKING),
        (FileState.CHECKING, Readiness.CHECKING),
        (FileState.REFUSED, Readiness.UNREADABLE),
        (FileState.DISCARDED, Readiness.UNREADABLE),
    ],
)
def test_an_entry_is_as_ready_as_its_files(session: Session, state: FileState | None, readiness: Readiness) -> None:
    world = make_world(session)
    version = hand_in(session, world, "A", file_state=state)
    subject = standing_entries(session, world.round)[0]
    assert (subject.id, subject.readiness, subject.handed_in_at) == (version.id, readiness, version.handed_in_at)


@pytest.mark.parametrize("names", ["A", "ABC"])
def test_all_entries_are_one_statement(session: Session, names: str) -> None:
    world = make_world(session)
    for name in names:
        hand_in(session, world, name, file_state=FileState.READY)
    round_ = world.round
    with counted(session) as statements:
        assert len(standing_entries(session, round_)) == len(names)
    assert len(statements) == 1


def test_a_version_that_is_not_there_has_no_content(session: Session) -> None:
    with pytest.raises(NotFound):
        entry_content(session, 1)
