from collections import Counter

from sqlalchemy import select

from contest.contests.hooks import rule_sections
from contest.contests.models import Role, RoundKind, Seat
from contest.contests.queries import rules_in_force
from contest.participation.models import Participation
from tests.samples.conftest import Scene


def test_the_rules_in_force_are_complete_and_faultless(scene: Scene) -> None:
    rules = rules_in_force(scene.session, scene.contest.id)
    assert rules is not None
    assert rules.approved_by != rules.created_by
    for section in rule_sections(frozenset({RoundKind.ENTRY.value})):
        assert section.problems(rules.sections[section.code]) == []


def test_every_seat_of_judging_is_filled_and_nobody_on_the_committee_takes_part(scene: Scene) -> None:
    seats = scene.session.scalars(select(Seat).filter_by(contest_id=scene.contest.id)).all()
    roles = Counter(seat.role for seat in seats)
    assert (roles[Role.ORGANIZER], roles[Role.JUDGE], roles[Role.CHIEF_JUDGE], roles[Role.SECRETARY]) == (2, 2, 1, 1)
    entrants = scene.session.scalars(select(Participation.person_id).filter_by(contest_id=scene.contest.id))
    assert not {seat.person_id for seat in seats} & set(entrants)
