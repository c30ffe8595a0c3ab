"""Reading the standings of a round."""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from contest.contests.domain import Phase, phase
from contest.contests.models import Contest, Round, RoundKind
from contest.contests.queries import timetable_of
from contest.errors import DomainError
from contest.i18n import local
from contest.standings.domain.attempts import Counts
from contest.standings.domain.prizes import Awards, award
from contest.standings.domain.ranking import Ranked, Result, rank
from contest.standings.domain.units import RankedUnit, UnitResult, rank_units
from contest.standings.models import TieDecision
from contest.standings.queries.people import units_by_id
from contest.standings.queries.rules import RankingRules, get_rules_at_closing
from contest.standings.queries.sources import AS_STORED, SOURCES, Assumed, Brought, Pending
from contest.units.queries import headcount_on

AHEAD = "standings ranked ahead"
"""In `session.info`: the digest of a material, and what follows from it."""


@dataclass(frozen=True, slots=True)
class GroupStandings:
    """One group: its people in order, their prizes, and how many entered, those without a place included."""

    ranked: Sequence[Ranked] = ()
    awards: Awards = field(default_factory=Awards)
    entrants: int = 0


@dataclass(frozen=True, slots=True)
class Standings:
    """A round as it stands: `target` is what predictions are held against, fixed or still following the counts.

    `results` are those of everybody who took part, by participation, with or without a place.
    """

    rules: RankingRules
    counts: Counts
    target: int | None
    is_target_fixed: bool
    groups: Mapping[int, GroupStandings]
    units: Sequence[RankedUnit]
    results: Mapping[int, Result]

    def group(self, group_id: int) -> GroupStandings:
        """The group, empty when nobody of it took part."""
        return self.groups.get(group_id, GroupStandings())

    @property
    def unit_of(self) -> Mapping[int, int]:
        """The unit of everybody who took part, by participation."""
        return {participation_id: result.unit_id for participation_id, result in self.results.items()}

    @property
    def undecided(self) -> int:
        """How many people wait for a decision about a tie at a cut-off."""
        return sum(len(group.awards.undecided) for group in self.groups.values())


def pending_matters(session: Session, round_: Round, now: datetime) -> Pending:
    """What still keeps this round from being ranked."""
    is_closed = phase(timetable_of(round_), now) is Phase.CLOSED
    return SOURCES[round_.kind].pending(session, round_, is_closed)


@dataclass(frozen=True, slots=True)
class Material:
    """All that a round is ranked from, as it was read. `kinds` and `people` are those of units, by id.

    `places` are the recorded decisions about ties, by participation.
    """

    kind: RoundKind
    rules: RankingRules
    brought: Brought
    places: Mapping[int, int]
    kinds: Mapping[int, str]
    people: Mapping[int, int]

    @property
    def digest(self) -> str:
        """SHA-256 over everything: rounds with the same one are ranked the same."""
        brought = self.brought
        facts = (self.rules.version.id, brought.opens_at, brought.fixed)
        tables = (self.places, self.kinds, self.people, brought.essays)
        digest = hashlib.sha256(repr((facts, [sorted(table.items()) for table in tables])).encode())
        for row in brought.rows:
            # A row of a statement writes itself slowly, and cuts short what is long.
            digest.update(repr(tuple(row) if isinstance(row, Row) else row).encode())
        return digest.hexdigest()


def standings_of(session: Session, round_: Round, *, with_decisions: bool = True) -> Standings:
    """The round ranked by the rules in force at its closing, in a fixed number of statements.

    Without decisions, ties are as attempts or judges left them. Raises `standings_without_rules`.
    """
    material = material_of(session, round_)
    ahead: tuple[str, Standings] | None = session.info.get(AHEAD) if with_decisions else None
    if ahead and ahead[0] == material.digest:
        return replace(ahead[1], rules=material.rules)
    return ranked(material, with_decisions=with_decisions)


def rank_ahead(session: Session, round_: Round) -> None:
    """Rank before the unit of work that needs it under a lock.

    There `standings_of` of the same session only reads and compares, unless something is no longer as it was. What
    keeps the round from being ranked is told there.
    """
    with suppress(DomainError):
        material = material_of(session, round_)
        session.info[AHEAD] = material.digest, ranked(material)


def material_of(session: Session, round_: Round) -> Material:
    """What the round is ranked from; headcounts are those of the day on which it closed.

    Raises `standings_without_rules`.
    """
    rules = get_rules_at_closing(session, round_)
    places = _decided_places(session, round_.id)
    brought = SOURCES[round_.kind].brought(session, round_, rules)
    unit_ids = {row.unit_id for row in brought.rows}
    zone = session.scalar(select(Contest.time_zone).where(Contest.id == round_.contest_id)) or ""
    people = headcount_on(session, unit_ids, local(round_.closes_at, zone).date())
    kinds = {unit.id: unit.kind.value for unit in units_by_id(session, unit_ids).values()}
    return Material(round_.kind, rules, brought, places, kinds, people)


def ranked(material: Material, *, with_decisions: bool = True, assumed: Assumed = AS_STORED) -> Standings:
    """The list that follows from this material. What is `assumed` is ranked as if it were stored."""
    rules, decided = material.rules, material.places if with_decisions else {}
    places = {key: place for key, place in decided.items() if key not in assumed.undone}
    taken = SOURCES[material.kind].taken(material.brought, rules, places, assumed.marks)
    results = taken.results
    groups = {group_id: _group(results, group_id, rules) for group_id in {result.group_id for result in results}}
    units = _units(material, results, groups)
    by_person = {result.participation_id: result for result in results}
    return Standings(rules, taken.counts, taken.target, taken.is_target_fixed, groups, units, by_person)


def _decided_places(session: Session, round_id: int) -> dict[int, int]:
    rows = session.execute(
        select(TieDecision.participation_id, TieDecision.place).where(TieDecision.round_id == round_id)
    )
    return dict(rows.all())


def _group(results: Sequence[Result], group_id: int, rules: RankingRules) -> GroupStandings:
    mine = [result for result in results if result.group_id == group_id]
    in_order = rank(mine, rules.chain)
    return GroupStandings(in_order, award(in_order, rules.prizes, len(mine)), len(mine))


def _units(material: Material, results: Sequence[Result], groups: Mapping[int, GroupStandings]) -> list[RankedUnit]:
    won = {key: tier.name for group in groups.values() for key, tier in group.awards.tiers.items()}
    members: dict[int, list[int]] = {}
    for result in results:
        members.setdefault(result.unit_id, []).append(result.participation_id)
    counted = [
        UnitResult(
            unit_id,
            material.kinds[unit_id],
            len(mine),
            material.people.get(unit_id),
            tuple(won[key] for key in mine if key in won),
        )
        for unit_id, mine in members.items()
    ]
    return rank_units(counted, material.rules.units)
