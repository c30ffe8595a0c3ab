"""Entries as subjects of judging."""

import pytest
from sqlalchemy.orm import Session

from contest.contests.models import RulesState
from contest.entries.domain.limits import default_limits
from contest.entries.models import FileState
from contest.errors import NotFound
from contest.judging.hooks import Readiness
from contest.judging.queries.entries import entry_content, standing_entries
from tests.factories import make_rules
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


def test_judges_read_the_limits_that_held_for_the_group_when_it_was_handed_in(session: Session) -> None:
    world = make_world(session)
    world.rules.sections = {
        **world.rules.sections,
        "forms": {**default_limits(), "groups": [{"groups": {world.group.code: world.group.name}, "words_max": 800}]},
    }
    version = hand_in(session, world, "A")
    world.rules.state = RulesState.SUPERSEDED
    session.flush()
    make_rules(session, world.contest, {"forms": default_limits()}, number=2)
    [answer, *_rest] = entry_content(session, version.id).answers
    assert answer.limits is not None
    assert answer.limits.words_max == 800
