"""Banks: the list, one bank with its questions, acts on several questions."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy.orm import Session
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs

from contest import clock
from contest.contests.models import Role, Round
from contest.db import db, unit_of_work
from contest.errors import DomainError
from contest.questions import queries, services
from contest.questions.forms import BankForm, BulkForm
from contest.questions.models import Bank, LookAct, QuestionState
from contest.questions.policies import DESK
from contest.questions.queries import Filters, TopicNode
from contest.questions.views.desk import Desk, Reply, bp, desk_of, witnessed
from contest.web.access import seated
from contest.web.content import content, worded
from contest.web.forms import carried_out, page
from contest.web.listing import Listing, asked
from contest.web.words import sentence

PAGES = {"retire": "banks.retire", "print": "banks.print_sheets", "copy": "banks.copy"}
DONE = {
    "send": lazy_gettext("Questions sent to review: %(num)d."),
    "approve": lazy_gettext("Questions approved: %(num)d."),
    "exclude": lazy_gettext("Questions of which a paper has one at most from now on: %(num)d."),
}
SORTS = ("-changed", "code", "topic", "difficulty", "state")


@bp.get("/staff/<slug>/banks")
@seated(*DESK)
def index(slug: str) -> Reply:
    """Every bank of the contest."""
    desk, wish = desk_of(slug), asked("name")
    found = queries.bank_page(
        db.session(), desk.contest.id, desk.author_id, wish.words, wish.number, is_descending=wish.is_descending
    )
    return page("questions/banks.html", contest=desk.contest, rights=desk, listing=Listing(found, wish))


@bp.route("/staff/<slug>/banks/new", methods=["GET", "POST"])
@seated(Role.ORGANIZER)
def create(slug: str) -> Reply:
    """A new bank."""
    desk = desk_of(slug)
    form = _bank_form(desk, None)
    bank = carried_out(
        form,
        lambda session: services.create_bank(
            session,
            desk.actor,
            clock.now(),
            contest_id=desk.contest.id,
            name=form.name.data or "",
            round_ids=form.rounds.data or [],
        ),
    )
    if bank is not None:
        flash(_("The bank is created."), "ok")
        return redirect(url_for("banks.show", slug=slug, bank_id=bank.id), 303)
    return page("questions/bank_form.html", form, contest=desk.contest, bank=None)


@bp.route("/staff/<slug>/banks/<int:bank_id>/settings", methods=["GET", "POST"])
@seated(Role.ORGANIZER)
def change(slug: str, bank_id: int) -> Reply:
    """Name of a bank, and the rounds that draw from it."""
    desk = desk_of(slug)
    bank = desk.bank(bank_id)
    form = _bank_form(desk, bank)

    def act(session: Session) -> bool:
        services.change_bank(
            session,
            desk.actor,
            clock.now(),
            bank=queries.get_bank(session, desk.contest.id, bank_id),
            name=form.name.data or "",
            round_ids=form.rounds.data or [],
        )
        return True

    if carried_out(form, act):
        flash(_("The changes are saved."), "ok")
        return redirect(url_for("banks.show", slug=slug, bank_id=bank_id), 303)
    return page("questions/bank_form.html", form, contest=desk.contest, bank=bank)


@bp.get("/staff/<slug>/banks/<int:bank_id>")
@seated(*DESK)
def show(slug: str, bank_id: int) -> Reply:
    """One bank: its questions, counts and acts."""
    desk, session, wish = desk_of(slug), db.session(), asked(*SORTS)
    bank, author_id = desk.bank(bank_id), desk.author_id
    tree = queries.topic_tree(session, bank.id)
    filters = _filters(tree)
    found = queries.question_page(
        session,
        bank,
        author_id,
        filters,
        sort=wish.sort,
        is_descending=wish.is_descending,
        number=wish.number,
    )
    shown = page(
        "questions/bank.html",
        contest=desk.contest,
        rights=desk,
        bank=bank,
        listing=Listing(found, wish),
        filters=filters,
        topics={node.id: node for node in tree},
        topic=request.args.get("topic", type=int),
        counts=queries.state_counts(session, bank.id, author_id),
        remarked=queries.remarked_count(session, bank.id, author_id),
        table=queries.topic_table(session, bank.id, author_id, tree),
    )
    return witnessed(shown, desk, LookAct.FOUND, [row.revision_id for row in found.rows])


@bp.post("/staff/<slug>/banks/<int:bank_id>/acts")
@seated(*DESK)
def bulk(slug: str, bank_id: int) -> Reply:
    """Send, approve or keep apart what was ticked; retiring and copying ask first, printing has a page of its own."""
    desk, chosen = desk_of(slug), BulkForm().digests
    act = request.form.get("act", "")
    if act in PAGES and chosen:
        ids = ",".join(map(str, chosen))
        return redirect(url_for(PAGES[act], slug=slug, bank_id=bank_id, questions=ids), 303)
    try:
        _carry_out(act, desk, chosen)
    except DomainError as error:
        if error.status == 404:
            raise
        flash(sentence(error), "bad")
    back = request.form.get("back", "")
    kept = f"?{back}" if back and back.isprintable() else ""
    return redirect(url_for("banks.show", slug=slug, bank_id=bank_id) + kept, 303)


def _carry_out(act: str, desk: Desk, chosen: dict[int, str]) -> None:
    if not chosen or act not in DONE:
        raise DomainError("nothing_chosen")
    with unit_of_work() as session:
        contest_id, now = desk.contest.id, clock.now()
        if act == "send":
            services.send_to_review(session, desk.actor, now, contest_id=contest_id, question_ids=chosen)
        elif act == "exclude":
            services.exclude_together(session, desk.actor, now, contest_id=contest_id, question_ids=chosen)
        else:
            services.approve_questions(session, desk.actor, now, contest_id=contest_id, digests=chosen)
    flash(str(DONE[act]) % {"num": len(chosen)}, "ok")


def _bank_form(desk: Desk, bank: Bank | None) -> BankForm:
    rounds = queries.quiz_rounds(db.session(), desk.contest.id)
    mine = [round_.id for round_, drawn in rounds if bank is not None and drawn is not None and drawn.id == bank.id]
    form = BankForm(name=bank.name if bank else "", rounds=mine)
    form.rounds.choices = [SelectChoice(round_.id, _round_words(round_, drawn, bank)) for round_, drawn in rounds]
    return form


def _round_words(round_: Round, drawn: Bank | None, bank: Bank | None) -> str:
    if drawn is None or drawn is bank:
        return content(round_.name)
    return worded(_("%(round)s (now draws from %(bank)s)"), round=content(round_.name), bank=content(drawn.name))


def _filters(tree: list[TopicNode]) -> Filters:
    state, topic = request.args.get("state", ""), request.args.get("topic", type=int)
    return Filters(
        words=request.args.get("q", "").strip(),
        state=state if state in set(QuestionState) else "",
        branch=next((node.branch for node in tree if node.id == topic), frozenset()),
        difficulty=request.args.get("difficulty", type=int),
        kind=request.args.get("kind", ""),
        has_remarks="remarks" in request.args,
        is_limited="limited" in request.args,
    )
