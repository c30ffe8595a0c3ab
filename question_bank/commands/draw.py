"""draw: the paper that a seed, a person and a number draw from a file of questions."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, cast

import click

from question_bank.blueprint import Blueprint, BlueprintRow, InvalidBlueprint, Repeats, Section
from question_bank.drawing import (
    NotEnoughQuestions,
    PreparedPool,
    Slot,
    draw_paper,
    seed_commitment,
    set_digest,
    shortfalls,
    unplaced,
    versioned,
)
from question_bank.formats import UnusableFile, format_of
from question_bank.formats.base import Parsed, file_bytes
from question_bank.kinds import kind_of
from question_bank.kinds.options import LETTERS
from question_bank.points import points_in, points_text
from question_bank.pool import pool_item
from question_bank.problems import Problem, sentence
from question_bank.question import digest
from question_bank.words import Locale

_FAULTY, _UNUSABLE = 1, 2
_FIELDS = 5


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the paper is drawn from."""

    questions: tuple[Parsed, ...]
    pool: PreparedPool
    blueprint: Blueprint

    @property
    def digest(self) -> str:
        """Return the set's digest."""
        digests = ((place, digest(item.question)) for place, item in enumerate(self.questions, start=1))
        return set_digest(digests, self.blueprint, self.pool)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--blueprint",
    required=True,
    metavar="ROWS",
    help="topic:difficulty:kind:count:points for each row, rows parted by semicolons, what may be anything left empty; "
    "or the path of a JSON file with rows, sections and repeats as in the rules of a contest.",
)
@click.option("--seed", required=True, metavar="HEX", help="32 bytes.")
@click.option("--person", required=True, metavar="HEX", help="The random id of the participation.")
@click.option("--number", type=click.IntRange(0, 2**64 - 1), default=1, show_default=True, help="Which attempt.")
@click.option("--compulsory", multiple=True, metavar="CODE", help="A question that is on every paper.")
@click.option("--apart", multiple=True, metavar="CODE,CODE", help="Questions of which a paper has one at most.")
@click.option("--met", multiple=True, metavar="CODE", help="A question that the person met on an earlier paper.")
@click.option("--json", "as_json", is_flag=True, help="Print the paper as JSON.")
@click.option(
    "--locale", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Language of sentences."
)
def draw(file: Path, *, blueprint: str, as_json: bool, locale: str, **drawn: Any) -> None:
    """Draw a paper from the questions of FILE as docs/paper-draw.md says.

    A question goes by its place among those of FILE that papers draw, from 1. Exit status: 1 when FILE has faults or no
    paper can be drawn, 2 for what cannot be used.
    """
    language = cast("Locale", locale)
    try:
        questions = _questions(file, language)
        pool = _pool(questions, drawn["compulsory"], drawn["apart"])
        asked = _Asked(questions, pool, versioned(_blueprint(blueprint, language), pool))
        seed, person = _bytes("seed", drawn["seed"]), _bytes("person", drawn["person"])
        slots = draw_paper(pool, asked.blueprint, seed, person, drawn["number"], _places(questions, drawn["met"]))
    except NotEnoughQuestions:
        _tell(_lacks(asked), language)
        raise SystemExit(_FAULTY) from None
    except UnusableFile as error:
        _give_up(error.sentence(language))
    except ValueError as error:
        _give_up(str(error))
    _show(asked, slots, seed, as_json=as_json)


def _questions(file: Path, locale: Locale) -> tuple[Parsed, ...]:
    content = file_bytes(file)
    found = format_of(file, content).read_questions(content)
    for fault in found.faults:
        click.echo(": ".join(part for part in (fault.cell, fault.sentence(locale)) if part), err=True)
    if found.faults:
        raise SystemExit(_FAULTY)
    return tuple(item for item in found.questions if kind_of(item.question.kind).is_drawn)


