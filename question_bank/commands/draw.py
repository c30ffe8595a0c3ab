"""draw: the paper that a seed, a person and a number draw from a file of questions."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import click

from question_bank.blueprint import Blueprint, BlueprintRow, InvalidBlueprint, blueprint_of
from question_bank.commands.telling import FAULTY, give_up
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
from question_bank.formats import Parsed, UnusableFile, format_of
from question_bank.formats.base import file_bytes
from question_bank.kinds import kind_of
from question_bank.kinds.options import LETTERS
from question_bank.points import points_in, points_text
from question_bank.pool import pool_item
from question_bank.problems import Problem, sentence
from question_bank.question import Question, digest
from question_bank.text import fold
from question_bank.words import Locale

_FIELDS = 5

Entry = tuple[str, Question]
"""A question with its code."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a paper is drawn from: questions, each with its code, by their refs in the pool."""

    questions: Mapping[int, Entry]
    pool: PreparedPool
    blueprint: Blueprint

    @property
    def digest(self) -> str:
        """Return the set's digest."""
        digests = ((ref, digest(question)) for ref, (_code, question) in self.questions.items())
        return set_digest(digests, self.blueprint, self.pool)


_LOT = (
    click.option("--seed", required=True, metavar="HEX", help="32 bytes."),
    click.option("--person", required=True, metavar="HEX", help="The random id of the participation."),
    click.option("--number", type=click.IntRange(0, 2**64 - 1), default=1, show_default=True, help="Which attempt."),
    click.option("--met", multiple=True, metavar="CODE", help="A question that the person met on an earlier paper."),
)


