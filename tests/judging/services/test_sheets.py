"""A judge's sheet from the first mark to the lock, given back, opened again."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.audit.models import AuditRecord
from contest.contests.models import Role
from contest.errors import DomainError, NotAllowed
from contest.judging.models import JudgeConflict, PanelAgreement, ScoreSheet
from contest.judging.queries import judged_results
from contest.judging.services.cases import set_aside
from contest.judging.services.panel import record_agreement
from contest.judging.services.sheets import MAX_COMMENT, give_back, lock_sheet, reopen_sheet, save_marks
from tests.factories import NOW, actor_of
from tests.judging.world import World, judged, lock, make_world, marks_for, open_cases, take

MARKS = {"c1": 45_250, "c2": 18_000}
LEASE = timedelta(minutes=45)


def begun(session: Session, **panel: Any) -> tuple[World, ScoreSheet]:
    world = make_world(session, **panel)
    open_cases(session, world, "A")
    sheet = take(session, world, world.judge())
    assert sheet is not None
    return world, sheet


def save(
    session: Session, world: World, sheet: ScoreSheet, now: datetime = NOW, actor: Actor | None = None, **values: Any
) -> ScoreSheet:
    defaults = {"marks": MARKS, "comment": "", "revision": sheet.revision}
    place = {"contest_id": world.contest.id, "sheet_id": sheet.id}
    return save_marks(session, actor or world.judge(), now, **place, **{**defaults, **values})


def refusal(session: Session, world: World, sheet: ScoreSheet, **values: Any) -> DomainError:
    with pytest.raises(DomainError) as caught:
        save(session, world, sheet, **values)
    return caught.value


def test_saving_keeps_marks_and_comment_and_renews_the_lease(session: Session) -> None:
    world, sheet = begun(session)
    later = NOW + timedelta(minutes=44)
    saved = save(session, world, sheet, later, comment="  Bài chân thành.\0\ud83d ")
    assert (saved.marks, saved.comment, saved.revision) == (MARKS, "Bài chân thành.", 1)
    assert (saved.saved_at, saved.leased_until) == (later, later + LEASE)
    assert saved.total is None, "nothing counts before the lock"


def test_saving_replaces_all_marks_so_that_one_can_be_taken_away(session: Session) -> None:
    world, sheet = begun(session)
    save(session, world, sheet)
    assert save(session, world, sheet, marks={"c1": 0}).marks == {"c1": 0}


def test_a_second_page_never_overwrites_unseen(session: Session) -> None:
    world, sheet = begun(session)
    save(session, world, sheet)
    assert refusal(session, world, sheet, revision=0, marks={}).code == "sheet_conflict"
    assert refusal(session, world, sheet, revision=2).code == "sheet_conflict"
    session.refresh(sheet)
    assert sheet.marks == MARKS


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"marks": {"c1": 60_250}}, "mark_out_of_range", "mark-c1"),
        ({"marks": {"c2": 18_100}}, "mark_step", "mark-c2"),
        ({"marks": {"c3": 0}}, "mark_unknown", None),
        ({"comment": "x" * (MAX_COMMENT + 1)}, "comment_too_long", "comment"),
    ],
)
def test_what_the_rubric_does_not_know_is_refused_and_nothing_changes(
    session: Session, values: dict[str, Any], code: str, field: str | None
) -> None:
    world, sheet = begun(session)
    save(session, world, sheet)
    error = refusal(session, world, sheet, **values)
    assert (error.code, error.field) == (code, field)
    session.refresh(sheet)
    assert (sheet.marks, sheet.revision) == (MARKS, 1)


def test_a_lease_that_is_over_is_no_obstacle_while_nobody_took_the_seat(session: Session) -> None:
    world, sheet = begun(session)
    later = NOW + timedelta(days=2)
    assert save(session, world, sheet, later).leased_until == later + LEASE


def test_a_seat_that_somebody_took_is_lost_but_not_what_was_written(session: Session) -> None:
    world = make_world(session, judges=3)
    open_cases(session, world, "A")
    sheet = take(session, world, world.judge())
    assert sheet is not None
    save(session, world, sheet)
    session.commit()
    later = NOW + LEASE
    for number in (1, 2):
        other = take(session, world, world.judge(number), later)
        assert other is not None
        lock(session, world, world.judge(number), other, 80_000, later)
    session.refresh(sheet)
    assert refusal(session, world, sheet, now=later).code == "lease_lost"
    assert (sheet.marks, sheet.released_at) == (MARKS, later)


def test_locking_fixes_the_total_of_the_stored_marks(session: Session) -> None:
    world, sheet = begun(session)
    saved = save(session, world, sheet)
    place = {"contest_id": world.contest.id, "sheet_id": sheet.id}
    locked = lock_sheet(session, world.judge(), NOW + LEASE, **place, revision=saved.revision)
    assert (locked.total, locked.locked_at) == (45_250 + 36_000, NOW + LEASE)
    assert refusal(session, world, sheet).code == "sheet_locked"
    with pytest.raises(DomainError) as caught:
        lock_sheet(session, world.judge(), NOW, **place, revision=saved.revision)
    assert caught.value.code == "sheet_locked"


def test_a_sheet_without_every_mark_is_not_locked(session: Session) -> None:
    world, sheet = begun(session)
    saved = save(session, world, sheet, marks={"c1": 45_000})
    with pytest.raises(DomainError) as caught:
        lock_sheet(session, world.judge(), NOW, contest_id=world.contest.id, sheet_id=sheet.id, revision=saved.revision)
    assert (caught.value.code, caught.value.field) == ("marks_missing", "mark-c2")


def test_the_sheet_that_was_read_is_the_one_that_is_locked(session: Session) -> None:
    world, sheet = begun(session)
    save(session, world, sheet)
    with pytest.raises(DomainError) as caught:
        lock_sheet(session, world.judge(), NOW, contest_id=world.contest.id, sheet_id=sheet.id, revision=0)
    assert caught.value.code == "sheet_conflict"


@pytest.mark.parametrize("is_excluded", [True, False])
def test_what_is_not_scored_is_not_locked_but_still_saved(session: Session, is_excluded: bool) -> None:
    world, sheet = begun(session)
    if is_excluded:
        world.people["A"].excluded_at = NOW
    else:
        place = {"contest_id": world.contest.id, "case_id": sheet.case_id}
        set_aside(session, world.actor(Role.CHIEF_JUDGE), NOW, **place, reason="Chép từ mạng")
    session.flush()
    saved = save(session, world, sheet)
    with pytest.raises(DomainError) as caught:
        lock_sheet(session, world.judge(), NOW, contest_id=world.contest.id, sheet_id=sheet.id, revision=saved.revision)
    assert caught.value.code == "case_set_aside"


def test_giving_back_keeps_the_marks_and_asks_why(session: Session) -> None:
    world, sheet = begun(session)
    save(session, world, sheet)
    place = {"contest_id": world.contest.id, "sheet_id": sheet.id}
    with pytest.raises(DomainError) as caught:
        give_back(session, world.judge(), NOW, **place, reason=" ")
    assert (caught.value.code, caught.value.field) == ("reason_missing", "reason")
    given = give_back(session, world.judge(), NOW, **place, reason="Tôi nhận ra tác giả")
    assert (given.marks, given.released_at, given.return_reason) == (MARKS, NOW, "Tôi nhận ra tác giả")
    assert session.scalars(select(JudgeConflict)).all() == []
    assert refusal(session, world, sheet).code == "lease_lost"


def test_a_conflict_that_a_judge_declares_is_noted(session: Session) -> None:
    world, sheet = begun(session)
    place = {"contest_id": world.contest.id, "sheet_id": sheet.id}
    give_back(session, world.judge(), NOW, **place, reason="Cháu tôi", is_conflict=True)
    noted = session.scalars(select(JudgeConflict)).one()
    assert (noted.judge_id, noted.participation_id) == (world.judges[0].id, world.people["A"].id)


def test_a_locked_sheet_is_not_given_back(session: Session) -> None:
    world = make_world(session)
    open_cases(session, world, "A")
    sheet = judged(session, world, [80_000])[0]
    with pytest.raises(DomainError) as caught:
        give_back(session, world.judge(), NOW, contest_id=world.contest.id, sheet_id=sheet.id, reason="Muộn")
    assert caught.value.code == "sheet_locked"


def test_opening_again_keeps_marks_holds_the_seat_for_a_day_and_voids_the_agreement(session: Session) -> None:
    world = make_world(session, judges=3)
    case = open_cases(session, world, "A")[0]
    sheets = judged(session, world, [70_000, 85_000])
    chief = world.actor(Role.CHIEF_JUDGE)
    agreed = {"contest_id": world.contest.id, "case_id": case.id, "score": 78_000, "note": "Đã đối thoại"}
    record_agreement(session, chief, NOW, **agreed)
    session.commit()
    place = {"contest_id": world.contest.id, "sheet_id": sheets[0].id}
    opened = reopen_sheet(session, chief, NOW, **place, reason="Chấm nhầm tiêu chí")
    session.commit()
    assert (opened.marks, opened.total, opened.locked_at) == (marks_for(70_000), None, None)
    assert (opened.leased_until, opened.reopen_reason) == (NOW + timedelta(days=1), "Chấm nhầm tiêu chí")
    assert session.scalars(select(PanelAgreement)).all() == []
    assert judged_results(session, world.round)[0].verdict.is_missing
    assert take(session, world, world.judge(2), NOW + timedelta(hours=23)) is None
    again = take(session, world, world.judge(), NOW + timedelta(hours=2))
    assert again is not None
    assert (again.id, again.leased_until) == (opened.id, NOW + timedelta(days=1)), "a click never shortens a lease"
    lock(session, world, world.judge(), again, 80_000)
    assert judged_results(session, world.round)[0].score == 82_500


def test_only_a_locked_sheet_is_opened_and_only_by_another_person_who_is_chief(session: Session) -> None:
    world = make_world(session)
    open_cases(session, world, "A", "B")
    locked = judged(session, world, [80_000])[0]
    running = take(session, world, world.judge())
    assert running is not None
    reason = {"contest_id": world.contest.id, "reason": "Sửa"}
    chief = world.actor(Role.CHIEF_JUDGE)
    with pytest.raises(DomainError) as caught:
        reopen_sheet(session, chief, NOW, sheet_id=running.id, **reason)
    assert caught.value.code == "sheet_not_locked"
    for role in (Role.JUDGE, Role.SECRETARY, Role.ORGANIZER):
        with pytest.raises(NotAllowed):
            reopen_sheet(session, actor_of(world.chief, world.contest, role), NOW, sheet_id=locked.id, **reason)
    with pytest.raises(NotAllowed) as refused:
        reopen_sheet(session, world.judge(0, Role.CHIEF_JUDGE), NOW, sheet_id=locked.id, **reason)
    assert refused.value.code == "own_sheet"


def test_the_record_names_acts_but_never_marks(session: Session) -> None:
    world = make_world(session)
    open_cases(session, world, "A")
    sheet = judged(session, world, [80_000])[0]
    place = {"contest_id": world.contest.id, "sheet_id": sheet.id}
    reopen_sheet(session, world.actor(Role.CHIEF_JUDGE), NOW, **place, reason="Sửa")
    again = take(session, world, world.judge())
    assert again is not None
    give_back(session, world.judge(), NOW, **place, reason="Không kịp")
    of_sheet = select(AuditRecord).where(AuditRecord.subject == f"sheet:{sheet.id}").order_by(AuditRecord.id)
    records = session.scalars(of_sheet).all()
    assert [record.act for record in records] == ["sheet.locked", "sheet.reopened", "sheet.returned"]
    assert {frozenset(record.facts) for record in records} == {frozenset({"code", "place"})}
