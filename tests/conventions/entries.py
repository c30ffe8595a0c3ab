"""The part of the prepared world that is made at home and judged: an open entry round, and one that is being judged."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from contest.accounts.models import Person
from contest.actors import Actor
from contest.contests.models import Contest, Role, Round, RoundKind
from contest.entries.domain.limits import AnswerForm, default_limits
from contest.entries.models import Entry, EntryFile, Prompt
from contest.entries.services import drafts, versions
from contest.judging.domain.panel import default_panel
from contest.judging.services import cases, conflicts, queue, reports, sheets
from contest.participation.models import Participation
from contest.storage import new_key
from tests.entries.world import put_file
from tests.factories import NOW, actor_of, add, make_round

QUESTIONS = ["Giới thiệu một nhân vật truyền cảm hứng.", "Nêu kế hoạch đưa sách đến các bạn vùng xa."]
ESSAY = "Tôi gặp Dế Mèn lần đầu vào mùa hè năm lớp 4.\n\nTừ đó tôi yêu đọc sách."
CRITERIA = [
    {"code": "c1", "name": "Nội dung, cảm nhận", "max": 60_000, "weight": 10},
    {"code": "c2", "name": "Trình bày, sáng tạo", "max": 40_000, "weight": 10},
]
SECTIONS: dict[str, Any] = {
    "forms": {**default_limits(), "clip_min_seconds": 2, "commitment": "Tôi tự làm bài này."},
    "panel": {**default_panel(), "criteria": CRITERIA},
}
WRITTEN_AT = NOW - timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the scene stands on: `authors` take part, `seats` has somebody for each role, `colleague` judges too."""

    app: Flask
    contest: Contest
    seats: dict[Role, Person]
    colleague: Person
    stranger_unit_id: int
    authors: tuple[Participation, Participation]


def build_entries(session: Session, ground: Ground) -> dict[str, object]:
    """Two authors have handed in to the closed round, where one of two judges writes a sheet and the other's is locked."""
    mine, theirs = ground.authors
    open_round = _round(session, ground, "Vòng dự thi", 8, "vong-bai-dang-mo")
    closed = _round(session, ground, "Vòng tháng trước", 9, "vong-bai-dang-cham", closes_at=NOW - timedelta(hours=2))
    draft = _round(session, ground, "Vòng sau", 10, "vong-bai-sau", opens_at=NOW + timedelta(days=20), released_at=None)
    prompt = _prompt(session, draft, mine.group_id)
    entry, file = _handed_in(session, ground, open_round, mine)
    for author in (theirs, mine):
        _handed_in(session, ground, closed, author)
    return {
        "entries:round_id": open_round.public_id,
        "entries:int:round_id": draft.id,
        "entry_id": entry.public_id,
        "file_id": file.public_id,
        "upload_id": file.public_id,
        "prompt_id": prompt.id,
        "number": 1,
        "question": 2,
        "piece": 0,
        **_judged(session, ground, closed),
    }


def _round(session: Session, ground: Ground, name: str, position: int, public_id: str, **values: Any) -> Round:
    window = {"opens_at": NOW - timedelta(days=30), "closes_at": NOW + timedelta(days=30)}
    values = {**window, "public_id": public_id, "position": position, "kind": RoundKind.ENTRY, **values}
    return make_round(session, ground.contest, name, **values)


def _prompt(session: Session, round_: Round, group_id: int) -> Prompt:
    known = session.query(Prompt).filter_by(round_id=round_.id, group_id=group_id).one_or_none()
    return known or add(
        session,
        Prompt(round_id=round_.id, group_id=group_id, position=1, title="Nhân vật của tôi", questions=QUESTIONS),
    )


def _handed_in(
    session: Session, ground: Ground, round_: Round, author: Participation, now: datetime = WRITTEN_AT
) -> tuple[Entry, EntryFile]:
    """An entry of a text and a document whose copy lies in the store."""
    actor, prompt = Actor(author.person_id), _prompt(session, round_, author.group_id)
    entry = drafts.begin_entry(session, actor, now, round_.public_id)
    drafts.choose_prompt(session, actor, now, entry.public_id, prompt.id)
    drafts.save_text(session, actor, now, entry.public_id, 1, ESSAY, 0)
    kinds = ("text/plain", "image/webp")
    copies = [{"key": new_key("copies"), "mime": mime, "size": len(ESSAY.encode())} for mime in kinds]
    for copy in copies:
        ground.app.extensions["storage"].write(copy["key"], BytesIO(ESSAY.encode()), 1000)
    kept = {"mime": "application/pdf", "words": 18, "pages": 1, "key": new_key("entries"), "copies": copies}
    file = put_file(session, entry, 2, AnswerForm.DOCUMENT, name="ke-hoach.pdf", **kept)
    versions.hand_in(session, actor, now, entry.public_id, is_committed=True)
    return entry, file


def _judged(session: Session, ground: Ground, closed: Round) -> dict[str, object]:
    contest, chief = ground.contest, _seated(ground, Role.CHIEF_JUDGE)
    first, second = (actor_of(person, contest, Role.JUDGE) for person in (ground.seats[Role.JUDGE], ground.colleague))
    where = {"contest_id": contest.id, "round_id": closed.id}
    cases.open_judging(session, chief, NOW, **where)
    sheet = queue.take_next(session, first, NOW, **where)
    other = queue.take_next(session, second, NOW, **where)
    assert sheet is not None
    assert other is not None
    marks = {"c1": 50_000, "c2": 30_000}
    at = {"contest_id": contest.id, "sheet_id": other.id}
    sheets.save_marks(session, second, NOW, **at, marks=marks, comment="Kế hoạch cụ thể.", revision=other.revision)
    sheets.lock_sheet(session, second, NOW, **at, revision=other.revision)
    reported = reports.report_case(
        session, first, NOW, contest_id=contest.id, sheet_id=sheet.id, reason="Trang 2 bị mờ"
    )
    noted = conflicts.note_conflict(
        session,
        chief,
        NOW,
        contest_id=contest.id,
        judge_id=first.person_id,
        unit_id=ground.stranger_unit_id,
        reason="Giáo viên của trường",
    )
    return {
        "judging:int:round_id": closed.id,
        "judging:question": 2,
        "judging:piece": 1,
        "case_id": sheet.case_id,
        "sheet_id": sheet.id,
        "report_id": reported.id,
        "conflict_id": noted.id,
        "judge_id": first.person_id,
    }


def _seated(ground: Ground, role: Role) -> Actor:
    return actor_of(ground.seats[role], ground.contest, role)
