"""What a Word document says beside its text: styles, and the numbers that Word writes before paragraphs itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from question_bank.formats.docx.styled import Look

Props = dict[str, str]
"""What is said of a run or a paragraph: the values of elements by their names."""

_OFF = frozenset({"0", "false", "off", "none"})
_NO_FILL = frozenset({"", "auto", "ffffff", "none", "white", "clear"})
_DARK = 0x50
_MOST_BASED = 10
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"))
_ROMAN_ENDS = ((9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_HIGHEST = 3000
_LEVELS = 9


def props_of(name: str, attributes: Mapping[str, str]) -> Props:
    """Return what an element of properties says; a bare `<b/>` is on."""
    if name == "rFonts":
        return {"font": attributes.get("ascii") or attributes.get("hAnsi") or ""}
    if name == "shd":
        return {"shd": attributes.get("fill", "")}
    return {name: attributes.get("val", "1")}


def look_of(props: Props) -> Look:
    """Return how text with these properties looks."""
    return Look(
        bold=is_on(props, "b"),
        underlined=is_on(props, "u"),
        coloured=_is_coloured(props.get("color", "")),
        highlighted=any(props.get(name, "").lower() not in _NO_FILL for name in ("highlight", "shd")),
        italic=is_on(props, "i"),
        raised={"superscript": "^", "subscript": "~"}.get(props.get("vertAlign", ""), ""),
    )


def is_on(props: Props, name: str) -> bool:
    """Say whether properties have what may be on or off."""
    return props.get(name, "0").lower() not in _OFF


def _is_coloured(colour: str) -> bool:
    """Say whether a colour (hex) is neither the usual one nor nearly black."""
    try:
        return len(colour) == 6 and max(bytes.fromhex(colour)) > _DARK
    except ValueError:
        return False


@dataclass(slots=True)
class Style:
    """A style: what it says of its text and of its paragraphs, and the style that it is based on."""

    based: str = ""
    name: str = ""
    run: Props = field(default_factory=dict)
    paragraph: Props = field(default_factory=dict)


class Styles:
    """Hears the part of styles, then says what they come to."""

    def __init__(self) -> None:
        self.all: dict[str, Style] = {}
        self.usual = Style()
        self._default = ""
        self._now = self.usual
        self._place: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take up a style, or what one says."""
        if name == "style":
            self._now = self.all.setdefault(attributes.get("styleId", ""), Style())
            if attributes.get("type") == "paragraph" and attributes.get("default") in {"1", "true"}:
                self._default = attributes.get("styleId", "")
        elif name == "basedOn":
            self._now.based = attributes.get("val", "")
        elif name == "name" and self._place[-1:] == ["style"]:
            self._now.name = attributes.get("val", "").lower()
        elif "rPr" in self._place[-1:]:
            self._now.run |= props_of(name, attributes)
        elif {"pPr", "numPr"} & set(self._place[-1:]):
            self._now.paragraph |= props_of(name, attributes)
        self._place.append(name)

    def end(self, name: str) -> None:  # noqa: ARG002
        """Leave an element."""
        self._place.pop()

    def text(self, data: str) -> None:
        """Pass over it: styles have no text."""

    def run(self, *ids: str) -> Props:
        """Return what styles say of a run: those of its paragraph, then its own."""
        found = dict(self.usual.run)
        for id_ in ids:
            for style in self._line(id_):
                found |= style.run
        return found

    def paragraph(self, id_: str) -> Props:
        """Return what a style says of its paragraphs, and its name."""
        found: Props = {}
        for style in self._line(id_):
            found |= style.paragraph
            found["name"] = style.name or found.get("name", "")
        return found

    def _line(self, id_: str) -> list[Style]:
        """Return the style and what it is based on, the farthest first."""
        found: list[Style] = []
        name = id_ or self._default
        while name in self.all and len(found) < _MOST_BASED:
            found.insert(0, self.all[name])
            name = self.all[name].based
        return found


@dataclass(slots=True)
class _Level:
    look: str = "decimal"
    text: str = ""
    first: int = 1


class Numbers:
    """Hears the part of numbered lists, then counts as Word does."""

    def __init__(self) -> None:
        self._levels: dict[tuple[str, int], _Level] = {}
        self._list_of: dict[str, str] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._list = self._number = ""
        self._level = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take up a list, a level of it, or what one says."""
        value = attributes.get("val", "")
        if name == "abstractNum":
            self._list = attributes.get("abstractNumId", "")
        elif name == "num":
            self._list, self._number = "", attributes.get("numId", "")
        elif name == "abstractNumId":
            self._list_of[self._number] = value
        elif name in {"lvl", "lvlOverride"}:
            self._level = int(attributes.get("ilvl", "0"))
        elif name == "startOverride":
            self._restarts[self._number, self._level] = int(value)
        elif self._list:
            self._say(self._levels.setdefault((self._list, self._level), _Level()), name, value)

    def end(self, name: str) -> None:
        """Pass over it."""

    def text(self, data: str) -> None:
        """Pass over it."""

    def _say(self, level: _Level, name: str, value: str) -> None:
        if name == "start":
            level.first = int(value)
        elif name == "numFmt":
            level.look = value
        elif name == "lvlText":
            level.text = value

    def label(self, number: str, level: int) -> str:
        """Count one further in a list and return what Word writes before that paragraph."""
        name = self._list_of.get(number, "")
        now = self._levels.get((name, level))
        if now is None:
            return ""
        restart = self._restarts.pop((number, level), None)
        count = self._counts.get((name, level), now.first - 1) + 1 if restart is None else restart
        self._counts[name, level] = count
        for deeper in range(level + 1, _LEVELS):
            self._counts.pop((name, deeper), None)
        if now.look == "bullet":
            return "-"
        written = now.text
        for each in range(level + 1):
            shown = self._levels.get((name, each), _Level())
            written = written.replace(f"%{each + 1}", _numeral(self._counts.get((name, each), shown.first), shown.look))
        return written


def _numeral(count: int, look: str) -> str:
    if not 0 < count < _HIGHEST:
        return str(count)
    if look in {"upperLetter", "lowerLetter"}:
        letters = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters if look == "upperLetter" else letters.lower()
    if look in {"upperRoman", "lowerRoman"}:
        return _roman(count) if look == "upperRoman" else _roman(count).lower()
    return f"{count:02}" if look == "decimalZero" else str(count)


def _roman(count: int) -> str:
    found = ""
    for size, letters in _ROMAN + _ROMAN_ENDS:
        found += letters * (count // size)
        count %= size
    return found
