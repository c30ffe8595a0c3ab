"""Writing Moodle's XML, so that Moodle reads it and we read it back."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from lxml import etree

from question_bank.formats.base import Bank
from question_bank.formats.gift.syntax import category_path
from question_bank.formats.gift.writer import number_and_tolerance, weights
from question_bank.formats.media_types import find_media_type
from question_bank.formats.moodle.cloze import written as cloze_gap
from question_bank.formats.moodle.html import words_of_line, written
from question_bank.formats.moodle.losses import GAP, TYPES, is_cloze, unheld, weight_of_gaps
from question_bank.formats.moodle.notes import difficulty_tag, with_source
from question_bank.formats.moodle.texts import PLAIN
from question_bank.kinds import kind_of
from question_bank.kinds.gap_fill import gaps_of
from question_bank.kinds.parts import PARTS
from question_bank.markup import media_in
from question_bank.numerals import decimal_text
from question_bank.question import FULL_POINTS, Question
from question_bank.text import clean, showable

Node = Any
"""An element of lxml, which has no types."""


def write_questions(stream: BinaryIO, bank: Bank) -> None:
    """Write the questions that Moodle's XML can hold, each topic as a category, with their pictures and sounds."""
    topic = ""
    stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n')
    for code, question in bank.entries:
        if unheld(question):
            continue
        if clean(question.topic) != topic:
            topic = clean(question.topic)
            _write(stream, _category(topic))
        _write(stream, _Writer(bank.media).question(code, question))
    stream.write(b"</quiz>\n")


def _write(stream: BinaryIO, node: Node) -> None:
    stream.write(etree.tostring(node, encoding="utf-8", pretty_print=True))


def _category(topic: str) -> Node:
    node = etree.Element("question", type="category")
    _child(_child(node, "category"), "text", category_path(topic))
    return node


def _child(parent: Node, name: str, text: str = "", /, **attributes: str) -> Node:
    node = etree.SubElement(parent, name, attributes)
    node.text = showable(text) or None
    return node


