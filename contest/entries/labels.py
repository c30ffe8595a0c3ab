"""Words of entries."""

from collections.abc import Mapping

from flask_babel import LazyString

from contest.web.menu import MenuItem

ERRORS: Mapping[str, LazyString] = {}

ACTS: Mapping[str, LazyString] = {}

MENU: tuple[MenuItem, ...] = ()
