"""The blueprint of the question desk, and what all its pages know."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeVar

from flask import Blueprint, flash, g, redirect, request, url_for
from sqlalchemy import Select
from werkzeug.wrappers import Response

from contest import clock
from contest.actors import Actor
from contest.contests.models import Contest
from contest.contests.queries import get_contest
from contest.db import db, unit_of_work
from contest.errors import DomainError, NotFound
from contest.questions import labels, policies, queries, services
from contest.questions.models import Bank, LookAct
from contest.questions.queries import QuestionView
from contest.web.access import actor
from contest.web.security import request_id
from contest.web.words import sentence
from question_bank.formats.base import MOST_FILE_MB
from question_bank.kinds import kind_of
from question_bank.paper import controls_shown

_MOST_BODY = (MOST_FILE_MB + 1) * 1024 * 1024

Reply = Response | tuple[str, int]
Shown = TypeVar("Shown", Response, Reply)

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
        """Create banks, assign them, copy from them."""
        return policies.may_manage_banks(self.actor, self.contest.id)

    @property
    def may_see_all(self) -> bool:
        """See every question and who looked at it, export, arrange topics."""
        return policies.may_see_all(self.actor, self.contest.id)

    def may_change(self, view: QuestionView) -> bool:
        """Write the next revision of this question."""
        return policies.may_change(self.actor, self.contest.id, view.row)

    def may_remark(self, view: QuestionView) -> bool:
        """Say something about this question, and answer."""
        return policies.may_remark(self.actor, self.contest.id, view.row)

    def may_settle(self, view: QuestionView) -> bool:
        """Say that a remark on this question is dealt with."""
        return policies.may_settle(self.actor, self.contest.id, view.row)

    def may_retire(self, view: QuestionView) -> bool:
        """Take this question out of use, or bring it back."""
        return policies.may_retire(self.actor, self.contest.id, view.row)

    def is_own(self, view: QuestionView) -> bool:
        """Whether somebody else has to approve it."""
        worded = queries.questions_worded_by(db.session(), self.actor.person_id, [view.row.id])
        return policies.is_own(self.actor, view.row, view.current) or bool(worded)

    def bank(self, bank_id: int) -> Bank:
        """A bank of the contest. Raises `NotFound`."""
        return queries.get_bank(db.session(), self.contest.id, bank_id)

    def question(self, question_id: int) -> QuestionView:
        """A question that the reader may see. Raises `NotFound`."""
        return queries.get_question(db.session(), self.contest.id, question_id, self.author_id)

    def asked_questions(self, bank: Bank) -> list[QuestionView]:
        """The questions that the address names, `?questions=3,5`; none where it names none.

        Raises `NotFound` when the reader may not see one of them or it is in another bank.
        """
        ids = {int(part) for part in request.args.get("questions", "").split(",") if part.isdecimal()}
        if not ids:
            return []
        views = queries.get_questions(db.session(), self.contest.id, ids, self.author_id)
        if any(view.bank.id != bank.id for view in views):
            raise NotFound
        return views


def desk_of(slug: str) -> Desk:
    """The desk of the contest in the address, for the person who opened the page."""
    return Desk(get_contest(db.session(), slug), actor())


def witnessed(shown: Shown, desk: Desk, act: LookAct, revision_ids: Collection[int] | Select[int | None]) -> Shown:
    """A finished reply, once it is kept that its reader sees these revisions: nothing is shown without a trace."""
    look = services.Look(desk.actor.person_id, clock.now(), request_id(), act)
    if isinstance(revision_ids, Select) or revision_ids:
        with unit_of_work() as session:
            services.record_looks(session, look, revision_ids)
    return shown


def nothing_chosen(slug: str, bank_id: int) -> Response:
    """Back to the list, with the sentence that says what to do."""
    flash(sentence(DomainError("nothing_chosen")), "bad")
    return redirect(url_for("banks.show", slug=slug, bank_id=bank_id), 303)


@bp.url_value_preprocessor
def _let_files_in(endpoint: str | None, _values: object) -> None:
    """Files are larger than other forms; it is said here since the CSRF check reads the body before the view runs."""
    if endpoint == "banks.import_file":
        request.max_content_length, g.most_megabytes = _MOST_BODY, MOST_FILE_MB


@bp.context_processor
def _words() -> dict[str, object]:
    return {
        "kinds": labels.kind_names(),
        "states": labels.STATES,
        "verdicts": labels.VERDICTS,
        "difficulties": labels.DIFFICULTIES,
        "looks": labels.LOOKS,
        "piece_words": labels.piece_words,
        "decisions": labels.decisions,
        "kind_of": kind_of,
        "controls_shown": controls_shown,
    }
