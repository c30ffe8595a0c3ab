"""The command line: `contest …`. A failure is one sentence on stderr and an exit code that is not 0."""

import click

from contest.cli.audit import audit
from contest.cli.backup import backup, restore
from contest.cli.bank import bank
from contest.cli.database import database
from contest.cli.doctor import doctor
from contest.cli.people import user
from contest.cli.run import run
from contest.cli.sample import sample
from contest.cli.serve import serve
from contest.cli.simulate import simulate
from contest.cli.trouble import Commands
from contest.cli.units import unit
from contest.cli.work import work


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """A platform for public contests: timed quizzes and judged entries."""


for command in (run, serve, work, database, backup, restore, user, audit, doctor, simulate, sample, unit, bank):
    main.add_command(command)
