"""Reading standings: a function of what is stored, in a number of statements that doesn't grow with the rows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from contest.accounts.models import PersonDetails
from contest.contests.domain import Phase, phase
from contest.contests.models import Contest, Round, RulesVersion
from contest.contests.queries import rules_at_closing, timetable_of
from contest.errors import DomainError
from contest.i18n import local, search_key
from contest.participation.models import Participation
from contest.quiz.domain.policy import AttemptPolicy, read_policy
from contest.quiz.domain.prediction import PredictionRule, read_prediction_rule
from contest.quiz.models import Attempt, AttemptResult, AttemptState
from contest.standings.domain.attempts import Counts, Finished, Frame, by_person, counts_of, results_of, target_value
from contest.standings.domain.prizes import Awards, Prizes, award, default_prizes, read_prizes
from contest.standings.domain.ranking import Chain, Ranked, Result, default_ranking, rank, read_chain
from contest.standings.domain.units import RankedUnit, UnitResult, UnitRule, default_units, rank_units, read_unit_rule
from contest.standings.models import RoundTarget, TieDecision
from contest.units.models import Unit
from contest.units.queries import headcount_on


@dataclass(frozen=True, slots=True)
class Pending:
    """What keeps a round from being ranked: it has not closed, or some attempts are open or not marked yet."""

    is_closed: bool
    running: int
    unmarked: int

    @property
    def is_over(self) -> bool:
        """Whether nothing keeps it any more."""
        return self.is_closed and not self.running and not self.unmarked


@dataclass(frozen=True, slots=True)
class RankingRules:
    """What the rules in force at closing say about ranking a round."""

    version: RulesVersion
    policy: AttemptPolicy
    chain: Chain
    prediction: PredictionRule | None
    prizes: Prizes
    units: UnitRule

    @property
    def is_percent(self) -> bool:
        """Whether predictions are percentages, in 10⁻⁵ %."""
        return self.prediction is not None and self.prediction.is_percent


@dataclass(frozen=True, slots=True)
class GroupStandings:
    """One group: its people in order, their prizes, and how many entered, those without a place included."""

    ranked: Sequence[Ranked] = ()
    awards: Awards = field(default_factory=Awards)
    entrants: int = 0


@dataclass(frozen=True, slots=True)
class Standings:
    """A round as it stands: `target` is what predictions are held against, fixed or still following the counts.

    `unit_of` is the unit of everybody who took part, by participation, with or without a place.
    """

    rules: RankingRules
    counts: Counts
    target: int | None
    is_target_fixed: bool
    groups: Mapping[int, GroupStandings]
    units: Sequence[RankedUnit]
    unit_of: Mapping[int, int]

    def group(self, group_id: int) -> GroupStandings:
        """The group, empty when nobody of it took part."""
        return self.groups.get(group_id, GroupStandings())

    @property
    def undecided(self) -> int:
        """How many people wait for a decision about a tie at a cut-off."""
        return sum(len(group.awards.undecided) for group in self.groups.values())


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Who stands behind a participation, for the desk."""

    full_name: str
    unit_name: str


def find_rules_at_closing(session: Session, round_: Round) -> RankingRules | None:
    """The rules that rank this round: the version in force at its closing."""
    version = rules_at_closing(session, round_)
    if version is None or "attempts" not in version.sections:
        return None
    said = version.sections
    prediction = read_prediction_rule(said["prediction"]) if "prediction" in said else None
    return RankingRules(
        version=version,
        policy=read_policy(said["attempts"]),
        chain=read_chain(said.get("ranking") or default_ranking()),
        prediction=prediction if prediction and prediction.is_asked else None,
        prizes=read_prizes(said.get("prizes") or default_prizes()),
        units=read_unit_rule(said.get("units") or default_units()),
    )


def get_rules_at_closing(session: Session, round_: Round) -> RankingRules:
    """Like `find_rules_at_closing`. Raises `standings_without_rules`."""
    rules = find_rules_at_closing(session, round_)
    if rules is None:
        raise DomainError("standings_without_rules")
    return rules


def pending_matters(session: Session, round_: Round, now: datetime) -> Pending:
    """What still keeps this round from being ranked. An open attempt may save until its tolerance is over."""
    running, unmarked = session.execute(
        select(
            func.count().filter(Attempt.state == AttemptState.OPEN),
            func.count().filter(Attempt.state == AttemptState.SUBMITTED, AttemptResult.attempt_id.is_(None)),
        )
        .select_from(Attempt)
        .outerjoin(AttemptResult, AttemptResult.attempt_id == Attempt.id)
        .where(Attempt.round_id == round_.id)
    ).one()
    return Pending(phase(timetable_of(round_), now) is Phase.CLOSED, running, unmarked)


