"""Reading rounds, attempts and results for the pages of the quiz."""

from contest.quiz.queries.attempts import (
    LAST_RULING,
    AttemptPage,
    AttemptRow,
    ResultFacts,
    SetName,
    attempts_in_contest,
    get_attempt_page,
    has_open_attempt,
    saved_digests,
    saves_by_attempt,
    saves_of,
    saves_shown,
)
from contest.quiz.queries.rounds import (
    RoundCounts,
    RoundPage,
    attempts_before,
    attempts_by_hour,
    get_round_page,
    may_key_show,
    round_counts,
)
from contest.quiz.queries.rulings import first_result, rulings_of

__all__ = [
    "LAST_RULING",
    "AttemptPage",
    "AttemptRow",
    "ResultFacts",
    "RoundCounts",
    "RoundPage",
    "SetName",
    "attempts_before",
    "attempts_by_hour",
    "attempts_in_contest",
    "first_result",
    "get_attempt_page",
    "get_round_page",
    "has_open_attempt",
    "may_key_show",
    "round_counts",
    "rulings_of",
    "saved_digests",
    "saves_by_attempt",
    "saves_of",
    "saves_shown",
]
