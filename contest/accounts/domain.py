"""Rules about people: how they are named at sign-in, passwords, birth dates, and whose consent is needed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contest.errors import DomainError
from contest.i18n import nfc, search_key

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O, 1 I L: read from paper, typed on a phone
MINIMUM_PASSWORD, MAXIMUM_PASSWORD = 8, 128
MAXIMUM_NAME, MAXIMUM_EMAIL = 80, 254
EARLIEST_BIRTH_YEAR = 1900
AGE_OF_OWN_CONSENT, AGE_OF_CHILD_CONSENT = 16, 7

_MOBILE = re.compile(r"0(3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)\d{7}")
_EMAIL = re.compile(r"[^@\s<>\"(),:;\\\[\]]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}")
_CODE = re.compile(r"(?=.*[a-z])[a-z0-9]{6,16}")
_NAME = re.compile(r"[^\W\d_][^\W\d_ '’.\-]*(?:[ '’.\-]+[^\W\d_]+)*\.?")
_DATE = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})")

_COMMON_WORDS = """
password password1 password12 password123 passw0rd iloveyou sunshine princess football baseball superman qwertyui
qwerty123 qwertyuiop 1q2w3e4r 1qaz2wsx q1w2e3r4 asdfghjk asdfghjkl zxcvbnm1 abc12345 abcd1234 abcdefgh abc123456
a1234567 a12345678 a123456789 12345678a 123456789a 123456aa aa123456 aaa12345 admin123 administrator welcome1
12341234 11223344 12121212 13131313 10101010 123123123 147258369 159753258 66668888 68686868 88889999 79797979
matkhau1 matkhau12 matkhau123 matkhaumoi matkhaucu quenmatkhau khongbiet khongbiet1 khongnho anhyeuem emyeuanh
anhyeuem1 emyeuanh1 anhyeuem123 toiyeuem toiyeuban yeuemnhieu yeuanhnhieu iloveyou1 mothaibabon motha1bon congacon
vietnam1 vietnam12 vietnam123 vietnamvodich toiyeuvietnam tinhlangson langson1 langson12 langson123 thanhpho
hocsinh1 hocsinh123 hocsinhgioi sinhvien sinhvien1 giaovien giaovien1 giaovien123 thaygiao cogiao123 truonghoc
cuocthi1 cuocthi123 chuyendoiso chuyendoiso1 vanhoadoc nguyenvan nguyenthi nguyenvana hoilamgi bongda123 gamethu1
"""
_COMMON = frozenset(_COMMON_WORDS.split())

# Signs in the order in which they must be looked for: every browser also claims to be some older one.
_BROWSERS = {
    "Zalo": "Zalo",
    "FBAN": "Facebook",
    "FBAV": "Facebook",
    "coc_coc": "Cốc Cốc",
    "SamsungBrowser": "Samsung Internet",
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


class LoginKind(StrEnum):
    """How a person names themselves at sign-in."""

    PHONE = "phone"
    EMAIL = "email"
    CODE = "code"


class ConsentPurpose(StrEnum):
    """What a person allows."""

    TAKE_PART = "take_part"
    PUBLISH_NAME = "publish_name"
    PUBLISH_IMAGE = "publish_image"


class ConsentGiver(StrEnum):
    """Who gave the consent: the person from 16; below that the guardian, and from 7 the child besides."""

    SELF = "self"
    GUARDIAN = "guardian"
    CHILD = "child"


@dataclass(frozen=True, slots=True)
class LoginName:
    """A login in the one form in which it is stored: E.164, lower-case address, or lower-case code."""

    kind: LoginKind
    value: str


@dataclass(frozen=True, slots=True)
class Registration:
    """What somebody wrote to get an account, checked."""

    login: LoginName
    full_name: str
    birth_date: date
    publishes_name: bool
    guardian_name: str


def read_login(text: str) -> LoginName:
    """The login that `text` names, of whatever kind. Raises a `DomainError` on the field `login`."""
    tidy = nfc(text)
    if not tidy:
        raise DomainError("login_missing", field="login")
    if "@" in tidy:
        return LoginName(LoginKind.EMAIL, _read_email(tidy))
    joined = re.sub(r"[\s.\-()]", "", tidy)
    if re.fullmatch(r"\+?\d+", joined, re.ASCII):
        return LoginName(LoginKind.PHONE, _read_phone(joined))
    if not _CODE.fullmatch(joined.lower()):
        raise DomainError("login_code_invalid", field="login")
    return LoginName(LoginKind.CODE, joined.lower())


def login_key(text: str) -> str:
    """What to look up and count for a typed login; a malformed one is looked up, too, and found nowhere."""
    try:
        return read_login(text).value
    except DomainError:
        return nfc(text)


def read_contact(text: str) -> LoginName:
    """A phone number or an e-mail address: what people can register and be invited with."""
    tidy = nfc(text)
    if tidy and "@" not in tidy and not re.fullmatch(r"[+\d\s.()-]+", tidy):
        raise DomainError("login_contact_invalid", field="login")
    return read_login(tidy)


def _read_phone(digits: str) -> str:
    national = re.sub(r"^(\+84|84(?=\d{9}$))0?", "0", digits)
    if not _MOBILE.fullmatch(national):
        raise DomainError("login_phone_invalid", field="login")
    return "+84" + national[1:]


def _read_email(text: str) -> str:
    address = nfc(text.lower())
    if len(address) > MAXIMUM_EMAIL or not _EMAIL.fullmatch(address) or ".." in address:
        raise DomainError("login_email_invalid", field="login")
    return address


def show_login(kind: LoginKind, value: str) -> str:
    """The login as people write it: 0912 345 678, an address, K7PM3XWT."""
    if kind is LoginKind.PHONE:
        national = "0" + value.removeprefix("+84")
        return f"{national[:4]} {national[4:7]} {national[7:]}"
    return value.upper() if kind is LoginKind.CODE else value


def read_full_name(text: str) -> str:
    """A person's name as on their papers. Raises `full_name_missing`, `full_name_invalid`, `full_name_long`."""
    name = nfc(text)
    if not name:
        raise DomainError("full_name_missing", field="full_name")
    if len(name) > MAXIMUM_NAME:
        raise DomainError("full_name_long", field="full_name", maximum=MAXIMUM_NAME)
    if len(name) < 2 or not _NAME.fullmatch(name):
        raise DomainError("full_name_invalid", field="full_name")
    return name


