"""One QTI item as a question."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from question_bank.formats.html_text import MarkOf
from question_bank.formats.qti import interactions
from question_bank.formats.qti.interactions import Asked, TextOf, WrongItem
from question_bank.formats.qti.scoring import Response, Rule, responses_of, rule_of, thousandths
from question_bank.formats.qti.text import text_of
from question_bank.formats.qti.xml import Child, Node
from question_bank.kinds.number import MOST_UNIT
from question_bank.markup import plain
from question_bank.question import FULL_POINTS
from question_bank.text import clean

GAP = "GAP_"
"""Begins the names of responses of gaps, so that one gap alone in its line is still one."""

_BLANK = "_____"
_INLINE = frozenset({"textEntryInteraction", "inlineChoiceInteraction"})
_HINT = "endAttemptInteraction"
"""A button for a hint, or to see what an answer changes."""

_NO_ANSWER = frozenset({"mediaInteraction", _HINT})
_BLOCKS = frozenset(
    {
        *("p", "div", "ul", "ol", "li", "table", "tbody", "tr", "td", "th", "blockquote", "pre", "rubricBlock"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "figure"),
    }
)
_BY_NAME: dict[str, Callable[[Node, Response, Rule, TextOf], Asked]] = {
    "choiceInteraction": interactions.choice,
    "matchInteraction": interactions.match,
    "orderInteraction": interactions.order,
    "gapMatchInteraction": interactions.put_in,
}
_REMARKS = ("modalFeedback", "feedbackBlock", "feedbackInline")


@dataclass(slots=True)
class Found:
    """A question of an item: what is asked, and what was guessed or left out."""

    asked: Asked
    text: str
    explanation: str
    points: int
    guesses: set[str] = field(default_factory=set)


def found_in(item: Node, stimulus: list[Child], mark_of: MarkOf) -> Found:
    """Return the question of an item; `stimulus` is what it shows from another file. Raises WrongItem."""
    body = item.first("itemBody")
    if item.name != "assessmentItem" or body is None:
        raise WrongItem("qti_not_item")
    if item.first("templateDeclaration") is not None:
        raise WrongItem("qti_template")
    reader = _Reader(item, mark_of)
    remarks = reader.remarks()
    asked = reader.asked(body)
    return Found(
        asked,
        reader.text([*stimulus, *body.children]),
        "\n".join(remarks),
        _points(reader.rule, asked),
        reader.guesses | set(asked.guesses) | ({"feedback_joined"} if len(remarks) > 1 else set()),
    )


def _points(rule: Rule, asked: Asked) -> int:
    points = rule.points or asked.full
    return thousandths(points) if points and points > 0 else FULL_POINTS


class _Reader:
    def __init__(self, item: Node, mark_of: MarkOf) -> None:
        self._item = item
        self._mark_of = mark_of
        self._responses = responses_of(item)
        self.rule = rule_of(item)
        self.guesses: set[str] = set()
        self._guide = ""

    def text(self, found: list[Child]) -> str:
        said = text_of(found, self._mark_of)
        self.guesses |= said.lost
        return said.text

    def remarks(self) -> list[str]:
        """Return what is said after answering, the general remark and those on options alike."""
        found = (self.text(each.children) for each in self._item.inside(*_REMARKS))
        return list(dict.fromkeys(each for each in found if each))

    def asked(self, body: Node) -> Asked:
        """Return what is asked, and leave the place of each gap in the text."""
        everything = [each for each in body.inside() if each.name.endswith("Interaction")]
        found = [each for each in everything if each.name not in _NO_ANSWER]
        if not found:
            raise WrongItem("qti_passage")
        unknown = [each.name for each in found if each.name not in {*_BY_NAME, *_INLINE, "extendedTextInteraction"}]
        if unknown:
            raise WrongItem("qti_interaction", {"value": unknown[0]})
        if any(each.name == _HINT for each in everything):
            self.guesses.add("extras_dropped")
        self._rubrics(body, is_essay=found[0].name == "extendedTextInteraction")
        if all(each.name in _INLINE for each in found):
            asked = self._inline(body, found)
        elif len(found) > 1:
            raise WrongItem("qti_several")
        else:
            asked = self._alone(found[0])
        if asked.kind == "essay":
            asked.settings |= {"guide": self._guide} if self._guide else {}
        elif self.rule.sort == "unknown":
            self.guesses.add("rule_unknown")
        return asked

    def _alone(self, found: Node) -> Asked:
        if found.name == "extendedTextInteraction":
            asked = Asked("essay")
        else:
            asked = _BY_NAME[found.name](found, self._response(found), self.rule, self._said)
        if found.name == "gapMatchInteraction":
            for number, gap in enumerate(list(found.inside("gap")), start=1):
                gap.name, gap.children = "span", [f"[[{number}]]"]
            found.children = [each for each in found.children if isinstance(each, str) or each.name != "gapText"]
        else:
            prompt = found.first("prompt")
            found.children = prompt.children if prompt else []
        found.name = "div"
        return asked

    def _inline(self, body: Node, found: list[Node]) -> Asked:
        """One field to type in that stands alone in its line is the question's; others are gaps of the text."""
        one, response = found[0], self._response(found[0])
        if len(found) == 1 and one.name == "textEntryInteraction":
            line = _line_of(body, one)
            is_number = response.base_type in {"float", "integer"}
            is_unit = is_number and len(line.after) <= MOST_UNIT and not line.after[:1].isdigit()
            is_alone = not line.before and (is_unit or not line.after) and not response.identifier.startswith(GAP)
            if is_alone:
                line.parent.children[line.start : line.end] = []
                return interactions.typed(response, self.rule, line.after)
            if is_number:
                _put(one, _BLANK)
                return interactions.typed(response, self.rule, "")
        found = _in_order(found)
        pairs = [(each, self._response(each)) for each in found]
        asked = interactions.gaps(pairs, self.rule, lambda each: each.text())
        for number, each in enumerate(found, start=1):
            _put(each, f"[[{number}]]")
        return asked

    def _said(self, choice: Node) -> str:
        # What is put into gaps is no text with marks.
        return choice.text() if choice.name == "gapText" else self.text(choice.children)

    def _response(self, found: Node) -> Response:
        name = found.get("responseIdentifier")
        return self._responses.get(name) or Response(name)

    def _rubrics(self, body: Node, *, is_essay: bool) -> None:
        """What only judges read is the guide of an essay; other notes beside the question are left out."""
        guides: list[str] = []
        for rubric in body.inside("rubricBlock"):
            if is_essay and "scorer" in rubric.get("view"):
                guides.append(_lines(rubric) or plain(self.text(rubric.children)))
            elif rubric.text():
                self.guesses.add("rubric_dropped")
        self._guide = clean("\n".join(guides))


