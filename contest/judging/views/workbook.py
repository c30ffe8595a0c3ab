"""The score table of a round as a workbook: codes, sheets, spread, official score. No names: codes are all there is."""

import re
from collections.abc import Iterable
from typing import Any, BinaryIO

from flask_babel import gettext as _
from xlsxwriter import Workbook

from contest.contests.models import Contest, Round
from contest.judging.domain.panel import POINT
from contest.judging.labels import CASE_STATES
from contest.judging.queries.overview import ScoreLine

# Text that begins like a formula, a link or a number stays text.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
HEAD_ROW = 4


def write_scores(stream: BinaryIO, contest: Contest, round_: Round, judges: int, lines: Iterable[ScoreLine]) -> None:
    """One sheet with a line for each case."""
    with Workbook(stream, _OPTIONS) as workbook:
        cell = {**_FONT, "border": 1}
        head = workbook.add_format({**cell, "bold": True, "text_wrap": True, "align": "center"})
        text, points = workbook.add_format({**cell, "num_format": "@"}), workbook.add_format(cell)
        sheet = workbook.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", round_.name)[:31])
        _set_up(sheet, judges)
        title = workbook.add_format({**_FONT, "bold": True, "font_size": 13})
        for number, words in enumerate((contest.organizer_name, contest.title, _titled(round_))):
            sheet.write_string(number, 0, words, title)
        for place, words in enumerate(_columns(judges)):
            sheet.write_string(HEAD_ROW, place, words, head)
        for number, line in enumerate(lines, start=1):
            _write_line(sheet, HEAD_ROW + number, judges, line, text, points)


def _titled(round_: Round) -> str:
    return str(_("SCORES OF %(round)s", round=round_.name.upper()))


def _columns(judges: int) -> list[str]:
    seats = [_("Sheet %(number)s", number=number) for number in range(1, judges + 1)]
    rest = [_("Spread"), _("Mean"), _("Agreed score"), _("Official score"), _("State")]
    return [_("Row number"), _("Code"), _("Group"), *seats, *rest]


def _set_up(sheet: Any, judges: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    for place, width in enumerate((6, 12, 24, *([10] * (judges + 4)), 26)):
        sheet.set_column(place, place, width)


def _write_line(sheet: Any, row: int, judges: int, line: ScoreLine, text: Any, points: Any) -> None:
    sheet.write_number(row, 0, row - HEAD_ROW, points)
    sheet.write_string(row, 1, line.code, text)
    sheet.write_string(row, 2, line.group_name, text)
    seats = [*line.totals, *[None] * judges][:judges]
    agreed = line.agreed if line.verdict.needs_agreement else None
    values = (*seats, line.verdict.spread, line.verdict.mean, agreed, line.score)
    for place, value in enumerate(values, start=3):
        if value is None:
            sheet.write_blank(row, place, None, points)
        else:
            sheet.write_number(row, place, value / POINT, points)
    sheet.write_string(row, 3 + len(values), str(CASE_STATES[line.state]), text)
