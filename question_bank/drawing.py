"""The draw of a paper: `docs/paper-draw.md` specifies it, with test vectors.

A paper is a pure function of the frozen set, the secret seed, the participation's random id
and the number of the attempt, so that anyone with the opened seed can draw it again.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from question_bank.blueprint import Blueprint, Scope, is_within
from question_bank.chance import Chance, checked_seed, paper_key
from question_bank.kinds import kind_of
from question_bank.problems import Problem
from question_bank.question import Question, canonical_json

_SET_FORMAT = "question-set/1"


@dataclass(frozen=True, slots=True)
class PoolItem:
    """A question that may be drawn: `ref` is the caller's number for it."""

    ref: int
    topic: str
    difficulty: int
    option_count: int
    lock_order: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """A place on a paper: option `order[0]` of question `ref` is shown first, and so on."""

    ref: int
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A row, counted from 0, that finds fewer questions than it wants."""

    row: int
    wanted: int
    available: int

    @property
    def problem(self) -> Problem:
        """Return the problem of the blueprint's row, for its sentence."""
        values = {"row": self.row + 1, "wanted": self.wanted, "available": self.available}
        return Problem("row_short", f"rows.{self.row}", values)


class NotEnoughQuestions(ValueError):
    """The pool cannot fill the blueprint."""

    def __init__(self, shortfalls: list[Shortfall]) -> None:
        super().__init__(f"not enough questions: {shortfalls}")
        self.shortfalls = shortfalls


def pool_item(ref: int, question: Question) -> PoolItem:
    """Return what the draw needs to know of a question. Raises UnknownKind."""
    kind = kind_of(question.kind)
    # What a kind always shuffles would show its key in the order in which it was written.
    is_locked = question.lock_order and kind.has_order
    return PoolItem(ref, question.topic, question.difficulty, len(kind.option_ids(question)), is_locked)


class PreparedPool:
    """A pool grouped once, so that each draw costs only what it draws."""

    def __init__(self, items: Iterable[PoolItem]) -> None:
        """Group the items. Raises ValueError when two have the same ref."""
        self._groups: dict[Scope, list[PoolItem]] = {}
        previous: PoolItem | None = None
        for item in sorted(items, key=lambda item: item.ref):
            if previous is not None and previous.ref == item.ref:
                raise ValueError(f"question {item.ref} is twice in the pool")
            previous = item
            for topic in (item.topic, None):
                for difficulty in (item.difficulty, None):
                    self._groups.setdefault((topic, difficulty), []).append(item)

    def within(self, scope: Scope) -> list[PoolItem]:
        """Return the items of a scope by ascending ref."""
        return self._groups.get(scope, [])


def draw_paper(
    pool: PreparedPool, blueprint: Blueprint, seed: bytes, participation_id: bytes, number: int
) -> tuple[Slot, ...]:
    """Draw the paper of a participation's attempt `number`.

    Raises NotEnoughQuestions.
    """
    chance = Chance(paper_key(seed, participation_id, number))
    drawn: dict[int, PoolItem] = {}
    for _, row in blueprint.narrowest_first():
        candidates = pool.within(row.scope)
        untaken = (
            candidates[place] for place in chance.shuffled(len(candidates)) if candidates[place].ref not in drawn
        )
        taken = list(islice(untaken, row.count))
        if len(taken) < row.count:
            raise NotEnoughQuestions(shortfalls(pool, blueprint))
        drawn.update((item.ref, item) for item in taken)
    items = list(drawn.values())
    shown = [items[place] for place in chance.shuffled(len(items))]
    return tuple(Slot(item.ref, _option_order(item, chance)) for item in shown)


def shortfalls(pool: PreparedPool, blueprint: Blueprint) -> list[Shortfall]:
    """Return the rows that cannot be filled, in the blueprint's order.

    `available` is what narrower rows, and equal rows before it, leave for a row. Exact:
    scopes never cross, so what a row takes is lost to every wider row whichever questions
    they are, and to no other.
    """
    taken: list[tuple[Scope, int]] = []
    short: list[Shortfall] = []
    for index, row in blueprint.narrowest_first():
        used = sum(number for scope, number in taken if is_within(scope, row.scope))
        available = len(pool.within(row.scope)) - used
        taken.append((row.scope, min(row.count, available)))
        if available < row.count:
            short.append(Shortfall(index, row.count, available))
    return sorted(short, key=lambda shortfall: shortfall.row)


def set_digest(questions: Iterable[tuple[int, str]], blueprint: Blueprint) -> str:
    """Return the SHA-256 (hex) of a frozen set: each question's ref and digest, the blueprint."""
    content = {
        "format": _SET_FORMAT,
        "questions": sorted([ref, digest] for ref, digest in questions),
        "blueprint": [[row.topic, row.difficulty, row.count] for row in blueprint.rows],
    }
    return hashlib.sha256(canonical_json(content)).hexdigest()


def seed_commitment(seed: bytes, digest: str) -> str:
    """Return what is published before the first draw: SHA-256 (hex) of the seed, then the digest.

    Raises ValueError unless the seed has 32 bytes.
    """
    return hashlib.sha256(checked_seed(seed) + bytes.fromhex(digest)).hexdigest()


def _option_order(item: PoolItem, chance: Chance) -> tuple[int, ...]:
    if item.lock_order:
        return tuple(range(item.option_count))
    return tuple(chance.shuffled(item.option_count))
