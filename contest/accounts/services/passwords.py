"""Hashing passwords with argon2id, a bounded number at once, and never inside a transaction."""

import secrets
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from contest.accounts.domain import random_code
from contest.errors import DomainError

MEMORY_KIB, PASSES, LANES = 19 * 1024, 2, 1
WAIT_SECONDS = 5.0
GIVEN_PASSWORD_LENGTH = 10

_hasher = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)
_dummy_hash = _hasher.hash(secrets.token_urlsafe())


class Busy(DomainError):
    """Too many people are signing in at this moment; trying again shortly helps."""

    status = 503

    def __init__(self) -> None:
        super().__init__("busy")


@dataclass(frozen=True, slots=True)
class GivenPassword:
    """A password made for somebody else: what the slip says, and what the table keeps."""

    plain: str
    hash: str


class _Slots:
    """Places for hashes in flight, so that a rush of sign-ins leaves the processor to answers being saved."""

    def __init__(self, count: int, wait_seconds: float) -> None:
        self._free = threading.BoundedSemaphore(count)
        self._wait_seconds = wait_seconds

    @contextmanager
    def one(self) -> Iterator[None]:
        if not self._free.acquire(timeout=self._wait_seconds):
            raise Busy
        try:
            yield
        finally:
            self._free.release()


_slots = _Slots(2, WAIT_SECONDS)


def bound(hashes_in_flight: int, wait_seconds: float = WAIT_SECONDS) -> None:
    """Allow so many hashes at once in this process; who waits longer for a place is told `busy`."""
    global _slots  # noqa: PLW0603 # a process has one processor to protect, set when the application is composed
    _slots = _Slots(hashes_in_flight, wait_seconds)


def hash_password(plain: str) -> str:
    """The argon2id hash. Takes about 25 ms: call it before the unit of work. Raises `Busy`."""
    with _slots.one():
        return _hasher.hash(_composed(plain))


def is_right_password(plain: str, stored: str | None) -> bool:
    """Whether `plain` is the password; without a stored hash it takes as long and says no. Raises `Busy`."""
    with _slots.one():
        try:
            return _hasher.verify(stored or _dummy_hash, _composed(plain)) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def given_passwords(count: int) -> list[GivenPassword]:
    """Random passwords for people who get theirs on a slip: easy to read, about 50 bits each."""
    plain = [random_code(GIVEN_PASSWORD_LENGTH, secrets.choice).lower() for _ in range(count)]
    return [GivenPassword(text, hash_password(text)) for text in plain]


def _composed(plain: str) -> str:
    """The same password from every keyboard: some send the tone as a sign of its own."""
    return unicodedata.normalize("NFC", plain)
