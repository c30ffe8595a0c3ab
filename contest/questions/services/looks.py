"""Who saw which question after it was approved, so that a leak can be traced."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, literal, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from contest.db import UtcDateTime
from contest.questions.models import BankQuestion, LookAct, QuestionLook, QuestionRevision


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks, when, in which request, and how they come to see it."""

    person_id: int
    at: datetime
    request_id: str
    act: LookAct


def record_looks(session: Session, look: Look, revision_ids: Collection[int] | Select[int | None]) -> None:
    """Keep that these revisions were seen, as far as they are or were in use. One statement, however many they are.

    The same act of the same person within one hour is kept once, with its first instant.
    """
    table = QuestionLook.__table__
    values: dict[str, ColumnElement[Any]] = {
        "revision_id": QuestionRevision.id.expression,
        "question_id": BankQuestion.id.expression,
        "person_id": literal(look.person_id),
        "act": cast(literal(look.act.value), String(32)),
        "hour": literal(look.at.replace(minute=0, second=0, microsecond=0), UtcDateTime()),
        "at": literal(look.at, UtcDateTime()),
        "request_id": cast(literal(look.request_id), String(20)),
    }
    seen = (
        select(*values.values())
        .join(BankQuestion, BankQuestion.id == QuestionRevision.question_id)
        .where(
            QuestionRevision.id.in_(revision_ids),
            or_(BankQuestion.approved_revision_id.is_not(None), QuestionRevision.approved_at.is_not(None)),
        )
    )
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    session.execute(dialect.insert(table).from_select(list(values), seen).on_conflict_do_nothing())
