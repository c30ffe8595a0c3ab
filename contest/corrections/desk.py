"""What corrections bring to the pages of the question bank, and to the queue of work."""

from collections.abc import Callable, Collection

from sqlalchemy.orm import Session

from contest.corrections.jobs import Work, tell_of_results
from contest.corrections.labels import RULINGS, result_news
from contest.corrections.queries import applied_to
from contest.corrections.services.applying import TELL
from contest.db import db
from contest.questions.hooks import Corrected


def corrections_shown(session: Session, revision_ids: Collection[int]) -> list[Corrected]:
    """In which rounds something was ruled about these revisions, the earliest first."""
    return [
        Corrected(correction.revision_id, name, str(RULINGS[correction.act]), correction.applied_at)
        for correction, name in applied_to(session, revision_ids)
        if correction.applied_at
    ]


def tell(work: Work) -> None:
    """Tell everybody whose result a correction changed."""
    tell_of_results(work, result_news, db.session)


WORK: dict[str, Callable[[Work], None]] = {TELL: tell}
