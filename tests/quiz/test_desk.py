import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import force_locale
from markupsafe import Markup
from sqlalchemy import delete
from sqlalchemy.orm import Session

from contest.contests.models import RoundKind, RulesVersion
from contest.questions.models import RoundBank
from contest.quiz import queries
from contest.quiz.desk import action_of_round, activity_panel, opening_lacks, overview_figures
from contest.quiz.services.attempts import start_attempt, submit_attempt
from tests.factories import NOW, actor_of, make_contest, make_participation, make_person, make_round
from tests.quiz.world import begin, make_world


@pytest.fixture
def reader(app: Flask) -> Iterator[None]:
    with app.test_request_context(), force_locale("en"):
        yield


@pytest.mark.parametrize(
    ("rows", "sentences"),
    [
        ([(None, None, 8)], []),
        ([(None, None, 9)], ["any topic: 1 approved question is missing"]),
        ([("Chính quyền số", 1, 10)], ["Chính quyền số, difficulty 1: 2 approved questions are missing"]),
        ([("Kinh tế số", None, 1), ("Chính quyền số", None, 8)], ["Kinh tế số: 1 approved question is missing"]),
    ],
)
@pytest.mark.usefixtures("reader")
def test_a_round_lacks_the_exact_number_of_questions_that_its_bank_is_short_of(
    session: Session, rows: list[tuple[str | None, int | None, int]], sentences: list[str]
) -> None:
    world = make_world(session)
    rules = session.query(RulesVersion).filter_by(contest_id=world.contest.id).one()
    keys = ("topic", "difficulty", "count")
    rules.sections = {**rules.sections, "paper": {"rows": [dict(zip(keys, row, strict=True)) for row in rows]}}
    session.flush()
    lacks = opening_lacks(session, world.round)
    assert [Markup(lack.sentence).striptags() for lack in lacks] == sentences
    assert {lack.code for lack in lacks} <= {"paper_not_fillable"}
    assert all(lack.blocks for lack in lacks)


@pytest.mark.parametrize("missing", ["attempts", "paper", "all"])
@pytest.mark.usefixtures("reader")
def test_a_round_lacks_rules_that_say_how_the_quiz_goes(session: Session, missing: str) -> None:
    world = make_world(session)
    rules = session.query(RulesVersion).filter_by(contest_id=world.contest.id).one()
    rules.sections = {code: value for code, value in rules.sections.items() if missing not in {code, "all"}}
    session.flush()
    assert [lack.code for lack in opening_lacks(session, world.round)] == ["rules_missing"]


@pytest.mark.usefixtures("reader")
def test_a_round_of_entries_and_a_round_without_a_bank_are_judged_elsewhere(session: Session) -> None:
    world = make_world(session)
    entries = make_round(session, make_contest(session), kind=RoundKind.ENTRY)
    assert opening_lacks(session, entries) == []
    session.execute(delete(RoundBank))
    assert opening_lacks(session, world.round) == []


@pytest.mark.usefixtures("reader")
def test_the_overview_tells_of_answering_only_where_there_is_a_quiz(session: Session) -> None:
    world = make_world(session)
    assert [stat.value for stat in overview_figures(session, world.contest, NOW)] == ["0", "0"]
    entries = make_contest(session)
    make_round(session, entries, kind=RoundKind.ENTRY)
    assert overview_figures(session, entries, NOW) == []


@pytest.mark.usefixtures("reader")
def test_the_overview_counts_what_runs_and_what_was_handed_in_of_this_contest(session: Session) -> None:
    world = make_world(session)
    begin(session, world)
    second = make_person(session)
    make_participation(session, world.contest, second)
    attempt_id = start_attempt(session, actor_of(second), NOW, world.round.public_id, world.keys)
    submit_attempt(session, actor_of(second), NOW, attempt_id)
    values = [(stat.value, stat.label) for stat in overview_figures(session, world.contest, NOW)]
    assert values == [("1", "Answering now"), ("1", "Attempts handed in")]
    assert overview_figures(session, make_contest(session), NOW) == []


@pytest.mark.usefixtures("reader")
def test_the_exam_room_is_drawn_hour_by_hour_and_told_in_a_table(session: Session) -> None:
    world = make_world(session)
    assert activity_panel(session, world.contest, NOW) == "", "nobody was there"
    first = begin(session, world, NOW - timedelta(hours=1, minutes=41))
    submit_attempt(session, world.actor, NOW - timedelta(hours=1, minutes=35), first.public_id)
    begin(session, world, NOW)
    hour = NOW.replace(minute=0)
    starts = [hour - timedelta(hours=1), hour]
    assert queries.attempts_by_hour(session, world.contest.id, starts) == [(1, 1), (1, 0)]
    assert queries.attempts_by_hour(session, make_contest(session).id, starts) == [(0, 0), (0, 0)]
    panel = activity_panel(session, world.contest, NOW)
    rows = re.findall(r'<th scope="row">([^<]+)</th><td[^>]+>(\d+)</td><td[^>]+>(\d+)</td>', panel)
    assert (len(rows), rows[-2:]) == (12, [("08:00", "1", "1"), ("09:00", "1", "0")])
    assert panel.count('height="100"') == 3


@pytest.mark.parametrize(("after_opening", "label"), [(-1, "See Tuần 2"), (0, "Take Tuần 2")])
@pytest.mark.usefixtures("reader")
def test_a_round_is_taken_while_it_is_open_and_seen_at_other_times(
    session: Session, after_opening: int, label: str
) -> None:
    world = make_world(session)
    action = action_of_round(session, world.round, None, world.round.opens_at + timedelta(seconds=after_opening))
    assert (Markup(action.label).striptags(), action.url) == (label, f"/rounds/{world.round.public_id}")
    closed = action_of_round(session, world.round, None, world.round.closes_at)
    assert Markup(closed.label).striptags() == "See Tuần 2"
