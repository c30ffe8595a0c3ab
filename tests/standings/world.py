"""A closed quiz round with marked attempts, made row by row: what a result is matters here, not how it came about."""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.accounts.models import Person
from contest.actors import Actor
from contest.contests.models import Contest, Group, Role, Round, RulesVersion
from contest.participation.models import Participation
from contest.quiz.models import Attempt, AttemptResult, AttemptState, QuestionSet
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
QUESTIONS = 20

ATTEMPTS: dict[str, Any] = {
    "minutes": 15,
    "tries": None,
    "span": "round",
    "counted": "best",
    "result_time": "at_once",
    "key_time": "never",
    "tolerance_seconds": 5,
}
PREDICTION = {"is_asked": True, "target": "all_right", "question": "Có bao nhiêu người trả lời đúng tất cả?"}
RANKING = {
    "gate": "none",
    "steps": [
        {"key": "right_count", "direction": "desc"},
        {"key": "deviation", "direction": "asc"},
        {"key": "duration_ms", "direction": "asc"},
    ],
}
PRIZES: dict[str, Any] = {
    "tiers": [
        {"name": "Giải Nhất", "count": 1, "worth": "1.500.000 đồng", "floor": "all_right", "minimum": 0},
        {"name": "Giải Nhì", "count": 2, "worth": "", "floor": "none", "minimum": 0},
    ],
    "ties": "decide",
    "cap_percent": None,
}
UNITS: dict[str, Any] = {"formula": "rate", "points": []}
SECTIONS = {"attempts": ATTEMPTS, "prediction": PREDICTION, "ranking": RANKING, "prizes": PRIZES, "units": UNITS}


@dataclass
class World:
    """Rows that the tests stand on."""

    contest: Contest
    round: Round
    group: Group
    unit: Unit
    secretary: Person
    organizer: Person
    set_row: QuestionSet
    rules: RulesVersion
    people: dict[str, Participation] = field(default_factory=dict)

    def actor(self, role: Role) -> Actor:
        person = self.organizer if role is Role.ORGANIZER else self.secretary
        return actor_of(person, self.contest, role)


def make_world(session: Session, **sections: Any) -> World:
    contest = make_contest(session)
    secretary, organizer = make_person(session, "Vi Thị Thư Ký"), make_person(session, "Lâm Văn Trưởng")
    make_seat(session, contest, secretary, Role.SECRETARY)
    make_seat(session, contest, organizer, Role.ORGANIZER)
    round_ = make_round(
        session, contest, "Tuần 1", opens_at=OPENS, closes_at=CLOSES, released_at=OPENS - timedelta(days=1)
    )
    rules = make_rules(session, contest, {**SECTIONS, **sections}, in_force_at=OPENS - timedelta(days=2))
    set_row = add(
        session,
        QuestionSet(
            round_id=round_.id,
            number=1,
            blueprint=[],
            digest="0" * 64,
            seed_sealed=b"",
            commitment="0" * 64,
            frozen_at=OPENS,
            frozen_by=organizer.id,
        ),
    )
    group = make_group(session, contest)
    return World(contest, round_, group, make_unit(session), secretary, organizer, set_row, rules)


def enter(session: Session, world: World, name: str, **values: Any) -> Participation:
    """Somebody who takes part; the group and the unit are the world's unless named."""
    unit, group = values.pop("unit", world.unit), values.pop("group", world.group)
    person = make_person(session, name, **values)
    participation = make_participation(session, world.contest, person, group_id=group.id, unit_id=unit.id)
    world.people[name] = participation
    return participation


def attempt(
    session: Session,
    world: World,
    name: str,
    right: int = QUESTIONS,
    *,
    prediction: int | None = None,
    seconds: float = 300,
    started: timedelta = timedelta(hours=1),
    is_marked: bool = True,
    state: AttemptState = AttemptState.SUBMITTED,
) -> Attempt:
    """An attempt of somebody who enters with it when needed; `started` counts from the round's opening."""
    participation = world.people.get(name) or enter(session, world, name)
    begun = OPENS + started
    number = session.scalar(
        select(func.count()).select_from(Attempt).where(Attempt.participation_id == participation.id)
    )
    is_over = state is AttemptState.SUBMITTED
    row: Attempt = add(
        session,
        Attempt(
            public_id=secrets.token_urlsafe(12),
            round_id=world.round.id,
            participation_id=participation.id,
            person_id=participation.person_id,
            number=(number or 0) + 1,
            set_id=world.set_row.id,
            rules_version_id=world.rules.id,
            paper=[],
            state=state,
            started_at=begun,
            deadline_at=begun + timedelta(minutes=15),
            accepts_until=begun + timedelta(minutes=15, seconds=5),
            submitted_at=begun + timedelta(seconds=seconds) if is_over else None,
            is_time_out=False,
        ),
    )
    if is_marked and is_over:
        add(
            session,
            AttemptResult(
                attempt_id=row.id,
                right_count=right,
                question_count=QUESTIONS,
                points=right * 1000,
                duration_ms=int(seconds * 1000),
                prediction=prediction,
                marks=[],
                marked_at=CLOSES,
            ),
        )
    return row
