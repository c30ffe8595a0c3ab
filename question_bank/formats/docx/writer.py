"""Writing Word documents as committees lay them out: "Câu 1. …", options, "Đáp án: B" and what else is known."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from question_bank.formats.base import Bank, MediaFound
from question_bank.formats.docx.paragraph import Paragraph
from question_bank.formats.docx.pictures import picture_of
from question_bank.formats.docx.reader import drafts_of, imported
from question_bank.formats.docx.styled import OBJECT, PLAIN, Look, Piece, Styled, marked
from question_bank.formats.docx.xml import Picture, package_parts, paragraph_xml
from question_bank.formats.table_words import LABELS, QUESTION
from question_bank.formats.xlsx.writer import fields_of
from question_bank.kinds.options import LETTERS
from question_bank.markup import media_in
from question_bank.question import Question
from question_bank.text import clean

_KNOWN_BY_LOOK = frozenset({"single", "multiple", "true_false", "statements"})
_MISREAD = "docx_"
_FIELDS = ("kind", "key", "explanation", "source", "topic", "difficulty", "code", "points", "lock_order", "tags")
_MARK = re.compile(r"(\*\*\*|\*\*|\*|\^|~)(?=\S)([^*^~\n]+?)(?<=\S)\1")
_MEDIUM = re.compile(r"!\[([^\]\n]{0,500})\]\(media:([0-9a-f]{64})\)")
_LOOKS = {
    "***": Look(bold=True, italic=True),
    "**": Look(bold=True),
    "*": Look(italic=True),
    "^": Look(raised="^"),
    "~": Look(raised="~"),
}
_LABEL_LOOK = Look(bold=True)


class _Written(NamedTuple):
    """A paragraph to write: what it is, and its text."""

    role: str
    text: Styled


def write_questions(stream: BinaryIO, bank: Bank) -> None:
    """Write the questions that read back as they are. Options come back under the ids a, b, …; the date isn't kept."""
    pictures = dict(_pictures(bank))
    held = [(code, question, _form(code, question)) for code, question in bank.entries]
    paragraphs = [_Written("title", Styled([(clean(bank.title), PLAIN)]))] if clean(bank.title) else []
    numbered = ((code, question, form) for code, question, form in held if form is not None)
    for number, (code, question, form) in enumerate(numbered, start=1):
        paragraphs += _paragraphs(number, code, question, form)
    body = "".join(paragraph_xml(role, text, pictures) for role, text in paragraphs)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in package_parts(body, pictures.values()):
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        for picture in pictures.values():
            archive.writestr(zipfile.ZipInfo(f"word/media/{picture.name}"), picture.content, zipfile.ZIP_STORED)


def losses(question: Question) -> tuple[str, ...]:
    """Return what of a question a document can't hold: nothing, or all of a text that would be read otherwise."""
    return () if _form("1", question) else ("lost_form",)


class _Form(NamedTuple):
    """How a question is written: with the name of its kind or without, with looks or with our marks as typed."""

    is_named: bool
    has_looks: bool


_FORMS = (
    _Form(is_named=False, has_looks=True),
    _Form(is_named=True, has_looks=True),
    _Form(is_named=True, has_looks=False),
)


def _form(code: str, question: Question) -> _Form | None:
    """Return the plainest way of writing a question that reads back equal; None when none does."""
    wanted = _comparable(code, question)
    for form in _FORMS:
        if not form.is_named and question.kind not in _KNOWN_BY_LOOK:
            continue
        blocks = [Paragraph(text, place) for place, (_role, text) in enumerate(_paragraphs(1, code, question, form), 1)]
        drafts, faults, _unread = drafts_of(blocks)
        found = imported(drafts, faults)
        is_whole = len(found.questions) == 1 and not drafts.unused and not drafts.title
        if is_whole and not any(fault.code.startswith(_MISREAD) for fault in found.faults):
            back = found.questions[0]
            if _comparable(back.code, back.question) == wanted:
                return form
    return None


def _comparable(code: str, question: Question) -> dict[str, str]:
    fields = fields_of(code, question)
    return {name: "\n".join(line.rstrip() for line in text.split("\n")) for name, text in fields.items() if text}


def _paragraphs(number: int, code: str, question: Question, form: _Form) -> list[_Written]:
    fields = fields_of(" ".join(code.split()), question)
    options = [fields.get(f"options.{place}", "") for place in range(len(LETTERS))]
    while options and not options[-1]:
        options.pop()
    found = [_Written("question", _labelled(f"{QUESTION} {number}.", fields["text"], form))]
    for place, option in enumerate(options):
        label = Styled([(f"{LETTERS[place].upper()}. ", PLAIN)])
        found.append(_Written("option", label + _styled(option, form)))
    for name in (*_FIELDS, "settings"):
        text = fields.get(name, "")
        if text and (name != "kind" or form.is_named):
            marks = form if name == "explanation" else form._replace(has_looks=False)
            found.append(_Written("field", _labelled(f"{LABELS[name][0]}:", text, marks)))
    return found


def _labelled(label: str, text: str, form: _Form) -> Styled:
    return Styled([(label, _LABEL_LOOK), (" ", PLAIN)]) + _styled(text, form)


def _styled(text: str, form: _Form) -> Styled:
    """Return a text with looks in place of marks, where they would come back as the same marks."""
    pieces = list(_with_media(text))
    if form.has_looks:
        looks = Styled(piece for part in pieces for piece in (_with_looks(part[0]) if part[1] == PLAIN else [part]))
        if marked(looks).text == text and not looks.signs():
            return looks
    return Styled(pieces)


def _with_media(text: str) -> Iterator[Piece]:
    place = 0
    for found in _MEDIUM.finditer(text) if "](media:" in text else ():
        yield text[place : found.start()], PLAIN
        yield found[0], OBJECT if MediaFound().mark(b"", found[1]).startswith(f"![{found[1]}](") else PLAIN
        place = found.end()
    yield text[place:], PLAIN


def _with_looks(text: str) -> Iterator[Piece]:
    place = 0
    for found in _MARK.finditer(text):
        yield text[place : found.start()], PLAIN
        yield found[2], _LOOKS[found[1]]
        place = found.end()
    yield text[place:], PLAIN


def _pictures(bank: Bank) -> Iterator[tuple[str, Picture]]:
    """Yield the pictures at hand that the questions show, by their digest."""
    digests = dict.fromkeys(
        digest for _code, question in bank.entries for text in _marked_texts(question) for digest in media_in(text)
    )
    for number, digest in enumerate(digests, start=1):
        content = bank.media.get(digest, b"")
        kind = picture_of(content)
        if kind is not None:
            yield digest, Picture(f"picture{number}.{kind.extension}", f"rId{number + 1}", kind, content)


def _marked_texts(question: Question) -> Sequence[str]:
    texts = [question.text, question.explanation, *(option.text for option in question.options), *question.items]
    return [text for text in texts if "](media:" in text]
