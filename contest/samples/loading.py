"""Filling an empty database with the samples."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from contest.accounts.models import Login, Person
from contest.accounts.services import given_passwords
from contest.samples.entry_contest import load_entry_contest, passwords_needed
from contest.samples.people import ACCOUNTS, add_people
from contest.samples.quiz_contest import load_quiz_contest
from contest.simulation import KIND, approve_list, propose_list, simulate_people
from contest.work.services import enqueue

PEOPLE_AT_ONCE = 200
PEOPLE_IN_ALL = 2000
SEED = 2026


def is_empty(session: Session) -> bool:
    """Whether nobody has an account yet."""
    return not session.scalar(select(exists().select_from(Person)))


def are_loaded(session: Session) -> bool:
    """Whether the accounts of the samples are there."""
    return bool(session.scalar(select(exists().where(Login.value == ACCOUNTS[0].login))))


def load(session: Session, now: datetime) -> None:
    """Fill an empty database. Week 1 grows on in the background, so that boards look as they will."""
    ids, passwords = add_people(session, now), given_passwords(passwords_needed())
    committee, (first, *_) = load_quiz_contest(session, now, ids)
    load_entry_contest(session, now, ids, passwords)
    simulate_people(session, first.id, seed=SEED, numbers=range(PEOPLE_AT_ONCE))
    proposal = propose_list(session, now, first.id, committee.organizer)
    approve_list(session, now, committee.approver, proposal)
    arguments = {
        "round_id": first.id,
        "seed": SEED,
        "first": PEOPLE_AT_ONCE,
        "publish_by": [committee.organizer.person_id, committee.approver.person_id],
    }
    enqueue(session, now, KIND, arguments, total=PEOPLE_IN_ALL - PEOPLE_AT_ONCE)
