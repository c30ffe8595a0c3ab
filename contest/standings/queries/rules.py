"""What the rules in force at a round's closing say about ranking it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from contest.contests.models import Round, RoundKind, RulesVersion
from contest.contests.queries import rules_at_closing
from contest.errors import DomainError
from contest.quiz.domain.prediction import PredictionRule, read_prediction_rule
from contest.standings.domain.prizes import Floor, Prizes, default_prizes, read_prizes
from contest.standings.domain.ranking import (
    ENTRY_KEYS,
    QUIZ_KEYS,
    Chain,
    default_entry_ranking,
    default_ranking,
    read_chain,
)
from contest.standings.domain.units import UnitRule, default_units, read_unit_rule

CHAINS = {RoundKind.QUIZ: ("ranking", default_ranking), RoundKind.ENTRY: ("entry_ranking", default_entry_ranking)}
"""By kind of round, the section that ranks it and its value where the rules say nothing."""

KEYS_OF = {RoundKind.QUIZ: QUIZ_KEYS, RoundKind.ENTRY: ENTRY_KEYS}
"""By kind of round, the keys that its results have."""

NEEDED = {RoundKind.QUIZ: "attempts", RoundKind.ENTRY: "panel"}
"""Without this section there is nothing to rank."""


@dataclass(frozen=True, slots=True)
class RankingRules:
    """What the rules in force at closing say about ranking a round. Entry rounds have no prediction."""

    version: RulesVersion
    chain: Chain
    prediction: PredictionRule | None
    prizes: Prizes
    units: UnitRule

    @property
    def is_percent(self) -> bool:
        """Whether predictions are percentages, in 10⁻⁵ %."""
        return self.prediction is not None and self.prediction.is_percent


def chain_of(version: RulesVersion, kind: RoundKind) -> Chain:
    """The ranking chain of rounds of this kind."""
    code, default = CHAINS[kind]
    return read_chain(version.sections.get(code) or default())


def can_be_met(floor: Floor, kinds: Iterable[str]) -> bool:
    """Whether rounds of one of these kinds have what the condition of a prize asks for."""
    return floor is Floor.NONE or any(floor in KEYS_OF[RoundKind(kind)] for kind in kinds)


def find_rules_at_closing(session: Session, round_: Round) -> RankingRules | None:
    """The rules that rank this round: the version in force at its closing."""
    version = rules_at_closing(session, round_)
    if version is None or NEEDED[round_.kind] not in version.sections:
        return None
    said = version.sections
    is_asked = round_.kind is RoundKind.QUIZ and "prediction" in said
    prediction = read_prediction_rule(said["prediction"]) if is_asked else None
    return RankingRules(
        version=version,
        chain=chain_of(version, round_.kind),
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
