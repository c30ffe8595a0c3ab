"""What the chair agrees with the members where their sheets lie too far apart."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.audit.models import AuditRecord
from contest.contests.models import Role
from contest.errors import DomainError, NotAllowed
from contest.judging.models import PanelAgreement
from contest.judging.queries import judged_results, pending_cases
from contest.judging.services.cases import set_aside
from contest.judging.services.panel import record_agreement
from tests.factories import NOW, actor_of
from tests.judging.world import World, judged, make_world, open_cases


def agree(session: Session, world: World, case_id: int, **values: Any) -> PanelAgreement:
    defaults = {"score": 77_500, "note": "Hai giám khảo thống nhất sau khi đọc lại bài."}
    place = {"contest_id": world.contest.id, "case_id": case_id}
    return record_agreement(session, world.actor(Role.CHIEF_JUDGE), NOW, **place, **{**defaults, **values})


def refusal(session: Session, world: World, case_id: int, **values: Any) -> DomainError:
    with pytest.raises(DomainError) as caught:
        agree(session, world, case_id, **values)
    return caught.value


def test_from_ten_points_on_only_the_agreed_score_is_official(session: Session) -> None:
    world = make_world(session)
    case = open_cases(session, world, "A")[0]
    judged(session, world, [72_500, 82_500])
    assert judged_results(session, world.round)[0].score is None
    assert pending_cases(session, world.round.id).to_agree == 1
    agreement = agree(session, world, case.id)
    assert agreement.totals == [72_500, 82_500]
    assert judged_results(session, world.round)[0].score == 77_500
    found = pending_cases(session, world.round.id)
    assert (found.unscored, found.to_agree) == (0, 0)


def test_recording_again_replaces_the_score_and_both_are_in_the_record(session: Session) -> None:
    world = make_world(session)
    case = open_cases(session, world, "A")[0]
    judged(session, world, [60_000, 82_500])
    agree(session, world, case.id)
    agree(session, world, case.id, score=70_000)
    assert judged_results(session, world.round)[0].score == 70_000
    facts = session.scalars(
        select(AuditRecord.facts).where(AuditRecord.act == "panel.agreed").order_by(AuditRecord.seq)
    )
    assert [each["score"] for each in facts] == [77_500, 70_000]


@pytest.mark.parametrize(("totals", "code"), [([80_000], "sheets_missing"), ([80_000, 89_750], "agreement_not_needed")])
def test_nothing_is_agreed_without_need(session: Session, totals: list[int], code: str) -> None:
    world = make_world(session)
    case = open_cases(session, world, "A")[0]
    judged(session, world, totals)
    assert refusal(session, world, case.id).code == code


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"score": 100_100}, "agreed_out_of_range", "score"),
        ({"score": -100}, "agreed_out_of_range", "score"),
        ({"score": 77_550}, "agreed_decimals", "score"),
        ({"note": " "}, "reason_missing", "note"),
    ],
)
def test_what_is_agreed_is_a_score_with_a_note(session: Session, values: dict[str, Any], code: str, field: str) -> None:
    world = make_world(session)
    case = open_cases(session, world, "A")[0]
    judged(session, world, [60_000, 82_500])
    error = refusal(session, world, case.id, **values)
    assert (error.code, error.field) == (code, field)


def test_nothing_is_agreed_about_a_case_set_aside(session: Session) -> None:
    world = make_world(session)
    case = open_cases(session, world, "A")[0]
    judged(session, world, [60_000, 82_500])
    place = {"contest_id": world.contest.id, "case_id": case.id}
    set_aside(session, world.actor(Role.CHIEF_JUDGE), NOW, **place, reason="Chép")
    assert refusal(session, world, case.id).code == "case_set_aside"


@pytest.mark.parametrize("role", [Role.JUDGE, Role.SECRETARY, Role.ORGANIZER])
def test_only_the_chief_judge_agrees(session: Session, role: Role) -> None:
    world = make_world(session)
    case = open_cases(session, world, "A")[0]
    judged(session, world, [60_000, 82_500])
    place = {"contest_id": world.contest.id, "case_id": case.id}
    with pytest.raises(NotAllowed):
        record_agreement(
            session, actor_of(world.chief, world.contest, role), NOW, **place, score=77_500, note="Thống nhất"
        )
