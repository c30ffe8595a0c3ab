"""`contest user …`: the operator's first people."""

import click

from contest import clock
from contest.accounts.services import add_person, given_passwords, hash_password
from contest.cli.opening import opened, say
from contest.db import unit_of_work


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
