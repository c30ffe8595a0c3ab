"""A prepared world: one contest with everything in it, another contest beside it, and somebody of every sort."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from contest.accounts.models import Person
from contest.actors import Actor
from contest.audit.services import record
from contest.config import Settings
from contest.contests.models import Contest, Invitation, Role, Seat
from contest.contests.services.rules import propose_rules, save_section
from contest.contests.services.seats import token_hash
from contest.keys import derive_keys
from contest.mail.services import queue
from contest.notices.models import PersonalNotice
from contest.notices.services import publish_announcement
from contest.participation.models import Enrolment, Participation
from contest.questions.models import (
    Bank,
    BankQuestion,
    ImportState,
    LookAct,
    QuestionImport,
    QuestionLook,
    QuestionMedium,
    ReviewNote,
    RoundBank,
    Verdict,
)
from contest.questions.services.importing import load_bank
from contest.quiz.services.attempts import start_attempt
from contest.quiz.services.printing import Wish, order_print
from contest.quiz.services.sets import freeze_set
from contest.units.models import UnitKind
from question_bank.formats import format_of
from tests.conventions.entries import SECTIONS as ENTRY_SECTIONS
from tests.conventions.entries import Ground, build_entries
from tests.conventions.statistics import build_statistics
from tests.factories import (
    NOW,
    actor_of,
    add,
    make_contest,
    make_group,
    make_participation,
    make_person,
    make_round,
    make_rules,
    make_seat,
    make_unit,
)

BANK = Path(__file__).resolve().parents[2] / "question_bank" / "samples" / "chuyen_doi_so_1.json"
SECTIONS: dict[str, Any] = {
    "attempts": {
        "minutes": 15,
        "tries": 3,
        "span": "round",
        "counted": "best",
        "result_time": "at_once",
        "key_time": "after_closing",
        "tolerance_seconds": 5,
    },
    "paper": {"rows": [{"topic": None, "difficulty": None, "count": 5}]},
    **ENTRY_SECTIONS,
}
INVITATION = "loi-moi-lam-giam-khao"
LONG_NAME = "Trường Phổ thông dân tộc nội trú Trung học cơ sở và Trung học phổ thông huyện cũ Bình Gia"


@dataclass(frozen=True, slots=True)
class World:
    """`people` by what they are called in the access table.

    `values` are for the arguments of addresses; `int:name` where an address wants the number instead, `feature:name`
    and `feature:int:name` where that feature's addresses mean another thing.
    """

    people: dict[str, Person]
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class _Base:
    contest: Contest
    people: dict[str, Person]
    unit_id: int
    group_id: int


def build(app: Flask, session: Session) -> World:
    """Fill an empty database. Commits."""
    with app.test_request_context():
        ground = _committee(session)
        values = _contest(app, session, ground)
        values |= _elsewhere(session, ground)
    session.commit()
    for person in ground.people.values():
        session.refresh(person)  # journeys look at them when this session is gone
    return World(ground.people, values)


def _committee(session: Session) -> _Base:
    contest = make_contest(session, slug="ta", title="Tìm hiểu về chuyển đổi số tỉnh Lạng Sơn năm 2026")
    unit = make_unit(session, LONG_NAME, kind=UnitKind.SCHOOL, code="TRUONG.01")
    people = {
        "admin": make_person(session, "Quản trị Hệ thống", is_admin=True),
        "person": make_person(session, "Lăng Văn Khách"),
        "participant": make_person(session, "Hoàng Thị Bích Ngọc"),
        "rival": make_person(session, "Nông Quốc Đạt"),
    }
    for role in Role:
        people[role.value] = make_person(session, f"Người {role.value.replace('_', ' ')}")
        unit_id = unit.id if role is Role.COORDINATOR else None
        make_seat(session, contest, people[role.value], role, unit_id=unit_id)
    return _Base(contest, people, unit.id, make_group(session, contest, code="A").id)


def _contest(app: Flask, session: Session, ground: _Base) -> dict[str, object]:
    contest, people = ground.contest, ground.people
    round_ = make_round(session, contest, public_id="vong-dang-mo")
    draft = make_round(
        session,
        contest,
        "Tuần 3",
        position=2,
        opens_at=NOW + timedelta(days=6),
        closes_at=NOW + timedelta(days=13),
        released_at=None,
    )
    make_rules(session, contest, SECTIONS, in_force_at=NOW - timedelta(days=40))
    organizer = _actor(ground, Role.ORGANIZER)
    read = format_of(BANK).read_questions(BANK)
    bank = load_bank(
        session,
        NOW,
        contest_id=contest.id,
        name="Ngân hàng số 1",
        entries=[(item.code, item.question) for item in read.questions],
        written_by=people["question_setter"].id,
        approved_by=people["question_reviewer"].id,
    )
    add(session, RoundBank(round_id=round_.id, bank_id=bank.id))
    settings: Settings = app.config["SETTINGS"]
    keys = derive_keys(settings.secret_key, settings.identity_key)
    freeze_set(session, organizer, NOW, round_, keys)
    wish = {"contest": contest, "round_id": round_.id, "wish": Wish(2, 101, is_same=True, is_explained=False)}
    printed = order_print(session, organizer, NOW, keys=keys, **wish)
    participation = _participation(session, ground, "participant")
    rival = _participation(session, ground, "rival")
    attempt_id = start_attempt(session, Actor(people["participant"].id), NOW, round_.public_id, keys)
    entries = _entries(app, session, ground, (participation, rival))
    announcement = publish_announcement(
        session, organizer, NOW, contest_id=contest.id, title="Lịch tổng kết", body="Tổng kết ngày 30/8/2026."
    )
    save_section(
        session, organizer, NOW, contest_id=contest.id, code="attempts", value={**SECTIONS["attempts"], "tries": 2}
    )
    proposal = propose_rules(
        session, organizer, NOW, contest_id=contest.id, reason="Sửa số lượt thi", decision_number="15/QĐ-BTCCT"
    )
    record(session, actor_id=organizer.person_id, now=NOW, act="seat.given", subject="seat:1", scope=contest.id)
    question = session.query(BankQuestion).filter_by(bank_id=bank.id).order_by(BankQuestion.id).first()
    assert question is not None
    return {
        "slug": contest.slug,
        "round_id": round_.public_id,
        "int:round_id": draft.id,
        "rank": 1,
        "version": 1,
        "revision_id": question.current_revision_id,
        "attempt_id": attempt_id,
        "announcement_id": announcement.id,
        "notice_id": _told(session, contest, people["colleague"]).id,
        "proposal_id": proposal.id,
        "bank_id": bank.id,
        "digest": _medium(app, session, bank, people["question_setter"]).digest,
        "question_id": question.id,
        "import_id": make_import(session, bank.id, people["question_setter"].id, [question.id]).id,
        "topic_id": question.topic_id,
        "note_id": _remarked(session, ground, question).id,
        "participation_id": participation.id,
        "unit_id": ground.unit_id,
        "group_id": ground.group_id,
        "message_id": queue(session, NOW, "ai@example.vn", "Chào", "Nội dung").id,
        "print_id": printed.id,
        "seat_id": session.query(Seat).filter_by(contest_id=contest.id, person_id=people["judge"].id).one().id,
        "invitation_id": _invitation(session, ground).id,
        "token": INVITATION,
        "banks:int:person_id": people["judge"].id,
        "code": "attempts",
        "purpose": "publish_name",
        "extension": ".xlsx",
        "filename": "css/app.css",
        **entries,
        **build_statistics(session, contest, question),
    }


def _told(session: Session, contest: Contest, person: Person) -> PersonalNotice:
    """News that is nobody else's."""
    words = {"source": "test:1", "title": "Kết quả đã được sửa", "body": "Thêm 1 điểm.", "path": "/"}
    return add(session, PersonalNotice(contest_id=contest.id, person_id=person.id, told_at=NOW, **words))


