"""How records are linked: pure functions from values to digests, and what a check of a chain finds."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """One record as the chain sees it."""

    scope: int
    seq: int
    at: datetime
    actor_id: int | None
    act: str
    subject: str
    facts: Mapping[str, object]
    detail_digest: str | None
    previous: str


class Fault(StrEnum):
    """What can be wrong with a chain."""

    CHANGED = "changed"
    DETAIL = "detail"
    GAP = "gap"
    TRUNCATED = "truncated"
    REWRITTEN = "rewritten"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault and the sequence number at which it shows."""

    fault: Fault
    seq: int


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ended when somebody looked: how many records, and the digest of the last."""

    length: int
    digest: str


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """What a check of one chain found. `stored` is the head it was held against, if somebody had kept one."""

    head: Head
    findings: list[Finding]
    stored: Head | None


def canonical(value: object) -> str:
    """The one text of a JSON value: sorted keys, no spaces, Unicode as it is."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def link_digest(link: Link) -> str:
    """SHA-256 of the record's canonical text, the previous digest included."""
    text = canonical(
        [
            link.scope,
            link.seq,
            link.at.astimezone(UTC).isoformat(timespec="microseconds"),
            link.actor_id,
            link.act,
            link.subject,
            dict(link.facts),
            link.detail_digest,
            link.previous,
        ]
    )
    return hashlib.sha256(text.encode()).hexdigest()


def detail_digest(salt: str, detail: Mapping[str, object]) -> str:
    """Salted, so that a deleted detail can't be guessed back from the chain."""
    return hashlib.sha256(f"{salt}{canonical(dict(detail))}".encode()).hexdigest()


def check_chain(links: Iterable[tuple[Link, str]], length: int, head: str) -> list[Finding]:
    """Faults of a chain of `(link, stored digest)` in order of sequence, against its stored length and head."""
    findings = []
    previous, expected = GENESIS, 1
    for link, stored in links:
        is_next = link.seq == expected
        if not is_next:
            findings.append(Finding(Fault.GAP, expected))
        if link_digest(link) != stored or (is_next and link.previous != previous):
            findings.append(Finding(Fault.CHANGED, link.seq))
        previous, expected = stored, link.seq + 1
    if expected != length + 1 or (previous != head and not findings):
        findings.append(Finding(Fault.TRUNCATED, expected))
    return findings


def check_head(stored: Head, digest_there: str | None) -> list[Finding]:
    """Faults against a head that was written down: `digest_there` is the chain's digest at that length, if any."""
    if digest_there is None:
        return [Finding(Fault.TRUNCATED, stored.length)]
    return [] if digest_there == stored.digest else [Finding(Fault.REWRITTEN, stored.length)]
