"""The sections of the rules that standings execute: ranking, prizes and units."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext, lazy_gettext, ngettext
from sqlalchemy.orm import Session

from contest.contests.domain import Lack, RuleLine
from contest.contests.models import Round, RoundKind
from contest.contests.queries import rules_in_force
from contest.errors import DomainError
from contest.i18n import nfc
from contest.judging.domain.panel import POINT
from contest.quiz.domain.prediction import read_prediction_rule
from contest.quiz.services.sets import most_judged
from contest.standings import labels
from contest.standings.domain.prizes import Floor, default_prizes, read_prizes
from contest.standings.domain.ranking import (
    DEVIATION,
    KEYS,
    Gate,
    default_entry_ranking,
    default_ranking,
    read_chain,
)
from contest.standings.domain.units import Formula, default_units, read_unit_rule
from contest.standings.forms import BLANK_ROWS, EntryRankingForm, PrizesForm, RankingForm, UnitsForm
from contest.standings.queries import can_be_met, chain_of

QUIZ, ENTRY = frozenset({RoundKind.QUIZ.value}), frozenset({RoundKind.ENTRY.value})
COUNTED = (Floor.RIGHT_COUNT, Floor.JUDGED_SCORE)


class RankingSection:
    """Who stands before whom in quiz rounds."""

    code = "ranking"
    kinds = QUIZ
    position = 40
    title = lazy_gettext("Ranking")
    template = "standings/sections/ranking.html"
    form_class: type[RankingForm | EntryRankingForm] = RankingForm

    def default(self) -> dict[str, Any]:
        """Right answers, time, moment of handing in."""
        return default_ranking()

    def problems(self, value: Mapping[str, Any]) -> list[DomainError]:
        """No key, or one twice."""
        codes = [step["key"] for step in value["steps"]]
        if not codes:
            return [DomainError("chain_empty")]
        return [
            DomainError("chain_key_twice", row=row)
            for row, code in enumerate(codes, start=1)
            if code in codes[: row - 1]
        ]

    def lines(self, value: Mapping[str, Any]) -> list[RuleLine]:
        """The chain as a numbered list."""
        chain = read_chain(value)
        steps = tuple(labels.step_words(step) for step in chain.steps)
        tie = gettext("Those who are equal on all of this share a place.")
        return [RuleLine("sort-descending-numbers", str(self.title), str(labels.GATES[chain.gate]), tie, steps)]

    def form(self, value: Mapping[str, Any] | None) -> RankingForm | EntryRankingForm:
        """The form of this section, with a few blank lines at the end."""
        if value is None:
            return self.form_class()
        return self.form_class(data={**value, "steps": value["steps"] + [{}] * BLANK_ROWS})

    def value(self, form: RankingForm | EntryRankingForm) -> dict[str, Any]:
        """The lines that have a key; without an order the key's usual one."""
        steps = [
            {"key": row["key"], "direction": row["direction"] or KEYS[row["key"]].direction.value}
            for row in form.steps.data
            if row["key"]
        ]
        return {"gate": form.data.get("gate", Gate.NONE.value), "steps": steps}


class EntryRankingSection(RankingSection):
    """Who stands before whom in entry rounds."""

    code = "entry_ranking"
    kinds = ENTRY
    position = 45
    title = lazy_gettext("Ranking of entries")
    form_class = EntryRankingForm

    def default(self) -> dict[str, Any]:
        """The judges' score."""
        return default_entry_ranking()


class PrizesSection:
    """What can be won in each group."""

    code = "prizes"
    kinds = QUIZ | ENTRY
    position = 50
    title = lazy_gettext("Prizes")
    template = "standings/sections/prizes.html"

    def default(self) -> dict[str, Any]:
        """None."""
        return default_prizes()

    def problems(self, value: Mapping[str, Any]) -> list[DomainError]:
        """Half-filled lines, names used twice, a condition without its number."""
        names = [tier["name"].casefold() for tier in value["tiers"]]
        problems = []
        for row, tier in enumerate(value["tiers"], start=1):
            if not tier["name"] or not tier["count"]:
                problems.append(DomainError("prize_incomplete", row=row))
            elif names[row - 1] in names[: row - 1]:
                problems.append(DomainError("prize_twice", row=row))
            elif tier["floor"] in COUNTED and not tier["minimum"]:
                problems.append(DomainError("prize_minimum", row=row))
        return problems

    def lines(self, value: Mapping[str, Any]) -> list[RuleLine]:
        """The prizes as a list, and what a tie and the cap do."""
        prizes = read_prizes(value)
        if not prizes.tiers:
            return []
        total = ngettext(
            "%(num)d prize in each group", "%(num)d prizes in each group", sum(tier.count for tier in prizes.tiers)
        )
        conditions = [str(labels.TIES[prizes.ties])]
        if prizes.cap_percent is not None:
            conditions.append(
                gettext("At most %(share)s %% of those who took part get a prize.", share=prizes.cap_percent)
            )
        tiers = tuple(labels.tier_words(tier) for tier in prizes.tiers)
        return [RuleLine("trophy", gettext("Prizes"), total, " ".join(conditions), tiers)]

    def form(self, value: Mapping[str, Any] | None) -> PrizesForm:
        """The form of this section, with a few blank lines at the end."""
        if value is None:
            return PrizesForm()
        tiers = [{**tier, "minimum": (tier["minimum"] or 0) * _unit(tier["floor"])} for tier in value["tiers"]]
        return PrizesForm(data={**value, "tiers": tiers + [{}] * BLANK_ROWS})

    def value(self, form: PrizesForm) -> dict[str, Any]:
        """The lines in which anything is written."""
        tiers = [
            {
                "name": nfc(row["name"] or ""),
                "count": row["count"],
                "worth": nfc(row["worth"] or ""),
                "floor": row["floor"],
                "minimum": (row["minimum"] or 0) // _unit(row["floor"]),
            }
            for row in form.tiers.data
            if nfc(row["name"] or "") or row["count"]
        ]
        return {"tiers": tiers, "ties": form.ties.data, "cap_percent": form.cap_percent.data}


