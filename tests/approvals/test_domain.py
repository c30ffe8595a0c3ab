import pytest

from contest.approvals.domain import ActKind, kind_of, register_kind
from contest.errors import NotFound


def test_a_kind_is_found_by_its_code() -> None:
    kind = ActKind("thu", "Thử", frozenset({"organizer"}), lambda *_: {}, lambda _: [], lambda *_: None)
    register_kind(kind)
    assert kind_of("thu") is kind
    with pytest.raises(NotFound):
        kind_of("khong-co")
