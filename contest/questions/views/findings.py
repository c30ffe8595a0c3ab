"""What stands out in questions: on a question's page, over a bank, and two that are alike side by side."""

from dataclasses import dataclass, replace

from flask import flash, redirect, request, url_for
from flask_babel import gettext

from contest import clock
from contest.contests.models import Role
from contest.db import db, unit_of_work
from contest.errors import DomainError
from contest.questions import queries, services
from contest.questions.jobs.report import TOLD_ONCE
from contest.questions.labels import FINDINGS, locale, point_place
from contest.questions.models import LookAct
from contest.questions.policies import DESK
from contest.questions.queries import QuestionView, similar
from contest.questions.queries.similar import FindingRow
from contest.questions.views.desk import Desk, Reply, bp, desk_of, witnessed
from contest.web.access import seated
from contest.web.forms import page
from contest.web.listing import Listing, asked
from contest.web.words import sentence
from question_bank.lint import Remark, remarks_on


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to look at again, in words: where, what, and what can be done about it at once."""

    place: str
    words: str
    is_mild: bool
    locks_order: bool = False
    other_id: int | None = None


def points_of(desk: Desk, view: QuestionView) -> list[Point]:
    """What stands out in the current revision of a question, the grave first."""
    remarks = [_point(remark) for remark in remarks_on(view.question)]
    pairs = similar.pairs_of(db.session(), view.current.id, desk.author_id)
    points = [Point("", finding_words(row), row.is_mild, other_id=row.other_id) for row in pairs] + remarks
    return sorted(points, key=lambda point: point.is_mild)


def finding_words(row: FindingRow) -> str:
    """What stands out, as a sentence."""
    if row.is_hidden:
        return str(gettext("The bank already has a question that is much alike. Reviewers see both."))
    return Remark(row.finding, row.field, {**row.facts, "other": row.other_code or ""}).sentence(locale())


@bp.get("/staff/<slug>/banks/<int:bank_id>/findings")
@seated(*DESK)
def findings(slug: str, bank_id: int) -> Reply:
    """What stands out in a bank, with how often, and what only its questions together show."""
    desk, session, wish = desk_of(slug), db.session(), asked("finding", "code")
    bank, author_id = desk.bank(bank_id), desk.author_id
    chosen = request.args.get("finding", "") if request.args.get("finding") in FINDINGS else ""
    is_told_once = not chosen and not wish.words
    found = similar.finding_page(
        session,
        bank.id,
        author_id,
        chosen,
        wish.words,
        without=TOLD_ONCE if is_told_once else "",
        sort=wish.sort,
        is_descending=wish.is_descending,
        number=wish.number,
    )
    shown = page(
        "questions/findings.html",
        contest=desk.contest,
        rights=desk,
        bank=bank,
        listing=Listing(found, wish),
        chosen=chosen,
        names=FINDINGS,
        told_once=TOLD_ONCE if is_told_once else None,
        counts=similar.finding_counts(session, bank.id, author_id),
        together=[remark.sentence(locale()) for remark in similar.remarks_together(session, bank.id, author_id)],
        unchecked=similar.unchecked_count(session, bank.id, author_id),
        finding_words=finding_words,
    )
    return witnessed(shown, desk, LookAct.FOUND, {row.revision_id for row in found.rows})


@bp.get("/staff/<slug>/questions/<int:question_id>/beside")
@seated(*DESK)
def beside(slug: str, question_id: int) -> Reply:
    """A question and the one that the address names, `?other=5`, side by side, if the reader may see both."""
    desk = desk_of(slug)
    views = [desk.question(question_id), desk.question(request.args.get("other", question_id, type=int))]
    shown = page("questions/beside.html", contest=desk.contest, views=views)
    return witnessed(shown, desk, LookAct.SEEN, [view.current.id for view in views])


@bp.post("/staff/<slug>/questions/<int:question_id>/lock-order")
@seated(Role.QUESTION_SETTER)
def lock_order(slug: str, question_id: int) -> Reply:
    """Keep the options of one's own question in their order on every paper."""
    desk = desk_of(slug)
    try:
        with unit_of_work() as session:
            view = queries.get_question(session, desk.contest.id, question_id, desk.author_id)
            services.revise_question(
                session,
                desk.actor,
                clock.now(),
                contest_id=desk.contest.id,
                question_id=question_id,
                question=replace(view.question, lock_order=True),
            )
    except DomainError as error:
        if error.status == 404:
            raise
        flash(sentence(error), "bad")
    else:
        flash(gettext("The options keep their order now. The question is a draft until it is approved."), "ok")
    return redirect(url_for("banks.question", slug=slug, question_id=question_id), 303)


def _point(remark: Remark) -> Point:
    place = point_place(remark.field, remark.values)
    return Point(place, remark.sentence(locale()), remark.severity == "mild", locks_order=remark.fix is not None)
