"""What features above bring to a person's result."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from contest.contests.models import Round

PlaceLink = Callable[[Session, str, Round, int], str | None]

place_links: list[PlaceLink] = []
"""Each gives the address where a person (by id) reads their place in a published round of the contest (by slug)."""
