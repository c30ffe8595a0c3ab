"""`contest sample …`: what becomes of the sample contests once real ones are to come."""

import sys

import click
from flask import current_app

from contest import clock
from contest.cli.opening import opened, say
from contest.cli.trouble import Trouble
from contest.db import unit_of_work
from contest.samples.removal import Removed, remove_samples
from contest.storage import Storage, StorageError


@click.group()
def sample() -> None:
    """The sample contests of a first start."""


@sample.command()
@click.option("--yes", is_flag=True, help="Remove it; without this the command only tells what would go.")
def remove(*, yes: bool) -> None:
    """Remove the sample contests with their people, units and files. Nothing of any other contest is touched."""
    with opened():
        with unit_of_work() as session:
            removed = remove_samples(session, clock.now())
            if removed is None:
                raise Trouble("There is no sample contest here.")
            _tell(removed)
            if not yes:
                raise Trouble("Nothing was removed: call it again with --yes.")
        _delete_files(removed)
    say("The samples are removed. contest user add --admin gives you an administrator of your own.")


def _tell(removed: Removed) -> None:
    for title in removed.titles:
        click.echo(f"Contest: {title}")
    rows = sorted((name, count) for name, count in removed.rows.items() if count)
    for name, count in rows:
        click.echo(f"{count:>8}  {name}")
    click.echo(f"{removed.rows.total():>8}  rows in all")
    click.echo(f"{len(removed.file_keys):>8}  stored files")
    if removed.people_kept or removed.units_kept:
        say(
            f"Other contests need {removed.people_kept} sample people and {removed.units_kept} sample units: they stay."
        )


def _delete_files(removed: Removed) -> None:
    """Only now: what a transaction that fails would still need must not be gone."""
    storage: Storage = current_app.extensions["storage"]
    left = 0
    with click.progressbar(sorted(removed.file_keys), label="Deleting files", file=sys.stderr) as keys:
        for key in keys:
            try:
                storage.delete(key)
            except StorageError:
                left += 1
    if left:
        raise Trouble(f"The samples are removed, but {left} of their files can't be deleted from the storage.")
