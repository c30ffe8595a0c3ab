"""`contest user …`: the operator's first people, and the organizers of contests."""

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest import clock
from contest.accounts.domain import read_contact, read_login
from contest.accounts.models import Person
from contest.accounts.queries import find_person_by_login, full_names
from contest.accounts.services import add_person, given_passwords, hash_password
from contest.actors import Actor
from contest.cli.opening import opened, say
from contest.cli.run import local_url
from contest.cli.trouble import Trouble
from contest.contests.labels.letters import seat_letter
from contest.contests.models import Contest, Role
from contest.contests.policies import may_seat
from contest.contests.services.seats import Offer, offer_seat
from contest.db import unit_of_work

OPERATOR = Actor(0, is_admin=True)
ROLES = [role.value for role in Role if may_seat(OPERATOR, 0, role)]


@click.group()
def user() -> None:
    """People with accounts."""


@user.command()
@click.argument("name")
@click.argument("login")
@click.option("--admin", is_flag=True, help="An administrator: creates contests and seats their organizers.")
@click.option("--ask-password", is_flag=True, help="Type the password instead of having one made.")
def add(name: str, login: str, *, admin: bool, ask_password: bool) -> None:
    """Give NAME an account with LOGIN (phone number, e-mail address or code). A made password is printed once."""
    with opened():
        if ask_password:
            made, password_hash = "", hash_password(click.prompt("Password", hide_input=True, confirmation_prompt=True))
        else:
            [given] = given_passwords(1)
            made, password_hash = given.plain, given.hash
        with unit_of_work() as session:
            add_person(
                session,
                clock.now(),
                login=login,
                full_name=name,
                password_hash=password_hash,
                is_admin=admin,
                must_change=bool(made),
            )
    if made:
        click.echo(made)
        say("This password is shown only now, and has to be changed at the first sign-in.")


@user.command()
@click.argument("login")
@click.option("--contest", "slug", required=True, metavar="SLUG", help="The contest, as its address names it.")
@click.option("--role", required=True, type=click.Choice(ROLES), help="The seat. An organizer gives all the others.")
@click.option("--name", default="", help="Full name; needed for somebody who has no account yet.")
@click.option("--by", metavar="LOGIN", help="The administrator who answers for it; needed where there are several.")
@click.option("--address", help="The address of the pages, for the link of an invitation.  [default: this machine]")
def seat(login: str, slug: str, role: str, name: str, by: str | None, address: str | None) -> None:
    """Give whoever signs in with LOGIN a seat on a committee.

    Somebody whose account does not prove yet that LOGIN is theirs is invited; the link is printed once.
    """
    with opened() as settings:

        def link(token: str) -> str:
            return f"{(address or local_url(settings)).rstrip('/')}/invitations/{token}"

        with unit_of_work() as session:
            contest, now = _contest(session, slug), clock.now()
            offered = offer_seat(
                session,
                _administrator(session, by),
                now,
                contest_id=contest.id,
                offer=Offer(login, name or _known_name(session, login), Role(role), None, now, None),
                write_letter=seat_letter(contest, Role(role), link),
            )
    if offered.token is None:
        say("The seat is given.")
    else:
        click.echo(link(offered.token))
        say("Whoever opens this link, shown only now, takes the seat: give it to that person alone.")


def _contest(session: Session, slug: str) -> Contest:
    contest = session.scalar(select(Contest).filter_by(slug=slug))
    if contest is None:
        raise Trouble(f"There is no contest “{slug}”: its address ends in /contests/SLUG.")
    return contest


def _known_name(session: Session, login: str) -> str:
    person_id = find_person_by_login(session, read_contact(login).value)
    if person_id is None:
        raise Trouble("Nobody has this login yet: give the person's full name with --name.")
    return full_names(session, [person_id])[person_id]


def _administrator(session: Session, login: str | None) -> Actor:
    statement = select(Person.id).where(Person.is_admin, Person.disabled_at.is_(None))
    if login is not None:
        statement = statement.where(Person.id == find_person_by_login(session, read_login(login).value))
    found = session.scalars(statement).all()
    if not found:
        raise Trouble("There is no such administrator: contest user add --admin makes one.")
    if len(found) > 1:
        raise Trouble("There are several administrators: say with --by which of them answers for the seat.")
    return Actor(found[0], is_admin=True)
