"""Who listens to whom: the one module, besides the routes, that sees every feature."""

from flask import g
from sqlalchemy import select

from contest import clock
from contest.accounts.queries import find_signed_in
from contest.actors import Actor, Visitor
from contest.approvals import labels as approvals_labels
from contest.contests.models import Contest
from contest.contests.queries import held_seats
from contest.db import db
from contest.web import words


def install() -> None:
    """Tell every registry what the features bring."""
    words.tell(approvals_labels.ERRORS)


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


def has_samples() -> bool:
    """Whether this installation shows sample data, so that every page says so."""
    if "has_samples" not in g:
        g.has_samples = db.session.scalar(select(Contest.id).where(Contest.is_sample).limit(1)) is not None
    return bool(g.has_samples)
