"""Keys derived from the operator's secrets, one per purpose. None of them is ever stored in the database."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


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


def _derived(secret: str, purpose: str) -> bytes:
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).digest()
