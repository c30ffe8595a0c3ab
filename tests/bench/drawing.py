"""What the draw of a paper costs: 40 questions from 5,000, in sections, by topic and level, some excluding others."""

import time

from question_bank.blueprint import Blueprint, BlueprintRow, Section
from question_bank.drawing import PreparedPool, draw_paper
from question_bank.filling import PoolItem

POOL, PAPERS = 5_000, 500


def draw_ms() -> float:
    """Return the CPU of this process for one paper, in ms, once the pool is prepared as a worker keeps it."""
    pool = PreparedPool(_item(ref) for ref in range(POOL))
    rows = (
        BlueprintRow("T1", 2, 10, section=0),
        BlueprintRow("T2", None, 10, section=0),
        BlueprintRow(None, None, 20, section=1),
    )
    blueprint = Blueprint(rows, (Section("I"), Section("II")))
    draw_paper(pool, blueprint, bytes(32), b"", 0)
    started = time.process_time()
    for number in range(PAPERS):
        draw_paper(pool, blueprint, bytes(32), b"", number)
    return (time.process_time() - started) * 1000 / PAPERS


def _item(ref: int) -> PoolItem:
    group = ref // 50 * 50 if ref % 50 < 2 else None
    topic = f"T{ref % 5}" + (" / A" if ref % 3 else "")
    return PoolItem(
        ref, topic, ref // 5 % 5 + 1, 4, lock_order=False, kind="single", group=group, is_compulsory=ref == 7
    )
