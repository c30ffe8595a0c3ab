"""A released quiz round with a frozen set of eight questions, ready to be taken."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.models import Person, PersonSession
from contest.accounts.queries import token_digest
from contest.actors import Actor
from contest.contests.models import Contest, Round
from contest.keys import Keys, derive_keys
from contest.participation.models import Participation
from contest.questions.models import RoundBank
from contest.questions.services.importing import load_bank
from contest.quiz.domain.answers import Batch
from contest.quiz.models import Attempt, QuestionSet
from contest.quiz.services.attempts import start_attempt
from contest.quiz.services.sets import freeze_set, frozen_set
from question_bank.paper import to_paper
from question_bank.question import Option, Question
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
    make_unit,
)

KEYS = derive_keys("receipt" * 8, "sealing" * 8)

SECTIONS: dict[str, Any] = {
    "attempts": {
        "minutes": 15,
        "tries": None,
        "span": "round",
        "counted": "best",
        "result_time": "at_once",
        "key_time": "after_closing",
        "tolerance_seconds": 5,
    },
    "paper": {"rows": [{"topic": None, "difficulty": None, "count": 5}]},
    "prediction": {"is_asked": True, "target": "all_right", "question": "Có bao nhiêu người trả lời đúng tất cả?"},
}


def question(number: int, kind: str = "single") -> Question:
    options = tuple(Option(letter, f"Phương án {letter} của câu {number}") for letter in "abcd")
    key: Any = {"single": "b", "multiple": ("a", "c"), "true_false": True}[kind]
    return Question(
        kind=kind,
        text=f"Câu hỏi số {number}?",
        options=() if kind == "true_false" else options,
        key=key,
        topic="Chính quyền số",
        difficulty=1,
        explanation=f"Giải thích bí mật {number}.",
        source=f"Nguồn {number}",
    )


QUESTIONS = [question(number) for number in range(1, 7)] + [question(7, "multiple"), question(8, "true_false")]


@dataclass
class World:
    """Rows that the tests of the quiz stand on."""

    contest: Contest
    round: Round
    person: Person
    participation: Participation
    actor: Actor
    set_row: QuestionSet
    keys: Keys = field(default=KEYS)


def make_world(
    session: Session,
    app: Flask | None = None,
    *,
    sections: dict[str, Any] | None = None,
    questions: list[Question] = QUESTIONS,
    **round_values: Any,
) -> World:
    keys = app.extensions["keys"] if app else KEYS
    contest = make_contest(session)
    setter, reviewer = make_person(session, "Lâm Văn Đề"), make_person(session, "Vi Thị Duyệt")
    make_rules(session, contest, {**SECTIONS, **(sections or {})})
    round_ = make_round(session, contest, **{"closes_at": NOW + timedelta(days=5), **round_values})
    entries = [(f"CDS-{number:03d}", each) for number, each in enumerate(questions, start=1)]
    bank = load_bank(
        session,
        NOW,
        contest_id=contest.id,
        name="Ngân hàng",
        entries=entries,
        written_by=setter.id,
        approved_by=reviewer.id,
    )
    add(session, RoundBank(round_id=round_.id, bank_id=bank.id))
    set_row = freeze_set(session, actor_of(setter), NOW, round_, keys)
    person = make_person(session, "Hoàng Thị Bích Ngọc")
    participation = make_participation(
        session, contest, person, group_id=make_group(session, contest).id, unit_id=make_unit(session).id
    )
    session.commit()
    return World(contest, round_, person, participation, actor_of(person), set_row, keys)


TOKEN = "phiên-của-Ngọc"


def begin(session: Session, world: World, now: datetime = NOW) -> Attempt:
    public_id = start_attempt(session, world.actor, now, world.round.public_id, world.keys)
    attempt = session.scalars(select(Attempt).where(Attempt.public_id == public_id)).one()
    session.commit()
    return attempt


def give_session(session: Session, world: World, **values: Any) -> None:
    defaults = {"created_at": NOW, "expires_at": NOW + timedelta(days=1), "user_agent": ""}
    add(session, PersonSession(person_id=world.person.id, token_hash=token_digest(TOKEN), **{**defaults, **values}))
    session.commit()


def batch(answers: dict[str, Any], seq: int = 1, client: str = "trình-duyệt"[:6] + "xx") -> Batch:
    return Batch(client, seq, answers, dict.fromkeys(answers, 0))


def right_answers(session: Session, world: World, attempt: Attempt) -> dict[str, Any]:
    questions = frozen_set(session, world.set_row, world.keys).questions
    return {
        str(number): to_paper(questions[revision_id], tuple(order), questions[revision_id].key)
        for number, (revision_id, order, *_) in enumerate(attempt.paper, start=1)
    }


def run_all(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
        assert not thread.is_alive()
