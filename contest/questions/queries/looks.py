"""Who saw which question after it was approved."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from contest.accounts.models import PersonDetails
from contest.errors import NotFound
from contest.i18n import search_key
from contest.paging import Page, page_of
from contest.questions.models import BankQuestion, LookAct, QuestionLook, QuestionRevision

ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class LookRow:
    """One look: who saw which revision of which question, how, when first within the hour, in which request."""

    person_id: int
    person: str
    question_id: int
    code: str
    number: int
    act: LookAct
    at: datetime
    request_id: str


@dataclass(frozen=True, slots=True)
class LookerRow:
    """What one person has seen of a bank: how many questions, so many looks of each act, the first and the last."""

    person_id: int
    person: str
    questions: int
    acts: dict[LookAct, int]
    first_at: datetime
    last_at: datetime


def looker_page(
    session: Session, bank_id: int, words: str, number: int, *, sort: str, is_descending: bool
) -> Page[LookerRow]:
    """The people who have seen questions of a bank. Two statements. `sort`: last, person, questions."""
    questions = func.count(QuestionLook.question_id.distinct())
    last = func.max(QuestionLook.at)
    key = {"last": last, "person": PersonDetails.sort_key, "questions": questions}[sort]
    statement = (
        select(
            QuestionLook.person_id,
            PersonDetails.full_name,
            questions,
            *(func.count(case((QuestionLook.act == act, 1))) for act in LookAct),
            func.min(QuestionLook.at),
            last,
        )
        .join(BankQuestion, BankQuestion.id == QuestionLook.question_id)
        .join(PersonDetails, PersonDetails.person_id == QuestionLook.person_id)
        .where(BankQuestion.bank_id == bank_id, *_named(words))
        .group_by(QuestionLook.person_id, PersonDetails.full_name, PersonDetails.sort_key)
        .order_by(key.desc() if is_descending else key, QuestionLook.person_id)
    )
    page: Page[LookerRow] = page_of(session, statement, number, make=_looker)
    return page


def look_page(
    session: Session,
    bank_id: int,
    words: str,
    number: int,
    *,
    question_id: int | None = None,
    person_id: int | None = None,
    act: str = "",
    sort: str,
    is_descending: bool,
) -> Page[LookRow]:
    """Looks at one question of a bank, or of one person. Two statements. `sort`: at, person, code."""
    key: Any = {"at": QuestionLook.at, "person": PersonDetails.sort_key, "code": BankQuestion.code}[sort]
    wanted = [*_named(words)] if person_id is None else [*_coded(words), QuestionLook.person_id == person_id]
    if question_id is not None:
        wanted.append(QuestionLook.question_id == question_id)
    if act:
        wanted.append(QuestionLook.act == act)
    statement = _looks(bank_id).where(*wanted).order_by(key.desc() if is_descending else key, *_ORDER)
    page: Page[LookRow] = page_of(session, statement, number, make=lambda row: LookRow(*row))
    return page


def all_looks(session: Session, bank_id: int) -> Iterator[LookRow]:
    """Every look at any question of a bank, the earliest first, read piece by piece."""
    rows = session.execute(
        _looks(bank_id).order_by(QuestionLook.at, *_ORDER), execution_options={"yield_per": ROWS_AT_ONCE}
    )
    return (LookRow(*row) for row in rows)


def get_looker(session: Session, bank_id: int, person_id: int) -> str:
    """The name of somebody who has seen a question of the bank. Raises `NotFound`."""
    name = session.scalar(
        select(PersonDetails.full_name)
        .join(QuestionLook, QuestionLook.person_id == PersonDetails.person_id)
        .join(BankQuestion, BankQuestion.id == QuestionLook.question_id)
        .where(BankQuestion.bank_id == bank_id, PersonDetails.person_id == person_id)
        .limit(1)
    )
    if name is None:
        raise NotFound
    return name


_ORDER = (QuestionLook.revision_id, QuestionLook.person_id, QuestionLook.act)


def _looks(bank_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            QuestionLook.person_id,
            PersonDetails.full_name,
            QuestionLook.question_id,
            BankQuestion.code,
            QuestionRevision.number,
            QuestionLook.act,
            QuestionLook.at,
            QuestionLook.request_id,
        )
        .join(BankQuestion, BankQuestion.id == QuestionLook.question_id)
        .join(QuestionRevision, QuestionRevision.id == QuestionLook.revision_id)
        .join(PersonDetails, PersonDetails.person_id == QuestionLook.person_id)
        .where(BankQuestion.bank_id == bank_id)
    )


def _named(words: str) -> list[ColumnElement[bool]]:
    return [PersonDetails.search_key.contains(word, autoescape=True) for word in search_key(words).split()]


def _coded(words: str) -> list[ColumnElement[bool]]:
    return [BankQuestion.search_key.contains(word, autoescape=True) for word in search_key(words).split()]


def _looker(row: Any) -> LookerRow:
    person_id, person, questions, *counts, first_at, last_at = row
    return LookerRow(person_id, person, questions, dict(zip(LookAct, counts, strict=True)), first_at, last_at)
