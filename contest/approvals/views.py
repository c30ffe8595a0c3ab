"""Pages of what waits for a second person."""

from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from contest import clock
from contest.approvals import services
from contest.approvals.domain import kind_of
from contest.approvals.forms import YES, DecisionForm
from contest.approvals.labels import READERS, STATES
from contest.approvals.models import Proposal, ProposalState
from contest.approvals.queries import get_proposal, proposals_page
from contest.db import db, unit_of_work
from contest.errors import NotAllowed
from contest.web.access import actor, seated
from contest.web.forms import carried_out, page
from contest.web.listing import Listing, asked

bp = Blueprint("approvals", __name__)


@bp.get("/staff/<slug>/approvals")
@seated(*READERS)
def index(slug: str) -> str:
    """Everything proposed in this contest; what waits stands first. Why is for those who may read the proposal."""
    wish, contest_id = asked("-at", "name"), _contest_id(slug)
    found = proposals_page(
        db.session(),
        contest_id,
        words=wish.words,
        sort=wish.sort,
        is_descending=wish.is_descending,
        number=wish.number,
    )
    listing = Listing(found, wish)
    values = {"states": STATES, "kind_of": kind_of, "may_read": partial(_may_read, contest_id)}
    return render_template("approvals/index.html", slug=slug, listing=listing, **values)


@bp.route("/staff/<slug>/approvals/<int:proposal_id>", methods=["GET", "POST"])
@seated(*READERS)
def show(slug: str, proposal_id: int) -> Response | tuple[str, int]:
    """What is proposed, in full, and the answer to it."""
    contest_id = _contest_id(slug)
    row = get_proposal(db.session(), contest_id, proposal_id)
    kind = kind_of(row.proposal.kind)
    if not _may_read(contest_id, row.proposal):
        raise NotAllowed
    form = DecisionForm()
    act = services.carry_out if form.decision.data == YES else services.send_back
    if act is services.carry_out and kind.ahead and form.validate_on_submit():
        kind.ahead(db.session(), row.proposal)
    if carried_out(
        form,
        lambda session: (
            act(
                session, actor(), clock.now(), contest_id=contest_id, proposal_id=proposal_id, note=form.note.data or ""
            )
            or True
        ),
    ):
        flash(_("Your decision is recorded."), "ok")
        return redirect(url_for("approvals.index", slug=slug), 303)
    is_own = services.is_author(db.session(), actor(), row.proposal)
    return page(
        "approvals/show.html",
        form,
        slug=slug,
        row=row,
        kind=kind,
        lines=kind.lines(row.proposal.content),
        states=STATES,
        is_open=row.proposal.state is ProposalState.OPEN,
        is_own=is_own,
        may_withdraw=row.proposal.proposed_by == actor().person_id,
        may_decide=not is_own and actor().holds(contest_id, *kind.deciders),
    )


@bp.post("/staff/<slug>/approvals/<int:proposal_id>/withdrawal")
@seated(*READERS)
def withdraw(slug: str, proposal_id: int) -> Response:
    """Take one's own proposal back."""
    with unit_of_work() as session:
        services.take_back(session, actor(), clock.now(), contest_id=_contest_id(slug), proposal_id=proposal_id)
    flash(_("The proposal is withdrawn."), "ok")
    return redirect(url_for("approvals.index", slug=slug), 303)


def _contest_id(slug: str) -> int:
    """The contest's id, from the reader's own seat: contests stand above this feature."""
    found = next((seat.contest_id for seat in actor().seats if seat.contest_slug == slug), None)
    return found if found is not None else abort(404)


def _may_read(contest_id: int, proposal: Proposal) -> bool:
    """Organizers, those who decide on it, and who proposed it: it may hold what others must not know."""
    is_reader = actor().holds(contest_id, "organizer", *kind_of(proposal.kind).deciders)
    return is_reader or proposal.proposed_by == actor().person_id
