"""Tables of people. Personal details stand apart, so that attempts and scores never carry them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from contest.accounts.domain import ConsentGiver, ConsentPurpose, LoginKind
from contest.db import Base, text_enum


class Person(Base):
    """Somebody with an account."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    is_admin: Mapped[bool] = mapped_column(default=False)
    locale: Mapped[str] = mapped_column(String(5), default="vi")
    disabled_at: Mapped[datetime | None]


class PersonDetails(Base):
    """What is known of a person. `sort_key` orders names the Vietnamese way; `search_key` has no tones."""

    __tablename__ = "person_details"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    full_name: Mapped[str] = mapped_column(String)
    sort_key: Mapped[str] = mapped_column(String, index=True)
    search_key: Mapped[str] = mapped_column(String)
    birth_date: Mapped[date | None]


class Login(Base):
    """A phone number (E.164), an e-mail address (lower case) or an issued code that names one person.

    `verified_at` is when its owner first typed a code that was mailed to the address; before, it may be a typing error.
    """

    __tablename__ = "login"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[LoginKind] = mapped_column(text_enum(LoginKind))
    value: Mapped[str] = mapped_column(String(254), unique=True)
    created_at: Mapped[datetime]
    verified_at: Mapped[datetime | None]


class Credential(Base):
    """The argon2id hash of a person's password. `must_change`: it was given out by somebody else."""

    __tablename__ = "credential"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]


class PersonSession(Base):
    """One signed-in browser. The cookie holds a random token, the table its SHA-256."""

    __tablename__ = "person_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    user_agent: Mapped[str] = mapped_column(String(200), default="")


class Consent(Base):
    """One consent, with the proof of it. Withdrawing fills `withdrawn_at`; the row stays."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_person_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[ConsentPurpose] = mapped_column(text_enum(ConsentPurpose))
    given_by: Mapped[ConsentGiver] = mapped_column(text_enum(ConsentGiver))
    giver_name: Mapped[str] = mapped_column(String, default="")
    text_version: Mapped[str] = mapped_column(String(20))
    proof: Mapped[str] = mapped_column(String)
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class ResetCode(Base):
    """A one-time code that lets a person set a new password, and who gave it out after which check."""

    __tablename__ = "reset_code"
    __table_args__ = (
        Index(
            "uq_reset_code_person_unused",
            "person_id",
            unique=True,
            sqlite_where=text("used_at IS NULL"),
            postgresql_where=text("used_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    code_hash: Mapped[str] = mapped_column(String(64))
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    check_note: Mapped[str] = mapped_column(String, default="")
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)


class RateCounter(Base):
    """How often a thing was tried in one window, counted by account or by address on every host together."""

    __tablename__ = "rate_counter"
    __table_args__ = (UniqueConstraint("key", "window"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120))
    window: Mapped[int]
    count: Mapped[int]
