"""Reading people, their sessions and their consents."""

import hashlib
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Integer,
    ScalarSelect,
    SQLColumnExpression,
    String,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.orm import Session

from contest.accounts.domain import (
    ConsentGiver,
    ConsentPurpose,
    LoginKind,
    consents_needed,
    device_name,
    is_consented,
    show_login,
)
from contest.accounts.models import Consent, Credential, Login, Person, PersonDetails, PersonSession, ResetCode
from contest.statements import DirectStep


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What every page needs to know of the person who opened it."""

    person_id: int
    session_id: int
    full_name: str
    locale: str
    is_admin: bool
    must_change_password: bool


@dataclass(frozen=True, slots=True)
class PasswordOwner:
    """Whose password is asked for, and what is stored of it."""

    person_id: int
    full_name: str
    birth_date: date | None
    locale: str
    password_hash: str
    must_change: bool
    logins: tuple[str, ...]

    @property
    def known(self) -> tuple[str, ...]:
        """What others know of the person and would try first."""
        return (self.full_name, *self.logins)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser that is signed in; `name` is empty when it can't be told."""

    id: int
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class GivenReset:
    """A code that somebody of the school or the committee gave out for this person."""

    issued_by: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class Profile:
    """What people see of themselves."""

    full_name: str
    birth_date: date | None
    logins: list[tuple[LoginKind, str]]
    consents: dict[ConsentPurpose, list[Consent]]
    sessions: list[OpenSession]
    resets: list[GivenReset]


SIGNED_IN = (
    select(
        Person.id,
        PersonSession.id.label("session_id"),
        PersonDetails.full_name,
        Person.locale,
        Person.is_admin,
        Credential.must_change,
    )
    .join(Person, Person.id == PersonSession.person_id)
    .join(PersonDetails, PersonDetails.person_id == Person.id)
    .join(Credential, Credential.person_id == Person.id)
    .where(
        PersonSession.token_hash == bindparam("token_hash"),
        PersonSession.revoked_at.is_(None),
        PersonSession.expires_at > bindparam("now"),
        Person.disabled_at.is_(None),
    )
)
"""The person of a session that is neither over nor revoked at `now`: the columns of `SignedIn`."""


