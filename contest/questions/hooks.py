"""What the features above know of questions: where a revision is used."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Use:
    """A revision stands in the frozen set `set_number` of a round, and on so many papers drawn from it."""

    revision_id: int
    round_name: str
    set_number: int
    frozen_at: datetime
    papers: int


FindUses = Callable[[Session, int, Collection[int]], list[Use]]
uses: list[FindUses] = []
"""Each takes a contest's id and the ids of revisions, and gives where these are used, the earliest first."""
