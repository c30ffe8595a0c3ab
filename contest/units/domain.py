"""What a unit's code may look like, and what a unit is when somebody chooses or counts it."""

import re
from dataclasses import dataclass
from datetime import date

LONGEST_CODE = 35
_AGENCY_CODE = re.compile(r"[A-Z]\d{2}(\.[0-9A-Z]+)*")
_ANY_CODE = re.compile(r"[0-9A-Z]+(\.[0-9A-Z]+)*")


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit as people pick it from a list."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as the desk lists it; `people` is the headcount in force, if one was ever entered."""

    id: int
    code: str
    kind: str
    name: str
    people: int | None
    counted_from: date | None
    source: str | None


def is_agency_code(code: str) -> bool:
    """Whether `code` has the form of QĐ 20/2020/QĐ-TTg: H37, H37.01, H37.01.02; at most 35 characters."""
    return len(code) <= LONGEST_CODE and _AGENCY_CODE.fullmatch(code) is not None


def is_school_code(code: str) -> bool:
    """Whether `code` can name a school: an agency's code, or the education sector's digits and capital letters."""
    return len(code) <= LONGEST_CODE and _ANY_CODE.fullmatch(code) is not None
