"""stats: item statistics from a table of responses and the file with their key."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import click

from question_bank.commands.telling import FAULTY, give_up, show_faults
from question_bank.formats import UnusableFile, format_of
from question_bank.formats.base import Fault, Parsed, file_bytes
from question_bank.kinds import kind_of
from question_bank.question import FULL_POINTS
from question_bank.statistics import Flag, Gathering, PaperFigures, Statistics, flags_of, too_few
from question_bank.statistics.responses import Responses
from question_bank.statistics.workbook import Line, write_statistics
from question_bank.words import Locale

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("responses", type=_FILE)
@click.option("--key", type=_FILE, required=True, help="The file of the questions, in any format that check reads.")
@click.option("--json", "as_json", is_flag=True, help="Print the statistics as JSON.")
@click.option("--xlsx", type=_FILE, help="Write them to this workbook, too.")
@click.option(
    "--locale", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Language of sentences."
)
def stats(responses: Path, *, key: Path, as_json: bool, xlsx: Path | None, locale: str) -> None:
    """Say what the RESPONSES of people tell about the questions of a paper.

    RESPONSES is a CSV file with a row for each person and a column for each question, titled by its code; or with
    the columns person, code, response. Exit status: 1 when a question should be looked at again or one of the files
    has faults, 2 for a file that cannot be used.
    """
    language = cast("Locale", locale)
    try:
        asked, key_faults = _asked(key, language)
        table = Responses(responses, {item.code: item.question for item in asked})
        found = _gathered(table, asked)
    except UnusableFile as error:
        give_up(error.sentence(language))
    lines = [Line(item.code, item.question, found.items[item.code]) for item in asked if item.code in found.items]
    if xlsx:
        _write(xlsx, found.paper, lines, language)
    show_faults(table.faults, language)
    if as_json:
        told = report(found.paper, lines, language) | {
            "faults": _told(table.faults, language),
            "key_faults": _told(key_faults, language),
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        show(found.paper, lines, language)
    raise SystemExit(FAULTY if is_doubtful(lines) or table.faults or key_faults else 0)


def is_doubtful(lines: list[Line]) -> bool:
    """Say whether a question should be looked at again."""
    return any(flags_of(line.question, line.figures) for line in lines)


def _gathered(table: Responses, asked: list[Parsed]) -> Statistics[str]:
    """Return the statistics. Raises UnusableFile: responses_missing."""
    totals = Counter(sum(each.points for each in answers) for answers in table.attempts())
    if not totals:
        raise UnusableFile("responses_missing")
    gathering = Gathering({item.code: item.question for item in asked}, totals)
    for answers in table.attempts():
        gathering.add(answers)
    return gathering.finished()


def _asked(key: Path, locale: Locale) -> tuple[list[Parsed], Sequence[Fault]]:
    """Return the good questions of the key that a machine marks, and what is wrong with the others."""
    content = file_bytes(key)
    found = format_of(key, content).read_questions(content)
    show_faults(found.faults, locale)
    marked = [item for item in found.good if kind_of(item.question.kind).is_marked]
    if not marked:
        raise UnusableFile("no_questions")
    return marked, found.faults


def show(paper: PaperFigures, lines: list[Line], locale: Locale) -> None:
    """Print the statistics, and on stderr why a question should be looked at again."""
    click.echo(f"attempts: {paper.attempts}, questions: {paper.questions}, highest total: {paper.most / FULL_POINTS:g}")
    points = [paper.mean, paper.median, paper.deviation, paper.error]
    mean, median, deviation, error = (_number(each and each / FULL_POINTS) for each in points)
    click.echo(f"mean {mean}, median {median}, standard deviation {deviation}, standard error {error}")
    click.echo(f"skewness {_number(paper.skewness)}, kurtosis {_number(paper.kurtosis)}")
    click.echo(f"KR-20/alpha {_number(paper.consistency)} %, error ratio {_number(paper.error_ratio)} %")
    click.echo("code\tattempts\tfacility\tguess\tdiscrimination\tefficiency\tintended\teffective\tunanswered")
    for line in lines:
        each = line.figures
        figures = (
            each.facility,
            each.guess,
            each.discrimination,
            each.efficiency,
            each.intended,
            each.effective,
            each.unanswered,
        )
        click.echo("\t".join([line.code, str(each.attempts), *map(_number, figures)]))
    for line in lines:
        for flag in _said(line):
            click.echo(f"{line.code}: {flag.sentence(locale)}", err=True)


def _said(line: Line) -> tuple[Flag, ...]:
    few = too_few(line.figures)
    return (few,) if few else flags_of(line.question, line.figures)


def report(paper: PaperFigures, lines: list[Line], locale: Locale) -> dict[str, object]:
    """Return the statistics as they are printed in JSON."""
    items = [
        {
            "code": line.code,
            **line.figures.content,
            "flags": [{"code": flag.code, "sentence": flag.sentence(locale)} for flag in _said(line)],
        }
        for line in lines
    ]
    return {"paper": paper.content, "questions": items}


def _told(faults: Sequence[Fault], locale: Locale) -> list[dict[str, str]]:
    return [{"place": fault.cell, "code": fault.code, "sentence": fault.sentence(locale)} for fault in faults]


def _write(target: Path, paper: PaperFigures, lines: list[Line], locale: Locale) -> None:
    try:
        with target.open("wb") as stream:
            write_statistics(stream, [], paper, lines, locale)
    except OSError as error:
        give_up(f"{target}: {error.strerror}")


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