def _medium(app: Flask, session: Session, bank: Bank, setter: Person) -> QuestionMedium:
    """A picture that no question shows."""
    key = f"questions/ab/{'ab' * 16}"
    app.extensions["storage"].write(key, BytesIO(b"RIFF"), 10)
    row = {"digest": "ab" * 32, "key": key, "name": "Hình", "mime": "image/webp", "size": 4, "uploaded_at": NOW}
    return add(session, QuestionMedium(bank_id=bank.id, uploaded_by=setter.id, **row))


def make_import(session: Session, bank_id: int, person_id: int, taken: list[int] | None = None) -> QuestionImport:
    """A file that waits for a decision, or from which these questions came."""
    state = ImportState.READ if taken is None else ImportState.TAKEN
    row = {"name": "de.json", "key": f"imports/cd/{'cd' * 16}", "state": state, "uploaded_at": NOW, "taken": taken}
    return add(session, QuestionImport(bank_id=bank_id, person_id=person_id, report={"fault_count": 0}, **row))


def _remarked(session: Session, ground: _Base, question: BankQuestion) -> ReviewNote:
    """A remark that waits for an answer, by somebody who has looked."""
    reviewer, revision_id = ground.people["question_reviewer"].id, question.current_revision_id
    assert revision_id is not None
    seen = {"question_id": question.id, "revision_id": revision_id, "person_id": reviewer, "at": NOW}
    for person in (ground.people["judge"].id, reviewer):  # the judge was a reviewer once
        add(session, QuestionLook(**{**seen, "person_id": person}, act=LookAct.SEEN, hour=NOW, request_id="0a1b2c3d"))
    return add(session, ReviewNote(**seen, verdict=Verdict.REMARK, note="Nguồn chưa rõ"))


