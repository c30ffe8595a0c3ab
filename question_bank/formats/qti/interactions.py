"""The interactions of QTI items as kinds of question with their answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from question_bank.editing import MARKED
from question_bank.formats.qti.scoring import Response, Rule, number_in
from question_bank.formats.qti.xml import Node
from question_bank.kinds import kind_of
from question_bank.kinds.gap_fill import Gap
from question_bank.kinds.multiple_choice import ALL, PARTIAL, PENALTY
from question_bank.kinds.options import LETTERS, MAX_OPTIONS
from question_bank.kinds.parts import PARTS
from question_bank.kinds.statements import FULL, TABLE
from question_bank.numerals import decimal_text
from question_bank.points import points_text
from question_bank.problems import Values
from question_bank.question import Option, Question, Value
from question_bank.text import fold

WEIGHTS_CHANGED = "weights_changed"
ANSWERS_DROPPED = "answers_dropped"
_CLOSE = Fraction(1, 200)
"""Of a weight: a third is written as 0.33 by some."""

_TRUTHS = {"true": True, "đúng": True, "đ": True, "t": True, "false": False, "sai": False, "s": False, "f": False}

TextOf = Callable[[Node], str]


class WrongItem(ValueError):
    """What stands in an item is none of our kinds of question: a code and the values of its sentence."""

    def __init__(self, code: str, values: Values | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.values: Values = values or {}


@dataclass(slots=True)
class Asked:
    """What an interaction says: the kind of question and what it is answered with.

    `full` is what all right earns by the weights of its answers, in points, where they say it.
    """

    kind: str
    options: tuple[Option, ...] = ()
    key: Value = None
    items: tuple[str, ...] = ()
    settings: dict[str, Value] = field(default_factory=dict)
    is_locked: bool = False
    full: Fraction | None = None
    guesses: list[str] = field(default_factory=list)


def choice(found: Node, response: Response, rule: Rule, text_of: TextOf) -> Asked:
    """One or several options to choose; two that say true and false are the judgement of a statement."""
    choices = list(found.inside("simpleChoice"))
    names, texts = [each.get("identifier") for each in choices], [text_of(each) for each in choices]
    _check_number(texts)
    _check_names(names, response, rule)
    weights = [_weight(name, response, rule) for name in names]
    is_single = response.cardinality == "single" or found.get("maxChoices") == "1"
    best = max(weights, default=Fraction(0))
    right = [weight > 0 and (not is_single or weight == best) for weight in weights]
    truths = _truths(names, texts)
    if is_single and truths and sum(right) == 1:
        return Asked("true_false", key=truths[right.index(True)], full=best)
    asked = Asked("single" if is_single else "multiple", _options(texts), is_locked=_is_locked(found, choices))
    rows = [(MARKED if is_right else "", text) for is_right, text in zip(right, texts, strict=True)]
    asked.key = kind_of(asked.kind).with_rows(_blank(asked.kind), rows).key
    if rule.sort == "map":
        asked.full = best if is_single else sum((weight for weight in weights if weight > 0), Fraction(0))
    if is_single:
        asked.guesses += [WEIGHTS_CHANGED] if any(0 < weight < best for weight in weights) else []
    elif rule.sort == "map":
        _score_choices(asked, weights, found, response)
    if any(each.get("fixed") == "true" for each in choices) and found.get("shuffle") == "true":
        asked.guesses.append("order_locked")
    return asked


def match(found: Node, response: Response, rule: Rule, text_of: TextOf) -> Asked:
    """Lines to match with options; where the options are true and false, statements to judge."""
    sides = [list(each.inside("simpleAssociableChoice")) for each in found.nodes("simpleMatchSet")]
    if len(sides) != 2:
        raise WrongItem("qti_pairs")
    (left, right), texts = sides, [[text_of(each) for each in side] for side in sides]
    names = [each.get("identifier") for each in right]
    chosen = _chosen([each.get("identifier") for each in left], names, response)
    asked = Asked("matching")
    truths = _truths(names, texts[1])
    if truths and None not in chosen:
        _check_number(texts[0])
        asked.kind, asked.options = "statements", _options(texts[0])
        asked.key = tuple(truths[place] for place in chosen if place is not None)
        asked.is_locked = found.get("shuffle") != "true"
    else:
        _check_number(texts[1])
        asked.items, asked.options = tuple(texts[0]), _options(texts[1])
        asked.key = tuple("" if place is None else LETTERS[place] for place in chosen)
    _score_parts(asked, response, rule, len(left))
    return asked


def order(found: Node, response: Response, rule: Rule, text_of: TextOf) -> Asked:
    """Options to be put in order."""
    choices = list(found.inside("simpleChoice"))
    texts, names = [text_of(each) for each in choices], [each.get("identifier") for each in choices]
    _check_number(texts)
    key = tuple(LETTERS[names.index(name)] for name in response.correct if name in names)
    asked = Asked("ordering", _options(texts), key)
    asked.settings |= {"scoring": PARTS} if rule.sort == "places" else {}
    asked.guesses += [WEIGHTS_CHANGED] if rule.sort == "map" else []
    return asked


def typed(response: Response, rule: Rule, unit: str) -> Asked:
    """A few words, or a number by what is declared about the response."""
    if response.base_type in {"float", "integer"}:
        return _number(response, rule, unit)
    accepted, has_dropped = _accepted(response, rule)
    asked = Asked("short_text", key=accepted)
    asked.full = max(response.weights.values(), default=None) if rule.sort == "map" else None
    asked.settings |= {"case": True} if _has_case(response, rule) else {}
    asked.guesses += [ANSWERS_DROPPED] if has_dropped else []
    return asked


def gaps(found: Sequence[tuple[Node, Response]], rule: Rule, text_of: TextOf) -> Asked:
    """Gaps of a text, each to be typed or chosen from a list."""
    asked = Asked("gap_fill")
    tops = []
    for interaction, response in found:
        accepted, has_dropped = _accepted(response, rule)
        choices = {each.get("identifier"): text_of(each) for each in interaction.inside("inlineChoice")}
        ordered = dict.fromkeys(name for name in (*response.weights, *choices) if name in choices)
        wrong = tuple(choices[name] for name in ordered if name not in accepted)
        gap = Gap(tuple(choices.get(name, name) for name in accepted), wrong)
        asked.key = (*asked.key, gap) if isinstance(asked.key, tuple) else (gap,)
        asked.guesses += [ANSWERS_DROPPED] if has_dropped else []
        asked.settings |= {"case": True} if not choices and _has_case(response, rule) else {}
        tops.append(max(response.weights.values(), default=Fraction(0)))
    if rule.sort == "map" and rule.is_each:
        asked.full = sum(tops, Fraction(0))
        asked.settings |= {"scoring": PARTS} if len(found) > 1 else {}
        asked.guesses += [WEIGHTS_CHANGED] if max(tops) - min(tops) > _CLOSE else []
    return asked


def put_in(found: Node, response: Response, rule: Rule, text_of: TextOf) -> Asked:
    """Gaps of a text that texts below it are put in: each becomes a list of all of them."""
    choices = {each.get("identifier"): text_of(each) for each in found.inside("gapText")}
    names = [each.get("identifier") for each in found.inside("gap")]
    asked = Asked("gap_fill")
    places = _chosen(names, list(choices), response, is_turned=True)
    texts = list(choices.values())
    asked.key = tuple(
        Gap((), tuple(texts)) if place is None else Gap((texts[place],), tuple(t for t in texts if t != texts[place]))
        for place in places
    )
    _score_parts(asked, response, rule, len(names))
    return asked


def _blank(kind: str) -> Question:
    return Question(kind, "", (), None, "", 1, "", "")


def _options(texts: Sequence[str]) -> tuple[Option, ...]:
    return tuple(Option(letter, text) for letter, text in zip(LETTERS, texts, strict=False))


def _check_number(texts: Sequence[str]) -> None:
    if len(texts) > MAX_OPTIONS:
        raise WrongItem("options_many", {"most": MAX_OPTIONS})


def _is_locked(found: Node, choices: Sequence[Node]) -> bool:
    return found.get("shuffle") != "true" or any(each.get("fixed") == "true" for each in choices)


def _truths(names: Sequence[str], texts: Sequence[str]) -> list[bool] | None:
    """Return what two choices mean that are true and false, by their texts or identifiers."""
    for words in (texts, names):
        found = [_TRUTHS.get(fold(word)) for word in words]
        if len(found) == 2 and set(found) == {True, False}:
            return [each is True for each in found]
    return None


def _weight(name: str, response: Response, rule: Rule) -> Fraction:
    if rule.sort == "map" and response.weights:
        return response.weight(name)
    return Fraction(name in _declared(response, rule))


def _declared(response: Response, rule: Rule) -> Sequence[str]:
    """Return what is declared as right, or what the rule compares with. Raises WrongItem: qti_key_other."""
    if rule.sort == "match" and response.correct and rule.named and not set(response.correct) & set(rule.named):
        raise WrongItem("qti_key_other", {"value": response.correct[0][:40], "other": rule.named[0][:40]})
    return response.correct or rule.named


def _check_names(names: Sequence[str], response: Response, rule: Rule) -> None:
    """Refuse a key that names what is no choice. Raises WrongItem: key_unknown."""
    unknown = [name for name in _declared(response, rule) if name not in names]
    if unknown and not (rule.sort == "map" and response.weights):
        raise WrongItem("key_unknown", {"option": unknown[0][:40]})


def _score_choices(asked: Asked, weights: Sequence[Fraction], found: Node, response: Response) -> None:
    """The scoring of ours that earns the same as the weights of options."""
    right, wrong = [each for each in weights if each > 0], [each for each in weights if each <= 0]
    full = sum(right, Fraction(0))
    part = full / max(len(right), 1)
    is_even = all(abs(weight - part) <= _CLOSE for weight in right)
    if not any(wrong):
        asked.settings["scoring"] = PARTIAL
        is_even = is_even and found.get("maxChoices") == str(len(right))
    elif all(weight <= -full for weight in wrong):
        asked.settings["scoring"] = ALL
        is_even = False
    else:
        asked.settings["scoring"] = PENALTY
        is_even = is_even and all(abs(weight + part) <= _CLOSE for weight in wrong) and response.lowest == 0
    asked.guesses += [] if is_even else [WEIGHTS_CHANGED]


def _chosen(
    left: Sequence[str], right: Sequence[str], response: Response, *, is_turned: bool = False
) -> list[int | None]:
    """Return for each left side the place of the right side that belongs to it. Raises WrongItem: qti_pairs."""
    pairs = [
        each.split() for each in response.correct or [pair for pair, weight in response.weights.items() if weight > 0]
    ]
    found: dict[str, str] = {}
    for pair in pairs:
        one, other = pair[:: -1 if is_turned else 1] if len(pair) == 2 else ("", "")
        if one not in left or other not in right or found.get(one, other) != other:
            raise WrongItem("qti_pairs")
        found[one] = other
    return [right.index(found[name]) if name in found else None for name in left]


def _score_parts(asked: Asked, response: Response, rule: Rule, count: int) -> None:
    """The scoring of ours that earns the same for pairs."""
    if rule.sort == "table" and asked.kind == "statements":
        top = rule.steps[-1] if rule.steps and rule.steps[-1] > 0 else Fraction(1)
        steps = [points_text(round(step / top * FULL)) for step in rule.steps]
        asked.settings |= {"scoring": TABLE, "table": "; ".join(steps)}
        asked.full = top
        return
    asked.settings["scoring"] = "all"
    if rule.sort == "map":
        asked.settings["scoring"] = PARTS
        weights = [weight for weight in response.weights.values() if weight > 0]
        is_even = len(weights) == count and max(weights) - min(weights) <= _CLOSE
        asked.full = sum(weights, Fraction(0))
        if not is_even or any(weight < 0 for weight in (*response.weights.values(), response.default)):
            asked.guesses.append(WEIGHTS_CHANGED)


def _accepted(response: Response, rule: Rule) -> tuple[tuple[str, ...], bool]:
    """Return what counts as right, and whether something was left out that earns a part of the points."""
    best = max(response.weights.values(), default=Fraction(0))
    if rule.sort != "map" or best <= 0:
        return tuple(dict.fromkeys(_declared(response, rule))), False
    full = [value for value, weight in response.weights.items() if weight == best]
    return tuple(full), any(0 < weight < best for weight in response.weights.values())


def _has_case(response: Response, rule: Rule) -> bool:
    if response.base_type != "string":
        return False
    return response.is_case_sensitive if rule.sort == "map" and response.weights else rule.is_case_sensitive


def _number(response: Response, rule: Rule, unit: str) -> Asked:
    accepted, has_dropped = _accepted(response, rule)
    wanted = next((number for number in map(number_in, accepted) if number is not None), None)
    asked = Asked("number", guesses=[ANSWERS_DROPPED] if has_dropped or len(accepted) > 1 else [])
    if wanted is None:
        return asked
    below, above = rule.tolerance
    if rule.mode == "relative":
        asked.settings |= {"tolerance": f"{decimal_text(min(below, above), ',')}%"} if above else {}
        asked.guesses += [WEIGHTS_CHANGED] if below != above else []
    else:
        wanted, size = wanted + (above - below) / 2, (above + below) / 2
        asked.settings |= {"tolerance": decimal_text(size, ",")} if size else {}
    asked.key = decimal_text(wanted, ",")
    asked.settings |= {"unit": unit} if unit else {}
    return asked