def _pool(questions: Sequence[Parsed], compulsory: Sequence[str], apart: Sequence[str]) -> PreparedPool:
    """Return the pool. Groups that share a question are one. Raises ValueError for a code that is not there."""
    must, groups = set(_places(questions, compulsory)), dict[int, int]()
    for codes in apart:
        members = {*_places(questions, codes.split(","))}
        joined = {groups[each] for each in members if each in groups}
        members |= {each for each, group in groups.items() if group in joined}
        groups.update(dict.fromkeys(members, min(members)))
    return PreparedPool(
        pool_item(place, item.question, is_compulsory=place in must, group=groups.get(place))
        for place, item in enumerate(questions, start=1)
    )


def _places(questions: Sequence[Parsed], codes: Sequence[str]) -> list[int]:
    by_code = {item.code: place for place, item in enumerate(questions, start=1)}
    unknown = [code for code in codes if code.strip() not in by_code]
    if unknown:
        raise ValueError(f"no such question: {', '.join(unknown)}")
    return [by_code[code.strip()] for code in codes]


def _blueprint(text: str, locale: Locale) -> Blueprint:
    """Return the blueprint. Raises ValueError for what is none."""
    try:
        if text.endswith(".json"):
            value = json.loads(Path(text).read_text("utf-8"))
            rows = [{"topic": None, "difficulty": None, **row} for row in value["rows"]]
            sections = tuple(Section(**section) for section in value.get("sections", ()))
            repeats = Repeats(value.get("repeats", Repeats.ALLOWED))
            return Blueprint(tuple(BlueprintRow(**row) for row in rows), sections, repeats)
        return Blueprint(tuple(_row(row) for row in text.split(";") if row.strip()))
    except InvalidBlueprint as error:
        raise ValueError("\n".join(sentence(each.code, each.values, locale) for each in error.problems)) from error
    except OSError as error:
        raise ValueError(f"{text}: {error.strerror}") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{text}: not a blueprint") from error


def _row(text: str) -> BlueprintRow:
    fields: list[Any] = [field.strip() or None for field in text.split(":")]
    if len(fields) > _FIELDS:
        raise ValueError(f"{text}: topic:difficulty:kind:count:points")
    topic, difficulty, kind, count, points = fields + [None] * (_FIELDS - len(fields))
    worth = None if points is None else points_in(points) or 0
    return BlueprintRow(topic, difficulty and int(difficulty), int(count or 0), kind, worth)


def _bytes(name: str, text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise ValueError(f"--{name}: hexadecimal digits, two for each byte") from None


def _lacks(asked: _Asked) -> Iterator[Problem]:
    """Yield what keeps the paper from being drawn."""
    for short in shortfalls(asked.pool, asked.blueprint):
        yield short.problem
    for place, other in unplaced(asked.pool, asked.blueprint):
        values = {"question": asked.questions[place - 1].code}
        if other is None:
            yield Problem("compulsory_unplaced", "rows", values)
        else:
            yield Problem("compulsory_apart", "rows", {**values, "other": asked.questions[other - 1].code})


def _show(asked: _Asked, slots: Sequence[Slot], seed: bytes, *, as_json: bool) -> None:
    codes = [asked.questions[slot.ref - 1].code for slot in slots]
    if as_json:
        paper = [
            {"code": code, "order": slot.order, "section": slot.section, "points": slot.points}
            for code, slot in zip(codes, slots, strict=True)
        ]
        pins = {"set": asked.digest, "commitment": seed_commitment(seed, asked.digest)}
        click.echo(json.dumps({"version": asked.blueprint.version, **pins, "paper": paper}, ensure_ascii=False))
        return
    for number, (code, slot) in enumerate(zip(codes, slots, strict=True), start=1):
        section = "" if slot.section is None else asked.blueprint.sections[slot.section].title
        points = "" if slot.points is None else points_text(slot.points)
        order = " ".join(LETTERS[place].upper() if place < len(LETTERS) else str(place + 1) for place in slot.order)
        click.echo("\t".join((str(number), code, order, points, section)).rstrip())


def _tell(problems: Iterator[Problem], locale: Locale) -> None:
    for problem in problems:
        click.echo(sentence(problem.code, problem.values, locale), err=True)


def _give_up(message: str) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(_UNUSABLE)
