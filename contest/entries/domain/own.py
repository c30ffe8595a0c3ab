"""Where a person's own entry stands, in the words of the person."""

from enum import StrEnum

from contest.contests.domain import Phase


class OwnState(StrEnum):
    """From before the opening of a round to its published result."""

    UPCOMING = "upcoming"
    CANCELLED = "cancelled"
    NOT_BEGUN = "not_begun"
    DRAFT = "draft"
    WITHDRAWN = "withdrawn"
    HANDED_IN = "handed_in"
    MISSED = "missed"
    UNREADABLE = "unreadable"
    JUDGING = "judging"
    PUBLISHED = "published"


def own_state(
    standing: Phase,
    *,
    is_begun: bool,
    is_handed_in: bool,
    is_withdrawn: bool = False,
    is_refused: bool = False,
    has_place: bool = False,
) -> OwnState:
    """Of a round in this phase; `is_handed_in`: a version counts, `is_refused`: but a file of it can't be read."""
    if standing is Phase.CANCELLED:
        return OwnState.CANCELLED
    if standing not in {Phase.OPEN, Phase.CLOSED}:
        return OwnState.UPCOMING
    if is_handed_in:
        return _of_handed_in(standing, is_refused=is_refused, has_place=has_place)
    if standing is Phase.CLOSED:
        return OwnState.MISSED
    if is_withdrawn:
        return OwnState.WITHDRAWN
    return OwnState.DRAFT if is_begun else OwnState.NOT_BEGUN


def _of_handed_in(standing: Phase, *, is_refused: bool, has_place: bool) -> OwnState:
    if is_refused:
        return OwnState.UNREADABLE
    if standing is Phase.OPEN:
        return OwnState.HANDED_IN
    return OwnState.PUBLISHED if has_place else OwnState.JUDGING
