"""Keys derived from the operator's secrets, one per purpose. None of them is ever stored in the database."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
RECEIPT_KEY_ID = "1"
RECEIPT_BYTES = 10


class WrongKeyError(Exception):
    """What was sealed can't be opened with this installation's key."""


@dataclass(frozen=True, slots=True)
class Keys:
    """`receipt` signs receipts; `seal` and `unseal` keep a secret value that the database must not reveal."""

    receipt: bytes
    sealing: bytes

    def seal(self, value: bytes, purpose: str) -> bytes:
        """AES-256-GCM under a fresh nonce, bound to what it is for."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self.sealing).encrypt(nonce, value, purpose.encode())

    def unseal(self, sealed: bytes, purpose: str) -> bytes:
        """The value. Raises `WrongKeyError` when it was changed or sealed with another key or purpose."""
        try:
            return AESGCM(self.sealing).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], purpose.encode())
        except InvalidTag as error:
            raise WrongKeyError from error


def derive_keys(secret_key: str, identity_key: str) -> Keys:
    """The keys of an installation: HMAC-SHA256 of the purpose under the operator's secret."""
    return Keys(receipt=_derived(secret_key, "receipt/1"), sealing=_derived(identity_key, "sealing/1"))


def receipt_code(key: bytes, *parts: str | datetime) -> str:
    """A short code that only this installation can have made of exactly these parts.

    80 bits of HMAC-SHA256, in groups of four characters that can be read aloud; instants count to the microsecond.
    """
    texts = [
        part if isinstance(part, str) else part.astimezone(UTC).isoformat(timespec="microseconds") for part in parts
    ]
    message = "\x1f".join((RECEIPT_KEY_ID, *texts))
    code = base64.b32encode(hmac.digest(key, message.encode(), "sha256")[:RECEIPT_BYTES]).decode()
    return f"{code[:4]}-{code[4:8]}-{code[8:12]}-{code[12:]}"


def _derived(secret: str, purpose: str) -> bytes:
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).digest()
