"""Getting back in without the password: one-time codes by mail, from the school or from the secretary.

A code has eight signs, a letter and seven of an alphabet of 31: 23 * 31**7, about 6.3 * 10**11 codes. It dies after
`MAXIMUM_TRIES` wrong ones, wherever they come from, so somebody who uses them all up guesses it with a chance of one in
60 million; then a new one can be asked for at once. One address has `RESET_BY_PAIR` tries an hour for one login: to
kill a code within an hour takes a thousand addresses, and nothing that a stranger does shuts the door for the owner.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from contest.accounts.domain import LoginKind, LoginName, random_code, read_code, show_code
from contest.accounts.models import Credential, Login, Person, ResetCode
from contest.accounts.services.sessions import change_password
from contest.actors import Actor
from contest.errors import DomainError, NotFound
from contest.mail.services import queue

CODE_LENGTH = 8
VALID_FOR = timedelta(hours=72)
FRESH_FOR = timedelta(minutes=10)
MAXIMUM_TRIES = 10_000

ComposeReset = Callable[[str, str], tuple[str, str]]  # locale and code in, subject and body out

_key = b""


def use_key(secret_key: str) -> None:
    """Take the key under which codes are stored: without it, a stolen table doesn't give them away."""
    global _key  # noqa: PLW0603 # set when the application is composed
    _key = hashlib.sha256(b"reset code\0" + secret_key.encode()).digest()


def issue_reset_code(session: Session, actor: Actor, now: datetime, *, person_id: int, check_note: str) -> str:
    """A one-time code for somebody whom the actor has recognised, as `check_note` says; replaces an earlier one.

    Who may do this for whom is decided by the caller, who writes the record, too.
    """
    if not check_note.strip():
        raise DomainError("check_note_missing", field="check_note")
    person = session.get(Person, person_id)
    if person is None or person.disabled_at is not None:
        raise NotFound
    _lock_codes(session, person_id)
    return _new_code(session, now, person_id, issued_by=actor.person_id, check_note=check_note.strip())


def request_reset_by_mail(session: Session, now: datetime, login: LoginName, compose: ComposeReset) -> None:
    """Mail a code to the address, if somebody has it as their login. Whoever asks learns nothing from it.

    A code that was given out less than `FRESH_FOR` ago stays the only one, lest a stranger who asks voids it.
    """
    person = session.scalar(
        select(Person)
        .join(Login, Login.person_id == Person.id)
        .where(Login.value == login.value, Login.kind == LoginKind.EMAIL, Person.disabled_at.is_(None))
    )
    if person is None:
        return
    _lock_codes(session, person.id)
    if not _has_fresh_code(session, now, person.id):
        queue(session, now, login.value, *compose(person.locale, _new_code(session, now, person.id)))


def _lock_codes(session: Session, person_id: int) -> None:
    session.scalar(select(Credential.person_id).where(Credential.person_id == person_id).with_for_update())


def _has_fresh_code(session: Session, now: datetime, person_id: int) -> bool:
    fresh = select(ResetCode.id).where(
        ResetCode.person_id == person_id,
        ResetCode.used_at.is_(None),
        ResetCode.tries < MAXIMUM_TRIES,
        ResetCode.issued_at > now - FRESH_FOR,
    )
    return session.scalar(fresh.limit(1)) is not None


def _new_code(
    session: Session, now: datetime, person_id: int, issued_by: int | None = None, check_note: str = ""
) -> str:
    session.execute(
        update(ResetCode).where(ResetCode.person_id == person_id, ResetCode.used_at.is_(None)).values(used_at=now)
    )
    code = random_code(CODE_LENGTH, secrets.choice)
    session.add(
        ResetCode(
            person_id=person_id,
            code_hash=_code_hash(code),
            issued_by=issued_by,
            check_note=check_note,
            issued_at=now,
            expires_at=now + VALID_FOR,
        )
    )
    session.flush()
    return show_code(code)


def tried_code(session: Session, now: datetime, login: str, typed: str) -> int | None:
    """The id of the code that was typed for the login in its stored form, or None.

    Each try counts: commit it before going on.
    """
    row = session.scalar(
        update(ResetCode)
        .where(
            ResetCode.person_id == select(Login.person_id).where(Login.value == login).scalar_subquery(),
            ResetCode.used_at.is_(None),
            ResetCode.expires_at > now,
            ResetCode.tries < MAXIMUM_TRIES,
        )
        .values(tries=ResetCode.tries + 1)
        .returning(ResetCode)
    )
    is_right = hmac.compare_digest(row.code_hash if row else "", _code_hash(read_code(typed)))
    return row.id if row and is_right else None


def set_password_by_code(session: Session, now: datetime, code_id: int, password_hash: str) -> int:
    """Use up the code and set the new password; signs out every browser. Returns the person's id.

    Whoever knows a code that was mailed reads the mail of that address: it is verified from then on.
    """
    used = session.execute(
        update(ResetCode)
        .where(ResetCode.id == code_id, ResetCode.used_at.is_(None), ResetCode.expires_at > now)
        .values(used_at=now)
        .returning(ResetCode.person_id, ResetCode.issued_by)
    ).first()
    if used is None:
        raise DomainError("code_wrong", field="code")
    if used.issued_by is None:
        mailed = (Login.person_id == used.person_id, Login.kind == LoginKind.EMAIL, Login.verified_at.is_(None))
        session.execute(update(Login).where(*mailed).values(verified_at=now))
    person_id: int = used.person_id
    change_password(session, now, person_id, password_hash)
    return person_id


def _code_hash(code: str) -> str:
    assert _key, "use_key() comes first"
    return hmac.new(_key, code.encode(), hashlib.sha256).hexdigest()
