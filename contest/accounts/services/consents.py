"""Consents: given, proved, withdrawn."""

from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from contest.accounts.domain import ConsentGiver, ConsentPurpose, consents_needed
from contest.accounts.models import Consent, PersonDetails
from contest.errors import DomainError
from contest.i18n import local

TEXT_VERSION = "2026-01"


def give_consent(
    session: Session,
    now: datetime,
    person_id: int,
    purpose: ConsentPurpose,
    *,
    guardian_name: str = "",
    proof: str = "form:account",
) -> frozenset[ConsentGiver]:
    """Record the consents that somebody of this age needs for `purpose`, in place of earlier ones.

    Returns who gave them. Raises `guardian_missing` when a guardian has to agree and isn't named.
    """
    details = session.get_one(PersonDetails, person_id)
    givers = _givers(details.birth_date, now)
    if ConsentGiver.GUARDIAN in givers and not guardian_name:
        raise DomainError("guardian_missing", field="guardian_name")
    withdraw_consent(session, now, person_id, purpose)
    for giver in sorted(givers):
        name = guardian_name if giver is ConsentGiver.GUARDIAN else details.full_name
        record_consent(session, now, person_id, purpose, giver, name, proof)
    return givers


def agree_as_child(session: Session, now: datetime, person_id: int) -> None:
    """The child's own consent to take part, besides the guardian's that the school holds."""
    name = session.get_one(PersonDetails, person_id).full_name
    record_consent(session, now, person_id, ConsentPurpose.TAKE_PART, ConsentGiver.CHILD, name, "form:first sign-in")


def _givers(birth_date: date | None, now: datetime) -> frozenset[ConsentGiver]:
    """Somebody whose birth date isn't known is on a committee, and grown up."""
    return consents_needed(birth_date, local(now).date()) if birth_date else frozenset({ConsentGiver.SELF})


def record_consent(
    session: Session,
    now: datetime,
    person_id: int,
    purpose: ConsentPurpose,
    giver: ConsentGiver,
    giver_name: str,
    proof: str,
) -> None:
    """One consent of one giver to the text in force."""
    session.add(
        Consent(
            person_id=person_id,
            purpose=purpose,
            given_by=giver,
            giver_name=giver_name,
            text_version=TEXT_VERSION,
            proof=proof,
            given_at=now,
        )
    )
    session.flush()


def withdraw_consent(session: Session, now: datetime, person_id: int, purpose: ConsentPurpose) -> None:
    """End every consent for `purpose` that stands. The rows stay as proof."""
    session.execute(
        update(Consent)
        .where(Consent.person_id == person_id, Consent.purpose == purpose, Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )
