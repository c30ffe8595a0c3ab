"""Pages that are the same for every anonymous reader: made once a second at most, however many ask at once."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from flask import current_app, session
from flask_babel import get_locale
from flask_login import current_user

from contest import clock

FRESH_SECONDS = 1.0
PAGES_KEPT = 200


class SharedPages:
    """The pages of one worker. Each is made under a lock of its own: the others wait instead of making it too."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Hashable, tuple[float, str]] = OrderedDict()
        self._locks: dict[Hashable, Lock] = {}
        self._own = Lock()

    def page(self, key: Hashable, make: Callable[[], str]) -> str:
        """The page as it is, if it is fresh; else a new one."""
        found = self._fresh(key)
        if found is not None:
            return found
        with self._own:
            lock = self._locks.setdefault(key, Lock())
        with lock:
            found = self._fresh(key)
            if found is None:
                found = make()
                self._keep(key, found)
            return found

    def _fresh(self, key: Hashable) -> str | None:
        made_at, page = self._pages.get(key, (0.0, None))
        return page if page is not None and clock.monotonic() - made_at < FRESH_SECONDS else None

    def _keep(self, key: Hashable, page: str) -> None:
        with self._own:
            self._pages[key] = (clock.monotonic(), page)
            while len(self._pages) > PAGES_KEPT:
                oldest, _page = self._pages.popitem(last=False)
                self._locks.pop(oldest, None)


def is_shared() -> bool:
    """Whether this reader gets what every anonymous one gets: signed out, and nothing to be told."""
    return not current_user.is_authenticated and "_flashes" not in session


def shared_page(key: Hashable, make: Callable[[], str]) -> str:
    """The page for this reader. `make` has to pass `is_shared()` to the template: what is shared carries no token."""
    if not is_shared():
        return make()
    pages: SharedPages = current_app.extensions["shared_pages"]
    return pages.page((key, get_locale().language), make)
