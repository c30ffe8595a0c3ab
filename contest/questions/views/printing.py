"""Questions on paper."""

from flask import request

from contest.questions.models import LookAct
from contest.questions.policies import DESK
from contest.questions.views.desk import Reply, bp, desk_of, nothing_chosen, witnessed
from contest.web.access import seated, visitor
from contest.web.forms import page


@bp.get("/staff/<slug>/banks/<int:bank_id>/print")
@seated(*DESK)
def print_sheets(slug: str, bank_id: int) -> Reply:
    """The chosen questions, each on a sheet that names its reader; `?key=0` leaves the keys out."""
    desk = desk_of(slug)
    bank = desk.bank(bank_id)
    views = desk.asked_questions(bank)
    if not views:
        return nothing_chosen(slug, bank_id)
    shown = page(
        "questions/print.html",
        contest=desk.contest,
        bank=bank,
        views=views,
        reader=visitor().display_name,
        has_keys=request.args.get("key") != "0",
    )
    return witnessed(shown, desk, LookAct.PRINTED, [view.current.id for view in views])