def _lines(found: Node) -> str:
    """Return the lines of a note that has nothing but lines; empty for any other."""
    lines = found.nodes("p")
    is_plain = len(lines) == len(found.nodes()) and not any(line.nodes() for line in lines)
    return "\n".join(line.text() for line in lines) if is_plain else ""


def _in_order(found: list[Node]) -> list[Node]:
    """Return gaps by their numbers where their responses are called by them, as in our own files."""
    by_name = {each.get("responseIdentifier"): each for each in found}
    names = [f"{GAP}{number}" for number in range(1, len(found) + 1)]
    return [by_name[name] for name in names] if set(names) == set(by_name) else found


def _put(found: Node, place: str) -> None:
    found.name, found.children = "span", [place]


class _Line(NamedTuple):
    """The line that an element stands in: children of `parent` from `start` to `end`, and what they say beside it."""

    parent: Node
    start: int
    end: int
    before: str
    after: str


def _line_of(body: Node, wanted: Node) -> _Line:
    path = _path_to(body, wanted)
    depth = max(place for place, each in enumerate(path[:-1]) if place == 0 or each.name in _BLOCKS)
    parent, inside = path[depth], path[depth + 1]
    children = parent.children
    place = next(index for index, child in enumerate(children) if child is inside)
    start = max((i + 1 for i in range(place) if _is_end(children[i])), default=0)
    end = next((i for i in range(place + 1, len(children)) if _is_end(children[i])), len(children))
    before, after = Node("", {}, children[start:place]).text(), Node("", {}, children[place + 1 : end]).text()
    return _Line(parent, start, end, before, after)


def _path_to(body: Node, wanted: Node) -> list[Node]:
    """Return the elements from the body to one inside it."""
    for child in body.nodes():
        if child is wanted:
            return [body, child]
        if wanted in child.inside():
            return [body, *_path_to(child, wanted)]
    return [body, wanted]


def _is_end(child: Child) -> bool:
    """Say whether a line ends with this."""
    return isinstance(child, Node) and (child.name in _BLOCKS or child.name == "br")
