"""The lines of a Word document put together into drafts of questions; what they come to is decided later."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from question_bank.formats.docx.lines import (
    OptionLine,
    Start,
    first_label,
    heading_in,
    is_heading_of_keys,
    is_section,
    key_behind,
    keys_in,
    options_after,
    options_in,
    question_in,
)
from question_bank.formats.docx.paragraph import Paragraph
from question_bank.formats.docx.styled import PLAIN, Styled, joined
from question_bank.formats.docx.words import QUESTION, label_in
from question_bank.kinds.options import position_name
from question_bank.problems import Values

TEXT, OPTION, NOTHING, KEY = "text", "option", "", "key"
_EXPLANATION = "explanation"
_LONG_FIELDS = frozenset({KEY, _EXPLANATION, "source", "settings"})
_LEAST_KEYS = 3
_SHOWN = 60


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

    @property
    def is_complete(self) -> bool:
        """Say whether options or a key are there."""
        return bool(self.options) or KEY in self.fields

    def said(self, name: str) -> Styled:
        """Return what a field says."""
        return joined(self.fields.get(name, ()))

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


class Drafts:
    """Takes line by line and gathers drafts, keys that stand apart from them, and what belongs to no question."""

    def __init__(self, *, is_bare: bool) -> None:
        """Begin; `is_bare` says that questions are numbered without the word "Câu"."""
        self.all: list[Draft] = []
        self.keys: dict[int, list[str]] = {}
        self.unused: list[str] = []
        self.title = ""
        self.now: Draft | None = None
        self.has_keys = False
        self.topic = ""
        self._is_bare = is_bare
        self._last = 0
        self._met: dict[int, int] = {}

    def take(self, line: Line, following: int | None) -> None:
        """Take the next line; `following` is the place of the option that the line after it begins with."""
        text = line.text.text
        keys = keys_in(text)
        # Pairs as "1-a, 2-c" may be part of a question; without a heading keys are capitals.
        is_list = len(keys) >= _LEAST_KEYS and all(key.isupper() for _number, key in keys)
        if keys and (self.has_keys or (self.now and is_list)):
            self.add_keys(keys)
            return
        start = question_in(text, is_bare=self._is_bare)
        if start and self._may_begin(start):
            self.begin(line, start).take_text(line.text.cut(start.end), following)
        elif is_heading_of_keys(text):
            self.has_keys = True
            if self.now:
                # Below the last of several questions stand the keys of all, unless each has its own.
                is_of_all = len(self.all) > 1 and KEY not in self.all[-2].fields
                self.now.now = NOTHING if is_of_all or KEY in self.now.fields else KEY
                self.now.fields.setdefault(KEY, [])
        elif not self._take_heading(line) and not (self.now and self.now.take(line, following)):
            self.unused.append(f"“{' '.join(text.split())[:_SHOWN]}”")

    def add_keys(self, keys: Sequence[tuple[int, str]]) -> None:
        """Keep keys that name their questions by number."""
        self.has_keys = True
        for number, key in keys:
            self.keys.setdefault(number, []).append(key)
        if self.now:
            self.now.now = NOTHING

    def begin(self, line: Line, start: Start) -> Draft:
        """Begin the question with this number."""
        self._last = start.number
        self._met[start.number] = count = self._met.get(start.number, 0) + 1
        place = f"{QUESTION} {start.number}" + (f" (lần {count})" if count > 1 else "")
        draft = self.add(Draft(place, line.number, number=start.number, points=start.points, level=start.level))
        draft.notes |= line.notes
        return draft

    def add(self, draft: Draft) -> Draft:
        """Go on with another draft; no two have the same row."""
        draft.row = max(draft.row, self.all[-1].row + 1 if self.all else 1)
        draft.topic = self.topic
        self.all.append(draft)
        self.now, self.has_keys = draft, False
        return draft

    def begin_topic(self, topic: str) -> None:
        """Say which topic the following questions have."""
        self.topic, self.now, self.has_keys, self._last = "" if is_section(topic) else topic, None, False, 0

    def _may_begin(self, start: Start) -> bool:
        """Say whether a number begins a question: without "Câu" it may be one of a list."""
        if not self._is_bare or self.now is None:
            return True
        return self.now.is_complete and start.number > self._last

    def _take_heading(self, line: Line) -> bool:
        if line.level == 0 and not self.all:
            self.title = self.title or line.text.text.strip()
            return True
        text = line.text.text.strip()
        label = label_in(text)
        is_open = self.now is not None and not self.now.is_complete
        if label and label[0] == "topic" and (self.now is None or (line.blanks and not line.is_soft and not is_open)):
            self.begin_topic(text[label[1] :].strip())
            return True
        topic = text if line.level else heading_in(text)
        if not topic or line.is_soft or (is_open and not line.level) or (label and not line.level):
            return False
        self.begin_topic(heading_in(topic) or topic)
        return True
