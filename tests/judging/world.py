"""A closed entry round with a rubric, a committee and entries, made row by row: judging begins where entries end."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.models import Person
from contest.actors import Actor
from contest.contests.models import Contest, Group, Role, Round, RoundKind, RulesVersion
from contest.entries.domain.limits import AnswerForm, default_limits
from contest.entries.models import Entry, EntryFile, EntryVersion, FileState, Prompt, VersionAnswer
from contest.judging.models import JudgingCase, ScoreSheet
from contest.judging.services.cases import open_judging
from contest.judging.services.queue import take_next
from contest.judging.services.sheets import lock_sheet, save_marks
from contest.participation.models import Participation
from contest.units.models import Unit
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

OPENS, CLOSES = NOW - timedelta(days=8), NOW - timedelta(days=1)
PANEL: dict[str, Any] = {
    "criteria": [
        {"code": "c1", "name": "Nội dung", "max": 60_000, "weight": 10},
        {"code": "c2", "name": "Sáng tạo", "max": 20_000, "weight": 20},
    ],
    "judges": 2,
    "scale": 100_000,
    "decimals": 1,
    "agree_from": 10_000,
    "step": 250,
    "lease_minutes": 45,
}
QUESTIONS = ["Giới thiệu một nhân vật đã truyền cảm hứng cho bạn.", "Kế hoạch lan tỏa văn hóa đọc của bạn là gì?"]


@dataclass
class World:
    """Rows that the tests stand on. `judges` are persons with a judge's seat, in order."""

    contest: Contest
    round: Round
    rules: RulesVersion
    group: Group
    unit: Unit
    prompt: Prompt
    chief: Person
    secretary: Person
    organizer: Person
    judges: list[Person]
    people: dict[str, Participation] = field(default_factory=dict)

    def actor(self, role: Role) -> Actor:
        """The member with this seat: chief judge, secretary or organizer."""
        members = {Role.CHIEF_JUDGE: self.chief, Role.SECRETARY: self.secretary, Role.ORGANIZER: self.organizer}
        return actor_of(members[role], self.contest, role)

    def judge(self, number: int = 0, *more: Role) -> Actor:
        """A judge, with more seats if they are named."""
        return actor_of(self.judges[number], self.contest, Role.JUDGE, *more)


def make_world(session: Session, *, judges: int = 2, **panel: Any) -> World:
    """Commits. `judges` is how many people judge; `panel` replaces values of the section."""
    contest = make_contest(session, title="Đại sứ Văn hóa đọc 2026")
    rules = make_rules(
        session,
        contest,
        {"forms": default_limits(), "panel": {**PANEL, **panel}},
        in_force_at=OPENS - timedelta(days=2),
    )
    window = {"opens_at": OPENS, "closes_at": CLOSES, "released_at": OPENS - timedelta(days=1)}
    round_ = make_round(session, contest, "Vòng tỉnh", kind=RoundKind.ENTRY, **window)
    group = make_group(session, contest, "Trung học cơ sở")
    world = World(
        contest=contest,
        round=round_,
        rules=rules,
        group=group,
        unit=make_unit(session, "Trường PTDTBT THCS xã Mẫu Sơn"),
        prompt=make_prompt(session, round_, group),
        chief=seated(session, contest, "Nông Thị Trưởng Ban", Role.CHIEF_JUDGE),
        secretary=seated(session, contest, "Vi Thị Thư Ký", Role.SECRETARY),
        organizer=seated(session, contest, "Lâm Văn Trưởng", Role.ORGANIZER),
        judges=[seated(session, contest, f"Hứa Văn Giám Khảo {number}", Role.JUDGE) for number in range(1, judges + 1)],
    )
    session.commit()
    return world


def seated(session: Session, contest: Contest, name: str, role: Role) -> Person:
    person = make_person(session, name)
    make_seat(session, contest, person, role)
    return person


def make_prompt(session: Session, round_: Round, group: Group, **values: Any) -> Prompt:
    defaults = {"title": "Nhân vật truyền cảm hứng", "questions": list(QUESTIONS), "position": 1}
    return add(session, Prompt(round_id=round_.id, group_id=group.id, **{**defaults, **values}))


def enter(session: Session, world: World, name: str, **values: Any) -> Participation:
    """Somebody who takes part; unit and group are the world's unless named."""
    unit, group = values.pop("unit", world.unit), values.pop("group", world.group)
    participation = make_participation(
        session, world.contest, make_person(session, name), group_id=group.id, unit_id=unit.id, **values
    )
    world.people[name] = participation
    return participation