def by_lot(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that `drawn_paper` takes as `lot`."""
    for option in reversed(_LOT):
        command = option(command)
    return command


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--blueprint",
    required=True,
    metavar="ROWS",
    help="topic:difficulty:kind:count:points for each row, rows parted by semicolons, what may be anything left empty; "
    "or the path of a JSON file with rows, sections and repeats as in the rules of a contest.",
)
@by_lot
@click.option("--compulsory", multiple=True, metavar="CODE", help="A question that is on every paper.")
@click.option("--apart", multiple=True, metavar="CODE,CODE", help="Questions of which a paper has one at most.")
@click.option("--json", "as_json", is_flag=True, help="Print the paper as JSON.")
@click.option(
    "--locale", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Language of sentences."
)
def draw(
    file: Path,
    *,
    blueprint: str,
    compulsory: Sequence[str],
    apart: Sequence[str],
    as_json: bool,
    locale: str,
    **lot: Any,
) -> None:
    """Draw a paper from the questions of FILE as docs/paper-draw.md says.

    What FILE says of compulsory and excluding questions counts, beside the options. A question goes by its place among
    those of FILE that papers draw, from 1. Exit status: 1 when FILE has faults or no paper can be drawn, 2 for what
    cannot be used.
    """
    language = cast("Locale", locale)
    try:
        found = _questions(file, language)
        questions = {place: (item.code, item.question) for place, item in found.items()}
        must = {*_refs(questions, compulsory), *(ref for ref, item in found.items() if item.limits.is_compulsory)}
        groups = [_refs(questions, codes.split(",")) for codes in apart]
        pool = _pool(questions, must, [*groups, *_groups_in(found)])
        source = Source(questions, pool, versioned(_blueprint(blueprint, language), pool))
    except UnusableFile as error:
        give_up(error.sentence(language))
    except ValueError as error:
        give_up(str(error))
    show_paper(source, drawn_paper(source, lot, language), lot, as_json=as_json)


def drawn_paper(source: Source, lot: Mapping[str, Any], locale: Locale) -> tuple[Slot, ...]:
    """Return the paper that the options of `by_lot` draw. Exits with 1 for none, with 2 for what cannot be used."""
    try:
        seed, person = _bytes("seed", lot["seed"]), _bytes("person", lot["person"])
        met = _refs(source.questions, lot["met"])
        return draw_paper(source.pool, source.blueprint, seed, person, lot["number"], met)
    except NotEnoughQuestions:
        _tell(_lacks(source), locale)
        raise SystemExit(FAULTY) from None
    except ValueError as error:
        give_up(str(error))


def _questions(file: Path, locale: Locale) -> dict[int, Parsed]:
    content = file_bytes(file)
    found = format_of(file, content).read_questions(content)
    for fault in found.faults:
        click.echo(": ".join(part for part in (fault.cell, fault.sentence(locale)) if part), err=True)
    if found.faults:
        raise SystemExit(FAULTY)
    drawn = (item for item in found.questions if kind_of(item.question.kind).is_drawn)
    return dict(enumerate(drawn, start=1))


def _groups_in(found: Mapping[int, Parsed]) -> list[list[int]]:
    """Return the exclusion groups of a file."""
    groups: dict[str, list[int]] = {}
    for ref, item in found.items():
        if item.limits.group:
            groups.setdefault(fold(item.limits.group), []).append(ref)
    return list(groups.values())


def _pool(questions: Mapping[int, Entry], must: Collection[int], apart: Iterable[Collection[int]]) -> PreparedPool:
    """Return the pool. Groups that share a question are one."""
    groups = dict[int, int]()
    for each in apart:
        members = set(each)
        joined = {groups[each] for each in members if each in groups}
        members |= {each for each, group in groups.items() if group in joined}
        groups.update(dict.fromkeys(members, min(members)))
    return PreparedPool(
        pool_item(ref, question, is_compulsory=ref in must, group=groups.get(ref))
        for ref, (_code, question) in questions.items()
    )


def _refs(questions: Mapping[int, Entry], codes: Sequence[str]) -> list[int]:
    by_code = {code: ref for ref, (code, _question) in questions.items()}
    unknown = [code for code in codes if code.strip() not in by_code]
    if unknown:
        raise ValueError(f"no such question: {', '.join(unknown)}")
    return [by_code[code.strip()] for code in codes]


def _blueprint(text: str, locale: Locale) -> Blueprint:
    """Return the blueprint. Raises ValueError for what is none, or draws nothing."""
    try:
        if text.endswith(".json"):
            blueprint = blueprint_of(json.loads(Path(text).read_text("utf-8")))
        else:
            blueprint = Blueprint(tuple(_row(row) for row in text.split(";") if row.strip()))
    except InvalidBlueprint as error:
        raise ValueError("\n".join(sentence(each.code, each.values, locale) for each in error.problems)) from error
    except OSError as error:
        raise ValueError(f"{text}: {error.strerror}") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{text}: not a blueprint") from error
    if not blueprint.rows:
        raise ValueError(f"{text}: a blueprint without rows")
    return blueprint


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


def _lacks(source: Source) -> Iterator[Problem]:
    """Yield what keeps the paper from being drawn."""
    for short in shortfalls(source.pool, source.blueprint):
        yield short.problem
    for place, other in unplaced(source.pool, source.blueprint):
        values = {"question": source.questions[place][0]}
        if other is None:
            yield Problem("compulsory_unplaced", "rows", values)
        else:
            yield Problem("compulsory_apart", "rows", {**values, "other": source.questions[other][0]})


def show_paper(source: Source, slots: Sequence[Slot], lot: Mapping[str, Any], *, as_json: bool) -> None:
    """Print a paper; in JSON also what the set and the seed were pinned to."""
    codes = [source.questions[slot.ref][0] for slot in slots]
    if as_json:
        paper = [
            {"code": code, "order": slot.order, "section": slot.section, "points": slot.points}
            for code, slot in zip(codes, slots, strict=True)
        ]
        pins = {"set": source.digest, "commitment": seed_commitment(_bytes("seed", lot["seed"]), source.digest)}
        click.echo(json.dumps({"version": source.blueprint.version, **pins, "paper": paper}, ensure_ascii=False))
        return
    for number, (code, slot) in enumerate(zip(codes, slots, strict=True), start=1):
        section = "" if slot.section is None else source.blueprint.sections[slot.section].title
        points = "" if slot.points is None else points_text(slot.points)
        order = " ".join(LETTERS[place].upper() if place < len(LETTERS) else str(place + 1) for place in slot.order)
        click.echo("\t".join((str(number), code, order, points, section)).rstrip())


def _tell(problems: Iterator[Problem], locale: Locale) -> None:
    for problem in problems:
        click.echo(sentence(problem.code, problem.values, locale), err=True)
