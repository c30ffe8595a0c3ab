"""Pages of the quiz."""

from contest.quiz.views import media, results, room, statistics
from contest.quiz.views.blueprint import bp

BLUEPRINTS = (bp, statistics.bp)

__all__ = ["BLUEPRINTS", "media", "results", "room"]
