"""What corrections bring to the pages of the question bank."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from contest.corrections.labels import RULINGS
from contest.corrections.queries import applied_to
from contest.questions.hooks import Corrected


def corrections_shown(session: Session, revision_ids: Collection[int]) -> list[Corrected]:
    """In which rounds something was ruled about these revisions, the earliest first."""
    return [
        Corrected(correction.revision_id, name, str(RULINGS[correction.act]), correction.applied_at)
        for correction, name in applied_to(session, revision_ids)
        if correction.applied_at
    ]
