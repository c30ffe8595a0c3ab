"""Pages of entries."""

from contest.entries.views.blueprint import bp

__all__ = ["bp"]
