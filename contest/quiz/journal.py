"""The answer journal: one statement per save, on an autocommit connection, in both dialects.

It and handing in, which writes the last answers with the state, are the only writes outside a unit of work. A save
checks the session, the owner, the state and the time while it holds the attempt's row `FOR SHARE`; handing in updates
that row. So a save is either seen by marking or refused.
What comes too late is stored all the same, as evidence. No page of ours makes thousands of saves; they are refused,
so that nobody fills the disk or the memory in which their attempt is marked. Long saves are counted by their bytes,
too: five hours of writing an essay of 16,000 bytes, saved every 10 s, are 29 MB.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine

from contest.db import done_directly
from contest.quiz.domain.answers import Batch

MAX_SAVES = 3000
LONG_BYTES = 4_000
"""Only saves that are longer ask for the bytes of the others: short ones can't come to more than 12 MB."""
MAX_BYTES = 32_000_000
"""Of an attempt's journal, before another long save is refused."""

_INSERT = """
INSERT INTO journal (attempt_id, client, seq, received_at, payload, ages, digest, is_late)
SELECT a.id, {client}, {seq}, {now}, {payload}, {ages}, {digest}, a.state <> 'open' OR a.accepts_until < {now}
FROM attempt a JOIN person_session s ON s.person_id = a.person_id
WHERE a.public_id = {attempt} AND s.token_hash = {token} AND s.revoked_at IS NULL AND s.expires_at > {now}
AND (SELECT count(*) FROM journal j WHERE j.attempt_id = a.id) < {most}
AND ({size} <= {long}
  OR (SELECT coalesce(sum({length}(j.payload)), 0) FROM journal j WHERE j.attempt_id = a.id) < {all})
{lock}
ON CONFLICT (attempt_id, client, seq) DO NOTHING
RETURNING is_late, (SELECT deadline_at FROM attempt WHERE attempt.id = journal.attempt_id)
"""

_EXPLAIN = """
SELECT s.id, a.person_id = s.person_id, a.deadline_at, j.received_at, j.digest, j.is_late
FROM (SELECT 1 AS one) seed
LEFT JOIN person_session s ON s.token_hash = {token} AND s.revoked_at IS NULL AND s.expires_at > {now}
LEFT JOIN attempt a ON a.public_id = {attempt}
LEFT JOIN journal j ON j.attempt_id = a.id AND j.client = {client} AND j.seq = {seq}
"""

_HAND_IN = """
UPDATE attempt SET state = 'submitted', submitted_at = {now}
WHERE public_id = {attempt} AND state = 'open' AND accepts_until >= {now} AND person_id = (
  SELECT person_id FROM person_session WHERE token_hash = {token} AND revoked_at IS NULL AND expires_at > {now})
RETURNING id
"""

_HAND_IN_WITH_ANSWERS = """
WITH handed_in AS ({alone}), stored AS (
  INSERT INTO journal (attempt_id, client, seq, received_at, payload, ages, digest, is_late)
  SELECT id, {client}, {seq}, {now}, {payload}, {ages}, {digest}, false FROM handed_in
  ON CONFLICT (attempt_id, client, seq) DO NOTHING)
SELECT id FROM handed_in
""".replace("{alone}", _HAND_IN)

_NAMES = ("client", "seq", "now", "payload", "size", "ages", "digest", "attempt", "token")
_BOUNDS = {"most": MAX_SAVES, "long": LONG_BYTES, "all": MAX_BYTES}


def _in_dialect(statement: str, style: str, **words: str) -> str:
    return statement.format(**words, **_BOUNDS, **{name: style.format(name) for name in _NAMES})


@dataclass(frozen=True, slots=True)
class _Statements:
    """What a dialect runs. SQLite can't update and insert in one statement: it has no `hand_in_with_answers`."""

    insert: str
    explain: str
    hand_in: str
    hand_in_with_answers: str | None = None


def _written(style: str, *statements: str, lock: str, length: str) -> _Statements:
    return _Statements(*(_in_dialect(each, style, lock=lock, length=length) for each in statements))


