"""Reading judging: panel rules and results, the queue, sheets, cases, and blind copies."""

from contest.judging.queries.blind import Author, BlindCase, author_of, blind_case
from contest.judging.queries.cases import (
    CASE_SORTS,
    CASE_STATES,
    CaseFile,
    CaseRow,
    SheetView,
    Spread,
    case_file,
    cases_page,
    spreads,
)
from contest.judging.queries.desk import (
    ConflictRow,
    JudgeProgress,
    ReportRow,
    conflicts_page,
    get_conflict,
    get_report,
    judges_of,
    progress,
    reports_page,
)
from contest.judging.queries.essays import essay_scores, rounds_with_essays
from contest.judging.queries.panel import (
    JudgedResult,
    Pending,
    find_panel,
    judged_results,
    panel_of,
    pending_cases,
    rounds_judged,
)
from contest.judging.queries.queue import takeable_count
from contest.judging.queries.seats import ensure_blind
from contest.judging.queries.sheets import SHEET_STATES, JudgeSheet, OwnSheetRow, judge_sheet, own_sheets
from contest.judging.queries.stuck import StuckCase, stuck_cases

__all__ = [
    "CASE_SORTS",
    "CASE_STATES",
    "SHEET_STATES",
    "Author",
    "BlindCase",
    "CaseFile",
    "CaseRow",
    "ConflictRow",
    "JudgeProgress",
    "JudgeSheet",
    "JudgedResult",
    "OwnSheetRow",
    "Pending",
    "ReportRow",
    "SheetView",
    "Spread",
    "StuckCase",
    "author_of",
    "blind_case",
    "case_file",
    "cases_page",
    "conflicts_page",
    "ensure_blind",
    "essay_scores",
    "find_panel",
    "get_conflict",
    "get_report",
    "judge_sheet",
    "judged_results",
    "judges_of",
    "own_sheets",
    "panel_of",
    "pending_cases",
    "progress",
    "reports_page",
    "rounds_judged",
    "rounds_with_essays",
    "spreads",
    "stuck_cases",
    "takeable_count",
]
