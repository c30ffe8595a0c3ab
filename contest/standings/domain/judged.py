"""From a judged entry to a result: its official score, and everything that says how the score came about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from contest.judging.domain.panel import Panel, Verdict
from contest.standings.domain.attempts import EPOCH, MS
from contest.standings.domain.ranking import JUDGED_SCORE, MANUAL, Result, Values


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry of somebody who is not excluded. `totals` are the locked sheets' raw totals, in 1/1000 point."""

    participation_id: int
    group_id: int
    unit_id: int
    handed_in_at: datetime
    totals: Sequence[int]
    verdict: Verdict


def judged_result(entry: Judged, panel: Panel, place: int | None) -> Result:
    """One result per entry; `place` is a recorded decision about a tie. Points are in 1/1000."""
    verdict = entry.verdict
    values = {
        JUDGED_SCORE: verdict.score,
        "decimals": panel.decimals,
        "mean": verdict.mean,
        "spread": verdict.spread,
        "agree_from": panel.agree_from,
        "is_agreed": int(verdict.needs_agreement),
        "submitted_at": (entry.handed_in_at - EPOCH) // MS,
        MANUAL: place,
    }
    judges = {f"judge_{number}": total for number, total in enumerate(entry.totals, start=1)}
    return Result(entry.participation_id, entry.group_id, entry.unit_id, {**values, **judges})


def judge_totals(values: Values) -> list[int]:
    """The raw totals of "judge 1", "judge 2", … that a result was made of."""
    numbered = [(int(key.removeprefix("judge_")), total) for key, total in values.items() if key.startswith("judge_")]
    return [total for _number, total in sorted(numbered) if total is not None]
