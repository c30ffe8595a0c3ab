"""What the features above tell of an attempt."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class EssayShown:
    """An essay of a published attempt, in words: the judges' score of their scale, the points of those possible."""

    slot: int
    score: str
    points: str


EssaysShown = Callable[[Session, str, int, int], list[EssayShown]]

essays_shown: list[EssaysShown] = []
"""Each takes a round's public id, a person's id and an attempt's number; nothing before it is published."""

correction_endpoints: list[str] = []
"""Each is a page where the key of a question is corrected after a round; takes slug, round_id and revision_id."""
