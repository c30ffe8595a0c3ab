"""Words of contests."""

from contest.contests.labels.errors import ERRORS
from contest.contests.labels.names import ACTS, MENU

__all__ = ["ACTS", "ERRORS", "MENU"]
