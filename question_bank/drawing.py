"""The draw of a paper: `docs/paper-draw.md` specifies it, with test vectors.

A paper is a pure function of the frozen set, the secret seed, the participation's random id, the number of the
attempt and, where the blueprint says so, the questions met before; so anyone with the opened seed can draw it again.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from question_bank.blueprint import BRANCH_MARK, Blueprint, BlueprintRow, Repeats, is_within
from question_bank.chance import Chance, checked_seed, paper_key
from question_bank.filling import FilledRow, Filling, Order, PoolItem
from question_bank.problems import Problem
from question_bank.question import canonical_json


@dataclass(frozen=True, slots=True)
class Slot:
    """A place on a paper: option `order[0]` of question `ref` is shown first, and so on.

    `section` counts from 0; `points` are 1/1000, None where the question counts what it says itself.
    """

    ref: int
    order: tuple[int, ...]
    section: int | None = None
    points: int | None = None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A row, counted from 0, that finds fewer questions than it wants, and why.

    Of the `fitting` questions `available` could stand in it, `elsewhere` are needed by other rows, and `barred` may not
    stand beside another that is on the paper.
    """

    row: int
    wanted: int
    available: int
    fitting: int
    elsewhere: int
    barred: int

    @property
    def problem(self) -> Problem:
        """Return the problem of the blueprint's row, for its sentence."""
        values = {"row": self.row + 1, "wanted": self.wanted, "available": self.available}
        if self.elsewhere or self.barred:
            values |= {"fitting": self.fitting, "elsewhere": self.elsewhere, "barred": self.barred}
            return Problem("row_short_shared", f"rows.{self.row}", values)
        return Problem("row_short", f"rows.{self.row}", values)


class NotEnoughQuestions(ValueError):
    """The pool cannot fill the blueprint, or not with every compulsory question."""

    def __init__(self, shortfalls: list[Shortfall]) -> None:
        super().__init__(f"not enough questions: {shortfalls}")
        self.shortfalls = shortfalls


class PreparedPool:
    """A pool whose questions are found by row once, so that each draw costs only what it draws."""

    def __init__(self, items: Iterable[PoolItem]) -> None:
        """Sort the items. Raises ValueError when two have the same ref."""
        self.items = sorted(items, key=lambda item: item.ref)
        for previous, item in zip(self.items, self.items[1:], strict=False):
            if previous.ref == item.ref:
                raise ValueError(f"question {item.ref} is twice in the pool")
        self.compulsory = [item for item in self.items if item.is_compulsory]
        self.units = {item.ref: item.unit for item in self.items}
        excluding = {item.unit for item in self.compulsory}
        self._free = [item for item in self.items if item.is_compulsory or item.unit not in excluding]
        self._found: dict[tuple[BlueprintRow, int], list[PoolItem]] = {}

    def candidates(self, row: BlueprintRow, version: int) -> list[PoolItem]:
        """Return the items that the row takes by ascending ref, without those that a compulsory one excludes."""
        found = self._found.get((row, version))
        if found is None:
            found = self._found[row, version] = [item for item in self._free if _fits(item, row, version)]
        return found


def draw_paper(
    pool: PreparedPool,
    blueprint: Blueprint,
    seed: bytes,
    participation_id: bytes,
    number: int,
    met: Collection[int] = (),
) -> tuple[Slot, ...]:
    """Draw the paper of a participation's attempt `number`.

    `met` are the refs of questions on the person's earlier papers; they count only where the blueprint says so.
    Raises NotEnoughQuestions.
    """
    chance = Chance(paper_key(seed, participation_id, number, blueprint.version))
    rows = drawn_rows(pool, blueprint, chance, met)
    slots = []
    for section in range(len(blueprint.sections)) if blueprint.sections else (None,):
        items = [(item, row.row.points) for row in rows if row.row.section == section for item in row.held]
        slots += [(*items[place], section) for place in chance.shuffled(len(items))]
    return tuple(Slot(item.ref, _option_order(item, chance), section, points) for item, points, section in slots)


def drawn_rows(
    pool: PreparedPool, blueprint: Blueprint, chance: Chance, met: Collection[int] = ()
) -> Sequence[FilledRow]:
    """Return the rows of a paper with their questions, the narrowest row first. Raises NotEnoughQuestions."""
    filling = Filling(
        blueprint,
        lambda row: pool.candidates(row, blueprint.version),
        lambda candidates: Order(candidates, chance.shuffled(len(candidates))),
    )
    avoided = met if blueprint.repeats is Repeats.FEWEST else ()
    homeless = filling.fill(pool.compulsory, {pool.units[ref] for ref in avoided if ref in pool.units})
    if homeless or not all(row.is_full for row in filling.rows):
        raise NotEnoughQuestions(shortfalls(pool, blueprint))
    return filling.rows


