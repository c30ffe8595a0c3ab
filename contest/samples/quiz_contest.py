"""The first sample: the quiz on digital transformation, modelled on the province's decision of 2023.

Everything goes through the services that the committee's pages call, at the times at which a committee would have.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

import question_bank
from contest.contests.models import Role, Round, RoundKind
from contest.contests.services.contests import ContestFacts, announce_contest
from contest.contests.services.groups import add_group
from contest.contests.services.rounds import add_round, release_round
from contest.i18n import local
from contest.notices.services import publish_announcement
from contest.questions.models import Bank
from contest.questions.services.banks import assign_bank
from contest.questions.services.importing import load_bank
from contest.samples import people as sample
from contest.samples.committee import Committee, fill_seats, found_contest, put_rules_in_force
from contest.samples.units import add_units
from question_bank.formats import format_of

BANKS = Path(question_bank.__file__).parent / "samples"
WEEK = timedelta(days=7)
OPEN_FOR = timedelta(days=2)

SEATS = (
    (sample.SECOND_ORGANIZER, Role.ORGANIZER),
    (sample.SETTER, Role.QUESTION_SETTER),
    (sample.REVIEWER, Role.QUESTION_REVIEWER),
    (sample.SECRETARY, Role.SECRETARY),
    (sample.COORDINATOR, Role.COORDINATOR),
)
RULES: Mapping[str, Mapping[str, Any]] = {
    "attempts": {"tries": None, "key_time": "after_closing"},
    "paper": {
        "rows": [
            {"topic": topic, "difficulty": difficulty, "count": count}
            for topic in (
                "Nhận thức chung",
                "Chính quyền số",
                "Kinh tế số và xã hội số",
                "An toàn thông tin và dữ liệu cá nhân",
                "Định danh điện tử và dịch vụ công",
            )
            for difficulty, count in ((1, 2), (2, 1), (3, 1))
        ]
    },
    "prediction": {
        "is_asked": True,
        "target": "all_right",
        "question": "Theo bạn, có bao nhiêu người trả lời đúng tất cả các câu hỏi của tuần này?",
    },
    "ranking": {
        "steps": [
            {"key": "right_count", "direction": "desc"},
            {"key": "deviation", "direction": "asc"},
            {"key": "duration_ms", "direction": "asc"},
            {"key": "submitted_at", "direction": "asc"},
        ]
    },
    "prizes": {
        "ties": "award_all",
        "tiers": [
            {"name": name, "count": count, "worth": worth, "floor": "all_right", "minimum": None}
            for name, count, worth in (
                ("Giải Nhất", 1, "1.000.000 đồng"),
                ("Giải Nhì", 2, "700.000 đồng"),
                ("Giải Ba", 3, "500.000 đồng"),
                ("Giải Khuyến khích", 10, "300.000 đồng"),
            )
        ],
    },
    "units": {"formula": "rate"},
}


def load_quiz_contest(session: Session, now: datetime, ids: Mapping[str, int]) -> tuple[Committee, list[Round]]:
    """Week 1 is over, week 2 is open, weeks 3 and 4 are in preparation. Returns who decides, and the rounds."""
    week_two = local(now).replace(hour=0, minute=0, second=0, microsecond=0) - OPEN_FOR
    began = week_two - 3 * WEEK
    committee = _founded(session, began, ids)
    add_units(session, committee.organizer, began, committee.contest.id)
    fill_seats(session, began, committee, SEATS)
    rounds = _add_rounds(session, began, committee, week_two - WEEK)
    put_rules_in_force(session, began, committee, RoundKind.QUIZ, RULES, "MAU-02/QĐ-BTCCT")
    banks = _add_banks(session, began, committee, rounds)
    announce_contest(session, committee.organizer, began, contest_id=committee.contest.id)
    for place in (0, 1):
        assign_bank(session, committee.organizer, began, bank=banks[place], round_ids=[rounds[place].id])
        release_round(session, committee.organizer, began, contest_id=committee.contest.id, round_id=rounds[place].id)
    _announce(session, committee, week_two)
    return committee, rounds


def _founded(session: Session, now: datetime, ids: Mapping[str, int]) -> Committee:
    facts = ContestFacts(
        title="Cuộc thi trắc nghiệm tìm hiểu về chuyển đổi số tỉnh Lạng Sơn",
        organizer_name="Ban Tổ chức Cuộc thi tìm hiểu về chuyển đổi số tỉnh Lạng Sơn",
        decision_number="MAU-01/QĐ-BTCCT",
        decision_date=local(now).date(),
        summary="20 câu hỏi trong 15 phút, thi nhiều lượt, tính lượt tốt nhất của tuần.",
    )
    committee = found_contest(session, now, ids, facts, slug="chuyen-doi-so")
    add_group(
        session,
        committee.organizer,
        now,
        contest_id=committee.contest.id,
        name="Mọi công dân",
        age_from=12,
        age_to=None,
    )
    return committee


def _add_rounds(session: Session, now: datetime, committee: Committee, first_opens_at: datetime) -> list[Round]:
    return [
        add_round(
            session,
            committee.organizer,
            now,
            contest_id=committee.contest.id,
            kind=RoundKind.QUIZ,
            name=f"Tuần {number}",
            opens_at=first_opens_at + WEEK * (number - 1),
            closes_at=first_opens_at + WEEK * number,
        )
        for number in range(1, 5)
    ]


def _add_banks(session: Session, now: datetime, committee: Committee, rounds: list[Round]) -> list[Bank]:
    banks = []
    for number, round_ in enumerate(rounds[:2], start=1):
        path = BANKS / f"chuyen_doi_so_{number}.json"
        entries = [(item.code, item.question) for item in format_of(path.name).read_questions(path).questions]
        banks.append(
            load_bank(
                session,
                now,
                contest_id=committee.contest.id,
                name=f"Ngân hàng {round_.name}",
                entries=entries,
                written_by=committee.ids[sample.SETTER.login],
                approved_by=committee.ids[sample.REVIEWER.login],
            )
        )
    return banks


def _announce(session: Session, committee: Committee, now: datetime) -> None:
    texts = (
        (
            now - WEEK,
            "Tuần 1 bắt đầu",
            "Tuần 1 mở từ hôm nay. Mỗi lượt thi có 20 câu, làm trong 15 phút; bạn thi bao nhiêu lượt cũng được.",
        ),
        (
            now,
            "Tuần 2 bắt đầu",
            (
                "Tuần 2 đã mở với ngân hàng câu hỏi mới.\n\nCác phòng máy trường học có thể thi cùng một địa chỉ mạng, "
                "không bị coi là trùng lặp."
            ),
        ),
    )
    for at, title, body in texts:
        publish_announcement(session, committee.organizer, at, contest_id=committee.contest.id, title=title, body=body)
