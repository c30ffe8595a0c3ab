"""Who listens to whom: the one module, besides the routes, that sees every feature."""

from collections.abc import Collection, Mapping

from flask import g
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest import clock
from contest.accounts import labels as accounts_labels
from contest.accounts.models import PersonDetails
from contest.accounts.queries import find_signed_in
from contest.actors import Actor, Visitor
from contest.approvals import labels as approvals_labels
from contest.audit import labels as audit_labels
from contest.audit import queries as audit_queries
from contest.contests import hooks
from contest.contests.models import Contest
from contest.contests.queries import get_contest, held_seats
from contest.db import db
from contest.questions import labels as questions_labels
from contest.questions.sections import opening_lacks as question_lacks
from contest.web import words


def install() -> None:
    """Tell every registry what the features bring."""
    words.tell(accounts_labels.ERRORS)
    words.tell(approvals_labels.ERRORS)
    words.tell(questions_labels.ERRORS)
    audit_labels.tell(questions_labels.ACTS)
    hooks.register_opening_check(question_lacks)
    audit_queries.use(audit_queries.Directory(contest=get_contest, names=_names))


def load_visitor(token: str) -> Visitor | None:
    """The person whom the cookie's token signs in, with the seats held now. Two statements."""
    now = clock.now()
    person = find_signed_in(db.session(), token, now)
    if person is None:
        return None
    seats = held_seats(db.session(), person.person_id, now)
    return Visitor(
        actor=Actor(person.person_id, person.is_admin, seats),
        display_name=person.full_name,
        locale=person.locale,
        session_id=person.session_id,
        token=token,
        must_change_password=person.must_change_password,
    )


def _names(session: Session, people: Collection[int]) -> Mapping[int, str]:
    rows = session.execute(
        select(PersonDetails.person_id, PersonDetails.full_name).where(PersonDetails.person_id.in_(people))
    )
    return {row.person_id: row.full_name for row in rows}


def has_samples() -> bool:
    """Whether this installation shows sample data, so that every page says so."""
    if "has_samples" not in g:
        g.has_samples = db.session.scalar(select(Contest.id).where(Contest.is_sample).limit(1)) is not None
    return bool(g.has_samples)
