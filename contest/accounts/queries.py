"""Reading people and their sessions."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.models import Credential, Person, PersonDetails, PersonSession


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What every page needs to know of the person who opened it."""

    person_id: int
    session_id: int
    full_name: str
    locale: str
    is_admin: bool
    must_change_password: bool


def token_digest(token: str) -> str:
    """What the table keeps of a session's token: SHA-256, since the token itself is random."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_signed_in(session: Session, token: str, now: datetime) -> SignedIn | None:
    """The person of a session that is neither over nor revoked. One statement."""
    row = session.execute(
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
            PersonSession.token_hash == token_digest(token),
            PersonSession.revoked_at.is_(None),
            PersonSession.expires_at > now,
            Person.disabled_at.is_(None),
        )
    ).first()
    return SignedIn(*row) if row else None
