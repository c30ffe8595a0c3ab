"""What a file really is, and copies of it that tell nothing about who made it; and sheets set for printing."""

from contest.media.facts import Facts, Piece, UnreadableMediaError
from contest.media.process import PICTURES, SHEETS, derive, inspect, press
from contest.media.scratch import forget_scratch, scratch

__all__ = [
    "PICTURES",
    "SHEETS",
    "Facts",
    "Piece",
    "UnreadableMediaError",
    "derive",
    "forget_scratch",
    "inspect",
    "press",
    "scratch",
]
