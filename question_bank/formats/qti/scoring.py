"""How a QTI item is scored: what it declares to be right, and which of the usual rules it follows.

The rules of QTI are a small programming language. Two of them have names (`match_correct`, `map_response`); the others
are told by what they are made of, and only where nothing else stands in them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from question_bank.formats.qti.xml import Node
from question_bank.question import FULL_POINTS

Sort = Literal["match", "map", "equal", "places", "table", "unknown"]

SCORE = "SCORE"
MAX_SCORE = "MAXSCORE"

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})(?:[eE][+-]?[0-9]{1,2})?")
_TEMPLATE = re.compile(r"(match_correct|map_response|match|map)(?:\.xml)?$", re.IGNORECASE)
_PLAIN = frozenset(
    {"responseCondition", "responseIf", "responseElse", "setOutcomeValue", "baseValue", "variable", "correct"}
)
_GUARDS = frozenset({"isNull", "not", "and", "sum", "gt"})
_SORTS: tuple[tuple[Sort, frozenset[str], frozenset[str]], ...] = (
    ("table", frozenset({"lookupOutcomeValue", "mapResponse"}), frozenset({"round"})),
    ("places", frozenset({"index", "match"}), frozenset()),
    ("map", frozenset({"mapResponse"}), frozenset()),
    ("equal", frozenset({"equal"}), frozenset()),
    ("match", frozenset({"match"}), frozenset()),
    ("match", frozenset({"stringMatch"}), frozenset()),
)
"""Each rule with the elements that it has, and others that it may have."""


@dataclass(slots=True)
class Response:
    """A response as an item declares it; `weights` are what single values earn, in points."""

    identifier: str
    cardinality: str = "single"
    base_type: str = "identifier"
    correct: list[str] = field(default_factory=list)
    weights: dict[str, Fraction] = field(default_factory=dict)
    default: Fraction = Fraction(0)
    lowest: Fraction | None = None
    is_case_sensitive: bool = False

    def weight(self, value: str) -> Fraction:
        """Return what a value earns by the mapping."""
        return self.weights.get(value, self.default)


@dataclass(slots=True)
class Rule:
    """How responses become a score. `points` are what all right earns, where the item says it."""

    sort: Sort
    points: Fraction | None = None
    is_each: bool = True
    """Whether parts are added up; else all of them must be right."""

    mode: str = "exact"
    tolerance: tuple[Fraction, Fraction] = (Fraction(0), Fraction(0))
    steps: tuple[Fraction, ...] = ()
    named: tuple[str, ...] = ()
    """Values that the rule itself compares with."""

    is_case_sensitive: bool = False


def number_in(text: str) -> Fraction | None:
    """Return a number as XML writes it; None for what is none or far too long."""
    return Fraction(text.strip()) if _NUMBER.fullmatch(text.strip()) else None


def responses_of(item: Node) -> dict[str, Response]:
    """Return what an item declares of its responses, by their identifiers."""
    return {found.identifier: found for found in map(_response, item.nodes("responseDeclaration"))}


def rule_of(item: Node) -> Rule:
    """Return by which rule an item is scored."""
    processing = item.first("responseProcessing") or Node("")
    rule = _template(processing) or _built(processing, item)
    rule.points = _declared_points(item) or rule.points
    return rule


def _response(declared: Node) -> Response:
    correct = declared.first("correctResponse") or Node("")
    mapping = declared.first("mapping") or Node("")
    entries = mapping.nodes("mapEntry")
    return Response(
        declared.get("identifier"),
        declared.get("cardinality", "single"),
        declared.get("baseType", "identifier"),
        [each.text() for each in correct.nodes("value")],
        {" ".join(each.get("mapKey").split()): number_in(each.get("mappedValue")) or Fraction(0) for each in entries},
        number_in(mapping.get("defaultValue")) or Fraction(0),
        number_in(mapping.get("lowerBound")),
        any(each.get("caseSensitive", "true") == "true" for each in entries),
    )


def _declared_points(item: Node) -> Fraction | None:
    outcomes = {each.get("identifier"): each for each in item.nodes("outcomeDeclaration")}
    most, score = outcomes.get(MAX_SCORE, Node("")), outcomes.get(SCORE, Node(""))
    value = next(iter(most.inside("value")), Node(""))
    return number_in(value.text()) or number_in(score.get("normalMaximum")) or None


def _template(processing: Node) -> Rule | None:
    address = processing.get("template") or processing.get("templateLocation")
    found = _TEMPLATE.search(address)
    if found is None:
        return Rule("unknown") if address else None
    return Rule("map" if found[1].lower().startswith("map") else "match")


def _built(processing: Node, item: Node) -> Rule:
    names = {found.name for found in processing.inside()}
    for sort, needed, allowed in _SORTS:
        if needed <= names <= needed | allowed | _PLAIN | _GUARDS and _is_usual(processing):
            return _filled(Rule(sort), processing, item)
    return _filled(Rule("unknown"), processing, item)


def _is_usual(processing: Node) -> bool:
    """A rule is turned round by points for all else, and by `not`, unless that asks whether there is an answer."""
    others = (found for other in processing.inside("responseElse") for found in other.nodes("setOutcomeValue"))
    earned = [number_in(value.text()) for found in others for value in found.nodes("baseValue")]
    has_turned = any(number is not None and number > 0 for number in earned)
    return not has_turned and all(
        [child.name for child in found.nodes()] == ["isNull"] for found in processing.inside("not")
    )


def _filled(rule: Rule, processing: Node, item: Node) -> Rule:
    points = [number for number in map(number_in, _set_values(processing)) if number is not None]
    rule.points = max(points, default=None)
    for found in processing.inside("equal"):
        rule.mode = found.get("toleranceMode", "exact")
        sizes = [number_in(size) or Fraction(0) for size in found.get("tolerance", "0").split()[:2]]
        rule.tolerance = (sizes[0], sizes[-1]) if sizes and rule.mode != "exact" else (Fraction(0), Fraction(0))
    compared = [found for name in ("match", "stringMatch") for found in processing.inside(name)]
    rule.named = tuple(value.text() for found in compared for value in found.nodes("baseValue"))
    rule.is_case_sensitive = any(found.get("caseSensitive", "true") == "true" for found in compared)
    rule.is_each = not any(True for _ in processing.inside("and"))
    if rule.sort == "table":
        rule.steps = _steps(item)
    return rule


def _set_values(processing: Node) -> Iterator[str]:
    for found in processing.inside("setOutcomeValue"):
        if found.get("identifier") == SCORE:
            yield from (value.text() for value in found.inside("baseValue"))


def _steps(item: Node) -> tuple[Fraction, ...]:
    entries = [entry for outcome in item.nodes("outcomeDeclaration") for entry in outcome.inside("matchTableEntry")]
    by_count = {each.get("sourceValue"): number_in(each.get("targetValue")) or Fraction(0) for each in entries}
    return tuple(by_count.get(str(count), Fraction(0)) for count in range(1, len(by_count) + 1))


def thousandths(points: Fraction) -> int:
    """Return points of the one kind as points of the other: 1/1000, rounded."""
    return round(points * FULL_POINTS)
