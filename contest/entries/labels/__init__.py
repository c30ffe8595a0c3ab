"""Words of entries."""

from contest.entries.labels import files, words
from contest.entries.labels.words import ACTS, FORMS, MENU

ERRORS = {**words.ERRORS, **files.ERRORS}

__all__ = ["ACTS", "ERRORS", "FORMS", "MENU", "files", "words"]
