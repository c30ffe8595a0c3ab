"""The published list as a workbook in the layout that Vietnamese offices use."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, BinaryIO

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from contest.accounts.domain import LoginKind, show_login
from contest.contests.models import Contest, Round, RoundKind
from contest.i18n import local, nfc, show_date
from contest.publication.models import Publication
from contest.publication.queries import ExportRow
from contest.standings.domain.judged import judge_totals
from contest.standings.domain.ranking import EPOCH, JUDGED_SCORE
from contest.standings.labels import prediction_words, score_words, value_words
from contest.web.workbook import Cell, Sheet, write_sheets


@dataclass(frozen=True, slots=True)
class Column:
    """One column: heading, width in characters, and what a row puts there."""

    title: Any
    width: int
    cell: Callable[[ExportRow, Publication, str], Cell]


def _birth(each: ExportRow) -> datetime | None:
    """A real date cell; None stays empty."""
    day = each.birth_date
    return datetime(day.year, day.month, day.day) if day else None  # noqa: DTZ001 # a cell has no zone


def _handed_in(each: ExportRow, zone: str) -> datetime | None:
    at = each.row.values.get("submitted_at")
    return local(EPOCH + timedelta(milliseconds=at), zone).replace(tzinfo=None) if at is not None else None


def _phone(each: ExportRow) -> str:
    return show_login(LoginKind.PHONE, each.phone) if each.phone else ""


def _prediction(each: ExportRow, publication: Publication, key: str) -> str:
    value = each.row.values.get(key)
    return "" if value is None else prediction_words(value, is_percent=publication.is_percent)


def _remarks(each: ExportRow) -> str:
    remarks = [
        _("Shared place") if each.row.tied_with else "",
        _("Score agreed by the panel") if each.row.values.get("is_agreed") else "",
    ]
    return "; ".join(remark for remark in remarks if remark)


def _judges(each: ExportRow) -> str:
    decimals = each.row.values["decimals"]
    return "; ".join(score_words(total, decimals) for total in judge_totals(each.row.values))


_PERSON = (
    Column(lazy_gettext("Row number"), 6, lambda each, _publication, _zone: each.row.position),
    Column(lazy_gettext("Family and middle name"), 24, lambda each, _p, _z: nfc(each.full_name).rpartition(" ")[0]),
    Column(lazy_gettext("Given name"), 12, lambda each, _p, _z: nfc(each.full_name).rpartition(" ")[2]),
    Column(lazy_gettext("Birth date"), 12, lambda each, _p, _z: _birth(each)),
    Column(lazy_gettext("Phone"), 15, lambda each, _p, _z: _phone(each)),
    Column(lazy_gettext("Code of the unit"), 14, lambda each, _p, _z: each.unit_code),
    Column(lazy_gettext("Unit"), 36, lambda each, _p, _z: each.unit_name),
)
_PLACE = (
    Column(lazy_gettext("Moment of handing in"), 20, lambda each, _p, zone: _handed_in(each, zone)),
    Column(lazy_gettext("Rank"), 8, lambda each, _p, _z: each.row.rank),
    Column(lazy_gettext("Prize"), 18, lambda each, _p, _z: each.row.prize),
    Column(lazy_gettext("Remarks"), 18, lambda each, _p, _z: _remarks(each)),
)
COLUMNS = {
    RoundKind.QUIZ: (
        *_PERSON,
        Column(lazy_gettext("Right answers"), 10, lambda each, _p, _z: each.row.values.get("right_count")),
        Column(lazy_gettext("Prediction"), 12, lambda each, shown, _z: _prediction(each, shown, "prediction")),
        Column(lazy_gettext("Distance"), 12, lambda each, shown, _z: _prediction(each, shown, "deviation")),
        Column(lazy_gettext("Time taken"), 14, lambda each, _p, _z: value_words("duration_ms", each.row.values)),
        *_PLACE,
    ),
    RoundKind.ENTRY: (
        *_PERSON,
        Column(lazy_gettext("Scores of the judges"), 20, lambda each, _p, _z: _judges(each)),
        Column(lazy_gettext("Judged score"), 12, lambda each, _p, _z: value_words(JUDGED_SCORE, each.row.values)),
        *_PLACE,
    ),
}


def write_workbook(
    stream: BinaryIO, contest: Contest, round_: Round, publication: Publication, rows: Iterable[ExportRow]
) -> None:
    """One sheet per group; with nobody in the list, one sheet that says so."""
    write_sheets(stream, _sheets(contest, round_, publication, rows))


def _sheets(contest: Contest, round_: Round, publication: Publication, rows: Iterable[ExportRow]) -> Iterator[Sheet]:
    columns = COLUMNS[round_.kind]
    heads = [(str(column.title), column.width) for column in columns]
    titles = (contest.organizer_name, _("RESULTS OF %(round)s", round=round_.name.upper()))
    decision = _(
        "(Attached to decision no. %(number)s of %(day)s)",
        number=publication.decision_number,
        day=show_date(publication.decision_date),
    )
    lines, number = (contest.title, decision), 0
    for number, (group, same) in enumerate(groupby(rows, key=lambda each: each.group_name), start=1):
        cells = ([column.cell(each, publication, contest.time_zone) for column in columns] for each in same)
        yield Sheet(f"{number}. {group}", titles, heads, cells, (*lines, group))
    if not number:
        yield Sheet(_("List"), titles, heads, (), (*lines, _("Nobody took part.")))
