"""Tables of a Word document: questions in rows, keys, options side by side, or a part of a question's text."""

import re
from collections.abc import Iterator, Sequence

from question_bank.formats.base import UNSORTED, Fault
from question_bank.formats.docx.drafts import Draft, Line, OptionDraft, lines_of
from question_bank.formats.docx.gathering import Drafts
from question_bank.formats.docx.key_lists import keys_heading_in, part_in
from question_bank.formats.docx.lines import first_label, keys_in, options_in, question_in
from question_bank.formats.docx.paragraph import Cell, Table
from question_bank.formats.docx.styled import PLAIN, Styled, joined, marked
from question_bank.formats.table_words import QUESTION, column_of, label_in
from question_bank.kinds.options import LETTERS
from question_bank.text import fold

_KEY_CELL = re.compile(r"[A-Ja-j](?:\s*[,;&+]\s*[A-Ja-j])*|[ĐSđs]{2,10}|Đúng|Sai")
TYPED = re.compile(r".+", re.DOTALL)
"""What a cell with an answer to type holds."""

_NUMBER_CELL = re.compile(r"(?:Câu\s*)?([0-9]{1,4})\s*[.:]?", re.IGNORECASE)
_NAMES = frozenset({"number", "text", "key", "options"})
"""Of the rows or columns of a table of keys."""

_HEADER_ROWS = 3
_LEAST_OPTIONS = 2
_LEAST_COLUMNS = 4
"""Of a table that goes on as the one before; narrower ones may set out anything."""

_NAMED = re.compile(r"\(?[A-J][.)]?|[a-j][.)]", re.UNICODE)


class Columns:
    """What the columns of a table with a header hold."""

    def __init__(self, fields: Sequence[str | None], titles: Sequence[str], header: int) -> None:
        """Take the field of each column, None for one that nobody knows, and the row of the header."""
        self.fields, self.titles, self.header = fields, titles, header

    @property
    def are_numbered(self) -> bool:
        """Say whether options are called by numbers: "Phương án 1"."""
        return any(
            _is_option(field) and title.rstrip("*: ")[-1:].isdigit()
            for title, field in zip(self.titles, self.fields, strict=True)
        )

    @property
    def is_header(self) -> bool:
        """Say whether rows below can be questions."""
        return "text" in self.fields and any(
            field == "key" or str(field).startswith("options") for field in self.fields
        )

    def faults(self, table: Table) -> list[Fault]:
        """Return the columns that occur twice."""
        known = [field for field in self.fields if field]
        repeated = [
            title for title, field in zip(self.titles, self.fields, strict=True) if field and known.count(field) > 1
        ]
        return [Fault(f"bảng {table.number}", "column_repeated", {"value": repeated[-1]})] if repeated else []

    def unknown(self) -> list[str]:
        """Return the titles of columns that are not read."""
        return [title for title, _cell in self.strangers([[]] * len(self.titles))]

    def strangers(self, row: Sequence[Cell]) -> list[tuple[str, Cell]]:
        """Return the cells of columns that are not read, with their titles."""
        columns = zip(self.titles, self.fields, row, strict=False)
        return [(title, cell) for title, field, cell in columns if title and field is None]


def columns_of(table: Table) -> Columns | None:
    """Return what the columns of a table hold, None when it has no header of questions."""
    for index, row in enumerate(table.rows[:_HEADER_ROWS]):
        titles = [_text(cell) for cell in row]
        columns = Columns([column_of(title) if title else None for title in titles], titles, index)
        if columns.is_header:
            return _with_row_below(columns, table)
    return None


def _with_row_below(columns: Columns, table: Table) -> Columns:
    """Return the columns with the titles of a second row of titles: below "Phương án" may stand A, B, C and D."""
    below = [_text(cell) for cell in next(iter(table.rows[columns.header + 1 :]), [])]
    fields = [column_of(title) if title else None for title in below]
    are_titles = all(fields[index] for index, title in enumerate(below) if title)
    if not are_titles or len(below) != len(columns.titles) or sum(map(_is_option, fields)) < _LEAST_OPTIONS:
        return columns
    titles = [lower or upper for lower, upper in zip(below, columns.titles, strict=True)]
    return Columns([column_of(title) if title else None for title in titles], titles, columns.header + 1)


