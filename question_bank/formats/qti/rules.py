"""The declarations and rules of QTI 2.1 items, as they are written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from question_bank.formats.qti.scoring import MAX_SCORE, SCORE
from question_bank.formats.qti.xml import Child, Node, node
from question_bank.kinds import kind_of
from question_bank.kinds.statements import FULL, steps_of
from question_bank.numerals import decimal_text
from question_bank.question import FULL_POINTS, Question

RESPONSE = "RESPONSE"
_TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"
_PRECISION = 10**9
"""Of parts of points that have no end, as a third."""


@dataclass(slots=True)
class Answers:
    """What stands in an item for the answers: `gaps` in the text, `interaction` after it."""

    responses: list[Node] = field(default_factory=list)
    interaction: list[Child] = field(default_factory=list)
    gaps: dict[int, Node] = field(default_factory=dict)
    processing: Node | None = None
    table: Node | None = None


def outcomes_of(question: Question, answers: Answers) -> list[Node]:
    """Return the declarations of the score and of the most that it can be."""
    points = points_of(question)
    score = node(
        "outcomeDeclaration",
        _default("0"),
        identifier=SCORE,
        cardinality="single",
        baseType="float",
        normalMaximum=points,
        normalMinimum="0",
    )
    score.children += [answers.table] if answers.table else []
    most = node("outcomeDeclaration", _default(points), identifier=MAX_SCORE, cardinality="single", baseType="float")
    return [score, most]


def _default(number: str) -> Node:
    return node("defaultValue", node("value", number))


def table_of(question: Question) -> Node:
    """Return what each number of right parts earns."""
    steps = steps_of(str(kind_of("statements").setting(question, "table")))
    earned = [decimal(Fraction(step * question.points, FULL * FULL_POINTS)) for step in steps]
    entries = [
        node("matchTableEntry", sourceValue=str(count), targetValue=points)
        for count, points in enumerate(earned, start=1)
    ]
    return node("matchTable", *entries, defaultValue="0")


def by_places(count: int, part: Fraction) -> Node:
    """Add a part for each place that holds what belongs there."""
    rules = []
    for place in map(str, range(1, count + 1)):
        given = node("index", node("variable", identifier=RESPONSE), n=place)
        wanted = node("index", node("correct", identifier=RESPONSE), n=place)
        more = node("sum", node("variable", identifier=SCORE), value(decimal(part)))
        rules.append(condition(node("match", given, wanted), more))
    return node("responseProcessing", *rules)


def response_to(cardinality: str, base_type: str, correct: Sequence[str], name: str = RESPONSE) -> Node:
    """Return the declaration of a response and of what is right."""
    right = [node("correctResponse", *(node("value", each) for each in correct))] if correct else []
    return node("responseDeclaration", *right, identifier=name, cardinality=cardinality, baseType=base_type)


def mapping(weights: dict[str, Fraction], each: dict[str, str] | None = None, **bounds: str) -> Node:
    """Return what single values earn, in points."""
    entries = [
        node("mapEntry", mapKey=key, mappedValue=decimal(weight), **(each or {})) for key, weight in weights.items()
    ]
    return node("mapping", *entries, **bounds, defaultValue="0")


def matched(question: Question) -> Node:
    """All the points for the one right response; the template of this rule always gives one point."""
    if question.points == FULL_POINTS:
        return node("responseProcessing", template=f"{_TEMPLATES}match_correct")
    compared = node("match", node("variable", identifier=RESPONSE), node("correct", identifier=RESPONSE))
    return node("responseProcessing", condition(compared, value(points_of(question))))


def mapped() -> Node:
    """Return the rule by which the weights of what was given are added."""
    return node("responseProcessing", template=f"{_TEMPLATES}map_response")


def condition(test: Node, number: Node) -> Node:
    """Return a rule: what the score becomes where a test holds."""
    return node("responseCondition", node("responseIf", test, set_score(number)))


def set_score(number: Node) -> Node:
    """Return what sets the score."""
    return node("setOutcomeValue", number, identifier=SCORE)


def value(number: str) -> Node:
    """Return a number inside a rule."""
    return node("baseValue", number, baseType="float")


def points_of(question: Question) -> str:
    """Return the points of a question, as XML writes them."""
    return decimal(Fraction(question.points, FULL_POINTS))


def decimal(number: Fraction) -> str:
    """Return a number as XML writes it."""
    return decimal_text(Fraction(round(number * _PRECISION), _PRECISION), ".")


def truth(is_so: bool) -> str:
    """Return true or false as XML writes them."""
    return str(is_so).lower()
