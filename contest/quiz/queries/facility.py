"""How hard questions turned out to be in the rounds that are over."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from contest.questions.models import QuestionRevision
from contest.quiz.models import ItemStatistic

_ASKED = ("kind", "text", "options", "key", "items", "settings")
"""What of a question decides how hard it is; its source or explanation may change."""


def known_facilities(session: Session, revision_ids: Collection[int]) -> dict[int, int]:
    """The facility, in 1/1000 of the points, of those of these revisions that were answered: a mean over all rounds.

    Each round weighs as much as it has attempts. What people answered to another revision of the same question counts
    as long as it asks the same and has the same key. One statement.
    """
    other = aliased(QuestionRevision)
    rows = session.execute(
        select(
            QuestionRevision.id,
            QuestionRevision.content,
            other.content,
            ItemStatistic.facility,
            ItemStatistic.attempts,
        )
        .join(other, other.question_id == QuestionRevision.question_id)
        .join(ItemStatistic, ItemStatistic.revision_id == other.id)
        .where(QuestionRevision.id.in_(revision_ids), ItemStatistic.attempts > 0)
    )
    earned: dict[int, int] = defaultdict(int)
    attempts: dict[int, int] = defaultdict(int)
    for revision_id, content, answered, facility, count in rows:
        if _asked(content) == _asked(answered):
            earned[revision_id] += facility * count
            attempts[revision_id] += count
    return {revision_id: round(earned[revision_id] / count) for revision_id, count in attempts.items()}


def _asked(content: Mapping[str, Any]) -> list[Any]:
    return [content.get(name) or None for name in _ASKED]
