"""The kinds of question. Adding one is adding a file that registers itself, and its import here.

Editors offer them in the order of their imports.
"""

# isort: off
from question_bank.kinds import (
    single_choice,
    multiple_choice,
    true_false,
    statements,
    short_text,
    number,
    gap_fill,
    matching,
    ordering,
    essay,
    prediction,
)

# isort: on
from question_bank.kinds.kind import (
    Filled,
    InvalidResponse,
    Kind,
    Mark,
    UnknownKind,
    judged_kinds,
    kind_codes,
    kind_of,
    kinds,
)

__all__ = [
    "Filled",
    "InvalidResponse",
    "Kind",
    "Mark",
    "UnknownKind",
    "essay",
    "gap_fill",
    "judged_kinds",
    "kind_codes",
    "kind_of",
    "kinds",
    "matching",
    "multiple_choice",
    "number",
    "ordering",
    "prediction",
    "short_text",
    "single_choice",
    "statements",
    "true_false",
]
