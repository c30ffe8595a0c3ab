"""Pages of the quiz."""

from contest.quiz.views import media, papers, results, room, statistics
from contest.quiz.views.blueprint import bp

BLUEPRINTS = (bp, papers.bp, statistics.bp)

__all__ = ["BLUEPRINTS", "media", "papers", "results", "room"]
