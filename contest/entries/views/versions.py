"""Handing in, the receipt, reading what was handed in, and withdrawing it."""

from flask import Response, flash, make_response, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.db import db
from contest.entries import queries
from contest.entries.domain.versions import receipt_of_version
from contest.entries.forms import HandInForm
from contest.entries.services import versions
from contest.entries.services.versions import read_draft
from contest.entries.views.blueprint import bp, keys, see
from contest.entries.views.room import is_open, todo_lines
from contest.web.access import actor, signed_in
from contest.web.forms import BaseForm, carried_out, page

Reply = AnyResponse | tuple[str, int]


@bp.get("/entries/<entry_id>/hand-in")
@signed_in
def review(entry_id: str) -> Reply:
    """What would be handed in, what is still missing, and the commitment."""
    return _review_reply(entry_id, HandInForm())


@bp.post("/entries/<entry_id>/submission")
@signed_in
def submit(entry_id: str) -> Reply:
    """Hand in."""
    form = HandInForm()
    version = carried_out(
        form,
        lambda session: versions.hand_in(
            session, actor(), clock.now(), entry_id, is_committed=bool(form.is_committed.data)
        ),
    )
    if version is None:
        return _review_reply(entry_id, form)
    return see(url_for("entries.version", entry_id=entry_id, number=version.number))


def _review_reply(entry_id: str, form: HandInForm) -> Reply:
    session = db.session()
    found = queries.get_entry_page(session, entry_id, actor().person_id)
    if not is_open(found):
        return see(url_for("entries.round_page", round_id=found.round.public_id))
    prompt, draft, missing = read_draft(session, found.entry, found.participation, found.limits)
    html, status = page(
        "entries/review.html",
        form,
        found=found,
        entry=found.entry,
        limits=found.limits,
        prompt=prompt,
        answers=draft.answers,
        files=draft.files,
        is_complete=not missing,
        todo=todo_lines(prompt, missing),
    )
    return _private(html, status)


@bp.get("/entries/<entry_id>/versions/<int:number>")
@signed_in
def version(entry_id: str, number: int) -> Response:
    """The receipt of a version and what it holds."""
    found = queries.get_entry_page(db.session(), entry_id, actor().person_id)
    shown = queries.version_page(db.session(), found.entry.id, number)
    handed_in_at, digest = shown.version.handed_in_at, shown.version.digest
    html, status = page(
        "entries/version.html",
        found=found,
        entry=found.entry,
        shown=shown,
        refused=queries.refused_versions(db.session(), found.entry.id),
        receipt=receipt_of_version(keys().receipt, found.entry.public_id, number, digest, handed_in_at),
        is_open=is_open(found),
    )
    return _private(html, status)


@bp.route("/entries/<entry_id>/withdrawal", methods=["GET", "POST"])
@signed_in
def withdraw(entry_id: str) -> Reply:
    """Ask, then take back what counts."""
    found = queries.get_entry_page(db.session(), entry_id, actor().person_id)
    here = url_for("entries.round_page", round_id=found.round.public_id)
    form = BaseForm()
    if carried_out(form, lambda session: versions.withdraw(session, actor(), clock.now(), entry_id)):
        flash(gettext("Your entry is withdrawn. Nothing of yours counts until you hand in again."), "info")
        return see(here)
    if not is_open(found):
        return see(here)
    return page("entries/withdraw.html", form, found=found, entry=found.entry)


def _private(html: str, status: int) -> Response:
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    return response
