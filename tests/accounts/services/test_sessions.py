"""Signed-in browsers."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts import services
from contest.accounts.models import PersonSession
from contest.accounts.queries import find_password_owner
from contest.accounts.services.sessions import SESSION_LENGTH
from tests.accounts.signed_in import find_signed_in
from tests.factories import NOW, make_person


def test_a_session_lasts_until_its_end_and_not_a_moment_longer(session: Session) -> None:
    opened = services.open_session(session, NOW, make_person(session).id)
    assert find_signed_in(session, opened.token, NOW + SESSION_LENGTH - timedelta(microseconds=1)) is not None
    assert find_signed_in(session, opened.token, NOW + SESSION_LENGTH) is None


def test_the_table_does_not_hold_the_token(session: Session) -> None:
    opened = services.open_session(session, NOW, make_person(session).id, "x" * 500)
    row = session.scalars(select(PersonSession)).one()
    assert opened.token not in {row.token_hash, row.user_agent}
    assert len(row.user_agent) == 200


def test_closing_one_session_leaves_the_others(session: Session) -> None:
    person = make_person(session)
    first, second = (services.open_session(session, NOW, person.id) for _ in range(2))
    services.close_session(session, NOW, first.id)
    assert find_signed_in(session, first.token, NOW) is None
    assert find_signed_in(session, second.token, NOW) is not None


def test_signing_out_everywhere_keeps_this_browser_and_other_people(session: Session) -> None:
    person, other = make_person(session), make_person(session, "Vi Văn Páo")
    here, there = (services.open_session(session, NOW, person.id) for _ in range(2))
    stranger = services.open_session(session, NOW, other.id)
    services.revoke_sessions(session, NOW, person.id, keep_id=here.id)
    found = [find_signed_in(session, opened.token, NOW) is not None for opened in (here, there, stranger)]
    assert found == [True, False, True]


def test_a_new_password_signs_the_other_browsers_out(session: Session) -> None:
    person = make_person(session)
    here, there = (services.open_session(session, NOW, person.id) for _ in range(2))
    services.change_password(session, NOW, person.id, "new", keep_id=here.id)
    owner = find_password_owner(session, person_id=person.id)
    assert owner is not None
    assert (owner.password_hash, owner.must_change) == ("new", False)
    assert find_signed_in(session, here.token, NOW) is not None
    assert find_signed_in(session, there.token, NOW) is None


def test_renewing_a_hash_never_undoes_a_change(session: Session) -> None:
    person = make_person(session)
    services.change_password(session, NOW, person.id, "changed meanwhile")
    services.renew_hash(session, person.id, "as it was", "renewed")
    owner = find_password_owner(session, person_id=person.id)
    assert owner is not None
    assert owner.password_hash == "changed meanwhile"
