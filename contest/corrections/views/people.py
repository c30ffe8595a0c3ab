"""Everybody whom a correction moves: as a list with search, and as a workbook."""

from collections.abc import Iterable
from io import BytesIO
from typing import BinaryIO

from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from contest.contests.domain import slug_of
from contest.contests.models import Contest, Round
from contest.corrections import queries
from contest.corrections.policies import DECIDE
from contest.corrections.queries import MOVE_SORTS, CorrectionRow, MoveRow
from contest.corrections.views.desk import Reply, bp, quiz_round
from contest.db import db
from contest.i18n import show_scaled
from contest.web.access import seated
from contest.web.downloads import download
from contest.web.forms import page
from contest.web.listing import Listing, asked
from contest.web.workbook import Cell, Sheet, write_sheets


@bp.get("/staff/<slug>/rounds/<int:round_id>/corrections/<int:number>/people")
@seated(*DECIDE)
def people(slug: str, round_id: int, number: int) -> Reply:
    """Before and after of everybody whose line of the list changes."""
    session, wish = db.session(), asked(*MOVE_SORTS)
    contest, round_ = quiz_round(slug, round_id)
    row = queries.get_correction(session, round_.id, number)
    found = queries.moves_page(
        session,
        row.correction.id,
        words=wish.words,
        sort=wish.sort,
        is_descending=wish.is_descending,
        number=wish.number,
    )
    return page("corrections/people.html", contest=contest, round=round_, row=row, listing=Listing(found, wish))


@bp.get("/staff/<slug>/rounds/<int:round_id>/corrections/<int:number>/people.xlsx")
@seated(*DECIDE)
def people_file(slug: str, round_id: int, number: int) -> Response:
    """The same as a workbook."""
    contest, round_ = quiz_round(slug, round_id)
    row = queries.get_correction(db.session(), round_.id, number)
    stream = BytesIO()
    write_moves(stream, contest, round_, row, queries.all_moves(db.session(), row.correction.id))
    return download(stream, f"dieu-chinh-{number}-{slug_of(round_.name)}.xlsx")


def write_moves(
    stream: BinaryIO, contest: Contest, round_: Round, row: CorrectionRow, moves: Iterable[MoveRow]
) -> None:
    """One sheet with a line for everybody whom a correction moves."""
    name = _("Correction %(number)s", number=row.correction.number)
    subject = _("Correction %(number)s of question %(code)s", number=row.correction.number, code=row.code)
    cells = ([number, *_cells(each)] for number, each in enumerate(moves, start=1))
    titles = (contest.organizer_name, contest.title, round_.name, subject)
    write_sheets(stream, [Sheet(name, titles, _columns(), cells)])


def _columns() -> list[tuple[str, int]]:
    return [
        (_("Row number"), 6),
        (_("Full name"), 30),
        (_("Unit"), 36),
        (_("Group"), 20),
        (_("Points before"), 12),
        (_("Points after"), 12),
        (_("Right answers before"), 12),
        (_("Right answers after"), 12),
        (_("Rank before"), 10),
        (_("Rank after"), 10),
        (_("Prize before"), 20),
        (_("Prize after"), 20),
    ]


def _cells(each: MoveRow) -> list[Cell]:
    move, locale = each.move, get_locale().language
    return [
        each.full_name,
        each.unit_name,
        each.group_name,
        show_scaled(move.points_before, 3, locale),
        show_scaled(move.points_after, 3, locale),
        move.right_before,
        move.right_after,
        move.rank_before,
        move.rank_after,
        move.prize_before,
        move.prize_after,
    ]
