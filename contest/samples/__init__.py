"""What a first start shows: sample contests, and an account for each role. Only for this machine's own eyes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from contest.accounts.models import Login, Person
from contest.accounts.services import add_person, hash_password


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """Somebody to sign in as."""

    role: str
    name: str
    login: str
    password: str


ACCOUNTS = (SampleAccount("Quản trị hệ thống", "Hoàng Văn Thụ", "quantri", "mau-quan-tri-2026"),)


def is_empty(session: Session) -> bool:
    """Whether nobody has an account yet."""
    return not session.scalar(select(exists().select_from(Person)))


def are_loaded(session: Session) -> bool:
    """Whether the accounts of the samples are there."""
    return bool(session.scalar(select(exists().where(Login.value == ACCOUNTS[0].login))))


def load(session: Session, now: datetime) -> None:
    """Fill an empty database."""
    for account in ACCOUNTS:
        password_hash = hash_password(account.password)
        add_person(
            session, now, login=account.login, full_name=account.name, password_hash=password_hash, is_admin=True
        )
