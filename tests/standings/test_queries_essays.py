"""A quiz with essays all the way: answered, judged, ranked; nothing is ranked before every essay has its score."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from contest.errors import DomainError
from contest.judging.models import JudgingCase
from contest.judging.queries.essays import SLOTS
from contest.standings.domain.judged import essay_marks
from contest.standings.models import RoundTarget
from contest.standings.queries import pending_matters, standings_of
from contest.standings.services import ensure_over, fix_due_targets
from tests.factories import NOW
from tests.judging.essays import AFTER, SECTIONS, answer, enter, judge, make_world, open_cases, score


def test_who_wrote_better_stands_before_who_knew_more(session: Session) -> None:
    world = make_world(session)
    mai, an = enter(session, world, "Lý Thị Mai"), enter(session, world, "Nông Văn An")
    first = answer(session, world, mai, "Bài thứ nhất.", is_right=True)
    second = answer(session, world, mai, "Bài thứ hai.", is_right=False, now=NOW + timedelta(hours=1))
    answer(session, world, an, "Bài của An.", is_right=True)
    cases = open_cases(session, world)
    assert pending_matters(session, world.round, AFTER).unjudged == 3
    with pytest.raises(DomainError) as caught:
        ensure_over(session, world.round, AFTER)
    assert caught.value.code == "standings_not_scored"

    totals = {first.id: (20_000, 20_000), second.id: (85_000, 86_000)}
    by_case = {case.id: totals.get(case.subject_id // SLOTS, (60_000, 60_000)) for case in cases}
    judges = [judge(session, world, "Hứa Văn Một"), judge(session, world, "Hứa Văn Hai")]
    score(session, world, judges, by_case)
    assert pending_matters(session, world.round, AFTER).is_over
    [group] = standings_of(session, world.round).groups.values()
    # 85.5 of 100 for 5 points are 4.275; An has 1 + 3, Mai's first attempt 1 + 1.
    assert [(each.result.participation_id, each.result.values["points"]) for each in group.ranked] == [
        (mai.id, 4275),
        (an.id, 4000),
    ]
    best = group.ranked[0].result.values
    [mark] = essay_marks(best)
    assert (best["attempt_number"], best["right_count"], best["judged_points"]) == (2, 0, 4275)
    assert (mark.score, mark.scale, mark.earned, mark.most) == (85_500, 100_000, 4275, 5000)


def test_an_essay_earns_of_the_points_that_the_rules_give_it_on_the_paper(session: Session) -> None:
    choice, essay = SECTIONS["paper"]["rows"]
    world = make_world(session, paper={"rows": [choice, {**essay, "points": 2000}]})
    answer(session, world, enter(session, world, "Lý Thị Mai"), "Bài viết.", is_right=True)
    [case] = open_cases(session, world)
    judges = [judge(session, world, "Hứa Văn Một"), judge(session, world, "Hứa Văn Hai")]
    score(session, world, judges, {case.id: (60_000, 60_000)})
    [group] = standings_of(session, world.round).groups.values()
    values = group.ranked[0].result.values
    [mark] = essay_marks(values)
    assert (mark.earned, mark.most) == (1200, 2000)
    assert values["points"] == 2200


def test_an_essay_that_is_set_aside_earns_nothing_and_keeps_nobody_waiting(session: Session) -> None:
    world = make_world(session)
    mai = enter(session, world, "Lý Thị Mai")
    answer(session, world, mai, "Bài chép của người khác.", is_right=True)
    [case] = open_cases(session, world)
    session.get_one(JudgingCase, case.id).set_aside_at = AFTER
    session.commit()
    assert pending_matters(session, world.round, AFTER).is_over
    [group] = standings_of(session, world.round).groups.values()
    values = group.ranked[0].result.values
    assert (values["points"], values["judged_points"], essay_marks(values)[0].score) == (1000, 0, None)


def test_the_target_of_predictions_does_not_wait_for_judges(session: Session) -> None:
    world = make_world(session, prediction={"is_asked": True, "target": "participants", "question": "Bao nhiêu người?"})
    answer(session, world, enter(session, world, "Lý Thị Mai"), "Bài.", is_right=True)
    assert not pending_matters(session, world.round, AFTER).is_over
    assert fix_due_targets(session, AFTER) == 1
    assert session.get_one(RoundTarget, world.round.id).value == 1


def test_without_a_rubric_essays_wait_and_without_essays_nobody_does(session: Session) -> None:
    world = make_world(session, essay_panel={**SECTIONS["essay_panel"], "criteria": []})
    answer(session, world, enter(session, world, "Nông Văn An"), None, is_right=True)
    assert pending_matters(session, world.round, AFTER).is_over
    answer(session, world, enter(session, world, "Lý Thị Mai"), "Bài.", is_right=True)
    pending = pending_matters(session, world.round, AFTER)
    assert (pending.unjudged, pending.is_marked, pending.is_over) == (1, True, False)
