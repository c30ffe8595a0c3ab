"""What a file really is, and copies of it that tell nothing about who made it."""

from contest.media.facts import Facts, Piece, UnreadableMediaError
from contest.media.process import derive, inspect

__all__ = ["Facts", "Piece", "UnreadableMediaError", "derive", "inspect"]
