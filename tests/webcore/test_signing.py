"""What our own signer writes and reads is what itsdangerous writes and reads."""

import hashlib
from typing import Any

import pytest
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from contest.web.signing import Serializer

HOW: list[dict[str, Any]] = [{}, {"key_derivation": "hmac", "digest_method": hashlib.sha1}]
VALUES = ["a", "đến 23:59", {"word": "nghe", "list": [1, None, True]}, "long " * 500]


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("value", VALUES)
def test_either_reads_what_the_other_wrote(value: object, how: dict[str, Any]) -> None:
    ours = Serializer("a key", "a salt", signer_kwargs=how)
    theirs = URLSafeTimedSerializer("a key", "a salt", signer_kwargs=how)
    assert theirs.loads(ours.dumps(value), max_age=60) == value
    assert ours.loads(theirs.dumps(value), max_age=60) == value


@pytest.mark.parametrize(("key", "salt"), [("another key", "a salt"), ("a key", "another salt")])
def test_another_key_or_salt_is_not_believed(key: str, salt: str) -> None:
    with pytest.raises(BadSignature):
        Serializer("a key", "a salt").loads(URLSafeTimedSerializer(key, salt).dumps("a"))


def test_no_sign_of_it_may_change() -> None:
    ours = Serializer("a key", "a salt")
    written = ours.dumps("a word")
    for place, sign in enumerate(written):
        with pytest.raises(BadSignature):
            ours.loads(written[:place] + ("A" if sign != "A" else "B") + written[place + 1 :])
    for piece in ("", ".", "..", "đ", written[:-1], written + "A", written.rpartition(".")[0]):
        with pytest.raises(BadSignature):
            ours.loads(piece)


def test_it_grows_old() -> None:
    ours = Serializer("a key", "a salt")
    with pytest.raises(SignatureExpired):
        ours.loads(ours.dumps("a"), max_age=-1)
