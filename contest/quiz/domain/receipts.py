"""Receipts: a short code that only this installation can have made for exactly these answers at this time."""

from datetime import datetime

from contest.keys import receipt_code


def receipt_of_save(key: bytes, attempt: str, client: str, seq: int, digest: str, received_at: datetime) -> str:
    """Of the save as it is stored."""
    return receipt_code(key, "save", attempt, client, str(seq), digest, received_at)


def receipt_of_hand_in(key: bytes, attempt: str, digests: list[str], submitted_at: datetime) -> str:
    """Of everything that was saved, in the order of arrival, and the moment of handing in."""
    return receipt_code(key, "hand-in", attempt, *digests, submitted_at)
