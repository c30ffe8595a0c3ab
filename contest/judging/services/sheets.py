"""A judge's sheet: saving marks, locking, giving the case back; and opening a locked sheet again."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.contests.models import Round
from contest.errors import DomainError, NotAllowed
from contest.judging.domain.panel import Panel, check_complete, check_marks, total
from contest.judging.domain.reasons import written
from contest.judging.domain.seats import REOPENED_FOR
from contest.judging.models import JudgeConflict, JudgingCase, ScoreSheet
from contest.judging.policies import may_reopen, may_settle
from contest.judging.queries.panel import panel_of
from contest.judging.services.locking import ensure_counts, locked_case_of, locked_own_sheet, void_agreement
from contest.judging.services.queue import leased_until
from contest.judging.services.recording import record_of_case

MAX_COMMENT = 4000


def save_marks(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    contest_id: int,
    sheet_id: int,
    marks: Mapping[str, int],
    comment: str,
    revision: int,
) -> ScoreSheet:
    """Store all marks (1/1000 point by criterion; one without a mark is left out) and renew the lease.

    `revision` is the one that the page was filled with. A lease that is over is no obstacle while nobody took the
    seat. Raises `NotFound`, `NotAllowed`, `lease_lost`, `sheet_locked`, `sheet_conflict`, `comment_too_long`, and
    like `check_marks`.
    """
    case, sheet = _open_sheet(session, actor, contest_id, sheet_id)
    _ensure_revision(sheet, revision)
    panel = _panel(session, case)
    check_marks(panel, marks)
    comment = _tidy(comment)
    if len(comment) > MAX_COMMENT:
        raise DomainError("comment_too_long", field="comment", max=MAX_COMMENT)
    sheet.marks, sheet.comment, sheet.revision, sheet.saved_at = dict(marks), comment, sheet.revision + 1, now
    sheet.leased_until = max(sheet.leased_until, leased_until(panel, now))
    session.flush()
    return sheet


def lock_sheet(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, sheet_id: int, revision: int
) -> ScoreSheet:
    """Hand the stored marks in; the total is fixed and the seat kept for ever.

    Raises like `save_marks`, `marks_missing` while a criterion has none, `case_set_aside`.
    """
    case, sheet = _open_sheet(session, actor, contest_id, sheet_id)
    _ensure_revision(sheet, revision)
    ensure_counts(session, case)
    panel = _panel(session, case)
    check_marks(panel, sheet.marks)
    check_complete(panel, sheet.marks)
    sheet.total, sheet.locked_at = total(panel, sheet.marks), now
    record_of_case(
        session,
        actor,
        now,
        "sheet.locked",
        case,
        contest_id=contest_id,
        subject=f"sheet:{sheet.id}",
        place=sheet.place,
    )
    return sheet


def give_back(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    contest_id: int,
    sheet_id: int,
    reason: str,
    is_conflict: bool = False,
) -> ScoreSheet:
    """Free the seat for somebody else; this case never comes to this judge again, what was written stays.

    With a conflict it is also noted for every other case of the same participant. Raises `NotFound`, `NotAllowed`,
    `lease_lost`, `sheet_locked`, `reason_missing`.
    """
    reason = written(reason)
    case, sheet = _open_sheet(session, actor, contest_id, sheet_id)
    sheet.released_at, sheet.return_reason = now, reason
    if is_conflict:
        conflict = JudgeConflict(
            contest_id=contest_id,
            judge_id=actor.person_id,
            participation_id=case.participation_id,
            reason=reason,
            noted_by=actor.person_id,
            noted_at=now,
        )
        session.add(conflict)
    record_of_case(
        session,
        actor,
        now,
        "sheet.returned",
        case,
        contest_id=contest_id,
        subject=f"sheet:{sheet.id}",
        place=sheet.place,
        detail={"reason": reason},
    )
    return sheet


def reopen_sheet(
    session: Session, actor: Actor, now: datetime, *, contest_id: int, sheet_id: int, reason: str
) -> ScoreSheet:
    """Let its judge change a locked sheet for a day; marks stay, what was agreed over it is void.

    Nobody opens their own sheet: its judge may have seen the others' by now. Raises `NotAllowed` (`own_sheet`),
    `NotFound`, `reason_missing`, `sheet_not_locked`.
    """
    if not may_settle(actor, contest_id):
        raise NotAllowed
    reason = written(reason)
    case, sheet = locked_case_of(session, contest_id, sheet_id)
    if not may_reopen(actor, contest_id, sheet.judge_id):
        raise NotAllowed("own_sheet")
    if sheet.locked_at is None or sheet.released_at is not None:
        raise DomainError("sheet_not_locked")
    sheet.locked_at, sheet.total = None, None
    sheet.reopened_at, sheet.reopen_reason, sheet.leased_until = now, reason, now + REOPENED_FOR
    void_agreement(session, case.id)
    record_of_case(
        session,
        actor,
        now,
        "sheet.reopened",
        case,
        contest_id=contest_id,
        subject=f"sheet:{sheet.id}",
        place=sheet.place,
        detail={"reason": reason},
    )
    return sheet


def _open_sheet(session: Session, actor: Actor, contest_id: int, sheet_id: int) -> tuple[JudgingCase, ScoreSheet]:
    case, sheet = locked_own_sheet(session, actor, contest_id, sheet_id)
    if sheet.locked_at is not None:
        raise DomainError("sheet_locked")
    return case, sheet


def _ensure_revision(sheet: ScoreSheet, revision: int) -> None:
    if revision != sheet.revision:
        raise DomainError("sheet_conflict")


def _tidy(comment: str) -> str:
    """Composed; without NUL and halves of characters, which JSON may bring and no database stores."""
    whole = comment.encode(errors="ignore").decode().replace("\0", "")
    return unicodedata.normalize("NFC", whole).strip()


def _panel(session: Session, case: JudgingCase) -> Panel:
    return panel_of(session, session.get_one(Round, case.round_id))
