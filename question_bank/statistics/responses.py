"""Responses from a table: one row for each person, or one for each answer.

Wide: the first column names the person, every other one a question by its code; a dash says that the question did not
stand on this paper, an empty cell that it was not answered. Long: columns called person, code and response, with a row
for each question that a person met. What is chosen is written by the letters of the key's file.
"""

import csv
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from question_bank.controls import TYPED, Control, Widget, response_of
from question_bank.formats.base import Fault, Source, UnusableFile, file_bytes
from question_bank.formats.decoding import decoded, lines_of
from question_bank.kinds import InvalidResponse, kind_of
from question_bank.paper import controls_shown, from_paper
from question_bank.problems import SENTENCES
from question_bank.question import Question, Value
from question_bank.statistics.gathering import Answer
from question_bank.text import fold
from question_bank.words import said

MOST_FAULTS = 200
MOST_COLUMNS = 1000
NOT_MET = frozenset({"-", "–", "—"})
PART_MARK = "|"
NOTHING = "_"
"""In the place of a letter: nothing was chosen for this part."""

_PERSON = frozenset({"person", "người", "thí sinh", "người dự thi", "mã thí sinh"})
_CODE = frozenset({"code", "mã câu", "mã câu hỏi", "câu"})
_RESPONSE = frozenset({"response", "trả lời", "câu trả lời", "đã chọn"})