class _Writer:
    """Writes one question; the files of a text stand beside it."""

    def __init__(self, media: Mapping[str, bytes]) -> None:
        self._media = media

    def question(self, code: str, question: Question) -> Node:
        """Return the element of a question."""
        cloze, name = is_cloze(question), " ".join(clean(code).split())
        type_ = TYPES.get(question.kind) or ("cloze" if cloze else "gapselect")
        node = etree.Element("question", type=type_)
        _child(_child(node, "name"), "text", name)
        self._text(node, "questiontext", question.text, (lambda html: _with_gaps(html, question)))
        self._text(node, "generalfeedback", with_source(clean(question.explanation), question.source))
        if not cloze:
            _child(node, "defaultgrade", f"{question.points // FULL_POINTS}.{question.points % FULL_POINTS:03}0000")
        _child(node, "penalty", "0.0000000")
        _child(node, "hidden", "0")
        _child(node, "idnumber", name)
        _ANSWERS.get(question.kind, _nothing)(self, node, question)
        tags = _child(node, "tags")
        for tag in (difficulty_tag(question.difficulty), *map(clean, question.tags)):
            _child(_child(tags, "tag"), "text", tag)
        return node

    def _text(
        self, parent: Node, name: str, text: str, change: Callable[[str], str] = str, *, is_line: bool = False
    ) -> Node:
        found = written(text, self._name_of, is_line=is_line)
        node = _child(parent, name, format=found.style)
        _child(node, "text", change(found.content))
        for digest in media_in(clean(text)):
            if content := self._media.get(digest):
                file = _child(node, "file", b64encode(content).decode(), name=self._name_of(digest), path="/")
                file.set("encoding", "base64")
        return node

    def _name_of(self, digest: str) -> str:
        found = find_media_type(self._media.get(digest, b""))
        return f"{digest}.{found.extension}" if found else digest

    def choices(self, node: Node, question: Question) -> None:
        """Write options, one or several of which are right."""
        is_single = question.kind == "single"
        _child(node, "single", "true" if is_single else "false")
        _child(node, "shuffleanswers", "false" if question.lock_order else "true")
        _child(node, "answernumbering", "ABCD")
        right, wrong = ("100", "0") if is_single else weights(question)
        for mark, text in kind_of(question.kind).rows(question):
            answer = self._text(node, "answer", text, is_line=True)
            answer.set("fraction", right if mark else wrong)

    def true_false(self, node: Node, question: Question) -> None:
        """Write both judgements, the right one with all points."""
        for truth in (True, False):
            _answer(node, "true" if truth else "false", is_right=question.key is truth)

    def short_text(self, node: Node, question: Question) -> None:
        """Write each accepted answer; a star would stand for any text."""
        _child(node, "usecase", "1" if kind_of("short_text").setting(question, "case") else "0")
        for (text,) in kind_of("short_text").rows(question):
            _answer(node, text.replace("*", "\\*"))

    def number(self, node: Node, question: Question) -> None:
        """Write the number, what it may be off, and its unit, which may be typed along."""
        number, tolerance = number_and_tolerance(question)
        _child(_answer(node, decimal_text(number, ".")), "tolerance", decimal_text(tolerance, "."))
        unit = str(kind_of("number").setting(question, "unit"))
        if unit:
            entry = _child(_child(node, "units"), "unit")
            _child(entry, "multiplier", "1")
            _child(entry, "unit_name", unit)
        _child(node, "unitgradingtype", "0")
        _child(node, "showunits", "0" if unit else "3")

    def essay(self, node: Node, question: Question) -> None:
        """Write the limits of words and what judges read."""
        kind = kind_of("essay")
        _child(node, "responseformat", "plain")
        for name, setting in (("minwordlimit", "least_words"), ("maxwordlimit", "most_words")):
            _child(node, name, str(kind.setting(question, setting) or ""))
        _child(node, "attachments", "0")
        _child(_child(node, "graderinfo", format=PLAIN), "text", str(kind.setting(question, "guide")))

    def matching(self, node: Node, question: Question) -> None:
        """Write pairs, and right sides that belong to nothing."""
        _child(node, "shuffleanswers", "true")
        for left, right in kind_of("matching").rows(question):
            pair = self._text(node, "subquestion", left, is_line=True)
            _child(_child(pair, "answer"), "text", words_of_line(right))

    def ordering(self, node: Node, question: Question) -> None:
        """Write options in their order, each with its place."""
        scoring = kind_of("ordering").setting(question, "scoring")
        _child(node, "layouttype", "VERTICAL")
        _child(node, "selecttype", "ALL")
        _child(node, "gradingtype", "ABSOLUTE_POSITION" if scoring == PARTS else "ALL_OR_NOTHING")
        for place, (text,) in enumerate(kind_of("ordering").rows(question), start=1):
            self._text(node, "answer", text, is_line=True).set("fraction", f"{place}.0000000")

    def gap_fill(self, node: Node, question: Question) -> None:
        """Write the choices of each gap as a group; what is written into the text needs nothing more."""
        if is_cloze(question):
            return
        _child(node, "shuffleanswers", "1")
        for number, gap in enumerate(gaps_of(question), start=1):
            for text in (*gap.accepted, *gap.wrong):
                choice = _child(node, "selectoption")
                _child(choice, "text", text)
                _child(choice, "group", str(number))


def _with_gaps(html: str, question: Question) -> str:
    """Return the HTML of a text with Moodle's gaps in place of ours."""
    gaps = gaps_of(question)
    if question.kind != "gap_fill":
        return html
    if is_cloze(question):
        is_cased = bool(kind_of("gap_fill").setting(question, "case"))
        drawn = [cloze_gap(gap, weight_of_gaps(question), is_cased=is_cased) for gap in gaps]
    else:
        firsts = [1 + sum(len(texts) for before in gaps[:place] for texts in before) for place in range(len(gaps))]
        drawn = [f"[[{first}]]" for first in firsts]
    return GAP.sub(lambda found: drawn[int(found[1]) - 1], html)


def _answer(node: Node, text: str, *, is_right: bool = True) -> Node:
    answer = _child(node, "answer", fraction="100" if is_right else "0", format="moodle_auto_format")
    _child(answer, "text", text)
    return answer


def _nothing(_writer: _Writer, _node: Node, _question: Question) -> None:
    pass


_ANSWERS: dict[str, Callable[[_Writer, Node, Question], None]] = {
    "single": _Writer.choices,
    "multiple": _Writer.choices,
    "true_false": _Writer.true_false,
    "short_text": _Writer.short_text,
    "number": _Writer.number,
    "essay": _Writer.essay,
    "matching": _Writer.matching,
    "ordering": _Writer.ordering,
    "gap_fill": _Writer.gap_fill,
}
