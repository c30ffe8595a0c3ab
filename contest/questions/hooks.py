"""What the features above know of questions: where a revision is used, and where its key proved wrong."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Use:
    """A revision stands in the frozen set `set_number` of a round, and on so many papers drawn from it.

    `facility` is how much of its points was earned there, in 1/1000, once that is known, and `url` a page about it.
    """

    revision_id: int
    round_name: str
    set_number: int
    frozen_at: datetime
    papers: int
    facility: int | None = None
    url: str = ""


FindUses = Callable[[Session, int, Collection[int]], list[Use]]
uses: list[FindUses] = []
"""Each takes a contest's id and the ids of revisions, and gives where these are used, the earliest first."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a committee ruled about a revision after a round, in words."""

    revision_id: int
    round_name: str
    ruling: str
    at: datetime


FindCorrections = Callable[[Session, Collection[int]], list[Corrected]]
corrections: list[FindCorrections] = []
"""Each takes the ids of revisions, and gives what was ruled about them, the earliest first."""
