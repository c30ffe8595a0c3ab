import codecs
import unicodedata

import pytest

from question_bank.formats.base import UnusableFile
from question_bank.formats.decoding import MOST_TEXT_MB, decoded, from_tcvn3, from_vni, likelihood, with_plain_signs

TEXT = "Cộng hòa xã hội chủ nghĩa Việt Nam. Độc lập, tự do, hạnh phúc: nước ta được “bảo đảm” những quyền ấy."
NAME = "Cộng hòa xã hội chủ nghĩa Việt Nam"
TCVN3 = b"C\xe9ng h\xdfa x\xb7 h\xe9i ch\xf1 ngh\xdca Vi\xd6t Nam"
VNI = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam".encode("cp1252")
CP1258 = "Cô\u0323ng ho\u0300a xa\u0303 hô\u0323i chu\u0309 nghi\u0303a Viê\u0323t Nam".encode("cp1258")


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "UTF-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "UTF-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "UTF-16-LE"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "UTF-16-BE"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "UTF-32-LE"),
        (unicodedata.normalize("NFD", TEXT).encode(), "UTF-8"),
    ],
)
def test_unicode_is_read_as_it_says_it_is(content, encoding):
    found = decoded(content)
    assert (found.text, found.encoding, found.guesses) == (TEXT, encoding, ())


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (NAME.encode("utf-16-le"), "UTF-16"),
        (NAME.encode("utf-16-be"), "UTF-16"),
        (CP1258, "Windows-1258"),
        (TCVN3, "TCVN3 (ABC)"),
        (VNI, "VNI"),
    ],
)
def test_what_says_nothing_is_guessed_and_told(content, encoding):
    found = decoded(content)
    assert (found.text, found.encoding) == (NAME, encoding)
    assert [guess.values for guess in found.guesses] == [{"encoding": encoding}]
    assert encoding in found.guesses[0].sentence()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ÑOÄC LAÄP", "ĐỘC LẬP"),
        ("Hoøa bình, thuûy lôïi, öôùc mô, nguõ quaû, kyõ", "Hòa bình, thủy lợi, ước mơ, ngũ quả, kỹ"),
        ("Caên cöù Ñieàu 5", "Căn cứ Điều 5"),
    ],
)
def test_vni_has_its_marks_after_the_vowels(written, meant):
    assert from_vni(written) == meant


def test_tcvn3_tells_tones_by_letters_of_its_font():
    assert from_tcvn3("§éc lËp – Tù do – H¹nh phóc".replace("§", "\xa7")) == "Độc lập – Tự do – Hạnh phúc"


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\0" * 100, b"PK\x03\x04\0\0abc", b"\xff\xfe\x00\xd8"]
)
def test_what_is_no_text_is_refused(content):
    with pytest.raises(UnusableFile) as raised:
        decoded(content)
    assert raised.value.code == "not_text"


def test_marks_without_end_are_refused_before_they_cost_time():
    assert decoded(("a" + "\u0301\u0323" * 14).encode()).encoding == "UTF-8"
    for between in ("", "\ufeff"):
        with pytest.raises(UnusableFile):
            decoded(("a" + between.join("\u0301\u0323" * 500_000)).encode())


def test_a_text_is_as_large_as_ten_megabytes():
    assert len(decoded(b"a" * MOST_TEXT_MB * 1_000_000).text) == MOST_TEXT_MB * 1_000_000
    with pytest.raises(UnusableFile) as raised:
        decoded(b"a" * (MOST_TEXT_MB * 1_000_000 + 1))
    assert raised.value.code == "file_large"


def test_another_language_is_taken_for_the_western_encoding():
    found = decoded("Où est la bibliothèque générale, s'il vous plaît ?".encode("cp1252"))
    assert (found.text[:2], found.encoding, found.is_guess) == ("Où", "Windows-1252", True)


def test_line_ends_of_every_system_are_one():
    assert decoded(b"\r\na\r\nb\rc\n").text == "\na\nb\nc\n"


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [("nguyễn thuyền khuyên quyển giếng uống", 1, 1), ("nạtion ßtrasse", 0, 0), ("abc", 0, 0)],
)
def test_words_are_likely_that_are_syllables(text, least, most):
    assert least <= likelihood(text) <= most


def test_fine_signs_become_plain_ones():
    assert with_plain_signs("“A”→‘B’ – ５…\u00a0％") == "\"A\"->'B' - 5... %"
