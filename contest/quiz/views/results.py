"""What a person learns of their own attempt, as far as the rules allow it now."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flask import Response, make_response, render_template, request, url_for
from flask_babel import get_locale
from markupsafe import Markup

from contest import clock
from contest.contests.domain import Phase, phase
from contest.contests.hooks import find_place_link
from contest.contests.queries import get_round
from contest.db import db, unit_of_work
from contest.i18n import show_datetime, show_deadline, show_duration, show_number, show_scaled
from contest.quiz import hooks, queries
from contest.quiz.domain.marking import PaperSlot, most_points, read_paper
from contest.quiz.domain.paper import reviewed_paper
from contest.quiz.domain.policy import KeyTime, ResultTime, read_policy
from contest.quiz.domain.prediction import read_prediction_rule
from contest.quiz.domain.receipts import receipt_of_hand_in
from contest.quiz.domain.rulings import Rulings
from contest.quiz.journal import payload_digest
from contest.quiz.models import AttemptState, OldResult
from contest.quiz.queries import AttemptPage, ResultFacts
from contest.quiz.services.attempts import submit_attempt
from contest.quiz.services.results import marked, store_result
from contest.quiz.services.sets import FrozenSet, frozen_set
from contest.quiz.views.blueprint import bp, keys, see
from contest.quiz.views.media import media_of_attempt
from contest.web.access import actor, signed_in, visitor
from contest.web.content import content
from contest.web.frames import any_reader, framed_page
from contest.web.kept import Kept
from question_bank.kinds.prediction import PERCENT_DIGITS
from question_bank.question import FULL_POINTS

_key_shows: Kept[bool] = Kept(most=64)

OVER = frozenset({Phase.CLOSED, Phase.CANCELLED})


@bp.get("/attempts/<attempt_id>/result")
@signed_in
def result(attempt_id: str) -> Response:
    """Score, time and receipt of a closed attempt; the answers one by one once the rules release the keys."""
    now = clock.now()
    found = queries.get_attempt_page(db.engine, attempt_id, actor().person_id)
    if found.state is AttemptState.OPEN and now <= found.accepts_until:
        return see(url_for("quiz.paper", attempt_id=attempt_id))
    found, digests = (found, queries.saved_digests(db.engine, found.id)) if found.result else _marked(found, now)
    response = make_response(_page(found, digests, now))
    response.headers["Cache-Control"] = "no-store"
    return response


def _marked(found: AttemptPage, now: datetime) -> tuple[AttemptPage, list[str]]:
    """The first reader marks, so that nobody waits for a sweep; one whose time is over is closed before.

    Also what the receipt is made over, since the journal is read for marking.
    """
    if found.state is AttemptState.OPEN:
        with unit_of_work() as unit:
            submit_attempt(unit, actor(), now, found.public_id)
        found = queries.get_attempt_page(db.engine, found.public_id, found.person_id)
    questions = frozen_set(db.session(), found.set, keys()).questions
    saves = queries.saves_shown(db.engine, found.id)
    columns = marked(found, saves, questions, found.sections, _rulings(found))
    with unit_of_work() as unit:
        store_result(unit, now, found.id, columns)
    digests = [payload_digest(save.payload) for save in saves if not save.is_late]
    return replace(found, result=ResultFacts(**{name: columns[name] for name in ResultFacts.__slots__})), digests


def _page(found: AttemptPage, digests: list[str], now: datetime) -> bytes:
    policy, is_closed = read_policy(found.sections["attempts"]), phase(found.timetable, now) in OVER
    shown = found.result if policy.result_time is ResultTime.AT_ONCE or is_closed else None
    place_url, reviewed = (_place_url(found), _reviewed(found, policy.key_time, now)) if is_closed else (None, "")
    marked_again = _marked_again(found, shown)
    prediction, essays, score = (
        _shown_prediction(found, shown),
        _essays(found) if place_url else "",
        _score(found, shown),
    )
    same = {
        "current_user": any_reader(),
        "round_name": found.round_name,
        "round_id": found.round_public_id,
        "closes_at": show_deadline(found.timetable.closes_at, found.time_zone),
        "rules_number": found.rules_number,
        "question_count": shown.question_count if shown else 0,
        "has_score": shown is not None,
        "has_points": bool(score["points"]),
        "has_prediction": bool(prediction),
        "has_place": place_url is not None,
        "is_time_out": found.is_time_out,
        "is_reviewed": bool(reviewed),
        "shows_key_later": policy.key_time is KeyTime.AFTER_CLOSING,
        "essay_count": len(found.result.judged_slots) if found.result else 0,
        "has_essays": bool(essays),
        "is_marked_again": bool(marked_again),
    }
    differs = {
        **_reader(now),
        **_attempt(found, digests),
        "prediction": prediction,
        "place_url": place_url or "",
        "reviewed": reviewed,
        "essays": essays,
        "marked_again": marked_again,
        **score,
    }
    return framed_page("quiz/result.html", same, differs)


def _attempt(found: AttemptPage, digests: list[str]) -> dict[str, object]:
    return {
        "attempt_id": found.public_id,
        "attempt_number": found.number,
        "person_id": found.person_id,
        "started_at": show_datetime(found.started_at, found.time_zone),
        "submitted_at": show_datetime(found.submitted_at or found.deadline_at, found.time_zone),
        "receipt": _receipt(found, digests),
    }


def _reader(now: datetime) -> dict[str, object]:
    return {
        "reader_name": visitor().display_name,
        "reader": content(visitor().display_name),
        "here": request.full_path,
        "server_time": show_datetime(now),
    }


def _score(found: AttemptPage, shown: ResultFacts | None) -> dict[str, object]:
    """What was right and how long it took; points only where they say more than the questions answered rightly."""
    if shown is None:
        return {"right_count": "", "duration": "", "points": "", "most": ""}
    locale, points = get_locale().language, sum(mark[2] for mark in shown.marks)
    questions = frozen_set(db.session(), found.set, keys()).questions
    most = most_points(read_paper(found.paper), questions, _rulings(found).by_revision)
    says_more = (points, most) != (shown.right_count * FULL_POINTS, shown.question_count * FULL_POINTS)
    return {
        "right_count": shown.right_count,
        "duration": show_duration(shown.duration_ms, locale),
        "points": show_scaled(points, 3, locale) if says_more else "",
        "most": show_scaled(most, 3, locale),
    }


def _shown_prediction(found: AttemptPage, marked: ResultFacts | None) -> str:
    if marked is None or marked.prediction is None:
        return ""
    locale = get_locale().language
    if read_prediction_rule(found.sections["prediction"]).is_percent:
        return f"{show_scaled(marked.prediction, PERCENT_DIGITS, locale)} %"
    return show_number(marked.prediction, locale)


def _essays(found: AttemptPage) -> Markup | str:
    """What judges gave for the essays of this attempt, as it was published."""
    if found.result is None or not found.result.judged_slots:
        return ""
    asked = (db.session(), found.round_public_id, found.person_id, found.number)
    shown = [essay for essays_shown in hooks.essays_shown for essay in essays_shown(*asked)]
    if not shown:
        return ""
    return Markup(render_template("quiz/_essays.html", essays=shown))  # noqa: S704 - drawn by a template


def _rulings(found: AttemptPage) -> Rulings:
    return Rulings() if found.ruling is None else queries.rulings_of(db.session(), found.round_id)


def _earlier(found: AttemptPage) -> OldResult | None:
    """What was marked before it was marked again."""
    is_again = found.result is not None and found.result.marking > 0
    return queries.first_result(db.session(), found.id) if is_again else None


def _marked_again(found: AttemptPage, shown: ResultFacts | None) -> Markup | str:
    """That the total is no longer the first one, and why; nothing where it never changed."""
    earlier = _earlier(found) if shown else None
    if earlier is None:
        return ""
    on_paper = {slot.revision_id for slot in read_paper(found.paper)}
    rulings = _rulings(found).by_revision
    notes = [ruling.note for revision_id, ruling in rulings.items() if revision_id in on_paper]
    drawn = render_template("quiz/_marked_again.html", earlier=earlier, result=shown, notes=notes)
    return Markup(drawn)  # noqa: S704 - drawn by a template


def _place_url(found: AttemptPage) -> str | None:
    session = db.session()
    return find_place_link(session, found.contest_slug, get_round(session, found.round_public_id), found.person_id)


def _receipt(found: AttemptPage, digests: list[str]) -> str:
    return receipt_of_hand_in(keys().receipt, found.public_id, digests, found.submitted_at or found.deadline_at)


def _reviewed(found: AttemptPage, key_time: KeyTime, now: datetime) -> Markup | str:
    session = db.session()
    if key_time is KeyTime.NEVER or found.result is None:
        return ""
    if not _may_key_show(found, now):
        return ""
    drawn_from = frozen_set(session, found.set, keys())
    paper, earlier, rulings = read_paper(found.paper), _earlier(found), _rulings(found).by_revision
    before = earlier.marks if earlier else None
    items = reviewed_paper(paper, drawn_from.questions, found.result.marks, rulings, before)
    values = {
        "reviewed": items,
        "titles": _titles(paper, drawn_from),
        "media": media_of_attempt(drawn_from, found.public_id),
    }
    return Markup(render_template("quiz/_reviewed.html", **values))  # noqa: S704 - drawn by a template


def _may_key_show(found: AttemptPage, now: datetime) -> bool:
    """Asked once in a second of the clock for all who read results of a round: it compares whole pools.

    What becomes secret within that second was shown to others in it. Asking about the questions of one paper would be
    quicker, but many papers together would tell which questions come again.
    """

    def asked() -> bool:
        session = db.session()
        return queries.may_key_show(session, get_round(session, found.round_public_id), now)

    return _key_shows.value((found.round_public_id, found.set.commitment, now.replace(microsecond=0)), asked)


def _titles(paper: Sequence[PaperSlot], drawn_from: FrozenSet) -> dict[str, str]:
    """The title of a section by the slot that begins it."""
    begins = {slot.section: str(number) for number, slot in reversed(list(enumerate(paper, start=1)))}
    return {begins[number]: section.title for number, section in enumerate(drawn_from.blueprint.sections)}
