"""Review: sending, deciding, retiring, and the ways back. Four eyes: nobody approves what they wrote."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.errors import DomainError, NotAllowed
from contest.questions.models import QuestionState, Verdict
from contest.questions.policies import is_own, may_change, may_retire, may_review
from contest.questions.queries import questions_worded_by
from contest.questions.services.acts import Pair, ensure_note, locked_question, locked_questions, note_questions
from contest.questions.services.remarks import settle_own_remarks


def send_to_review(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, question_ids: Collection[int]
) -> None:
    """Put one's own drafts before the reviewers. Raises `question_not_draft`."""
    pairs = locked_questions(session, actor, contest_id, question_ids)
    for question, revision in pairs:
        if not may_change(actor, contest_id, question):
            raise NotAllowed
        _ensure_state((question, revision), QuestionState.DRAFT, "question_not_draft")
        revision.sent_at = revision.sent_at or now
        question.state = QuestionState.IN_REVIEW
    note_questions(session, actor, now, contest_id, "question.sent", pairs, verdict=Verdict.SENT)


def take_back(session: Session, actor: Actor, now: datetime, *, contest_id: int, question_id: int) -> None:
    """Make one's own question a draft again before anybody has decided on it. Raises `question_not_in_review`."""
    question, revision = locked_question(session, actor, contest_id, question_id)
    if not may_change(actor, contest_id, question):
        raise NotAllowed
    _ensure_state((question, revision), QuestionState.IN_REVIEW, "question_not_in_review")
    question.state = QuestionState.DRAFT
    pairs = [(question, revision)]
    note_questions(session, actor, now, contest_id, "question.taken_back", pairs, verdict=Verdict.TAKEN_BACK)


def approve_questions(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, digests: Mapping[int, str], note: str = ""
) -> None:
    """Take the current revisions into use, each being the one with the digest that the reviewer looked at.

    That settles what this reviewer remarked; what others remarked has to be settled before.
    Raises `NotAllowed("own_question")`, `question_not_in_review`, `question_changed`, `remarks_open`.
    """
    _ensure_reviewer(actor, contest_id)
    pairs = locked_questions(session, actor, contest_id, digests)
    own_words = questions_worded_by(session, actor.person_id, digests)
    for question, revision in pairs:
        if is_own(actor, question, revision) or question.id in own_words:
            raise NotAllowed("own_question", question=question.code)
        _ensure_state((question, revision), QuestionState.IN_REVIEW, "question_not_in_review")
        if revision.digest != digests[question.id]:
            raise DomainError("question_changed", question=question.code)
        question.state, question.approved_revision_id = QuestionState.APPROVED, revision.id
        revision.approved_by, revision.approved_at = actor.person_id, now
    settle_own_remarks(session, actor, now, [question for question, _ in pairs])
    note_questions(session, actor, now, contest_id, "question.approved", pairs, verdict=Verdict.APPROVED, note=note)


def return_question(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, question_id: int, note: str
) -> None:
    """Give a question back to its author, saying why. Raises `note_missing` and `question_not_in_review`."""
    _ensure_reviewer(actor, contest_id)
    pair = locked_question(session, actor, contest_id, question_id)
    _ensure_state(pair, QuestionState.IN_REVIEW, "question_not_in_review")
    ensure_note(note)
    pair[0].state = QuestionState.DRAFT
    note_questions(session, actor, now, contest_id, "question.returned", [pair], verdict=Verdict.RETURNED, note=note)


def retire_questions(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, question_ids: Collection[int], reason: str
) -> None:
    """Take questions out of every pool that is still to come; papers already drawn keep theirs.

    Raises `note_missing` and `question_retired`.
    """
    pairs = locked_questions(session, actor, contest_id, question_ids)
    for question, _ in pairs:
        if not may_retire(actor, contest_id, question):
            raise NotAllowed
        if question.state is QuestionState.RETIRED:
            raise DomainError("question_retired", question=question.code)
        question.state = QuestionState.RETIRED
    ensure_note(reason)
    note_questions(session, actor, now, contest_id, "question.retired", pairs, verdict=Verdict.RETIRED, note=reason)


def restore_question(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, question_id: int, reason: str
) -> None:
    """Bring a retired question back: to the reviewers if it was ever sent to them, else to its author.

    Its earlier approval counts no more, so that no one person puts it back into use.
    Raises `question_not_retired` and `note_missing`.
    """
    question, revision = locked_question(session, actor, contest_id, question_id)
    if not may_retire(actor, contest_id, question):
        raise NotAllowed
    _ensure_state((question, revision), QuestionState.RETIRED, "question_not_retired")
    ensure_note(reason)
    question.state = QuestionState.IN_REVIEW if revision.sent_at else QuestionState.DRAFT
    question.approved_revision_id = None
    pairs = [(question, revision)]
    note_questions(session, actor, now, contest_id, "question.restored", pairs, verdict=Verdict.RESTORED, note=reason)


def _ensure_reviewer(actor: Actor, contest_id: int) -> None:
    if not may_review(actor, contest_id):
        raise NotAllowed


def _ensure_state(pair: Pair, state: QuestionState, code: str) -> None:
    question, _ = pair
    if question.state is not state:
        raise DomainError(code, question=question.code)
