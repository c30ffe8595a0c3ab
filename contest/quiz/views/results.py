"""What a person learns of their own attempt, as far as the rules allow it now."""

from datetime import datetime

from flask import Response, make_response, url_for

from contest import clock
from contest.contests.domain import Phase, phase
from contest.contests.queries import timetable_of
from contest.db import db, unit_of_work
from contest.quiz import queries
from contest.quiz.domain.marking import read_paper
from contest.quiz.domain.paper import ReviewedQuestion, reviewed_paper
from contest.quiz.domain.policy import AttemptPolicy, KeyTime, ResultTime, read_policy
from contest.quiz.domain.receipts import receipt_of_hand_in
from contest.quiz.hooks import place_links
from contest.quiz.models import Attempt, AttemptResult, AttemptState
from contest.quiz.queries import AttemptPage
from contest.quiz.services import attempts
from contest.quiz.services.results import mark_attempt, saved_digests
from contest.quiz.services.sets import frozen_set
from contest.quiz.views.blueprint import bp, keys, see
from contest.web.access import actor, signed_in
from contest.web.forms import page


@bp.get("/attempts/<attempt_id>/result")
@signed_in
def result(attempt_id: str) -> Response:
    """Score, time and receipt of a closed attempt; the answers one by one once the rules release the keys."""
    now = clock.now()
    found = queries.get_attempt_page(db.session(), attempt_id, actor().person_id)
    if found.attempt.state is AttemptState.OPEN and now <= found.attempt.accepts_until:
        return see(url_for("quiz.paper", attempt_id=attempt_id))
    marked = found.result or _marked(attempt_id, now)
    policy = read_policy(found.rules.sections["attempts"])
    is_closed = phase(timetable_of(found.round), now) in {Phase.CLOSED, Phase.CANCELLED}
    html, status = page(
        "quiz/result.html",
        found=found,
        attempt=found.attempt,
        policy=policy,
        result=marked if policy.result_time is ResultTime.AT_ONCE or is_closed else None,
        receipt=_receipt(found.attempt),
        place_url=_place_url(found) if is_closed else None,
        reviewed=_reviewed(found, marked, policy, now) if is_closed else None,
        now=now,
    )
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _marked(attempt_id: str, now: datetime) -> AttemptResult:
    """The first reader marks, so that nobody waits for a sweep."""
    with unit_of_work() as unit:
        attempt = attempts.submit_attempt(unit, actor(), now, attempt_id)
        return mark_attempt(unit, now, attempt, keys())


def _place_url(found: AttemptPage) -> str | None:
    links = (link(db.session(), found.contest.slug, found.round, found.attempt.person_id) for link in place_links)
    return next((link for link in links if link), None)


def _receipt(attempt: Attempt) -> str:
    digests = saved_digests(db.session(), attempt.id)
    return receipt_of_hand_in(keys().receipt, attempt.public_id, digests, attempt.submitted_at or attempt.deadline_at)


def _reviewed(
    found: AttemptPage, marked: AttemptResult, policy: AttemptPolicy, now: datetime
) -> list[ReviewedQuestion] | None:
    if policy.key_time is KeyTime.NEVER or not queries.may_key_show(db.session(), found.round, now):
        return None
    drawn_from = frozen_set(db.session(), found.set_row, keys())
    return reviewed_paper(read_paper(found.attempt.paper), drawn_from.questions, marked.marks)