def _is_option(field: str | None) -> bool:
    return str(field).startswith("options.")


def continued(columns: Columns | None, table: Table) -> Columns | None:
    """Return the columns of the table before for one that has as many, and no header of its own."""
    width = len(columns.fields) if columns else 0
    if columns is None or width < _LEAST_COLUMNS or any(len(row) != width for row in table.rows):
        return None
    return Columns(columns.fields, columns.titles, -1)


def take_rows(table: Table, columns: Columns, drafts: Drafts) -> None:
    """Take each row below the header as a question; a row of which only the first cell is filled is a heading."""
    drafts.now = None
    for index, row in enumerate(table.rows[columns.header + 1 :], start=columns.header + 2):
        filled = [cell for cell in row if cell]
        cells = {field: cell for field, cell in zip(columns.fields, row, strict=False) if field and cell}
        if len(filled) == 1 and row[0] and "text" not in cells:
            drafts.begin_topic(_text(filled[0]) or UNSORTED)
        elif filled:
            draft = drafts.add(Draft(f"bảng {table.number}, dòng {index}", filled[0][0].number))
            _fill(draft, cells)
            if columns.are_numbered:
                _name_key(draft)
            unread = [title for title, cell in columns.strangers(row) if cell]
            if not draft.options and len(unread) >= _LEAST_OPTIONS:
                draft.faults.append(("docx_columns_lost", {"value": ", ".join(unread)[:100]}))
    drafts.now = None


def _name_key(draft: Draft) -> None:
    """Put a letter in place of a key that calls an option by its number."""
    key = draft.said("key").text
    if not key.isdecimal() or not 0 < int(key) <= len(draft.options):
        return
    letter = LETTERS[int(key) - 1].upper()
    if any(fold(each.body.text) == key for each in draft.options):
        draft.faults.append(("docx_which", {"value": f"{key}; {letter}"}))
    draft.fields["key"] = [Styled([(letter, PLAIN)])]
    draft.notes.add("docx_key_number")


def _fill(draft: Draft, cells: dict[str, Cell]) -> None:
    number = _text(cells.get("number", [])).strip(". ")
    draft.number = int(number) if re.fullmatch("[0-9]{1,4}", number) else None
    for name in ("text", "options"):
        _take_lines(draft, lines_of(cells.get(name, [])), is_text=name == "text")
    places = [place for place in range(len(LETTERS)) if f"options.{place}" in cells]
    for place in range(places[-1] + 1 if places else 0):
        draft.options.append(_option(lines_of(cells.get(f"options.{place}", [])), draft))
    for name, cell in cells.items():
        if name not in {"number", "text", "options"} and not name.startswith("options."):
            lines = lines_of(cell)
            draft.fields[name] = _texts(lines)
            draft.notes |= {note for line in lines for note in line.notes}


def _take_lines(draft: Draft, lines: Sequence[Line], *, is_text: bool) -> None:
    for index, line in enumerate(lines):
        following = first_label(lines[index + 1].text.text) if index + 1 < len(lines) else None
        if is_text and not index:
            start = question_in(line.text.text, is_bare=False)
            draft.take_text(line.text.cut(start.end if start else 0), following[0] if following else None)
            draft.notes |= line.notes
        else:
            draft.take(line, following[0] if following else None)


def _option(lines: Sequence[Line], draft: Draft) -> OptionDraft:
    """Return the option of a cell, which may begin with its letter once more."""
    draft.notes |= {note for line in lines for note in line.notes}
    texts = _texts(lines)
    label = first_label(texts[0].text) if texts else None
    if label and label == (len(draft.options), False):
        (option,) = options_in(texts[0], following=0)[:1]
        return OptionDraft(option.label, [option.body, *texts[1:]])
    return OptionDraft(Styled(), texts)


def _texts(lines: Sequence[Line]) -> list[Styled]:
    return [text for line in lines for text in [*[Styled()] * line.blanks, line.text]]


