import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from contest.accounts.models import Credential, Person
from contest.accounts.services import TooManyTries
from contest.accounts.services.limits import RESET_BY_ADDRESS, RESET_BY_PAIR
from contest.accounts.views.blueprint import check_limits, own_path
from tests.factories import NOW, sign_in


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("/rounds/abc?page=2", "/rounds/abc?page=2"),
        ("https://evil.example/", None),
        ("//evil.example/", None),
        ("/\\evil.example/", None),
        ("/\t/evil.example/", None),
        ("javascript:alert(1)", None),
        ("rounds", None),
        ("", None),
        (None, None),
    ],
)
def test_only_own_addresses_are_returned_to(target: str | None, kept: str | None) -> None:
    assert own_path(target) == kept


@pytest.mark.parametrize("is_given", [True, False])
def test_whoever_got_a_password_chooses_their_own_first_and_then_goes_on(
    client: FlaskClient, session: Session, person: Person, is_given: bool
) -> None:
    session.get_one(Credential, person.id).must_change = is_given
    sign_in(session, client, person)
    page = client.get("/account?tab=1")
    if is_given:
        assert page.status_code == 303
        assert page.location.endswith("?next=/account?tab%3D1")
        assert client.get(page.location).status_code == 200
    else:
        assert page.status_code == 200
    assert client.get("/session").json["signed_in"] is True


def test_a_refused_try_counts_too(app: Flask) -> None:
    with app.app_context():
        for _ in range(RESET_BY_PAIR.tries):
            check_limits(NOW, (RESET_BY_PAIR, "lan"), (RESET_BY_ADDRESS, "10.0.0.1"))
        for _ in range(RESET_BY_ADDRESS.tries - RESET_BY_PAIR.tries):
            with pytest.raises(TooManyTries):
                check_limits(NOW, (RESET_BY_PAIR, "lan"), (RESET_BY_ADDRESS, "10.0.0.1"))
        with pytest.raises(TooManyTries):
            check_limits(NOW, (RESET_BY_PAIR, "another"), (RESET_BY_ADDRESS, "10.0.0.1"))
        check_limits(NOW, (RESET_BY_PAIR, "another"), (RESET_BY_ADDRESS, "10.0.0.2"))
