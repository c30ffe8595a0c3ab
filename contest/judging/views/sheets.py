"""A judge's sheet beside the entry it is about."""

from functools import partial
from typing import Any

from flask import Response as FlaskResponse
from flask import flash, jsonify, make_response, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from contest import clock
from contest.contests.models import Contest
from contest.db import db, unit_of_work
from contest.judging import queries
from contest.judging.domain.panel import total
from contest.judging.forms.desk import SheetForm, sheet_form
from contest.judging.policies import JUDGES
from contest.judging.services import sheets
from contest.judging.views.blind import FRAMING, shown_case
from contest.judging.views.blueprint import SHEET, bp, found_contest
from contest.judging.views.rubric import missing_words, rubric_rows
from contest.web.access import actor, seated
from contest.web.failures import failure
from contest.web.forms import carried_out, page

BODY_LIMIT = 64 * 1024


@bp.url_value_preprocessor
def _limit_body(endpoint: str | None, _values: object) -> None:
    if endpoint == "judging.save":
        request.max_content_length = BODY_LIMIT


@bp.get(SHEET)
@seated(*JUDGES)
def show_sheet(slug: str, sheet_id: int) -> Response:
    """The judge's own sheet: to be filled, or locked."""
    contest = found_contest(slug)
    found = queries.judge_sheet(db.session(), actor(), contest.id, sheet_id)
    form = None
    if found.is_open:
        form = sheet_form(found.panel, found.sheet.marks, found.sheet.comment, found.sheet.revision)
    return _drawn(contest, found, form)


@bp.post(f"{SHEET}/marks")
@seated(*JUDGES)
def save(slug: str, sheet_id: int) -> Response:
    """Save the draft: JSON from the page's script, or the whole form without it."""
    contest = found_contest(slug)
    if request.is_json:
        return _save_json(contest, sheet_id)
    found = queries.judge_sheet(db.session(), actor(), contest.id, sheet_id)
    form = sheet_form(found.panel, {}, "", 0)

    def act(session: Session) -> object:
        return sheets.save_marks(
            session,
            actor(),
            clock.now(),
            contest_id=contest.id,
            sheet_id=sheet_id,
            marks=form.marks,
            comment=form.comment.data or "",
            revision=form.revision.data or 0,
        )

    if not carried_out(form, act):
        return _drawn(contest, found, form)
    endpoint = "judging.lock" if request.form.get("go") == "lock" else "judging.show_sheet"
    if endpoint == "judging.show_sheet":
        flash(_("The draft is saved."), "ok")
    return redirect(url_for(endpoint, slug=slug, sheet_id=sheet_id), 303)


def _save_json(contest: Contest, sheet_id: int) -> FlaskResponse:
    try:
        marks, comment, revision = _read_draft(request.get_json())
    except (ValueError, BadRequest):
        return failure(400, "", _("The request could not be understood."), "bad_request")
    with unit_of_work() as session:
        sheet = sheets.save_marks(
            session,
            actor(),
            clock.now(),
            contest_id=contest.id,
            sheet_id=sheet_id,
            marks=marks,
            comment=comment,
            revision=revision,
        )
        saved = {"revision": sheet.revision, "saved_at": sheet.saved_at, "leased_until": sheet.leased_until}
    return jsonify(
        {key: value if isinstance(value, int) else value.isoformat() for key, value in saved.items() if value}
    )


def _read_draft(value: Any) -> tuple[dict[str, int], str, int]:
    """Marks, comment and revision of a draft. Raises `ValueError` unless it is one."""
    match value:
        case {"marks": dict() as marks, "comment": str() as comment, "revision": int() as revision}:
            if all(type(mark) is int for mark in marks.values()):
                return marks, comment, revision
    raise ValueError


def _drawn(contest: Contest, found: queries.JudgeSheet, form: SheetForm | None) -> FlaskResponse:
    """The page of a sheet; what it shows is kept by no cache."""
    marks = form.marks if form else found.sheet.marks
    html, status = page(
        "judging/sheet.html",
        form,
        contest=contest,
        found=found,
        round=found.round,
        blind=shown_case(found.case.id) if found.may_see_case else None,
        piece_url=partial(url_for, "judging.piece", slug=contest.slug, sheet_id=found.sheet.id),
        panel=found.panel,
        rows=rubric_rows(found.panel, marks, form),
        total=total(found.panel, marks),
        missing_words=missing_words(found.panel, marks),
    )
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers.update(FRAMING)
    return response
