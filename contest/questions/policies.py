"""Who may do what at the question desk. Own means written by oneself; nobody approves what is their own."""

from contest.actors import Actor
from contest.contests.models import Role
from contest.questions.models import BankQuestion, QuestionMedium, QuestionRevision

DESK = (Role.QUESTION_SETTER, Role.QUESTION_REVIEWER, Role.ORGANIZER)
OVERSEERS = (Role.QUESTION_REVIEWER, Role.ORGANIZER)


def may_manage_banks(actor: Actor, contest_id: int) -> bool:
    """Create a bank, rename it, say which rounds draw from it, copy questions to another contest of one's own."""
    return actor.holds(contest_id, Role.ORGANIZER)


def may_write(actor: Actor, contest_id: int) -> bool:
    """Write questions, change one's own and send them to review."""
    return actor.holds(contest_id, Role.QUESTION_SETTER)


def may_review(actor: Actor, contest_id: int) -> bool:
    """Return, retire, restore and, unless they are one's own, approve questions."""
    return actor.holds(contest_id, Role.QUESTION_REVIEWER)


def may_see_all(actor: Actor, contest_id: int) -> bool:
    """See the whole bank with its keys and who looked at it, take it away as a file, arrange its topics.

    Also say what papers must hold. Setters see only their own questions.
    """
    return actor.holds(contest_id, *OVERSEERS)


def seen_author(actor: Actor, contest_id: int) -> int | None:
    """The only author whose questions this person may see, or None for all authors."""
    return None if may_see_all(actor, contest_id) else actor.person_id


def is_own(actor: Actor, question: BankQuestion, revision: QuestionRevision) -> bool:
    """Whether the person began this question or was the last to change it."""
    return actor.person_id in {question.created_by, revision.written_by}


def may_change(actor: Actor, contest_id: int, question: BankQuestion) -> bool:
    """Write the next revision of a question, or take it back from review: its author, whoever else sees it."""
    return may_write(actor, contest_id) and question.created_by == actor.person_id


def may_retire(actor: Actor, contest_id: int, question: BankQuestion) -> bool:
    """Retire or restore: a reviewer any question; an author their own one as long as no reviewer has approved it."""
    is_unapproved_own = may_change(actor, contest_id, question) and question.approved_revision_id is None
    return may_review(actor, contest_id) or is_unapproved_own


def may_remark(actor: Actor, contest_id: int, question: BankQuestion) -> bool:
    """Say something about a question, or answer what was said."""
    return may_review(actor, contest_id) or may_change(actor, contest_id, question)


def may_settle(actor: Actor, contest_id: int, question: BankQuestion) -> bool:
    """Say that a remark is dealt with: any reviewer; not somebody whom it asks to change something."""
    return may_review(actor, contest_id) and question.created_by != actor.person_id


def may_remove_medium(actor: Actor, contest_id: int, medium: QuestionMedium) -> bool:
    """Take a picture or sound out of a bank: whoever uploaded it, reviewers and organizers."""
    is_own_one = may_write(actor, contest_id) and medium.uploaded_by == actor.person_id
    return may_see_all(actor, contest_id) or is_own_one
