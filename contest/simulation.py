"""Simulated participants: the same services, only batching and `now` differ. Nobody can sign in as one."""

import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest import clock
from contest.accounts.domain import ConsentPurpose
from contest.accounts.models import Person, PersonDetails
from contest.accounts.services import give_consent
from contest.actors import Actor
from contest.approvals.models import Proposal
from contest.approvals.queries import find_open_proposal
from contest.approvals.services import carry_out
from contest.contests.models import Contest, Group, Round
from contest.contests.queries import held_seats
from contest.errors import DomainError
from contest.i18n import local, name_sort_key, search_key
from contest.keys import Keys
from contest.participation.services.joining import join_contest
from contest.publication.services import KIND as PUBLICATION
from contest.publication.services import prepare_publication
from contest.quiz.domain.answers import Batch
from contest.quiz.domain.marking import PaperSlot, read_paper
from contest.quiz.domain.prediction import PREDICTION_SLOT
from contest.quiz.domain.sample import Sample
from contest.quiz.models import Attempt, QuestionSet
from contest.quiz.services.attempts import start_attempt, store_batch, submit_attempt
from contest.quiz.services.results import mark_attempt
from contest.quiz.services.sets import frozen_set
from contest.quiz.services.statistics import request_statistics
from contest.units.models import Unit, UnitKind
from contest.work.worker import Worker
from question_bank.kinds import kind_of
from question_bank.paper import to_paper
from question_bank.question import Question

KIND = "simulate"
PROOF = "simulated"
PIECE = 10
PIECE_SECONDS = 0.25
PAUSE_SECONDS = 0.15  # SQLite looks every 0.1 s whether it may write: without a pause nobody else would get a turn
PAUSE_SECONDS_MAX = 2.0
ANSWERS_PER_SAVE = 5
NOTE = "Cập nhật sau khi dữ liệu mẫu của vòng thi đã đầy đủ."