_ALONE = (_INSERT, _EXPLAIN, _HAND_IN)
_STATEMENTS = {
    "postgresql": _written("%({})s", *_ALONE, _HAND_IN_WITH_ANSWERS, lock="FOR SHARE OF a", length="octet_length"),
    "sqlite": _written(":{}", *_ALONE, lock="", length="length"),
}


class SaveStatus(StrEnum):
    """What became of a save. `CLOSED` was stored, but only as evidence."""

    SAVED = "saved"
    CLOSED = "closed"
    CONFLICT = "conflict"
    SIGNED_OUT = "signed_out"
    MISSING = "missing"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Saved:
    """The outcome. `received_at` is that of the first arrival, also for a repeat."""

    status: SaveStatus
    received_at: datetime
    digest: str
    deadline_at: datetime | None = None


def payload_digest(payload: str) -> str:
    """SHA-256 of the canonical text of a batch."""
    return hashlib.sha256(payload.encode()).hexdigest()


def save_answers(engine: Engine, attempt: str, token_hash: str, batch: Batch, now: datetime) -> Saved:
    """Store one batch for good. When it returns, the row is on disk."""
    run = _STATEMENTS[engine.dialect.name]
    values = _values(engine, attempt, token_hash, now) | _columns(batch)
    digest = str(values["digest"])

    def insert_or_explain(cursor: Any) -> tuple[list[Any], list[Any]]:
        inserted = cursor.execute(run.insert, values).fetchall()
        return inserted, [] if inserted else cursor.execute(run.explain, values).fetchall()

    # Doing it twice is harmless: the second time the key is known.
    inserted, reasons = done_directly(engine, insert_or_explain)
    if not inserted:
        return _explained(reasons[0], digest, now)
    is_late, deadline_at = inserted[0]
    return Saved(SaveStatus.CLOSED if is_late else SaveStatus.SAVED, now, digest, _instant(deadline_at))


def hand_in(engine: Engine, attempt: str, token_hash: str, now: datetime, batch: Batch | None = None) -> bool:
    """Hand a running attempt in, for good, in one statement, with the last answers of its person; whether that was it.

    If not, anything may be: nobody is signed in, the time is over, somebody handed in before, or the database can't do
    all of it in one statement. Then `services.attempts.submit_attempt` decides.
    """
    run, values = _STATEMENTS[engine.dialect.name], _values(engine, attempt, token_hash, now)
    statement: str | None = run.hand_in
    if batch and batch.responses:
        statement, values = run.hand_in_with_answers, values | _columns(batch)
    if statement is None:
        return False
    # Doing it twice is harmless: the second time it is handed in already.
    return bool(done_directly(engine, lambda cursor: cursor.execute(statement, values).fetchall()))


def _values(engine: Engine, attempt: str, token_hash: str, now: datetime) -> dict[str, object]:
    return {"attempt": attempt, "token": token_hash, "now": _stored(now, engine.dialect.name)}


def _columns(batch: Batch) -> dict[str, object]:
    payload = batch.payload
    return {
        "client": batch.client,
        "seq": batch.seq,
        "payload": payload,
        "size": len(payload.encode()),
        "ages": batch.ages_text,
        "digest": payload_digest(payload),
    }


def _explained(row: Any, digest: str, now: datetime) -> Saved:
    """Why nothing was inserted: nobody is signed in, no such attempt of theirs, too many saves, or a known key."""
    session_id, is_owner, deadline_at, received_at, stored_digest, is_late = row
    if session_id is None:
        return Saved(SaveStatus.SIGNED_OUT, now, digest)
    if not is_owner:
        return Saved(SaveStatus.MISSING, now, digest)
    if received_at is None:
        return Saved(SaveStatus.FULL, now, digest)
    status = SaveStatus.CLOSED if is_late else SaveStatus.SAVED
    if stored_digest != digest:
        status = SaveStatus.CONFLICT
    return Saved(status, _instant(received_at), stored_digest, _instant(deadline_at))


def _stored(instant: datetime, dialect: str) -> object:
    """SQLite keeps instants as the text that SQLAlchemy writes, in UTC."""
    return instant if dialect == "postgresql" else instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def _instant(value: Any) -> datetime:
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    instant: datetime = value
    return instant.astimezone(UTC)
