"""Reading prints of papers for their page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.models import PersonDetails
from contest.contests.models import Round
from contest.errors import NotFound
from contest.i18n import search_key
from contest.paging import Page, page_of
from contest.quiz.models import PaperPrint
from contest.work.models import WorkItem, WorkState


@dataclass(frozen=True, slots=True)
class PrintRow:
    """A print of papers with its round, who made it, and how far the work has come."""

    id: int
    round_name: str
    first_code: int
    codes: int
    is_same: bool
    is_explained: bool
    made_at: datetime
    person: str
    ready_at: datetime | None
    has_files: bool
    state: WorkState
    done: int
    total: int

    @property
    def is_under_way(self) -> bool:
        """Whether the files are still being made."""
        return self.state in {WorkState.WAITING, WorkState.RUNNING}

    @property
    def last_code(self) -> int:
        """Codes run from the first to this one."""
        return self.first_code + self.codes - 1


def print_page(
    session: Session, contest_id: int, words: str, number: int, *, sort: str, is_descending: bool
) -> Page[PrintRow]:
    """Prints of a contest, found by the name of the person. Two statements. `sort`: made, round, person."""
    key: Any = {"made": PaperPrint.made_at, "round": Round.position, "person": PersonDetails.sort_key}[sort]
    statement = (
        select(
            PaperPrint.id,
            Round.name,
            PaperPrint.first_code,
            PaperPrint.codes,
            PaperPrint.is_same,
            PaperPrint.is_explained,
            PaperPrint.made_at,
            PersonDetails.full_name,
            PaperPrint.ready_at,
            PaperPrint.papers_key.is_not(None),
            WorkItem.state,
            WorkItem.done,
            WorkItem.total,
        )
        .join(Round, Round.id == PaperPrint.round_id)
        .join(PersonDetails, PersonDetails.person_id == PaperPrint.made_by)
        .join(WorkItem, WorkItem.id == PaperPrint.work_id)
        .where(
            Round.contest_id == contest_id,
            *(PersonDetails.search_key.contains(word, autoescape=True) for word in search_key(words).split()),
        )
        .order_by(key.desc() if is_descending else key, PaperPrint.id.desc())
    )
    page: Page[PrintRow] = page_of(session, statement, number, make=lambda row: PrintRow(*row))
    return page


def get_print(session: Session, contest_id: int, print_id: int) -> PaperPrint:
    """A print of the contest. Raises `NotFound`."""
    row = session.scalar(
        select(PaperPrint)
        .join(Round, Round.id == PaperPrint.round_id)
        .where(Round.contest_id == contest_id, PaperPrint.id == print_id)
    )
    if row is None:
        raise NotFound
    return row
