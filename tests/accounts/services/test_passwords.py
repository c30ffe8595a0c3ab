"""Hashing: the parameters, composed text, and the bound on hashes in flight."""

import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from argon2 import PasswordHasher

from contest.accounts.services import passwords


@pytest.fixture(autouse=True)
def bound_again() -> Iterator[None]:
    yield
    passwords.bound(2)


def test_the_hash_is_argon2id_with_the_promised_cost() -> None:
    assert passwords.hash_password("núi Mẫu Sơn").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_password_is_right_from_every_keyboard() -> None:
    stored = passwords.hash_password("quá-khứ-xanh-7")
    assert passwords.is_right_password(unicodedata.normalize("NFD", "quá-khứ-xanh-7"), stored)
    assert not passwords.is_right_password("qua-khu-xanh-7", stored)


@pytest.mark.parametrize("stored", [None, "", "not a hash"])
def test_without_a_hash_no_password_is_right(stored: str | None) -> None:
    assert not passwords.is_right_password("quá-khứ-xanh-7", stored)


def test_hashes_of_other_parameters_are_outdated() -> None:
    assert passwords.is_outdated(PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash("x"))
    assert not passwords.is_outdated(passwords.hash_password("x"))


def test_given_passwords_are_different_and_right() -> None:
    first, second = passwords.given_passwords(2)
    assert first.plain != second.plain
    assert passwords.is_right_password(first.plain, first.hash)


class Gate:
    """A hasher that waits inside, and notes how many are there at once."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.entered = threading.Semaphore(0)
        self.inside = self.most = 0
        self._lock = threading.Lock()

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.entered.release()
        yield
        with self._lock:
            self.inside -= 1

    def hash(self, _plain: str) -> str:
        with self._counted():
            self.open.wait(30)
        return "done"


def test_so_many_hashes_at_once_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    gate, results = Gate(), []
    monkeypatch.setattr(passwords, "_hasher", gate)
    passwords.bound(2, wait_seconds=30)
    threads = [threading.Thread(target=lambda: results.append(passwords.hash_password("x"))) for _ in range(6)]
    for thread in threads:
        thread.start()
    assert gate.entered.acquire(timeout=30)
    assert gate.entered.acquire(timeout=30)
    assert not gate.entered.acquire(timeout=0.2)
    gate.open.set()
    for thread in threads:
        thread.join(30)
    assert (results, gate.most) == (["done"] * 6, 2)


def test_who_waits_too_long_is_told_that_it_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Gate()
    monkeypatch.setattr(passwords, "_hasher", gate)
    passwords.bound(1, wait_seconds=0.01)
    first = threading.Thread(target=passwords.hash_password, args=("x",))
    first.start()
    assert gate.entered.acquire(timeout=30)
    with pytest.raises(passwords.Busy) as caught:
        passwords.hash_password("y")
    gate.open.set()
    first.join(30)
    assert (caught.value.code, caught.value.status) == ("busy", 503)
