"""Kinds of acts that two people decide. The feature that owns a kind says what it shows and carries it out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contest.errors import NotFound


@dataclass(frozen=True, slots=True)
class ActKind:
    """One kind of act.

    `deciders` are the seats that may decide. `content(session, proposal)` is what stands now (its digest has to be
    what was proposed), `lines(content)` shows it as pairs of term and value, perhaps with a remark,
    `carry_out(session, actor, now, proposal)` does it after the yes. `put_back(session, actor, now, proposal)`, if
    given, frees what waited after a no or a withdrawal. `author(session, proposal)`, if given, is the person who wrote
    what somebody else may have proposed: no more a second person than the proposer. `ahead(session, proposal)`, if
    given, is what takes long, done before the unit of work of a yes and so without its locks; `content` tells whether
    it still holds.
    """

    code: str
    title: Any
    deciders: frozenset[str]
    content: Callable[[Any, Any], Mapping[str, Any]]
    lines: Callable[[Mapping[str, Any]], Sequence[tuple[str, ...]]]
    carry_out: Callable[..., None]
    put_back: Callable[..., None] | None = None
    author: Callable[[Any, Any], int] | None = None
    ahead: Callable[[Any, Any], None] | None = None


_kinds: dict[str, ActKind] = {}


def register_kind(kind: ActKind) -> None:
    """Add a kind, or replace the one with its code."""
    _kinds[kind.code] = kind


def kind_of(code: str) -> ActKind:
    """The kind with this code. Raises `NotFound`."""
    if code not in _kinds:
        raise NotFound
    return _kinds[code]
