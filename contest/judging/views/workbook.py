"""The score table of a round as a workbook: codes, sheets, spread, official score. No names: codes are all there is."""

from collections.abc import Iterable
from typing import BinaryIO

from flask_babel import gettext as _

from contest.contests.models import Contest, Round
from contest.judging.domain.panel import POINT
from contest.judging.labels import CASE_STATES
from contest.judging.queries.overview import ScoreLine
from contest.web.workbook import Cell, Sheet, write_sheets


def write_scores(stream: BinaryIO, contest: Contest, round_: Round, judges: int, lines: Iterable[ScoreLine]) -> None:
    """One sheet with a line for each case."""
    titles = (contest.organizer_name, contest.title, _("SCORES OF %(round)s", round=round_.name.upper()))
    seats = [_("Sheet %(number)s", number=number) for number in range(1, judges + 1)]
    scores = (*seats, _("Spread"), _("Mean"), _("Agreed score"), _("Official score"))
    columns = (
        (_("Row number"), 6),
        (_("Code"), 12),
        (_("Group"), 24),
        *((title, 10) for title in scores),
        (_("State"), 26),
    )
    rows = (_cells(number, judges, line) for number, line in enumerate(lines, start=1))
    write_sheets(stream, [Sheet(round_.name, titles, columns, rows)])


def _cells(number: int, judges: int, line: ScoreLine) -> list[Cell]:
    seats = [*line.totals, *[None] * judges][:judges]
    agreed = line.agreed if line.verdict.needs_agreement else None
    scores = (*seats, line.verdict.spread, line.verdict.mean, agreed, line.score)
    points = [None if score is None else score / POINT for score in scores]
    return [number, line.code, line.group_name, *points, str(CASE_STATES[line.state])]
