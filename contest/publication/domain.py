"""What may be shown of people and units, and the exact text that a digest of a list is made over."""

import hashlib
import json
from collections.abc import Iterable, Sequence

from contest.i18n import nfc

SMALLEST_UNIT = 5
"""With fewer people than this, the name of a unit would tell who somebody is."""


def masked_name(full_name: str) -> str:
    """Initials and the given name: `N. T. Hằng`. A name of one word keeps only its initial."""
    *rest, given = nfc(full_name).split(" ")
    if not rest:
        return f"{given[:1].upper()}."
    return " ".join([*(f"{part[0].upper()}." for part in rest), given])


def shown_unit(name: str, participants: int) -> str:
    """The unit's name where enough of its people took part, else nothing."""
    return name if participants >= SMALLEST_UNIT else ""


def rows_digest(rows: Iterable[Sequence[object]]) -> str:
    """SHA-256 over the rows in their order, each as one line of JSON."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n")
    return digest.hexdigest()
