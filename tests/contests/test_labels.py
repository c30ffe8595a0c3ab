from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from contest.contests.labels.letters import seat_letter
from contest.contests.labels.rules import RULES, printed, rules_lacks
from contest.contests.labels.times import closing_moment, days, moment, time_left
from contest.contests.models import Role, RulesState
from tests.contests.world import only_tries
from tests.factories import NOW, make_contest, make_round, make_rules

ZONE = "Asia/Ho_Chi_Minh"
MIDNIGHT = datetime(2026, 7, 19, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _request(app: Flask):
    with app.test_request_context():
        yield


def test_midnight_is_said_as_the_end_of_a_day_when_it_closes() -> None:
    assert closing_moment(MIDNIGHT, ZONE) == "24:00 Chủ nhật 19/7/2026"
    assert moment(MIDNIGHT, ZONE) == "00:00 thứ Hai 20/7/2026"
    assert closing_moment(MIDNIGHT - timedelta(hours=7), ZONE) == "17:00 Chủ nhật 19/7/2026"


def test_a_window_is_said_by_its_days() -> None:
    start = MIDNIGHT - timedelta(days=7)
    assert days(start, MIDNIGHT, ZONE) == "13/7 – 19/7/2026"
    assert days(MIDNIGHT - timedelta(days=1), MIDNIGHT, ZONE) == "19/7/2026"
    assert days(datetime(2026, 12, 30, 17, tzinfo=UTC), datetime(2027, 1, 1, 17, tzinfo=UTC), ZONE) == (
        "31/12/2026 – 1/1/2027"
    )


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=3, hours=14, minutes=9), "3 ngày 14 giờ"),
        (timedelta(days=3), "3 ngày"),
        (timedelta(days=1), "1 ngày"),
        (timedelta(days=1) - timedelta(seconds=1), "23 giờ 59 phút"),
        (timedelta(minutes=1), "1 phút"),
        (timedelta(seconds=59), "chưa đến một phút"),
        (timedelta(seconds=-5), "chưa đến một phút"),
    ],
)
def test_what_is_left_is_said_by_its_two_largest_parts(left: timedelta, words: str) -> None:
    assert time_left(NOW + left, NOW) == words


def test_changing_a_value_changes_the_sentence() -> None:
    with only_tries():
        assert [line.answer for line in printed({"tries": {"tries": 2}, "unknown": {}})] == ["2 lượt"]
        assert [line.answer for line in printed({"tries": {"tries": 3}})] == ["3 lượt"]


def test_the_second_person_reads_what_changes() -> None:
    content = {"number": 2, "decision_number": "9/QĐ", "sections": {"tries": {"tries": 3}}, "replaces": {}}
    with only_tries():
        assert list(RULES.lines(content))[-1] == ("Số lượt", "3 lượt")
        changed = {**content, "replaces": {"tries": {"tries": 1}}}
        assert list(RULES.lines(changed))[-1] == ("Số lượt", "3 lượt", "Thay đổi. Đang có hiệu lực: 1 lượt")
        gone = {**changed, "sections": {}}
        assert list(RULES.lines(gone))[-1][1] == "Không còn trong thể lệ."


def test_a_round_lacks_rules_until_they_are_in_force(session: Session) -> None:
    contest = make_contest(session)
    row = make_round(session, contest)
    assert [(lack.code, lack.blocks) for lack in rules_lacks(session, row)] == [("rules_missing", True)]
    waiting = make_rules(session, contest, state=RulesState.PROPOSED)
    assert rules_lacks(session, row)[0].fix_endpoint == "approvals.index"
    make_rules(session, contest, number=2)
    assert [(lack.code, lack.blocks) for lack in rules_lacks(session, row)] == [("rules_waiting", False)]
    waiting.state = RulesState.SUPERSEDED
    assert rules_lacks(session, row) == []


def test_a_letter_tells_the_seat_and_carries_the_link(session: Session) -> None:
    contest = make_contest(session, title="Đại sứ Văn hóa đọc")
    write = seat_letter(contest, Role.JUDGE, lambda token: f"https://thi.example/{token}")
    subject, invited = write("abc")
    assert subject == "Phân công nhiệm vụ trong cuộc thi “Đại sứ Văn hóa đọc”"
    assert "https://thi.example/abc" in invited
    assert "Giám khảo" in invited
    assert "https" not in write(None)[1]
