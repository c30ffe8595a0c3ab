"""What can be judged: each kind of case says how its subjects are listed and how one is shown blind."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from contest.contests.models import Round
from contest.entries.domain.limits import Limits
from contest.errors import NotFound
from contest.judging.models import CaseKind


class Readiness(StrEnum):
    """Whether judges could see a subject: at once, once its files are checked, or never as it is."""

    READY = "ready"
    CHECKING = "checking"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Subject:
    """Something of a round that may be judged, by its id in the table of its kind."""

    id: int
    participation_id: int
    handed_in_at: datetime
    readiness: Readiness = Readiness.READY


@dataclass(frozen=True, slots=True)
class Piece:
    """One derived copy: where it is stored, of what kind, how many bytes."""

    key: str
    mime: str
    size: int


@dataclass(frozen=True, slots=True)
class BlindAnswer:
    """One answer as judges see it: what was asked, the form, the words that were typed, the copies of a file.

    `duration_ms`, `words` and `pages` are of its content, where they say anything. `limits` held when it was handed in.
    `guide` is what only judges are told about the question; with `is_marked_up` its wording has the marks of a question
    bank.
    """

    question: int
    wording: str
    form: str
    text: str = ""
    words: int | None = None
    duration_ms: int | None = None
    pages: int | None = None
    pieces: tuple[Piece, ...] = ()
    limits: Limits | None = None
    guide: str = ""
    is_marked_up: bool = False

    def piece(self, number: int) -> Piece:
        """The copy with this number, from 0. Raises `NotFound`."""
        if not 0 <= number < len(self.pieces):
            raise NotFound
        return self.pieces[number]


@dataclass(frozen=True, slots=True)
class Content:
    """What a subject consists of. Texts that its author wrote are masked by whoever shows it."""

    title: str
    answers: tuple[BlindAnswer, ...]


@dataclass(frozen=True, slots=True)
class CaseSource:
    """How judging reaches the subjects of one kind: those of a round that count, and the content of one."""

    subjects: Callable[[Session, Round], list[Subject]]
    content: Callable[[Session, int], Content]


sources: dict[CaseKind, CaseSource] = {}