def keys_of(table: Table, key: re.Pattern[str] = _KEY_CELL) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return the keys of a table of keys, below the heading of their part, empty for none; nothing of other tables."""
    sections: list[tuple[str, list[list[str]]]] = [("", [])]
    for row in table.rows:
        texts = [text for cell in row if (text := _text(cell)) and column_of(text) not in _NAMES]
        is_heading = len(set(texts)) == 1 and not keys_in(texts[0]) and (part_in(texts[0]) or keys_heading_in(texts[0]))
        if is_heading:
            sections.append((texts[0], []))
        else:
            sections[-1][1].append(texts)
    found = [(title, _keys_in_rows(rows, key)) for title, rows in sections if any(rows)]
    return found if all(keys for _title, keys in found) else []


def _keys_in_rows(rows: Sequence[Sequence[str]], wanted: re.Pattern[str]) -> list[tuple[int, str]]:
    """Return the keys of rows: cells as "1.A", or numbers with the keys below or beside them."""
    entries = [keys_in(text) for row in rows for text in row]
    if entries and all(entries):
        return [each for found in entries for each in found]
    for pairs in (_pairs_below(rows), _pairs_beside(rows)):
        found = [(_NUMBER_CELL.fullmatch(number), key) for number, key in pairs]
        if found and all(number and wanted.fullmatch(key) for number, key in found):
            return [(int(number[1]), key) for number, key in found if number]
    return []


def _pairs_below(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    filled = [row for row in rows if row]
    for numbers, keys in zip(filled[::2], filled[1::2], strict=False):
        yield from zip(numbers, keys, strict=False) if len(numbers) == len(keys) else [("", "")]


def _pairs_beside(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    for row in rows:
        yield from zip(row[::2], row[1::2], strict=False) if len(row) % 2 == 0 else [("", "")]


def lines_in(table: Table) -> list[Line]:
    """Return the lines of a table that only sets out texts; options side by side come in the order of letters."""
    rows = [[lines_of(cell) for cell in row if cell] for row in table.rows]
    cells = [_named(row) for row in rows if len(row) == 2 and _is_name(row[0])]
    if len(cells) < sum(1 for row in rows if row):
        cells = [cell for row in rows for cell in row]
    labels = [first_label(cell[0].text.text) for cell in cells]
    if all(label and not label[1] for label in labels):
        cells = [
            cell for _label, cell in sorted(zip(labels, cells, strict=True), key=lambda pair: pair[0] or (0, False))
        ]
    return [line for cell in cells for line in cell]


def _is_name(lines: Sequence[Line]) -> bool:
    text = lines[0].text.text.strip()
    return bool(_NAMED.fullmatch(text) or column_of(text) or question_in(text, is_bare=False))


def _named(row: Sequence[list[Line]]) -> list[Line]:
    """Return a row of a name and what it names as lines that begin with the name."""
    name, (first, *others) = row[0][0].text.stripped(), row[1]
    text = name.text.rstrip(":")
    begins = text + ("." if len(text) == 1 else "" if _NAMED.fullmatch(text) or QUESTION in text else ":")
    if column_of(text) == "text":
        begins = ""
    label = Styled([(begins + " ", name.pieces[0][1] if name.pieces else PLAIN)])
    return [first._replace(text=label + first.text, notes=first.notes | row[0][0].notes), *others]


def is_part_of_text(table: Table, draft: Draft | None) -> bool:
    """Say whether a table belongs to the text of a question, such as figures to be read."""
    if draft is None or draft.is_complete:
        return False
    texts = [_text(cell) for row in table.rows for cell in row]
    return not any(text == "A" or first_label(text) == (0, False) or label_in(text) for text in texts)


def as_marks(table: Table) -> list[Styled]:
    """Return a table in our marks, the first row as its header."""
    width = max((len(row) for row in table.rows), default=0)
    rows = [[_cell_mark(cell) for cell in row] + [""] * (width - len(row)) for row in table.rows]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return [Styled(), *(Styled([(line, PLAIN)]) for line in [*lines[:1], "|" + " --- |" * width, *lines[1:]]), Styled()]


def _cell_mark(cell: Cell) -> str:
    return " ".join(marked(joined(line.text for line in lines_of(cell))).text.split()).replace("|", "\\|")


def _text(cell: Cell) -> str:
    return " ".join(" ".join(paragraph.text.text for paragraph in cell).split())
