"""A round that is over, with the answers of many people to its two questions."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.models import Person
from contest.contests.models import Role, RulesVersion
from contest.db import unit_of_work
from contest.participation.models import Participation
from contest.quiz.models import Attempt, AttemptResult, AttemptState, QuestionSetItem
from contest.quiz.services.statistics import begin_due_statistics
from contest.work import worker
from question_bank.kinds import kind_of
from question_bank.paper import to_paper
from question_bank.question import FULL_POINTS
from tests.factories import NOW, add, make_participation, make_person, make_seat
from tests.quiz.world import World, make_world, question

QUESTIONS = [question(1), question(2)]
"""Of both the right answer is b."""

CLOSED = {"opens_at": NOW - timedelta(days=9), "closes_at": NOW - timedelta(hours=1)}

DOUBTFUL = ["cb"] * 12 + ["bb"] * 3 + ["ba"] * 5 + ["ac"] * 20 + ["-d"] * 5
"""The best chose c in the first question; eight attempts of 45 gave its key."""


def make_closed(session: Session, app: Flask, answers: Iterable[str] = DOUBTFUL) -> World:
    world = make_world(
        session,
        app,
        questions=QUESTIONS,
        sections={"paper": {"rows": [{"topic": None, "difficulty": None, "count": 2}]}},
    )
    for name, value in CLOSED.items():
        setattr(world.round, name, value)
    sit(session, world, answers)
    session.commit()
    return world


def revisions(session: Session, world: World) -> list[int]:
    return sorted(
        session.scalars(select(QuestionSetItem.revision_id).where(QuestionSetItem.set_id == world.set_row.id))
    )


def sit(session: Session, world: World, answers: Iterable[str], **values: Any) -> list[Attempt]:
    """One new person for each, who chose these options; every second paper has its options turned round."""
    made = []
    for number, given in enumerate(answers):
        person = make_person(session, f"Người thi {number}")
        participation = take_part(session, world, person, **values)
        made.append(attempt(session, world, participation.id, person, given, is_turned=number % 2 == 1))
    return made


def take_part(session: Session, world: World, person: Person, **values: Any) -> Participation:
    place = {"group_id": world.participation.group_id, "unit_id": world.participation.unit_id}
    return make_participation(session, world.contest, person, **place, **values)


def attempt(
    session: Session,
    world: World,
    participation_id: int,
    person: Person,
    given: str,
    *,
    is_turned: bool = False,
    number: int = 1,
) -> Attempt:
    order = [3, 2, 1, 0] if is_turned else [0, 1, 2, 3]
    paper = [[revision_id, order] for revision_id in revisions(session, world)]
    marks = []
    for asked, (revision_id, _order), option in zip(QUESTIONS, paper, given, strict=True):
        response = None if option == "-" else option
        mark = kind_of(asked.kind).mark(asked, response)
        marks.append([revision_id, to_paper(asked, order, response), mark.points, mark.is_right])
    rules = session.scalars(select(RulesVersion.id).where(RulesVersion.contest_id == world.contest.id)).one()
    row: Attempt = add(
        session,
        Attempt(
            public_id=f"bai-{participation_id}-{number}",
            round_id=world.round.id,
            participation_id=participation_id,
            person_id=person.id,
            number=number,
            set_id=world.set_row.id,
            rules_version_id=rules,
            paper=paper,
            state=AttemptState.SUBMITTED,
            started_at=NOW - timedelta(days=2),
            deadline_at=NOW - timedelta(days=1),
            accepts_until=NOW - timedelta(days=1),
            submitted_at=NOW - timedelta(days=1),
        ),
    )
    right = sum(mark[3] for mark in marks)
    add(
        session,
        AttemptResult(
            attempt_id=row.id,
            right_count=right,
            question_count=2,
            points=right * FULL_POINTS,
            duration_ms=60_000,
            marks=marks,
            marked_at=NOW - timedelta(minutes=30),
        ),
    )
    return row


def overseer(session: Session, world: World, role: Role = Role.ORGANIZER) -> Person:
    person = make_person(session, "Lương Thị Thống Kê")
    make_seat(session, world.contest, person, role)
    session.commit()
    return person


def begin(app: Flask) -> int:
    """What the sweep does at its turn."""
    with app.app_context(), unit_of_work() as session:
        return begin_due_statistics(session, NOW)


def carry_out(app: Flask) -> None:
    """Do what waits."""
    with app.app_context():
        worker.run_waiting(lambda: True, "statistics")
