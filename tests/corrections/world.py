"""A closed quiz round that people have answered, with everybody whom a correction needs."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from contest.accounts.models import Person
from contest.actors import Actor
from contest.approvals.models import Proposal
from contest.approvals.services import carry_out
from contest.contests.models import Group, Role, Round, RulesVersion
from contest.corrections.domain import Line
from contest.corrections.jobs import count_effects
from contest.corrections.models import Correction, Move
from contest.corrections.services.applying import put_forward
from contest.corrections.services.effects import WORK
from contest.corrections.services.preparing import prepare_correction
from contest.participation.models import Participation
from contest.questions.models import BankQuestion, QuestionRevision
from contest.quiz.domain.prediction import PREDICTION_SLOT
from contest.quiz.domain.rulings import Answer, RulingAct, answer_of
from contest.quiz.models import Attempt, QuestionSetItem
from contest.quiz.services.attempts import start_attempt, submit_attempt
from contest.quiz.services.results import mark_attempt
from contest.quiz.services.sets import frozen_set
from contest.units.models import Unit
from contest.work.models import WorkItem
from question_bank.kinds import kind_of
from question_bank.paper import to_paper
from question_bank.question import Question, Value
from tests.factories import NOW, actor_of, make_group, make_participation, make_person, make_seat, make_unit
from tests.quiz import world as quiz
from tests.standings.world import PRIZES, RANKING, UNITS

OPENS, ANSWERED, CLOSES = NOW - timedelta(days=8), NOW - timedelta(days=5), NOW - timedelta(days=1)
QUESTIONS = [quiz.question(1), quiz.question(2), quiz.question(3, "multiple"), quiz.question(4, "true_false")]
NOTE = "Đáp án câu này được điều chỉnh theo biên bản của Ban Tổ chức."


@dataclass
class Scene:
    """Rows that the tests stand on; `codes` name the revisions of the round."""

    quiz: quiz.World
    group: Group
    unit: Unit
    organizer: Person
    second: Person
    reviewer: Person
    secretary: Person
    codes: dict[str, int] = field(default_factory=dict)
    people: dict[str, Participation] = field(default_factory=dict)

    @property
    def round(self) -> Round:
        return self.quiz.round

    def actor(self, person: Person, role: Role = Role.ORGANIZER) -> Actor:
        return actor_of(person, self.quiz.contest, role)

    @property
    def first(self) -> Actor:
        return self.actor(self.organizer)


def make_scene(
    session: Session, app: Flask | None = None, questions: list[Question] = QUESTIONS, **sections: Any
) -> Scene:
    rules = {
        "paper": {"rows": [{"topic": None, "difficulty": None, "count": len(questions)}]},
        "ranking": RANKING,
        "prizes": PRIZES,
        "units": UNITS,
        **sections,
    }
    world = quiz.make_world(session, app, sections=rules, questions=questions, opens_at=OPENS, closes_at=CLOSES)
    session.execute(update(RulesVersion).values(in_force_at=OPENS))
    named = {"organizer": Role.ORGANIZER, "second": Role.ORGANIZER, "reviewer": Role.QUESTION_REVIEWER}
    staff = {name: make_person(session, f"Người {name}") for name in [*named, "secretary"]}
    for name, role in {**named, "secretary": Role.SECRETARY}.items():
        make_seat(session, world.contest, staff[name], role)
    scene = Scene(
        world,
        make_group(session, world.contest),
        make_unit(session),
        staff["organizer"],
        staff["second"],
        staff["reviewer"],
        staff["secretary"],
    )
    codes = (
        select(BankQuestion.code, QuestionRevision.id)
        .join(QuestionRevision, QuestionRevision.question_id == BankQuestion.id)
        .join(QuestionSetItem, QuestionSetItem.revision_id == QuestionRevision.id)
        .where(QuestionSetItem.set_id == world.set_row.id)
    )
    scene.codes = {each.code: each.id for each in session.execute(codes)}
    session.commit()
    return scene


def code(number: int) -> str:
    """Of the question with this place in the bank, from 1."""
    return f"CDS-{number:03d}"


def answer(
    session: Session,
    scene: Scene,
    name: str,
    responses: Mapping[int, Value],
    *,
    prediction: int | None = None,
    seconds: int = 300,
    unit: Unit | None = None,
) -> Attempt:
    """Somebody's whole attempt: `responses` by the number of the question, by option ids."""
    world = scene.quiz
    if name not in scene.people:
        person = make_person(session, name)
        scene.people[name] = make_participation(
            session, world.contest, person, group_id=scene.group.id, unit_id=(unit or scene.unit).id
        )
    actor = Actor(scene.people[name].person_id)
    public_id = start_attempt(session, actor, ANSWERED, scene.round.public_id, world.keys)
    attempt = session.scalars(select(Attempt).where(Attempt.public_id == public_id)).one()
    questions = frozen_set(session, world.set_row, world.keys).questions
    places = {revision_id: (str(place), tuple(order)) for place, (revision_id, order) in enumerate(attempt.paper, 1)}
    answers: dict[str, Any] = {}
    for number, response in responses.items():
        slot, order = places[scene.codes[code(number)]]
        answers[slot] = to_paper(questions[scene.codes[code(number)]], order, response)
    if prediction is not None:
        answers[PREDICTION_SLOT] = str(prediction)
    at = ANSWERED + timedelta(seconds=seconds)
    submit_attempt(session, actor, at, public_id, quiz.batch(answers))
    mark_attempt(session, at, attempt, world.keys)
    session.flush()
    return attempt


