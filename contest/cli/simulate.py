"""`contest simulate`: people who take a round, to try boards and tables at their real size."""

import sys

import click

from contest.cli.opening import opened
from contest.cli.trouble import Trouble
from contest.contests.models import Contest
from contest.contests.queries import get_round
from contest.db import db, unit_of_work
from contest.simulation import paced, simulate_people


@click.command()
@click.argument("round_id", metavar="ROUND")
@click.argument("people", type=click.IntRange(1, 100_000))
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same people and answers.")
@click.option(
    "--first", default=0, show_default=True, help="Number of the first person, to go on after an earlier run."
)
def simulate(round_id: str, people: int, seed: int, first: int) -> None:
    """Let PEOPLE invented people take ROUND (its id in addresses). Only for sample contests on this machine."""
    with opened():
        round_key = _sample_round(round_id)
        with click.progressbar(length=people, label="Simulating", file=sys.stderr) as progress:
            for numbers in paced(range(first, first + people)):
                with unit_of_work() as session:
                    simulate_people(session, round_key, seed=seed, numbers=numbers)
                progress.update(len(numbers))


def _sample_round(public_id: str) -> int:
    session = db.session()
    found = get_round(session, public_id)
    contest = session.get_one(Contest, found.contest_id)
    if not contest.is_sample:
        raise Trouble(f"{contest.title} is not a sample contest: invented people don't belong into a real one.")
    return found.id
