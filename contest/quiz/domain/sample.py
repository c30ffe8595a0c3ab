"""Which attempts of a round its statistics are made from."""

from enum import StrEnum


class Sample(StrEnum):
    """One attempt of each person, or all of them. Attempts of one person are not independent of each other."""

    FIRST = "first"
    BEST = "best"
    ALL = "all"
