from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.audit.queries import chain_findings, chain_scopes
from contest.contests.domain import Phase
from contest.contests.models import Contest, Round
from contest.contests.queries import organizers_at, phased, rules_in_force
from contest.contests.services.rounds import opening_lacks
from contest.notices.queries import public_announcements
from contest.quiz.sections import SECTIONS
from contest.samples.people import ORGANIZER, SECOND_ORGANIZER
from tests.factories import NOW


def contest_of(session: Session) -> Contest:
    return session.scalars(select(Contest)).one()


def test_one_week_is_over_one_is_open_and_two_are_in_preparation(session: Session, ids: dict[str, int]) -> None:
    rounds = session.scalars(select(Round).order_by(Round.opens_at)).all()
    assert [phased(row, NOW).phase for row in rounds] == [Phase.CLOSED, Phase.OPEN, Phase.DRAFT, Phase.DRAFT]
    assert all(one.closes_at == other.opens_at for one, other in pairwise(rounds))
    assert [opening_lacks(session, row) for row in rounds[:2]] == [[], []]


def test_everybody_is_told_that_it_is_sample_data(session: Session, ids: dict[str, int]) -> None:
    assert contest_of(session).is_sample


def test_two_organizers_hold_what_two_people_have_to_decide(session: Session, ids: dict[str, int]) -> None:
    organizers = organizers_at(session, contest_of(session).id, NOW)
    assert organizers == {ids[ORGANIZER.login], ids[SECOND_ORGANIZER.login]}


def test_the_rules_in_force_are_complete_and_faultless(session: Session, ids: dict[str, int]) -> None:
    rules = rules_in_force(session, contest_of(session).id)
    assert rules is not None
    for section in SECTIONS:
        assert section.problems(rules.sections[section.code]) == []


def test_what_was_done_is_in_whole_chains_and_nothing_is_announced_from_the_future(
    session: Session, ids: dict[str, int]
) -> None:
    assert contest_of(session).id in chain_scopes(session)
    assert [chain_findings(session, scope) for scope in chain_scopes(session) if chain_findings(session, scope)] == []
    notices = public_announcements(session).rows
    assert notices
    assert all(notice.published_at <= NOW for notice in notices)
