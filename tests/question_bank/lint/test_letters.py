import unicodedata

import pytest

from question_bank.lint import raw_remarks
from question_bank.lint.letters import letter_remarks


def codes(text):
    return [remark.code for remark in letter_remarks(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Người dân hoàn thành thủ tục ở Ủy ban nhân dân xã.",
        "Bụi mịn PM2.5 đo bằng µg/m³ hoặc μg/m³",
        "Điện trở 5 kΩ, bước sóng λmax, Δt",
        "Microsoft® và Windows™ © 2025 – “trích” «dẫn»",
        "Nhà văn Göran Tunström viết tiểu thuyết này ở Malmö",
        "Từ “Россия” nghĩa là nước Nga",
        "“Nǐ hǎo” và “wǎn ān” nghĩa là gì?",
        "Âm /ð/ trong “this”",
        "Định lý về α, β và γ",
        "NGÀY HỘI: ĐỀ ÁN 06 – ẤN PHẨM",
        "Giá vàng 5 × 3 ÷ 2 ± 1 = 10² ¼",
        "",
    ],
)
def test_good_text_is_left_alone(text):
    assert codes(text) == []


@pytest.mark.parametrize("letter", ["\u200b", "\u200d", "\u00ad", "\u202e", "\u2060"])
def test_invisible_letters_are_named(letter):
    [remark] = letter_remarks(f"Hà{letter} Nội")
    assert remark.code == "invisible_letters"
    assert f"U+{ord(letter):04X}" in remark.sentence()


def test_at_most_three_letters_are_named():
    [remark] = letter_remarks("a\ue000b\ue001c\ue002d\ue003\ue000")
    assert remark.values == {"names": "U+E000, U+E001, U+E002…"}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Thủ đô Hа Nội", "Hа"),  # Cyrillic а
        ("Nghị quyết 57-NQ/ΤW", "ΤW"),  # Greek Τ
        ("Khí СО trong không khí", "СО"),  # Cyrillic С and О
        ("Thành phố Cοn", "Cοn"),  # Greek omicron
        ("Tỉnh Ðồng Nai", "Ðồng"),  # Icelandic Ð
        ("Thành lập nǎm nào?", "nǎm"),  # a with caron
    ],
)
def test_letters_of_another_alphabet_are_found_in_latin_words(text, word):
    [remark] = letter_remarks(text)
    assert (remark.code, remark.values["word"]) == ("lookalike_letters", word)


def test_a_russian_text_may_have_words_that_look_latin():
    assert codes("Câu “Москва – сор” trong tiếng Nga") == []


@pytest.mark.parametrize(
    "text",
    [
        "Céng hßa x· héi chñ nghÜa ViÖt Nam",  # TCVN3
        "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam",  # VNI
    ],
)
def test_text_of_old_fonts_is_guessed(text):
    assert codes(text) == ["old_font"]


@pytest.mark.parametrize(
    ("text", "is_seen"),
    [
        ("ViÖt héi chñ nghÜa", True),
        ("ViÖt Nam chñ", False),  # two odd words are names
        ("ViÖt chñ nghÜa " + "ta " * 6, True),
        ("ViÖt chñ nghÜa " + "ta " * 7, False),  # fewer than one word in three
    ],
)
def test_a_few_foreign_names_are_no_old_font(text, is_seen):
    assert codes(text) == (["old_font"] if is_seen else [])


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_utf8_read_in_another_encoding_is_guessed(encoding):
    broken = "Nước Việt Nam là một".encode().decode(encoding, errors="replace")
    assert codes(broken) == ["broken_encoding"]


def test_raw_text_in_two_forms_is_told_mildly():
    composed, decomposed = (unicodedata.normalize(form, "Hà Nội") for form in ("NFC", "NFD"))
    [remark] = raw_remarks(composed + decomposed)
    assert (remark.code, remark.severity) == ("forms_mixed", "mild")
    assert raw_remarks(composed) == []
    assert raw_remarks(decomposed) == []


def test_raw_text_is_looked_at_as_it_will_be_stored():
    assert [remark.code for remark in raw_remarks("Ha\u0300\u200b")] == ["invisible_letters"]
