"""Pages of the question desk."""

from contest.questions.views import banks, files, media, questions, review
from contest.questions.views.desk import bp

__all__ = ["banks", "bp", "files", "media", "questions", "review"]
