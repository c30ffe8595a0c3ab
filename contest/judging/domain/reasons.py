"""Reasons that people have to write."""

import unicodedata

from contest.errors import DomainError

MAX_REASON = 2000


def written(reason: str, field: str = "reason") -> str:
    """The reason composed, without white space around it. Raises `reason_missing`, `reason_too_long`."""
    reason = unicodedata.normalize("NFC", reason).strip()
    if not reason:
        raise DomainError("reason_missing", field=field)
    if len(reason) > MAX_REASON:
        raise DomainError("reason_too_long", field=field, max=MAX_REASON)
    return reason
