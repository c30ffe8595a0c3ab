"""Formulas for the template: each element of our MathML as the one way in which it is set."""

from collections.abc import Callable
from itertools import pairwise
from typing import TypeAlias
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from question_bank.formulas import mathml

Node: TypeAlias = "str | int | bool | dict[str, Node] | list[Node] | None"
"""What the template reads: a text, or an object that says how it is set."""

_INVISIBLE = {"\u2061", "\u2062", "\u2063", "\u2064", ""}
_FENCES = set("()[]{}|‖∣∥⟨⟩⌈⌉⌊⌋⟦⟧⌜⌝⌞⌟⎰⎱")
_LARGE = set("∑∏∐⋀⋁⋂⋃⨀⨁⨂⨄⨆∫∬∭∮")
_LINES = {"¯", "\u0304", "\u0305", "\u0332", "_", "‾"}
_BRACES = {
    "⏞": "overbrace",
    "⏟": "underbrace",
    "⏠": "overshell",
    "⏡": "undershell",
    "⎴": "overbracket",
    "⎵": "underbracket",
}
_ACCENTS = dict(
    zip(
        "^ˆ~˜˙¨ˇ´`˘˚→←↔",
        "\u0302\u0302\u0303\u0303\u0307\u0308\u030c\u0301\u0300\u0306\u030a\u20d7\u20d6\u20e1",
        strict=True,
    )
)
_STRIKES = {"updiagonalstrike": "up", "downdiagonalstrike": "down", "horizontalstrike": "across", "box": "box"}
_SCRIPTS = {
    "msub": ("br",),
    "msup": ("tr",),
    "msubsup": ("br", "tr"),
    "munder": ("b",),
    "mover": ("t",),
    "munderover": ("b", "t"),
}
"""Where the children after the base stand."""


def formula_node(source: str, *, is_block: bool = False) -> Node:
    """Return a formula with its source for those who cannot see it; None when it cannot be read."""
    drawn = mathml(source, is_block=is_block)
    if drawn is None:
        return None
    return {"is": "formula", "block": is_block, "text": source, "of": _children(fromstring(drawn))}


def _children(element: Element) -> list[Node]:
    return [node for child in element for node in _nodes(child)]


def _nodes(element: Element) -> list[Node]:
    """The element in a list, or nothing where there is nothing to see."""
    node = _READERS.get(element.tag, _row)(element)
    return [] if node is None else [_styled(element, node)]


def _styled(element: Element, node: Node) -> Node:
    style = element.get("displaystyle") if element.tag != "mtable" else None
    return node if style is None else {"m": "display" if style == "true" else "inline", "of": [node]}


def _row(element: Element) -> Node:
    ends = [element[0], element[-1]] if element.tag == "mrow" and len(element) else []
    is_fenced = any(
        end.tag == "mo" and end.get("stretchy") != "false" and (end.text or "").strip() in _FENCES for end in ends
    )
    return {"m": "fenced" if is_fenced else "row", "of": _children(element)}


def _identifier(element: Element) -> Node:
    text = element.text or ""
    is_letter = len(text) == 1 and element.get("mathvariant") != "normal"
    return {"m": "letter" if is_letter else "name", "text": text}


def _text(element: Element) -> Node:
    return {"m": "text", "text": element.text or ""}


def _sign(element: Element) -> Node:
    """A sign; one that cannot be seen may keep what stands beside it apart. A comma may be that of a number."""
    text, before, after = (element.text or "").strip(), element.get("lspace", ""), element.get("rspace")
    if text in _INVISIBLE:
        return _gap(before)
    return {"m": "sign", "text": text, "tight": after == "0" and (before == "0" or text == ",")}


def _space(element: Element) -> Node:
    return _gap(element.get("width", ""))


def _gap(width: str) -> Node:
    number = width.removesuffix("rem").removesuffix("em")
    return {"m": "space", "text": number} if number != width else None


def _phantom(element: Element) -> Node:
    return {"m": "hidden", "of": _children(element)}


def _fraction(element: Element) -> Node:
    name = "stack" if element.get("linethickness") in {"0", "0em"} else "fraction"
    return {"m": name, "of": _nodes(element[0]), "under": _nodes(element[1])}


def _square_root(element: Element) -> Node:
    return {"m": "root", "of": _children(element)}


def _root(element: Element) -> Node:
    return {"m": "root", "of": _nodes(element[0]), "index": _nodes(element[1])}


def _enclosed(element: Element) -> Node:
    by: list[Node] = [_STRIKES[each] for each in element.get("notation", "").split() if each in _STRIKES]
    return {"m": "enclosed", "of": _children(element), "by": by}


def _scripted(element: Element) -> Node:
    """What stands around a base. Large signs know themselves where their limits go."""
    base, *others = element
    if len(others) == 1 and (accent := _accent(element)) is not None:
        return accent
    scripts: dict[str, Node] = {place: _nodes(each) for place, each in zip(_SCRIPTS[element.tag], others, strict=True)}
    is_large = (base.text or "").strip() in _LARGE
    return {"m": "attached", "base": _nodes(base), "scripts": scripts, "forced": not is_large}


def _accent(element: Element) -> Node:
    base, sign = element[0], (element[1].text or "").strip()
    if element.tag not in {"mover", "munder"} or element[1].tag != "mo":
        return None
    if sign in _BRACES:
        return {"m": _BRACES[sign], "of": _nodes(base)}
    if sign in _LINES:
        return {"m": "overline" if element.tag == "mover" else "underline", "of": _nodes(base)}
    mark = _ACCENTS.get(sign, sign)
    is_mark = element.tag == "mover" and element.get("accent") == "true" and mark in _ACCENTS.values()
    return {"m": "accent", "of": _nodes(base), "text": mark} if is_mark else None


def _around(element: Element) -> Node:
    """Pairs below and above: behind the base and, after `mprescripts`, before it."""
    scripts: dict[str, Node] = {}
    side = "r"
    waiting: list[Element] = []
    for child in element[1:]:
        if child.tag == "mprescripts":
            side, waiting = "l", []
            continue
        waiting.append(child)
        if len(waiting) == 2:
            below, above = waiting
            scripts |= {f"b{side}": _nodes(below), f"t{side}": _nodes(above)}
            waiting = []
    return {"m": "attached", "base": _nodes(element[0]), "scripts": scripts, "forced": True}


def _table(element: Element) -> Node:
    """Rows of cells. Columns that meet, to the right and to the left, meet at a point of each row."""
    pairs = [pair for row in element for pair in pairwise(row)]
    meets = any(left.get("class") == "math-right" != right.get("class") for left, right in pairs)
    is_left = any(cell.get("class") == "math-left" for row in element for cell in row)
    rows: list[Node] = [[_children(cell) for cell in row] for row in element]
    align = "meet" if meets else "left" if is_left else "center"
    return {"m": "table", "rows": rows, "align": align, "display": element.get("displaystyle") == "true"}


_READERS: dict[str, Callable[[Element], Node]] = {
    "mi": _identifier,
    "mn": _text,
    "mtext": _text,
    "merror": _text,
    "mo": _sign,
    "mspace": _space,
    "mphantom": _phantom,
    "mfrac": _fraction,
    "msqrt": _square_root,
    "mroot": _root,
    "menclose": _enclosed,
    "mtable": _table,
    "mmultiscripts": _around,
    **dict.fromkeys(_SCRIPTS, _scripted),
}
"""By element; what is not in it is a row of what it holds."""
