"""Who saw which question, as a workbook."""

from collections.abc import Iterable
from typing import BinaryIO

from flask_babel import gettext as _

from contest.contests.models import Contest
from contest.i18n import local
from contest.questions.labels import LOOKS
from contest.questions.models import Bank
from contest.questions.queries import LookRow
from contest.web.workbook import Cell, Sheet, write_sheets


def write_looks(stream: BinaryIO, contest: Contest, bank: Bank, rows: Iterable[LookRow]) -> None:
    """One sheet with a line for each look, the earliest first."""
    titles = (contest.organizer_name, contest.title, _("WHO HAS SEEN THE QUESTIONS"), bank.name)
    columns = (
        (_("Row number"), 6),
        (_("Viewer"), 30),
        (_("Question"), 14),
        (_("Revision"), 12),
        (_("How"), 20),
        (_("First seen"), 22),
        (_("Request"), 14),
    )
    cells = (_cells(number, row, contest.time_zone) for number, row in enumerate(rows, start=1))
    write_sheets(stream, [Sheet(_("Looks"), titles, columns, cells)])


def _cells(number: int, row: LookRow, zone: str) -> list[Cell]:
    at = local(row.at, zone).replace(tzinfo=None)
    return [number, row.person, row.code, row.number, str(LOOKS[row.act]), at, row.request_id]
