"""python -m question_bank: check and convert files of questions.

Exit status: 0 good, 1 faults in the questions, 2 a file that cannot be used.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import click

from question_bank.commands.draw import draw
from question_bank.commands.stats import stats
from question_bank.commands.telling import FAULTY, give_up, show_faults
from question_bank.formats import NAMES, Bank, Fault, Format, Import, UnusableFile, format_of
from question_bank.formats.base import file_bytes
from question_bank.formats.xlsx.writer import write_template
from question_bank.lint import Remark, pairs_among, remarks_on, remarks_on_bank
from question_bank.words import Locale

_LEFT_OUT = ("lost_kind", "lost_form")
_FILE = click.Path(path_type=Path, dir_okay=False)
_locale = click.option(
    "--locale",
    type=click.Choice(["vi", "en"]),
    default="vi",
    show_default=True,
    help="Language of the sentences about faults.",
)
_format = click.Choice(sorted(NAMES))
_from = click.option("--from", "source_format", type=_format, help="Format of the file that is read.")


@click.group()
def main() -> None:
    """Check and convert question banks. What a file holds and its name say which format it has."""


@main.command()
@click.argument("file", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@_from
@_locale
def check(file: Path, *, as_json: bool, source_format: str | None, locale: str) -> None:
    """Report everything that is wrong with FILE, and what should be looked at again.

    Remarks are warnings: a file that has nothing else is good.
    """
    language = cast("Locale", locale)
    found = _read(file, source_format, language)
    remarks = list(_remarks(found))
    if as_json:
        report = _report(found, language) | {"remarks": [_remark_row(*remark, language) for remark in remarks]}
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        show_faults((*found.faults, *found.guesses), language)
        for code, remark in remarks:
            place = " ".join(part for part in (code, remark.field) if part)
            click.echo(f"({place}) {remark.sentence(language)}" if place else remark.sentence(language), err=True)
        click.echo(f"questions: {len(found.questions)}, faults: {len(found.faults)}, remarks: {len(remarks)}")
    raise SystemExit(FAULTY if found.faults else 0)


@main.command()
@click.argument("source", type=_FILE)
@click.argument("target", type=_FILE)
@click.option("--title", help="Title of the bank, in place of the one in SOURCE.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day for which the answers hold.")
@_from
@click.option("--to", "target_format", type=_format, help="Format of the file that is written.")
@_locale
def convert(
    source: Path,
    target: Path,
    *,
    title: str | None,
    as_of: datetime | None,
    source_format: str | None,
    target_format: str | None,
    locale: str,
) -> None:
    """Write the questions of SOURCE to TARGET; nothing is written when any is faulty.

    What was guessed, and what TARGET can't hold, is listed.
    """
    language = cast("Locale", locale)
    found = _read(source, source_format, language)
    wanted = _chosen(target, target_format, language)
    if found.faults:
        show_faults(found.faults, language)
        raise SystemExit(FAULTY)
    day = as_of.replace(tzinfo=UTC).date() if as_of else found.as_of
    entries = tuple((item.code, item.question) for item in found.questions)
    limits = {item.code: item.limits for item in found.questions}
    bank = Bank(entries, title or found.title, day, found.media, limits)
    try:
        with target.open("wb") as stream:
            wanted.write_questions(stream, bank)
    except OSError as error:
        give_up(f"{target}: {error.strerror}")
    left_out = wanted.lost(bank)
    show_faults((*found.guesses, *left_out), language)
    missing = sum(int(fault.values["count"]) for fault in left_out if fault.code in _LEFT_OUT)
    click.echo(f"{target}: questions: {len(entries) - missing}")


@main.command()
@click.argument("target", type=_FILE)
def template(target: Path) -> None:
    """Write the empty Excel template to TARGET."""
    try:
        with target.open("wb") as stream:
            write_template(stream)
    except OSError as error:
        give_up(f"{target}: {error.strerror}")


def _read(file: Path, name: str | None, locale: Locale) -> Import:
    try:
        content = file_bytes(file)
        return (NAMES[name] if name else format_of(file, content)).read_questions(content)
    except UnusableFile as error:
        give_up(error.sentence(locale))


def _chosen(target: Path, name: str | None, locale: Locale) -> Format:
    try:
        return NAMES[name] if name else format_of(target)
    except UnusableFile as error:
        give_up(error.sentence(locale))


def _report(found: Import, locale: Locale) -> dict[str, object]:
    faults = [_fault_row(fault, locale) for fault in found.faults]
    guesses = [_fault_row(fault, locale) for fault in found.guesses]
    return {"questions": len(found.questions), "faults": faults, "guesses": guesses}


def _fault_row(fault: Fault, locale: Locale) -> dict[str, object]:
    return {
        "cell": fault.cell,
        "code": fault.code,
        "values": dict(fault.values),
        "sentence": fault.sentence(locale),
    }


def _remarks(found: Import) -> Iterator[tuple[str, Remark]]:
    """Yield each remark with the code of its question, or none when it is about all of them."""
    questions = [item.question for item in found.questions]
    codes = [item.code for item in found.questions]
    for code, question in zip(codes, questions, strict=True):
        # A file that names no sources was told so once, for all of its questions.
        yield from ((code, remark) for remark in remarks_on(question) if remark.code != "source_to_add")
    for later, earlier, remark in pairs_among(questions):
        yield codes[later], Remark(remark, "text", {"other": codes[earlier]})
    yield from (("", remark) for remark in remarks_on_bank(questions))


def _remark_row(code: str, remark: Remark, locale: Locale) -> dict[str, object]:
    return {
        "question": code,
        "field": remark.field,
        "code": remark.code,
        "values": dict(remark.values),
        "severity": remark.severity,
        "sentence": remark.sentence(locale),
    }


main.add_command(draw)
main.add_command(stats)

if __name__ == "__main__":
    main(prog_name="python -m question_bank")
