"""The second sample: "Đại sứ Văn hóa đọc", one round open, another closed and being judged."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from contest.accounts.services import GivenPassword
from contest.actors import Actor
from contest.contests.models import Group, Role, Round, RoundKind
from contest.contests.queries import groups_of
from contest.contests.services.contests import ContestFacts, announce_contest
from contest.contests.services.groups import add_group
from contest.contests.services.rounds import add_round, release_round
from contest.entries.domain.limits import AnswerForm
from contest.entries.services.prompts import add_prompt
from contest.entries.services.versions import hand_in
from contest.i18n import local
from contest.judging.domain.panel import POINT
from contest.judging.services.cases import open_judging
from contest.notices.services import publish_announcement
from contest.samples import people as sample
from contest.samples.committee import Committee, fill_seats, found_contest, put_rules_in_force
from contest.samples.making import made_files
from contest.samples.pupils import add_pupil, check_files, take_part, write_entry
from contest.samples.scores import score_entries
from contest.samples.texts import SampleAnswer, SampleEntry, sample_texts
from contest.samples.units import FIRST_SCHOOL

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SEATS = (
    (sample.SECOND_ORGANIZER, Role.ORGANIZER),
    (sample.SECRETARY, Role.SECRETARY),
    (sample.COORDINATOR, Role.COORDINATOR),
    (sample.JUDGE, Role.JUDGE),
    (sample.SECOND_JUDGE, Role.JUDGE),
    (sample.CHIEF_JUDGE, Role.CHIEF_JUDGE),
)
PUPILS_GROUP = "Trung học cơ sở"
YOUNGEST = "Tiểu học, lớp 1 và lớp 2"
PUPILS_DRAFT = SampleEntry(
    name=sample.PUPIL.name,
    age=sample.PUPILS_AGE,
    group=PUPILS_GROUP,
    unit=FIRST_SCHOOL,
    prompt=1,
    answers=(
        SampleAnswer(
            AnswerForm.TEXT,
            "Nhân vật em nghĩ tới đầu tiên là Rô-bin-xơn trên đảo hoang. Một mình, không ai nhắc việc, vậy mà ngày nào "
            "ông cũng có kế hoạch.",
            "",
        ),
    ),
    is_handed_in=False,
)


def rules(groups: Sequence[Group]) -> Mapping[str, Mapping[str, Any]]:
    """What this sample says otherwise than what is proposed to every contest.

    Clips may be short, to try them fast; the youngest send clips only, as real contests of this name rule it.
    """
    youngest = {group.code: group.name for group in groups if group.name == YOUNGEST}
    criteria = [
        {"code": row["code"], "name": row["name"], "max": row["points"] * POINT, "weight": 10}
        for row in sample_texts().criteria
    ]
    tiers = (("Giải Nhất", 1), ("Giải Nhì", 2), ("Giải Ba", 3), ("Giải Khuyến khích", 4))
    return {
        "forms": {
            "clip_min_seconds": 5,
            "clip_max_mb": 500,
            "groups": [{"groups": youngest, "forms": [AnswerForm.VIDEO.value, AnswerForm.AUDIO.value]}],
        },
        "panel": {"criteria": criteria},
        "prizes": {
            "ties": "decide",
            "tiers": [
                {"name": name, "count": count, "worth": "", "floor": "judged_score", "minimum": 70 * POINT}
                for name, count in tiers
            ],
        },
        "units": {"formula": "rate"},
    }


def load_entry_contest(
    session: Session, now: datetime, ids: Mapping[str, int], passwords: Sequence[GivenPassword]
) -> Committee:
    """One round closed six days ago and is being judged, the other has been open for two days.

    The units have to be there; `passwords` are for the pupils, one each (see `passwords_needed`).
    """
    today = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    began = today - 40 * DAY
    committee = _founded(session, began, ids)
    fill_seats(session, began, committee, SEATS)
    closed = _add_round(session, began, committee, "Đợt 1", today - 30 * DAY, today - 6 * DAY)
    opened = _add_round(session, began, committee, "Đợt 2", today - 2 * DAY, today + 12 * DAY)
    ruled = rules(groups_of(session, committee.contest.id))
    put_rules_in_force(session, began, committee, RoundKind.ENTRY, ruled, "MAU-05/QĐ-BTC")
    announce_contest(session, committee.organizer, began, contest_id=committee.contest.id)
    for round_ in (closed, opened):
        release_round(session, committee.organizer, began, contest_id=committee.contest.id, round_id=round_.id)
    unused = iter(passwords)
    _write_entries(session, closed, closed.closes_at, committee, sample_texts().entries, unused)
    _judge(session, committee, closed)
    _write_entries(session, opened, today, committee, sample_texts().open_entries, unused)
    write_entry(session, today - 5 * HOUR, opened, Actor(ids[sample.PUPIL.login]), PUPILS_DRAFT, [None])
    _announce(session, today - 2 * DAY, committee)
    return committee


def passwords_needed() -> int:
    """How many pupils get an account."""
    return len(_new_pupils(sample_texts().entries)) + len(_new_pupils(sample_texts().open_entries))


def _new_pupils(entries: Sequence[SampleEntry]) -> list[SampleEntry]:
    """Those who are not the pupil whom everybody can sign in as."""
    return [entry for entry in entries if entry.name != sample.PUPIL.name]


def _founded(session: Session, now: datetime, ids: Mapping[str, int]) -> Committee:
    facts = ContestFacts(
        title=f"Cuộc thi “Đại sứ Văn hóa đọc” tỉnh Lạng Sơn năm {local(now + 40 * DAY).year}",
        organizer_name="Ban Tổ chức Cuộc thi “Đại sứ Văn hóa đọc” tỉnh Lạng Sơn",
        decision_number="MAU-04/QĐ-BTC",
        decision_date=local(now).date(),
        summary=(
            "Chủ đề “Sách cho tôi, cho bạn”. Học sinh, sinh viên chọn một đề và trả lời bằng bài viết, đoạn phim hoặc "
            "đoạn ghi âm. Đây là dữ liệu mẫu nên đoạn phim, đoạn ghi âm chỉ cần dài từ 5 giây."
        ),
    )
    committee = found_contest(session, now, ids, facts, slug="dai-su-van-hoa-doc")
    for group in sample_texts().groups:
        add_group(session, committee.organizer, now, contest_id=committee.contest.id, **group)
    return committee


def _add_round(
    session: Session, now: datetime, committee: Committee, name: str, opens_at: datetime, closes_at: datetime
) -> Round:
    """A round with the prompts of every group."""
    contest_id = committee.contest.id
    round_ = add_round(
        session,
        committee.organizer,
        now,
        contest_id=contest_id,
        kind=RoundKind.ENTRY,
        name=name,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    group_ids = {group.name: group.id for group in groups_of(session, contest_id)}
    for prompt in sample_texts().prompts:
        add_prompt(
            session,
            committee.organizer,
            now,
            contest_id=contest_id,
            round_id=round_.id,
            group_id=group_ids[prompt["group"]],
            title=prompt["title"],
            questions=prompt["questions"],
        )
    return round_


def _write_entries(
    session: Session,
    round_: Round,
    until: datetime,
    committee: Committee,
    entries: Sequence[SampleEntry],
    passwords: Iterator[GivenPassword],
) -> None:
    """Spread over the time from the opening of the round to `until`."""
    written = []
    for number, (wanted, files) in enumerate(zip(entries, made_files(entries), strict=True), start=1):
        now = round_.opens_at + (until - round_.opens_at) * number / (len(entries) + 1)
        known = Actor(committee.ids[sample.PUPIL.login])
        pupil = known if wanted.name == sample.PUPIL.name else add_pupil(session, now, wanted, next(passwords))
        take_part(session, now, committee.contest, pupil, wanted.group, wanted.unit)
        written.append((wanted, pupil, now, write_entry(session, now, round_, pupil, wanted, files)))
    check_files(session, until)
    for wanted, actor, now, entry in written:
        if wanted.is_handed_in:
            hand_in(session, actor, now + timedelta(minutes=40), entry.public_id, is_committed=True)


def _judge(session: Session, committee: Committee, round_: Round) -> None:
    chief = committee.holder(sample.CHIEF_JUDGE, Role.CHIEF_JUDGE)
    judges = [committee.holder(account, Role.JUDGE) for account in (sample.JUDGE, sample.SECOND_JUDGE)]
    opened_at = round_.closes_at + DAY + 8 * HOUR
    open_judging(session, chief, opened_at, contest_id=round_.contest_id, round_id=round_.id)
    score_entries(session, opened_at + DAY, round_, judges, chief)


def _announce(session: Session, now: datetime, committee: Committee) -> None:
    publish_announcement(
        session,
        committee.organizer,
        now,
        contest_id=committee.contest.id,
        title="Đợt 2 bắt đầu nhận bài dự thi",
        body=(
            "Đợt 2 nhận bài trong hai tuần. Bài viết được lưu tự động; bạn có thể nộp, rút và nộp lại cho đến hạn.\n\n"
            "Học sinh dưới 16 tuổi cần cha mẹ hoặc người giám hộ đồng ý trước khi dự thi."
        ),
    )
