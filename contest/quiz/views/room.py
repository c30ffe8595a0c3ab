"""From a round's page to handing in."""

import secrets
from datetime import datetime
from typing import Any

from flask import Response, flash, jsonify, make_response, request, session, url_for
from flask_babel import gettext, lazy_gettext
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from contest import clock
from contest.accounts.queries import token_digest
from contest.contests.domain import Phase, phase
from contest.contests.hooks import news_of
from contest.contests.models import ContestState
from contest.contests.policies import may_take_part
from contest.contests.queries import timetable_of
from contest.db import db, unit_of_work
from contest.errors import DomainError, NotFound
from contest.i18n import show_time
from contest.participation.queries import find_participation
from contest.quiz import queries
from contest.quiz.domain.answers import MAX_RESPONSE_CHARACTERS, Batch, InvalidBatch, answers_of, read_batch
from contest.quiz.domain.marking import PaperSlot, read_paper
from contest.quiz.domain.paper import ShownQuestion, shown_paper
from contest.quiz.domain.policy import read_policy
from contest.quiz.domain.prediction import PREDICTION_SLOT, PredictionRule, read_prediction_rule
from contest.quiz.domain.receipts import receipt_of_save
from contest.quiz.journal import Saved, SaveStatus, hand_in, save_answers
from contest.quiz.models import Attempt, AttemptState
from contest.quiz.queries import AttemptPage
from contest.quiz.services import attempts
from contest.quiz.services.results import slots_in_time
from contest.quiz.services.sets import FrozenSet, frozen_set
from contest.quiz.views.blueprint import bp, keys, see
from contest.quiz.views.fragments import ATTEMPT, Asked, fragments_of, navigator_markup, paper_markup
from contest.quiz.views.media import media_of_attempt
from contest.web.access import actor, in_statement, public, signed_in, visitor
from contest.web.answers import part_name
from contest.web.content import content
from contest.web.failures import failure
from contest.web.forms import page
from contest.web.frames import framed_page
from question_bank.controls import response_of
from question_bank.kinds.prediction import MOST_CHARACTERS
from question_bank.text import clean

BODY_LIMIT = 512 * 1024
"""A form without a script sends a whole paper; a letter with its marks takes up to nine bytes in it."""
SMALL_BODIES = frozenset({"quiz.save", "quiz.submit"})


REFUSALS = {
    SaveStatus.CLOSED: (409, lazy_gettext("Time is over. What arrived late is kept but does not count."), "closed"),
    SaveStatus.CONFLICT: (409, lazy_gettext("These answers were sent before with another content."), "conflict"),
    SaveStatus.SIGNED_OUT: (401, lazy_gettext("You are signed out. Sign in to go on."), "signed_out"),
    SaveStatus.FULL: (429, lazy_gettext("This attempt has been saved too many times."), "too_many_saves"),
    SaveStatus.MISSING: (404, lazy_gettext("There is no such attempt of yours."), "not_found"),
}


@bp.url_value_preprocessor
def _limit_body(endpoint: str | None, _values: object) -> None:
    """Said here, since the CSRF check reads the body before the view runs."""
    if endpoint in SMALL_BODIES:
        request.max_content_length = BODY_LIMIT


@bp.get("/rounds/<round_id>")
@public
def round_page(round_id: str) -> tuple[str, int]:
    """What the round asks, how much time is left, and the visitor's own attempts."""
    now = clock.now()
    found = queries.get_round_page(db.session(), round_id)
    standing = phase(timetable_of(found.round), now)
    if found.contest.state is ContestState.DRAFT or standing is Phase.DRAFT:
        raise NotFound
    participation, rows = None, []
    if current_user.is_authenticated:
        participation = find_participation(db.session(), found.contest.id, actor().person_id)
        rows = queries.attempts_in_contest(db.session(), found.contest.id, actor().person_id)
    sections = found.rules.sections if found.rules else {}
    policy = read_policy(sections["attempts"]) if "attempts" in sections else None
    started = [row.attempt for row in rows]
    zone = found.contest.time_zone
    return page(
        "quiz/round.html",
        contest=found.contest,
        round=found.round,
        commitment=found.commitment,
        phase=standing,
        policy=policy,
        prediction=read_prediction_rule(sections["prediction"]) if "prediction" in sections else None,
        question_count=sum(row["count"] for row in sections["paper"]["rows"]) if "paper" in sections else None,
        participation=participation,
        rows=[row for row in rows if row.attempt.round_id == found.round.id],
        running=next((a for a in started if a.round_id == found.round.id and _is_running(a, now)), None),
        tries_left=policy.tries_left(started, found.round.id, now, zone) if policy else None,
        is_committee=current_user.is_authenticated and not may_take_part(actor(), found.contest.id),
        own_news=news_of(db.session(), actor().person_id) if current_user.is_authenticated else "",
        now=now,
    )


