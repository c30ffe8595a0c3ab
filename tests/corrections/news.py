"""Telling people of corrections in tests: who works, who publishes, who was told what."""

from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.models import Person
from contest.approvals.services import carry_out
from contest.contests.models import Role
from contest.corrections.desk import WORK
from contest.notices.models import PersonalNotice
from contest.publication.desk import WORK as PUBLICATION_WORK
from contest.publication.services import prepare_publication, withdraw_publication
from contest.work.models import WorkItem
from question_bank.question import Value
from tests.corrections.world import Scene, Work, answer, make_scene
from tests.factories import NOW

RIGHT: dict[int, Value] = {1: "b", 2: "b", 3: ("a", "c"), 4: True}
HOUR = timedelta(hours=1)


def make_news_scene(session: Session, app: Flask) -> Scene:
    """The key of question 1 is wrong: who answers "c" is right, which one of three people did."""
    scene = make_scene(session, app)
    answer(session, scene, "Hoàng Thị An", RIGHT, prediction=1, seconds=200)
    answer(session, scene, "Vi Văn Bình", {**RIGHT, 1: "c"}, prediction=2, seconds=300)
    answer(session, scene, "Lộc Chi", {2: "b"}, prediction=3, seconds=400)
    session.commit()
    return scene


def person_of(session: Session, scene: Scene, name: str) -> Person:
    return session.get_one(Person, scene.people[name].person_id)


def told(session: Session, scene: Scene, source: str) -> dict[str, str]:
    """Who was told of it, each with the sentence."""
    names = {each.person_id: name for name, each in scene.people.items()}
    rows = session.scalars(select(PersonalNotice).where(PersonalNotice.source == source))
    return {names[row.person_id]: row.body for row in rows}


def work(session: Session, app: Flask, kind: str, **values: Any) -> None:
    """Do the newest work of this kind, as a worker would."""
    item = session.scalars(select(WorkItem).where(WorkItem.kind == kind).order_by(WorkItem.id.desc())).first()
    assert item is not None
    run: Any = {**WORK, **PUBLICATION_WORK}[kind]
    session.commit()
    with app.app_context():
        run(Work(session, item.arguments, item.total, **values))
    session.commit()


def publish(session: Session, scene: Scene, at: datetime) -> None:
    contest_id = scene.quiz.contest.id
    proposal = prepare_publication(
        session,
        scene.actor(scene.secretary, Role.SECRETARY),
        at,
        contest_id=contest_id,
        round_id=scene.round.id,
        decision_number="45/QĐ",
        decision_date=at.date(),
        checked="Đã đối chiếu.",
        note="Công bố lại.",
    )
    carry_out(session, scene.first, at, contest_id=contest_id, proposal_id=proposal.id, note="")
    session.commit()


def withdraw(session: Session, scene: Scene) -> None:
    contest_id, round_id = scene.quiz.contest.id, scene.round.id
    withdraw_publication(
        session, scene.first, NOW + HOUR, contest_id=contest_id, round_id=round_id, reason="Nhầm danh sách"
    )
    session.commit()
