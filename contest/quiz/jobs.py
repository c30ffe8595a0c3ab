"""Long work of the quiz: drawing up the statistics of a round, setting papers for print."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from contest.keys import Keys
from contest.media import PICTURES, SHEETS, press, scratch
from contest.quiz.domain.sample import Sample
from contest.quiz.domain.statistics import answers_counted
from contest.quiz.queries.statistics import counted_questions, marked_now, sampled_attempts
from contest.quiz.services.printing import AREA, Drawn, Stored, drawn_print, keep_files
from contest.quiz.services.statistics import store_statistics
from contest.storage import Storage, new_key
from question_bank.printed import key_sheet, paper_sheet
from question_bank.question import Question
from question_bank.statistics import Answer, Gathering

PIECE = 200
PAPERS, ANSWERS = "papers.pdf", "answers.pdf"

Unit = Callable[[int], AbstractContextManager[tuple[Session, datetime]]]


def draw_up_statistics(unit: Unit, round_id: int, sample: Sample) -> None:
    """Read the attempts of a round twice, for the totals and then for everything else, and keep what they say.

    Nothing is kept on the way: interrupted work begins anew. Each piece that is read is a unit of its own.
    """
    with unit(0) as (session, _now):
        counted, marked = counted_questions(session, round_id), marked_now(session, round_id)
    questions = counted.questions
    totals = Counter(sum(each.points for each in answers) for answers in _attempts(unit, round_id, sample, questions))
    found = None
    if totals and questions:
        gathering = Gathering(questions, totals, counted.also)
        for answers in _attempts(unit, round_id, sample, questions):
            gathering.add(answers)
        found = gathering.finished()
    with unit(0) as (session, now):
        store_statistics(
            session, now, round_id=round_id, sample=sample, marked=marked, found=found, questions=questions
        )


def _attempts(
    unit: Unit, round_id: int, sample: Sample, questions: Mapping[int, Question]
) -> Iterator[list[Answer[int]]]:
    after = 0
    while True:
        with unit(PIECE) as (session, _now):
            rows = sampled_attempts(session, round_id, sample, after, PIECE)
        yield from (answers_counted(paper, marks, questions) for _id, paper, marks in rows)
        if len(rows) < PIECE:
            return
        after = rows[-1][0]


@dataclass(frozen=True, slots=True)
class Press:
    """What papers are set with: `stay` is called during long pieces and may raise to end them."""

    unit: Unit
    stay: Callable[[], None]
    storage: Storage
    folder: Path
    keys: Keys


def print_papers(means: Press, print_id: int) -> None:
    """Set the papers of a print and their answers as PDF, and store both. Interrupted work begins anew."""
    with means.unit(1) as (session, _now):
        drawn = drawn_print(session, print_id, means.keys)
    with scratch(means.folder) as name:
        folder = Path(name)
        _write_sheets(folder, drawn, means.storage)
        press(folder, means.stay)
        papers, answers = (_stored(means.storage, folder / file) for file in (PAPERS, ANSWERS))
    with means.unit(1) as (session, now):
        keep_files(session, now, print_id, papers, answers)


def _write_sheets(folder: Path, drawn: Drawn, storage: Storage) -> None:
    (folder / PICTURES).mkdir()
    kinds = {digest: stored.shown("").kind for digest, stored in drawn.media.items()}
    for digest, kind in kinds.items():
        if kind == "picture":
            with storage.local(drawn.media[digest].key) as path:
                (folder / PICTURES / digest).write_bytes(path.read_bytes())
    sheets = {
        PAPERS: paper_sheet(drawn.heading, drawn.papers, kinds),
        ANSWERS: key_sheet(drawn.heading, drawn.papers, kinds, is_explained=drawn.is_explained),
    }
    (folder / SHEETS).write_text(json.dumps(sheets))


def _stored(storage: Storage, path: Path) -> Stored:
    key = new_key(AREA)
    storage.put(key, path)
    return Stored(key, hashlib.sha256(path.read_bytes()).hexdigest())
