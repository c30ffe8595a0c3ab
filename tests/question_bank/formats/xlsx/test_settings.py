import pytest

from question_bank.formats.xlsx.answers import WrongCell
from question_bank.formats.xlsx.settings import settings_in, settings_text
from question_bank.kinds import kind_of, kinds
from tests.question_bank.builders import question

NUMBER = kind_of("number")


@pytest.mark.parametrize(
    ("kind", "settings", "text"),
    [
        ("number", {}, ""),
        ("number", {"unit": "km", "tolerance": "2%"}, "Sai số cho phép: 2%; Đơn vị: km"),
        ("number", {"tolerance": "a\\", "unit": "b\\"}, "Sai số cho phép: a\\ ; Đơn vị: b\\"),
        ("number", {"tolerance": "1; Đơn vị: m"}, "Sai số cho phép: 1\\; Đơn vị: m"),
        ("number", {"unit": "1; 2"}, "Đơn vị: 1; 2"),
        ("short_text", {"case": True}, "Phân biệt chữ hoa, chữ thường: Có"),
        ("essay", {"most_words": 300}, "Số chữ tối đa: 300"),
        ("multiple", {"scoring": "partial"}, "Cách tính điểm: Điểm từng phần theo số phương án đúng đã chọn"),
    ],
)
def test_settings_are_written_in_words_and_read_again(kind, settings, text):
    asked = kind_of(kind).with_settings(question(kind), settings)
    assert settings_text(asked) == text
    assert settings_in(kind_of(kind), text) == settings


@pytest.mark.parametrize(
    ("kind", "text", "settings"),
    [
        ("number", "đơn  vị :km", {"unit": "km"}),
        ("number", "Đơn vị: km;", {"unit": "km;"}),
        ("multiple", "cách tính điểm: PARTIAL;", {"scoring": "partial"}),
        ("short_text", "Phân biệt chữ hoa, chữ thường: x", {"case": True}),
        ("short_text", "Phân biệt chữ hoa, chữ thường: không;", {"case": False}),
        ("essay", "Số chữ tối đa: 300 ; Số chữ tối thiểu: 100", {"most_words": 300, "least_words": 100}),
    ],
)
def test_settings_are_read_as_people_type_them(kind, text, settings):
    assert settings_in(kind_of(kind), text) == settings


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("single", "Cách tính điểm: tùy", "setting_unknown"),
        ("number", "Sai số: 2%", "setting_unknown"),
        ("number", "2%", "setting_unknown"),
        ("multiple", "Cách tính điểm:", "setting_value"),
        ("essay", "Số chữ tối đa: -1", "setting_value"),
        ("essay", "Số chữ tối đa: 9999999999", "setting_value"),
        ("short_text", "Phân biệt chữ hoa, chữ thường:", "setting_value"),
    ],
)
def test_what_cannot_be_read_is_told(kind, text, code):
    with pytest.raises(WrongCell) as raised:
        settings_in(kind_of(kind), text)
    assert raised.value.code == code


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
def test_titles_of_settings_can_be_told_from_their_values(kind):
    assert not [setting for setting in kind.settings if set(":;") & set(setting.title.vi)]
