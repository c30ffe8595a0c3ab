"""What a worker keeps of what it made: bounded, and made by one thread while all others who ask for it wait."""

import math
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from contest import clock

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """At most `most` values, each for `seconds`; what was not asked for longest goes first."""

    def __init__(self, most: int, seconds: float = math.inf) -> None:
        self._most, self._seconds = most, seconds
        self._values: OrderedDict[Hashable, tuple[float, Value]] = OrderedDict()
        self._makers: dict[Hashable, Lock] = {}
        self._own = Lock()

    def value(self, key: Hashable, make: Callable[[], Value], holds: Callable[[Value], bool] = lambda _: True) -> Value:
        """The value as it was kept while it `holds`, else a new one. What could not be made is not kept."""
        found = self._find(key, holds)
        if found is None:
            with self._own:
                maker = self._makers.setdefault(key, Lock())
            with maker:
                found = self._find(key, holds) or self._made(key, make)
        return found[1]

    def _find(self, key: Hashable, holds: Callable[[Value], bool]) -> tuple[float, Value] | None:
        with self._own:
            found = self._values.get(key)
            if found is None or (self._seconds < math.inf and clock.monotonic() - found[0] >= self._seconds):
                return None
            self._values.move_to_end(key)
        return found if holds(found[1]) else None

    def _made(self, key: Hashable, make: Callable[[], Value]) -> tuple[float, Value]:
        try:
            value = make()
            made = clock.monotonic(), value
            with self._own:
                self._values[key] = made
                self._values.move_to_end(key)
                while len(self._values) > self._most:
                    self._values.popitem(last=False)
            return made
        finally:
            with self._own:
                self._makers.pop(key, None)
