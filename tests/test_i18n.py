from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest

from contest import i18n


@pytest.mark.parametrize(
    "order",
    [
        ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "o", "ô", "ơ", "p", "u", "ư", "v", "y"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "man"],
        ["ưa", "ừa", "ửa", "ữa", "ứa", "ựa"],
        ["ân", "ần", "ẩn", "ẫn", "ấn", "ận"],
        ["Dung", "Dũng", "Đan", "Đào"],
        ["hoa", "hoà", "hoa lan", "hoan"],
        ["1", "2", "9", "a"],
        ["xã", "xã 2", "xã a"],
    ],
)
def test_text_sorts_by_letters_first_then_tones(order: list[str]) -> None:
    assert sorted(set(order), key=i18n.text_sort_key) == order
    assert all(i18n.text_sort_key(one) < i18n.text_sort_key(other) for one, other in pairwise(order))


def test_case_and_composition_make_no_difference() -> None:
    decomposed = "Nguye\u0302\u0303n"
    assert i18n.text_sort_key("NGUYỄN") == i18n.text_sort_key("nguyễn") == i18n.text_sort_key(decomposed)


def test_keys_are_of_digits_so_that_every_collation_agrees() -> None:
    assert i18n.text_sort_key("Lý Thường Kiệt – 1105!").isdigit()


def test_people_sort_by_given_name_first() -> None:
    order = ["Hoàng Văn An", "Nông Thị Ánh", "Bế Văn Bình", "Lý Bình", "Lý Văn Bình", "Vi Thị Đào", "Mẩy"]
    assert sorted(set(order), key=i18n.name_sort_key) == order


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Đặng Thị Hằng", "dang thi hang"),
        ("  Nguyễn   Văn  Ỷ ", "nguyen van y"),
        ("Ơ kìa, Ưng Ức", "o kia, ung uc"),
        ("ă â đ ê ô ơ ư", "a a d e o o u"),
        ("", ""),
    ],
)
def test_search_needs_no_tones(text: str, key: str) -> None:
    assert i18n.search_key(text) == key


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("Tra\u0302\u0300n", "Trần"), ("  a \t b\u00a0c ", "a b c"), ("a\nb", "a b"), ("", "")],
)
def test_one_line_of_text_is_composed_and_tidy(typed: str, stored: str) -> None:
    assert i18n.nfc(typed) == stored


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [(0, "0", "0"), (999, "999", "999"), (1000, "1.000", "1,000"), (-1234567, "-1.234.567", "-1,234,567")],
)
def test_whole_numbers_are_grouped(value: int, vi: str, en: str) -> None:
    assert (i18n.show_number(value), i18n.show_number(value, "en")) == (vi, en)


@pytest.mark.parametrize(
    ("value", "digits", "vi", "en"),
    [
        (12500, 3, "12,5", "12.5"),
        (12000, 3, "12", "12"),
        (1, 3, "0,001", "0.001"),
        (-500, 3, "-0,5", "-0.5"),
        (1234567890, 3, "1.234.567,89", "1,234,567.89"),
        (57, 0, "57", "57"),
        (0, 3, "0", "0"),
    ],
)
def test_scaled_numbers_are_exact(value: int, digits: int, vi: str, en: str) -> None:
    assert (i18n.show_scaled(value, digits), i18n.show_scaled(value, digits, "en")) == (vi, en)


@pytest.mark.parametrize(
    ("milliseconds", "shown"),
    [(0, "00:00,000"), (1, "00:00,001"), (59_999, "00:59,999"), (60_000, "01:00,000"), (6_000_000, "100:00,000")],
)
def test_durations_are_exact_to_the_millisecond(milliseconds: int, shown: str) -> None:
    assert i18n.show_duration(milliseconds) == shown
    assert i18n.show_duration(milliseconds, "en") == shown.replace(",", ".")


MIDNIGHT = datetime(2026, 7, 15, 17, tzinfo=UTC)  # 00:00 on 16/7/2026 in Viet Nam


@pytest.mark.parametrize(
    ("instant", "shown"),
    [
        (MIDNIGHT - timedelta(minutes=1), "23:59 15/07/2026"),
        (MIDNIGHT, "24:00 15/07/2026"),
        (MIDNIGHT + timedelta(seconds=1), "00:00 16/07/2026"),
        (MIDNIGHT + timedelta(minutes=1), "00:01 16/07/2026"),
        (datetime(2026, 12, 31, 17, tzinfo=UTC), "24:00 31/12/2026"),
    ],
)
def test_closing_at_midnight_is_24_00_of_the_day_that_ends(instant: datetime, shown: str) -> None:
    assert i18n.show_deadline(instant) == shown


def test_instants_are_shown_on_the_clocks_of_the_zone() -> None:
    instant = datetime(2026, 7, 15, 22, 30, tzinfo=timezone(timedelta(hours=5)))
    assert i18n.show_datetime(instant) == "00:30 16/07/2026"
    assert i18n.show_datetime(instant, "Europe/Paris") == "19:30 15/07/2026"
    assert i18n.show_date(instant) == "16/07/2026"
    assert i18n.show_time(instant) == "00:30"


def test_plain_date_has_no_zone() -> None:
    assert i18n.show_date(date(2026, 7, 5)) == "05/07/2026"
