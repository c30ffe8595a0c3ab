"""Cases for the chief judge: the list, one case with its sheets, and the acts that settle it."""

from collections.abc import Callable
from functools import partial

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from contest import clock
from contest.contests.views.confirm import Reply, confirmed
from contest.db import db
from contest.judging import queries
from contest.judging.forms.desk import AgreementForm, ReasonForm, agreement_form
from contest.judging.policies import CHIEFS
from contest.judging.queries import CASE_SORTS, CASE_STATES, CaseFile, overview
from contest.judging.services import cases as services
from contest.judging.services.panel import record_agreement
from contest.judging.services.sheets import reopen_sheet
from contest.judging.views.blind import FRAMING, shown_case
from contest.judging.views.blueprint import CASE, ROUND, bp, found_contest, found_round
from contest.judging.views.charts import DotPlot, dot_plot, lowest
from contest.web.access import actor, seated
from contest.web.content import content, worded
from contest.web.forms import carried_out, page
from contest.web.listing import Listing, asked

Act = Callable[..., object]


@bp.get(f"{ROUND}/cases")
@seated(*CHIEFS)
def cases(slug: str, round_id: int) -> str:
    """Every case by its code."""
    contest, round_ = found_round(slug, round_id)
    wish, state = asked(*CASE_SORTS), request.args.get("state", "")
    found = queries.cases_page(
        db.session(),
        round_,
        words=wish.words,
        state=state,
        sort=wish.sort,
        is_descending=wish.is_descending,
        number=wish.number,
    )
    return render_template(
        "judging/cases.html",
        contest=contest,
        round=round_,
        panel=queries.panel_of(db.session(), round_),
        listing=Listing(found, wish),
        state=state if state in CASE_STATES else "",
    )


@bp.route(CASE, methods=["GET", "POST"])
@seated(*CHIEFS)
def case(slug: str, case_id: int) -> Reply:
    """A case with its sheets side by side, and the form of the agreed score where one is needed."""
    contest = found_contest(slug)
    found = queries.case_file(db.session(), actor(), contest.id, case_id)
    form = agreement_form(found.panel)
    if carried_out(form, lambda session: _agree(session, contest.id, case_id, form)):
        flash(_("The agreed score is on record."), "ok")
        return redirect(_url(slug, case_id), 303)
    html, status = page(
        "judging/case.html",
        form,
        contest=contest,
        found=found,
        round=found.round,
        panel=found.panel,
        blind=shown_case(case_id),
        piece_url=partial(url_for, "judging.case_piece", slug=slug, case_id=case_id),
        plot=_plot(found),
    )
    return make_response(html, status, FRAMING)


def _agree(session: Session, contest_id: int, case_id: int, form: AgreementForm) -> object:
    return record_agreement(
        session,
        actor(),
        clock.now(),
        contest_id=contest_id,
        case_id=case_id,
        score=form.score.data,
        note=form.note.data or "",
    )


def _plot(found: CaseFile) -> DotPlot | None:
    totals = [sheet.total for sheet in found.sheets if sheet.total is not None]
    scale = found.panel.scale
    return dot_plot(totals, lowest([totals], scale), scale) if len(totals) > 1 else None


@bp.route(f"{CASE}/set-aside", methods=["GET", "POST"])
@seated(*CHIEFS)
def set_aside(slug: str, case_id: int) -> Reply:
    """Take the case out of judging."""
    return _with_reason(
        slug,
        case_id,
        services.set_aside,
        question=_("Set %(code)s aside?"),
        effects=[
            _("The case is not scored and has no place in the standings until it is put back."),
            _("Sheets that were written stay as they are. Nobody outside the panel is told."),
        ],
        label=_("Set aside"),
        done=_("The case is set aside."),
    )


@bp.route(f"{CASE}/return", methods=["GET", "POST"])
@seated(*CHIEFS)
def put_back(slug: str, case_id: int) -> Reply:
    """Judge the case after all."""
    return _with_reason(
        slug,
        case_id,
        services.put_back,
        question=_("Put %(code)s back into judging?"),
        effects=[_("The case goes on from where it stood: its sheets count again, free seats go to judges.")],
        label=_("Put back"),
        done=_("The case is judged again."),
    )


@bp.route("/staff/<slug>/judging/sheets/<int:sheet_id>/reopening", methods=["GET", "POST"])
@seated(*CHIEFS)
def reopen(slug: str, sheet_id: int) -> Reply:
    """Let the judge of a locked sheet change it."""
    contest, form = found_contest(slug), ReasonForm()
    found = overview.get_sheet(db.session(), contest.id, sheet_id)
    return confirmed(
        form,
        lambda session: reopen_sheet(
            session, actor(), clock.now(), contest_id=contest.id, sheet_id=sheet_id, reason=form.reason.data or ""
        ),
        question=worded(
            _("Open the sheet of %(judge)s on %(code)s again?"), judge=content(found.judge_name), code=found.code
        ),
        effects=[
            _("Its judge can change the marks for a day and has to lock it again. An agreed score is void at once."),
            _("The case has no official score until then. The reason goes on record."),
            _("A list that is published stays as it is; what changes is published as a correction."),
        ],
        label=_("Open the sheet again"),
        back=_url(slug, found.case_id),
        done=_("The sheet is open again."),
    )


def _with_reason(
    slug: str, case_id: int, act: Act, *, question: str, effects: list[str], label: str, done: str
) -> Reply:
    """A step on one case that goes on record with its reason."""
    contest, form = found_contest(slug), ReasonForm()
    found = queries.case_file(db.session(), actor(), contest.id, case_id)
    return confirmed(
        form,
        lambda session: act(
            session, actor(), clock.now(), contest_id=contest.id, case_id=case_id, reason=form.reason.data or ""
        ),
        question=question % {"code": found.case.code},
        effects=effects,
        label=label,
        back=_url(slug, case_id),
        done=done,
    )


def _url(slug: str, case_id: int) -> str:
    return url_for("judging.case", slug=slug, case_id=case_id)
