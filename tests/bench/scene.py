"""A full round on PostgreSQL: people with sessions, and the requests that they send."""

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session

from contest.accounts.models import PersonSession
from contest.accounts.queries import token_digest
from contest.actors import Actor
from contest.contests.models import Round
from contest.questions.models import RoundBank
from contest.questions.services.importing import load_bank
from contest.quiz.models import Attempt
from contest.quiz.services.attempts import start_attempt
from contest.quiz.services.sets import freeze_set
from question_bank.formats import format_of
from tests.bench.load import Call
from tests.factories import (
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

BANK = Path(__file__).resolve().parents[2] / "question_bank" / "samples" / "chuyen_doi_so_1.json"
QUESTIONS = 30
SECTIONS = {
    "attempts": {
        "minutes": 60,
        "tries": None,
        "span": "round",
        "counted": "best",
        "result_time": "at_once",
        "key_time": "never",
        "tolerance_seconds": 5,
    },
    "paper": {"rows": [{"topic": None, "difficulty": None, "count": QUESTIONS}]},
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in browser: its cookie and token, and the attempt it has open, if any."""

    headers: dict[str, str]
    attempt: str | None


def prepare(app: Flask, session: Session, answering: int, starting: int) -> tuple[Round, list[Visitor], list[Visitor]]:
    """A released round; people who are in the middle of a paper, and people who are about to start. Commits."""
    now = datetime.now(UTC)
    contest = make_contest(session, slug="do-tai")
    group, unit = make_group(session, contest), make_unit(session)
    setter, reviewer = make_person(session), make_person(session)
    make_rules(session, contest, SECTIONS)
    window = {
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=1),
        "released_at": now - timedelta(days=2),
    }
    round_ = make_round(session, contest, public_id="do-tai", **window)
    entries = [(item.code, item.question) for item in format_of(BANK.name).read_questions(BANK).questions]
    bank = load_bank(
        session,
        now,
        contest_id=contest.id,
        name="Ngân hàng",
        entries=entries,
        written_by=setter.id,
        approved_by=reviewer.id,
    )
    add(session, RoundBank(round_id=round_.id, bank_id=bank.id))
    freeze_set(session, actor_of(setter), now, round_, app.extensions["keys"])
    visitors = []
    for number in range(answering + starting):
        person = make_person(session)
        make_participation(session, contest, person, group_id=group.id, unit_id=unit.id)
        attempt: Attempt | None = None
        if number < answering:
            attempt = start_attempt(session, Actor(person.id), now, round_.public_id, app.extensions["keys"])
        visitors.append(_visitor(app, session, person.id, attempt))
    session.commit()
    return round_, visitors[:answering], visitors[answering:]


def _visitor(app: Flask, session: Session, person_id: int, attempt: Attempt | None) -> Visitor:
    token, now = secrets.token_urlsafe(32), datetime.now(UTC)
    expires_at = now + timedelta(days=1)
    add(
        session,
        PersonSession(
            person_id=person_id, token_hash=token_digest(token), created_at=now, expires_at=expires_at, user_agent=""
        ),
    )
    secret = secrets.token_hex(20)
    csrf = str(URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(secret))
    content = {"_user_id": token, "_fresh": True, "csrf_token": secret}
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    headers = {"Cookie": f"session={signer.dumps(content)}", "X-CSRFToken": csrf}
    return Visitor(headers, attempt.public_id if attempt else None)


def saves(visitors: list[Visitor], count: int) -> list[Call]:
    calls = []
    for number in range(count):
        visitor = visitors[number % len(visitors)]
        answers = {str(number % QUESTIONS + 1): {"response": "b", "age": 12}}
        body = {"client": "bench-client-0001", "seq": number + 1, "answers": answers}
        headers = {**visitor.headers, "Content-Type": "application/json"}
        calls.append(Call("POST", f"/attempts/{visitor.attempt}/answers", json.dumps(body).encode(), headers))
    return calls


def starts(visitors: list[Visitor], round_: Round) -> list[Call]:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    return [
        Call("POST", f"/rounds/{round_.public_id}/attempts", b"", {**visitor.headers, **form}, expected=303)
        for visitor in visitors
    ]


def hand_ins(visitors: list[Visitor]) -> list[Call]:
    """Thirty answers with the hand-in, and the result read at once: marking is part of it."""
    answers = {str(slot): {"response": "b", "age": 5} for slot in range(1, QUESTIONS + 1)}
    body = json.dumps({"client": "bench-client-last", "seq": 1, "answers": answers}).encode()
    return [
        Call(
            "POST",
            f"/attempts/{visitor.attempt}/submission",
            body,
            {**visitor.headers, "Content-Type": "application/json"},
            expected=303,
            then=f"/attempts/{visitor.attempt}/result",
        )
        for visitor in visitors
    ]


def papers(visitors: list[Visitor], count: int) -> list[Call]:
    return [
        Call("GET", f"/attempts/{visitor.attempt}", None, visitor.headers)
        for visitor in (visitors[number % len(visitors)] for number in range(count))
    ]
