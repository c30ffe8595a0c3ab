"""A quiz round of one choice and one essay, answered by people and closed: judging begins where marking ends."""

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.contests.models import Group, Role
from contest.judging.models import JudgingCase
from contest.judging.services.cases import open_judging
from contest.judging.services.queue import take_next
from contest.judging.services.sheets import lock_sheet, save_marks
from contest.participation.models import Participation
from contest.quiz.models import Attempt
from contest.quiz.services.attempts import start_attempt, submit_attempt
from contest.quiz.services.results import mark_attempt
from contest.units.models import Unit
from question_bank.question import Question
from tests.factories import NOW, actor_of, make_participation, make_person, make_seat
from tests.judging.world import PANEL, marks_for
from tests.quiz import world as quiz
from tests.quiz.world import World

CLOSES = NOW + timedelta(days=5)
AFTER = CLOSES + timedelta(minutes=2)
ESSAY = Question(
    kind="essay",
    text="Vì sao **bạn** đọc sách?",
    options=(),
    key=None,
    topic="Cảm nhận",
    difficulty=1,
    explanation="",
    source="Thể lệ",
    points=5000,
    settings=(("guide", "Có dẫn chứng: 20 điểm."), ("most_words", 500)),
)
SECTIONS: dict[str, Any] = {
    "attempts": {**quiz.SECTIONS["attempts"], "counted": "best"},
    "paper": {
        "rows": [
            {"topic": "Chính quyền số", "difficulty": None, "count": 1},
            {"topic": "Cảm nhận", "difficulty": None, "count": 1},
        ]
    },
    "prediction": {**quiz.SECTIONS["prediction"], "is_asked": False},
    "ranking": {"gate": "none", "steps": [{"key": "points", "direction": "desc"}]},
    "essay_panel": PANEL,
}


def make_world(session: Session, app: Flask | None = None, **sections: Any) -> World:
    """The round is open at `NOW`. Commits."""
    questions = [quiz.question(1), ESSAY]
    return quiz.make_world(session, app, sections={**SECTIONS, **sections}, questions=questions, closes_at=CLOSES)


def enter(session: Session, world: World, name: str) -> Participation:
    group = session.scalars(select(Group).where(Group.contest_id == world.contest.id)).one()
    unit = session.scalars(select(Unit).limit(1)).one()
    person = make_person(session, name)
    return make_participation(session, world.contest, person, group_id=group.id, unit_id=unit.id)


def answer(
    session: Session, world: World, participation: Participation, essay: str | None, *, is_right: bool, now: Any = NOW
) -> Attempt:
    """An attempt that is handed in with these answers and marked. Commits."""
    person = Actor(participation.person_id)
    public_id = start_attempt(session, person, now, world.round.public_id, world.keys)
    attempt = session.scalars(select(Attempt).where(Attempt.public_id == public_id)).one()
    answers = quiz.right_answers(session, world, attempt)
    choice, text = sorted(answers, key=lambda slot: answers[slot] is None)
    if not is_right:
        answers[choice] = next(letter for letter in "abcd" if letter != answers[choice])
    answers[text] = essay
    batch = quiz.batch(answers)
    submit_attempt(session, person, now + timedelta(minutes=5), public_id, batch)
    session.commit()
    session.refresh(attempt)
    mark_attempt(session, now + timedelta(minutes=5), attempt, world.keys)
    session.commit()
    return attempt


def judge(session: Session, world: World, name: str) -> Actor:
    person = make_person(session, name)
    make_seat(session, world.contest, person, Role.JUDGE)
    return actor_of(person, world.contest, Role.JUDGE)


def open_cases(session: Session, world: World) -> list[JudgingCase]:
    """Cases of the round in the order of their ids. Commits."""
    chief = actor_of(make_person(session, "Nông Thị Trưởng Ban"), world.contest, Role.CHIEF_JUDGE)
    open_judging(session, chief, AFTER, contest_id=world.contest.id, round_id=world.round.id)
    session.commit()
    cases = select(JudgingCase).where(JudgingCase.round_id == world.round.id).order_by(JudgingCase.id)
    return list(session.scalars(cases))


def score(session: Session, world: World, judges: list[Actor], totals: dict[int, tuple[int, ...]]) -> None:
    """Every case scored by every judge: `totals` (1/1000 point) by the case's id. Commits."""
    for number, each in enumerate(judges):
        while sheet := take_next(session, each, AFTER, contest_id=world.contest.id, round_id=world.round.id):
            place = {"contest_id": world.contest.id, "sheet_id": sheet.id}
            marks = marks_for(totals[sheet.case_id][number])
            saved = save_marks(session, each, AFTER, **place, marks=marks, comment="", revision=sheet.revision)
            lock_sheet(session, each, AFTER, **place, revision=saved.revision)
            session.commit()
