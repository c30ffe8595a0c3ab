"""How often something may be tried, counted in the database so that it holds for all hosts together."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, delete, text
from sqlalchemy.orm import Session

from contest.accounts.models import RateCounter
from contest.errors import DomainError

KEEP = timedelta(days=1)

_COUNT = text(
    'INSERT INTO rate_counter (key, "window", count) VALUES (:key, :window, 1) '
    'ON CONFLICT (key, "window") DO UPDATE SET count = rate_counter.count + 1 RETURNING count'
)


class TooManyTries(DomainError):
    """Tried too often; `minutes` says how long to wait."""

    status = 429

    def __init__(self, minutes: int) -> None:
        super().__init__("too_many_tries", minutes=minutes)
        self.minutes = minutes


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries of one action in each window of `minutes`."""

    action: str
    tries: int
    minutes: int

    def key(self, subject: str) -> str:
        """What is counted. Only a digest of the subject is stored: most logins tried are somebody's number."""
        return f"{self.action}:{hashlib.sha256(subject.encode()).hexdigest()[:40]}"


SIGN_IN_BY_ADDRESS = Limit("sign_in.address", 300, 1)  # a whole school stands behind one address
SIGN_IN_BY_PAIR = Limit("sign_in.pair", 10, 15)  # login and address: a stranger locks nobody out
SIGN_IN_BY_LOGIN = Limit("sign_in.login", 100, 15)  # from all addresses together
REGISTER_BY_ADDRESS = Limit("register.address", 60, 10)
RESET_REQUEST_BY_LOGIN = Limit("reset.request", 5, 60)
RESET_REQUEST_BY_ADDRESS = Limit("reset.request.address", 60, 10)
RESET_BY_PAIR = Limit("reset.pair", 10, 60)  # guessing is bounded by the code itself
RESET_BY_ADDRESS = Limit("reset.address", 60, 10)
CHANGE_BY_PERSON = Limit("change.person", 10, 15)


def count_try(session: Session, now: datetime, limit: Limit, subject: str) -> int:
    """Count one try and say how many minutes to wait: 0 while it is allowed. One statement.

    It doesn't raise, so that a refused try is committed and counted, too.
    """
    minute = int(now.timestamp()) // 60
    start = minute - minute % limit.minutes
    count: int = session.execute(_COUNT, {"key": limit.key(subject), "window": start}).scalar_one()
    return start + limit.minutes - minute if count > limit.tries else 0


def forget_tries(session: Session, limit: Limit, subject: str) -> None:
    """Start afresh after a success."""
    session.execute(delete(RateCounter).where(RateCounter.key == limit.key(subject)))


def forget_old_tries(session: Session, now: datetime) -> int:
    """Delete counters whose window is long over; returns how many."""
    oldest = int((now - KEEP).timestamp()) // 60
    result = session.execute(delete(RateCounter).where(RateCounter.window < oldest))
    assert isinstance(result, CursorResult)
    return result.rowcount
