"""`contest bank …`: the questions of a contest as files, for people with a seat at the desk.

Exit status: 0 good, 1 faults in the questions, 2 a file that cannot be used.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest import clock
from contest.actors import Actor
from contest.cli.bank_desk import FILE, bank_named, by_login, in_json, in_locale, print_json, seat, usable, witness
from contest.cli.bank_draw import draw
from contest.cli.bank_stats import stats
from contest.cli.opening import opened, say
from contest.contests.queries import get_contest
from contest.db import db, unit_of_work
from contest.questions import queries, services
from contest.questions.jobs import Means
from contest.questions.jobs.exporting import exported_bank
from contest.questions.jobs.reading import Reading, read_file
from contest.questions.labels import fault_words, point_words
from contest.questions.models import Bank, LookAct
from contest.questions.policies import may_see_all, may_write, seen_author
from contest.questions.services.importing import Task
from question_bank.__main__ import convert
from question_bank.formats import NAMES, format_of
from question_bank.formats.base import file_bytes
from question_bank.lint import pairs_among, remarks_on, remarks_on_bank
from question_bank.lint.remark import Remark
from question_bank.problems import sentence
from question_bank.validation import problems_in
from question_bank.words import Locale

_FAULTY = 1


@click.group()
def bank() -> None:
    """Question banks of contests, into files and out of them."""


for command in (convert, stats, draw):
    bank.add_command(command)


@bank.command("list")
@click.argument("slug")
@in_json
def list_banks(slug: str, *, as_json: bool) -> None:
    """List the banks of contest SLUG: number, name, questions, approved ones."""
    with opened():
        session = db.session()
        ids = session.scalars(select(Bank).where(Bank.contest_id == get_contest(session, slug).id).order_by(Bank.name))
        rows = [
            {"id": each.id, "name": each.name, "questions": counts["all"], "approved": counts["in_use"]}
            for each in ids
            for counts in [queries.state_counts(session, each.id, None)]
        ]
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            click.echo("\t".join(map(str, row.values())))


@bank.command()
@click.argument("slug")
@click.argument("name", metavar="BANK")
@by_login
@in_json
@in_locale
def check(slug: str, name: str, login: str, *, as_json: bool, locale: Locale) -> None:
    """Report what is wrong with the questions of BANK (its number or name), and what should be looked at again."""
    with opened():
        contest, actor = seat(slug, login, may_see_all)
        chosen = bank_named(contest, name)
        entries = queries.exported_entries(db.session(), chosen.id)
        witness(actor, LookAct.FOUND, queries.exported_revisions(chosen.id))
    questions = [question for _, question in entries]
    codes = [code for code, _ in entries]
    faults = [
        {
            "question": code,
            "field": problem.field,
            "code": problem.code,
            "sentence": sentence(problem.code, problem.values, locale),
        }
        for code, question in entries
        for problem in problems_in(question)
    ]
    found = [(code, remark) for code, question in entries for remark in remarks_on(question)]
    found += [
        (codes[later], Remark(remark, "text", {"other": codes[earlier]}))
        for later, earlier, remark in pairs_among(questions)
    ]
    found += [("", remark) for remark in remarks_on_bank(questions)]
    remarks = [
        {"question": code, "field": remark.field, "code": remark.code, "sentence": remark.sentence(locale)}
        for code, remark in found
    ]
    if as_json:
        print_json({"contest": slug, "questions": len(entries), "faults": faults, "remarks": remarks})
    else:
        for row in [*faults, *remarks]:
            say(": ".join(part for part in (row["question"], row["sentence"]) if part))
        click.echo(f"questions: {len(entries)}, faults: {len(faults)}, remarks: {len(remarks)}")
    raise SystemExit(_FAULTY if faults else 0)


@bank.command()
@click.argument("slug")
@click.argument("name", metavar="BANK")
@click.argument("file", type=FILE)
@by_login
@click.option("--to", "format_name", type=click.Choice(sorted(NAMES)), help="Format of the file.")
@in_locale
def export(slug: str, name: str, file: Path, login: str, *, format_name: str | None, locale: Locale) -> None:
    """Write every question of BANK (its number or name) that is not retired to FILE. Who did it is recorded."""
    with opened(), usable(locale):
        contest, actor = seat(slug, login, may_see_all)
        chosen = bank_named(contest, name)
        wanted = NAMES[format_name] if format_name else format_of(file)
        content = exported_bank(db.session(), current_app.extensions["storage"], chosen)
        witness(actor, LookAct.EXPORTED, queries.exported_revisions(chosen.id))
        with file.open("wb") as stream:
            wanted.write_questions(stream, content)
        lost = wanted.lost(content)
    for fault in lost:
        say(f"{fault.cell}: {fault.sentence(locale)}")
    click.echo(f"{file}: questions: {len(content.entries)}")


@bank.command("import")
@click.argument("slug")
@click.argument("name", metavar="BANK")
@click.argument("file", type=FILE)
@by_login
@click.option("--only-good", is_flag=True, help="Import the good questions of a file that has faults.")
@click.option("--rename", is_flag=True, help="Give a new code to what has a code that other content has there.")
@in_json
@in_locale
def import_file(
    slug: str, name: str, file: Path, login: str, *, only_good: bool, rename: bool, as_json: bool, locale: Locale
) -> None:
    """Import the questions of FILE into BANK (its number or name) as drafts of LOGIN; what is there is left out."""
    with opened() as settings, usable(locale), force_locale(locale):
        contest, actor = seat(slug, login, may_write)
        chosen = bank_named(contest, name)
        task = Task(contest.id, chosen.id, seen_author(actor, contest.id), file.name, "")
        settings.data.mkdir(parents=True, exist_ok=True)
        means = Means(db.session, _unit, lambda _percent: None, current_app.extensions["storage"], settings.data)
        reading = read_file(means, task, file_bytes(file))
        report = _worded(reading.report)
        is_taken = only_good or not reading.report["fault_count"]
        if is_taken:
            report |= _imported(actor, chosen, reading, file.name, renames=rename)
    if as_json:
        print_json(report)
    else:
        for row in [*report["faults"], *report["guesses"], *report["points"]]:
            about = row.get("question") or ", ".join(row.get("questions", ()))
            say(": ".join(part for part in (row.get("place"), about, row["sentence"]) if part))
        numbers = ("read", "fault_count", "imported", "known", "clashing")
        click.echo(", ".join(f"{each.removesuffix('_count')}: {report.get(each, 0)}" for each in numbers))
    raise SystemExit(_FAULTY if reading.report["fault_count"] else 0)


def _imported(actor: Actor, bank: Bank, reading: Reading, name: str, *, renames: bool) -> dict[str, int]:
    good = reading.good
    with unit_of_work() as session:
        done = services.import_questions(
            session, actor, clock.now(), bank, good.items, media=good.media, renames=renames, name=name
        )
    return {"imported": len(done.ids), "known": done.known, "clashing": done.clashing}


def _worded(report: Mapping[str, Any]) -> dict[str, Any]:
    """The report with its sentences."""
    told = dict(report)
    for name, words in (("faults", fault_words), ("guesses", fault_words), ("points", point_words)):
        told[name] = [row | {"sentence": str(words(row))} for row in report[name]]
    return told


@contextmanager
def _unit() -> Iterator[tuple[Session, datetime]]:
    with unit_of_work() as session:
        yield session, clock.now()
