"""Accounts: registered, issued, added, disabled."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.accounts import services
from contest.accounts.domain import ConsentGiver, ConsentPurpose, LoginKind, Registration, read_contact, read_login
from contest.accounts.events import PersonRegistered, on_registered
from contest.accounts.models import Consent, Credential, Login, Person
from contest.accounts.queries import (
    consented,
    find_password_owner,
    find_person_by_login,
    full_names,
    has_consent,
    lacks_childs_consent,
)
from contest.accounts.services.passwords import GivenPassword
from contest.audit.models import AuditRecord
from contest.errors import DomainError
from contest.mail.models import OutboxMessage
from tests.accounts.signed_in import find_signed_in
from tests.factories import NOW, make_person

TODAY = date(2026, 7, 15)
TAKE_PART, PUBLISH_NAME = ConsentPurpose.TAKE_PART, ConsentPurpose.PUBLISH_NAME


def wanted(login: str = "0912345678", **values: object) -> Registration:
    defaults = {
        "login": read_contact(login),
        "full_name": "Hoàng Thị Bích Ngọc",
        "birth_date": date(1998, 2, 28),
        "publishes_name": False,
        "guardian_name": "",
    }
    return Registration(**{**defaults, **values})


def letter(locale: str) -> tuple[str, str]:
    return "subject", f"body in {locale}"


def register(session: Session, login: str = "0912345678", **values: object) -> Person | None:
    return services.register_person(session, NOW, wanted(login, **values), "hash", letter)


@pytest.fixture
def told() -> Iterator[list[tuple[PersonRegistered, datetime]]]:
    events: list[tuple[PersonRegistered, datetime]] = []

    def listen(_session: Session, fact: PersonRegistered, now: datetime) -> None:
        events.append((fact, now))

    on_registered.append(listen)
    yield events
    on_registered.remove(listen)


def consents(session: Session, person_id: int) -> set[tuple[str, str, str]]:
    rows = session.scalars(select(Consent).where(Consent.person_id == person_id))
    return {(row.purpose, row.given_by, row.giver_name) for row in rows}


def test_a_grown_up_registers_and_agrees_alone(session: Session) -> None:
    person = register(session)
    assert person is not None
    assert find_person_by_login(session, "+84912345678") == person.id
    assert consents(session, person.id) == {("take_part", "self", "Hoàng Thị Bích Ngọc")}
    assert has_consent(session, person.id, TAKE_PART, TODAY)
    assert not has_consent(session, person.id, PUBLISH_NAME, TODAY)


def test_a_child_registers_with_guardian(session: Session) -> None:
    person = register(session, birth_date=date(2014, 5, 1), guardian_name="Lý Seo Sùng", publishes_name=True)
    assert person is not None
    both = {("guardian", "Lý Seo Sùng"), ("child", "Hoàng Thị Bích Ngọc")}
    expected = {(purpose, *giver) for purpose in ("take_part", "publish_name") for giver in both}
    assert consents(session, person.id) == expected
    assert consented(session, [person.id], PUBLISH_NAME, TODAY) == {person.id}


def test_a_child_without_guardian_gets_no_account(session: Session) -> None:
    with pytest.raises(DomainError, match="guardian_missing"):
        register(session, birth_date=date(2014, 5, 1))


def test_features_above_hear_of_a_new_person(session: Session, told: list[object]) -> None:
    person = register(session)
    assert person is not None
    assert told == [(PersonRegistered(person.id, "+84912345678"), NOW)]


@pytest.mark.parametrize(("login", "letters"), [("0912345678", 0), ("ngoc@example.vn", 1)])
def test_a_login_that_is_taken_changes_nothing(session: Session, told: list[object], login: str, letters: int) -> None:
    first = register(session, login)
    assert register(session, login, full_name="Kẻ Giả Mạo") is None
    assert first is not None
    assert full_names(session, [first.id]) == {first.id: "Hoàng Thị Bích Ngọc"}
    assert session.scalar(select(func.count()).select_from(Person)) == 1
    assert session.scalar(select(func.count()).select_from(Credential)) == 1
    assert len(told) == 1
    mails = session.scalars(select(OutboxMessage)).all()
    assert [(mail.recipient, mail.body) for mail in mails] == [("ngoc@example.vn", "body in vi")] * letters


def test_a_school_issues_an_account_once_shown(session: Session) -> None:
    issued = services.issue_account(
        session,
        NOW,
        full_name="Lý Văn Páo",
        birth_date=date(2014, 5, 1),
        password=GivenPassword("plain", "hash"),
        guardian_name="Lý Seo Sùng",
        guardian_proof="paper:8A",
    )
    login = read_login(issued.login)
    owner = find_password_owner(session, login=login.value)
    assert owner is not None
    assert (login.kind, issued.password, owner.person_id) == (LoginKind.CODE, "plain", issued.person_id)
    assert (owner.password_hash, owner.must_change) == ("hash", True)
    assert lacks_childs_consent(session, issued.person_id, TODAY)
    assert not has_consent(session, issued.person_id, TAKE_PART, TODAY)
    services.agree_as_child(session, NOW, issued.person_id)
    assert not lacks_childs_consent(session, issued.person_id, TODAY)
    assert has_consent(session, issued.person_id, TAKE_PART, TODAY)


def test_the_operator_adds_the_first_administrator_and_it_is_recorded(session: Session) -> None:
    person = services.add_person(
        session, NOW, login="Quan.Tri@langson.example", full_name="Quản Trị", password_hash="hash", is_admin=True
    )
    assert person.is_admin
    assert session.scalars(select(Login.value)).one() == "quan.tri@langson.example"
    entry = session.scalars(select(AuditRecord)).one()
    assert (entry.act, entry.subject, entry.scope) == ("person.added", f"person:{person.id}", 0)


def test_the_operator_hears_that_a_login_is_taken(session: Session) -> None:
    make_person(session, login="+84912345678")
    with pytest.raises(DomainError, match="login_taken"):
        services.add_person(session, NOW, login="0912 345 678", full_name="Vi Văn Páo", password_hash="hash")


def test_a_disabled_person_is_out_at_once(session: Session) -> None:
    person = make_person(session, login="+84912345678")
    opened = services.open_session(session, NOW, person.id)
    services.disable_person(session, None, NOW, person.id)
    session.flush()
    assert find_signed_in(session, opened.token, NOW) is None
    assert find_password_owner(session, login="+84912345678") is None


def test_withdrawn_consent_no_longer_counts_and_stays_as_proof(session: Session) -> None:
    person = register(session, publishes_name=True)
    assert person is not None
    services.withdraw_consent(session, NOW, person.id, PUBLISH_NAME)
    assert not has_consent(session, person.id, PUBLISH_NAME, TODAY)
    assert has_consent(session, person.id, TAKE_PART, TODAY)
    row = session.scalars(select(Consent).where(Consent.purpose == PUBLISH_NAME)).one()
    session.refresh(row)
    assert (row.given_at, row.withdrawn_at) == (NOW, NOW)
    assert services.give_consent(session, NOW, person.id, PUBLISH_NAME) == {ConsentGiver.SELF}
    assert has_consent(session, person.id, PUBLISH_NAME, TODAY)
