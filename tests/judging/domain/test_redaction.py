"""Names are taken out of what judges read, words that only look like names stay."""

import unicodedata

import pytest

from contest.judging.domain.redaction import BLOCK, mask

NAME = "Nguyễn Thị Hòa"
UNIT = "Trường PTDTNT THCS và THPT huyện Bình Gia"


def masked(text: str, name: str = NAME, unit: str = UNIT) -> str:
    return mask(text, name, unit)


@pytest.mark.parametrize(
    "written",
    [
        "Nguyễn Thị Hòa",
        "NGUYỄN THỊ HÒA",
        "nguyễn thị hòa",
        unicodedata.normalize("NFD", "Nguyễn Thị Hòa"),
        "Nguyễn Thị Hoà",  # the tone on the other vowel
        "Hòa Nguyễn Thị",
        "Hòa Thị Nguyễn",
        "Nguyễn  Thị\nHòa",
        "Nguyễn-Thị-Hòa",
        "Nguyen Thi Hoa",
        "hoa nguyen thi",
        "nguyenthihoa",
        "nguyenthihoa2012",
        "Trường PTDTNT THCS và THPT huyện Bình Gia",
        "TRƯỜNG PTDTNT THCS VÀ THPT HUYỆN BÌNH GIA",
        "Trường Phổ thông dân tộc nội trú Trung học cơ sở và Trung học phổ thông huyện Bình Gia",
        "truong ptdtnt thcs va thpt huyen binh gia",
        "THPT huyện Bình Gia",
        "huyện Bình Gia",
    ],
)
def test_the_author_and_the_unit_are_masked_however_they_are_written(written: str) -> None:
    assert masked(f"Em là {written}. Em thích đọc sách.") == f"Em là {BLOCK}. Em thích đọc sách."


@pytest.mark.parametrize(
    "text",
    [
        "Hoa nở, mùa xuân hòa bình đã về trên quê hương.",
        "Bạn Nguyễn Thị Hạnh học cùng lớp em.",
        "Chị Hòa, người họ Nguyễn, tên đệm Thị.",
        "Thị xã Hòa Bình",
        "Bình Gia là quê em; trường em có thư viện.",
        "Nguyễn Du và Hồ Xuân Hương",
        "Nguyễn Thị. — Hòa",
        "",
    ],
)
def test_words_that_are_only_parts_of_a_name_stay(text: str) -> None:
    assert masked(text) == text


def test_a_name_of_one_word_is_never_masked() -> None:
    assert masked("Hoa hồng nở. Trường em.", name="Hoa", unit="Trường") == "Hoa hồng nở. Trường em."


@pytest.mark.parametrize("names", [("", ""), (NAME, ""), ("", UNIT)])
def test_a_name_that_is_not_known_masks_nothing_else(names: tuple[str, str]) -> None:
    assert mask("Dế Mèn phiêu lưu ký", *names) == "Dế Mèn phiêu lưu ký"


def test_every_block_has_the_same_length_and_all_places_are_found() -> None:
    text = "Nguyễn Thị Hòa viết, Nguyễn Thị Hòa ký: Hòa Nguyễn Thị Hòa"
    assert masked(text) == f"{BLOCK} viết, {BLOCK} ký: {BLOCK}"
    assert len(masked("Nguyễn Thị Hòa")) == len(masked("lý a", name="Lý A"))


def test_marks_matter_where_there_are_any() -> None:
    assert masked("quả lẻ hoá", name="Lê Hòa") == "quả lẻ hoá"


def test_the_unit_is_masked_with_its_abbreviations_in_either_direction() -> None:
    unit = "Trường Trung học cơ sở xã Tân Thanh"
    assert masked("Trường THCS xã Tân Thanh thân yêu", unit=unit) == f"{BLOCK} thân yêu"
    assert masked("trường trung học cơ sở xã Tân Thanh", unit="Trường THCS xã Tân Thanh") == BLOCK
