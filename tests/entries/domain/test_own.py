from typing import Any

import pytest

from contest.contests.domain import Phase
from contest.entries.domain.own import OwnState, own_state

BEGUN = {"is_begun": True, "is_handed_in": False}
WITHDRAWN = {**BEGUN, "is_withdrawn": True}
HANDED_IN = {"is_begun": True, "is_handed_in": True}
REFUSED = {**HANDED_IN, "is_refused": True}


@pytest.mark.parametrize(
    ("standing", "facts", "state"),
    [
        (Phase.UPCOMING, {}, OwnState.UPCOMING),
        (Phase.CANCELLED, HANDED_IN, OwnState.CANCELLED),
        (Phase.OPEN, {}, OwnState.NOT_BEGUN),
        (Phase.OPEN, BEGUN, OwnState.DRAFT),
        (Phase.OPEN, WITHDRAWN, OwnState.WITHDRAWN),
        (Phase.OPEN, HANDED_IN, OwnState.HANDED_IN),
        (Phase.OPEN, {**HANDED_IN, "is_withdrawn": True}, OwnState.HANDED_IN),
        (Phase.OPEN, REFUSED, OwnState.UNREADABLE),
        (Phase.CLOSED, {}, OwnState.MISSED),
        (Phase.CLOSED, BEGUN, OwnState.MISSED),
        (Phase.CLOSED, WITHDRAWN, OwnState.MISSED),
        (Phase.CLOSED, HANDED_IN, OwnState.JUDGING),
        (Phase.CLOSED, {**HANDED_IN, "has_place": True}, OwnState.PUBLISHED),
        (Phase.CLOSED, REFUSED, OwnState.UNREADABLE),
    ],
)
def test_each_entry_stands_somewhere(standing: Phase, facts: dict[str, Any], state: OwnState) -> None:
    assert own_state(standing, **{"is_begun": False, "is_handed_in": False, **facts}) is state
