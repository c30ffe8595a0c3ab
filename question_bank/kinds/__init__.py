"""The kinds of question. Adding one is adding a file that registers itself, and its import here."""

from question_bank.kinds import essay, multiple_choice, single_choice, true_false
from question_bank.kinds.kind import (
    InvalidResponse,
    Kind,
    Mark,
    UnknownKind,
    kind_codes,
    kind_of,
    kinds,
)

__all__ = [
    "InvalidResponse",
    "Kind",
    "Mark",
    "UnknownKind",
    "essay",
    "kind_codes",
    "kind_of",
    "kinds",
    "multiple_choice",
    "single_choice",
    "true_false",
]
