"""Reading Moodle's XML: https://docs.moodle.org/en/Moodle_XML_format."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from question_bank.formats.base import (
    LONGEST_CODE,
    MEDIUM_DIFFICULTY,
    MOST_QUESTIONS,
    UNKNOWN_SOURCE,
    UNSORTED,
    Fault,
    Import,
    MediaFound,
    Parsed,
    Placed,
    Source,
    checked,
    file_bytes,
    gathered,
    letters_guesses,
    made_code,
)
from question_bank.formats.gift.syntax import category_of
from question_bank.formats.moodle.answers import Item, is_false, item_of, remarks_of
from question_bank.formats.moodle.notes import difficulty_in, parted
from question_bank.formats.moodle.texts import Texts
from question_bank.formats.moodle.xml import LONGEST, Element, questions
from question_bank.formats.weighted import WrongAnswers
from question_bank.kinds import kind_of
from question_bank.kinds.options import MAX_OPTIONS
from question_bank.question import FULL_POINTS, Question
from question_bank.text import clean, fold

_CATEGORY, _DESCRIPTION = "category", "description"
_POINTS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{0,15})?")
_OPTIONS = frozenset({"single", "multiple", "matching", "ordering"})
_LOCKABLE = frozenset({"single", "multiple"})


def read_questions(source: Source) -> Import:
    """Read questions with all that their format says.

    Raises UnusableFile: file_missing, file_large, xml_broken, xml_unsafe, not_moodle, unpacks_large,
    media_large, tags_many.
    """
    content = file_bytes(source)
    reader, placed = _Reader(), list[Placed]()
    for element in questions(content):
        placed += reader.placed(element)
        if reader.count > MOST_QUESTIONS:
            return Import((), (Fault("", "too_many_questions", {"most": MOST_QUESTIONS}),))
    faults = reader.faults + checked(placed)
    if not placed and not faults:
        faults.append(Fault("", "no_questions"))
    return Import(
        tuple(item.parsed for item in placed),
        tuple(faults),
        guesses=letters_guesses(content.decode(errors="ignore")) + gathered(reader.guesses),
        media=reader.media.by_digest,
    )


class _Reader:
    """Reads one question after the other and gathers what is wrong and what is guessed."""

    def __init__(self) -> None:
        self.count = 0
        self.faults: list[Fault] = []
        self.guesses: list[tuple[str, str]] = []
        self.media = MediaFound()
        self._category = ""
        self._codes: set[str] = set()

    def placed(self, element: Element) -> Iterator[Placed]:
        """Yield the question of an element, unless it holds none or a wrong one."""
        type_ = element.attributes.get("type", "")
        if type_ == _CATEGORY:
            self._category = category_of(element.said("category", "text"))
            return
        self.count += 1
        place, row = f"câu {self.count} (dòng {element.line})", self.count
        if type_ == _DESCRIPTION:
            self.guesses.append((place, "not_question"))
            return
        try:
            found = self._item(element)
        except WrongAnswers as wrong:
            self.faults.append(Fault(place, wrong.code, wrong.values, row))
            return
        if found is None:
            self.guesses.append((f"{place}: {type_[:40]}", "type_unread"))
            return
        question, guesses = found
        code = self._code(element, question, guesses)
        self.guesses += [(place, guess) for guess in dict.fromkeys(guesses)]
        yield Placed(Parsed(code, row, question), lambda _field: place)

    def _item(self, element: Element) -> tuple[Question, list[str]] | None:
        """Return a question and what was guessed. Raises WrongAnswers."""
        if element.is_large:
            raise WrongAnswers("question_large", {"most": LONGEST})
        texts = Texts(self.media)
        item = item_of(element, texts)
        if item is None:
            return None
        if item.answers.kind in _OPTIONS and len(item.answers.rows) > MAX_OPTIONS:
            raise WrongAnswers("options_many", {"most": MAX_OPTIONS})
        made: list[str] = list(item.answers.guesses)
        question = self._question(element, item, texts, made)
        return question, made + sorted(texts.guesses)

    def _question(self, element: Element, item: Item, texts: Texts, made: list[str]) -> Question:
        explanation, source = parted(texts.shown(element.at("generalfeedback")))
        remarks = item.answers.remarks + remarks_of(element, texts)
        tags = [clean(tag.said("text")).replace(",", " ") for tag in element.at("tags").all("tag")]
        difficulty = difficulty_in(tags)
        told = {
            "feedback_joined": bool(remarks),
            "topic_made": not self._category,
            "difficulty_made": difficulty is None,
            "source_made": not source,
            "extras_dropped": bool(element.all("hint")),
            "hidden_read": element.said("hidden") == "1",
        }
        made += [code for code, is_told in told.items() if is_told]
        question = Question(
            item.answers.kind,
            "\n\n".join(each for each in (item.text, texts.old_picture(element)) if each),
            (),
            None,
            self._category or UNSORTED,
            difficulty or MEDIUM_DIFFICULTY,
            "\n".join(each for each in (explanation, *remarks) if each),
            source or UNKNOWN_SOURCE,
            points=item.points if item.points is not None else _points(element, made),
            lock_order=item.answers.kind in _LOCKABLE and is_false(element, "shuffleanswers"),
            tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
        )
        return _answered(question, item)

    def _code(self, element: Element, question: Question, guesses: list[str]) -> str:
        for code in (clean(element.said("idnumber")), clean(element.said("name", "text"))):
            if code and len(code) <= LONGEST_CODE and "\n" not in code and fold(code) not in self._codes:
                self._codes.add(fold(code))
                return code
        guesses.append("code_made")
        return made_code(self.count, question.text)


def _answered(question: Question, item: Item) -> Question:
    kind = kind_of(question.kind)
    question = kind.with_settings(question, item.answers.settings)
    if question.kind == "gap_fill":
        return replace(question, key=item.answers.gaps)
    return kind.with_rows(question, item.answers.rows)


def _points(element: Element, made: list[str]) -> int:
    """Return the points in 1/1000. Raises WrongAnswers: points_wrong."""
    written = element.said("defaultgrade")
    if not written:
        return FULL_POINTS
    if not _POINTS.fullmatch(written):
        raise WrongAnswers("points_wrong", {"value": written[:40]})
    points = Fraction(written) * FULL_POINTS
    if points.denominator != 1:
        made.append("points_rounded")
    return round(points)
