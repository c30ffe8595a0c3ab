"""Who saw which question, as a workbook."""

from collections.abc import Iterable
from typing import Any, BinaryIO

from flask_babel import gettext as _
from xlsxwriter import Workbook

from contest.contests.models import Contest
from contest.i18n import local
from contest.questions.labels import LOOKS
from contest.questions.models import Bank
from contest.questions.queries import LookRow

# Text that begins like a formula, a link or a number stays text.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
WIDTHS = (6, 30, 14, 12, 20, 22, 14)
HEAD_ROW = 4


def write_looks(stream: BinaryIO, contest: Contest, bank: Bank, rows: Iterable[LookRow]) -> None:
    """One sheet with a line for each look, the earliest first."""
    with Workbook(stream, _OPTIONS) as workbook:
        cell = {**_FONT, "border": 1}
        title = workbook.add_format({**_FONT, "bold": True, "font_size": 13})
        head = workbook.add_format({**cell, "bold": True, "text_wrap": True, "align": "center"})
        text, number = workbook.add_format({**cell, "num_format": "@"}), workbook.add_format(cell)
        instant = workbook.add_format({**cell, "num_format": "hh:mm:ss dd/mm/yyyy"})
        sheet = workbook.add_worksheet(_("Looks"))
        _set_up(sheet)
        for place, words in enumerate(
            (contest.organizer_name, contest.title, _("WHO HAS SEEN THE QUESTIONS"), bank.name)
        ):
            sheet.write_string(place, 0, words, title)
        for place, words in enumerate(_columns()):
            sheet.write_string(HEAD_ROW, place, words, head)
        for place, row in enumerate(rows, start=1):
            at = local(row.at, contest.time_zone).replace(tzinfo=None)
            sheet.write_number(HEAD_ROW + place, 0, place, number)
            sheet.write_string(HEAD_ROW + place, 1, row.person, text)
            sheet.write_string(HEAD_ROW + place, 2, row.code, text)
            sheet.write_number(HEAD_ROW + place, 3, row.number, number)
            sheet.write_string(HEAD_ROW + place, 4, str(LOOKS[row.act]), text)
            sheet.write_datetime(HEAD_ROW + place, 5, at, instant)
            sheet.write_string(HEAD_ROW + place, 6, row.request_id, text)


def _columns() -> list[str]:
    return [_("Row number"), _("Viewer"), _("Question"), _("Revision"), _("How"), _("First seen"), _("Request")]


def _set_up(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
