"""Pages of entries."""

from contest.entries.views import prompts, room, rounds, versions
from contest.entries.views.blueprint import bp

__all__ = ["bp", "prompts", "room", "rounds", "versions"]