def shortfalls(pool: PreparedPool, blueprint: Blueprint) -> list[Shortfall]:
    """Return the rows that cannot be filled, in the blueprint's order. Exact: no other choice would lack fewer.

    Narrower rows, and equal rows before it, have the first call on what a row shares with them.
    """
    filling = _filled(pool, blueprint)[0]
    short = [_shortfall(pool, filling, row, blueprint.version) for row in filling.rows if not row.is_full]
    return sorted(short, key=lambda shortfall: shortfall.row)


def unplaced(pool: PreparedPool, blueprint: Blueprint) -> list[tuple[int, int | None]]:
    """Return the refs of compulsory questions that no paper can hold, each with the compulsory one that bars it."""
    first = {item.unit: item.ref for item in reversed(pool.compulsory)}
    homeless = _filled(pool, blueprint)[1]
    return [(item.ref, first[item.unit] if first[item.unit] != item.ref else None) for item in homeless]


def versioned(blueprint: Blueprint, pool: PreparedPool) -> Blueprint:
    """Return the blueprint under the first version of the draw that can draw this set, so that old papers stay."""
    branches = tuple(f"{row.topic}{BRANCH_MARK}" for row in blueprint.rows if row.topic)
    needs_more = any(
        item.is_compulsory or item.group is not None or (branches and item.topic.startswith(branches))
        for item in pool.items
    )
    return replace(blueprint, version=1 if blueprint.is_plain and not needs_more else 2)


def set_digest(questions: Iterable[tuple[int, str]], blueprint: Blueprint, pool: PreparedPool | None = None) -> str:
    """Return the SHA-256 (hex) of a frozen set: each question's ref and digest, the blueprint.

    From the second version on also what the `pool` says of each question: whether it is compulsory, and its group.
    """
    content = {"format": f"question-set/{blueprint.version}", **_set_content(sorted(questions), blueprint, pool)}
    return hashlib.sha256(canonical_json(content)).hexdigest()


def seed_commitment(seed: bytes, digest: str) -> str:
    """Return what is published before the first draw: SHA-256 (hex) of the seed, then the digest.

    Raises ValueError unless the seed has 32 bytes.
    """
    return hashlib.sha256(checked_seed(seed) + bytes.fromhex(digest)).hexdigest()


def _set_content(
    questions: Sequence[tuple[int, str]], blueprint: Blueprint, pool: PreparedPool | None
) -> dict[str, object]:
    if blueprint.version == 1:
        rows = [[row.topic, row.difficulty, row.count] for row in blueprint.rows]
        return {"questions": [[ref, digest] for ref, digest in questions], "blueprint": rows}
    items = {item.ref: item for item in pool.items} if pool else {}
    return {
        "questions": [[ref, digest, items[ref].is_compulsory, items[ref].group] for ref, digest in questions],
        "blueprint": {
            "rows": [[*row.scope, row.count, row.points, row.section] for row in blueprint.rows],
            "sections": [[section.title, section.instructions] for section in blueprint.sections],
            "repeats": blueprint.repeats.value,
        },
    }


def _fits(item: PoolItem, row: BlueprintRow, version: int) -> bool:
    if version == 1:
        return row.topic in {None, item.topic} and row.difficulty in {None, item.difficulty}
    return is_within((item.topic, item.difficulty, item.kind), row.scope)


def _filled(pool: PreparedPool, blueprint: Blueprint) -> tuple[Filling, list[PoolItem]]:
    """Fill a paper as far as it can be done, by ascending ref; also the compulsory questions that have no place."""
    filling = Filling(blueprint, lambda row: pool.candidates(row, blueprint.version), lambda candidates: candidates)
    return filling, filling.fill(pool.compulsory)


def _shortfall(pool: PreparedPool, filling: Filling, short: FilledRow, version: int) -> Shortfall:
    fitting = [item for item in pool.items if _fits(item, short.row, version)]
    elsewhere = 0
    for item in fitting:
        row = filling.where(item)
        elsewhere += row is not None and row is not short and any(held.ref == item.ref for held in row.held)
    barred = len(fitting) - len(short.held) - elsewhere
    return Shortfall(short.index, short.row.count, len(short.held), len(fitting), elsewhere, barred)


def _option_order(item: PoolItem, chance: Chance) -> tuple[int, ...]:
    if item.lock_order:
        return tuple(range(item.option_count))
    return tuple(chance.shuffled(item.option_count))