def given(question: Question, response: Value) -> Answer:
    """The key by which this response is right."""
    return answer_of(kind_of(question.kind).answered_by(question, response))


@dataclass
class Work:
    """Queued work in the hands of a test; it stops before the unit that `stops_at` counts, from 0."""

    session: Session
    arguments: Mapping[str, Any]
    total: int
    done: int = 0
    stops_at: int | None = None
    units: int = 0

    @contextmanager
    def unit(self, advance_by: int = 1) -> Iterator[tuple[Session, datetime]]:
        if self.units == self.stops_at:
            raise InterruptedError
        self.units += 1
        yield self.session, NOW
        self.session.flush()
        self.done += advance_by


def work_of(session: Session, correction: Correction, **values: Any) -> Work:
    item = session.get_one(WorkItem, correction.work_id)
    assert item.kind == WORK
    return Work(session, item.arguments, item.total, **values)


def prepare(session: Session, scene: Scene, number: int, act: RulingAct, response: Value = None) -> Correction:
    """A correction that waits for its count."""
    revision_id = scene.codes[code(number)]
    question = frozen_set(session, scene.quiz.set_row, scene.quiz.keys).questions[revision_id]
    return prepare_correction(
        session,
        scene.first,
        NOW,
        contest_id=scene.quiz.contest.id,
        round_id=scene.round.id,
        revision_id=revision_id,
        act=act,
        given=None if response is None else given(question, response),
        reason="Khiếu nại của thí sinh là đúng.",
        note=NOTE,
    )


def counted(session: Session, scene: Scene, number: int, act: RulingAct, response: Value = None) -> Correction:
    """A correction whose effects are known."""
    correction = prepare(session, scene, number, act, response)
    count_effects(work_of(session, correction), scene.quiz.keys, lambda: session)
    return correction


def forward(session: Session, scene: Scene, correction: Correction) -> Proposal:
    contest_id, round_id = scene.quiz.contest.id, correction.round_id
    return put_forward(session, scene.first, NOW, contest_id=contest_id, round_id=round_id, number=correction.number)


def agree(session: Session, scene: Scene, proposal: Proposal, by: Person | None = None) -> None:
    actor = scene.actor(by or scene.second)
    carry_out(session, actor, NOW, contest_id=scene.quiz.contest.id, proposal_id=proposal.id, note="")


def applied(session: Session, scene: Scene, number: int, act: RulingAct, response: Value = None) -> Correction:
    """A correction that two people have agreed on."""
    correction = counted(session, scene, number, act, response)
    agree(session, scene, forward(session, scene, correction))
    return correction


def new_line(move: Move) -> Line:
    """The line that somebody will have."""
    return Line(move.group_id, move.points_after, move.right_after, move.rank_after, move.prize_after)
