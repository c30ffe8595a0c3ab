"""Starting, saving, handing in and marking, on both databases."""

import json
import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.accounts.models import PersonSession
from contest.accounts.queries import token_digest
from contest.contests.models import Role, Round
from contest.db import db, unit_of_work
from contest.errors import DomainError, NotAllowed, NotFound
from contest.questions.queries import approved_revisions, bank_of_round
from contest.quiz.domain.answers import Batch
from contest.quiz.journal import SaveStatus, save_answers
from contest.quiz.models import Attempt, AttemptResult, AttemptState, JournalRow
from contest.quiz.queries import may_key_show
from contest.quiz.services.attempts import close_overdue_attempts, start_attempt, submit_attempt
from contest.quiz.services.results import mark_attempt, mark_waiting_attempts
from contest.quiz.services.sets import freeze_set, frozen_set
from question_bank.drawing import seed_commitment, set_digest
from question_bank.paper import to_paper
from tests.factories import NOW, actor_of, add, make_person
from tests.quiz.world import World, make_world

TOKEN = "phiên-của-Ngọc"


def begin(session: Session, world: World, now: datetime = NOW) -> Attempt:
    attempt = start_attempt(session, world.actor, now, world.round.public_id, world.keys)
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
        for number, (revision_id, order) in enumerate(attempt.paper, start=1)
    }


def test_freezing_pins_the_questions_before_the_seed_is_made(session: Session) -> None:
    world = make_world(session)
    drawn_from = frozen_set(session, world.set_row, world.keys)
    revisions = approved_revisions(session, bank_of_round(session, world.round.id).id)
    assert world.set_row.digest == set_digest(((each.id, each.digest) for each in revisions), drawn_from.blueprint)
    assert world.set_row.commitment == seed_commitment(drawn_from.seed, world.set_row.digest)
    assert drawn_from.seed not in world.set_row.seed_sealed


def test_a_bank_that_cannot_fill_the_paper_is_not_frozen(session: Session) -> None:
    world = make_world(session)
    rules = {"rows": [{"topic": None, "difficulty": None, "count": 9}]}
    too_much = make_world_sections(session, world, paper=rules)
    with pytest.raises(DomainError, match="paper_not_fillable"):
        freeze_set(session, actor_of(world.person), NOW, too_much, world.keys)


def make_world_sections(session: Session, world: World, **sections: Any) -> Round:
    from contest.contests.queries import rules_in_force

    rules = rules_in_force(session, world.contest.id)
    assert rules is not None
    rules.sections = {**rules.sections, **sections}
    session.flush()
    return world.round


def test_a_second_start_gets_the_running_attempt(session: Session) -> None:
    world = make_world(session)
    first, second = begin(session, world), begin(session, world, NOW + timedelta(minutes=14))
    assert first.id == second.id
    assert world.participation.frozen_at == NOW


def test_an_attempt_whose_time_is_over_makes_room_for_the_next(session: Session) -> None:
    world = make_world(session)
    first = begin(session, world)
    second = begin(session, world, first.accepts_until + timedelta(microseconds=1))
    assert (first.state, first.is_time_out, first.submitted_at) == (AttemptState.SUBMITTED, True, first.deadline_at)
    assert (second.number, second.state) == (2, AttemptState.OPEN)
    assert second.paper != first.paper


@pytest.mark.parametrize(
    ("moment", "code"),
    [("opens_at", None), ("before", "round_not_open"), ("closes_at", "round_not_open"), ("last", None)],
)
def test_a_round_is_open_from_its_opening_until_just_before_its_closing(
    session: Session, moment: str, code: str | None
) -> None:
    world = make_world(session)
    tick = timedelta(microseconds=1)
    now = {
        "opens_at": world.round.opens_at,
        "before": world.round.opens_at - tick,
        "closes_at": world.round.closes_at,
        "last": world.round.closes_at - tick,
    }[moment]
    if code is None:
        assert begin(session, world, now).deadline_at <= world.round.closes_at
    else:
        with pytest.raises(DomainError, match=code):
            begin(session, world, now)


def test_an_attempt_ends_with_the_round(session: Session) -> None:
    world = make_world(session, closes_at=NOW + timedelta(minutes=4))
    attempt = begin(session, world)
    assert attempt.deadline_at == NOW + timedelta(minutes=4)
    assert attempt.accepts_until == NOW + timedelta(minutes=4, seconds=5)


def test_extra_time_moves_the_deadline(session: Session) -> None:
    world = make_world(session)
    world.participation.extra_time_ms = 300_000
    session.commit()
    assert begin(session, world).deadline_at == NOW + timedelta(minutes=20)


def test_no_more_attempts_than_the_rules_allow(session: Session) -> None:
    sections = {"attempts": {**make_sections(), "tries": 1}}
    world = make_world(session, sections=sections)
    attempt = begin(session, world)
    submit_attempt(session, world.actor, NOW, attempt.public_id)
    session.commit()
    with pytest.raises(DomainError, match="no_tries_left"):
        begin(session, world)


