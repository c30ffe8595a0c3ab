"""Where a judge begins: every round that is judged, the next case, and the judge's own sheets."""

from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from contest import clock
from contest.actors import Actor
from contest.contests.domain import Phase
from contest.contests.models import Contest, Round, RoundKind
from contest.contests.queries import RoundInPhase, phased, rounds_of
from contest.db import db, unit_of_work
from contest.errors import DomainError
from contest.i18n import show_deadline
from contest.judging import queries
from contest.judging.policies import JUDGES, OPENERS, may_judge, may_note_conflicts, may_open_judging
from contest.judging.queries import Pending, overview
from contest.judging.services.queue import take_next
from contest.judging.views.blueprint import ROUND, bp, found_contest
from contest.web.access import actor, seated
from contest.web.listing import Listing, asked

SHOWN = frozenset({Phase.UPCOMING, Phase.OPEN, Phase.CLOSED})


@dataclass(frozen=True, slots=True)
class RoundQueue:
    """A round on the first page: `problem` and `advice` say why there is nothing to judge yet."""

    round: Round
    problem: str = ""
    advice: str = ""
    pending: Pending | None = None
    locked: int = 0
    drafts: int = 0
    left: int = 0

    @property
    def may_follow(self) -> bool:
        """Whether there is a desk to look at: from closing on, with a rubric."""
        return self.pending is not None

    @property
    def all(self) -> int:
        """What this judge has and could still have."""
        return self.locked + self.drafts + self.left


@bp.get("/staff/<slug>/judging")
@seated(*(JUDGES | OPENERS))
def index(slug: str) -> str:
    """The rounds that are judged, and a judge's own sheets."""
    session, now, contest = db.session(), clock.now(), found_contest(slug)
    is_judge = may_judge(actor(), contest.id)
    entries = [row for row in rounds_of(session, contest.id) if row.kind is RoundKind.ENTRY]
    rounds = [phased(row, now) for row in (*entries, *queries.rounds_with_essays(session, contest.id))]
    return render_template(
        "judging/index.html",
        contest=contest,
        is_judge=is_judge,
        may_follow=may_open_judging(actor(), contest.id),
        may_note=may_note_conflicts(actor(), contest.id),
        rounds=[_queue(session, actor(), now, contest, each) for each in rounds if each.phase in SHOWN],
        state=request.args.get("state", ""),
        listing=_own_sheets(session, contest) if is_judge else None,
    )


@bp.post(f"{ROUND}/next")
@seated(*JUDGES)
def take(slug: str, round_id: int) -> Response:
    """The judge's draft, or a seat at the next case."""
    contest = found_contest(slug)
    with unit_of_work() as session:
        sheet = take_next(session, actor(), clock.now(), contest_id=contest.id, round_id=round_id)
        sheet_id = sheet.id if sheet else None
    if sheet_id is None:
        flash(_("No case is free for you at the moment."), "info")
        return redirect(url_for("judging.index", slug=slug), 303)
    return redirect(url_for("judging.show_sheet", slug=slug, sheet_id=sheet_id), 303)


def _queue(session: Session, person: Actor, now: datetime, contest: Contest, each: RoundInPhase) -> RoundQueue:
    """What a round holds for this person, or why it holds nothing yet."""
    if each.phase is not Phase.CLOSED:
        closes = show_deadline(each.row.closes_at, contest.time_zone)
        return RoundQueue(
            each.row, _("Not judged yet"), _("Entries are judged after the round has closed: %(time)s.", time=closes)
        )
    try:
        pending = queries.pending_cases(session, each.row.id)
    except DomainError:
        advice = _("The organizer writes the rubric into the rules; judging can begin after that.")
        return RoundQueue(each.row, _("There is no rubric yet"), advice)
    if not pending.cases:
        advice = _("The chief judge or the secretary opens it when the files are checked.")
        return RoundQueue(each.row, _("Judging is not open yet"), advice, pending)
    if not may_judge(person, contest.id):
        return RoundQueue(each.row, pending=pending)
    figures = overview.own_figures(session, person, each.row.id)
    left = queries.takeable_count(session, person, now, each.row, queries.panel_of(session, each.row))
    return RoundQueue(each.row, pending=pending, locked=figures.locked, drafts=figures.drafts, left=left)


def _own_sheets(session: Session, contest: Contest) -> Listing:
    wish = asked("-taken", "code", "total")
    return Listing(
        queries.own_sheets(
            session,
            actor(),
            contest_id=contest.id,
            words=wish.words,
            state=request.args.get("state", ""),
            sort=wish.sort,
            is_descending=wish.is_descending,
            number=wish.number,
        ),
        wish,
    )
