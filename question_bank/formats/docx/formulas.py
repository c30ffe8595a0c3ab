"""Word's equations (OMML) as formulas in LaTeX's notation."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from question_bank.formulas import mathml

MOST_NODES = 2000
"""Of one equation: several times what a formula that we can show has."""

DEEPEST = 50
"""Of elements inside each other."""

_ESCAPED = {**{sign: f"\\{sign}" for sign in "{}%#&_$"}, "\\": r"\backslash ", "~": r"\sim ", "^": r"\wedge "}
_ACCENTS = {"\u0302": "hat", "\u0303": "tilde", "\u0305": "overline", "\u20d7": "vec", "\u2192": "overrightarrow"}
_FUNCTION = re.compile(r"^(\{?)(sin|cos|tan|cot|log|ln|lg|lim|max|min|exp)(?![a-z])")
_PROPERTIES = "Pr"


class UnknownEquation(ValueError):
    """An equation with something that has no simple notation."""


@dataclass(slots=True)
class Node:
    """An element of an equation."""

    name: str
    attributes: dict[str, str]
    children: "list[Node]" = field(default_factory=list)
    text: str = ""

    def child(self, name: str) -> "Node | None":
        """Return the first child of this name."""
        return next((child for child in self.children if child.name == name), None)


def formula_of(equation: Node) -> str | None:
    """Return our mark for an equation; None when there is none for it. White space around it is for the text."""
    try:
        source = " ".join(_inside(equation).split())
    except UnknownEquation:
        return None
    return f"${source}$" if source and "$" not in source.replace("\\$", "") and mathml(source) else None


def said(node: Node) -> str:
    """Return the letters and signs of an equation in a row."""
    return node.text + "".join(map(said, node.children))


def _inside(node: Node) -> str:
    return "".join(map(_latex, node.children))


def _part(node: Node, name: str) -> str:
    found = node.child(name)
    return "" if found is None else _inside(found)


def _latex(node: Node) -> str:
    if node.name.endswith(_PROPERTIES) or node.name in {"bookmarkStart", "bookmarkEnd", "proofErr"}:
        return ""
    if node.name not in _WRITERS:
        raise UnknownEquation(node.name)
    return _WRITERS[node.name](node)


def _property(node: Node, name: str, default: str) -> str:
    """Return a value of an element's properties, as the sign of its brackets."""
    properties = next((child for child in node.children if child.name == f"{node.name}{_PROPERTIES}"), None)
    found = properties.child(name) if properties else None
    return default if found is None else found.attributes.get("val", default)


def _letters(node: Node) -> str:
    return "".join(_ESCAPED.get(sign, sign) for sign in node.text)


def _fraction(node: Node) -> str:
    if _property(node, "type", "bar") not in {"bar", "skw", "lin"}:
        raise UnknownEquation(node.name)
    return rf"\frac{{{_part(node, 'num')}}}{{{_part(node, 'den')}}}"


def _root(node: Node) -> str:
    degree = _part(node, "deg")
    return rf"\sqrt{f'[{degree}]' if degree.strip() else ''}{{{_part(node, 'e')}}}"


def _brackets(node: Node) -> str:
    signs = [_property(node, name, default) for name, default in (("begChr", "("), ("endChr", ")"))]
    opened, closed = ({"{": r"\{", "}": r"\}", "": "."}.get(sign, sign) for sign in signs)
    between = _property(node, "sepChr", "|")
    inside = between.join(_inside(child) for child in node.children if child.name == "e")
    return rf"\left{opened}{inside}\right{closed}"


def _large(node: Node) -> str:
    sign = _property(node, "chr", "∫")
    return f"{sign}_{{{_part(node, 'sub')}}}^{{{_part(node, 'sup')}}}{{{_part(node, 'e')}}}"


def _function(node: Node) -> str:
    name = _FUNCTION.sub(r"\1\\\2", _part(node, "fName").strip())
    return f"{name} {{{_part(node, 'e')}}}"


def _accent(node: Node) -> str:
    sign = "\u0305" if node.name == "bar" else _property(node, "chr", "\u0302")
    if sign not in _ACCENTS:
        raise UnknownEquation(sign)
    return rf"\{_ACCENTS[sign]}{{{_part(node, 'e')}}}"


def _run(node: Node) -> str:
    return "".join(_letters(child) for child in node.children if child.name == "t")


_WRITERS: dict[str, Callable[[Node], str]] = {
    "oMath": _inside,
    "r": _run,
    "e": _inside,
    "box": lambda node: _part(node, "e"),
    "ins": _inside,
    "f": _fraction,
    "rad": _root,
    "d": _brackets,
    "nary": _large,
    "func": _function,
    "acc": _accent,
    "bar": _accent,
    "sSup": lambda node: f"{{{_part(node, 'e')}}}^{{{_part(node, 'sup')}}}",
    "sSub": lambda node: f"{{{_part(node, 'e')}}}_{{{_part(node, 'sub')}}}",
    "sSubSup": lambda node: f"{{{_part(node, 'e')}}}_{{{_part(node, 'sub')}}}^{{{_part(node, 'sup')}}}",
    "limLow": lambda node: f"{_part(node, 'e')}_{{{_part(node, 'lim')}}}",
}
