"""A question of a Word document as its lines are put together; what it comes to is decided later."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from question_bank.formats.docx.key_lists import Part
from question_bank.formats.docx.lines import (
    OptionLine,
    first_label,
    key_behind,
    options_after,
    options_in,
)
from question_bank.formats.docx.paragraph import Paragraph
from question_bank.formats.docx.styled import PLAIN, Styled, joined
from question_bank.formats.table_words import label_in
from question_bank.kinds.options import position_name
from question_bank.problems import Values

TEXT, OPTION, NOTHING, KEY = "text", "option", "", "key"
_EXPLANATION = "explanation"
_LONG_FIELDS = frozenset({KEY, _EXPLANATION, "source", "settings"})


class Line(NamedTuple):
    """A line of a paragraph; `is_soft` says that it isn't the first, `blanks` how many empty ones stand before."""

    text: Styled
    number: int
    level: int | None = None
    blanks: int = 0
    is_soft: bool = False
    notes: frozenset[str] = frozenset()


def lines_of(paragraphs: Sequence[Paragraph]) -> list[Line]:
    """Return the lines of paragraphs that hold something."""
    found: list[Line] = []
    for paragraph in paragraphs:
        blanks, is_soft = paragraph.blanks, False
        for text in paragraph.text.lines():
            if text.text.strip():
                level = None if is_soft else paragraph.level
                found.append(Line(text, paragraph.number, level, blanks, is_soft, paragraph.notes))
                blanks, is_soft = 0, True
            else:
                blanks += 1
    return found


@dataclass(slots=True)
class OptionDraft:
    """An option: its letter with whatever marks it, and its lines."""

    label: Styled
    lines: list[Styled]
    is_ticked: bool = False

    @property
    def body(self) -> Styled:
        """Return its text."""
        return joined(self.lines)


@dataclass(slots=True)
class Draft:
    """A question as far as it was read. `now` is what the next line goes on with."""

    place: str
    row: int
    topic: str = ""
    number: int | None = None
    points: str = ""
    level: str = ""
    text: list[Styled] = field(default_factory=list)
    options: list[OptionDraft] = field(default_factory=list)
    has_small_letters: bool = False
    fields: dict[str, list[Styled]] = field(default_factory=dict)
    later_keys: list[str] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)
    faults: list[tuple[str, Values]] = field(default_factory=list)
    now: str = TEXT
    beside: int = 0
    """How many options the last line with some had."""

    goes_on: int | None = None
    """The option that a paragraph of its own was added to."""

    parts: frozenset[Part] = frozenset()
    headings: int = 0
    """The parts of the document in which the question stands, and how many headings stand before it."""

    @property
    def is_complete(self) -> bool:
        """Say whether options or a key are there."""
        return bool(self.options) or KEY in self.fields

    def said(self, name: str) -> Styled:
        """Return what a field says."""
        return joined(self.fields.get(name, ()))

    @property
    def has_key(self) -> bool:
        """Say whether its key stands with it."""
        return bool(self.said(KEY).text.strip() or self.later_keys)

    @property
    def question(self) -> Styled:
        """Return the text of the question."""
        return joined(self.text)

    def take(self, line: Line, following: int | None) -> bool:
        """Take a line as a field, as options or as more of what was before; False when it fits nowhere."""
        self.notes |= line.notes
        body, key = key_behind(line.text)
        label = label_in(body.text)
        if label and label[0] not in self.fields:
            self.fields[label[0]] = [body.cut(label[1])]
            self.now = label[0]
            taken = True
        else:
            self.later_keys += [body.cut(label[1]).text.strip()] if label and label[0] == KEY else []
            taken = self._take_options(body, following) or self._go_on(line._replace(text=body))
        if key is not None:
            self.fields.setdefault(KEY, []).append(key.cut((label_in(key.text) or (KEY, 0))[1]))
            self.now = KEY
        return taken

    def take_text(self, text: Styled, following: int | None) -> None:
        """Take the line in which the text of the question begins; options may stand behind it."""
        rest, options = options_after(text, following)
        self.text.append(rest)
        self._add(options)

    def _take_options(self, text: Styled, following: int | None) -> bool:
        label = first_label(text.text)
        may_follow = self.now in {TEXT, OPTION, NOTHING} or not self.options
        if label is None or not may_follow:
            return False
        place, is_small = label
        if place == 0 and self.options and self.has_small_letters and not is_small:
            # What looked like options were statements, which the options speak of.
            self.text += [each.label + Styled([(" ", PLAIN)]) + each.body for each in self.options]
            self.options.clear()
        if place != len(self.options) or (self.options and is_small != self.has_small_letters):
            if self.options and is_small == self.has_small_letters:
                self.faults.append(("docx_option", {"option": position_name(len(self.options))}))
            return False
        # Where options stood one to a line, a letter within the last is part of its text.
        is_alone = following is None and self.beside == 1
        self._add(options_in(text, place + 1 if is_alone else following))
        return True

    def _add(self, options: Sequence[OptionLine]) -> None:
        self.beside = len(options)
        for each in options:
            self.options.append(OptionDraft(each.label, [each.body]))
            self.has_small_letters, self.now = each.is_small, OPTION

    def _go_on(self, line: Line) -> bool:
        added = [*[Styled()] * line.blanks, line.text]
        has_key = self.now == KEY and self.said(KEY).text and first_label(line.text.text) is None
        if has_key and not line.is_soft and not line.blanks and _EXPLANATION not in self.fields:
            # A key is one line, or a line for each statement.
            self.fields[_EXPLANATION] = [line.text]
            self.now = _EXPLANATION
            self.notes.add("docx_explained")
        elif self.now == TEXT:
            self.text += added
        elif self.now == OPTION and (line.is_soft or not line.blanks):
            self.options[-1].lines += added
            self.goes_on = self.goes_on if line.is_soft else len(self.options) - 1
        elif self.now in self.fields and (line.is_soft or (self.now in _LONG_FIELDS and not line.blanks)):
            self.fields[self.now] += added
        else:
            self.now = NOTHING
            return False
        return True
