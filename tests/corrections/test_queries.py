"""What the desk of corrections reads, and that the preview is what happens, whatever is ruled."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from contest.corrections import queries
from contest.corrections.domain import Listed
from contest.corrections.models import Move
from contest.corrections.queries.papers import points_on_papers
from contest.quiz.domain.rulings import RulingAct
from contest.standings.queries import standings_of
from question_bank.question import Value
from tests.corrections.world import Scene, agree, answer, applied, code, counted, forward, make_scene
from tests.factories import make_unit
from tests.questions.desk import Statements
from tests.standings.world import PREDICTION

RIGHT: dict[int, Value] = {1: "b", 2: "b", 3: ("a", "c"), 4: True}
CROWD: list[tuple[dict[int, Value], int, int]] = [
    (RIGHT, 3, 200),
    ({**RIGHT, 1: "c"}, 2, 310),
    ({**RIGHT, 2: "a"}, 4, 305),
    ({**RIGHT, 1: "c", 2: "a"}, 3, 120),
    ({1: "b", 4: False}, 2, 80),
    ({}, 0, 60),
]
RULINGS: list[tuple[int, RulingAct, Value]] = [
    (1, RulingAct.KEY, "c"),
    (2, RulingAct.ALSO, "a"),
    (4, RulingAct.NOBODY, None),
    (1, RulingAct.FULL, None),
    (2, RulingAct.KEY, "a"),
    (3, RulingAct.ALSO, ("a",)),
    (4, RulingAct.FULL, None),
    (1, RulingAct.RESTORE, None),
]


@pytest.fixture
def scene(session: Session) -> Scene:
    scene = make_scene(session)
    other = make_unit(session, "Phường Kỳ Lừa")
    for number, (responses, prediction, seconds) in enumerate(CROWD):
        unit = other if number % 2 else None
        answer(session, scene, f"Vi Thị Số {number}", responses, prediction=prediction, seconds=seconds, unit=unit)
    return scene


@pytest.mark.parametrize("gate", ["none", "last", "drop"])
@pytest.mark.parametrize("first", range(3))
def test_whatever_is_ruled_one_after_the_other_the_preview_is_what_happens(
    session: Session, gate: str, first: int
) -> None:
    ranking = {
        "gate": gate,
        "steps": [{"key": key, "direction": way} for key, way in (("points", "desc"), ("deviation", "asc"))],
    }
    scene = make_scene(session, ranking=ranking, prediction={**PREDICTION, "target": "all_right_percent"})
    for number, (responses, prediction, seconds) in enumerate(CROWD):
        answer(session, scene, f"Vi Thị Số {number}", responses, prediction=prediction, seconds=seconds)
    for number, act, response in RULINGS[first::2]:
        if act is RulingAct.RESTORE and first:
            continue
        before = queries.listed(standings_of(session, scene.round))
        correction = counted(session, scene, number, act, response)
        shown = {move.move.participation_id: move.move for move in queries.all_moves(session, correction.id)}
        agree(session, scene, forward(session, scene, correction))
        after = queries.listed(standings_of(session, scene.round))
        assert shown.keys() == {key for key, line in before.people.items() if line != after.people[key]}
        assert all(_says(move, before, after) for move in shown.values())


def _says(move: Move, before: Listed, after: Listed) -> bool:
    old, new = before.people[move.participation_id], after.people[move.participation_id]
    return (move.points_before, move.right_before, move.rank_before, move.prize_before) == (
        old.points,
        old.right_count,
        old.rank,
        old.prize,
    ) and (move.points_after, move.right_after, move.rank_after, move.prize_after) == (
        new.points,
        new.right_count,
        new.rank,
        new.prize,
    )


@pytest.mark.parametrize(("words", "codes"), [("", [1, 2, 3, 4]), ("cds-003", [3]), ("CAU HOI SO 2", [2]), ("x", [])])
def test_questions_are_found_by_code_and_text(session: Session, scene: Scene, words: str, codes: list[int]) -> None:
    found = queries.questions_page(session, scene.round.id, words=words, number=1)
    assert [each.code for each in found.rows] == [code(number) for number in codes]


@pytest.mark.parametrize(
    ("sort", "is_descending", "first"),
    [("rank", False, "Vi Thị Số 1"), ("name", False, "Vi Thị Số 0"), ("points", True, "Vi Thị Số 1")],
)
def test_those_moved_are_sorted_as_asked(
    session: Session, scene: Scene, sort: str, is_descending: bool, first: str
) -> None:
    correction = counted(session, scene, 1, RulingAct.KEY, "c")
    with Statements(session) as statements:
        found = queries.moves_page(session, correction.id, words="", sort=sort, is_descending=is_descending, number=1)
    assert found.rows[0].full_name == first
    assert statements.count == 2


def test_those_moved_are_found_by_their_unit(session: Session, scene: Scene) -> None:
    correction = counted(session, scene, 1, RulingAct.KEY, "c")
    found = queries.moves_page(session, correction.id, words="ky lua", sort="rank", is_descending=False, number=1)
    assert {row.unit_name for row in found.rows} == {"Phường Kỳ Lừa"}


def test_what_was_applied_after_an_instant(session: Session, scene: Scene) -> None:
    correction = applied(session, scene, 1, RulingAct.FULL)
    assert correction.applied_at is not None
    assert queries.applied_since(session, scene.round.id, correction.applied_at) == []
    earlier = correction.applied_at.replace(year=2025)
    assert queries.applied_since(session, scene.round.id, earlier) == [correction]
    assert [
        round_.id for round_ in queries.rounds_that_asked(session, scene.quiz.contest.id, correction.revision_id)
    ] == [scene.round.id]


ANY = {"topic": None, "difficulty": None}


@pytest.mark.parametrize(
    ("rows", "points"),
    [
        ([{**ANY, "count": 4}], [1000]),
        ([{**ANY, "count": 4, "points": 250}], [250]),
        ([{**ANY, "count": 1, "kind": "true_false", "points": 2000}, {**ANY, "count": 3}], [1000]),
        ([{**ANY, "count": 1, "kind": "single", "points": 500}, {**ANY, "count": 3}], [500, 1000]),
    ],
)
def test_a_question_counts_what_the_lines_that_draw_it_say(
    session: Session, rows: list[dict[str, Any]], points: list[int]
) -> None:
    scene = make_scene(session, paper={"rows": rows})
    revision_id = scene.codes[code(1)]
    asked = queries.get_asked(session, scene.round.id, revision_id)
    assert points_on_papers(session, scene.round.id, revision_id, asked.question) == points
