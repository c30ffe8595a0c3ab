"""`contest bank stats`: what the answers of a round say about its questions."""

from pathlib import Path

import click

from contest.cli.bank_desk import FILE, by_login, give_up, in_json, in_locale, print_json, round_named, seat, witness
from contest.cli.opening import opened
from contest.db import db
from contest.questions.models import LookAct
from contest.questions.policies import may_see_all
from contest.quiz.models import RoundStatistics
from contest.quiz.queries.statistics import statistics_lines
from question_bank.commands.stats import is_doubtful, report, show
from question_bank.statistics import paper_figures
from question_bank.statistics.workbook import write_statistics
from question_bank.words import Locale

_DOUBTFUL = 1


@click.command()
@click.argument("slug")
@click.argument("name", metavar="ROUND")
@by_login
@in_json
@click.option("--xlsx", type=FILE, help="Write them to this workbook, too.")
@in_locale
def stats(slug: str, name: str, login: str, *, as_json: bool, xlsx: Path | None, locale: Locale) -> None:
    """Say what the answers of ROUND (its number or name) tell about its questions, as it was drawn up after closing.

    Who did it is recorded. Exit status: 1 when a question should be looked at again, 2 when there is nothing yet.
    """
    with opened():
        contest, actor = seat(slug, login, may_see_all)
        round_, session = round_named(contest, name), db.session()
        kept = session.get(RoundStatistics, round_.id)
        if kept is None or kept.figures is None:
            give_up("There are no statistics of this round: they are drawn up once it is over and wholly marked.")
        paper, found = paper_figures(kept.figures), statistics_lines(session, round_.id)
        lines = list(found.values())
        witness(actor, LookAct.EXPORTED if xlsx else LookAct.FOUND, found)
        if xlsx:
            heading = [contest.organizer_name, contest.title, round_.name]
            with xlsx.open("wb") as stream:
                write_statistics(stream, heading, paper, lines, locale)
    if as_json:
        print_json({"contest": slug, "round": round_.name, **report(paper, lines, locale)})
    else:
        show(paper, lines, locale)
    raise SystemExit(_DOUBTFUL if is_doubtful(lines) else 0)