def make_sections() -> dict[str, Any]:
    from tests.quiz.world import SECTIONS

    return dict(SECTIONS["attempts"])


def test_committee_members_and_excluded_people_and_strangers_cannot_start(session: Session) -> None:
    world = make_world(session)
    with pytest.raises(NotAllowed, match="committee_member"):
        start_attempt(
            session, actor_of(world.person, world.contest, Role.SECRETARY), NOW, world.round.public_id, world.keys
        )
    with pytest.raises(DomainError, match="not_joined"):
        start_attempt(session, actor_of(make_person(session)), NOW, world.round.public_id, world.keys)
    world.participation.excluded_at = NOW
    session.commit()
    with pytest.raises(NotAllowed, match="excluded"):
        begin(session, world)


def test_the_paper_can_be_drawn_again_from_the_opened_seed(session: Session) -> None:
    from question_bank.drawing import draw_paper

    world = make_world(session)
    attempt = begin(session, world)
    drawn_from = frozen_set(session, world.set_row, world.keys)
    again = draw_paper(
        drawn_from.pool, drawn_from.blueprint, drawn_from.seed, bytes.fromhex(world.participation.draw_id), 1
    )
    assert attempt.paper == [[slot.ref, list(slot.order)] for slot in again]


def test_all_right_answers_mark_full_and_marking_again_changes_nothing(session: Session) -> None:
    world = make_world(session)
    attempt = begin(session, world)
    answers = {**right_answers(session, world, attempt), "p": "1.250"}
    submit_attempt(session, world.actor, NOW + timedelta(seconds=90), attempt.public_id, batch(answers))
    result = mark_attempt(session, NOW + timedelta(minutes=2), attempt, world.keys)
    assert (result.right_count, result.question_count, result.points) == (5, 5, 5000)
    assert (result.duration_ms, result.prediction) == (90_000, 1250)
    assert mark_attempt(session, NOW + timedelta(hours=1), attempt, world.keys) is result
    assert result.marked_at == NOW + timedelta(minutes=2)


def test_handing_in_twice_is_not_an_error_and_changes_nothing(session: Session) -> None:
    world = make_world(session)
    attempt = begin(session, world)
    submit_attempt(session, world.actor, NOW + timedelta(minutes=1), attempt.public_id)
    submit_attempt(session, world.actor, NOW + timedelta(minutes=2), attempt.public_id)
    assert attempt.submitted_at == NOW + timedelta(minutes=1)


def test_somebody_elses_attempt_cannot_be_handed_in(session: Session) -> None:
    world = make_world(session)
    attempt = begin(session, world)
    with pytest.raises(NotFound):
        submit_attempt(session, actor_of(make_person(session)), NOW, attempt.public_id)


def test_handing_in_after_the_tolerance_keeps_the_answers_as_evidence_only(session: Session) -> None:
    world = make_world(session)
    attempt = begin(session, world)
    late = attempt.accepts_until + timedelta(microseconds=1)
    submit_attempt(session, world.actor, late, attempt.public_id, batch(right_answers(session, world, attempt)))
    result = mark_attempt(session, late, attempt, world.keys)
    assert (result.right_count, result.duration_ms, attempt.is_time_out) == (0, 15 * 60_000, True)
    assert session.scalar(select(func.count()).select_from(JournalRow).where(JournalRow.is_late)) == 1


def test_handing_in_within_the_tolerance_takes_the_time_allowed(session: Session) -> None:
    world = make_world(session)
    attempt = begin(session, world)
    submit_attempt(session, world.actor, attempt.accepts_until, attempt.public_id)
    assert mark_attempt(session, attempt.accepts_until, attempt, world.keys).duration_ms == 15 * 60_000
    assert attempt.is_time_out is False


def test_a_sweep_closes_only_what_is_over_and_comes_twice_without_harm(session: Session) -> None:
    world = make_world(session)
    attempt = begin(session, world)
    assert close_overdue_attempts(session, attempt.accepts_until) == 0
    after = attempt.accepts_until + timedelta(seconds=1)
    assert close_overdue_attempts(session, after) == 1
    assert close_overdue_attempts(session, after) == 0
    assert mark_waiting_attempts(session, after, world.keys) == 1
    assert mark_waiting_attempts(session, after, world.keys) == 0
    assert session.get_one(AttemptResult, attempt.id).question_count == 5


def save(
    app: Flask, attempt: Attempt, answers: dict[str, Any], now: datetime = NOW, *, seq: int = 1, token: str = TOKEN
) -> Any:
    with app.app_context():
        return save_answers(db.engine, attempt.public_id, token_digest(token), batch(answers, seq), now)


def test_a_save_is_stored_and_its_repeat_gets_the_first_reply(app: Flask, session: Session) -> None:
    world = make_world(session, app)
    give_session(session, world)
    attempt = begin(session, world)
    first = save(app, attempt, {"1": "b"})
    again = save(app, attempt, {"1": "b"}, NOW + timedelta(seconds=3))
    assert first == again
    assert (first.status, first.received_at, first.deadline_at) == (SaveStatus.SAVED, NOW, attempt.deadline_at)
    stored = session.scalars(select(JournalRow)).all()
    assert [(json.loads(row.payload), row.received_at, row.is_late) for row in stored] == [({"1": "b"}, NOW, False)]


