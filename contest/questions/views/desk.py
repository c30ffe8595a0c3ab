"""The blueprint of the question desk, and what all its pages know."""

from dataclasses import dataclass

from flask import Blueprint, request
from werkzeug.wrappers import Response

from contest.actors import Actor
from contest.contests.models import Contest
from contest.contests.queries import get_contest
from contest.db import db
from contest.questions import labels, policies, queries
from contest.questions.models import Bank
from contest.questions.queries import QuestionView
from contest.web.access import actor
from question_bank.kinds import kind_of
from question_bank.paper import controls_shown

MOST_FILE_MB = 5
_MOST_BODY = (MOST_FILE_MB + 1) * 1024 * 1024

Reply = Response | tuple[str, int]

bp = Blueprint("banks", __name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """The contest of a page and what its reader may do there."""

    contest: Contest
    actor: Actor

    @property
    def author_id(self) -> int | None:
        """The only author whose questions the reader sees; None for all."""
        return policies.seen_author(self.actor, self.contest.id)

    @property
    def may_write(self) -> bool:
        """Write questions and import them."""
        return policies.may_write(self.actor, self.contest.id)

    @property
    def may_review(self) -> bool:
        """Approve, return and retire."""
        return policies.may_review(self.actor, self.contest.id)

    @property
    def may_manage(self) -> bool:
        """Create banks and assign them."""
        return policies.may_manage_banks(self.actor, self.contest.id)

    @property
    def may_see_all(self) -> bool:
        """See every question, and export."""
        return policies.may_see_all(self.actor, self.contest.id)

    def may_change(self, view: QuestionView) -> bool:
        """Write the next revision of this question."""
        return policies.may_change(self.actor, self.contest.id, view.row)

    def may_retire(self, view: QuestionView) -> bool:
        """Take this question out of use."""
        return policies.may_retire(self.actor, self.contest.id, view.row)

    def is_own(self, view: QuestionView) -> bool:
        """Whether somebody else has to approve it."""
        return policies.is_own(self.actor, view.row, view.current)

    def bank(self, bank_id: int) -> Bank:
        """A bank of the contest. Raises `NotFound`."""
        return queries.get_bank(db.session(), self.contest.id, bank_id)

    def question(self, question_id: int) -> QuestionView:
        """A question that the reader may see. Raises `NotFound`."""
        return queries.get_question(db.session(), self.contest.id, question_id, self.author_id)


def desk_of(slug: str) -> Desk:
    """The desk of the contest in the address, for the person who opened the page."""
    return Desk(get_contest(db.session(), slug), actor())


@bp.url_value_preprocessor
def _let_files_in(endpoint: str | None, _values: object) -> None:
    """Files are larger than other forms; it is said here since the CSRF check reads the body before the view runs."""
    if endpoint == "banks.import_file":
        request.max_content_length = _MOST_BODY


@bp.context_processor
def _words() -> dict[str, object]:
    return {
        "kinds": labels.kind_names(),
        "states": labels.STATES,
        "verdicts": labels.VERDICTS,
        "difficulties": labels.DIFFICULTIES,
        "kind_of": kind_of,
        "controls_shown": controls_shown,
    }
