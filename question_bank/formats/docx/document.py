"""Reading the XML of a Word document into paragraphs and tables."""

from collections.abc import Callable, Mapping
from typing import Final

from question_bank.formats.base import MediaFound, UnusableFile
from question_bank.formats.docx.formulas import DEEPEST, MOST_NODES, Node, formula_of, said
from question_bank.formats.docx.package import Package
from question_bank.formats.docx.paragraph import Block, Cell, Draft, Paragraph, Table, font_of, more_blanks
from question_bank.formats.docx.pictures import picture_of
from question_bank.formats.docx.styled import OBJECT, PLAIN, Look, Piece, Styled
from question_bank.formats.docx.styles import Numbers, Props, Styles, is_on, look_of, props_of

MOST_CHARACTERS = 10_000_000
MOST_PARAGRAPHS = 75_000
"""That hold something: fifteen for each question of the largest bank."""

UNDESCRIBED = "Hình minh họa"
"""What a picture without a description is called."""

_MOST_SPAN = 60
_LABEL_ENDS = " "

_UNREAD = frozenset(
    {"Fallback", "del", "moveFrom", "pPrChange", "rPrChange", "sectPr", "sdtPr", "tblPr", "tblGrid", "trPr"}
    | {"instrText", "delText", "rubyPr", "rt"}
)
_NOTED = {
    **dict.fromkeys(("del", "ins", "moveFrom", "moveTo"), "docx_tracked"),
    **dict.fromkeys(("chart", "relIds", "altChunk"), "docx_drawing"),
    "txbxContent": "docx_box",
    "vanish": "docx_hidden",
    "sym": "docx_symbol",
}
"""What a person is told of, by the element that brings it."""

_STRIKES = frozenset({"strike", "dstrike"})
_SIGNS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "sym": "□"}
_HEADING, _TITLES = "heading ", frozenset({"title", "subtitle"})


