"""What judges found wrong with cases, and what was done about it."""

from flask import render_template, request, url_for
from flask_babel import gettext as _

from contest import clock
from contest.contests.views.confirm import Reply, confirmed
from contest.db import db
from contest.judging import queries
from contest.judging.forms.desk import ReportAnswerForm
from contest.judging.policies import CHIEFS
from contest.judging.services import reports as services
from contest.judging.views.blueprint import ROUND, bp, found_contest, found_round
from contest.web.access import actor, seated
from contest.web.content import content
from contest.web.listing import Listing, asked


@bp.get(f"{ROUND}/reports")
@seated(*CHIEFS)
def reports(slug: str, round_id: int) -> str:
    """Every report of the round, those without an answer first."""
    contest, round_ = found_round(slug, round_id)
    wish, is_open_only = asked("reported"), request.args.get("state") == "open"
    found = queries.reports_page(
        db.session(), round_id, words=wish.words, is_open_only=is_open_only, number=wish.number
    )
    return render_template(
        "judging/reports.html",
        contest=contest,
        round=round_,
        listing=Listing(found, wish),
        is_open_only=is_open_only,
    )


@bp.route("/staff/<slug>/judging/reports/<int:report_id>", methods=["GET", "POST"])
@seated(*CHIEFS)
def settle_report(slug: str, report_id: int) -> Reply:
    """Write down what was done."""
    contest, form = found_contest(slug), ReportAnswerForm()
    found = queries.get_report(db.session(), contest.id, report_id)
    return confirmed(
        form,
        lambda session: services.settle_report(
            session, actor(), clock.now(), contest_id=contest.id, report_id=report_id, answer=form.answer.data or ""
        ),
        question=_("Answer the report about %(code)s", code=found.code),
        effects=[
            content(found.report.reason),
            _("The answer is kept with the report; the case itself is not changed by it."),
        ],
        label=_("Record the answer"),
        back=url_for("judging.reports", slug=slug, round_id=found.round_id),
        done=_("The answer is on record."),
        kind="primary",
    )
