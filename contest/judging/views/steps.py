"""A judge's steps that are asked for first: locking the sheet, giving the case back, reporting a problem."""

from flask import url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from contest import clock
from contest.contests.views.confirm import Reply, confirmed
from contest.db import db
from contest.i18n import show_scaled
from contest.judging import queries
from contest.judging.domain.panel import total
from contest.judging.forms.desk import GiveBackForm, LockForm, ReportForm
from contest.judging.policies import JUDGES
from contest.judging.services import reports, sheets
from contest.judging.views.blueprint import SHEET, bp, found_contest
from contest.web.access import actor, seated


@bp.route(f"{SHEET}/lock", methods=["GET", "POST"])
@seated(*JUDGES)
def lock(slug: str, sheet_id: int) -> Reply:
    """Hand the sheet in for good."""
    contest = found_contest(slug)
    found = queries.judge_sheet(db.session(), actor(), contest.id, sheet_id)
    form = LockForm(data={"revision": found.sheet.revision})
    points = show_scaled(total(found.panel, found.sheet.marks), 3, get_locale().language)
    return confirmed(
        form,
        lambda session: sheets.lock_sheet(
            session, actor(), clock.now(), contest_id=contest.id, sheet_id=sheet_id, revision=form.revision.data or 0
        ),
        question=_("Lock the sheet of %(code)s with %(points)s points?", code=found.case.code, points=points),
        effects=[
            _("The score counts from then on. You can neither change it nor unlock the sheet yourself."),
            _("Only the chief judge can open it again, with a reason that goes on record."),
        ],
        label=_("Lock the sheet"),
        back=_sheet(slug, sheet_id),
        done=_("The sheet is locked."),
        kind="primary",
    )


@bp.route(f"{SHEET}/return", methods=["GET", "POST"])
@seated(*JUDGES)
def give_back(slug: str, sheet_id: int) -> Reply:
    """Give the case back, for somebody else to judge."""
    contest = found_contest(slug)
    found, form = queries.judge_sheet(db.session(), actor(), contest.id, sheet_id), GiveBackForm()
    return confirmed(
        form,
        lambda session: sheets.give_back(
            session,
            actor(),
            clock.now(),
            contest_id=contest.id,
            sheet_id=sheet_id,
            reason=form.reason.data or "",
            is_conflict=form.is_conflict.data,
        ),
        question=_("Give %(code)s back?", code=found.case.code),
        effects=[
            _("Another judge gets the case; it never comes to you again. What you wrote is kept but does not count."),
            _("The reason goes on record."),
        ],
        label=_("Give the case back"),
        back=_sheet(slug, sheet_id),
        done=_("The case is given back."),
        after=url_for("judging.index", slug=slug),
    )


@bp.route(f"{SHEET}/report", methods=["GET", "POST"])
@seated(*JUDGES)
def report(slug: str, sheet_id: int) -> Reply:
    """Tell the chief judge what is wrong with the case."""
    contest = found_contest(slug)
    found, form = queries.judge_sheet(db.session(), actor(), contest.id, sheet_id), ReportForm()
    return confirmed(
        form,
        lambda session: reports.report_case(
            session, actor(), clock.now(), contest_id=contest.id, sheet_id=sheet_id, reason=form.reason.data or ""
        ),
        question=_("Report a problem with %(code)s", code=found.case.code),
        effects=[_("The chief judge gets your report. You can go on marking meanwhile.")],
        label=_("Send the report"),
        back=_sheet(slug, sheet_id),
        done=_("The report has gone to the chief judge."),
        kind="primary",
    )


def _sheet(slug: str, sheet_id: int) -> str:
    return url_for("judging.show_sheet", slug=slug, sheet_id=sheet_id)
