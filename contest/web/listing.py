"""What the reader of a list asked for: words, order and page; and the links that keep the rest of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request

from contest.paging import Page


@dataclass(frozen=True, slots=True)
class Asked:
    """The address of a list, read: `?q=…&sort=-name&page=2` (a minus sign turns the order round)."""

    words: str
    sort: str
    is_descending: bool
    number: int


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list together with the links that the components `sort_header` and `pager` draw."""

    page: Page[Any]
    asked: Asked

    @property
    def rows(self) -> Sequence[Any]:
        """The rows of this page."""
        return self.page.rows

    @property
    def number(self) -> int:
        """This page's number, from 1."""
        return self.page.number

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self.page.pages

    @property
    def total(self) -> int:
        """How many rows there are on all pages."""
        return self.page.total

    @property
    def sort(self) -> str:
        """The key that orders the rows."""
        return self.asked.sort

    @property
    def is_descending(self) -> bool:
        """Whether the order runs from the last to the first."""
        return self.asked.is_descending

    @property
    def kept(self) -> dict[str, str]:
        """What a new search keeps: the order that was chosen."""
        return {"sort": request.args["sort"]} if "sort" in request.args else {}

    def url(self, number: int) -> str:
        """The same list, at another page."""
        return _same_address(page=str(number))

    def sort_url(self, key: str) -> str:
        """The same list ordered by `key`; by the key in force, the other way round."""
        turned = key == self.sort and not self.is_descending
        return _same_address(sort=f"-{key}" if turned else key, page=None)


def asked(*sorts: str) -> Asked:
    """What this request asks of a list that knows these orders; the first one is the default, "-key" turned round."""
    key = request.args.get("sort", sorts[0])
    if key.removeprefix("-") not in {known.removeprefix("-") for known in sorts}:
        key = sorts[0]
    return Asked(
        words=request.args.get("q", "").strip(),
        sort=key.removeprefix("-"),
        is_descending=key.startswith("-"),
        number=request.args.get("page", 1, type=int),
    )


def _same_address(**changes: str | None) -> str:
    kept = {key: value for key, value in {**request.args.to_dict(), **changes}.items() if value is not None}
    return f"{request.path}?{urlencode(kept)}" if kept else request.path
