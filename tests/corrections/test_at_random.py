"""Rulings by chance, one after the other: the preview, what is applied, and marking everything anew are the same."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from contest.corrections import queries
from contest.corrections.domain import Line
from contest.corrections.models import Correction
from contest.errors import DomainError
from contest.quiz.domain.rulings import RulingAct
from contest.quiz.queries import rulings_of
from contest.quiz.services.results import marked_again
from contest.standings.queries import standings_of
from tests.corrections.crowd import QUESTIONS, add_crowd
from tests.corrections.world import Scene, agree, counted, forward, make_scene, new_line

ASKED, PEOPLE = QUESTIONS[:3], 8
RULED = st.tuples(st.integers(1, len(ASKED)), st.sampled_from(RulingAct), st.sampled_from("abcd"))


@pytest.fixture(params=["sqlite"])
def backend(request: pytest.FixtureRequest) -> str:
    """One is enough: nothing here is the database's."""
    return str(request.param)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 99), ruled=st.lists(RULED, min_size=1, max_size=3))
def test_what_is_shown_is_applied_and_marked(
    session: Session, seed: int, ruled: list[tuple[int, RulingAct, str]]
) -> None:
    scene = make_scene(session, questions=ASKED)
    add_crowd(session, scene, PEOPLE, seed=seed)
    for number, act, letter in ruled:
        before = _lines(session, scene)
        try:
            correction = counted(session, scene, number, act, letter)
        except DomainError as error:
            assert error.code == "ruling_unchanged"  # noqa: PT017 - which rulings change nothing is up to chance
            continue
        agree(session, scene, forward(session, scene, correction))
        assert _lines(session, scene) == {**before, **_shown(session, correction)}
        assert _marked_anew(session, scene) == []


def _lines(session: Session, scene: Scene) -> dict[int, Line]:
    return dict(queries.listed(standings_of(session, scene.round)).people)


def _shown(session: Session, correction: Correction) -> dict[int, Line]:
    """The new lines of those who are moved."""
    return {row.move.participation_id: new_line(row.move) for row in queries.all_moves(session, correction.id)}


def _marked_anew(session: Session, scene: Scene) -> list[int]:
    """The attempts of which the journal and the rulings say something else than what is stored."""
    rulings = rulings_of(session, scene.round.id)
    again = marked_again(session, scene.round.id, rulings, scene.quiz.keys, offset=0, limit=PEOPLE + 1)
    assert len(again) == PEOPLE
    return [each.standing.attempt_id for each in again if each.differs]
