"""A full round on PostgreSQL: people with sessions, and the requests that they send."""

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from contest.accounts.models import Credential, Person, PersonSession
from contest.accounts.queries import token_digest
from contest.accounts.services import hash_password
from contest.actors import Actor
from contest.contests.models import Contest
from contest.participation.models import Participation
from contest.publication.models import Publication, PublicationRow
from contest.questions.models import RoundBank
from contest.questions.services.importing import load_bank
from contest.quiz.services.attempts import start_attempt
from contest.quiz.services.sets import freeze_set
from contest.standings.domain.ranking import default_ranking
from question_bank.formats import format_of
from tests.bench.load import Call
from tests.factories import (
    PASSWORD,
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
RANKED = 10_000
ROUND_ID = "do-tai"
_HASH = hash_password(PASSWORD)
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
    csrf: str
    attempt: str | None


@dataclass(frozen=True, slots=True)
class Scene:
    """A round with people in the middle of a paper (who save, hand in, or read at once) or about to start or sign in."""

    round_id: str
    board: str
    writers: list[Visitor]
    finishers: list[Visitor]
    first_readers: list[Visitor]
    starters: list[Visitor]
    returning: list[str]
    stranger: Visitor


def prepare(app: Flask, session: Session, each: int) -> Scene:
    """A released round with `each` people of every sort, and a published list beside it. Commits."""
    now = datetime.now(UTC)
    contest = make_contest(session, slug="do-tai")
    group, unit = make_group(session, contest), make_unit(session)
    setter, reviewer = make_person(session), make_person(session)
    rules = make_rules(session, contest, SECTIONS)
    window = {
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=1),
        "released_at": now - timedelta(days=2),
    }
    round_ = make_round(session, contest, public_id=ROUND_ID, **window)
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
    for number in range(4 * each):
        person = make_person(session)
        make_participation(session, contest, person, group_id=group.id, unit_id=unit.id)
        attempt: str | None = None
        if number < 3 * each:
            attempt = start_attempt(session, Actor(person.id), now, round_.public_id, app.extensions["keys"])
        visitors.append(_visitor(app, session, person.id, attempt))
    scene = Scene(
        round_id=ROUND_ID,
        board=_published(session, contest, group.id, rules.id, unit.id),
        writers=visitors[:each],
        finishers=visitors[each : 2 * each],
        first_readers=visitors[2 * each : 3 * each],
        starters=visitors[3 * each :],
        returning=[_returning(session, number) for number in range(each)],
        stranger=Visitor(*_browser(app, {}), attempt=None),
    )
    session.commit()
    return scene


def _published(session: Session, contest: Contest, group_id: int, rules_id: int, unit_id: int) -> str:
    """The address of a board with so many ranked people that nobody would read it whole."""
    now = datetime.now(UTC)
    window = {"opens_at": now - timedelta(days=9), "closes_at": now - timedelta(days=2), "released_at": now}
    round_ = make_round(session, contest, "Tuần 1", public_id="da-xong", position=2, **window)
    publication = Publication(
        round_id=round_.id,
        version=1,
        decision_number="1/QĐ",
        decision_date=now.date(),
        rules_version_id=rules_id,
        chain=default_ranking(),
        target=None,
        participants=RANKED,
        attempts=RANKED,
        all_right=0,
        ranking_digest="",
        shown_digest="",
        proposed_by=contest.created_by,
        published_by=contest.created_by,
        published_at=now,
    )
    add(session, publication)
    people = session.scalars(insert(Person).returning(Person.id), [{"created_at": now}] * RANKED).all()
    joined = {"contest_id": contest.id, "group_id": group_id, "unit_id": unit_id, "joined_at": now}
    rows = [{**joined, "person_id": person_id, "draw_id": secrets.token_hex(16)} for person_id in people]
    participations = session.scalars(insert(Participation).returning(Participation.id), rows).all()
    session.execute(
        insert(PublicationRow),
        [
            {
                "publication_id": publication.id,
                "group_id": group_id,
                "position": place,
                "rank": place,
                "participation_id": participation_id,
                "shown_name": "N. T. Hằng",
                "unit_name": "Xã Thất Khê",
                "search_key": "n. t. hang xa that khe",
                "values": {"right_count": 28, "duration_ms": 600_000 + place},
                "deciding_key": "duration_ms",
                "tied_with": 0,
            }
            for place, participation_id in enumerate(participations, start=1)
        ],
    )
    return f"/contests/{contest.slug}/rounds/{round_.public_id}/board"


