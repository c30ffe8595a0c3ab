"""Whom a session's token signs in, without the seats that a request reads with it."""

from datetime import datetime

from sqlalchemy.orm import Session

from contest.accounts.queries import SIGNED_IN, SignedIn, token_digest


def find_signed_in(session: Session, token: str, now: datetime) -> SignedIn | None:
    row = session.execute(SIGNED_IN, {"token_hash": token_digest(token), "now": now}).first()
    return SignedIn(*row) if row else None
