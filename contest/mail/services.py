"""Writing to the outbox."""

from datetime import datetime

from sqlalchemy.orm import Session

from contest.mail.models import OutboxMessage


def queue(session: Session, now: datetime, recipient: str, subject: str, body: str) -> OutboxMessage:
    """Put a plain-text message in the outbox; it is sent soon after the unit of work has committed."""
    message = OutboxMessage(recipient=recipient, subject=subject, body=body, created_at=now, next_try_at=now)
    session.add(message)
    session.flush()
    return message
