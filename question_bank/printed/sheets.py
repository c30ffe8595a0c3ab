"""Papers and keys as data for the template. Papers are made of what participants see, so that no key can be in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from question_bank.controls import TYPED, Choice, Control, Widget
from question_bank.kinds import kind_of
from question_bank.paper import controls_shown, right_values
from question_bank.points import points_text
from question_bank.printed.content import Media, blocks, breakable, line
from question_bank.printed.formulas import Node
from question_bank.printed.scoring import scoring_rules
from question_bank.question import FULL_POINTS, Question
from question_bank.text import showable
from question_bank.words import Words, said

Sheet: TypeAlias = dict[str, Node]

TITLE = "Đề thi"
RULED_LINES = 18
WORDS_A_LINE = 10
MOST_RULED_LINES = 60
SHORT_ANSWER = 6
"""Characters of an answer for which a narrow column is wide enough."""

_COLUMNS = {True: 10, False: 4}
"""Codes beside each other on a key where all answers are short, and where some are not."""

_NUMBERS = [str(number) for number in range(1, 100)]
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above papers and keys; `minutes` is the time allowed."""

    organizer: str
    contest: str
    round: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class PrintedQuestion:
    """A question in the order of a paper: the option at place 0 is `question.options[order[0]]`."""

    question: Question
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper with its title and instructions, either of which may be empty."""

    questions: tuple[PrintedQuestion, ...]
    title: str = ""
    instructions: str = ""


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """A paper under its code (mã đề)."""

    code: str
    sections: tuple[Section, ...]

    @property
    def questions(self) -> tuple[PrintedQuestion, ...]:
        """Return all its questions in order."""
        return tuple(question for section in self.sections for question in section.questions)


def paper_sheet(heading: Heading, papers: Sequence[PrintedPaper], media: Media) -> Sheet:
    """Return papers to hand out, each of which begins on a sheet of its own.

    The pictures among `media` have to be there when it is set.
    """
    drawn: list[Node] = [_paper(heading, paper, media) for paper in papers]
    return {"is": "papers", **_properties(heading, f"{TITLE} – {heading.round}"), "papers": drawn}


def key_sheet(heading: Heading, papers: Sequence[PrintedPaper], media: Media, *, is_explained: bool = False) -> Sheet:
    """Return the answers to all papers side by side, by the letters of each; explained with source where wished."""
    explained: list[Node] = [*_explained(papers, media)] if is_explained else []
    points = {_points(each) for paper in papers for each in paper.questions}
    note = f"Mỗi câu {points_text(*points)} điểm." if len(points) == 1 else "Số trong ngoặc là điểm của câu."
    return {
        "is": "key",
        **_properties(heading, f"Đáp án – {heading.round}"),
        **_head(heading),
        "note": note,
        "tables": _tables(papers, has_points=len(points) > 1),
        "rules": _rules(papers),
        "explained": explained,
    }


def _properties(heading: Heading, title: str) -> dict[str, Node]:
    return {"title": showable(title), "author": showable(heading.organizer)}


def _head(heading: Heading) -> dict[str, Node]:
    facts = f"Thời gian làm bài: {heading.minutes} phút" if heading.minutes else ""
    texts = {"organizer": heading.organizer, "contest": heading.contest, "round": heading.round, "facts": facts}
    return {name: breakable(text) for name, text in texts.items()}


def _paper(heading: Heading, paper: PrintedPaper, media: Media) -> Node:
    sections: list[Node] = []
    number = 1
    for section in paper.sections:
        questions: list[Node] = [
            _question(place, each, media) for place, each in enumerate(section.questions, start=number)
        ]
        number += len(questions)
        instructions: Node = blocks(section.instructions, media)
        sections.append({"title": breakable(section.title), "instructions": instructions, "questions": questions})
    head = {**_head(heading), "title": TITLE, "code": paper.code}
    return {"head": head, "sections": sections}


def _question(number: int, asked: PrintedQuestion, media: Media) -> Node:
    question, kind = asked.question, kind_of(asked.question.kind)
    controls = controls_shown(question, asked.order)
    answer: list[Node] = [*_answer(controls, media)] if not kind.is_inline else [*_choices_of_gaps(controls, media)]
    return {
        "number": number,
        "points": "" if _points(asked) == FULL_POINTS else points_text(_points(asked)),
        "text": blocks(question.text, media, has_gaps=kind.is_inline),
        "hint": " ".join(hint.said("vi") for hint in kind.hints(question)),
        "answer": answer,
        "ruled": _ruled(question) if controls[0].widget is Widget.AREA else 0,
    }


def _answer(controls: Sequence[Control], media: Media) -> list[Node]:
    """What is answered with, whatever the kind: as its controls say."""
    first = controls[0]
    if first.widget in TYPED:
        name = "ruled" if first.widget is Widget.AREA else "line"
        return [{"is": name, "label": line(said(each.label, "vi"), media)} for each in controls]
    if first.label and first.widget is not Widget.SELECT:
        heads: list[Node] = [said(choice.mark, "vi") for choice in first.choices]
        return [{"is": "judgements", "heads": heads, "of": [_line(each.label, media) for each in controls]}]
    if first.label and any(choice.mark for choice in first.choices):
        return [_pairs(controls, media)]
    if first.label:
        places = zip(_LETTERS, controls, strict=False)
        return [
            {"is": "places", "of": [{"mark": f"{mark})", "text": _line(each.label, media)} for mark, each in places]}
        ]
    if all(isinstance(choice.text, str) for choice in first.choices):
        return [{"is": "options", "of": _marked(first.choices, media)}]
    return [{"is": "boxes", "of": [said(choice.text, "vi") for choice in first.choices]}]


def _pairs(controls: Sequence[Control], media: Media) -> Node:
    left: list[Node] = [
        {"mark": f"{number}.", "text": _line(each.label, media)}
        for number, each in zip(_NUMBERS, controls, strict=False)
    ]
    return {"is": "pairs", "of": left, "with": _marked(controls[0].choices, media)}


def _marked(choices: Sequence[Choice], media: Media) -> list[Node]:
    return [{"mark": said(each.mark, "vi"), "text": _line(each.text, media)} for each in choices]


def _choices_of_gaps(controls: Sequence[Control], media: Media) -> list[Node]:
    listed: list[Node] = [
        {"mark": f"({number})", "texts": [_line(choice.text, media) for choice in control.choices]}
        for number, control in enumerate(controls, start=1)
        if control.choices
    ]
    return [{"is": "listed", "of": listed}] if listed else []


def _line(text: str | Words, media: Media) -> Node:
    return line(said(text, "vi"), media)


def _ruled(question: Question) -> int:
    """Lines to write on: enough for the words that are asked for, by hand."""
    words = dict(question.settings).get("most_words")
    wanted = words // WORDS_A_LINE if isinstance(words, int) and words else RULED_LINES
    return min(max(wanted, RULED_LINES), MOST_RULED_LINES)


def _points(asked: PrintedQuestion) -> int:
    return asked.question.points


def _tables(papers: Sequence[PrintedPaper], *, has_points: bool) -> list[Node]:
    answers = [[_cell(each, has_points=has_points) for each in paper.questions] for paper in papers]
    is_short = all(len(cell) <= SHORT_ANSWER for column in answers for cell in column)
    width = -(-len(papers) // -(-len(papers) // _COLUMNS[is_short]))  # as even as can be
    return [_table(papers[at : at + width], answers[at : at + width]) for at in range(0, len(papers), width)]


def _rules(papers: Sequence[PrintedPaper]) -> list[Node]:
    rules = scoring_rules({paper.code: [each.question for each in paper.questions] for paper in papers})
    return [{"places": places, "text": breakable(words)} for places, words in rules]


def _table(papers: Sequence[PrintedPaper], answers: Sequence[Sequence[str]]) -> Node:
    length = max(map(len, answers))
    columns = [[*column, *[""] * (length - len(column))] for column in answers]
    rows: list[Node] = [[breakable(cell) for cell in row] for row in zip(*columns, strict=True)]
    return {"codes": [paper.code for paper in papers], "rows": rows}


def _cell(asked: PrintedQuestion, *, has_points: bool) -> str:
    answer = short_answer(asked)
    return f"{answer} ({points_text(_points(asked))})" if has_points else answer


def short_answer(asked: PrintedQuestion) -> str:
    """Return what is right on this paper, by its letters; where there are none, what may be written."""
    question, kind = asked.question, kind_of(asked.question.kind)
    if kind.is_judged:
        return "Giám khảo chấm"
    if not kind.is_marked:
        return "–"
    controls = controls_shown(question, asked.order)
    if kind.is_inline or controls[0].widget in TYPED:
        return kind.key_words(question, "vi")
    shown = zip(controls, right_values(question, asked.order), strict=True)
    parts = [
        ", ".join(_called(choice) for choice in control.choices if choice.value in right) for control, right in shown
    ]
    if len(parts) == 1:
        return parts[0]
    names = (
        _NUMBERS if controls[0].widget is Widget.SELECT and controls[0].choices[0].mark else [f"{_})" for _ in _LETTERS]
    )
    return ", ".join(f"{name} {part}" for name, part in zip(names, parts, strict=False))


def _called(choice: Choice) -> str:
    return said(choice.mark, "vi") or said(choice.text, "vi")


def _explained(papers: Sequence[PrintedPaper], media: Media) -> list[Node]:
    """Every question once, with the places where it stands, in the order of the first paper that has it."""
    places: dict[Question, list[str]] = {}
    first: dict[Question, PrintedQuestion] = {}
    for paper in papers:
        for number, each in enumerate(paper.questions, start=1):
            same = replace(each.question, points=FULL_POINTS)
            places.setdefault(same, []).append(f"mã {paper.code} câu {number}")
            first.setdefault(same, each)
    return [_explanation(asked, "; ".join(places[same]), media) for same, asked in first.items()]


def _explanation(asked: PrintedQuestion, places: str, media: Media) -> Node:
    question = asked.question
    return {
        "places": places[:1].upper() + places[1:],
        "text": blocks(question.text, media, has_gaps=kind_of(question.kind).is_inline),
        "answer": blocks(_answer_words(asked) or short_answer(asked), media),
        "explanation": blocks(question.explanation, media),
        "source": line(question.source, media),
    }


def _answer_words(asked: PrintedQuestion) -> str:
    """The right answer in words; letters are those of the first paper that is named."""
    question = asked.question
    if not kind_of(question.kind).option_ids(question):
        return kind_of(question.kind).key_words(question, "vi")
    controls, right = controls_shown(question, asked.order), right_values(question, asked.order)
    parts = [
        (said(control.label, "vi"), "; ".join(_named(choice) for choice in control.choices if choice.value in values))
        for control, values in zip(controls, right, strict=True)
    ]
    return "; ".join(f"{label} – {words}" if label else words for label, words in parts)


def _named(choice: Choice) -> str:
    mark, text = said(choice.mark, "vi"), said(choice.text, "vi")
    return f"{mark}. {text}" if mark and isinstance(choice.text, str) else text
