"""What a package says about its questions beside their text: LOM, the metadata of learning objects (IEEE 1484.12)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from question_bank.formats.base import LONGEST_CODE, Bank
from question_bank.formats.qti.xml import Node, node
from question_bank.question import Question
from question_bank.text import clean, fold

LOM = "http://ltsc.ieee.org/xsd/LOM"
_VOCABULARY = "LOMv1.0"
_DIFFICULTIES = ("very easy", "easy", "medium", "difficult", "very difficult")
_PATH = " / "
"""Between a topic and the one below it."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What LOM says of one question; nothing is empty, no difficulty is 0."""

    code: str = ""
    topic: str = ""
    difficulty: int = 0
    source: str = ""
    tags: tuple[str, ...] = ()


def metadata_of(resource: Node) -> Metadata:
    """Return what the LOM of a resource says, of any edition: their elements differ in case and in where texts lie."""
    lom = next(resource.inside("lom"), None)
    if lom is None:
        return Metadata()
    words = (text for keyword in lom.inside("keyword") for text in keyword.text().split(","))
    return Metadata(
        _code(lom),
        _PATH.join(_taxons(lom)),
        _difficulty(lom),
        _source(lom),
        tuple(dict.fromkeys(filter(None, map(clean, words)))),
    )


def lom_of(code: str, question: Question) -> Node:
    """Return what LOM can hold of a question beside its text."""
    topic = [node("taxon", node("entry", _string(part))) for part in clean(question.topic).split(_PATH)]
    return node(
        "lom",
        node(
            "general",
            node("identifier", node("entry", clean(code))),
            *(node("keyword", _string(clean(tag))) for tag in question.tags),
        ),
        node("educational", _choice("difficulty", _DIFFICULTIES[question.difficulty - 1])),
        node(
            "relation",
            _choice("kind", "isbasedon"),
            node("resource", node("description", _string(clean(question.source)))),
        ),
        node("classification", _choice("purpose", "discipline"), node("taxonPath", *topic)),
        xmlns=LOM,
    )


def bank_lom(bank: Bank) -> Node:
    """Return what LOM can hold of a bank: its title, and the day for which answers hold as that of their validation."""
    found = node("lom", node("general", node("title", _string(clean(bank.title)))), xmlns=LOM)
    if bank.as_of:
        day = node("date", node("dateTime", bank.as_of.isoformat()))
        found.children.append(node("lifeCycle", node("contribute", _choice("role", "validator"), day)))
    return found


def bank_facts(metadata: Node) -> tuple[str, date | None]:
    """Return the title of a bank and the day for which its answers hold, as written by `bank_lom`."""
    title = next((found.text() for general in metadata.inside("general") for found in general.nodes("title")), "")
    days = (
        found.text()[:10]
        for contribution in metadata.inside("contribute")
        if any(role.text().endswith("validator") for role in contribution.nodes("role"))
        for found in contribution.inside("dateTime")
    )
    try:
        return clean(title), date.fromisoformat(next(days, ""))
    except ValueError:
        return clean(title), None


def _string(text: str) -> Node:
    return node("string", text, language="vi")


def _choice(name: str, value: str) -> Node:
    return node(name, node("source", _VOCABULARY), node("value", value))


def _code(lom: Node) -> str:
    """The identifier of the question; catalogues that only number what is learned have too long ones."""
    entries = (
        found.text()
        for name in ("identifier", "catalogentry")
        for each in lom.inside(name)
        for found in each.nodes("entry")
    )
    return next((entry for entry in entries if entry and len(entry) <= LONGEST_CODE), "")


def _taxons(lom: Node) -> Sequence[str]:
    path = next(lom.inside("taxonPath", "taxonpath"), Node(""))
    return [text for taxon in path.inside("taxon") if (text := _taxon_text(taxon))]


def _taxon_text(taxon: Node) -> str:
    return clean((taxon.first("entry") or taxon.first("id") or Node("")).text())


def _difficulty(lom: Node) -> int:
    for value in _values(lom, "difficulty"):
        if value in _DIFFICULTIES:
            return _DIFFICULTIES.index(value) + 1
        if value in {"1", "2", "3", "4", "5"}:
            return int(value)
    return 0


def _source(lom: Node) -> str:
    for relation in lom.nodes("relation"):
        if "isbasedon" in _values(relation, "kind"):
            return clean(next((found.text() for found in relation.inside("description")), ""))
    return ""


def _values(found: Node, name: str) -> Iterator[str]:
    """Yield the values of a vocabulary, folded: beside each stands the name of the vocabulary."""
    for element in found.inside(name):
        yield from (fold(value.text()).replace("_", " ") for value in element.nodes("value"))
