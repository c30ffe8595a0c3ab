"""`contest unit …`: the communes that a new installation starts from."""

import click

from contest.cli.opening import opened, say
from contest.db import unit_of_work
from contest.units.services import load_communes


@click.group()
def unit() -> None:
    """Communes, agencies and schools."""


@unit.command("load-communes")
def load() -> None:
    """Load the province and its communes in force since 1 July 2025. Those already there stay as they are."""
    with opened(), unit_of_work() as session:
        added = load_communes(session)
    click.echo(added)
    say("Units added. Organizers add agencies, schools and headcounts on the page “Units”.")
