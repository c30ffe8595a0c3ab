"""Formulas of MathML as we type them, where they are simple or say themselves what was typed."""

from question_bank.formats.qti.xml import Node, tree_of
from question_bank.formulas import mathml
from question_bank.text import clean

_TEX = frozenset({"application/x-tex", "tex", "latex", "application/x-latex"})
_LEAVES = frozenset({"mi", "mn", "mo", "mtext"})
_GROUPS = frozenset({"math", "mrow", "mstyle", "semantics"})
_SIGNS = {
    **{sign: f"\\{sign}" for sign in "{}%#&_"},
    "$": r"\text{USD}",
    "\\": r"\backslash ",
    "−": "-",
    "\u2061": "",
    "\u2062": "",
    "\u2063": "",
    "\u00a0": r"\ ",
}
_FORMS = {
    ("mfrac", 2): r"\frac{{{0}}}{{{1}}}",
    ("mroot", 2): r"\sqrt[{1}]{{{0}}}",
    ("msup", 2): "{{{0}}}^{{{1}}}",
    ("msub", 2): "{{{0}}}_{{{1}}}",
    ("msubsup", 3): "{{{0}}}_{{{1}}}^{{{2}}}",
    ("munderover", 3): "{0}_{{{1}}}^{{{2}}}",
    ("munder", 2): "{0}_{{{1}}}",
}
_BELOW_AND_ABOVE = {"∑", "∏", "∫", "⋂", "⋃", "lim", "max", "min"}


class _Unreadable(ValueError):
    """An element that is none of the simple ones."""


def tex_of(formula: Node) -> str | None:
    """Return what was typed for a formula, or the same in LaTeX; None for one that isn't simple."""
    is_block = formula.get("display") == "block"
    for source in _said(formula):
        drawn = mathml(source, is_block=is_block)
        if drawn is not None and _shape(tree_of(drawn.encode(), "not_qti")) == _shape(formula):
            return source
    noted = [clean(each.text()) for each in formula.inside("annotation") if each.get("encoding").lower() in _TEX]
    try:
        sources = noted or [_group(formula).strip()]
    except _Unreadable:
        return None
    return next((source for source in sources if source and "$" not in source and mathml(source) is not None), None)


def _said(formula: Node) -> list[str]:
    """What a formula says of itself: our own files hold there what was typed."""
    source = formula.get("alttext")
    return [source] if source else []


def _shape(found: Node) -> object:
    """What is drawn, whatever spaces and attributes stand around it."""
    inside = [_shape(child) for child in found.nodes()]
    return (found.name, inside or found.text())


def _group(found: Node) -> str:
    return "".join(_written(child) for child in found.nodes() if child.name not in {"annotation", "annotation-xml"})


def _written(found: Node) -> str:
    """Return one element. Raises _Unreadable."""
    if found.name in _LEAVES:
        return _leaf(found)
    if found.name in _GROUPS:
        return _group(found)
    if found.name == "mspace":
        return r"\ "
    if found.name == "msqrt":
        return rf"\sqrt{{{_group(found)}}}"
    if found.name == "mfenced":
        inside = found.get("separators", ",")[:1].join(_written(child) for child in found.nodes())
        return rf"{found.get('open', '(')}{inside}{found.get('close', ')')}"
    return _scripted(found.name, found.nodes())


def _scripted(name: str, parts: list[Node]) -> str:
    form, is_limited = _FORMS.get((name, len(parts)), ""), name.startswith(("munder", "mover"))
    if not form or (is_limited and parts[0].text() not in _BELOW_AND_ABOVE):
        raise _Unreadable
    return form.format(*map(_written, parts))


def _leaf(found: Node) -> str:
    text = found.text()
    if any(child.name for child in found.nodes()):
        raise _Unreadable
    signs = "".join(_SIGNS.get(sign, sign) for sign in text)
    if found.name == "mtext":
        return rf"\text{{{signs}}}"
    if found.name == "mi" and len(text) > 1:
        return (
            rf"\{text} "
            if text in {"sin", "cos", "tan", "cot", "log", "ln", "lim", "max", "min"}
            else rf"\mathrm{{{signs}}}"
        )
    return signs
