"""Pages that are the same for every anonymous reader: made once a second at most, however many ask at once."""

from collections.abc import Callable, Hashable

from flask import current_app, session
from flask_babel import get_locale
from flask_login import current_user

from contest.web.front import keep_in_front
from contest.web.kept import Kept

FRESH_SECONDS = 1.0
PAGES_KEPT = 200


class SharedPages(Kept[str]):
    """The pages of one worker."""

    def __init__(self) -> None:
        super().__init__(PAGES_KEPT, FRESH_SECONDS)


def is_shared() -> bool:
    """Whether this reader gets what every anonymous one gets: signed out, and nothing to be told."""
    return not current_user.is_authenticated and "_flashes" not in session


def shared_page(key: Hashable, make: Callable[[], str]) -> str:
    """The page for this reader. `make` has to pass `is_shared()` to the template: what is shared carries no token."""
    if not is_shared():
        return make()

    def made() -> str:
        keep_in_front(FRESH_SECONDS)
        return make()

    pages: SharedPages = current_app.extensions["shared_pages"]
    return pages.value((key, get_locale().language), made)
