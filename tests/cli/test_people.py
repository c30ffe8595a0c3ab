import pytest
from sqlalchemy import select

from contest.accounts.models import Credential, Person, PersonDetails
from contest.accounts.queries import find_password_owner
from contest.accounts.services import is_right_password
from tests.cli.conftest import refused

NAME, LOGIN = "Hoàng Văn Thụ", "quantri@langson.example"


def owner_of(session, login):
    session.rollback()
    found = find_password_owner(session, login=login)
    assert found is not None
    return found


@pytest.mark.parametrize(("options", "is_admin"), [((), False), (("--admin",), True)])
def test_a_made_password_is_printed_once_and_has_to_be_changed(contest, database_url, session, options, is_admin):
    result = contest("user", "add", NAME, LOGIN, *options, database_url=database_url)
    assert result.exit_code == 0, result.output
    [password] = result.stdout.splitlines()
    owner = owner_of(session, LOGIN)
    assert is_right_password(password, owner.password_hash)
    assert (owner.full_name, owner.must_change) == (NAME, True)
    assert session.get_one(Person, owner.person_id).is_admin is is_admin


def test_a_typed_password_is_never_printed_and_stays(contest, database_url, session):
    typed = "quá-khứ-xanh-7"
    result = contest(
        "user", "add", NAME, LOGIN, "--ask-password", given=f"{typed}\n{typed}\n", database_url=database_url
    )
    assert result.exit_code == 0, result.output
    assert typed not in result.output
    owner = owner_of(session, LOGIN)
    assert is_right_password(typed, owner.password_hash)
    assert owner.must_change is False


@pytest.mark.parametrize(
    ("name", "login", "words"),
    [
        (NAME, LOGIN.upper(), "already"),
        (NAME, "09123", "not a Vietnamese mobile number"),
        ("", "0912345678", "name"),
    ],
)
def test_what_can_not_be_is_one_sentence_and_adds_nobody(contest, database_url, session, name, login, words):
    assert contest("user", "add", NAME, LOGIN, database_url=database_url).exit_code == 0
    result = contest("user", "add", name, login, database_url=database_url)
    refused(result, words)
    assert result.stdout == ""
    session.rollback()
    assert session.scalars(select(PersonDetails.full_name)).all() == [NAME]
    assert len(session.scalars(select(Credential)).all()) == 1
