"""Signed-in browsers and the password that opens them."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from contest.accounts.models import Credential, PersonSession
from contest.accounts.queries import token_digest

SESSION_LENGTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A session that was just opened. `token` is for its cookie and kept nowhere else."""

    id: int
    token: str


def open_session(session: Session, now: datetime, person_id: int, user_agent: str = "") -> OpenedSession:
    """Sign a browser in."""
    token = secrets.token_urlsafe(32)
    row = PersonSession(
        person_id=person_id,
        token_hash=token_digest(token),
        created_at=now,
        expires_at=now + SESSION_LENGTH,
        user_agent=user_agent[:200],
    )
    session.add(row)
    session.flush()
    return OpenedSession(row.id, token)


def close_session(session: Session, now: datetime, session_id: int) -> None:
    """Sign one browser out."""
    session.execute(
        update(PersonSession)
        .where(PersonSession.id == session_id, PersonSession.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def revoke_sessions(session: Session, now: datetime, person_id: int, keep_id: int | None = None) -> None:
    """Sign a person out everywhere, but for the browser `keep_id`."""
    session.execute(
        update(PersonSession)
        .where(
            PersonSession.person_id == person_id,
            PersonSession.revoked_at.is_(None),
            PersonSession.id != (keep_id or 0),
        )
        .values(revoked_at=now)
    )


def change_password(
    session: Session, now: datetime, person_id: int, password_hash: str, keep_id: int | None = None
) -> None:
    """A new password that its owner chose; every other browser is signed out."""
    session.execute(
        update(Credential)
        .where(Credential.person_id == person_id)
        .values(password_hash=password_hash, must_change=False, changed_at=now)
    )
    revoke_sessions(session, now, person_id, keep_id)


def renew_hash(session: Session, person_id: int, old_hash: str, new_hash: str) -> None:
    """Keep the same password under today's parameters, unless it was changed meanwhile."""
    session.execute(
        update(Credential)
        .where(Credential.person_id == person_id, Credential.password_hash == old_hash)
        .values(password_hash=new_hash)
    )
