from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from contest.contests.models import Round
from contest.questions.models import RoundBank
from contest.questions.queries import bank_of_round
from contest.quiz.queries import may_key_show
from contest.quiz.services.sets import freeze_set
from tests.factories import NOW, add
from tests.quiz.world import make_world


def test_keys_stay_hidden_while_another_round_still_draws_from_the_same_questions(session: Session) -> None:
    world = make_world(session)
    other = Round(
        **{
            **round_values(world.round),
            "position": 2,
            "public_id": "other",
            "closes_at": world.round.closes_at + timedelta(days=7),
        }
    )
    add(session, other)
    bank = bank_of_round(session, world.round.id)
    assert bank is not None
    add(session, RoundBank(round_id=other.id, bank_id=bank.id))
    freeze_set(session, world.actor, NOW, other, world.keys)
    closed = world.round.closes_at
    assert may_key_show(session, world.round, closed) is False
    assert may_key_show(session, world.round, closed + timedelta(days=7, minutes=2)) is True


def round_values(row: Round) -> dict[str, Any]:
    names = ("contest_id", "kind", "name", "opens_at", "released_at", "cancel_reason")
    return {name: getattr(row, name) for name in names}
