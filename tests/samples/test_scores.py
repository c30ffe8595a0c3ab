import pytest

from contest.actors import Actor
from contest.contests.queries import held_seats
from contest.judging.domain.panel import POINT
from contest.judging.queries import judged_results, panel_of, pending_cases, spreads
from contest.judging.services.queue import take_next
from contest.samples.people import JUDGE, SECOND_JUDGE, SampleAccount
from contest.samples.scores import AGREED_SCORE, marks_of
from tests.factories import NOW
from tests.samples.conftest import Scene


def test_spreads_are_just_those_that_the_panels_rule_tells_apart(scene: Scene) -> None:
    found = spreads(scene.session, scene.closed)
    assert [spread.spread / POINT for spread in found] == [14.0, 14.0, 10.0, 9.5, 7.5, 7.5, 1.5, 0.0]
    assert [spread.needs_agreement for spread in found] == [True] * 3 + [False] * 5
    assert {spread.score for spread in found[:2]} == {None, AGREED_SCORE}
    assert found[2].score is None


def test_one_case_has_one_sheet_and_three_have_none(scene: Scene) -> None:
    pending = pending_cases(scene.session, scene.closed.id)
    assert (pending.cases, pending.to_agree, pending.waiting) == (12, 2, 4)
    assert sum(result.score is not None for result in judged_results(scene.session, scene.closed)) == 6


@pytest.mark.parametrize("account", [JUDGE, SECOND_JUDGE], ids=lambda account: account.login)
def test_each_judge_finds_something_to_do(scene: Scene, account: SampleAccount) -> None:
    person_id = scene.ids[account.login]
    actor = Actor(person_id, seats=held_seats(scene.session, person_id, NOW))
    ids = {"contest_id": scene.contest.id, "round_id": scene.closed.id}
    assert take_next(scene.session, actor, NOW, **ids) is not None


@pytest.mark.parametrize("total", [0, 500, 64_000, 75_500, 99_500, 100_000])
def test_marks_add_up_in_the_steps_of_the_panel(scene: Scene, total: int) -> None:
    panel = panel_of(scene.session, scene.closed)
    marks = marks_of(panel, total)
    assert sum(marks.values()) == total
    for criterion in panel.criteria:
        assert 0 <= marks[criterion.code] <= criterion.max_points
        assert marks[criterion.code] % panel.step == 0
