"""What stands out in the questions of a bank, as it was found when they were last looked at."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from contest.i18n import search_key
from contest.paging import Page, page_of
from contest.questions.models import BankQuestion, QuestionFinding, QuestionRevision, QuestionState
from contest.questions.queries.banks import by_author
from contest.questions.queries.pool import STANDING
from question_bank.lint import Remark, remarks_on_bank
from question_bank.question import Question, from_content

MOST_TOGETHER = 5000
"""So many questions of a bank are looked at together: the ones begun last."""

_Other = aliased(BankQuestion)
_OtherRevision = aliased(QuestionRevision)
_HIDDEN = "near_duplicate"


@dataclass(frozen=True, slots=True)
class FindingRow:
    """Something that stands out in a question as it is now.

    In a pair, `other_id` and `other_code` name the other question, unless the reader may not know more of it than
    that there is one: then `is_hidden`.
    """

    question_id: int
    revision_id: int
    code: str
    text: str
    finding: str
    field: str
    facts: dict[str, Any]
    is_mild: bool
    other_id: int | None
    other_code: str | None
    is_hidden: bool


def finding_page(
    session: Session,
    bank_id: int,
    author_id: int | None,
    finding: str,
    words: str,
    *,
    without: str = "",
    sort: str,
    is_descending: bool,
    number: int,
) -> Page[FindingRow]:
    """What stands out in the questions of a bank, if wanted of one sort only, or `without` one. Two statements.

    `sort`: finding, code.
    """
    found = _findings(author_id).where(BankQuestion.bank_id == bank_id, *by_author(author_id))
    for word in search_key(words).split():
        found = found.where(BankQuestion.search_key.contains(word, autoescape=True))
    rows = found.subquery()
    statement = select(rows).where(rows.c.finding == finding) if finding else select(rows)
    if without:
        statement = statement.where(rows.c.finding != without)
    keys = (rows.c.code,) if sort == "code" else (rows.c.is_mild, rows.c.finding)
    ordered = [key.desc() if is_descending else key for key in keys]
    return page_of(session, statement.order_by(*ordered, rows.c.code, rows.c.id), number, make=_row)


def finding_counts(session: Session, bank_id: int, author_id: int | None) -> dict[str, int]:
    """How often each sort of finding stands in a bank, the most frequent first. One statement."""
    rows = _findings(author_id).where(BankQuestion.bank_id == bank_id, *by_author(author_id)).subquery()
    counted = select(rows.c.finding, func.count()).group_by(rows.c.finding)
    return dict(session.execute(counted.order_by(func.count().desc(), rows.c.finding)).all())


def pairs_of(session: Session, revision_id: int, author_id: int | None) -> list[FindingRow]:
    """The questions that ask nearly the same as this current revision. One statement."""
    pairs = (QuestionFinding.revision_id == revision_id, QuestionFinding.other_id.is_not(None))
    return [_row(row) for row in session.execute(_findings(author_id).where(*pairs).order_by(QuestionFinding.id))]


def unchecked_count(session: Session, bank_id: int, author_id: int | None) -> int:
    """How many questions of a bank are still to be looked at."""
    wanted = (BankQuestion.bank_id == bank_id, BankQuestion.checked_at.is_(None), STANDING, *by_author(author_id))
    return session.scalar(select(func.count()).select_from(BankQuestion).where(*wanted)) or 0


def remarks_together(session: Session, bank_id: int, author_id: int | None) -> list[Remark]:
    """What only the questions of a bank together show. One statement."""
    statement = (
        select(QuestionRevision.content)
        .join(BankQuestion, BankQuestion.current_revision_id == QuestionRevision.id)
        .where(BankQuestion.bank_id == bank_id, STANDING, *by_author(author_id))
        .order_by(BankQuestion.id.desc())
        .limit(MOST_TOGETHER)
    )
    return remarks_on_bank(_read(session, statement))


def _read(session: Session, statement: Select[Any]) -> Iterator[Question]:
    for content in session.scalars(statement.execution_options(yield_per=500)):
        yield from_content(content)


def _findings(author_id: int | None) -> Select[*tuple[Any, ...]]:
    """The columns of `FindingRow` and the id, of questions that stand; pairs only while the other stands as compared.

    Somebody who sees one author's questions only learns of another's no more than that it is much alike.
    """
    is_foreign = false() if author_id is None else func.coalesce(_Other.created_by != author_id, false())
    return (
        select(
            QuestionFinding.id,
            BankQuestion.id.label("question_id"),
            QuestionFinding.revision_id,
            BankQuestion.code,
            QuestionRevision.content["text"].as_string().label("text"),
            case((is_foreign, _HIDDEN), else_=QuestionFinding.code).label("finding"),
            QuestionFinding.field,
            QuestionFinding.facts,
            QuestionFinding.is_mild,
            case((is_foreign, None), else_=_Other.id).label("other_id"),
            case((is_foreign, None), else_=_Other.code).label("other_code"),
            is_foreign.label("is_hidden"),
        )
        .join(QuestionRevision, QuestionRevision.id == QuestionFinding.revision_id)
        .join(BankQuestion, BankQuestion.current_revision_id == QuestionFinding.revision_id)
        .outerjoin(_OtherRevision, _OtherRevision.id == QuestionFinding.other_id)
        .outerjoin(_Other, _Other.id == _OtherRevision.question_id)
        .where(STANDING, or_(QuestionFinding.other_id.is_(None), _stands_as_compared()))
    )


def _stands_as_compared() -> ColumnElement[bool]:
    return and_(
        _Other.state != QuestionState.RETIRED,
        or_(_Other.current_revision_id == _OtherRevision.id, _Other.approved_revision_id == _OtherRevision.id),
    )


def _row(row: Any) -> FindingRow:
    return FindingRow(*row[1:])