def read_birth_date(text: str, today: date) -> date:
    """A birth date written dd/mm/yyyy. Raises a `DomainError` on the field `birth_date` that names what is wrong."""
    found = _DATE.fullmatch(nfc(text))
    if not found:
        raise DomainError("birth_date_form" if nfc(text) else "birth_date_missing", field="birth_date")
    day, month, year = map(int, found.groups())
    if not 1 <= month <= 12:
        raise DomainError("birth_date_month", field="birth_date", month=month)
    if year < EARLIEST_BIRTH_YEAR:
        raise DomainError("birth_date_early", field="birth_date", year=str(EARLIEST_BIRTH_YEAR))
    try:
        birth_date = date(year, month, day)
    except ValueError:
        raise DomainError("birth_date_day", field="birth_date", day=day, month=month) from None
    if birth_date > today:
        raise DomainError("birth_date_future", field="birth_date")
    return birth_date


def age_on(birth_date: date, today: date) -> int:
    """Whole years. Somebody born on 29 February is a year older on 1 March of a common year."""
    return today.year - birth_date.year - ((today.month, today.day) < (birth_date.month, birth_date.day))


def consents_needed(birth_date: date, today: date) -> frozenset[ConsentGiver]:
    """Who has to agree on behalf of somebody of this age."""
    age = age_on(birth_date, today)
    if age >= AGE_OF_OWN_CONSENT:
        return frozenset({ConsentGiver.SELF})
    if age >= AGE_OF_CHILD_CONSENT:
        return frozenset({ConsentGiver.GUARDIAN, ConsentGiver.CHILD})
    return frozenset({ConsentGiver.GUARDIAN})


def is_consented(givers: frozenset[ConsentGiver], birth_date: date | None, today: date) -> bool:
    """Whether the consents that stand are enough today; what guardian and child gave outlasts the 16th birthday."""
    if ConsentGiver.SELF in givers or {ConsentGiver.GUARDIAN, ConsentGiver.CHILD} <= givers:
        return True
    return birth_date is not None and consents_needed(birth_date, today) <= givers


def check_password(password: str, *known: str, birth_date: date | None = None) -> None:
    """Refuse what is guessed first: short, common, one sign repeated, a run of digits, or the person's own data.

    `known` are the person's logins and name in any form. Any signs may be used, and none has to be.
    """
    if len(password) < MINIMUM_PASSWORD:
        raise DomainError("password_short", field="password", minimum=MINIMUM_PASSWORD)
    if len(password) > MAXIMUM_PASSWORD:
        raise DomainError("password_long", field="password", maximum=MAXIMUM_PASSWORD)
    bare = _bare(password)
    if bare in _COMMON or len(set(bare)) <= 1 or bare in "0123456789012345678909876543210987654321":
        raise DomainError("password_common", field="password")
    own = {_bare(text) for text in known} | {_national(text) for text in known} | _dates(birth_date)
    if bare in own - {""}:
        raise DomainError("password_own", field="password")


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", search_key(text))


def _national(text: str) -> str:
    """A phone number the way its owner types it; other text loses nothing."""
    return re.sub(r"^84(?=\d{9}$)", "0", _bare(text))


def _dates(birth_date: date | None) -> set[str]:
    if birth_date is None:
        return set()
    return {birth_date.strftime(form) for form in ("%d%m%Y", "%Y%m%d", "%m%d%Y")}


def random_code(length: int, choice: Callable[[str], str]) -> str:
    """A code that is easily read out; `choice` picks one sign of the alphabet. The first sign is a letter."""
    return choice(CODE_ALPHABET[8:]) + "".join(choice(CODE_ALPHABET) for _ in range(length - 1))


def show_code(code: str) -> str:
    """K7PM-3XWT: in fours."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def read_code(text: str) -> str:
    """A typed code in the form in which it was made."""
    return re.sub(r"[\W_]", "", nfc(text)).upper()


def device_name(user_agent: str) -> str:
    """The browser and system that a person would recognise, "Zalo, Android"; empty when neither is known."""
    return ", ".join(
        found for found in (_first_named(_BROWSERS, user_agent), _first_named(_SYSTEMS, user_agent)) if found
    )


def _first_named(names: dict[str, str], user_agent: str) -> str:
    return next((name for sign, name in names.items() if sign in user_agent), "")
