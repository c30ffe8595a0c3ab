"""Words of files that answer a question."""

from collections.abc import Mapping

from flask_babel.speaklater import LazyString

ERRORS: Mapping[str, LazyString] = {}