class UnitsSection:
    """How units are ranked."""

    code = "units"
    kinds = QUIZ | ENTRY
    position = 60
    title = lazy_gettext("Units")
    template = "standings/sections/units.html"

    def default(self) -> dict[str, Any]:
        """They are not."""
        return default_units()

    def problems(self, value: Mapping[str, Any]) -> list[DomainError]:
        """Half-filled lines, or a formula with points that has none."""
        problems = [
            DomainError("points_incomplete", row=row)
            for row, each in enumerate(value["points"], start=1)
            if not each["tier"] or each["points"] is None
        ]
        if value["formula"] == Formula.RATE_AND_PRIZES and not value["points"]:
            problems.append(DomainError("points_missing"))
        return problems

    def lines(self, value: Mapping[str, Any]) -> list[RuleLine]:
        """The formula, and how a rate is counted."""
        rule = read_unit_rule(value)
        if rule.formula is Formula.NONE:
            return []
        condition = gettext("Units are ranked among units of their kind.")
        if rule.formula is not Formula.PARTICIPANTS:
            share = gettext("The share is counted with the unit's headcount on the day the round closes.")
            condition = f"{condition} {share}"
        points = rule.points if rule.formula is Formula.RATE_AND_PRIZES else {}
        items = tuple(labels.prize_points_words(tier, number) for tier, number in points.items())
        title = gettext("Ranking of units")
        return [RuleLine("building-community", title, str(labels.FORMULAS[rule.formula]), condition, items)]

    def form(self, value: Mapping[str, Any] | None) -> UnitsForm:
        """The form of this section, with a few blank lines at the end."""
        if value is None:
            return UnitsForm()
        return UnitsForm(data={**value, "points": value["points"] + [{}] * BLANK_ROWS})

    def value(self, form: UnitsForm) -> dict[str, Any]:
        """The formula and the lines in which anything is written."""
        points = [
            {"tier": nfc(row["tier"] or ""), "points": row["points"]}
            for row in form.points.data
            if nfc(row["tier"] or "") or row["points"] is not None
        ]
        return {"formula": form.formula.data, "points": points}


def _unit(floor: str) -> int:
    """What one of a condition's minimum is in the form, which counts everything in thousandths."""
    return 1 if floor == Floor.JUDGED_SCORE else POINT


def opening_lacks(session: Session, round_: Round) -> list[Lack]:
    """Rules that ask for what a round does not have (a prediction, a prize's condition), or ignore its essays."""
    rules = rules_in_force(session, round_.contest_id)
    if rules is None:
        return []
    prizes = read_prizes(rules.sections.get("prizes") or default_prizes())
    asked = "prediction" in rules.sections and read_prediction_rule(rules.sections["prediction"]).is_asked
    keys = {step.key for step in chain_of(rules, round_.kind).steps}
    lacks = []
    if DEVIATION in keys and not asked:
        sentence = gettext("The rules rank by the distance of a prediction, but ask for none.")
        lacks.append(Lack("prediction_not_asked", sentence, fix_endpoint="rules.index"))
    if "points" not in keys and round_.kind is RoundKind.QUIZ and most_judged(session, round_):
        sentence = gettext("The bank has essay questions, but the rules do not rank by points: essays would not count.")
        lacks.append(Lack("essays_not_ranked", sentence, fix_endpoint="rules.index"))
    if not all(can_be_met(tier.floor, {round_.kind}) for tier in prizes.tiers):
        sentence = gettext("A prize asks for something that this kind of round does not have: nobody will get it here.")
        lacks.append(Lack("prize_out_of_reach", sentence, blocks=False, fix_endpoint="rules.index"))
    return lacks


SECTIONS = (RankingSection(), EntryRankingSection(), PrizesSection(), UnitsSection())
