"""The row of titles in a table of questions: below a heading of the file, and of one row or two."""

from collections.abc import Sequence
from typing import NamedTuple

from question_bank.formats.base import Fault
from question_bank.formats.xlsx.cells import cell_name
from question_bank.formats.xlsx.columns import COLUMNS, field_of

_NEEDED = ("text", "key")
"""The columns without which there are no questions; what others would say can be made up for."""

_ROWS_ABOVE = 10
_LEAST_BELOW = 2


class Header(NamedTuple):
    """Where the titles stand, the last row of them, which column holds which field, and all columns with a title."""

    row: int
    last: int
    columns: dict[str, int]
    titled: frozenset[int]


def header_of(rows: Sequence[Sequence[str]], filled: Sequence[int], faults: list[Fault]) -> Header | None:
    """Return the titles of a table, of which these rows hold something; None where a column lacks, which is a fault."""
    first = next((place for place in filled[:_ROWS_ABOVE] if _is_header(rows[place])), filled[0])
    titles, last = list(rows[first]), first
    below = rows[first + 1] if first + 1 in filled else ()
    if _is_header(titles) and _are_titles(below):
        longer = max(len(titles), len(below))
        titles = [_at(below, index) or _at(titles, index) for index in range(longer)]
        last = first + 1
    columns = _columns(titles, first, faults)
    missing = [column for column in COLUMNS if column.field in _NEEDED and column.field not in columns]
    faults += [Fault(cell_name(first, 0), "column_missing", {"value": column.title}) for column in missing]
    titled = frozenset(index for index, title in enumerate(titles) if title)
    return None if missing else Header(first, last, columns, titled)


def _is_header(titles: Sequence[str]) -> bool:
    return set(_NEEDED) <= {field_of(title) for title in titles if title}


def _are_titles(row: Sequence[str]) -> bool:
    """Say whether a row goes on with titles: A, B, C and D below "Phương án"."""
    fields = [field_of(title) for title in row if title]
    return all(fields) and sum(str(field).startswith("options.") for field in fields) >= _LEAST_BELOW


def _at(row: Sequence[str], index: int) -> str:
    return row[index] if index < len(row) else ""


def _columns(titles: Sequence[str], row: int, faults: list[Fault]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, title in enumerate(titles):
        cell, field = cell_name(row, index), field_of(title)
        if field is None:
            if title:
                faults.append(Fault(cell, "column_unknown", {"value": title[:50]}))
        elif field in columns and field != "number":
            faults.append(Fault(cell, "column_repeated", {"value": title}))
        else:
            columns[field] = index
    return columns