_FAMILY = (
    "Hoàng",
    "Nông",
    "Lý",
    "Vi",
    "Triệu",
    "Bế",
    "Lương",
    "Đàm",
    "Hứa",
    "Lộc",
    "Nguyễn",
    "Trần",
    "Chu",
    "Tô",
    "Mã",
)
_MIDDLE = ("Thị", "Văn", "Thị Bích", "Đức", "Minh", "Thị Thu", "Quang", "Ngọc", "Thị Hồng", "Xuân", "Thanh")
_GIVEN = (
    "An", "Ánh", "Bình", "Chi", "Đạt", "Đào", "Giang", "Hà", "Hạnh", "Hiếu", "Hương", "Khánh", "Lan", "Linh", "Mai",
    "Nam", "Ngân", "Oanh", "Phúc", "Quyên", "Sơn", "Thảo", "Thủy", "Trang", "Tú", "Uyên", "Vân", "Việt", "Yến",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """What every simulated person of a round shares."""

    round: Round
    contest: Contest
    group: Group
    units: list[int]
    questions: dict[int, Question]
    keys: Keys


def simulate_people(session: Session, round_id: int, *, seed: int, numbers: Iterable[int]) -> None:
    """Let these people take the round, each by their own number: the same seed gives the same people and answers."""
    scene = _scene(session, round_id)
    for number in numbers:
        _take_part(session, scene, Random(f"{seed}/{number}"))  # noqa: S311 - it has to be repeatable, not secret


def propose_list(session: Session, now: datetime, round_id: int, proposer: Actor, note: str = "") -> Proposal:
    """Put what the simulated people reached before the second person. What waits already is what was put there."""
    round_ = session.get_one(Round, round_id)
    return find_open_proposal(session, round_.contest_id, PUBLICATION, round_id) or prepare_publication(
        session,
        proposer,
        now,
        contest_id=round_.contest_id,
        round_id=round_id,
        decision_number="MAU-03/QĐ-BTCCT",
        decision_date=local(now).date(),
        checked="Đã đối chiếu số lượt, số người và giải thưởng.",
        note=note,
    )


def approve_list(session: Session, now: datetime, approver: Actor, proposal: Proposal) -> None:
    """The second person's yes."""
    contest_id = proposal.contest_id
    carry_out(session, approver, now, contest_id=contest_id, proposal_id=proposal.id, note="Đồng ý công bố.")


def grow(worker: Worker) -> None:
    """Queued work: more people for a round, a few in each piece. The list is published anew at the end.

    `publish_by`, if given, holds the ids of the two people who publish; statistics are then drawn up anew, too.
    """
    first = int(worker.arguments["first"])
    for numbers in paced(range(first + worker.done, first + worker.total)):
        with worker.unit(len(numbers)) as (session, _now):
            round_id, seed = int(worker.arguments["round_id"]), int(worker.arguments["seed"])
            simulate_people(session, round_id, seed=seed, numbers=numbers)
    if "publish_by" in worker.arguments:
        _publish_again(worker)


def paced(numbers: range) -> Iterator[range]:
    """The numbers piece by piece, one unit of work each, with a pause as long as the piece: others want to write, too.

    A machine that is slow at the moment makes smaller pieces, not longer ones.
    """
    count = 1
    while numbers:
        piece, numbers = numbers[:count], numbers[count:]
        began = clock.monotonic()
        yield piece
        took = clock.monotonic() - began
        time.sleep(min(max(PAUSE_SECONDS, took), PAUSE_SECONDS_MAX) if numbers else 0)
        count = next_count(len(piece), took)


def next_count(count: int, seconds: float) -> int:
    """How many people the next piece takes when the last so many took so long: at most twice as many."""
    return max(1, min(2 * count, PIECE, int(count * PIECE_SECONDS / max(seconds, 0.001))))


def _publish_again(worker: Worker) -> None:
    """Both acts count everything, so each is a piece of its own."""
    round_id, (proposer_id, approver_id) = int(worker.arguments["round_id"]), worker.arguments["publish_by"]
    with worker.unit(0) as (session, now):
        propose_list(session, now, round_id, _seated(session, now, proposer_id), NOTE)
    with worker.unit(0) as (session, now):
        proposer = _seated(session, now, proposer_id)
        proposal = propose_list(session, now, round_id, proposer, NOTE)
        approve_list(session, now, _seated(session, now, approver_id), proposal)
        with suppress(DomainError):  # they may be under way; whoever reads them is told that results came since
            request_statistics(
                session, proposer, now, contest_id=proposal.contest_id, round_id=round_id, sample=Sample.FIRST
            )


def _seated(session: Session, now: datetime, person_id: int) -> Actor:
    return Actor(person_id, seats=held_seats(session, person_id, now))


def _scene(session: Session, round_id: int) -> Scene:
    keys: Keys = current_app.extensions["keys"]
    round_ = session.get_one(Round, round_id)
    group = session.scalars(select(Group).where(Group.contest_id == round_.contest_id).order_by(Group.position)).first()
    set_row = session.scalars(
        select(QuestionSet).where(QuestionSet.round_id == round_id).order_by(QuestionSet.number.desc())
    ).first()
    assert group is not None
    assert set_row is not None
    units = session.scalars(select(Unit.id).where(Unit.kind != UnitKind.PROVINCE).order_by(Unit.code)).all()
    contest = session.get_one(Contest, round_.contest_id)
    return Scene(round_, contest, group, list(units), frozen_set(session, set_row, keys).questions, keys)


def _take_part(session: Session, scene: Scene, chance: Random) -> None:
    window = (scene.round.closes_at - scene.round.opens_at) - timedelta(hours=1)
    joined_at = scene.round.opens_at + window * chance.random()
    actor = Actor(_person(session, joined_at, chance))
    unit_id = scene.units[int(len(scene.units) * chance.random() ** 2)]
    join_contest(session, actor, joined_at, scene.contest, group_id=scene.group.id, unit_id=unit_id)
    skill = 1 - 0.35 * chance.random() ** 2
    moment = joined_at
    for _ in range(chance.choice((1, 1, 1, 1, 2, 2, 3))):
        if moment + timedelta(minutes=20) < scene.round.closes_at:
            moment = take_attempt(session, scene, actor, moment, skill, chance) + timedelta(minutes=1)


def take_attempt(session: Session, scene: Scene, actor: Actor, now: datetime, skill: float, chance: Random) -> datetime:
    """One attempt from start to mark; returns when it was handed in. `skill` is the chance of a right answer."""
    public_id = start_attempt(session, actor, now, scene.round.public_id, scene.keys)
    attempt = session.scalars(select(Attempt).where(Attempt.public_id == public_id)).one()
    responses = [
        (slot, _response(scene, item, skill, chance)) for slot, item in enumerate(read_paper(attempt.paper), start=1)
    ]
    pace = timedelta(seconds=8 + 30 * chance.random())
    moment = now
    for seq, begin in enumerate(range(0, len(responses), ANSWERS_PER_SAVE), start=1):
        part = {str(slot): response for slot, response in responses[begin : begin + ANSWERS_PER_SAVE]}
        moment = min(moment + pace * len(part), attempt.deadline_at - timedelta(seconds=30))
        store_batch(session, attempt.id, _batch(attempt, seq, part), moment)
    last = _batch(attempt, 99, {PREDICTION_SLOT: str(int(chance.gauss(60, 40)) % 400)})
    handed_in_at = moment + timedelta(milliseconds=chance.randrange(2_000, 20_000))
    submit_attempt(session, actor, handed_in_at, attempt.public_id, last)
    mark_attempt(session, handed_in_at, attempt, scene.keys)
    return handed_in_at


def _response(scene: Scene, slot: PaperSlot, skill: float, chance: Random) -> object:
    """The right answer as this paper writes it, or a wrong one. Whatever is drawn, it takes as much chance."""
    is_known, pick = chance.random() < skill, chance.random()
    question, order = scene.questions[slot.revision_id], slot.order
    right = to_paper(question, order, kind_of(question.kind).model_response(question))
    if is_known:
        return right
    if isinstance(right, bool):
        return not right
    wrong = [letter for letter in "abcdefgh"[: len(order)] if letter != right]
    if not wrong:
        return None
    chosen = wrong[int(pick * len(wrong))]
    return [chosen] if isinstance(right, list | tuple) else chosen


def _batch(attempt: Attempt, seq: int, responses: dict[str, Any]) -> Batch:
    return Batch(f"simulated-{attempt.id}", seq, responses, dict.fromkeys(responses, 0))


def _person(session: Session, now: datetime, chance: Random) -> int:
    full_name = f"{chance.choice(_FAMILY)} {chance.choice(_MIDDLE)} {chance.choice(_GIVEN)}"
    person = Person(created_at=now, is_admin=False, locale="vi")
    session.add(person)
    session.flush()
    session.add(
        PersonDetails(
            person_id=person.id,
            full_name=full_name,
            sort_key=name_sort_key(full_name),
            search_key=search_key(full_name),
            birth_date=date(chance.randrange(1960, 2008), chance.randrange(1, 13), chance.randrange(1, 29)),
        )
    )
    session.flush()
    for purpose in (ConsentPurpose.TAKE_PART, ConsentPurpose.PUBLISH_NAME):
        give_consent(session, now, person.id, purpose, proof=PROOF)
    return person.id
