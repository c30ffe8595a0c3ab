import pytest

from question_bank.lint.tones import old_style, two_way_syllables


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("hoà bình", "hòa bình"),
        ("khoẻ, thuý, uỷ ban", "khỏe, thúy, ủy ban"),
        ("hòa bình", "hòa bình"),
        ("hoàn toàn, hoạt động, thuỷnh", "hoàn toàn, hoạt động, thuỷnh"),
        ("quý, quỹ, quả", "quý, quỹ, quả"),
        ("loà xoà", "lòa xòa"),
    ],
)
def test_tones_move_only_where_they_may_stand_in_two_places(text, spelled):
    assert old_style(text) == spelled


def test_only_syllables_with_two_spellings_are_listed():
    assert two_way_syllables("(hoà bình), hòa giải, quý, hoàn, “ủy ban”, nguỵ") == ["hoà", "hòa", "ủy", "nguỵ"]