class Document:
    """Hears the main part of a document, or that of its notes; `blocks` and `fonts` are what came of it."""

    def __init__(
        self, package: Package, styles: Styles, numbers: Numbers, media: MediaFound, footnotes: Mapping[str, str]
    ) -> None:
        self.blocks: list[Block] = []
        self.footnotes: dict[str, str] = {}
        self.fonts: set[str] = set()
        self.has_unplaced = self._is_struck = False
        self._package, self._styles, self._numbers, self._media = package, styles, numbers, media
        self._known_footnotes = footnotes
        self._path: list[str] = []
        self._open: list[Draft] = []
        self._run: Props = {}
        self._looks: dict[object, tuple[Look, str]] = {}
        self._equation: list[Node] = []
        self._unread = self._nodes = self._count = self._tables = self._blanks = self._size = self._depth = 0
        self._span = 1
        self._description = self._footnote = ""
        self._rows: list[list[Cell]] | None = None
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "p": lambda _attributes: self._open.append(Draft()),
            "r": self._start_run,
            "tbl": self._start_table,
            "tr": self._start_row,
            "tc": self._start_cell,
            "gridSpan": self._take_span,
            "docPr": self._take_description,
            "shape": self._take_description,
            "blip": self._take_picture,
            "imagedata": self._take_picture,
            **{f"{kind}Reference": self._take_note for kind in ("footnote", "endnote")},
            **dict.fromkeys(("footnote", "endnote"), self._start_note),
        }
        self._ends: dict[str, Callable[[], None]] = {
            "p": self._end_paragraph,
            "tbl": self._end_table,
            "tc": self._end_cell,
            **dict.fromkeys(("footnote", "endnote"), self._end_note),
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take up an element."""
        parent = self._path[-1] if self._path else ""
        self._path.append(name)
        if self._unread:
            self._unread += 1
        elif self._equation or name == "oMath":
            self._start_equation(name, attributes)
        else:
            self._remark(_NOTED.get(name))
            if name in _UNREAD or (name == "rPr" and parent == "pPr"):
                self._unread = 1
            else:
                self._take(name, parent, attributes)

    def end(self, name: str) -> None:
        """Leave an element."""
        self._path.pop()
        if self._unread:
            self._unread -= 1
        elif self._equation:
            self._end_equation()
        elif name in self._ends:
            self._ends[name]()

    def text(self, data: str) -> None:
        """Take up text."""
        if self._unread or self._path[-1:] != ["t"]:
            return
        if self._equation:
            self._equation[-1].text += data
        else:
            self._add(data)

    def _take(self, name: str, parent: str, attributes: dict[str, str]) -> None:
        if parent == "rPr":
            self._run |= props_of(name, attributes)
            self._is_struck = self._is_struck or (name in _STRIKES and is_on(self._run, name))
        elif parent in {"pPr", "numPr"} and self._open:
            self._open[-1].props |= props_of(name, attributes)
        elif name in _SIGNS and parent == "r":
            self._add(_SIGNS[name])
        elif name in self._starts:
            self._starts[name](attributes)

    def _remark(self, note: str | None) -> None:
        if note and self._open:
            self._open[-1].notes.add(note)
        elif note == "docx_drawing":
            self.has_unplaced = True

    def _add(self, text: str, look: Look | None = None) -> None:
        """Add text to the paragraph. Raises UnusableFile: docx_much."""
        self._size += len(text)
        if self._size > MOST_CHARACTERS or self._count > MOST_PARAGRAPHS:
            raise UnusableFile("docx_much", {"most": MOST_CHARACTERS // 1_000_000})
        if self._open:
            self._remark("docx_struck" if self._is_struck and text.strip() else None)
            own, font = self._look_of_run(self._open[-1])
            self._open[-1].add(text, look or own, font)

    def _look_of_run(self, paragraph: Draft) -> tuple[Look, str]:
        key = (paragraph.props.get("pStyle"), *self._run.items())
        if key not in self._looks:
            by_styles = self._styles.run(paragraph.props.get("pStyle", ""), self._run.get("rStyle", "-"))
            props = by_styles | self._run
            font = font_of(props)
            self.fonts |= {font} - {""}
            self._looks[key] = look_of(props), font
        return self._looks[key]

    def _end_paragraph(self) -> None:
        draft = self._open.pop()
        if not draft.pieces:
            self._blanks = more_blanks(self._blanks)
            return
        styled = draft.styled()
        if self._open:
            # A box of text stands where it is anchored.
            outer = self._open[-1]
            outer.notes |= draft.notes
            for text, look in [("\n", PLAIN), *styled.pieces, ("\n", PLAIN)]:
                outer.add(text, look, "")
            return
        style = self._styles.paragraph(draft.props.get("pStyle", "")) | draft.props
        if not styled.text.strip():
            self._blanks = more_blanks(self._blanks)
            return
        styled = Styled((*self._label(style), *styled.pieces))
        self._count += 1
        paragraph = Paragraph(styled, self._count, _level(style), self._blanks, frozenset(draft.notes))
        self._blanks = 0
        cell = self._rows[-1][-1] if self._rows and self._rows[-1] else None
        (self.blocks if cell is None else cell).append(paragraph)

    def _label(self, style: Props) -> list[Piece]:
        number, level = style.get("numId", "0"), style.get("ilvl", "0")
        label = "" if number == "0" else self._numbers.label(number, int(level))
        return [(f"{label}{_LABEL_ENDS}", PLAIN)] if label else []

    def _start_run(self, _attributes: dict[str, str]) -> None:
        self._run.clear()
        self._is_struck = False

    def _start_table(self, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and not self._open:
            self._rows = []
            self._blanks = 0

    def _start_row(self, _attributes: dict[str, str]) -> None:
        if self._depth == 1 and self._rows is not None:
            self._rows.append([])

    def _start_cell(self, _attributes: dict[str, str]) -> None:
        if self._depth == 1 and self._rows:
            self._span = 1
            self._rows[-1].append([])

    def _take_span(self, attributes: dict[str, str]) -> None:
        self._span = min(int(attributes.get("val", "1")), _MOST_SPAN)

    def _end_cell(self) -> None:
        if self._depth == 1 and self._rows:
            self._rows[-1] += [[] for _ in range(self._span - 1)]
        self._blanks = 0

    def _end_table(self) -> None:
        self._depth -= 1
        if not self._depth and self._rows is not None:
            self._tables += 1
            self.blocks.append(Table(self._rows, self._tables))
            self._rows = None

    def _take_description(self, attributes: dict[str, str]) -> None:
        self._description = attributes.get("descr") or attributes.get("alt") or attributes.get("title") or ""

    def _take_picture(self, attributes: dict[str, str]) -> None:
        content = self._package.medium(attributes.get("embed") or attributes.get("id") or "")
        if content is None or picture_of(content) is None:
            self._remark("docx_picture_missing" if content is None else "docx_picture_kind")
            return
        if not self._description.strip():
            self._remark("docx_description")
        self._add(self._media.mark(content, self._description.strip() or UNDESCRIBED), OBJECT)
        self._description = ""

    def _take_note(self, attributes: dict[str, str]) -> None:
        said_there = self._known_footnotes.get(f"{self._path[-1]}{attributes.get('id')}", "")
        if said_there:
            self._remark("docx_footnote")
            self._add(f" ({said_there})")

    def _start_note(self, attributes: dict[str, str]) -> None:
        self._footnote = f"{self._path[-1]}Reference{attributes.get('id')}"

    def _end_note(self) -> None:
        texts = (block.text.text.strip() for block in self.blocks if isinstance(block, Paragraph))
        self.footnotes[self._footnote] = " ".join(" ".join(texts).split())
        self.blocks.clear()

    def _start_equation(self, name: str, attributes: dict[str, str]) -> None:
        node = Node(name, attributes)
        self._nodes += 1 if len(self._equation) < DEEPEST else MOST_NODES
        if self._equation and self._nodes <= MOST_NODES:
            self._equation[-1].children.append(node)
        self._equation.append(node)

    def _end_equation(self) -> None:
        node = self._equation.pop()
        if self._equation:
            return
        formula = formula_of(node) if self._nodes <= MOST_NODES else None
        self._nodes = 0
        if formula is None:
            self._remark("docx_equation")
        self._add(formula or said(node), OBJECT if formula else PLAIN)


def _level(style: Props) -> int | None:
    name, outline = style.get("name", ""), style.get("outlineLvl", "9")
    if name in _TITLES:
        return 0
    if name.startswith(_HEADING) and name.removeprefix(_HEADING).isdigit():
        return int(name.removeprefix(_HEADING))
    return int(outline) + 1 if outline.isdigit() and int(outline) < 9 else None


def document_of(package: Package, media: MediaFound) -> Document:
    """Return what a document says. Raises UnusableFile: not_docx, unpacks_large, docx_much, media_large."""
    styles = Styles()
    package.hear("word/styles.xml", styles)
    notes: dict[str, str] = {}
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        part = Document(package, styles, Numbers(), media, {})
        package.hear(name, part)
        notes |= part.footnotes
    numbers = Numbers()
    package.hear("word/numbering.xml", numbers)
    document = Document(package, styles, numbers, media, notes)
    package.hear("word/document.xml", document)
    return document
