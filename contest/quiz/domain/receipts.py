"""Receipts: a short code that only this installation can have made for exactly these answers at this time."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime

KEY_ID = "1"
RECEIPT_BYTES = 10


def receipt_of_save(key: bytes, attempt: str, client: str, seq: int, digest: str, received_at: datetime) -> str:
    """80 bits of HMAC-SHA256 over the save as it is stored, in groups of four characters."""
    return _receipt(key, "save", attempt, client, str(seq), digest, _instant(received_at))


def receipt_of_hand_in(key: bytes, attempt: str, digests: list[str], submitted_at: datetime) -> str:
    """The same over everything that was saved, in the order of arrival, and the moment of handing in."""
    return _receipt(key, "hand-in", attempt, *digests, _instant(submitted_at))


def _receipt(key: bytes, *parts: str) -> str:
    text = "\x1f".join((KEY_ID, *parts))
    code = base64.b32encode(hmac.new(key, text.encode(), hashlib.sha256).digest()[:RECEIPT_BYTES]).decode()
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _instant(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds")
