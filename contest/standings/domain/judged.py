"""What judging brings into a ranking: official scores, and everything that says how they came about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from contest.judging.domain.panel import Panel, Verdict
from contest.standings.domain.ranking import EPOCH, JUDGED_SCORE, MANUAL, MS, Values


@dataclass(frozen=True, slots=True)
class EssayMark:
    """An essay of an attempt, all in 1/1000 point: the official score of the scale, earned of the most points.

    `score` is None for a case that was set aside: it earns nothing. `decimals` are those of the panel rule.
    """

    slot: int
    score: int | None
    scale: int
    decimals: int
    earned: int
    most: int


def essay_points(score: int, scale: int, most: int) -> int:
    """The part of a question's points that an official score earns, rounded half up to 1/1000 point."""
    return (2 * score * most + scale) // (2 * scale)


def essay_values(essays: Sequence[EssayMark], number: int) -> dict[str, int | None]:
    """Values of the attempt with this number that say what its essays earned; none without essays."""
    if not essays:
        return {}
    values: dict[str, int | None] = {
        "attempt_number": number,
        "essay_scale": essays[0].scale,
        "decimals": essays[0].decimals,
        "judged_points": sum(each.earned for each in essays),
    }
    for each in essays:
        values[f"essay_{each.slot}"] = each.score
        values[f"essay_earned_{each.slot}"] = each.earned
        values[f"essay_most_{each.slot}"] = each.most
    return values


def essay_marks(values: Values) -> list[EssayMark]:
    """The essays that these values tell of, by slot."""
    slots = sorted(int(key.removeprefix("essay_most_")) for key in values if key.startswith("essay_most_"))
    return [
        EssayMark(
            slot,
            values[f"essay_{slot}"],
            values["essay_scale"] or 0,
            values["decimals"] or 0,
            values[f"essay_earned_{slot}"] or 0,
            values[f"essay_most_{slot}"] or 0,
        )
        for slot in slots
    ]


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
