import unicodedata

import pytest

from question_bank.folding import Folding

USUAL = Folding()
STRICT = Folding(is_case_strict=True, is_tone_place_strict=True)
LENIENT = Folding(may_lack_marks=True)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("hòa bình", "hoà bình"),
        ("HÓA HỌC", "HOÁ HỌC"),
        ("Tỏa sáng", "Toả sáng"),
        ("xõa", "xoã"),
        ("họa sĩ", "hoạ sĩ"),
        ("khỏe", "khoẻ"),
        ("hòe", "hoè"),
        ("thúy", "thuý"),
        ("Ủy ban", "Uỷ ban"),
        ("ỦY BAN", "UỶ BAN"),
        ("tùy, lũy, lụy", "tuỳ, luỹ, luỵ"),
        ("òa khóc", "oà khóc"),
        ("(hòa)", "(hoà)"),
    ],
)
def test_the_tone_may_stand_in_either_place_unless_that_is_asked(older, newer):
    assert USUAL.is_same(older, newer)
    assert USUAL.is_same(newer, older)
    assert USUAL.is_same(unicodedata.normalize("NFD", older), newer)
    assert not STRICT.is_same(older, newer)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoàng", "hòang"),
        ("thuyền", "thùyên"),
        ("khuỷu", "khủyu"),
        ("ngoáy", "ngóay"),
        ("quý", "qúy"),
        ("QUỲ", "QÙY"),
        ("tiếng", "tíêng"),
        ("yến", "ýên"),
        ("già", "gìa"),
        ("mía", "miá"),
        ("quá", "qúa"),
        ("thuế", "thúê"),
        ("hòa", "hóa"),
        ("hoà", "hoá"),
        ("quý", "quí"),
        ("hóa", "hoa"),
    ],
)
def test_no_other_syllable_is_touched(one, other):
    assert not USUAL.is_same(one, other)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lạng sơn", "Lạng Sơn"),
        ("LẠNG SƠN", "Lạng Sơn"),
        ("  Lạng \u00a0 Sơn\n", "Lạng Sơn"),
        ("Lạng\u200b Sơn\ufeff", "Lạng Sơn"),
        ("Lạng Sơn.", "Lạng Sơn"),
        ("“Lạng Sơn”", "Lạng Sơn"),
        ("(Lạng Sơn)!", "Lạng Sơn"),
        ("Ðồng Đăng", "Đồng Đăng"),
        ("Ɖồng đăng", "Đồng Đăng"),
        ("d'Artagnan", "D’Artagnan"),
        ("1954\u20131975", "1954-1975"),
        ("1954 \u2014 1975", "1954-1975"),
        ('gọi là "sông" Kỳ Cùng', "gọi là «sông» Kỳ Cùng"),
        ("?", "?"),
        (".", "."),
    ],
)
def test_what_never_counts(typed, meant):
    assert USUAL.is_same(typed, meant)
    assert USUAL.is_same(unicodedata.normalize("NFD", typed), unicodedata.normalize("NFC", meant))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Lang Sơn", "Lạng Sơn"),
        ("LạngSơn", "Lạng Sơn"),
        ("Dồng Đăng", "Đồng Đăng"),
        ("Việt-Nam", "Việt Nam"),
        ("C", "C++"),
        ("5", "-5"),
        ("5", "5%"),
        (".", "!"),
        ("", "a"),
    ],
)
def test_what_always_counts(typed, meant):
    assert not USUAL.is_same(typed, meant)


@pytest.mark.parametrize(("typed", "is_same"), [("Lạng Sơn", True), ("lạng Sơn", False), ("LẠNG SƠN", False)])
def test_case_counts_where_it_is_asked(typed, is_same):
    assert STRICT.is_same(typed, "Lạng Sơn") is is_same
    assert STRICT.is_same(unicodedata.normalize("NFD", typed), "Lạng Sơn") is is_same


@pytest.mark.parametrize(
    ("typed", "is_same"),
    [
        ("Lạng Sơn", True),
        ("Lang Son", True),
        ("LANG SON", True),
        ("Lạng Son", True),
        ("Lang Sơn", True),
        ("Làng Sơn", False),
        ("Lạng Sôn", False),
        ("Lang So", False),
        ("Lang Sonn", False),
        ("Lang Son tinh", False),
    ],
)
def test_marks_may_be_left_out_but_not_be_wrong_where_that_is_allowed(typed, is_same):
    assert LENIENT.is_same(typed, "Lạng Sơn") is is_same


@pytest.mark.parametrize(
    ("typed", "meant", "is_same"),
    [
        ("dong dang", "Đồng Đăng", True),
        ("hoa", "hoà", True),
        ("hòa", "hoà", True),
        ("đong", "dong", False),
        ("hoà", "hoa", False),
    ],
)
def test_marks_that_were_not_meant_are_wrong(typed, meant, is_same):
    assert LENIENT.is_same(typed, meant) is is_same
