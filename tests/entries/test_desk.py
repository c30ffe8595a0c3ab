from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import force_locale
from markupsafe import Markup
from sqlalchemy.orm import Session

from contest.actors import Visitor
from contest.contests.models import RoundKind
from contest.entries.desk import action_of_round, cancel_effects, opening_lacks, overview_figures
from contest.entries.services import versions
from tests.entries.world import World, begin, hand_in, join, make_world, rule_for, write
from tests.factories import NOW, make_contest, make_group, make_round, make_rules


@pytest.fixture(autouse=True)
def reader(app: Flask) -> Iterator[None]:
    with app.test_request_context(), force_locale("en"):
        yield


def visitor(world: World) -> Visitor:
    return Visitor(world.actor, "Lý Hà Phương", "vi", 1, "token")


def test_each_group_needs_a_prompt_before_the_round_is_released(session: Session) -> None:
    world = make_world(session, released_at=None)
    assert opening_lacks(session, world.round) == []
    make_group(session, world.contest, "Tiểu học", position=2)
    [lack] = opening_lacks(session, world.round)
    assert (lack.code, lack.blocks, lack.fix_values) == ("group_without_prompt", True, {"round_id": world.round.id})
    assert Markup(lack.sentence).striptags() == "The group “Tiểu học” has no prompt yet."


def test_rules_in_force_have_to_speak_of_entries(session: Session) -> None:
    world = make_world(session)
    world.rules.sections = {}
    assert [each.code for each in opening_lacks(session, world.round)] == ["forms_missing"]


def test_a_quiz_round_lacks_no_prompt(session: Session) -> None:
    contest = make_contest(session)
    make_group(session, contest)
    make_rules(session, contest)
    assert opening_lacks(session, make_round(session, contest, kind=RoundKind.QUIZ)) == []


def test_figures_count_what_was_begun_and_what_stands(session: Session) -> None:
    world = make_world(session)
    hand_in(session, world)
    begin(session, world, join(session, world))
    assert [each.value for each in overview_figures(session, world.contest, NOW)] == ["2", "1"]
    quiz = make_contest(session)
    make_round(session, quiz)
    assert overview_figures(session, quiz, NOW) == []


def test_the_way_into_a_round_says_whether_an_entry_is_handed_in(session: Session) -> None:
    world = make_world(session)
    page = f"/rounds/{world.round.public_id}/entry"
    assert action_of_round(session, world.round, None, NOW).url == page
    assert (action_of_round(session, world.round, visitor(world), NOW).note, "") == ("", "")
    entry = write(session, world, ["x"])
    begun = action_of_round(session, world.round, visitor(world), NOW)
    assert (begun.url, begun.note) == (f"/entries/{entry.public_id}", "Your draft is not handed in yet.")
    versions.hand_in(session, world.actor, NOW, entry.public_id, is_committed=True)
    done = action_of_round(session, world.round, visitor(world), NOW)
    assert (done.url, done.note) == (page, "Your entry is handed in.")
    assert action_of_round(session, world.round, visitor(world), NOW + timedelta(days=9)).note == ""


def test_cancelling_says_how_many_entries_are_not_judged(session: Session) -> None:
    world = make_world(session)
    begin(session, world, join(session, world))
    assert cancel_effects(session, [world.round.id]) == []
    hand_in(session, world)
    assert cancel_effects(session, [world.round.id]) == ["1 entry that was handed in is kept but not judged."]


def test_rules_that_name_a_group_that_is_gone_or_renamed_have_to_be_written_anew(session: Session) -> None:
    world = make_world(session)
    rule_for(session, world, world.group, words_max=800)
    assert opening_lacks(session, world.round) == []
    world.group.name = "Khối THCS"
    [lack] = opening_lacks(session, world.round)
    assert (lack.code, lack.blocks, lack.fix_values) == ("group_of_rules_gone", True, {"code": "forms"})
    assert "“Trung học cơ sở”" in Markup(lack.sentence).striptags()
