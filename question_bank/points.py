"""Points as committees write them: 0,25 or 0.25 are 250 thousandths."""

import re

from question_bank.question import FULL_POINTS

_POINTS = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,3}))?")


def points_in(text: str) -> int | None:
    """Return the points in 1/1000; None for what is no number of points."""
    found = _POINTS.fullmatch(text)
    return int(found[1]) * FULL_POINTS + int((found[2] or "").ljust(3, "0")) if found else None


def points_text(points: int) -> str:
    """Return points of 1/1000 with a decimal comma and no more digits than they need."""
    whole, part = divmod(points, FULL_POINTS)
    return f"{whole},{part:03}".rstrip("0") if part else str(whole)