def _returning(session: Session, number: int) -> str:
    """The login of somebody who signs in with `PASSWORD`, hashed as the application does it."""
    login = f"tro-lai-{number}@example.vn"
    person = make_person(session, login=login)
    session.execute(update(Credential).where(Credential.person_id == person.id).values(password_hash=_HASH))
    return login


def _visitor(app: Flask, session: Session, person_id: int, attempt: str | None) -> Visitor:
    token, now = secrets.token_urlsafe(32), datetime.now(UTC)
    expires_at = now + timedelta(days=1)
    add(
        session,
        PersonSession(
            person_id=person_id, token_hash=token_digest(token), created_at=now, expires_at=expires_at, user_agent=""
        ),
    )
    return Visitor(*_browser(app, {"_user_id": token, "_fresh": False}), attempt)


def _browser(app: Flask, content: dict[str, object]) -> tuple[dict[str, str], str]:
    """Headers with a cookie of this content and its token, and the token."""
    secret = secrets.token_hex(20)
    csrf = str(URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(secret))
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    cookie = signer.dumps({**content, "csrf_token": secret})
    return {"Cookie": f"session={cookie}", "X-CSRFToken": csrf}, csrf


def saves(visitors: list[Visitor], first: int, count: int) -> list[Call]:
    """`first`: the number of the first of these saves, since none is sent twice."""
    calls = []
    for number in range(first, first + count):
        visitor = visitors[number % len(visitors)]
        answers = {str(number % QUESTIONS + 1): {"response": "b", "age": 12}}
        body = {"client": "bench-client-0001", "seq": number + 1, "answers": answers}
        headers = {**visitor.headers, "Content-Type": "application/json"}
        calls.append(Call("POST", f"/attempts/{visitor.attempt}/answers", json.dumps(body).encode(), headers))
    return calls


def starts(visitors: list[Visitor], round_id: str) -> list[Call]:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    return [
        Call("POST", f"/rounds/{round_id}/attempts", b"", {**visitor.headers, **form}, expected=303)
        for visitor in visitors
    ]


def hand_ins(visitors: list[Visitor]) -> list[Call]:
    """Thirty answers with the hand-in."""
    answers = {str(slot): {"response": "b", "age": 5} for slot in range(1, QUESTIONS + 1)}
    body = json.dumps({"client": "bench-client-last", "seq": 1, "answers": answers}).encode()
    return [
        Call(
            "POST",
            f"/attempts/{visitor.attempt}/submission",
            body,
            {**visitor.headers, "Content-Type": "application/json"},
            expected=303,
        )
        for visitor in visitors
    ]


def results(visitors: list[Visitor]) -> list[Call]:
    return [Call("GET", f"/attempts/{visitor.attempt}/result", None, visitor.headers) for visitor in visitors]


def papers(visitors: list[Visitor], count: int) -> list[Call]:
    return [
        Call("GET", f"/attempts/{visitor.attempt}", None, visitor.headers)
        for visitor in (visitors[number % len(visitors)] for number in range(count))
    ]


def sign_ins(stranger: Visitor, logins: list[str]) -> list[Call]:
    headers = {**stranger.headers, "Content-Type": "application/x-www-form-urlencoded"}
    return [
        Call("POST", "/sign-in", urlencode({"login": login, "password": PASSWORD}).encode(), headers, expected=303)
        for login in logins
    ]
