"""How records are linked: pure functions from values to digests, and what a check of a chain finds."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
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
    GAP = "gap"
    TRUNCATED = "truncated"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault and the sequence number at which it shows."""

    fault: Fault
    seq: int


def canonical(value: object) -> str:
    """The one text of a JSON value: sorted keys, no spaces, Unicode as it is."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def link_digest(link: Link) -> str:
    """SHA-256 of the record's canonical text, the previous digest included."""
    text = canonical(
        [
            link.scope,
            link.seq,
            link.at.isoformat(timespec="microseconds"),
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
        if link.seq != expected:
            findings.append(Finding(Fault.GAP, expected))
        elif link.previous != previous or link_digest(link) != stored:
            findings.append(Finding(Fault.CHANGED, link.seq))
        previous, expected = stored, link.seq + 1
    if expected != length + 1 or (previous != head and not findings):
        findings.append(Finding(Fault.TRUNCATED, expected))
    return findings