SENTENCES.update(
    {
        "responses_untitled": (
            "Dòng đầu của tệp phải ghi tên cột: thí sinh và mã các câu, hoặc thí sinh, mã câu, trả lời.",
            "The first line must name the columns: person and the codes of questions, or person, code, response.",
        ),
        "responses_missing": (
            "Tệp không có câu trả lời nào dùng được.",
            "The file holds no response that can be used.",
        ),
        "response_code_unknown": (
            "“{value}” không phải là mã của câu hỏi nào trong tệp đáp án; phần này bị bỏ qua.",
            "“{value}” is the code of no question in the key's file; it is passed over.",
        ),
        "response_repeated": (
            "Câu {code} đã có câu trả lời của người này ở trên; dòng này bị bỏ qua.",
            "This person's response to {code} stands above already; this row is passed over.",
        ),
        "response_unreadable": (
            "Không đọc được câu trả lời “{value}” của câu {code}; tính là bỏ trống.",
            "The response “{value}” to {code} can't be read; it counts as unanswered.",
        ),
        "row_untitled": (
            "Dòng có nhiều ô hơn số cột có tên; phần thừa bị bỏ qua.",
            "The row has more cells than there are titles; the rest is passed over.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Given:
    """A response as it is written, and the line it stands in, from 1."""

    code: str
    text: str
    line: int


class Responses:
    """The attempts of a table, read anew each time they are asked for, since a table may be long."""

    def __init__(self, source: Source, questions: Mapping[str, Question]) -> None:
        """Read the titles. Raises UnusableFile: file_missing, file_large, not_text, csv_broken, responses_untitled."""
        self._text = decoded(file_bytes(source)).text
        self._questions = {fold(code): (code, question) for code, question in questions.items()}
        self._mark = max(";,\t", key=next(lines_of(self._text)).count)
        self._named = [title.strip() for title in next(self._rows(), [])]
        self._titles = [fold(title) for title in self._named]
        self.faults: list[Fault] = []
        """What is wrong with the table; complete once all attempts were taken."""
        self._long = [
            next((place for place, title in enumerate(self._titles) if title in names), None)
            for names in (_PERSON, _CODE, _RESPONSE)
        ]
        if len(self._titles) < 2 or len(self._titles) > MOST_COLUMNS or not self._codes_known():
            raise UnusableFile("responses_untitled")

    def attempts(self) -> Iterator[list[Answer[str]]]:
        """Yield the answers of one person after the other, marked by the key."""
        self.faults = []
        people = self._by_person() if None not in self._long else self._by_row()
        for given in people:
            answers = [self._answer(each) for each in given]
            if answers:
                yield answers

    def _codes_known(self) -> bool:
        return None not in self._long or any(title in self._questions for title in self._titles[1:])

    def _rows(self) -> Iterator[list[str]]:
        reader = csv.reader((line + "\n" for line in lines_of(self._text)), delimiter=self._mark)
        try:
            yield from reader
        except csv.Error:
            raise UnusableFile("csv_broken", {"line": str(reader.line_num)}) from None

    def _by_row(self) -> Iterator[list[Given]]:
        columns = [(place, title) for place, title in enumerate(self._titles) if place and title]
        for place, title in columns:
            if title not in self._questions:
                self._blame(f"1:{place + 1}", "response_code_unknown", value=self._named[place])
        known = [(place, title) for place, title in columns if title in self._questions]
        for line, row in enumerate(itertools.islice(self._rows(), 1, None), start=2):
            if len(row) > len(self._titles):
                self._blame(str(line), "row_untitled")
            if any(cell.strip() for cell in row):
                cells = [*row, *[""] * len(self._titles)]
                yield [
                    Given(title, cells[place], line) for place, title in known if cells[place].strip() not in NOT_MET
                ]

    def _by_person(self) -> Iterator[list[Given]]:
        people: dict[str, dict[str, Given]] = {}
        places = [place for place in self._long if place is not None]
        for line, row in enumerate(itertools.islice(self._rows(), 1, None), start=2):
            person, code, text = ([*row, *[""] * len(self._titles)][place].strip() for place in places)
            if not person and not code:
                continue
            if fold(code) not in self._questions:
                self._blame(str(line), "response_code_unknown", value=code)
            elif fold(code) in people.setdefault(person, {}):
                self._blame(str(line), "response_repeated", code=code)
            else:
                people[person][fold(code)] = Given(fold(code), text, line)
        yield from (list(given.values()) for given in people.values())

    def _answer(self, given: Given) -> Answer[str]:
        code, question = self._questions[given.code]
        try:
            response = read_response(question, given.text)
        except InvalidResponse:
            self._blame(str(given.line), "response_unreadable", value=given.text.strip()[:40], code=code)
            response = None
        points = kind_of(question.kind).mark(question, response).points if response is not None else 0
        return Answer(code, response, points, question.points)

    def _blame(self, place: str, fault: str, /, **values: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(place, fault, values))


def read_response(question: Question, text: str) -> Value:
    """Return the response that a cell holds; None is unanswered. Raises InvalidResponse.

    Options go by their letters or, where they have none, by what they say; several boxes by letters with or without
    commas; several parts stand between |, or are letters one after the other where each has one, _ for none.
    """
    kind = kind_of(question.kind)
    order = range(len(kind.option_ids(question)))
    controls = controls_shown(question, order)
    cells = _parted(text.strip(), controls)
    values = [_values(control, cell.strip()) for control, cell in zip(controls, cells, strict=True)]
    return from_paper(question, order, response_of(kind.reply, values))


def _parted(text: str, controls: Sequence[Control]) -> list[str]:
    if len(controls) == 1 or not text:
        return [text, *[""] * (len(controls) - 1)]
    cells = text.split(PART_MARK)
    if len(cells) == 1 and all(control.choices for control in controls):
        letters = [letter for letter in text if letter.isalnum() or letter == NOTHING]
        cells = ["" if letter == NOTHING else letter for letter in letters]
    if len(cells) != len(controls):
        raise InvalidResponse("wrong_type")
    return cells


def _values(control: Control, text: str) -> tuple[str, ...]:
    if not text:
        return ()
    if control.widget in TYPED:
        return (text,)
    if control.widget is not Widget.CHECKBOX:
        return (_value(control, text),)
    letters = [letter for letter in text if letter not in " ,;|+"]
    return tuple(_value(control, letter) for letter in letters)


def _value(control: Control, text: str) -> str:
    wanted = fold(text)
    for choice in control.choices:
        said_so = (said(words, locale) for words in (choice.mark, choice.text) for locale in ("vi", "en"))
        names = {fold(name) for name in (*said_so, choice.value) if name}
        if wanted in names or (wanted == "d" and "đ" in names):  # many keyboards have no Đ
            return choice.value
    raise InvalidResponse("unknown_option")
