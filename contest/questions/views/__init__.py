"""Pages of the question desk."""

from contest.questions.views import banks, files, questions, review
from contest.questions.views.desk import bp

__all__ = ["banks", "bp", "files", "questions", "review"]
