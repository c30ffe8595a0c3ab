"""Opening judging, and setting single cases aside."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.audit.models import AuditRecord
from contest.contests.models import Role
from contest.entries.models import Entry, EntryFile, FileState
from contest.errors import DomainError, NotAllowed, NotFound
from contest.judging import hooks
from contest.judging.hooks import CaseSource, Content, Subject
from contest.judging.models import CaseKind, JudgingCase
from contest.judging.queries import blind_case, judge_sheet, judged_results
from contest.judging.services.cases import OPENS_AFTER, open_judging, put_back, set_aside
from tests.factories import NOW, actor_of, make_contest, make_round
from tests.judging.world import CLOSES, World, enter, hand_in, judged, lock, make_world, open_cases, take


def opened(session: Session, world: World, actor: Actor | None = None, **values: Any) -> int:
    place = {"contest_id": world.contest.id, "round_id": world.round.id, **values}
    return open_judging(session, actor or world.actor(Role.CHIEF_JUDGE), NOW, **place)


def cases_of(session: Session, world: World) -> list[JudgingCase]:
    return list(session.scalars(select(JudgingCase).where(JudgingCase.round_id == world.round.id)))


def test_every_entry_that_counts_becomes_a_case_with_a_code_of_its_own(session: Session) -> None:
    world = make_world(session)
    versions = {hand_in(session, world, name).id for name in "ABCDE"}
    assert opened(session, world) == 5
    cases = cases_of(session, world)
    assert {case.subject_id for case in cases} == versions
    assert len({case.code for case in cases}) == 5
    assert {case.handed_in_at for case in cases} == {CLOSES - timedelta(hours=1)}
    assert [case.position for case in cases] == sorted(case.position for case in cases), "ids tell no other order"


def test_what_does_not_count_is_no_case(session: Session) -> None:
    world = make_world(session)
    withdrawn = hand_in(session, world, "Đã rút")
    withdrawn.withdrawn_at = CLOSES - timedelta(minutes=5)
    session.get_one(Entry, withdrawn.entry_id).standing = None
    hand_in(session, world, "Bị loại")
    world.people["Bị loại"].excluded_at = NOW
    enter(session, world, "Chưa nộp")
    hand_in(session, world, "Tệp hỏng", file_state=FileState.REFUSED)
    kept = hand_in(session, world, "Được chấm", file_state=FileState.READY)
    assert opened(session, world) == 1
    assert [case.subject_id for case in cases_of(session, world)] == [kept.id]


def test_a_file_that_is_checked_late_is_added_by_opening_again(session: Session) -> None:
    world = make_world(session)
    hand_in(session, world, "A")
    late = hand_in(session, world, "B", file_state=FileState.CHECKING)
    assert opened(session, world) == 1
    first = cases_of(session, world)[0]
    before = (first.id, first.code, first.position)
    assert opened(session, world) == 0
    session.scalars(select(EntryFile)).one().state = FileState.READY
    session.flush()
    assert opened(session, world) == 1
    cases = {case.id: case for case in cases_of(session, world)}
    assert (first.id, cases[first.id].code, cases[first.id].position) == before
    assert [case.subject_id for case in cases.values() if case.id != first.id] == [late.id]


def test_a_case_is_known_by_nothing_that_comes_from_its_author(session: Session) -> None:
    world = make_world(session)
    hand_in(session, world, "A")
    opened(session, world)
    case = cases_of(session, world)[0]
    public_id = session.scalars(select(Entry.public_id)).one()
    assert case.code not in public_id
    hand_in(session, world, "B")
    opened(session, world)
    assert len({each.code for each in cases_of(session, world)}) == 2


@pytest.mark.parametrize(
    ("role", "is_allowed"),
    [
        (Role.CHIEF_JUDGE, True),
        (Role.SECRETARY, True),
        (Role.ORGANIZER, True),
        (Role.JUDGE, False),
        (Role.QUESTION_SETTER, False),
        (Role.COORDINATOR, False),
    ],
)
def test_who_opens_judging(session: Session, role: Role, is_allowed: bool) -> None:
    world = make_world(session)
    hand_in(session, world, "A")
    actor = actor_of(world.chief, world.contest, role)
    if is_allowed:
        assert opened(session, world, actor) == 1
        return
    with pytest.raises(NotAllowed):
        opened(session, world, actor)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"closes_at": NOW - OPENS_AFTER + timedelta(milliseconds=1)}, "judging_not_closed"),
        ({"closes_at": NOW - OPENS_AFTER}, None),
        ({"cancelled_at": NOW}, "judging_not_closed"),
        ({"released_at": None}, "judging_not_closed"),
    ],
)
def test_judging_opens_when_nothing_is_on_its_way_any_more(
    session: Session, values: dict[str, Any], code: str | None
) -> None:
    world = make_world(session)
    hand_in(session, world, "A")
    for name, value in values.items():
        setattr(world.round, name, value)
    session.flush()
    if code is None:
        assert opened(session, world) == 1
        return
    with pytest.raises(DomainError) as caught:
        opened(session, world)
    assert caught.value.code == code


def test_without_a_panel_rule_nothing_is_opened(session: Session) -> None:
    world = make_world(session)
    hand_in(session, world, "A")
    world.rules.sections = {}
    session.flush()
    with pytest.raises(DomainError) as caught:
        opened(session, world)
    assert caught.value.code == "panel_missing"


def test_the_round_of_another_contest_is_not_there(session: Session) -> None:
    world = make_world(session)
    other = make_round(session, make_contest(session))
    with pytest.raises(NotFound):
        opened(session, world, round_id=other.id)


def test_opening_is_recorded_once_and_only_when_it_made_cases(session: Session) -> None:
    world = make_world(session)
    hand_in(session, world, "A")
    opened(session, world)
    opened(session, world)
    records = session.scalars(select(AuditRecord).where(AuditRecord.scope == world.contest.id)).all()
    assert [(record.act, record.facts) for record in records] == [("judging.opened", {"cases": 1})]


def test_a_case_set_aside_is_neither_judged_nor_ranked_until_it_is_put_back(session: Session) -> None:
    world = make_world(session)
    case = open_cases(session, world, "A")[0]
    judged(session, world, [80_000, 81_000])
    chief, place = world.actor(Role.CHIEF_JUDGE), {"contest_id": world.contest.id, "case_id": case.id}
    set_aside(session, chief, NOW, **place, reason="Chép từ mạng")
    assert judged_results(session, world.round) == []
    with pytest.raises(DomainError) as caught:
        set_aside(session, chief, NOW, **place, reason="Lần nữa")
    assert caught.value.code == "case_set_aside"
    put_back(session, chief, NOW, **place, reason="Không phải bài chép")
    assert [result.score for result in judged_results(session, world.round)] == [80_500]
    with pytest.raises(DomainError) as caught:
        put_back(session, chief, NOW, **place, reason="Lần nữa")
    assert caught.value.code == "case_not_set_aside"
    acts = session.scalars(select(AuditRecord.act).where(AuditRecord.act.startswith("case."))).all()
    assert acts == ["case.set_aside", "case.put_back"]


def test_a_case_set_aside_is_not_handed_out(session: Session) -> None:
    world = make_world(session)
    first, second = open_cases(session, world, "A", "B")
    place = {"contest_id": world.contest.id, "case_id": first.id}
    set_aside(session, world.actor(Role.CHIEF_JUDGE), NOW, **place, reason="Chép từ mạng")
    sheet = take(session, world, world.judge())
    assert sheet is not None
    assert sheet.case_id == second.id


@pytest.mark.parametrize("service", [set_aside, put_back])
@pytest.mark.parametrize("role", [Role.JUDGE, Role.SECRETARY, Role.ORGANIZER])
def test_only_the_chief_judge_sets_aside(session: Session, service: Any, role: Role) -> None:
    world = make_world(session)
    case = open_cases(session, world, "A")[0]
    actor = actor_of(world.chief, world.contest, role)
    with pytest.raises(NotAllowed):
        service(session, actor, NOW, contest_id=world.contest.id, case_id=case.id, reason="Lý do")


@pytest.mark.parametrize("service", [set_aside, put_back])
def test_the_case_of_another_contest_is_not_there(session: Session, service: Any) -> None:
    world, other = make_world(session), make_world(session)
    case = open_cases(session, other, "A")[0]
    with pytest.raises(NotFound):
        service(
            session, world.actor(Role.CHIEF_JUDGE), NOW, contest_id=world.contest.id, case_id=case.id, reason="Lý do"
        )


def test_a_person_before_the_panel_is_a_case_like_any_other(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world(session)
    participation = enter(session, world, "Thí sinh vào chung kết")
    source = CaseSource(
        subjects=lambda _session, _round: [Subject(participation.id, participation.id, CLOSES)],
        content=lambda _session, _subject_id: Content("Kể chuyện theo sách", ()),
    )
    monkeypatch.setitem(hooks.sources, CaseKind.PERSON, source)
    case = open_cases(session, world)[0]
    assert (case.kind, case.subject_id) == (CaseKind.PERSON, participation.id)
    for number, total in enumerate((90_000, 94_500)):
        sheet = take(session, world, world.judge(number))
        assert sheet is not None
        found = judge_sheet(session, world.judge(number), world.contest.id, sheet.id)
        assert blind_case(session, found.case.id).title == "Kể chuyện theo sách"
        lock(session, world, world.judge(number), sheet, total)
    result = judged_results(session, world.round)[0]
    assert (result.participation_id, result.score) == (participation.id, 92_300)
    assert session.scalar(select(func.count()).select_from(JudgingCase)) == 1
