"""What papers owe the questions of a file: a place on every one of them, or none beside others."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaperLimits:
    """A compulsory question is on every paper; of those with the same `group` a paper has one at most.

    This is no part of a question's content. A file calls its groups as it likes; case and spaces don't count.
    """

    is_compulsory: bool = False
    group: str = ""


NO_LIMITS = PaperLimits()
