"""What every command tells: its exit status, faults with their places, and why it gives up."""

from collections.abc import Iterable
from typing import NoReturn

import click

from question_bank.formats.base import Fault
from question_bank.words import Locale

FAULTY, UNUSABLE = 1, 2
"""Exit statuses: something was found, or a file cannot be used."""


def show_faults(faults: Iterable[Fault], locale: Locale) -> None:
    """Write each fault after its place to the standard error output."""
    for fault in faults:
        click.echo(": ".join(part for part in (fault.cell, fault.sentence(locale)) if part), err=True)


def give_up(message: str) -> NoReturn:
    """Say why, and end with the status of a file that cannot be used."""
    click.echo(message, err=True)
    raise SystemExit(UNUSABLE)
