"""One-time codes."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from contest.accounts import services
from contest.accounts.domain import CODE_ALPHABET, LoginKind, LoginName, read_login
from contest.accounts.models import Person, ResetCode
from contest.accounts.queries import find_password_owner, profile_of, verified_addresses
from contest.accounts.services.resets import CODE_LENGTH, MAXIMUM_TRIES
from contest.errors import DomainError, NotFound
from contest.mail.models import OutboxMessage
from tests.accounts.signed_in import find_signed_in
from tests.factories import NOW, actor_of, make_person

LOGIN = "+84912345678"
HOURS_72 = timedelta(hours=72)
MINUTES_10 = timedelta(minutes=10)


@pytest.fixture
def person(session: Session) -> Person:
    return make_person(session, login=LOGIN)


@pytest.fixture
def teacher(session: Session) -> Person:
    return make_person(session, "Bế Thị Kim Thoa")


def issue(session: Session, teacher: Person, person: Person, now: datetime = NOW) -> str:
    return services.issue_reset_code(session, actor_of(teacher), now, person_id=person.id, check_note="gọi lại")


def wrong(code: str) -> str:
    return code[:-1] + ("3" if code[-1] == "2" else "2")


def test_the_code_sets_a_new_password_once_and_signs_out_every_browser(
    session: Session, teacher: Person, person: Person
) -> None:
    opened = services.open_session(session, NOW, person.id)
    code = issue(session, teacher, person)
    code_id = services.tried_code(session, NOW, LOGIN, code.lower().replace("-", " "))
    assert code_id is not None
    assert services.set_password_by_code(session, NOW, code_id, "new") == person.id
    owner = find_password_owner(session, person_id=person.id)
    assert owner is not None
    assert owner.password_hash == "new"
    assert find_signed_in(session, opened.token, NOW) is None
    assert services.tried_code(session, NOW, LOGIN, code) is None
    with pytest.raises(DomainError, match="code_wrong"):
        services.set_password_by_code(session, NOW, code_id, "again")


@pytest.mark.parametrize("is_mailed", [True, False])
def test_who_types_a_mailed_code_has_proved_the_address(session: Session, teacher: Person, is_mailed: bool) -> None:
    person, address = make_person(session, login="an@example.vn"), "an@example.vn"
    codes: list[str] = []
    if is_mailed:

        def compose(_locale: str, code: str) -> tuple[str, str]:
            codes.append(code)
            return "Mã", code

        login = LoginName(LoginKind.EMAIL, address)
        services.request_reset_by_mail(session, NOW, login, compose)
    else:
        codes.append(issue(session, teacher, person))
    assert verified_addresses(session, [person.id]) == {}
    code_id = services.tried_code(session, NOW, address, codes[0])
    assert code_id is not None
    services.set_password_by_code(session, NOW, code_id, "new")
    assert verified_addresses(session, [person.id]) == ({person.id: address} if is_mailed else {})
    person.disabled_at = NOW
    assert verified_addresses(session, [person.id]) == {}


def test_the_code_is_valid_for_72_hours(session: Session, teacher: Person, person: Person) -> None:
    code = issue(session, teacher, person)
    assert services.tried_code(session, NOW + HOURS_72 - timedelta(microseconds=1), LOGIN, code) is not None
    assert services.tried_code(session, NOW + HOURS_72, LOGIN, code) is None


@pytest.mark.parametrize(("tries", "opens"), [(MAXIMUM_TRIES - 1, True), (MAXIMUM_TRIES, False)])
def test_a_code_dies_of_so_many_tries_that_nobody_guesses_it(
    session: Session, teacher: Person, person: Person, tries: int, opens: bool
) -> None:
    code = issue(session, teacher, person)
    tried(session, tries)
    assert (services.tried_code(session, NOW, LOGIN, code) is not None) is opens
    assert (len(CODE_ALPHABET) - 8) * len(CODE_ALPHABET) ** (CODE_LENGTH - 1) > MAXIMUM_TRIES * 10**7


def test_each_try_counts(session: Session, teacher: Person, person: Person) -> None:
    code = issue(session, teacher, person)
    tried(session, MAXIMUM_TRIES - 2)
    opened = [services.tried_code(session, NOW, LOGIN, typed) is not None for typed in (wrong(code), code, code)]
    assert opened == [False, True, False]


def tried(session: Session, tries: int) -> None:
    session.execute(update(ResetCode).values(tries=tries))


def test_a_newer_code_replaces_the_older(session: Session, teacher: Person, person: Person) -> None:
    old, new = issue(session, teacher, person), issue(session, teacher, person)
    assert services.tried_code(session, NOW, LOGIN, old) is None
    assert services.tried_code(session, NOW, LOGIN, new) is not None


def test_a_code_is_of_no_use_for_somebody_else(session: Session, teacher: Person, person: Person) -> None:
    code = issue(session, teacher, person)
    other = make_person(session, "Vi Văn Páo", login="vi@example.vn")
    issue(session, teacher, other)
    assert services.tried_code(session, NOW, "vi@example.vn", code) is None
    assert services.tried_code(session, NOW, "+84900000000", code) is None


def test_the_table_does_not_hold_the_code(session: Session, teacher: Person, person: Person) -> None:
    code = issue(session, teacher, person)
    assert code.replace("-", "") not in session.scalars(select(ResetCode.code_hash)).one()


def test_who_gave_out_a_code_is_shown_to_the_person(session: Session, teacher: Person, person: Person) -> None:
    issue(session, teacher, person)
    resets = profile_of(session, person.id, NOW).resets
    assert [(reset.issued_by, reset.issued_at) for reset in resets] == [("Bế Thị Kim Thoa", NOW)]


def test_a_code_needs_a_note_of_the_check(session: Session, teacher: Person, person: Person) -> None:
    with pytest.raises(DomainError, match="check_note_missing") as caught:
        services.issue_reset_code(session, actor_of(teacher), NOW, person_id=person.id, check_note="  ")
    assert caught.value.field == "check_note"


def test_nobody_gets_a_code_for_a_disabled_account(session: Session, teacher: Person, person: Person) -> None:
    services.disable_person(session, None, NOW, person.id)
    with pytest.raises(NotFound):
        issue(session, teacher, person)


def ask(session: Session, login: str, now: datetime = NOW) -> list[tuple[str, str, str]]:
    compose = lambda locale, code: (locale, code)  # noqa: E731
    services.request_reset_by_mail(session, now, read_login(login), compose)
    mails = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    return [(mail.recipient, mail.subject, mail.body) for mail in mails]


def test_the_owner_of_an_address_gets_a_code_by_mail(session: Session) -> None:
    make_person(session, login="ngoc@example.vn", locale="en")
    [(recipient, locale, code)] = ask(session, "Ngoc@Example.vn")
    assert (recipient, locale) == ("ngoc@example.vn", "en")
    assert services.tried_code(session, NOW, "ngoc@example.vn", code) is not None


def test_nobody_else_gets_mail(session: Session, person: Person) -> None:
    disabled = make_person(session, login="cu@example.vn")
    services.disable_person(session, None, NOW, disabled.id)
    session.flush()
    assert [ask(session, login) for login in ("la@example.vn", "0912345678", "cu@example.vn")] == [[], [], []]


def test_a_stranger_who_asks_again_does_not_void_the_code_that_was_just_sent(session: Session) -> None:
    make_person(session, login="ngoc@example.vn")
    [(_, _, code)] = ask(session, "ngoc@example.vn")
    assert len(ask(session, "ngoc@example.vn", NOW + MINUTES_10 - timedelta(microseconds=1))) == 1
    assert services.tried_code(session, NOW + MINUTES_10, "ngoc@example.vn", code) is not None
    [_, (_, _, newer)] = ask(session, "ngoc@example.vn", NOW + MINUTES_10)
    assert services.tried_code(session, NOW + MINUTES_10, "ngoc@example.vn", newer) is not None


def test_a_code_that_opens_nothing_any_more_is_replaced_at_once(session: Session) -> None:
    make_person(session, login="ngoc@example.vn")
    [(_, _, code)] = ask(session, "ngoc@example.vn")
    tried(session, MAXIMUM_TRIES)
    assert services.tried_code(session, NOW, "ngoc@example.vn", code) is None
    [_, (_, _, newer)] = ask(session, "ngoc@example.vn")
    code_id = services.tried_code(session, NOW, "ngoc@example.vn", newer)
    assert code_id is not None
    services.set_password_by_code(session, NOW, code_id, "new")
    assert len(ask(session, "ngoc@example.vn")) == 3
