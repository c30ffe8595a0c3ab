import pytest

from question_bank.kinds import UnknownKind, kind_codes, kind_of, kinds


def test_an_author_chooses_from_every_kind_the_plainest_first():
    codes = [kind.code for kind in kinds()]
    assert sorted(codes) == list(kind_codes())
    assert codes[:4] == ["single", "multiple", "true_false", "statements"]
    assert {"matching", "ordering", "gap_fill", "essay"} <= set(codes)


def test_an_unknown_code_is_refused():
    with pytest.raises(UnknownKind):
        kind_of("riddle")