def standings_of(session: Session, round_: Round, *, with_decisions: bool = True) -> Standings:
    """The round ranked by the rules in force at its closing. Six statements, however many people took part.

    Without decisions, ties are as the attempts left them. Raises `standings_without_rules`.
    """
    rules = get_rules_at_closing(session, round_)
    people = by_person(_finished(session, round_.id))
    counts = counts_of(people, rules.policy.counted)
    fixed = session.get(RoundTarget, round_.id)
    target = fixed.value if fixed else (target_value(rules.prediction.target, counts) if rules.prediction else None)
    places = _decided_places(session, round_.id) if with_decisions else {}
    frame = Frame(rules.policy.counted, rules.chain, round_.opens_at, target, places)
    results = results_of(people, frame)
    groups = {group_id: _group(results, group_id, rules) for group_id in {result.group_id for result in results}}
    units = _units(session, round_, rules.units, results, groups)
    unit_of = {result.participation_id: result.unit_id for result in results}
    return Standings(rules, counts, target, fixed is not None, groups, units, unit_of)


def people_facts(session: Session, participation_ids: Collection[int]) -> dict[int, PersonFacts]:
    """Names and units of these participations. One statement."""
    rows = session.execute(
        select(Participation.id, PersonDetails.full_name, Unit.name)
        .join(PersonDetails, PersonDetails.person_id == Participation.person_id)
        .join(Unit, Unit.id == Participation.unit_id)
        .where(Participation.id.in_(participation_ids))
    )
    return {participation_id: PersonFacts(full_name, unit) for participation_id, full_name, unit in rows}


def participations_named(session: Session, contest_id: int, words: str) -> frozenset[int]:
    """Participations of people or units whose name holds these words, with or without tones."""
    key = search_key(words)
    found = session.scalars(
        select(Participation.id)
        .join(PersonDetails, PersonDetails.person_id == Participation.person_id)
        .join(Unit, Unit.id == Participation.unit_id)
        .where(
            Participation.contest_id == contest_id,
            or_(
                PersonDetails.search_key.contains(key, autoescape=True), Unit.search_key.contains(key, autoescape=True)
            ),
        )
    )
    return frozenset(found)


def units_by_id(session: Session, unit_ids: Collection[int]) -> dict[int, Unit]:
    """These units. One statement."""
    return {unit.id: unit for unit in session.scalars(select(Unit).where(Unit.id.in_(unit_ids)))}


def _finished(session: Session, round_id: int) -> list[Finished]:
    rows = session.execute(
        select(
            Attempt.participation_id,
            Participation.group_id,
            Participation.unit_id,
            Attempt.number,
            AttemptResult.right_count,
            AttemptResult.question_count,
            AttemptResult.points,
            AttemptResult.prediction,
            AttemptResult.duration_ms,
            Attempt.started_at,
            Attempt.submitted_at,
            Attempt.deadline_at,
        )
        .join(AttemptResult, AttemptResult.attempt_id == Attempt.id)
        .join(Participation, Participation.id == Attempt.participation_id)
        .where(Attempt.round_id == round_id, Participation.excluded_at.is_(None))
    )
    return [_finished_attempt(row) for row in rows]


def _finished_attempt(row: Any) -> Finished:
    *facts, handed_in, deadline = row
    return Finished(*[*facts, min(handed_in or deadline, deadline)])


def _decided_places(session: Session, round_id: int) -> dict[int, int]:
    rows = session.execute(
        select(TieDecision.participation_id, TieDecision.place).where(TieDecision.round_id == round_id)
    )
    return dict(rows.all())


def _group(results: Sequence[Result], group_id: int, rules: RankingRules) -> GroupStandings:
    mine = [result for result in results if result.group_id == group_id]
    ranked = rank(mine, rules.chain)
    return GroupStandings(ranked, award(ranked, rules.prizes, len(mine)), len(mine))


def _units(
    session: Session,
    round_: Round,
    rule: UnitRule,
    results: Sequence[Result],
    groups: Mapping[int, GroupStandings],
) -> list[RankedUnit]:
    """Units of those who took part; headcounts are those of the day on which the round closed."""
    unit_ids = {result.unit_id for result in results}
    zone = session.scalar(select(Contest.time_zone).where(Contest.id == round_.contest_id)) or ""
    people = headcount_on(session, unit_ids, local(round_.closes_at, zone).date())
    kinds = {unit.id: unit.kind.value for unit in units_by_id(session, unit_ids).values()}
    won = {key: tier.name for group in groups.values() for key, tier in group.awards.tiers.items()}
    members: dict[int, list[int]] = {}
    for result in results:
        members.setdefault(result.unit_id, []).append(result.participation_id)
    counted = [
        UnitResult(
            unit_id, kinds[unit_id], len(mine), people.get(unit_id), tuple(won[key] for key in mine if key in won)
        )
        for unit_id, mine in members.items()
    ]
    return rank_units(counted, rule)
