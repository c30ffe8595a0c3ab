"""Pages of the quiz."""

from contest.quiz.views import media, papers, printing, results, room, statistics
from contest.quiz.views.blueprint import bp

BLUEPRINTS = (bp, papers.bp, printing.bp, statistics.bp)

__all__ = ["BLUEPRINTS", "media", "papers", "results", "room"]
