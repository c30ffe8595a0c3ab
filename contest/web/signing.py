"""What signs cookies and form tokens: itsdangerous and its format, with the key derived once, not for every value."""

import hashlib
import hmac
from functools import cached_property

from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode, want_bytes


class Signer(TimestampSigner):
    """Signs with one key that never changes. Threads may share it."""

    @cached_property
    def _begun(self) -> "hmac.HMAC":
        return hmac.new(self.derive_key(), digestmod=hashlib.sha1)

    def get_signature(self, value: str | bytes) -> bytes:
        """The signature in letters."""
        signature = self._begun.copy()
        signature.update(want_bytes(value))
        return base64_encode(signature.digest())

    def verify_signature(self, value: str | bytes, sig: str | bytes) -> bool:
        """Whether it is the one that we would write, compared in constant time."""
        return hmac.compare_digest(self.get_signature(value), want_bytes(sig))


class Serializer(URLSafeTimedSerializer):
    """Values that carry their signature and the time of signing, signed by one signer under one salt."""

    default_signer = Signer

    @cached_property
    def _signer(self) -> TimestampSigner:
        signer = super().make_signer()
        assert isinstance(signer, TimestampSigner)
        return signer

    def make_signer(self, salt: str | bytes | None = None) -> TimestampSigner:  # noqa: ARG002 # there is but one
        """The one signer."""
        return self._signer
