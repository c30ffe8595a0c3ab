"""Addresses of pages where no request asks for them: queued work that tells people where to read on."""

from urllib.parse import urljoin

from flask import current_app

from contest.config import Settings


def path_to(endpoint: str, **values: object) -> str:
    """The path of a page."""
    return current_app.url_map.bind("").build(endpoint, values)


def find_address(path: str) -> str | None:
    """The whole address for a letter; None while nobody has said under which address people reach this site."""
    settings: Settings = current_app.config["SETTINGS"]
    return urljoin(settings.site_url, path) if settings.site_url else None
