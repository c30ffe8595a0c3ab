"""What the features above bring to a contest: sections of the rules, opening checks, figures, actions of rounds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy.orm import Session

from contest.actors import Actor, Visitor
from contest.contests.domain import Lack, RuleSection
from contest.contests.models import Contest, Role, Round, RoundKind, RulesVersion


@dataclass(frozen=True, slots=True)
class Stat:
    """A figure of the overview: `value` as shown, what it counts, a remark, a page about it."""

    value: str
    label: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class RoundAction:
    """The way into a round for one visitor. Without a `url` there is nothing to press and `note` says why."""

    label: str
    url: str = ""
    method: str = "get"
    note: str = ""


OpeningCheck = Callable[[Session, Round], list[Lack]]
Figures = Callable[[Session, Contest, datetime], list[Stat]]
Panel = Callable[[Session, Contest, datetime], Markup]
ActionOfRound = Callable[[Session, Round, Visitor | None, datetime], RoundAction]
SeatObstacle = Callable[[Session, int, int, Role], None]
CancelEffect = Callable[[Session, list[int]], list[str]]
ResultLinks = Callable[[Session, list[int]], Mapping[int, str]]
PlaceLink = Callable[[Session, str, Round, int], str | None]
Notices = Callable[[Session, int], list[Any]]
OwnNews = Callable[[Session, int], Markup]
ReleaseEffect = Callable[[Session, Actor, datetime, Round], None]
RulesEffect = Callable[[Session, Actor, datetime, RulesVersion], None]

_sections: dict[str, RuleSection] = {}
opening_checks: list[OpeningCheck] = []
overview_figures: list[Figures] = []
overview_panels: list[Panel] = []
"""Each gives markup that the overview shows below the figures, or nothing."""
round_actions: dict[RoundKind, ActionOfRound] = {}
home_notices: list[Notices] = []
"""Each gives the latest announcements: rows with `title`, `published_at` and `url`."""
own_news: list[OwnNews] = []
"""Each gives markup with what a person (by id) was told and has not seen yet, or nothing."""
release_effects: list[ReleaseEffect] = []
"""Each does, within the unit of work that releases a round, what has to be fixed before it opens; it may refuse."""
rules_effects: list[RulesEffect] = []
"""Each does, within the same unit of work, what follows from rules that replace others; it may refuse."""
result_links: list[ResultLinks] = []
"""Each gives the address of the published result of those of these rounds that have one."""
place_links: list[PlaceLink] = []
"""Each gives the address where a person (by id) reads their place in a published round of the contest (by slug)."""
seat_obstacles: list[SeatObstacle] = []
"""Each takes the ids of contest and person and the role, and raises a `DomainError` when that person can't have it."""
cancel_effects: list[CancelEffect] = []
"""Each says, in sentences with numbers, what calling these rounds off does to people."""


def register_section(section: RuleSection) -> None:
    """Add a section of the rules, or replace the one with its code."""
    _sections[section.code] = section


def rule_sections(kinds: frozenset[str] | None = None) -> list[RuleSection]:
    """The sections in order; with `kinds`, those that concern one of these kinds of round."""
    chosen = (each for each in _sections.values() if kinds is None or each.kinds & kinds)
    return sorted(chosen, key=lambda each: each.position)


def find_place_link(session: Session, slug: str, round_: Round, person_id: int) -> str | None:
    """Where this person reads their place in the round; None while it is not published or they have none."""
    links = (link(session, slug, round_, person_id) for link in place_links)
    return next((link for link in links if link), None)


def news_of(session: Session, person_id: int) -> Markup:
    """What this person was told and has not seen yet, for their own pages."""
    return Markup("").join(news(session, person_id) for news in own_news)


def register_opening_check(check: OpeningCheck) -> None:
    """Add a check of what a round needs before it opens; composing twice adds it once."""
    if check not in opening_checks:
        opening_checks.append(check)
