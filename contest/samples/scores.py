"""How far judging of the second sample has come: every way in which a case can stand, told by the two totals."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.contests.models import Round
from contest.judging.domain.panel import POINT, Panel
from contest.judging.queries import panel_of
from contest.judging.services.panel import record_agreement
from contest.judging.services.queue import take_next
from contest.judging.services.sheets import lock_sheet, save_marks

# Totals of first and second judge in the order of the queue; where the second is None, one sheet is still missing.
TOTALS = (
    (86.0, 84.5),
    (78.5, 78.5),
    (91.0, 83.5),
    (64.0, 71.5),
    (88.0, 78.5),
    (82.0, 72.0),
    (90.0, 76.0),
    (70.0, 84.0),
    (75.5, None),
)
AGREED = 7  # the place in TOTALS of the case that the chair has settled
AGREED_SCORE = 77 * POINT
AGREED_NOTE = "Hai giám khảo đã trao đổi về phần kế hoạch khuyến đọc và thống nhất điểm."
PACE = timedelta(minutes=25)
COMMENTS = (
    "Bài viết chân thật, dẫn chứng gần gũi. Kế hoạch rõ việc, rõ người, có cách đo kết quả.",
    "Hiểu sách, diễn đạt trôi chảy. Nên nói kỹ hơn về cách duy trì kế hoạch sau học kỳ.",
    "Ý tưởng sáng tạo, liên hệ bản thân tốt. Cần ghi đủ thông tin xuất bản của cuốn sách.",
)


def score_entries(session: Session, now: datetime, round_: Round, judges: Sequence[Actor], chief: Actor) -> None:
    """Each judge takes and locks what `TOTALS` says, one after the other; the chair settles one case."""
    panel = panel_of(session, round_)
    case_ids: list[int] = []
    for judge, totals in zip(judges, zip(*TOTALS, strict=True), strict=True):
        moment = now
        for place, points in enumerate(total for total in totals if total is not None):
            moment += PACE
            case_ids.append(_score(session, moment, round_, panel, judge, int(points * POINT), COMMENTS[place % 3]))
    record_agreement(
        session,
        chief,
        now + timedelta(days=1),
        contest_id=round_.contest_id,
        case_id=case_ids[AGREED],
        score=AGREED_SCORE,
        note=AGREED_NOTE,
    )


def _score(session: Session, now: datetime, round_: Round, panel: Panel, judge: Actor, total: int, comment: str) -> int:
    """Take the next case and lock a sheet of this total; returns the id of the case."""
    contest_id = round_.contest_id
    sheet = take_next(session, judge, now, contest_id=contest_id, round_id=round_.id)
    assert sheet is not None
    marks = marks_of(panel, total)
    sheet = save_marks(
        session,
        judge,
        now,
        contest_id=contest_id,
        sheet_id=sheet.id,
        marks=marks,
        comment=comment,
        revision=sheet.revision,
    )
    lock_sheet(session, judge, now + PACE / 2, contest_id=contest_id, sheet_id=sheet.id, revision=sheet.revision)
    return sheet.case_id


def marks_of(panel: Panel, total: int) -> dict[str, int]:
    """Marks in the panel's steps that add up to `total`, each criterion with about the same share of its points.

    For a rubric whose weights are all 1.
    """
    marks = {each.code: each.max_points * total // panel.scale // panel.step * panel.step for each in panel.criteria}
    for each in panel.criteria:
        marks[each.code] += min(each.max_points - marks[each.code], total - sum(marks.values()))
    return marks
