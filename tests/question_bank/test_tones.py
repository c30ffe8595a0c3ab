import pytest

from question_bank.tones import in_older_place, two_way_syllables


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("hoà bình", "hòa bình"),
        ("khoẻ, thuý, uỷ ban", "khỏe, thúy, ủy ban"),
        ("hòa bình", "hòa bình"),
        ("hoàn toàn, hoạt động, thuỷnh", "hoàn toàn, hoạt động, thuỷnh"),
        ("quý, quỹ, quả", "quý, quỹ, quả"),
        ("loà xoà", "lòa xòa"),
        ("HOÀ BÌNH, Uỷ ban, QUÝ, HOÀNG", "HÒA BÌNH, Ủy ban, QUÝ, HOÀNG"),
    ],
)
def test_tones_move_only_where_they_may_stand_in_two_places(text, spelled):
    assert in_older_place(text) == spelled


def test_only_syllables_with_two_spellings_are_listed():
    assert two_way_syllables("(hoà bình), hòa giải, quý, hoàn, “ủy ban”, nguỵ") == ["hoà", "hòa", "ủy", "nguỵ"]
