from sqlalchemy.orm import Session

from contest.samples.loading import are_loaded, is_empty
from contest.samples.people import add_people
from tests.factories import NOW, make_person


def test_samples_come_only_where_nobody_is(session: Session) -> None:
    assert is_empty(session)
    make_person(session)
    assert not is_empty(session)
    assert not are_loaded(session), "somebody is there, but not the samples"


def test_the_samples_are_known_by_their_first_account(session: Session) -> None:
    add_people(session, NOW)
    assert are_loaded(session)
