"""What a file really is, and copies of it that tell nothing about who made it."""

from contest.media.facts import Facts, Piece, UnreadableMediaError
from contest.media.process import derive, inspect
from contest.media.scratch import forget_scratch, scratch

__all__ = ["Facts", "Piece", "UnreadableMediaError", "derive", "forget_scratch", "inspect", "scratch"]