def test_the_same_key_with_other_answers_is_a_conflict_and_stores_nothing(app: Flask, session: Session) -> None:
    world = make_world(session, app)
    give_session(session, world)
    attempt = begin(session, world)
    save(app, attempt, {"1": "b"})
    assert save(app, attempt, {"1": "c"}).status is SaveStatus.CONFLICT
    assert [row.payload for row in session.scalars(select(JournalRow))] == ['{"1":"b"}']


@pytest.mark.parametrize(("after_ms", "status"), [(5000, SaveStatus.SAVED), (5001, SaveStatus.CLOSED)])
def test_a_save_arrives_in_time_up_to_the_end_of_the_tolerance(
    app: Flask, session: Session, after_ms: int, status: SaveStatus
) -> None:
    world = make_world(session, app)
    give_session(session, world)
    attempt = begin(session, world)
    saved = save(app, attempt, {"1": "b"}, attempt.deadline_at + timedelta(milliseconds=after_ms))
    assert saved.status is status
    assert session.scalars(select(JournalRow.is_late)).one() is (status is SaveStatus.CLOSED)


def test_a_save_after_handing_in_is_kept_as_evidence(app: Flask, session: Session) -> None:
    world = make_world(session, app)
    give_session(session, world)
    attempt = begin(session, world)
    submit_attempt(session, world.actor, NOW, attempt.public_id)
    session.commit()
    assert save(app, attempt, {"1": "b"}).status is SaveStatus.CLOSED


def test_a_revoked_or_expired_session_and_a_stranger_are_refused(app: Flask, session: Session) -> None:
    world = make_world(session, app)
    give_session(session, world)
    attempt = begin(session, world)
    assert save(app, attempt, {"1": "b"}, token="nobody").status is SaveStatus.SIGNED_OUT
    assert save(app, attempt, {"1": "b"}, NOW + timedelta(days=1)).status is SaveStatus.SIGNED_OUT
    stranger = make_person(session)
    add(
        session,
        PersonSession(
            person_id=stranger.id,
            token_hash=token_digest("x"),
            created_at=NOW,
            expires_at=NOW + timedelta(days=1),
            user_agent="",
        ),
    )
    session.commit()
    assert save(app, attempt, {"1": "b"}, token="x").status is SaveStatus.MISSING
    assert session.scalars(select(JournalRow)).all() == []


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
    from contest.questions.models import RoundBank

    add(session, RoundBank(round_id=other.id, bank_id=bank.id))
    freeze_set(session, world.actor, NOW, other, world.keys)
    closed = world.round.closes_at
    assert may_key_show(session, world.round, closed) is False
    assert may_key_show(session, world.round, closed + timedelta(days=7, minutes=2)) is True


def round_values(row: Round) -> dict[str, Any]:
    names = ("contest_id", "kind", "name", "opens_at", "released_at", "cancel_reason")
    return {name: getattr(row, name) for name in names}


@pytest.mark.parametrize("backend", ["postgresql"])
def test_two_starts_at_once_make_one_attempt(app: Flask, session: Session) -> None:
    world = make_world(session, app)
    barrier = threading.Barrier(4)
    ids: list[int] = []

    def start() -> None:
        with app.app_context():
            barrier.wait()
            with unit_of_work() as unit:
                ids.append(start_attempt(unit, world.actor, NOW, world.round.public_id, world.keys).id)

    run_all([threading.Thread(target=start) for _ in range(4)])
    assert len(ids) == 4
    assert len(set(ids)) == 1


@pytest.mark.parametrize("backend", ["postgresql"])
def test_a_save_held_open_across_a_hand_in_is_either_marked_or_refused(app: Flask, session: Session) -> None:
    world = make_world(session, app)
    give_session(session, world)
    for round_number in range(6):
        now = NOW + timedelta(minutes=20 * round_number)
        attempt = begin(session, world, now)
        answers = right_answers(session, world, attempt)
        barrier = threading.Barrier(2)
        outcome: list[SaveStatus] = []

        def save_all(
            attempt: Attempt = attempt,
            answers: dict[str, Any] = answers,
            barrier: threading.Barrier = barrier,
            now: datetime = now,
        ) -> None:
            barrier.wait()
            outcome.append(save(app, attempt, answers, now).status)

        def hand_in(attempt: Attempt = attempt, barrier: threading.Barrier = barrier, now: datetime = now) -> None:
            with app.app_context():
                barrier.wait()
                with unit_of_work() as unit:
                    submit_attempt(unit, world.actor, now, attempt.public_id)

        run_all([threading.Thread(target=save_all), threading.Thread(target=hand_in)])
        session.expire_all()
        result = mark_attempt(session, now, session.get_one(Attempt, attempt.id), world.keys)
        session.commit()
        assert result.right_count == (5 if outcome == [SaveStatus.SAVED] else 0)


def run_all(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
        assert not thread.is_alive()