def _is_running(attempt: Attempt | AttemptPage, now: datetime) -> bool:
    return attempt.state is AttemptState.OPEN and now <= attempt.accepts_until


@bp.post("/rounds/<round_id>/attempts")
@signed_in
def start(round_id: str) -> Response:
    """Start, or come back to the attempt that is running."""
    try:
        with unit_of_work() as unit:
            attempt_id = attempts.start_attempt(unit, actor(), clock.now(), round_id, keys())
    except DomainError as error:
        if error.code != "not_joined":
            raise
        here = url_for("quiz.round_page", round_id=round_id)
        return see(url_for("participation.join", slug=error.values["slug"], next=here))
    return see(url_for("quiz.paper", attempt_id=attempt_id))


@bp.get("/attempts/<attempt_id>")
@signed_in
def paper(attempt_id: str) -> Response:
    """The whole paper in one page, readable and answerable without JavaScript."""
    found, now = queries.get_attempt_page(db.engine, attempt_id, actor().person_id), clock.now()
    if not _is_running(found, now):
        return see(url_for("quiz.result", attempt_id=attempt_id))
    responses, paper, drawn_from = _answered(found)
    asked = Asked(drawn_from.questions, media_of_attempt(drawn_from, ATTEMPT))
    fragments = fragments_of(found.set.commitment, paper, asked, responses)
    answered, predicted = sum(each.is_answered for each in fragments), responses.get(PREDICTION_SLOT)
    same = {
        "round_name": found.round_name,
        "contest_title": found.contest_title,
        "total": len(paper),
        "prediction": _prediction_rule(found),
    }
    differs = {
        "attempt_id": found.public_id,
        "attempt_number": found.number,
        "person_id": found.person_id,
        "reader": content(visitor().display_name),
        "deadline": found.deadline_at.isoformat(),
        "ends": show_time(found.deadline_at),
        "now": clock.now().isoformat(),
        "answered": answered,
        "left": len(paper) - answered,
        "cells": navigator_markup(fragments),
        "questions": paper_markup(fragments, paper, drawn_from.blueprint.sections, found.public_id),
        "predicted": "" if predicted is None else predicted,
    }
    return _unstored(framed_page("quiz/paper.html", same, differs))


@bp.get("/attempts/<attempt_id>/review")
@signed_in
def review(attempt_id: str) -> Response:
    """What is still open, before handing in."""
    found, now = queries.get_attempt_page(db.engine, attempt_id, actor().person_id), clock.now()
    if not _is_running(found, now):
        return see(url_for("quiz.result", attempt_id=attempt_id))
    responses, paper, drawn_from = _answered(found)
    questions = shown_paper(paper, drawn_from.questions, responses)
    html, _status = page(
        "quiz/review.html",
        found=found,
        attempt=found,
        questions=questions,
        answered=sum(question.is_answered for question in questions),
        prediction=_prediction_rule(found),
        predicted=responses.get(PREDICTION_SLOT),
        person_id=found.person_id,
        now=now,
    )
    return _unstored(html)


def _answered(found: AttemptPage) -> tuple[dict[str, Any], tuple[PaperSlot, ...], FrozenSet]:
    """The answers that count so far, the paper, and the set that it was drawn from."""
    answers = answers_of(queries.saves_shown(db.engine, found.id), found.started_at, found.deadline_at)
    responses = {slot: given.response for slot, given in answers.items()}
    return responses, read_paper(found.paper), frozen_set(db.session(), found.set, keys())


def _unstored(html: str | bytes) -> Response:
    response = make_response(html)
    response.headers["Cache-Control"] = "no-store"
    return response


def _prediction_rule(found: AttemptPage) -> PredictionRule | None:
    value = found.sections.get("prediction")
    rule = read_prediction_rule(value) if value else None
    return rule if rule is not None and rule.is_asked else None


