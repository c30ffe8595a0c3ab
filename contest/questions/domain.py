"""Rules of the desk that need nothing but questions."""

from dataclasses import fields

from question_bank.question import Question
from question_bank.text import fold


def changed_fields(old: Question, new: Question) -> frozenset[str]:
    """Names of the fields in which two revisions differ."""
    return frozenset(field.name for field in fields(Question) if getattr(old, field.name) != getattr(new, field.name))


def taken(codes: list[str], known: list[str]) -> list[str]:
    """Those of `codes` that a bank already knows; case and spaces do not count, as in a file."""
    folded = {fold(code) for code in known}
    return [code for code in codes if fold(code) in folded]
