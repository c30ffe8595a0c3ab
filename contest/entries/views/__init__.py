"""Pages of entries."""

from contest.entries.views import files, prompts, room, rounds, tus, versions
from contest.entries.views.blueprint import bp

__all__ = ["bp", "files", "prompts", "room", "rounds", "tus", "versions"]
