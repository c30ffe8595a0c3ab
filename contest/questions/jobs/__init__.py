"""What takes longer than a request, or has to be done in bounded child processes."""

from contest.questions.jobs.media import AREA, MB, MOST_MB, MOST_MINUTES, Prepared, forget_orphans, prepare_medium
from contest.questions.jobs.reading import Means, forget_uploads, read_import

__all__ = [
    "AREA",
    "MB",
    "MOST_MB",
    "MOST_MINUTES",
    "Means",
    "Prepared",
    "forget_orphans",
    "forget_uploads",
    "prepare_medium",
    "read_import",
]