def _entries(
    app: Flask, session: Session, ground: _Base, authors: tuple[Participation, Participation]
) -> dict[str, object]:
    colleague = ground.people["colleague"] = make_person(session, "Giám khảo thứ hai")
    make_seat(session, ground.contest, colleague, Role.JUDGE)
    stranger = make_unit(session, "Trường THPT Việt Bắc", kind=UnitKind.SCHOOL)
    seats = {role: ground.people[role.value] for role in Role}
    return build_entries(session, Ground(app, ground.contest, seats, colleague, stranger.id, authors))


def _invitation(session: Session, ground: _Base) -> Invitation:
    invited = Invitation(
        contest_id=ground.contest.id,
        login="moi@example.vn",
        full_name="Phùng Văn Mới",
        role=Role.JUDGE,
        valid_from=NOW,
        given_by=ground.people["organizer"].id,
        given_at=NOW,
        token_hash=token_hash(INVITATION),
    )
    session.add(invited)
    session.flush()
    return invited


def _elsewhere(session: Session, ground: _Base) -> dict[str, object]:
    """Another contest, on whose committee one person has every seat there is."""
    other = make_contest(session, slug="khac", title="Cuộc thi khác", created_by=ground.people["admin"].id)
    ground.people["elsewhere"] = make_person(session, "Bế Thị Nơi Khác")
    for role in Role:
        make_seat(session, other, ground.people["elsewhere"], role, unit_id=ground.unit_id)
    return {}


def _actor(ground: _Base, role: Role) -> Actor:
    return actor_of(ground.people[role.value], ground.contest, role)


def _participation(session: Session, ground: _Base, name: str) -> Participation:
    person = ground.people[name]
    school_class = {"class_name": "8A", "enrolled_by": ground.people["coordinator"].id, "enrolled_at": NOW}
    add(session, Enrolment(person_id=person.id, unit_id=ground.unit_id, **school_class))
    return make_participation(session, ground.contest, person, group_id=ground.group_id, unit_id=ground.unit_id)
