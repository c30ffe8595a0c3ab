"""Pictures and sounds of a paper, for the person whose paper it is, and what its page reports about sounds."""

from flask import current_app, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from contest import clock
from contest.db import db, unit_of_work
from contest.errors import NotFound
from contest.quiz import queries
from contest.quiz.domain.marking import read_paper
from contest.quiz.services.plays import count_play
from contest.quiz.services.sets import FrozenSet, frozen_set
from contest.quiz.views.blueprint import bp, keys
from contest.web.access import actor, signed_in
from contest.web.bodies import heavy, let_go, send_named
from contest.web.failures import failure
from question_bank.markup import FindMedium, Medium
from question_bank.media import media_of


def media_of_attempt(drawn_from: FrozenSet, attempt_id: str) -> FindMedium:
    """The media of a frozen set at the addresses where this attempt may fetch them."""

    def find(digest: str) -> Medium | None:
        stored = drawn_from.media.get(digest)
        return stored.shown(url_for("quiz.medium", attempt_id=attempt_id, digest=digest)) if stored else None

    return find


@bp.get("/attempts/<attempt_id>/media/<string(length=64):digest>")
@signed_in
@heavy
def medium(attempt_id: str, digest: str) -> Response:
    """A picture or sound of a question on the person's own paper, whole or in ranges."""
    found = queries.get_attempt_page(db.engine, attempt_id, actor().person_id)
    drawn_from = frozen_set(db.session(), found.set, keys())
    stored = drawn_from.media.get(digest)
    asked = [drawn_from.questions[slot.revision_id] for slot in read_paper(found.paper)]
    if stored is None or digest not in media_of(asked):
        raise NotFound
    let_go()
    return send_named(current_app.extensions["storage"], stored.key, stored.mime, digest)


@bp.post("/attempts/<attempt_id>/plays")
@signed_in
def report_play(attempt_id: str) -> Response:
    """The page says that a sound was played from its beginning."""
    found = queries.get_attempt_page(db.engine, attempt_id, actor().person_id)
    said = request.get_json(silent=True)
    if not isinstance(said, dict) or not isinstance(said.get("slot"), str) or not isinstance(said.get("medium"), str):
        return failure(400, "", gettext("The request could not be understood."), "bad_request")
    questions = frozen_set(db.session(), found.set, keys()).questions
    paper = {str(number): questions[slot.revision_id] for number, slot in enumerate(read_paper(found.paper), start=1)}
    if said["slot"] not in paper or said["medium"] not in media_of([paper[said["slot"]]]):
        raise NotFound
    with unit_of_work() as session:
        count_play(session, clock.now(), found.id, int(said["slot"]), said["medium"])
    return Response(status=204)
