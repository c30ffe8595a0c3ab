"""Instants and spans as people say them."""

from datetime import datetime, timedelta

from flask_babel import gettext, lazy_gettext, ngettext

from contest.i18n import local

WEEKDAYS = (
    lazy_gettext("Monday"),
    lazy_gettext("Tuesday"),
    lazy_gettext("Wednesday"),
    lazy_gettext("Thursday"),
    lazy_gettext("Friday"),
    lazy_gettext("Saturday"),
    lazy_gettext("Sunday"),
)


def moment(instant: datetime, zone: str) -> str:
    """A time with its weekday: 09:00 thứ Tư 15/7/2026."""
    return _said(local(instant, zone), local(instant, zone).strftime("%H:%M"))


def closing_moment(instant: datetime, zone: str) -> str:
    """Like `moment`, but midnight is 24:00 of the day that ends: 24:00 Chủ nhật 19/7/2026."""
    there = local(instant, zone)
    if there.hour == there.minute == 0:
        return _said(there - timedelta(days=1), "24:00")
    return moment(instant, zone)


def days(opens_at: datetime, closes_at: datetime, zone: str) -> str:
    """The days of a window: 10/7 – 16/7/2026; one day alone when it is one."""
    first, last = local(opens_at, zone), local(closes_at - timedelta(microseconds=1), zone)
    if first.date() == last.date():
        return _day(last)
    start = f"{first.day}/{first.month}" if first.year == last.year else _day(first)
    return f"{start} – {_day(last)}"


def time_left(until: datetime, now: datetime) -> str:
    """The two largest parts of what is left: 3 ngày 14 giờ."""
    total = max(0, int((until - now).total_seconds()) // 60)
    counts = (total // 1440, total // 60 % 24, total % 60)
    first = next((place for place, count in enumerate(counts) if count), None)
    if first is None:
        return str(gettext("less than a minute"))
    words = (
        ngettext("%(num)d day", "%(num)d days", counts[0]),
        ngettext("%(num)d hour", "%(num)d hours", counts[1]),
        ngettext("%(num)d minute", "%(num)d minutes", counts[2]),
    )
    return " ".join(words[place] for place in range(first, min(first + 2, 3)) if counts[place])


def _said(there: datetime, clock_time: str) -> str:
    return f"{clock_time} {WEEKDAYS[there.weekday()]} {_day(there)}"


def _day(there: datetime) -> str:
    return f"{there.day}/{there.month}/{there.year}"
