"""What a judged entry brings into a ranking: its official score, and everything that says how the score came about."""

from collections.abc import Sequence
from datetime import datetime

from contest.judging.domain.panel import Panel, Verdict
from contest.standings.domain.attempts import EPOCH, MS
from contest.standings.domain.ranking import JUDGED_SCORE, MANUAL, Values


def judged_values(
    panel: Panel, verdict: Verdict, totals: Sequence[int], handed_in_at: datetime, place: int | None
) -> Values:
    """Values by key, points in 1/1000. `totals` are the raw totals by seat, `place` a recorded decision about a tie."""
    return {
        JUDGED_SCORE: verdict.score,
        "decimals": panel.decimals,
        "mean": verdict.mean,
        "spread": verdict.spread,
        "agree_from": panel.agree_from,
        "is_agreed": int(verdict.needs_agreement),
        "submitted_at": (handed_in_at - EPOCH) // MS,
        MANUAL: place,
        **{f"judge_{number}": total for number, total in enumerate(totals, start=1)},
    }


def judge_totals(values: Values) -> list[int]:
    """The raw totals of "judge 1", "judge 2", … that a score was made of."""
    numbered = [(int(key.removeprefix("judge_")), total) for key, total in values.items() if key.startswith("judge_")]
    return [total for _number, total in sorted(numbered) if total is not None]
