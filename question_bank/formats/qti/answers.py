"""What a question is answered with, as the interactions, declarations and rules of a QTI 2.1 item."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from question_bank.formats.qti.body import FindPacked, line_of
from question_bank.formats.qti.item import GAP
from question_bank.formats.qti.rules import (
    RESPONSE,
    Answers,
    by_places,
    condition,
    mapped,
    mapping,
    matched,
    points_of,
    response_to,
    set_score,
    table_of,
    truth,
    value,
)
from question_bank.formats.qti.scoring import SCORE
from question_bank.formats.qti.xml import Child, Node, node
from question_bank.kinds import kind_of
from question_bank.kinds.gap_fill import Gap, gaps_of
from question_bank.kinds.multiple_choice import ALL, PENALTY
from question_bank.kinds.options import LETTERS
from question_bank.kinds.parts import PARTS
from question_bank.kinds.statements import TABLE
from question_bank.numerals import decimal_text, numbers_in
from question_bank.question import FULL_POINTS, Question
from question_bank.words import FALSE, TRUE

_TRUTHS = (("true", TRUE.vi), ("false", FALSE.vi))


def answers_of(question: Question, find: FindPacked) -> Answers:
    """Return how a question is answered. Raises KeyError for a kind that QTI doesn't have."""
    return WRITERS[question.kind](question, find)


def _single(question: Question, find: FindPacked) -> Answers:
    return Answers(
        [response_to("single", "identifier", [_names(question)[str(question.key)]])],
        [_choices(question, find, "1")],
        processing=matched(question),
    )


def _true_false(question: Question, find: FindPacked) -> Answers:  # noqa: ARG001
    choices = [node("simpleChoice", text, identifier=name) for name, text in _TRUTHS]
    shown = node("choiceInteraction", *choices, responseIdentifier=RESPONSE, shuffle="false", maxChoices="1")
    return Answers(
        [response_to("single", "identifier", [_TRUTHS[not question.key][0]])], [shown], processing=matched(question)
    )


def _multiple(question: Question, find: FindPacked) -> Answers:
    key = question.key if isinstance(question.key, tuple) else ()
    name_of = _names(question)
    names = [name_of[str(id_)] for id_ in key]
    scoring = kind_of("multiple").setting(question, "scoring")
    response = response_to("multiple", "identifier", names)
    if scoring == ALL:
        return Answers([response], [_choices(question, find, "0")], processing=matched(question))
    part = Fraction(question.points, FULL_POINTS * max(len(names), 1))
    weights = dict.fromkeys(names, part)
    if scoring == PENALTY:
        weights = {name: part if id_ in key else -part for id_, name in name_of.items()}
    response.children.append(mapping(weights, lowerBound="0"))
    # Without a penalty nobody may choose everything; with one, that earns nothing.
    most = "0" if scoring == PENALTY else str(len(names))
    return Answers([response], [_choices(question, find, most)], processing=mapped())


def _statements(question: Question, find: FindPacked) -> Answers:
    key = question.key if isinstance(question.key, tuple) else ()
    pairs = [f"L{number} {_TRUTHS[not truth][0]}" for number, truth in enumerate(key, start=1)]
    right = [
        node("simpleAssociableChoice", text, identifier=name, fixed="true", matchMax="0") for name, text in _TRUTHS
    ]
    texts = [option.text for option in question.options]
    shown = _pairs(texts, right, find, shuffle=not question.lock_order, is_fixed=False)
    return _paired(question, pairs, shown)


def _matching(question: Question, find: FindPacked) -> Answers:
    key = question.key if isinstance(question.key, tuple) else ()
    names = _names(question)
    pairs = [f"L{number} {names[str(id_)]}" for number, id_ in enumerate(key, start=1)]
    right = [
        node("simpleAssociableChoice", *line_of(option.text, find), identifier=names[option.id], matchMax="0")
        for option in question.options
    ]
    return _paired(question, pairs, _pairs(question.items, right, find, shuffle=True, is_fixed=True))


def _pairs(left: Sequence[str], right: list[Node], find: FindPacked, *, shuffle: bool, is_fixed: bool) -> Node:
    lines = [
        node(
            "simpleAssociableChoice",
            *line_of(text, find),
            identifier=f"L{number}",
            **({"fixed": "true"} if is_fixed else {}),
            matchMax="1",
        )
        for number, text in enumerate(left, start=1)
    ]
    return node(
        "matchInteraction",
        node("simpleMatchSet", *lines),
        node("simpleMatchSet", *right),
        responseIdentifier=RESPONSE,
        shuffle=truth(shuffle),
        maxAssociations=str(len(lines)),
    )


def _paired(question: Question, pairs: list[str], shown: Node) -> Answers:
    """Pairs are right together, each by itself, or by a table of how many are."""
    response = response_to("multiple", "directedPair", pairs)
    scoring = kind_of(question.kind).setting(question, "scoring")
    if scoring == ALL:
        return Answers([response], [shown], processing=matched(question))
    if scoring == TABLE:
        response.children.append(mapping(dict.fromkeys(pairs, Fraction(1))))
        counted = node("round", node("mapResponse", identifier=RESPONSE))
        rule = node("responseProcessing", node("lookupOutcomeValue", counted, identifier=SCORE))
        return Answers([response], [shown], processing=rule, table=table_of(question))
    part = Fraction(question.points, FULL_POINTS * max(len(pairs), 1))
    response.children.append(mapping(dict.fromkeys(pairs, part)))
    return Answers([response], [shown], processing=mapped())