def token_digest(token: str) -> str:
    """What the table keeps of a session's token: SHA-256, since the token itself is random."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_person_by_login(session: Session, value: str) -> int | None:
    """The person with this login, given in its stored form."""
    return session.scalar(select(Login.person_id).where(Login.value == value))


def find_password_owner(
    session: Session, *, login: str | None = None, person_id: int | None = None
) -> PasswordOwner | None:
    """The person with this login or id who may sign in."""
    if login is not None:
        person_id = find_person_by_login(session, login)
    row = session.execute(
        select(
            PersonDetails.full_name,
            PersonDetails.birth_date,
            Person.locale,
            Credential.password_hash,
            Credential.must_change,
        )
        .join(Person, Person.id == PersonDetails.person_id)
        .join(Credential, Credential.person_id == Person.id)
        .where(Person.id == person_id, Person.disabled_at.is_(None))
    ).first()
    if row is None or person_id is None:
        return None
    logins = session.scalars(select(Login.value).where(Login.person_id == person_id))
    return PasswordOwner(person_id, *row, logins=tuple(logins))


def locale_of_login(session: Session, value: str) -> str:
    """The language of the person with this login."""
    return session.scalars(select(Person.locale).join(Login).where(Login.value == value)).one()


def full_names(session: Session, person_ids: Collection[int]) -> dict[int, str]:
    """Names by person."""
    rows = session.execute(
        select(PersonDetails.person_id, PersonDetails.full_name).where(PersonDetails.person_id.in_(person_ids))
    )
    return {row.person_id: row.full_name for row in rows}


def consented(session: Session, person_ids: Collection[int], purpose: ConsentPurpose, today: date) -> frozenset[int]:
    """Those of the people for whom everybody has agreed who has to."""
    givers: dict[tuple[int, date | None], set[ConsentGiver]] = defaultdict(set)
    rows = session.execute(
        select(Consent.person_id, PersonDetails.birth_date, Consent.given_by)
        .join(PersonDetails, PersonDetails.person_id == Consent.person_id)
        .where(Consent.person_id.in_(person_ids), Consent.purpose == purpose, Consent.withdrawn_at.is_(None))
    )
    for person_id, birth_date, given_by in rows:
        givers[person_id, birth_date].add(given_by)
    return frozenset(
        person_id
        for (person_id, birth_date), found in givers.items()
        if is_consented(frozenset(found), birth_date, today)
    )


def consent_columns(
    person_id: SQLColumnExpression[int], purpose: ConsentPurpose | BindParameter[ConsentPurpose]
) -> tuple[ScalarSelect[Any], ScalarSelect[Any]]:
    """Two columns about a person that a statement names, for `is_consent_given`: birth date, and who has agreed."""
    birth_date = select(PersonDetails.birth_date).where(PersonDetails.person_id == person_id)
    comma: Any = literal_column("','")  # a string would become a parameter, which a direct statement can't fill in
    givers = select(func.aggregate_strings(cast(Consent.given_by, String), comma)).where(
        Consent.person_id == person_id, Consent.purpose == purpose, Consent.withdrawn_at.is_(None)
    )
    return birth_date.scalar_subquery(), givers.scalar_subquery()


def is_consent_given(birth_date: date | None, givers: str | None, today: date) -> bool:
    """Whether everybody has agreed who has to, as the `consent_columns` say."""
    if givers is None:
        return False
    return is_consented(frozenset(ConsentGiver(giver) for giver in givers.split(",")), birth_date, today)


_CONSENT = DirectStep(select(*consent_columns(bindparam("person_id", type_=Integer), bindparam("purpose"))))


def has_consent(session: Session, person_id: int, purpose: ConsentPurpose, today: date) -> bool:
    """Whether everybody has agreed who has to for this person. One statement."""
    [(birth_date, givers)] = _CONSENT.rows(session, person_id=person_id, purpose=purpose)
    return is_consent_given(birth_date, givers, today)


def lacks_childs_consent(session: Session, person_id: int, today: date) -> bool:
    """Whether the guardian has agreed that a child takes part, and the child still has to."""
    birth_date = session.get_one(PersonDetails, person_id).birth_date
    givers = {row.given_by for row in _standing_consents(session, person_id).get(ConsentPurpose.TAKE_PART, [])}
    return (
        givers == {ConsentGiver.GUARDIAN}
        and birth_date is not None
        and ConsentGiver.CHILD in consents_needed(birth_date, today)
    )


def profile_of(session: Session, person_id: int, now: datetime) -> Profile:
    """Everything on the page of somebody's own account. Five statements."""
    details = session.get_one(PersonDetails, person_id)
    logins = session.execute(select(Login.kind, Login.value).where(Login.person_id == person_id).order_by(Login.id))
    return Profile(
        full_name=details.full_name,
        birth_date=details.birth_date,
        logins=[(kind, show_login(kind, value)) for kind, value in logins],
        consents=_standing_consents(session, person_id),
        sessions=_open_sessions(session, person_id, now),
        resets=_given_resets(session, person_id),
    )


def _standing_consents(session: Session, person_id: int) -> dict[ConsentPurpose, list[Consent]]:
    rows = session.scalars(
        select(Consent).where(Consent.person_id == person_id, Consent.withdrawn_at.is_(None)).order_by(Consent.id)
    )
    consents: dict[ConsentPurpose, list[Consent]] = defaultdict(list)
    for row in rows:
        consents[row.purpose].append(row)
    return dict(consents)


def _open_sessions(session: Session, person_id: int, now: datetime) -> list[OpenSession]:
    rows = session.execute(
        select(PersonSession.id, PersonSession.user_agent, PersonSession.created_at)
        .where(PersonSession.person_id == person_id, PersonSession.revoked_at.is_(None), PersonSession.expires_at > now)
        .order_by(PersonSession.created_at.desc(), PersonSession.id.desc())
    )
    return [OpenSession(row.id, device_name(row.user_agent), row.created_at) for row in rows]


def _given_resets(session: Session, person_id: int) -> list[GivenReset]:
    rows = session.execute(
        select(PersonDetails.full_name, ResetCode.issued_at)
        .join(ResetCode, ResetCode.issued_by == PersonDetails.person_id)
        .where(ResetCode.person_id == person_id)
        .order_by(ResetCode.issued_at.desc(), ResetCode.id.desc())
        .limit(5)
    )
    return [GivenReset(*row) for row in rows]


def verified_addresses(session: Session, person_ids: Collection[int]) -> dict[int, str]:
    """The e-mail address of each of these people who has proved one and may sign in. One statement."""
    rows = session.execute(
        select(Login.person_id, Login.value)
        .join(Person, Person.id == Login.person_id)
        .where(
            Login.person_id.in_(person_ids),
            Login.kind == LoginKind.EMAIL,
            Login.verified_at.is_not(None),
            Person.disabled_at.is_(None),
        )
        .order_by(Login.id.desc())
    )
    return {row.person_id: row.value for row in rows}