@bp.post("/attempts/<attempt_id>/answers")
@in_statement
def save(attempt_id: str) -> Response:
    """Save a batch: JSON from the page's script, or the whole form without it."""
    if request.is_json:
        return _save_json(attempt_id)
    if not current_user.is_authenticated:
        return see(url_for("accounts.sign_in", next=url_for("quiz.paper", attempt_id=attempt_id)))
    batch = _form_batch(attempt_id, request.form)
    saved = save_answers(db.engine, attempt_id, token_digest(str(session.get("_user_id"))), batch, clock.now())
    if saved.status is not SaveStatus.SAVED:
        flash(str(REFUSALS[saved.status][1]), "bad")
        # Where time is not over, the page has the button that hands in.
        return see(url_for("quiz.result" if saved.status is SaveStatus.CLOSED else "quiz.paper", attempt_id=attempt_id))
    if request.form.get("go") == "review":
        return see(url_for("quiz.review", attempt_id=attempt_id))
    flash(gettext("Saved at %(time)s.", time=show_time(clock.now())), "ok")
    return see(url_for("quiz.paper", attempt_id=attempt_id))


def _save_json(attempt_id: str) -> Response:
    try:
        batch = read_batch(request.get_json())
    except (InvalidBatch, BadRequest):
        return failure(400, "", gettext("The request could not be understood."), "bad_request")
    now = clock.now()
    saved = save_answers(db.engine, attempt_id, token_digest(str(session.get("_user_id"))), batch, now)
    if saved.status is SaveStatus.SAVED:
        return _saved_reply(attempt_id, batch, saved, now)
    status, words, code = REFUSALS[saved.status]
    kept = {"kept": True} if saved.status is SaveStatus.CLOSED else {}
    return failure(status, "", str(words), code, **kept)


def _saved_reply(attempt_id: str, batch: Batch, saved: Saved, now: datetime) -> Response:
    """The acknowledgement. In the tolerance only what was given before the deadline is saved."""
    deadline_at = saved.deadline_at or now
    counted = set(batch.responses)
    if saved.received_at >= deadline_at:
        counted = slots_in_time(db.session(), attempt_id, batch.client, batch.seq)
    receipt = receipt_of_save(keys().receipt, attempt_id, batch.client, batch.seq, saved.digest, saved.received_at)
    return jsonify(
        client=batch.client,
        seq=batch.seq,
        saved=sorted(counted),
        server_time=now.isoformat(),
        remaining_ms=max(0, int((deadline_at - now).total_seconds() * 1000)),
        receipt=receipt,
    )


@bp.post("/attempts/<attempt_id>/submission")
@in_statement
def submit(attempt_id: str) -> Response:
    """Hand in, with the last answers where they come along: in one statement, or however it can be done."""
    batch = None
    if request.is_json:
        try:
            batch = read_batch(request.get_json())
        except (InvalidBatch, BadRequest):
            return failure(400, "", gettext("The request could not be understood."), "bad_request")
    token_hash = token_digest(str(session.get("_user_id")))
    if "q" in request.form or not hand_in(db.engine, attempt_id, token_hash, clock.now(), batch):
        return _submit(attempt_id, batch)
    return see(url_for("quiz.result", attempt_id=attempt_id))


@signed_in
def _submit(attempt_id: str, batch: Batch | None) -> Response:
    if "q" in request.form:
        batch = _form_batch(attempt_id, request.form)
    with unit_of_work() as unit:
        attempts.submit_attempt(unit, actor(), clock.now(), attempt_id, batch)
    return see(url_for("quiz.result", attempt_id=attempt_id))


def _form_batch(attempt_id: str, form: MultiDict[str, str]) -> Batch:
    """A whole form as one batch of a client of its own, so that Back and Save never conflicts."""
    found = queries.get_attempt_page(db.engine, attempt_id, actor().person_id)
    drawn_from = frozen_set(db.session(), found.set, keys())
    questions = shown_paper(read_paper(found.paper), drawn_from.questions, {})
    responses = {question.slot: _form_response(question, form) for question in questions}
    if "p" in form:
        responses[PREDICTION_SLOT] = form["p"].strip()[:MOST_CHARACTERS] or None
    return Batch(secrets.token_hex(16), 1, responses, dict.fromkeys(responses, 0))


def _form_response(question: ShownQuestion, form: MultiDict[str, str]) -> Any:
    """What a page's script would have sent; nobody types more than a save may carry."""
    count = len(question.controls)
    values = [form.getlist(part_name(f"q{question.slot}", place, count)) for place in range(count)]
    return response_of(
        question.kind.reply,
        [[clean(value)[:MAX_RESPONSE_CHARACTERS] for value in each[:50]] for each in values],
    )
