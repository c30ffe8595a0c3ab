"""Where questions are used."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy.orm import Session

from contest.questions import hooks
from contest.questions.hooks import Corrected, Use
from contest.questions.queries.history import revision_ids


def uses_of(session: Session, contest_id: int, question_ids: Collection[int]) -> dict[int, list[Use]]:
    """The uses of all revisions of each of these questions that is used. The same statements for any number."""
    owners = revision_ids(session, question_ids)
    found: dict[int, list[Use]] = defaultdict(list)
    for find in hooks.uses:
        for use in find(session, contest_id, owners):
            found[owners[use.revision_id]].append(use)
    return dict(found)


def corrections_of(session: Session, question_id: int) -> list[Corrected]:
    """What was ruled after a round about any revision of this question."""
    owners = revision_ids(session, [question_id])
    return [each for find in hooks.corrections for each in find(session, owners)]
