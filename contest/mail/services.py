"""Writing to the outbox, and the tries to send."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.mail.models import OutboxMessage

PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))


def queue(session: Session, now: datetime, recipient: str, subject: str, body: str) -> OutboxMessage:
    """Put a plain-text message in the outbox; it is sent soon after the unit of work has committed."""
    message = OutboxMessage(recipient=recipient, subject=subject, body=body, created_at=now, next_try_at=now)
    session.add(message)
    session.flush()
    return message


def claim(session: Session, now: datetime) -> OutboxMessage | None:
    """The message that has waited longest for its next try.

    Claiming it puts the try after this one on the clock: nobody else sends it meanwhile, and if this process dies
    it is tried again.
    """
    message = session.scalar(
        select(OutboxMessage)
        .where(OutboxMessage.next_try_at <= now)
        .order_by(OutboxMessage.next_try_at, OutboxMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if message is not None:
        message.next_try_at = now + PAUSES[min(message.tries, len(PAUSES) - 1)]
        message.tries += 1
        session.flush()
    return message


def record_sent(session: Session, now: datetime, message_id: int) -> None:
    """The mail server has taken it over."""
    message = session.get_one(OutboxMessage, message_id)
    message.sent_at, message.next_try_at, message.fault = now, None, ""
    session.flush()


def record_fault(session: Session, message_id: int, fault: str) -> None:
    """It could not be sent this time. After the last try it is given up, and the fault stays."""
    message = session.get_one(OutboxMessage, message_id)
    message.fault = fault
    if message.tries > len(PAUSES):
        message.next_try_at = None
    session.flush()
