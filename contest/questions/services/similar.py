"""Looking at saved questions again: what stands out in each, and which others ask nearly the same.

It is done in the background, a few questions at a time, since the comparison is no work for a request.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from contest.questions.models import Bank, BankQuestion, QuestionBand, QuestionFinding, QuestionRevision
from contest.questions.queries import question_of
from contest.questions.queries.pool import STANDING
from question_bank.lint import Remark, asked_by, likeness, remarks_on, signatures
from question_bank.lint.similar import MOST_ALIKE, MOST_CANDIDATES, Asked, Signature

AT_ONCE = 25
"""So many are looked at in a quarter of a second, during which SQLite lets nobody else write."""
_MOST_IN_BANDS = 1000
"""Questions that share a band with one are counted up to here, however alike the questions of a bank are."""


def check_questions(session: Session, now: datetime) -> int:
    """Look at some questions that were written or changed since they were last looked at; returns how many."""
    rows = session.execute(
        select(Bank.contest_id, QuestionRevision)
        .join(BankQuestion, BankQuestion.bank_id == Bank.id)
        .join(QuestionRevision, QuestionRevision.id == BankQuestion.current_revision_id)
        .where(BankQuestion.checked_at.is_(None))
        .order_by(BankQuestion.id)
        .limit(AT_ONCE)
        .with_for_update(of=BankQuestion, skip_locked=True)
    ).all()
    if not rows:
        return 0
    ids = [revision.question_id for _, revision in rows]
    _forget(session, ids)
    asked = [asked_by(question_of(revision)) for _, revision in rows]
    for (contest_id, revision), item, signature in zip(rows, asked, signatures(asked), strict=True):
        found = list(alike_in_contest(session, contest_id, revision.question_id, item, signature))
        _keep(session, contest_id, revision, signature, found)
    session.execute(update(BankQuestion).where(BankQuestion.id.in_(ids)).values(checked_at=now))
    return len(ids)


def _forget(session: Session, question_ids: Sequence[int]) -> None:
    """Drop what was found about these questions; an approved revision that is still in use stays comparable."""
    outdated = (
        select(QuestionRevision.id)
        .join(BankQuestion, BankQuestion.id == QuestionRevision.question_id)
        .where(
            BankQuestion.id.in_(question_ids),
            or_(
                BankQuestion.approved_revision_id.is_(None),
                BankQuestion.approved_revision_id != QuestionRevision.id,
                BankQuestion.current_revision_id == QuestionRevision.id,
            ),
        )
    )
    session.execute(delete(QuestionBand).where(QuestionBand.revision_id.in_(outdated)))
    about = or_(QuestionFinding.revision_id.in_(outdated), QuestionFinding.other_id.in_(outdated))
    session.execute(delete(QuestionFinding).where(about))


@dataclass(frozen=True, slots=True)
class Alike:
    """A question that asks nearly the same as another: which one, as it stands in which revision, and what to say."""

    revision_id: int
    question_id: int
    code: str
    author_id: int
    remark: str


def bands_in_contest(session: Session, contest_id: int, signatures: Collection[Signature]) -> set[int]:
    """Which bands of these signatures questions of the contest have as well: most files have none. One statement."""
    bands = set().union(*signatures)
    asked = select(QuestionBand.band).where(QuestionBand.contest_id == contest_id, QuestionBand.band.in_(bands))
    return set(session.scalars(asked.distinct()))


def alike_in_contest(
    session: Session, contest_id: int, question_id: int | None, asked: Asked, signature: Signature
) -> Iterator[Alike]:
    """Questions of the contest that ask nearly the same, without the one named. One statement."""
    values = {"contest_id": contest_id, "question_id": question_id or 0, "bands": signature}
    named: set[int] = set()
    for other, code, author_id in session.execute(_SHARING, values):
        remark = likeness(asked, asked_by(question_of(other)))
        if remark is not None and other.question_id not in named and len(named) < MOST_ALIKE:
            named.add(other.question_id)
            yield Alike(other.id, other.question_id, code, author_id, remark)


def _sharing() -> Select[QuestionRevision, str, int]:
    """Revisions that share bands, the most first."""
    sharing = (
        select(QuestionBand.revision_id)
        .where(
            QuestionBand.contest_id == bindparam("contest_id"),
            QuestionBand.band.in_(bindparam("bands", expanding=True)),
        )
        .limit(_MOST_IN_BANDS)
        .subquery()
    )
    shared = (
        select(sharing.c.revision_id, func.count().label("bands"))
        .group_by(sharing.c.revision_id)
        .order_by(func.count().desc(), sharing.c.revision_id)
        .limit(MOST_CANDIDATES)
        .subquery()
    )
    return (
        select(QuestionRevision, BankQuestion.code, BankQuestion.created_by)
        .join(shared, shared.c.revision_id == QuestionRevision.id)
        .join(BankQuestion, BankQuestion.id == QuestionRevision.question_id)
        .where(
            BankQuestion.id != bindparam("question_id"),
            STANDING,
            or_(
                BankQuestion.current_revision_id == QuestionRevision.id,
                BankQuestion.approved_revision_id == QuestionRevision.id,
            ),
        )
        .order_by(shared.c.bands.desc(), QuestionRevision.id.desc())
    )


# Put together once: a file may ask thousands of times, and putting it together takes longer than the answer.
_SHARING = _sharing()


def _keep(
    session: Session,
    contest_id: int,
    revision: QuestionRevision,
    signature: Signature,
    alike: Sequence[Alike],
) -> None:
    bands = [{"contest_id": contest_id, "band": band, "revision_id": revision.id} for band in set(signature)]
    session.execute(insert(QuestionBand), bands)
    findings = [_values(revision.id, remark) for remark in remarks_on(question_of(revision))]
    for other in alike:
        findings.append(_values(revision.id, Remark(other.remark, "text"), other.revision_id))
        findings.append(_values(other.revision_id, Remark(other.remark, "text"), revision.id))
    if findings:
        session.execute(insert(QuestionFinding), findings)


def _values(revision_id: int, remark: Remark, other_id: int | None = None) -> dict[str, Any]:
    return {
        "revision_id": revision_id,
        "code": remark.code,
        "field": remark.field,
        "facts": dict(remark.values),
        "is_mild": remark.severity == "mild",
        "other_id": other_id,
    }
