"""Pages of the quiz."""

from contest.quiz.views import results, room
from contest.quiz.views.blueprint import bp

__all__ = ["bp", "results", "room"]
