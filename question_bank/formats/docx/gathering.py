"""The lines of a Word document given to the questions, headings and lists of keys to which they belong."""

from collections.abc import Sequence

from question_bank.formats.docx.drafts import KEY, NOTHING, Draft, Line
from question_bank.formats.docx.key_lists import KeyList, Numbered, Part, keys_heading_in, part_in
from question_bank.formats.docx.lines import Start, heading_in, is_section, keys_in, question_in, typed_keys_in
from question_bank.formats.table_words import QUESTION, label_in

_LEAST_KEYS = 3
_LARGEST_PART = "phần"
_SHOWN = 60


class Drafts:
    """Takes line by line and gathers drafts, keys that stand apart from them, and what belongs to no question."""

    def __init__(self, *, is_bare: bool) -> None:
        """Begin; `is_bare` says that questions are numbered without the word "Câu"."""
        self.all: list[Draft] = []
        self.lists: list[KeyList] = []
        self.unused: list[str] = []
        self.title = ""
        self.now: Draft | None = None
        self.has_keys = False
        self.topic = ""
        self._is_bare = is_bare
        self._last = self._headings = 0
        self._parts: dict[str, Part] = {}
        self._heading: str | None = None
        self._by_number: dict[int | None, list[Draft]] = {}

    def take(self, line: Line, following: int | None) -> None:
        """Take the next line; `following` is the place of the option that the line after it begins with."""
        text = line.text.text
        if self._take_keys(text, following):
            return
        start = question_in(text, is_bare=self._is_bare)
        if start and self._may_begin(start):
            self.begin(line, start).take_text(line.text.cut(start.end), following)
        elif not self._take_heading(line) and not (self.now and self.now.take(line, following)):
            self.unused.append(f"“{' '.join(text.split())[:_SHOWN]}”")

    def numbered(self) -> list[Numbered]:
        """Return the drafts as lists of keys see them."""
        return [Numbered(each.row, each.number, each.headings, each.parts, each.has_key) for each in self.all]

    @property
    def is_open(self) -> bool:
        """Say whether a question waits for its options or its key."""
        return self.now is not None and not self.now.is_complete

    def add_keys(self, keys: Sequence[tuple[int, str]], title: str = "") -> None:
        """Keep keys that name their questions by number, below a title that may name their part."""
        heading, part = keys_heading_in(title), part_in(title)
        if title or not self.has_keys:
            self._begin_list(heading.part if heading else part[0] if part else None, title)
        self.lists[-1].keys += keys
        self._heading = None
        if self.now:
            self.now.now = NOTHING

    def take_heading_of_keys(self, text: str) -> bool:
        """Take a line as the heading of a list of keys, and the keys in it; False when it is none."""
        found = keys_heading_in(text)
        part = part_in(text) if self.has_keys and not found else None
        if found and (found.is_sure or not self.now or self.has_keys or self._are_listed(self.now, found.keys)):
            self._begin_list(found.part, text)
            if self.now and not found.keys:
                # Below the last of several questions stand the keys of all, unless each has its own.
                is_of_all = len(self.all) > 1 and KEY not in self.all[-2].fields
                self.now.now = NOTHING if is_of_all or KEY in self.now.fields else KEY
                self.now.fields.setdefault(KEY, [])
            if found.keys and not found.is_sure and self.now:
                self.now.notes.add("docx_key_list")
            keys = found.keys
        elif part and any(part[0] in each.parts for each in self.all):
            self._begin_list(part[0], text)
            self._heading, keys = text, part[1]
        else:
            return False
        if keys:
            self.add_keys(keys)
        return True

    def are_typed(self, keys: Sequence[tuple[int, str]]) -> bool:
        """Say whether keys in a list can be answers to type: their questions have neither options nor a key."""
        return self.has_keys and bool(keys) and all(self._wants_key(number) for number, _key in keys)

    def _wants_key(self, number: int) -> bool:
        return any(not (each.options or each.has_key) for each in self._by_number.get(number, ()))

    def _take_keys(self, text: str, following: int | None) -> bool:
        typed = typed_keys_in(text) if self.has_keys and following is None else []
        keys = keys_in(text) or (typed if self.are_typed(typed) else [])
        # Pairs as "1-a, 2-c" may be part of a question; without a heading keys are capitals.
        is_list = len(keys) >= _LEAST_KEYS and all(key.isupper() for _number, key in keys)
        if not keys or not (self.has_keys or (self.now and is_list)):
            return self.take_heading_of_keys(text)
        self.add_keys(keys)
        return True

    def _are_listed(self, now: Draft, keys: Sequence[tuple[int, str]]) -> bool:
        """Say whether "Đáp án: 1A, 2B" is for all questions: one with pairs to match has a key of that form, too."""
        numbers = {number for number, _key in keys}
        named = [each for number, each in {each.number: each for each in self.all}.items() if number in numbers]
        is_whole = 1 < len(keys) == len(numbers) == len(named)
        return is_whole and bool(now.options) and not any(each.has_key for each in named)

    def _begin_list(self, part: Part | None = None, title: str = "") -> None:
        self.has_keys, self._heading = True, None
        self.lists.append(KeyList(len(self.all), part, " ".join(title.split())[:_SHOWN]))

    def begin(self, line: Line, start: Start) -> Draft:
        """Begin the question with this number."""
        if self._heading is not None:
            # It stood below keys, but what follows it are questions.
            self.begin_topic(heading_in(self._heading) or self._heading.strip(), self._heading)
        self._last = start.number
        count = len(self._by_number.get(start.number, ())) + 1
        place = f"{QUESTION} {start.number}" + (f" (lần {count})" if count > 1 else "")
        draft = self.add(Draft(place, line.number, number=start.number, points=start.points, level=start.level))
        draft.notes |= line.notes
        return draft

    def add(self, draft: Draft) -> Draft:
        """Go on with another draft; no two have the same row."""
        draft.row = max(draft.row, self.all[-1].row + 1 if self.all else 1)
        draft.topic, draft.headings, draft.parts = self.topic, self._headings, frozenset(self._parts.values())
        self.all.append(draft)
        self._by_number.setdefault(draft.number, []).append(draft)
        self.now, self.has_keys = draft, False
        return draft

    def begin_topic(self, topic: str, heading: str = "") -> None:
        """Say which topic the following questions have, by a heading that may call it a part of the document."""
        self.topic, self.now, self.has_keys, self._last = "" if is_section(topic) else topic, None, False, 0
        self._headings += 1
        part = part_in(heading)
        if part and part[0].word == _LARGEST_PART:
            self._parts.clear()
        if part:
            self._parts[part[0].word] = part[0]

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
        is_open = self.is_open and not text.startswith(_LARGEST_PART.upper())
        if label and label[0] == "topic" and (self.now is None or (line.blanks and not line.is_soft and not is_open)):
            self.begin_topic(text[label[1] :].strip())
            return True
        topic = text if line.level else heading_in(text)
        if not topic or line.is_soft or (is_open and not line.level) or (label and not line.level):
            return False
        self.begin_topic(heading_in(topic) or topic, text)
        return True
