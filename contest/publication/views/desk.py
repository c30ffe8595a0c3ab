"""The desk of publications: prepare, withdraw, export."""

from io import BytesIO

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from contest import clock
from contest.approvals.models import Proposal
from contest.approvals.queries import find_open_proposal
from contest.contests.domain import slug_of
from contest.contests.models import Contest, Round
from contest.contests.queries import get_contest, get_round_of
from contest.contests.views.confirm import confirmed
from contest.corrections.queries import applied_since
from contest.db import db
from contest.publication import queries, services
from contest.publication.forms import PublicationForm, WithdrawalForm
from contest.publication.policies import DECIDE, PREPARE, may_withdraw_publication
from contest.publication.views.workbook import write_workbook
from contest.standings.queries import pending_matters, rank_ahead
from contest.web.access import actor, seated
from contest.web.content import content, worded
from contest.web.downloads import download
from contest.web.forms import carried_out, page

bp = Blueprint("publication", __name__)

Reply = Response | tuple[str, int]


@bp.route("/staff/<slug>/rounds/<int:round_id>/publication", methods=["GET", "POST"])
@seated(*PREPARE)
def desk(slug: str, round_id: int) -> Reply:
    """Every version of the round's list, and the form that proposes the next one."""
    session = db.session()
    contest, round_ = _round(slug, round_id)
    versions = queries.publications_of(session, round_.id)
    published = versions[0] if versions and versions[0].withdrawn_at is None else None
    corrections = applied_since(session, round_.id, versions[0].published_at) if versions else []
    form = PublicationForm(note="\n".join(each.note for each in corrections))

    def act(unit: Session) -> Proposal:
        assert form.decision_date.data is not None
        return services.prepare_publication(
            unit,
            actor(),
            clock.now(),
            contest_id=contest.id,
            round_id=round_id,
            decision_number=form.decision_number.data or "",
            decision_date=form.decision_date.data,
            checked=form.checked.data or "",
            note=form.note.data or "",
        )

    if form.validate_on_submit():
        rank_ahead(session, round_)
    if carried_out(form, act):
        flash(_("The list waits for a second person now."), "wait")
        return redirect(url_for("publication.desk", slug=slug, round_id=round_id), 303)
    return page(
        "publication/desk.html",
        form,
        contest=contest,
        round=round_,
        versions=versions,
        published=published,
        corrections=corrections,
        pending=pending_matters(session, round_, clock.now()),
        proposal=find_open_proposal(session, contest.id, services.KIND, round_.id),
        may_withdraw=may_withdraw_publication(actor(), contest.id),
    )


@bp.route("/staff/<slug>/rounds/<int:round_id>/publication/withdrawal", methods=["GET", "POST"])
@seated(*DECIDE)
def withdraw(slug: str, round_id: int) -> Reply:
    """Take the published list off the public pages."""
    contest, round_ = _round(slug, round_id)
    published = queries.find_published(db.session(), round_.id)
    people = published.participants if published else 0
    form = WithdrawalForm()
    return confirmed(
        form,
        lambda unit: services.withdraw_publication(
            unit, actor(), clock.now(), contest_id=contest.id, round_id=round_id, reason=form.reason.data or ""
        ),
        question=worded(_("Withdraw the published list of “%(name)s”?"), name=content(round_.name)),
        effects=[
            ngettext(
                "%(num)d person no longer finds their place; nothing of the list shows from now on.",
                "%(num)d people no longer find their place; nothing of the list shows from now on.",
                people,
            ),
            _("The version stays in the record. A corrected list becomes the next version, with a public note."),
        ],
        label=_("Withdraw the list"),
        back=url_for("publication.desk", slug=slug, round_id=round_id),
        done=_("The list is withdrawn."),
    )


@bp.get("/staff/<slug>/rounds/<int:round_id>/publication/<int:version>.xlsx")
@seated(*PREPARE)
def export(slug: str, round_id: int, version: int) -> Response:
    """The list of one version as a workbook, with the details that handing prizes over needs."""
    contest, round_ = _round(slug, round_id)
    publication = queries.get_publication(db.session(), round_.id, version)
    stream = BytesIO()
    write_workbook(stream, contest, round_, publication, queries.export_rows(db.session(), publication.id))
    return download(stream, f"ket-qua-{slug_of(round_.name)}-ban-{version}.xlsx")


def _round(slug: str, round_id: int) -> tuple[Contest, Round]:
    contest = get_contest(db.session(), slug)
    return contest, get_round_of(db.session(), contest.id, round_id)
