"""Pages of the quiz."""

from contest.quiz.views import media, results, room
from contest.quiz.views.blueprint import bp

__all__ = ["bp", "media", "results", "room"]
