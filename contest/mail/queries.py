"""Reading the outbox."""

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from contest.errors import NotFound
from contest.mail.models import OutboxMessage
from contest.paging import Page, page_of


def outbox(session: Session, *, words: str = "", is_oldest_first: bool = False, number: int = 1) -> Page[OutboxMessage]:
    """Messages whose recipient or subject holds the words. Two statements."""
    statement = select(OutboxMessage)
    if words:
        columns = (OutboxMessage.recipient, OutboxMessage.subject)
        statement = statement.where(or_(*(column.icontains(words, autoescape=True) for column in columns)))
    order = OutboxMessage.id.asc() if is_oldest_first else OutboxMessage.id.desc()
    return page_of(session, statement.order_by(order), number, make=_message)


def get_message(session: Session, message_id: int) -> OutboxMessage:
    """One message. Raises `NotFound`."""
    message = session.get(OutboxMessage, message_id)
    if message is None:
        raise NotFound
    return message


def _message(row: Any) -> OutboxMessage:
    message: OutboxMessage = row[0]
    return message
