"""Rules about people, with both edges of each bound."""

import unicodedata
from datetime import date

import pytest

from contest.accounts import domain
from contest.accounts.domain import ConsentGiver, LoginKind
from contest.errors import DomainError

TODAY = date(2026, 7, 15)
SELF, GUARDIAN, CHILD = ConsentGiver.SELF, ConsentGiver.GUARDIAN, ConsentGiver.CHILD


def fault(call, *args, **kwargs) -> str:
    with pytest.raises(DomainError) as caught:
        call(*args, **kwargs)
    return caught.value.code


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("0912345678", "phone", "+84912345678"),
        ("0912 345 678", "phone", "+84912345678"),
        ("0912.345.678", "phone", "+84912345678"),
        ("+84 912-345-678", "phone", "+84912345678"),
        ("84912345678", "phone", "+84912345678"),
        ("+84 0912345678", "phone", "+84912345678"),
        ("032 0000000", "phone", "+84320000000"),
        ("039 0000000", "phone", "+84390000000"),
        ("052 0000000", "phone", "+84520000000"),
        ("070 0000000", "phone", "+84700000000"),
        ("076 0000000", "phone", "+84760000000"),
        ("081 0000000", "phone", "+84810000000"),
        ("090 0000000", "phone", "+84900000000"),
        (" Ten.Ho@Example.VN ", "email", "ten.ho@example.vn"),
        (unicodedata.normalize("NFD", "hằng@example.vn"), "email", "hằng@example.vn"),
        ("K7pm-3xwt", "code", "k7pm3xwt"),
        ("ab2345", "code", "ab2345"),
    ],
)
def test_a_login_has_one_stored_form(typed: str, kind: str, value: str) -> None:
    assert domain.read_login(typed) == domain.LoginName(LoginKind(kind), value)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "login_missing"),
        ("   ", "login_missing"),
        ("091234567", "login_phone_invalid"),
        ("09123456789", "login_phone_invalid"),
        ("031 0000000", "login_phone_invalid"),
        ("054 0000000", "login_phone_invalid"),
        ("071 0000000", "login_phone_invalid"),
        ("080 0000000", "login_phone_invalid"),
        ("0205 3812345", "login_phone_invalid"),
        ("+1 912 345 678", "login_phone_invalid"),
        ("٠٩١٢٣٤٥٦٧٨", "login_code_invalid"),
        ("ten@", "login_email_invalid"),
        ("ten@example", "login_email_invalid"),
        ("t@e@example.vn", "login_email_invalid"),
        ("ten@example..vn", "login_email_invalid"),
        ("ten\n@example.vn, khac@example.vn", "login_email_invalid"),
        ("a" * 64 + "@" + "b" * 60 + "." + "c" * 63 + "." + "d" * 63 + ".vn", "login_email_invalid"),
        ("abc12", "login_code_invalid"),
        ("a" * 17, "login_code_invalid"),
        ("Hoàng Ngọc", "login_code_invalid"),
    ],
)
def test_what_is_no_login_is_refused_with_its_reason(typed: str, code: str) -> None:
    assert fault(domain.read_login, typed) == code


def test_nobody_registers_with_a_code() -> None:
    assert fault(domain.read_contact, "K7PM3XWT") == "login_contact_invalid"
    assert fault(domain.read_contact, "số của tôi?") == "login_contact_invalid"
    assert fault(domain.read_contact, "0912 345") == "login_phone_invalid"
    assert domain.read_contact("0912345678").kind is LoginKind.PHONE


def test_a_malformed_login_can_still_be_looked_up_and_counted() -> None:
    assert domain.login_key("  hỏng  ") == "hỏng"
    assert domain.login_key("0912 345 678") == "+84912345678"


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [("phone", "+84912345678", "0912 345 678"), ("email", "a@b.vn", "a@b.vn"), ("code", "k7pm3xwt", "K7PM3XWT")],
)
def test_logins_are_shown_as_people_write_them(kind: str, value: str, shown: str) -> None:
    assert domain.show_login(LoginKind(kind), value) == shown
    assert domain.read_login(shown).value == value


@pytest.mark.parametrize("name", ["Lý", "Nguyễn Hoàng Thị Thanh Huyền", "Y’Nhã Ê-ban", "Đặng T. Hà", "Ồ Y", "a" * 80])
def test_names_that_people_have_are_taken(name: str) -> None:
    assert domain.read_full_name(f"  {unicodedata.normalize('NFD', name)} ") == name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "full_name_missing"),
        ("A", "full_name_invalid"),
        ("Hoàng 2", "full_name_invalid"),
        ("<b>Hoàng</b>", "full_name_invalid"),
        ("0912345678", "full_name_invalid"),
        ("a" * 81, "full_name_long"),
    ],
)
def test_names_that_nobody_has_are_refused(name: str, code: str) -> None:
    assert fault(domain.read_full_name, name) == code


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("28/02/1998", date(1998, 2, 28)),
        ("1/9/2012", date(2012, 9, 1)),
        ("01-09-2012", date(2012, 9, 1)),
        ("29.02.2012", date(2012, 2, 29)),
        ("1/1/1900", date(1900, 1, 1)),
        ("15/07/2026", TODAY),
    ],
)
def test_birth_dates(typed: str, expected: date) -> None:
    assert domain.read_birth_date(typed, TODAY) == expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "birth_date_missing"),
        ("1998-02-28", "birth_date_form"),
        ("28/02/98", "birth_date_form"),
        ("28 tháng 2", "birth_date_form"),
        ("31/02/1998", "birth_date_day"),
        ("29/02/2011", "birth_date_day"),
        ("0/5/1998", "birth_date_day"),
        ("12/13/1998", "birth_date_month"),
        ("12/0/1998", "birth_date_month"),
        ("31/12/1899", "birth_date_early"),
        ("16/07/2026", "birth_date_future"),
    ],
)
def test_birth_dates_that_are_none(typed: str, code: str) -> None:
    assert fault(domain.read_birth_date, typed, TODAY) == code


