"""What a quiz round lacks at this desk before it opens."""

from flask_babel import gettext, ngettext
from sqlalchemy.orm import Session

from contest.contests.domain import Lack
from contest.contests.models import Round, RoundKind
from contest.questions.models import QuestionState
from contest.questions.queries import bank_of_round, in_review_count


def opening_lacks(session: Session, round_: Round) -> list[Lack]:
    """No bank keeps the round shut; questions that still wait for a reviewer only warn."""
    if round_.kind is not RoundKind.QUIZ:
        return []
    bank = bank_of_round(session, round_.id)
    if bank is None:
        return [Lack("bank_missing", gettext("No question bank is assigned yet."), fix_endpoint="banks.index")]
    waiting = in_review_count(session, bank.id)
    if not waiting:
        return []
    sentence = ngettext(
        "%(num)d question of the bank still waits for approval.",
        "%(num)d questions of the bank still wait for approval.",
        waiting,
    )
    place = {"bank_id": bank.id, "state": QuestionState.IN_REVIEW.value}
    return [Lack("questions_in_review", sentence, blocks=False, fix_endpoint="banks.show", fix_values=place)]
