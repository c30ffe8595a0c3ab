"""Pages of judging."""

from contest.judging.views import blind, cases, conflicts, queue, reports, rounds, sheets, steps
from contest.judging.views.blueprint import bp

__all__ = ["blind", "bp", "cases", "conflicts", "queue", "reports", "rounds", "sheets", "steps"]
