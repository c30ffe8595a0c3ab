"""A closed entry round whose sheets are locked, made row by row: how judges come to them is tested in judging."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from contest.judging.models import CaseKind, JudgingCase, PanelAgreement, ScoreSheet
from tests.factories import NOW, add
from tests.judging.world import CLOSES, World, hand_in
from tests.judging.world import make_world as make_judging_world
from tests.standings.world import PRIZES, UNITS

ENTRY_RANKING = {"gate": "none", "steps": [{"key": "judged_score", "direction": "desc"}]}
SECTIONS = {"entry_ranking": ENTRY_RANKING, "prizes": {**PRIZES, "tiers": []}, "units": UNITS}

# name: raw totals of the two judges in points, and the score that the chair agreed where it had to be agreed
DOZEN: dict[str, tuple[float, float, float | None]] = {
    "Hoàng Thị An": (95.5, 95.0, None),  # 95,25 is rounded half up to 95,3
    "Vi Văn Bình": (95.25, 95.25, None),
    "Lộc Chi": (99.75, 90.0, None),  # 9,75 apart: the mean counts, 94,875 becomes 94,9
    "Nông Thị Dung": (100.0, 90.0, 93.0),  # exactly 10 apart: the mean of 95,0 does not count
    "Bế Văn Em": (80.0, 80.0, None),
    "Lý Thị Gấm": (80.0, 79.75, None),  # 79,875 becomes 79,9
    "Hứa Văn Hải": (60.0, 60.0, None),
    "Đàm Thị Lan": (60.25, 59.75, None),
    "Chu Minh": (59.75, 60.25, None),
    "Tô Văn Nam": (50.0, 50.0, None),
    "Mã Thị Oanh": (40.0, 49.75, None),
    "Lương Phúc": (0.0, 0.0, None),
}
RANKED = [1, 1, 3, 4, 5, 6, 7, 7, 7, 10, 11, 12]


def make_world(session: Session, *, decimals: int = 1, **sections: Any) -> World:
    world = make_judging_world(session, decimals=decimals)
    world.rules.sections = {**world.rules.sections, **SECTIONS, **sections}
    session.commit()
    return world


def score(
    session: Session,
    world: World,
    name: str,
    *totals: float,
    agreed: float | None = None,
    handed_in_at: datetime = CLOSES - timedelta(hours=1),
    **values: Any,
) -> JudgingCase:
    """An entry with a locked sheet of each judge; totals and what the chair agreed in points. Commits."""
    version = hand_in(session, world, name, handed_in_at=handed_in_at, **values)
    case: JudgingCase = add(
        session,
        JudgingCase(
            round_id=world.round.id,
            kind=CaseKind.ENTRY,
            subject_id=version.id,
            participation_id=world.people[name].id,
            code=f"C{version.id}",
            position=version.id,
            handed_in_at=handed_in_at,
            opened_at=NOW,
            opened_by=world.chief.id,
        ),
    )
    for place, (judge, total) in enumerate(zip(world.judges, totals, strict=False), start=1):
        stamps = {"taken_at": NOW, "leased_until": NOW, "locked_at": NOW}
        row = ScoreSheet(case_id=case.id, judge_id=judge.id, place=place, marks={}, total=thousandths(total), **stamps)
        add(session, row)
    if agreed is not None:
        agree(session, world, case, agreed)
    session.commit()
    return case


def agree(session: Session, world: World, case: JudgingCase, points: float) -> None:
    values = {"totals": [], "note": "Đã trao đổi.", "agreed_by": world.chief.id, "agreed_at": NOW}
    add(session, PanelAgreement(case_id=case.id, score=thousandths(points), **values))
    session.commit()


def score_all(
    session: Session, world: World, entries: Mapping[str, tuple[float, float, float | None]] = DOZEN
) -> Sequence[JudgingCase]:
    return [score(session, world, name, *totals, agreed=agreed) for name, (*totals, agreed) in entries.items()]


def thousandths(points: float) -> int:
    return round(points * 1000)
