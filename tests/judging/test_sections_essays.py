"""The section "essay_panel": nothing without a rubric, and needed before a quiz that may draw essays opens."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.contests.models import RulesVersion
from contest.errors import DomainError
from contest.judging.sections import EssayPanelSection, keep_rubric, opening_lacks
from contest.standings.sections import opening_lacks as ranking_lacks
from tests.factories import NOW
from tests.judging.essays import CLOSES, ESSAY, SECTIONS, judge, make_world
from tests.judging.world import PANEL
from tests.quiz import world as quiz

SECTION = EssayPanelSection()
ATTEMPTS = SECTIONS["attempts"]
NO_RUBRIC = {**PANEL, "criteria": []}


@pytest.fixture
def backend() -> str:
    """Nothing here depends on the database."""
    return "sqlite"


def test_without_a_rubric_there_is_nothing_to_put_right_and_nothing_to_print(app: Flask) -> None:
    with app.test_request_context("/"):
        assert SECTION.problems(SECTION.default()) == []
        assert SECTION.lines(SECTION.default()) == []
        lines = " ".join(str(line) for line in SECTION.lines(PANEL))
    assert "Giám khảo câu tự luận" in lines
    assert "0,001" in lines
    half = deepcopy(PANEL)
    half["criteria"][0]["max"] = 50_000
    assert [problem.code for problem in SECTION.problems(half)] == ["rubric_total"]


@pytest.mark.parametrize(
    ("sections", "judges", "lacks"),
    [
        ({"attempts": {**ATTEMPTS, "tries": 1}}, 2, []),
        ({"attempts": {**ATTEMPTS, "tries": 1}}, 1, [("judges_missing", False)]),
        ({"essay_panel": NO_RUBRIC}, 2, [("panel_missing", True)]),
        ({"attempts": {**ATTEMPTS, "tries": 2}}, 2, [("essays_of_every_attempt", False)]),
        ({"attempts": {**ATTEMPTS, "tries": 1, "span": "day"}}, 2, [("essays_of_every_attempt", False)]),
        ({"attempts": {**ATTEMPTS, "tries": 1, "span": "contest"}}, 2, []),
        ({"attempts": {**ATTEMPTS, "counted": "last"}}, 2, []),
        ({"attempts": {**ATTEMPTS, "counted": "first"}}, 2, []),
    ],
)
def test_a_quiz_with_essays_needs_a_rubric_and_judges(
    app: Flask, session: Session, sections: dict[str, Any], judges: int, lacks: list[tuple[str, bool]]
) -> None:
    world = make_world(session, **sections)
    for number in range(judges):
        judge(session, world, f"Hứa Văn {number}")
    with app.test_request_context("/"):
        assert [(lack.code, lack.blocks) for lack in opening_lacks(session, world.round)] == lacks
        assert ranking_lacks(session, world.round) == []


@pytest.mark.parametrize(
    ("essays", "codes"),
    [(0, []), (5, ["essays_of_every_attempt"]), (6, ["essays_many", "essays_of_every_attempt"])],
)
def test_a_paper_holds_five_essays_at_most(app: Flask, session: Session, essays: int, codes: list[str]) -> None:
    rows = [{"topic": None, "difficulty": None, "count": 6}]
    questions = [quiz.question(number) for number in range(1, 7)] + [ESSAY] * essays
    sections = {**SECTIONS, "paper": {"rows": rows}}
    world = quiz.make_world(session, sections=sections, questions=questions)
    with app.test_request_context("/"):
        found = [lack.code for lack in opening_lacks(session, world.round)]
    assert [code for code in found if code != "judges_missing"] == codes


def test_essays_that_would_not_count_are_told(app: Flask, session: Session) -> None:
    by_right = {"gate": "none", "steps": [{"key": "right_count", "direction": "desc"}]}
    world = make_world(session, ranking=by_right)
    with app.test_request_context("/"):
        assert [lack.code for lack in ranking_lacks(session, world.round)] == ["essays_not_ranked"]


def test_rules_without_a_rubric_are_refused_while_essays_are_drawn(session: Session) -> None:
    world = make_world(session)
    version = session.scalars(select(RulesVersion)).one()
    keep_rubric(session, version, NOW)
    version.sections = {**version.sections, "essay_panel": NO_RUBRIC}
    with pytest.raises(DomainError) as caught:
        keep_rubric(session, version, CLOSES - timedelta(seconds=1))
    assert (caught.value.code, caught.value.values) == ("rubric_needed", {"round": world.round.name})
    keep_rubric(session, version, CLOSES)