@pytest.mark.parametrize(
    ("birth_date", "today", "givers"),
    [
        (date(2010, 7, 15), TODAY, {SELF}),
        (date(2010, 7, 16), TODAY, {GUARDIAN, CHILD}),
        (date(2019, 7, 15), TODAY, {GUARDIAN, CHILD}),
        (date(2019, 7, 16), TODAY, {GUARDIAN}),
        (TODAY, TODAY, {GUARDIAN}),
        (date(2012, 2, 29), date(2028, 2, 28), {GUARDIAN, CHILD}),
        (date(2012, 2, 29), date(2028, 2, 29), {SELF}),
        (date(2010, 2, 28), date(2026, 2, 28), {SELF}),
        (date(2008, 2, 29), date(2025, 2, 28), {SELF}),
        (date(2020, 2, 29), date(2027, 2, 28), {GUARDIAN}),
        (date(2020, 2, 29), date(2027, 3, 1), {GUARDIAN, CHILD}),
    ],
)
def test_who_has_to_agree(birth_date: date, today: date, givers: set[ConsentGiver]) -> None:
    assert domain.consents_needed(birth_date, today) == givers


@pytest.mark.parametrize(
    ("givers", "birth_date", "enough"),
    [
        ({SELF}, date(1990, 1, 1), True),
        (set(), date(1990, 1, 1), False),
        ({SELF}, None, True),
        ({GUARDIAN}, None, False),
        ({GUARDIAN}, date(2014, 1, 1), False),
        ({CHILD}, date(2014, 1, 1), False),
        ({GUARDIAN, CHILD}, date(2014, 1, 1), True),
        ({GUARDIAN}, date(2020, 1, 1), True),
        ({GUARDIAN, CHILD}, date(2010, 1, 1), True),
    ],
)
def test_when_consents_are_enough(givers: set[ConsentGiver], birth_date: date | None, enough: bool) -> None:
    assert domain.is_consented(frozenset(givers), birth_date, TODAY) is enough


@pytest.mark.parametrize("password", ["núi Mẫu Sơn", "langson-xua", "quá-khứ-xanh-7", "8 chu cai", "x" * 127 + "y"])
def test_any_password_of_some_length_is_good(password: str) -> None:
    domain.check_password(password, "Hoàng Thị Bích Ngọc", "+84912345678", birth_date=date(1998, 2, 28))


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("1234567", "password_short"),
        ("núiMẫuS", "password_short"),
        ("x" * 128 + "y", "password_long"),
        ("12345678", "password_common"),
        ("87654321", "password_common"),
        ("aaaaaaaaaa", "password_common"),
        ("--------", "password_common"),
        ("Mật khẩu 123", "password_common"),
        ("Anh yêu em", "password_common"),
        ("PASSWORD", "password_common"),
        ("Hoàng Thị Bích Ngọc", "password_own"),
        ("hoangthibichngoc", "password_own"),
        ("0912345678", "password_own"),
        ("+84912345678", "password_own"),
        ("28021998", "password_own"),
        ("28/02/1998", "password_own"),
        ("1998-02-28", "password_own"),
    ],
)
def test_what_is_guessed_first_is_no_password(password: str, code: str) -> None:
    person = ("Hoàng Thị Bích Ngọc", "+84912345678")
    assert fault(domain.check_password, password, *person, birth_date=date(1998, 2, 28)) == code


def test_codes_are_read_however_they_were_copied() -> None:
    assert domain.show_code("K7PM3XWT") == "K7PM-3XWT"
    assert domain.read_code(" k7pm 3xwt ") == domain.read_code("K7PM–3XWT") == "K7PM3XWT"


def test_a_random_code_is_always_a_valid_login() -> None:
    first, last = domain.random_code(8, min), domain.random_code(8, max)
    assert domain.read_login(first).kind is domain.read_login(last).kind is LoginKind.CODE
    assert not set("01OIL") & set(domain.CODE_ALPHABET)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/100 Mobile Safari/537.36 Zalo android/1",
            "Zalo, Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) Version/15.0 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:115.0) Gecko/20100101 Firefox/115.0", "Firefox, Windows"),
        ("curl/8", ""),
    ],
)
def test_devices_have_names_that_people_know(agent: str, name: str) -> None:
    assert domain.device_name(agent) == name
