"""Words, names, numbers and dates the Vietnamese way: keys for sorting and searching, formats for showing."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LOCALES = ("vi", "en")
DEFAULT_ZONE = "Asia/Ho_Chi_Minh"

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_CODE = {letter: f"{number:02d}" for number, letter in enumerate("0123456789" + _LETTERS, start=10)}
_TONES = {"̀": "1", "̉": "2", "̃": "3", "́": "4", "̣": "5"}
_END, _SPACE = "00", "01"


def nfc(text: str) -> str:
    """Composed form, with runs of white space folded into one space and none at the ends."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def search_key(text: str) -> str:
    """Lower case without tones and marks, đ as d: what people type when they search."""
    decomposed = unicodedata.normalize("NFD", nfc(text).lower().replace("đ", "d"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def text_sort_key(text: str) -> str:
    """Order of CLDR `vi`: letters first (a ă â … đ … ư), then tones ngang, huyền, hỏi, ngã, sắc, nặng.

    The key is of digits only, so that every database collation agrees on it.
    """
    letters, tones = [], []
    for character in unicodedata.normalize("NFC", nfc(text).lower()):
        base, tone = _split_tone(character)
        letters.append(_SPACE if base == " " else _LETTER_CODE.get(base, "99"))
        tones.append(tone)
    return "".join(letters) + _END + "".join(tones)


def name_sort_key(full_name: str) -> str:
    """Order of people: tên first, then họ and đệm as one."""
    *rest, given = nfc(full_name).split(" ")
    return text_sort_key(given) + _END + text_sort_key(" ".join(rest))


def _split_tone(character: str) -> tuple[str, str]:
    marks = unicodedata.normalize("NFD", character)
    tone = next((_TONES[mark] for mark in marks if mark in _TONES), "0")
    return unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES)), tone


def local(instant: datetime, zone: str = DEFAULT_ZONE) -> datetime:
    """The instant on the clocks of `zone`."""
    return instant.astimezone(ZoneInfo(zone))


def show_date(value: date | datetime, zone: str = DEFAULT_ZONE) -> str:
    """dd/mm/yyyy."""
    return (local(value, zone) if isinstance(value, datetime) else value).strftime("%d/%m/%Y")


def show_time(instant: datetime, zone: str = DEFAULT_ZONE) -> str:
    """hh:mm."""
    return local(instant, zone).strftime("%H:%M")


def show_datetime(instant: datetime, zone: str = DEFAULT_ZONE) -> str:
    """hh:mm dd/mm/yyyy."""
    return local(instant, zone).strftime("%H:%M %d/%m/%Y")


def show_deadline(instant: datetime, zone: str = DEFAULT_ZONE) -> str:
    """A closing instant as people say it: midnight is 24:00 of the day that ends."""
    there = local(instant, zone)
    if there.hour == there.minute == there.second == 0:
        return f"24:00 {there - timedelta(days=1):%d/%m/%Y}"
    return there.strftime("%H:%M %d/%m/%Y")


def show_number(value: int, locale: str = "vi") -> str:
    """A whole number with separated thousands: 1.046 in Vietnamese, 1,046 in English."""
    grouped = f"{value:,}"
    return grouped.replace(",", ".") if locale == "vi" else grouped


def show_scaled(value: int, digits: int, locale: str = "vi") -> str:
    """An integer of 10^-digits units as a decimal without trailing zeros: 12500 of 1/1000 is 12,5."""
    whole, fraction = divmod(abs(value), 10**digits)
    decimals = f"{fraction:0{digits}d}".rstrip("0") if digits else ""
    mark = "," if locale == "vi" else "."
    sign = "-" if value < 0 else ""
    return sign + show_number(whole, locale) + (mark + decimals if decimals else "")


def show_duration(milliseconds: int, locale: str = "vi") -> str:
    """mm:ss,mmm: exact to the millisecond, since places are decided by it."""
    minutes, rest = divmod(milliseconds, 60_000)
    seconds, thousandths = divmod(rest, 1000)
    mark = "," if locale == "vi" else "."
    return f"{minutes:02d}:{seconds:02d}{mark}{thousandths:03d}"
