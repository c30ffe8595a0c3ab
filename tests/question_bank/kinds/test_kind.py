import pytest

from question_bank.kinds import UnknownKind, kind_codes, kind_of


def test_the_kinds_are_known():
    assert kind_codes() == ("essay", "multiple", "single", "true_false")


def test_an_unknown_code_is_refused():
    with pytest.raises(UnknownKind):
        kind_of("riddle")
