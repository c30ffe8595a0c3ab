"""Everybody whom a correction moves: as a list with search, and as a workbook."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any, BinaryIO

from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from xlsxwriter import Workbook

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

# Text that begins like a formula, a link or a number stays text.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
WIDTHS = (6, 30, 36, 20, 12, 12, 12, 12, 10, 10, 20, 20)
HEAD_ROW = 4


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
    with Workbook(stream, _OPTIONS) as workbook:
        cell = {**_FONT, "border": 1}
        title = workbook.add_format({**_FONT, "bold": True, "font_size": 13})
        head = workbook.add_format({**cell, "bold": True, "text_wrap": True, "align": "center"})
        text, number = workbook.add_format({**cell, "num_format": "@"}), workbook.add_format(cell)
        sheet = workbook.add_worksheet(_("Correction %(number)s", number=row.correction.number))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        for place, width in enumerate(WIDTHS):
            sheet.set_column(place, place, width)
        subject = _("Correction %(number)s of question %(code)s", number=row.correction.number, code=row.code)
        for place, words in enumerate((contest.organizer_name, contest.title, round_.name, subject)):
            sheet.write_string(place, 0, words, title)
        for place, words in enumerate(_columns()):
            sheet.write_string(HEAD_ROW, place, words, head)
        for place, each in enumerate(moves, start=1):
            for column, value in enumerate((place, *_cells(each))):
                write = sheet.write_number if isinstance(value, int) else sheet.write_string
                write(HEAD_ROW + place, column, value, number if isinstance(value, int) else text)


def _columns() -> list[str]:
    return [
        _("Row number"),
        _("Full name"),
        _("Unit"),
        _("Group"),
        _("Points before"),
        _("Points after"),
        _("Right answers before"),
        _("Right answers after"),
        _("Rank before"),
        _("Rank after"),
        _("Prize before"),
        _("Prize after"),
    ]


def _cells(each: MoveRow) -> list[Any]:
    move, locale = each.move, get_locale().language
    return [
        each.full_name,
        each.unit_name,
        each.group_name,
        show_scaled(move.points_before, 3, locale),
        show_scaled(move.points_after, 3, locale),
        move.right_before,
        move.right_after,
        "" if move.rank_before is None else move.rank_before,
        "" if move.rank_after is None else move.rank_after,
        move.prize_before,
        move.prize_after,
    ]
