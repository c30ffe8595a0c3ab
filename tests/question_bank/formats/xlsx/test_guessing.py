import pytest

from question_bank.formats.xlsx.guessing import kind_by


@pytest.mark.parametrize(
    ("options", "key", "kind"),
    [
        (["a", "b"], "A", "single"),
        (["a", "b"], "", "single"),
        (["a", "b"], "A và B", "multiple"),
        (["a", "b"], "ĐS", "statements"),
        (["a", "b", "c"], "Đ, S", "multiple"),
        (["a"], "A", "single"),
        ([], "", "single"),
        ([], "đúng", "true_false"),
        ([], "S", "true_false"),
        ([], "1,5", "number"),
        ([], "1831", "short_text"),
        ([], "Kỳ Cùng", "short_text"),
    ],
)
def test_options_and_key_say_the_kind(options, key, kind):
    assert kind_by([*options, *[""] * (10 - len(options))], key) == kind
