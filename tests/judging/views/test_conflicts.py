import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.audit.models import AuditRecord
from contest.judging.models import JudgeConflict
from tests.judging.views.desk import browser, judging
from tests.judging.world import make_world, open_cases
from tests.web import post


@pytest.mark.parametrize("role", ["chief", "secretary"])
@pytest.mark.parametrize("by", ["unit", "code"])
def test_a_conflict_is_noted_and_removed_without_a_name(app: Flask, session: Session, role: str, by: str) -> None:
    world = make_world(session)
    (case,) = open_cases(session, world, "Hoàng Thị An")
    judge = world.judges[0]
    client, queue = browser(app, session, getattr(world, role)), browser(app, session, judge)
    chosen = {"unit_id": str(world.unit.id)} if by == "unit" else {"unit_id": "0", "code": case.code.lower()}
    typed = {"judge_id": str(judge.id), "reason": "Dạy ở trường", **chosen}
    assert post(client, judging(world, "/conflicts"), typed).status_code == 303
    page = client.get(judging(world, "/conflicts")).text
    assert (world.unit.name if by == "unit" else case.code) in page.split("</form>")[-2] + page
    assert "Hoàng Thị An" not in page
    assert "Hoàng" not in client.get(judging(world, "/conflicts?q=hoang thi an")).text.split("<table")[-1]
    assert "Còn dành cho bạn: 0." in queue.get(judging(world)).text
    conflict = session.scalars(select(JudgeConflict)).one()
    asked = client.get(judging(world, f"/conflicts/{conflict.id}/removal")).text
    assert (world.unit.name if by == "unit" else case.code) in asked
    assert "Hoàng Thị An" not in asked
    assert "Còn dành cho bạn: 0." in queue.get(judging(world)).text
    assert post(client, judging(world, f"/conflicts/{conflict.id}/removal")).status_code == 303
    assert "Còn dành cho bạn: 1." in queue.get(judging(world)).text
    session.rollback()
    acts = session.scalars(select(AuditRecord.act)).all()
    assert [act for act in acts if act.startswith("conflict")] == ["conflict.noted", "conflict.removed"]


@pytest.mark.parametrize(
    "typed",
    [{"unit_id": "0"}, {"unit_id": "0", "code": "0000-00"}, {"unit_id": "unit", "code": "case"}, {"reason": " "}],
)
def test_what_is_unclear_is_told(app: Flask, session: Session, typed: dict[str, str]) -> None:
    world = make_world(session)
    (case,) = open_cases(session, world, "Hoàng Thị An")
    named = {"unit": str(world.unit.id), "case": case.code}
    filled = {key: named.get(value, value) for key, value in typed.items()}
    chief = browser(app, session, world.chief)
    sound = {"judge_id": str(world.judges[0].id), "unit_id": str(world.unit.id), "reason": "Dạy ở trường"}
    reply = post(chief, judging(world, "/conflicts"), {**sound, **filled})
    assert reply.status_code == 422
    assert "error-summary" in reply.text
    assert session.scalars(select(JudgeConflict)).all() == []


def test_a_conflict_of_another_contest_stays(app: Flask, session: Session) -> None:
    world, other = make_world(session), make_world(session)
    open_cases(session, world, "Hoàng Thị An")
    typed = {"judge_id": str(world.judges[0].id), "unit_id": str(world.unit.id), "reason": "x"}
    post(browser(app, session, world.chief), judging(world, "/conflicts"), typed)
    conflict = session.scalars(select(JudgeConflict)).one()
    stranger = browser(app, session, other.chief)
    assert post(stranger, judging(other, f"/conflicts/{conflict.id}/removal")).status_code == 404
    assert browser(app, session, world.judges[0]).get(judging(world, "/conflicts")).status_code == 403
