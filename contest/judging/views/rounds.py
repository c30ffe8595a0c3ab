"""The chief judge's desk of a round: how far it is, what waits for the chair, opening, reminders, the score table."""

from dataclasses import dataclass
from io import BytesIO

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from contest import clock
from contest.contests.domain import slug_of
from contest.contests.views.confirm import Reply, confirmed
from contest.db import db, unit_of_work
from contest.judging import labels, queries
from contest.judging.domain.panel import Panel
from contest.judging.policies import CHIEFS, OPENERS, may_settle
from contest.judging.queries import Spread, overview
from contest.judging.services.cases import may_open_now, open_judging
from contest.judging.services.reminders import remind_judges
from contest.judging.views.blueprint import ROUND, bp, found_round
from contest.judging.views.charts import DotPlot, dot_plot, histogram, lowest
from contest.judging.views.workbook import write_scores
from contest.web.access import actor, seated
from contest.web.downloads import download
from contest.web.forms import BaseForm

SHOWN_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class ToAgree:
    """A case that waits for the chair, with both scores on one line."""

    spread: Spread
    totals: tuple[int, ...]
    plot: DotPlot


@bp.get(ROUND)
@seated(*OPENERS)
def desk(slug: str, round_id: int) -> str:
    """How far the round is; scores only for the chief judge."""
    session = db.session()
    contest, round_ = found_round(slug, round_id)
    panel, pending = queries.panel_of(session, round_), queries.pending_cases(session, round_id)
    judges = queries.progress(session, round_, clock.now())
    is_chief = may_settle(actor(), contest.id)
    spreads = queries.spreads(session, round_) if is_chief else []
    waiting = [each for each in spreads if each.needs_agreement and each.score is None]
    return render_template(
        "judging/desk.html",
        contest=contest,
        round=round_,
        panel=panel,
        pending=pending,
        judges=judges,
        locked=sum(each.locked for each in judges),
        figures=overview.judge_figures(session, round_, panel.judges) if is_chief else {},
        is_chief=is_chief,
        chart=histogram([each.spread for each in spreads], panel.agree_from) if spreads else None,
        waiting_count=len(waiting),
        waiting=_to_agree(session, panel, waiting[:SHOWN_AT_ONCE]),
        stuck=queries.stuck_cases(session, round_, clock.now()) if pending.waiting else [],
        set_aside=overview.set_aside_count(session, round_id),
    )


def _to_agree(session: Session, panel: Panel, waiting: list[Spread]) -> list[ToAgree]:
    totals = overview.sheet_totals(session, [each.case_id for each in waiting])
    low = lowest(list(totals.values()), panel.scale)
    return [ToAgree(each, totals[each.case_id], dot_plot(totals[each.case_id], low, panel.scale)) for each in waiting]


@bp.route(f"{ROUND}/opening", methods=["GET", "POST"])
@seated(*OPENERS)
def opening(slug: str, round_id: int) -> Reply:
    """Turn what was handed in into cases; again, when files were checked late."""
    contest, round_ = found_round(slug, round_id)
    queries.panel_of(db.session(), round_)
    pending = queries.pending_cases(db.session(), round_id)
    desk_url = url_for("judging.desk", slug=slug, round_id=round_id)
    if request.method == "GET" and not may_open_now(round_, clock.now()):
        flash(_("Judging opens a minute after the round has closed. A cancelled round is not judged."), "wait")
        return redirect(desk_url, 303)
    if request.method == "GET" and not pending.unopened:
        flash(_("No entry waits for judging to be opened."), "info")
        return redirect(desk_url, 303)
    return confirmed(
        BaseForm(),
        lambda session: open_judging(session, actor(), clock.now(), contest_id=contest.id, round_id=round_id),
        question=ngettext(
            "Open judging with %(num)s more entry?", "Open judging with %(num)s more entries?", pending.unopened
        ),
        effects=_opening_effects(pending),
        label=_("Open judging"),
        back=desk_url,
        done=_("Judging is open. Judges find the cases in their queue."),
        kind="primary",
    )


def _opening_effects(pending: queries.Pending) -> list[str]:
    effects = [_("Each entry becomes a case with a code of chance; judges get copies without names, in random order.")]
    if pending.checking:
        effects.append(
            ngettext(
                "%(num)s entry has files that are still being checked: open judging again when they are done.",
                "%(num)s entries have files that are still being checked: open judging again when they are done.",
                pending.checking,
            )
        )
    if pending.unreadable:
        effects.append(
            ngettext(
                "%(num)s entry has a file that was refused and can't be judged as it is.",
                "%(num)s entries have a file that was refused and can't be judged as they are.",
                pending.unreadable,
            )
        )
    return effects


@bp.post(f"{ROUND}/reminder")
@seated(*CHIEFS)
def remind(slug: str, round_id: int) -> Response:
    """A letter to every judge who still has something to do."""
    contest, round_ = found_round(slug, round_id)
    letter = labels.reminder(contest, round_, url_for("judging.index", slug=slug, _external=True))
    with unit_of_work() as session:
        sent = remind_judges(session, actor(), clock.now(), contest_id=contest.id, round_id=round_id, letter=letter)
    flash(ngettext("%(num)s judge gets a letter.", "%(num)s judges get a letter.", sent), "ok")
    return redirect(url_for("judging.desk", slug=slug, round_id=round_id), 303)


@bp.get(f"{ROUND}/scores.xlsx")
@seated(*CHIEFS)
def export(slug: str, round_id: int) -> Response:
    """The score table by code, as a workbook."""
    contest, round_ = found_round(slug, round_id)
    panel, stream = queries.panel_of(db.session(), round_), BytesIO()
    write_scores(stream, contest, round_, panel.judges, overview.score_table(db.session(), round_))
    return download(stream, f"bang-diem-{slug_of(round_.name)}.xlsx")
