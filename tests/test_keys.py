import pytest

from contest.keys import WrongKeyError, derive_keys

SECRET, IDENTITY = "s" * 40, "i" * 40
KEYS = derive_keys(SECRET, IDENTITY)


def test_what_was_sealed_is_opened_by_the_same_installation_only() -> None:
    sealed = KEYS.seal(b"seed", "set 1")
    assert derive_keys(SECRET, IDENTITY).unseal(sealed, "set 1") == b"seed"
    assert derive_keys("another", IDENTITY).unseal(sealed, "set 1") == b"seed"
    with pytest.raises(WrongKeyError):
        derive_keys(SECRET, "another").unseal(sealed, "set 1")


def test_a_seal_is_bound_to_what_it_is_for() -> None:
    with pytest.raises(WrongKeyError):
        KEYS.unseal(KEYS.seal(b"seed", "set 1"), "set 2")


@pytest.mark.parametrize("place", [0, 11, 12, -1])
def test_a_changed_seal_is_found(place: int) -> None:
    sealed = bytearray(KEYS.seal(b"seed", "set 1"))
    sealed[place] ^= 1
    with pytest.raises(WrongKeyError):
        KEYS.unseal(bytes(sealed), "set 1")


def test_equal_values_look_different_in_the_database() -> None:
    first, second = KEYS.seal(b"seed", "set 1"), KEYS.seal(b"seed", "set 1")
    assert first != second
    assert b"seed" not in first


def test_no_key_is_a_secret_itself_or_serves_two_purposes() -> None:
    same = derive_keys(SECRET, SECRET)
    assert len({same.receipt, same.sealing, SECRET.encode()}) == 3
    assert len(KEYS.receipt) == len(KEYS.sealing) == 32
