"""Pages of the question desk."""

from contest.questions.views import (
    banks,
    copies,
    files,
    findings,
    imports,
    limits,
    looks,
    media,
    printing,
    questions,
    review,
    topics,
)
from contest.questions.views.desk import bp

__all__ = [
    "banks",
    "bp",
    "copies",
    "files",
    "findings",
    "imports",
    "limits",
    "looks",
    "media",
    "printing",
    "questions",
    "review",
    "topics",
]
