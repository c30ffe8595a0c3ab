from datetime import UTC, date, datetime, timedelta

import pytest

from contest.contests.domain import (
    LineChange,
    Phase,
    RuleLine,
    Timetable,
    check_postponement,
    check_window,
    closing_instant,
    line_changes,
    moved,
    opening_instant,
    overlapping,
    phase,
    slug_of,
)
from contest.errors import DomainError

OPENS = datetime(2026, 7, 9, 17, tzinfo=UTC)
CLOSES = datetime(2026, 7, 16, 17, tzinfo=UTC)
TICK = timedelta(microseconds=1)
ZONE = "Asia/Ho_Chi_Minh"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (OPENS - TICK, Phase.UPCOMING),
        (OPENS, Phase.OPEN),
        (OPENS + TICK, Phase.OPEN),
        (CLOSES - TICK, Phase.OPEN),
        (CLOSES, Phase.CLOSED),
        (CLOSES + TICK, Phase.CLOSED),
    ],
)
def test_a_round_is_open_from_its_opening_instant_until_before_its_closing_instant(
    now: datetime, expected: Phase
) -> None:
    assert phase(Timetable(OPENS, CLOSES, released_at=OPENS - timedelta(days=1)), now) is expected


@pytest.mark.parametrize("now", [OPENS - TICK, OPENS, CLOSES])
def test_without_release_it_stays_a_draft_and_cancelled_it_stays_cancelled(now: datetime) -> None:
    assert phase(Timetable(OPENS, CLOSES), now) is Phase.DRAFT
    assert phase(Timetable(OPENS, CLOSES, OPENS - timedelta(days=1), OPENS), now) is Phase.CANCELLED
    assert phase(Timetable(OPENS, CLOSES, None, OPENS), now) is Phase.CANCELLED


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("00:00", datetime(2026, 7, 15, 17, tzinfo=UTC)),
        ("7:05", datetime(2026, 7, 16, 0, 5, tzinfo=UTC)),
        ("07h05", datetime(2026, 7, 16, 0, 5, tzinfo=UTC)),
        ("17h", datetime(2026, 7, 16, 10, tzinfo=UTC)),
        ("23:58", datetime(2026, 7, 16, 16, 58, tzinfo=UTC)),
        ("23:59", datetime(2026, 7, 16, 17, tzinfo=UTC)),
        ("24:00", datetime(2026, 7, 16, 17, tzinfo=UTC)),
    ],
)
def test_a_closing_time_is_of_the_zone_and_its_last_minute_counts(typed: str, expected: datetime) -> None:
    assert closing_instant(date(2026, 7, 16), typed, ZONE) == expected


def test_an_opening_time_is_the_instant_itself() -> None:
    assert opening_instant(date(2026, 7, 16), "23:59", ZONE) == datetime(2026, 7, 16, 16, 59, tzinfo=UTC)
    assert opening_instant(date(2026, 7, 16), "24:00", ZONE) == datetime(2026, 7, 16, 17, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["", "24:01", "25:00", "12:60", "12", "noon", "-1:00", "1:2"])
def test_what_is_no_time_is_refused_beside_its_field(typed: str) -> None:
    with pytest.raises(DomainError) as opening:
        opening_instant(date(2026, 7, 16), typed, ZONE)
    with pytest.raises(DomainError) as closing:
        closing_instant(date(2026, 7, 16), typed, ZONE)
    assert (opening.value.code, opening.value.field) == ("time_unreadable", "opens_time")
    assert (closing.value.code, closing.value.field) == ("time_unreadable", "closes_time")


def test_a_window_must_not_close_when_or_before_it_opens() -> None:
    check_window(OPENS, OPENS + TICK)
    for closes_at in (OPENS, OPENS - TICK):
        with pytest.raises(DomainError, match="window_reversed"):
            check_window(OPENS, closes_at)


def test_moving_keeps_the_time_on_the_wall_across_a_change_of_clocks() -> None:
    before = datetime(2026, 3, 28, 8, tzinfo=UTC)  # 09:00 in Paris, the day before summer time
    assert moved(before, 1, "Europe/Paris") == datetime(2026, 3, 29, 7, tzinfo=UTC)
    assert moved(before, 1, ZONE) == before + timedelta(days=1)


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("opens", "closes", "now", "code"),
    [
        (OPENS + DAY, CLOSES + DAY, OPENS - TICK, None),
        (OPENS, CLOSES + TICK, CLOSES - TICK, None),
        (OPENS, CLOSES + DAY, CLOSES, "round_closed"),
        (OPENS + DAY, CLOSES, OPENS, "already_open"),
        (OPENS - DAY, CLOSES, OPENS - 2 * DAY, "moved_back"),
        (OPENS, CLOSES - TICK, OPENS, "moved_back"),
        (OPENS, CLOSES, OPENS, "nothing_moved"),
        (CLOSES, CLOSES, OPENS - DAY, "window_reversed"),
    ],
)
def test_a_released_round_moves_only_forward_and_only_before_it_closes(
    opens: datetime, closes: datetime, now: datetime, code: str | None
) -> None:
    old = Timetable(OPENS, CLOSES, OPENS - 3 * DAY)
    if code is None:
        check_postponement(old, Timetable(opens, closes), now)
    else:
        with pytest.raises(DomainError, match=code):
            check_postponement(old, Timetable(opens, closes), now)


def test_a_cancelled_round_does_not_move() -> None:
    with pytest.raises(DomainError, match="round_cancelled"):
        check_postponement(Timetable(OPENS, CLOSES, OPENS, OPENS), Timetable(OPENS, CLOSES + DAY), OPENS)


def test_windows_that_only_touch_do_not_overlap() -> None:
    first, next_, inside = (OPENS, CLOSES), (CLOSES, CLOSES + DAY), (CLOSES - TICK, CLOSES + TICK)
    assert overlapping([first, next_]) == []
    assert overlapping([first, next_, inside]) == [(0, 2), (1, 2)]


def test_an_address_is_made_of_the_title() -> None:
    assert slug_of("Đại sứ Văn hóa đọc – tỉnh Lạng Sơn 2026!") == "dai-su-van-hoa-doc-tinh-lang-son-2026"
    assert slug_of("…") == ""
    assert len(slug_of("a" * 81)) == 80


def test_versions_are_compared_line_by_line() -> None:
    old = [RuleLine("repeat", "Số lượt", "1 lượt"), RuleLine("trophy", "Giải", "Nhất", items=("a", "b"))]
    new = [RuleLine("repeat", "Số lượt", "2 lượt"), RuleLine("clock", "Thời gian", "15 phút", "tính cả giây")]
    changes = line_changes(new, old)
    assert changes == [
        LineChange("Số lượt", "2 lượt", "1 lượt"),
        LineChange("Thời gian", "15 phút · tính cả giây", ""),
        LineChange("Giải", "", "Nhất · 1. a · 2. b"),
    ]
    assert [change for change in line_changes(old, old) if change.now != change.before] == []
