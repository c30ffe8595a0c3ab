"""What the commands of `contest bank …` share: their options, who acts, and the trace that they leave."""

import json
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click
from sqlalchemy import Select, select

from contest import clock
from contest.accounts.domain import read_login
from contest.accounts.queries import find_person_by_login
from contest.actors import Actor
from contest.cli.opening import say
from contest.cli.trouble import Trouble
from contest.contests.models import Contest, Round, RoundKind
from contest.contests.queries import get_contest, held_seats
from contest.db import db, unit_of_work
from contest.errors import NotAllowed, NotFound
from contest.questions import services
from contest.questions.models import Bank, LookAct
from question_bank.formats import UnusableFile
from question_bank.words import Locale

_UNUSABLE = 2
_REQUEST = "command"
"""In place of a request's id, in the record of who saw a question."""

FILE = click.Path(path_type=Path, dir_okay=False)
by_login = click.option("--as", "login", required=True, metavar="LOGIN", help="Who does it, with a seat there.")
in_json = click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
in_locale = click.option(
    "--locale", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Language of the sentences."
)


def seat(slug: str, login: str, is_allowed: Callable[[Actor, int], bool]) -> tuple[Contest, Actor]:
    """The contest and the person who acts there. Raises `Trouble` and `NotAllowed`."""
    session = db.session()
    try:
        contest = get_contest(session, slug)
    except NotFound:
        raise Trouble(f"There is no contest “{slug}”: its address ends in /contests/SLUG.") from None
    person_id = find_person_by_login(session, read_login(login).value)
    if person_id is None:
        raise Trouble(f"Nobody signs in with “{login}”.")
    actor = Actor(person_id, seats=held_seats(session, person_id, clock.now()))
    if not is_allowed(actor, contest.id):
        raise NotAllowed
    return contest, actor


def bank_named(contest: Contest, name: str) -> Bank:
    """A bank of the contest by its number or name. Raises `Trouble`."""
    banks = db.session().scalars(select(Bank).where(Bank.contest_id == contest.id))
    found = [each for each in banks if name in {str(each.id), each.name}]
    if len(found) != 1:
        raise Trouble(f"There is no bank “{name}” in this contest: contest bank list {contest.slug} names them.")
    return found[0]


def round_named(contest: Contest, name: str) -> Round:
    """A quiz round of the contest by its number or name. Raises `Trouble`, which names them all."""
    quizzes = select(Round).where(Round.contest_id == contest.id, Round.kind == RoundKind.QUIZ)
    rounds = db.session().scalars(quizzes.order_by(Round.position)).all()
    found = [each for each in rounds if name in {str(each.id), each.name}]
    if len(found) != 1:
        names = "; ".join(f"{each.id} {each.name}" for each in rounds) or "none"
        raise Trouble(f"There is no quiz round “{name}” in this contest. Its quiz rounds: {names}.")
    return found[0]


def witness(actor: Actor, act: LookAct, revision_ids: Collection[int] | Select[int | None]) -> None:
    """Keep that the actor sees these revisions."""
    look = services.Look(actor.person_id, clock.now(), _REQUEST, act)
    with unit_of_work() as session:
        services.record_looks(session, look, revision_ids)


@contextmanager
def usable(locale: Locale) -> Iterator[None]:
    """Make one sentence and exit status 2 of a file that cannot be used."""
    try:
        yield
    except UnusableFile as error:
        give_up(error.sentence(locale))


def print_json(value: object) -> None:
    """Print what a program reads."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def give_up(message: str) -> NoReturn:
    """Say why there is nothing to report on, and end with status 2."""
    say(message)
    raise SystemExit(_UNUSABLE)
