"""Reading standings: a function of what is stored, in a number of statements that doesn't grow with the rows."""

from contest.standings.queries.people import PersonFacts, participations_named, people_facts, units_by_id
from contest.standings.queries.rules import (
    RankingRules,
    can_be_met,
    chain_of,
    find_rules_at_closing,
    get_rules_at_closing,
)
from contest.standings.queries.sources import Assumed, Marked, Pending
from contest.standings.queries.standings import (
    GroupStandings,
    Material,
    Standings,
    material_of,
    pending_matters,
    rank_ahead,
    ranked,
    standings_of,
)

__all__ = [
    "Assumed",
    "GroupStandings",
    "Marked",
    "Material",
    "Pending",
    "PersonFacts",
    "RankingRules",
    "Standings",
    "can_be_met",
    "chain_of",
    "find_rules_at_closing",
    "get_rules_at_closing",
    "material_of",
    "participations_named",
    "pending_matters",
    "people_facts",
    "rank_ahead",
    "ranked",
    "standings_of",
    "units_by_id",
]
