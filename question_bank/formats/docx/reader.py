"""Reading questions from Word documents, in the ways in which committees write them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from question_bank.formats.base import (
    MOST_QUESTIONS,
    Fault,
    Import,
    MediaFound,
    Source,
    checked,
    file_bytes,
    gathered,
    letters_guesses,
)
from question_bank.formats.docx.document import document_of
from question_bank.formats.docx.drafts import Line, lines_of
from question_bank.formats.docx.gathering import Drafts
from question_bank.formats.docx.key_lists import listed_keys
from question_bank.formats.docx.lines import first_label, question_in
from question_bank.formats.docx.package import MAIN, opened
from question_bank.formats.docx.paragraph import Block, Paragraph, Table
from question_bank.formats.docx.questions import Finisher
from question_bank.formats.docx.tables import (
    TYPED,
    Columns,
    as_marks,
    columns_of,
    continued,
    is_part_of_text,
    keys_of,
    lines_in,
    take_rows,
)

_SAMPLE = 10_000_000


def read_questions(source: Source) -> Import:
    """Read the questions of a Word document.

    Raises UnusableFile: file_missing, file_large, not_docx, docx_old, docx_macros, docx_much, unpacks_large,
    media_large.
    """
    media = MediaFound()
    package = opened(file_bytes(source))
    document = document_of(package, media)
    drafts, faults, unread = drafts_of(document.blocks)
    if len(drafts.all) > MOST_QUESTIONS:
        return Import((), (Fault("", "too_many_questions", {"most": MOST_QUESTIONS}),))
    found = imported(drafts, faults)
    guesses = letters_guesses(package.parts[MAIN][:_SAMPLE].decode(errors="ignore"))
    guesses += gathered((place, "docx_unused") for place in drafts.unused)
    guesses += gathered((title, "docx_column_unused") for title in unread)
    if document.fonts:
        guesses += (Fault("", "docx_old_font", {"value": ", ".join(sorted(document.fonts))}),)
    if document.has_unplaced:
        guesses += (Fault("", "docx_drawing"),)
    return Import(found.questions, found.faults, drafts.title, guesses=found.guesses + guesses, media=media.by_digest)


def drafts_of(blocks: Sequence[Block]) -> tuple[Drafts, list[Fault], list[str]]:
    """Return the drafts of a document's text, faults of its tables, and the titles of columns that are not read."""
    drafts = Drafts(is_bare=not any(question_in(text, is_bare=False) for text in _texts(blocks)))
    faults: list[Fault] = []
    unread: list[str] = []
    waiting: list[Line] = []
    last: Columns | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            waiting += lines_of([block])
            continue
        _take(drafts, waiting)
        waiting = []
        columns = columns_of(block)
        if columns is None and drafts.now is None and not keys_of(block):
            columns = continued(last, block)
        last = columns or last
        if columns is None:
            _take_table(block, drafts)
        else:
            faults += columns.faults(block)
            unread += columns.unknown()
            take_rows(block, columns, drafts)
    _take(drafts, waiting)
    return drafts, faults, unread


def imported(drafts: Drafts, faults: Sequence[Fault] = ()) -> Import:
    """Return the questions of drafts."""
    listed = listed_keys(drafts.numbered(), drafts.lists)
    finisher = Finisher(listed)
    placed = [finisher.placed(number, draft) for number, draft in enumerate(drafts.all, start=1)]
    strangers = gathered((place, "docx_key_unused") for place in listed.unused)
    all_faults = [*faults, *strangers, *finisher.faults]
    faulty = {fault.row for fault in finisher.faults}
    all_faults += [fault for fault in checked(placed) if fault.code not in _DRAWN or fault.row not in faulty]
    if not placed:
        all_faults.append(Fault("", "no_questions"))
    guesses = (*finisher.guesses, *gathered(finisher.made), *gathered(_gaps(drafts)))
    return Import(tuple(item.parsed for item in placed), tuple(all_faults), guesses=guesses)


def _gaps(drafts: Drafts) -> Iterator[tuple[str, str]]:
    """Yield the questions before which a number lacks: the one that had it may have become part of another."""
    known = {draft.number for draft in drafts.all}
    numbered = [(draft, draft.number) for draft in drafts.all if draft.number]
    for (_before, last), (draft, number) in pairwise(numbered):
        if number > last + 1 and number - 1 not in known:
            yield draft.place, "docx_number_gap"


_DRAWN = frozenset({"key_missing", "options_few", "key_not_options", "text_missing"})
"""What is said anyway of a question whose answers could not be read: the first fault says why."""


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        paragraphs = (
            [block] if isinstance(block, Paragraph) else [p for row in block.rows for cell in row for p in cell]
        )
        for paragraph in paragraphs:
            yield from paragraph.text.text.split("\n")


def _take_table(table: Table, drafts: Drafts) -> None:
    """Take a table without a header: keys, figures that belong to the text of a question, or lines set out in cells."""
    sections = [] if drafts.is_open else keys_of(table)
    typed = keys_of(table, TYPED) if not sections else []
    if drafts.are_typed([key for _title, keys in typed for key in keys]):
        sections = typed
    for title, keys in sections:
        drafts.add_keys(keys, title)
    if sections:
        return
    if drafts.now is not None and is_part_of_text(table, drafts.now):
        drafts.now.text += as_marks(table)
        drafts.now.notes |= {note for row in table.rows for cell in row for each in cell for note in each.notes}
    else:
        _take(drafts, lines_in(table))


def _take(drafts: Drafts, lines: Sequence[Line]) -> None:
    for index, line in enumerate(lines):
        following = first_label(lines[index + 1].text.text) if index + 1 < len(lines) else None
        drafts.take(line, following[0] if following else None)
        if len(drafts.all) > MOST_QUESTIONS:
            return
