"""A whole province in a closed round: people, attempts, journal and results, inserted in bulk."""

import json
import secrets
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from contest.accounts.models import Person, PersonDetails
from contest.contests.models import RulesVersion
from contest.i18n import name_sort_key, search_key
from contest.participation.models import Participation
from contest.quiz.domain.answers import Save
from contest.quiz.domain.rulings import Rulings
from contest.quiz.journal import payload_digest
from contest.quiz.models import Attempt, AttemptResult, AttemptState, JournalRow
from contest.quiz.services.results import marked
from contest.quiz.services.sets import frozen_set
from question_bank.paper import to_paper
from tests.corrections.world import ANSWERED, Scene
from tests.factories import NOW, make_unit
from tests.quiz import world as quiz

QUESTIONS = [quiz.question(number) for number in range(1, 21)]
"""Of all of them the right answer is b."""

UNITS = 50
ORDERS = ((0, 1, 2, 3), (3, 1, 0, 2), (2, 3, 1, 0))
SECTIONS: dict[str, Any] = quiz.SECTIONS


def add_crowd(session: Session, scene: Scene, people: int, *, seed: int = 1) -> None:
    """One attempt of each of so many people, who choose by chance, better ones more often rightly. Commits."""
    chance = Random(seed)
    units = [make_unit(session, f"Xã {number}").id for number in range(min(UNITS, people))]
    first = {model: session.scalar(select(func.max(model.id))) or 0 for model in (Person, Participation, Attempt)}
    for model, rows in _rows(session, scene, chance, units, people, first).items():
        session.execute(insert(model), rows)
    session.commit()


def _rows(
    session: Session, scene: Scene, chance: Random, units: list[int], people: int, first: dict[Any, int]
) -> dict[Any, list[dict[str, Any]]]:
    models = (Person, PersonDetails, Participation, Attempt, JournalRow, AttemptResult)
    rows: dict[Any, list[dict[str, Any]]] = {model: [] for model in models}
    ids = zip(*(range(first[model] + 1, first[model] + people + 1) for model in first), strict=True)
    for (person_id, participation_id, attempt_id), sat in zip(ids, _attempts(session, scene, chance), strict=False):
        name = f"Người thứ {person_id}"
        place = {"group_id": scene.group.id, "unit_id": chance.choice(units)}
        named = {"full_name": name, "sort_key": name_sort_key(name), "search_key": search_key(name)}
        rows[Person].append({"id": person_id, "created_at": NOW})
        rows[PersonDetails].append({"person_id": person_id, **named})
        rows[Participation].append(
            {
                "id": participation_id,
                "contest_id": scene.quiz.contest.id,
                "person_id": person_id,
                "draw_id": secrets.token_hex(16),
                "joined_at": NOW,
                **place,
            }
        )
        whose = {"participation_id": participation_id, "person_id": person_id}
        rows[Attempt].append({"id": attempt_id, "public_id": secrets.token_urlsafe(16)[:22], **whose, **sat.attempt})
        rows[JournalRow].append({"attempt_id": attempt_id, **sat.journal})
        rows[AttemptResult].append({"attempt_id": attempt_id, "marked_at": NOW, **sat.result})
    return rows


def _attempts(session: Session, scene: Scene, chance: Random) -> Iterator[SimpleNamespace]:
    """Endless."""
    set_row = scene.quiz.set_row
    rules_id = session.scalars(select(RulesVersion.id).where(RulesVersion.contest_id == scene.quiz.contest.id)).one()
    questions = frozen_set(session, set_row, scene.quiz.keys).questions
    while True:
        skill = chance.random()
        paper = [[revision_id, list(chance.choice(ORDERS))] for revision_id in scene.codes.values()]
        answers = {
            str(slot): to_paper(questions[ref], tuple(order), "b" if chance.random() < skill else chance.choice("acd"))
            for slot, (ref, order) in enumerate(paper, 1)
        }
        started_at = ANSWERED + timedelta(milliseconds=chance.randrange(10**8))
        handed_in_at = started_at + timedelta(milliseconds=chance.randrange(60_000, 600_000))
        deadline_at = started_at + timedelta(minutes=15)
        payload, ages = json.dumps(answers), json.dumps(dict.fromkeys(answers, 0))
        said: dict[str, Any] = {
            "client": "bulk",
            "seq": 1,
            "received_at": handed_in_at,
            "payload": payload,
            "ages": ages,
        }
        attempt = {
            "round_id": scene.round.id,
            "number": 1,
            "set_id": set_row.id,
            "rules_version_id": rules_id,
            "paper": paper,
            "state": AttemptState.SUBMITTED,
            "started_at": started_at,
            "deadline_at": deadline_at,
            "accepts_until": deadline_at,
            "submitted_at": handed_in_at,
        }
        closed = SimpleNamespace(**attempt)
        result = marked(closed, [Save(**said, is_late=False)], questions, SECTIONS, Rulings())
        journal = {**said, "digest": payload_digest(payload), "is_late": False}
        yield SimpleNamespace(attempt=attempt, journal=journal, result=result)