def hand_in(
    session: Session,
    world: World,
    name: str,
    text: str = "Em gặp Dế Mèn lần đầu vào mùa hè năm lớp 4.",
    *,
    file_state: FileState | None = None,
    handed_in_at: datetime = CLOSES - timedelta(hours=1),
    **values: Any,
) -> EntryVersion:
    """A version that counts: a text, and with `file_state` a clip as the answer to the second question. Commits."""
    participation = world.people.get(name) or enter(session, world, name, **values)
    entry = add(
        session,
        Entry(
            public_id=secrets.token_urlsafe(12),
            round_id=world.round.id,
            participation_id=participation.id,
            person_id=participation.person_id,
            prompt_id=world.prompt.id,
            standing=1,
            created_at=handed_in_at,
            changed_at=handed_in_at,
        ),
    )
    version: EntryVersion = add(
        session,
        EntryVersion(
            entry_id=entry.id,
            number=1,
            prompt_id=world.prompt.id,
            rules_version_id=world.rules.id,
            digest="0" * 64,
            handed_in_at=handed_in_at,
        ),
    )
    add(session, VersionAnswer(version_id=version.id, question=1, form=AnswerForm.TEXT, text=text, words=12))
    if file_state is not None:
        file = put_clip(session, entry, file_state)
        add(session, VersionAnswer(version_id=version.id, question=2, form=AnswerForm.VIDEO, file_id=file.id))
    session.commit()
    return version


def put_clip(session: Session, entry: Entry, state: FileState, **values: Any) -> EntryFile:
    defaults = {
        "name": "bai-du-thi.mp4",
        "size": 1000,
        "received": 1000,
        "mime": "video/mp4",
        "duration_ms": 402_000,
        "key": f"entries/aa/{secrets.token_hex(8)}",
        "copies": [{"key": f"entries/bb/{secrets.token_hex(8)}", "mime": "video/mp4", "size": 900}],
        "public_id": secrets.token_urlsafe(12),
    }
    stamps = {"created_at": CLOSES, "touched_at": CLOSES}
    row = EntryFile(
        entry_id=entry.id, question=2, form=AnswerForm.VIDEO, state=state, **{**defaults, **stamps, **values}
    )
    return add(session, row)


def open_cases(session: Session, world: World, *names: str, now: datetime = NOW) -> list[JudgingCase]:
    """Cases of the entries, in the order in which judges get them; with `names`, of entries made here. Commits."""
    for name in names:
        hand_in(session, world, name)
    open_judging(session, world.actor(Role.CHIEF_JUDGE), now, contest_id=world.contest.id, round_id=world.round.id)
    session.commit()
    in_order = select(JudgingCase).where(JudgingCase.round_id == world.round.id).order_by(JudgingCase.position)
    return list(session.scalars(in_order))


def take(session: Session, world: World, judge: Actor, now: datetime = NOW) -> ScoreSheet | None:
    """The judge's next sheet. Commits."""
    sheet = take_next(session, judge, now, contest_id=world.contest.id, round_id=world.round.id)
    session.commit()
    return sheet


def marks_for(total: int, panel: dict[str, Any] = PANEL) -> dict[str, int]:
    """Marks that add up to a total (1/1000 point, in steps of the panel), those of the greatest weight filled first."""
    marks = {}
    for each in sorted(panel["criteria"], key=lambda criterion: -criterion["weight"]):
        fitting = total * 10 // each["weight"] // panel["step"] * panel["step"]
        marks[each["code"]] = mark = min(fitting, each["max"])
        total -= mark * each["weight"] // 10
    assert total == 0, "no marks add up to this total"
    return marks


def lock(
    session: Session, world: World, judge: Actor, sheet: ScoreSheet, total: int, now: datetime = NOW
) -> ScoreSheet:
    """Fill the sheet so that it comes to `total` (1/1000 point) and lock it. Commits."""
    panel = {**PANEL, **world.rules.sections["panel"]}
    place = {"contest_id": world.contest.id, "sheet_id": sheet.id}
    saved = save_marks(session, judge, now, **place, marks=marks_for(total, panel), comment="", revision=sheet.revision)
    locked = lock_sheet(session, judge, now, **place, revision=saved.revision)
    session.commit()
    return locked


def judged(session: Session, world: World, totals: Sequence[int], now: datetime = NOW) -> list[ScoreSheet]:
    """The next case of the queue, taken and locked by one judge after another with these totals. Commits."""
    sheets = []
    for number, total in enumerate(totals):
        judge = world.judge(number)
        sheet = take(session, world, judge, now)
        assert sheet is not None, "the queue is empty"
        sheets.append(lock(session, world, judge, sheet, total, now))
    return sheets
