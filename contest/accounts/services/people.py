"""Accounts: registered by their owner, issued by a school, added by the operator."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from contest.accounts.domain import (
    ConsentGiver,
    ConsentPurpose,
    LoginKind,
    LoginName,
    Registration,
    random_code,
    read_full_name,
    read_login,
    show_login,
)
from contest.accounts.events import PersonRegistered, on_registered
from contest.accounts.models import Credential, Login, Person, PersonDetails
from contest.accounts.queries import locale_of_login
from contest.accounts.services.consents import give_consent, record_consent
from contest.accounts.services.passwords import GivenPassword
from contest.accounts.services.sessions import revoke_sessions
from contest.audit.services import record
from contest.errors import DomainError
from contest.i18n import name_sort_key, search_key
from contest.mail.services import queue

ISSUED_LOGIN_LENGTH = 8

Compose = Callable[[str], tuple[str, str]]  # locale in, subject and body out


class LoginTaken(DomainError):
    """Somebody has this login already."""

    def __init__(self) -> None:
        super().__init__("login_taken", field="login")


@dataclass(frozen=True, slots=True)
class IssuedAccount:
    """What the sign-in slip says. The password is known here only, and only now."""

    person_id: int
    login: str
    password: str


def register_person(
    session: Session, now: datetime, wanted: Registration, password_hash: str, compose: Compose
) -> Person | None:
    """A new account with its consents; None when the login has one already.

    Whoever asks learns nothing from it: the owner of an address gets a letter, `compose(locale)`.
    """
    try:
        person = _create(session, now, wanted.login, wanted.full_name, wanted.birth_date, password_hash)
    except LoginTaken:
        if wanted.login.kind is LoginKind.EMAIL:
            queue(session, now, wanted.login.value, *compose(locale_of_login(session, wanted.login.value)))
        return None
    purposes = [ConsentPurpose.TAKE_PART, *([ConsentPurpose.PUBLISH_NAME] if wanted.publishes_name else [])]
    for purpose in purposes:
        give_consent(session, now, person.id, purpose, guardian_name=wanted.guardian_name, proof="form:registration")
    return person


def issue_account(
    session: Session,
    now: datetime,
    *,
    full_name: str,
    birth_date: date | None,
    password: GivenPassword,
    guardian_name: str = "",
    guardian_proof: str = "",
) -> IssuedAccount:
    """An account for somebody without phone and mail: a code as login, a password to be changed at once.

    `guardian_proof` says where the guardian's consent to take part is kept; the child agrees at the first sign-in.
    """
    login = LoginName(LoginKind.CODE, random_code(ISSUED_LOGIN_LENGTH, secrets.choice).lower())
    person = _create(session, now, login, full_name, birth_date, password.hash, must_change=True)
    if guardian_proof:
        giver, purpose = ConsentGiver.GUARDIAN, ConsentPurpose.TAKE_PART
        record_consent(session, now, person.id, purpose, giver, guardian_name, guardian_proof)
    return IssuedAccount(person.id, show_login(login.kind, login.value), password.plain)


def add_person(
    session: Session,
    now: datetime,
    *,
    login: str,
    full_name: str,
    password_hash: str,
    birth_date: date | None = None,
    is_admin: bool = False,
    must_change: bool = False,
    actor_id: int | None = None,
) -> Person:
    """An account that the operator makes. Raises `login_taken` and what is wrong with login and name."""
    person = _create(
        session, now, read_login(login), read_full_name(full_name), birth_date, password_hash, must_change=must_change
    )
    person.is_admin = is_admin
    facts = {"is_admin": is_admin}
    record(session, actor_id=actor_id, now=now, act="person.added", subject=f"person:{person.id}", facts=facts)
    return person


def disable_person(session: Session, actor_id: int | None, now: datetime, person_id: int) -> None:
    """Nobody signs in with this account any more; what was done with it stays."""
    person = session.get_one(Person, person_id)
    person.disabled_at = now
    revoke_sessions(session, now, person_id)
    record(session, actor_id=actor_id, now=now, act="person.disabled", subject=f"person:{person_id}")


def set_locale(session: Session, person_id: int, locale: str) -> None:
    """The language in which this person reads pages and letters."""
    session.execute(update(Person).where(Person.id == person_id).values(locale=locale))


def _create(
    session: Session,
    now: datetime,
    login: LoginName,
    full_name: str,
    birth_date: date | None,
    password_hash: str,
    *,
    must_change: bool = False,
) -> Person:
    """All rows of a new person. The unique login decides between two who ask at the same moment."""
    person = Person(created_at=now, is_admin=False, locale="vi")
    try:
        with session.begin_nested():
            session.add(person)
            session.flush()
            session.add(Login(person_id=person.id, kind=login.kind, value=login.value, created_at=now))
    except IntegrityError:
        raise LoginTaken from None
    session.add_all(
        [
            PersonDetails(
                person_id=person.id,
                full_name=full_name,
                sort_key=name_sort_key(full_name),
                search_key=search_key(full_name),
                birth_date=birth_date,
            ),
            Credential(person_id=person.id, password_hash=password_hash, must_change=must_change, changed_at=now),
        ]
    )
    session.flush()
    for tell in on_registered:
        tell(session, PersonRegistered(person.id, login.value), now)
    return person
