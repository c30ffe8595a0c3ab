"""What judging says on the organizer's overview."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from contest.judging.desk import overview_figures
from tests.factories import NOW
from tests.judging.world import judged, make_world, open_cases


@pytest.fixture
def backend() -> str:
    """Counting is tested on both databases where it is done."""
    return "sqlite"


def test_the_overview_counts_cases_scores_and_what_waits_for_the_chair(app: Flask, session: Session) -> None:
    world, other = make_world(session), make_world(session)
    with app.test_request_context(headers={"Cookie": "locale=en"}):
        assert overview_figures(session, world.contest, NOW) == []
        open_cases(session, world, *"ABCD")
        open_cases(session, other, "E")
        judged(session, world, [80_000, 81_000])
        judged(session, world, [60_000, 81_000])
        figures = overview_figures(session, world.contest, NOW)
    assert [(stat.value, stat.label) for stat in figures] == [
        ("4", "Cases to judge"),
        ("1", "Cases with a score"),
        ("1", "Cases to be agreed"),
    ]
    assert {stat.url for stat in figures} == {f"/staff/{world.contest.slug}/judging"}