def _ordering(question: Question, find: FindPacked) -> Answers:
    names = _names(question)
    key = [names[str(id_)] for id_ in question.key] if isinstance(question.key, tuple) else []
    choices = [node("simpleChoice", *line_of(o.text, find), identifier=names[o.id]) for o in question.options]
    shown = node("orderInteraction", *choices, responseIdentifier=RESPONSE, shuffle="true")
    is_each = kind_of("ordering").setting(question, "scoring") == PARTS
    part = Fraction(question.points, FULL_POINTS * max(len(key), 1))
    return Answers(
        [response_to("ordered", "identifier", key)],
        [shown],
        processing=by_places(len(key), part) if is_each else matched(question),
    )


def _short_text(question: Question, find: FindPacked) -> Answers:  # noqa: ARG001
    accepted = [str(text) for text in question.key] if isinstance(question.key, tuple) else []
    points = Fraction(question.points, FULL_POINTS)
    response = response_to("single", "string", accepted[:1])
    response.children.append(_typed(accepted, points, question))
    field_ = node("textEntryInteraction", responseIdentifier=RESPONSE)
    return Answers([response], [node("p", field_)], processing=mapped())


def _typed(accepted: Sequence[str], weight: Fraction, question: Question) -> Node:
    case = truth(bool(kind_of(question.kind).setting(question, "case")))
    return mapping({" ".join(text.split()): weight for text in accepted}, {"caseSensitive": case})


def _number(question: Question, find: FindPacked) -> Answers:  # noqa: ARG001
    kind = kind_of("number")
    written = str(kind.setting(question, "tolerance")).strip()
    number = decimal_text(_fraction(str(question.key)), ".")
    size = decimal_text(_fraction(written.rstrip("% ") or "0"), ".")
    mode = "exact" if size == "0" else "relative" if written.endswith("%") else "absolute"
    compared = node(
        "equal",
        node("variable", identifier=RESPONSE),
        node("correct", identifier=RESPONSE),
        toleranceMode=mode,
        **({} if mode == "exact" else {"tolerance": f"{size} {size}"}),
    )
    unit = str(kind.setting(question, "unit"))
    field_ = node("p", node("textEntryInteraction", responseIdentifier=RESPONSE), *([f" {unit}"] if unit else []))
    rule = node("responseProcessing", condition(compared, value(points_of(question))))
    return Answers([response_to("single", "float", [number])], [field_], processing=rule)


def _fraction(text: str) -> Fraction:
    # What its author typed is read with the comma for decimals.
    return next(iter(numbers_in(text)), Fraction(0))


def _gap_fill(question: Question, find: FindPacked) -> Answers:  # noqa: ARG001
    gaps = gaps_of(question)
    answers = Answers()
    part = Fraction(question.points, FULL_POINTS * max(len(gaps), 1))
    for number, gap in enumerate(gaps, start=1):
        response, shown = _gap(f"{GAP}{number}", gap, part, question)
        answers.responses.append(response)
        answers.gaps[number] = shown
    names = [f"{GAP}{number}" for number in answers.gaps]
    earned = [node("mapResponse", identifier=name) for name in names]
    if kind_of("gap_fill").setting(question, "scoring") == PARTS:
        rule: Node = set_score(node("sum", *earned))
    else:
        right = [node("gt", each, value("0")) for each in earned]
        rule = condition(node("and", *right), value(points_of(question)))
    answers.processing = node("responseProcessing", rule)
    return answers


def _gap(name: str, gap: Gap, part: Fraction, question: Question) -> tuple[Node, Node]:
    if not gap.wrong:
        response = response_to("single", "string", list(gap.accepted[:1]), name)
        response.children.append(_typed(gap.accepted, part, question))
        return response, node("textEntryInteraction", responseIdentifier=name)
    # The list stands in the order of the alphabet, the mapping in that of the question.
    texts = (*gap.accepted, *gap.wrong)
    order = sorted(range(len(texts)), key=lambda place: (texts[place].casefold(), texts[place]))
    names = {place: f"{name}_{number}" for number, place in enumerate(order, start=1)}
    choices = [node("inlineChoice", texts[place], identifier=names[place]) for place in order]
    response = response_to("single", "identifier", [names[0]], name)
    count = len(gap.accepted)
    response.children.append(mapping({names[i]: part if i < count else Fraction(0) for i in range(len(texts))}))
    return response, node("inlineChoiceInteraction", *choices, responseIdentifier=name, shuffle="false")


def _essay(question: Question, find: FindPacked) -> Answers:  # noqa: ARG001
    guide = str(kind_of("essay").setting(question, "guide"))
    lines = [node("p", *([line] if line else [])) for line in guide.split("\n")]
    shown: list[Child] = [node("extendedTextInteraction", responseIdentifier=RESPONSE)]
    shown += [node("rubricBlock", *lines, view="scorer")] if guide else []
    return Answers([response_to("single", "string", [])], shown)


def _names(question: Question) -> dict[str, str]:
    """Return the identifier of each option: its letter in the question."""
    return {option.id: LETTERS[place].upper() for place, option in enumerate(question.options)}


def _choices(question: Question, find: FindPacked, most: str) -> Node:
    texts = [option.text for option in question.options]
    choices = [
        node("simpleChoice", *line_of(text, find), identifier=name)
        for name, text in zip(_names(question).values(), texts, strict=True)
    ]
    shuffle = truth(not question.lock_order)
    return node("choiceInteraction", *choices, responseIdentifier=RESPONSE, shuffle=shuffle, maxChoices=most)


WRITERS: dict[str, Callable[[Question, FindPacked], Answers]] = {
    "single": _single,
    "true_false": _true_false,
    "multiple": _multiple,
    "statements": _statements,
    "matching": _matching,
    "ordering": _ordering,
    "short_text": _short_text,
    "number": _number,
    "gap_fill": _gap_fill,
    "essay": _essay,
}
