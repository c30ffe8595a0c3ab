import pytest
from sqlalchemy import select

from contest.accounts.models import Credential, Person, PersonDetails
from contest.accounts.queries import find_password_owner
from contest.accounts.services import is_right_password
from contest.audit.models import AuditRecord
from contest.contests.models import Invitation, Role, Seat
from contest.contests.services.seats import token_hash
from contest.mail.models import OutboxMessage
from tests.cli.conftest import refused
from tests.factories import make_contest, make_person, make_seat

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


@pytest.fixture
def scene(session):
    """A contest without an organizer, its administrator, and somebody whose account is proved to be theirs."""
    admin = make_person(session, "Hoàng Văn Thụ", login="quantri@langson.example", is_admin=True)
    known = make_person(session, "Lăng Thị Thu Hà", login="tochuc@langson.example")
    created = make_contest(session, created_by=admin.id, slug="thu-nghiem")
    make_seat(session, make_contest(session, created_by=admin.id), known, Role.SECRETARY)
    session.commit()
    return created


def seat(contest, database_url, login, *options, slug="thu-nghiem"):
    return contest("user", "seat", "--contest", slug, "--role", "organizer", *options, login, database_url=database_url)


def organizers(session, contest_id):
    session.rollback()
    return session.scalars(select(Seat).filter_by(contest_id=contest_id, role=Role.ORGANIZER)).all()


def test_a_proved_account_is_seated_at_once(contest, database_url, session, scene):
    result = seat(contest, database_url, "tochuc@langson.example")
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    [given] = organizers(session, scene.id)
    assert (given.given_by, given.valid_until) == (scene.created_by, None)
    acts = session.scalars(select(AuditRecord.act).filter_by(scope=scene.id)).all()
    assert acts == ["seat.given"]


def test_somebody_unknown_is_invited_by_a_link_that_is_printed_once(contest, database_url, session, scene):
    options = ("--name", "Vi Văn Lan", "--address", "https://thi.langson.example/")
    result = seat(contest, database_url, "moi@langson.example", *options)
    assert result.exit_code == 0, result.output
    [link] = result.stdout.splitlines()
    token = link.removeprefix("https://thi.langson.example/invitations/")
    assert organizers(session, scene.id) == []
    [invitation] = session.scalars(select(Invitation)).all()
    assert (invitation.full_name, invitation.token_hash) == ("Vi Văn Lan", token_hash(token))
    [letter] = session.scalars(select(OutboxMessage)).all()
    assert link in letter.body


def test_an_account_that_proves_nothing_yet_is_invited_under_its_own_name(contest, database_url, session, scene):
    make_person(session, "Bế Thị Yến", login="moi@langson.example")
    session.commit()
    result = seat(contest, database_url, "moi@langson.example")
    assert result.stdout.startswith("http://127.0.0.1:8000/invitations/")
    assert [row.full_name for row in session.scalars(select(Invitation))] == ["Bế Thị Yến"]


@pytest.mark.parametrize(
    ("login", "options", "slug", "words"),
    [
        ("ai-do@langson.example", (), "thu-nghiem", "--name"),
        ("tochuc@langson.example", (), "khong-co", "There is no contest “khong-co”"),
        ("tochuc@langson.example", ("--by", "tochuc@langson.example"), "thu-nghiem", "no such administrator"),
        ("tochuc@langson.example", ("--name", "Người Khác"), "thu-nghiem", "name"),
        ("quantri@langson.example", (), "thu-nghiem", "yourself"),
        ("0912", (), "thu-nghiem", "mobile number"),
    ],
)
def test_what_can_not_be_seated_is_a_sentence(contest, database_url, session, scene, login, options, slug, words):
    refused(seat(contest, database_url, login, *options, slug=slug), words)
    assert organizers(session, scene.id) == []
    assert session.scalars(select(Invitation)).all() == []


def test_one_of_several_administrators_has_to_be_named(contest, database_url, session, scene):
    second = make_person(session, "Phan Thị Lệ", login="quantri2@langson.example", is_admin=True).id
    session.commit()
    refused(seat(contest, database_url, "tochuc@langson.example"), "--by")
    assert seat(contest, database_url, "tochuc@langson.example", "--by", "quantri2@langson.example").exit_code == 0
    assert [given.given_by for given in organizers(session, scene.id)] == [second]


@pytest.mark.parametrize("role", ["judge", "secretary", "king"])
def test_an_operator_gives_no_seat_but_the_organizers(contest, database_url, scene, role):
    result = contest("user", "seat", "--contest", "thu-nghiem", "--role", role, LOGIN, database_url=database_url)
    assert result.exit_code == 2
