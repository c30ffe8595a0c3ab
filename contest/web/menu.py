"""The staff menu: each feature brings its items, each person sees those of their seats."""

from dataclasses import dataclass

from flask import request, url_for
from flask_babel.speaklater import LazyString
from flask_login import current_user


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry: the endpoint takes the contest's `slug`; `roles` are the seats that see it.

    It is the current one on pages of its own blueprint and of those in `areas`.
    """

    position: int
    endpoint: str
    label: LazyString
    icon: str
    roles: frozenset[str]
    areas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MenuLink:
    """One entry as the layout draws it."""

    url: str
    label: str
    icon: str
    is_current: bool
    count: int = 0


_items: list[MenuItem] = []


def add(*items: MenuItem) -> None:
    """Add a feature's entries; composing the application twice adds them once."""
    _items.extend(item for item in items if item not in _items)
    _items.sort(key=lambda item: item.position)


def menu() -> list[MenuLink]:
    """The entries for the person and the contest of this request; none outside a contest's desk."""
    slug = (request.view_args or {}).get("slug")
    if slug is None or not current_user.is_authenticated:
        return []
    roles = current_user.actor.roles_in(slug)
    area = (request.endpoint or "").rpartition(".")[0]
    return [
        MenuLink(
            url=url_for(item.endpoint, slug=slug),
            label=str(item.label),
            icon=item.icon,
            is_current=area in {item.endpoint.rpartition(".")[0], *item.areas},
        )
        for item in _items
        if item.roles & roles
    ]
