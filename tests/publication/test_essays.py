"""A published quiz with essays: each participant reads what judges gave, and what that is worth."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from contest.accounts.models import Person
from contest.approvals.services import carry_out
from contest.contests.models import Role
from contest.publication.services import prepare_publication
from tests.factories import NOW, actor_of, make_person, make_seat, sign_in
from tests.judging.essays import AFTER, answer, enter, judge, make_world, open_cases, score
from tests.quiz.world import World

LATER = AFTER + timedelta(hours=1)


@pytest.fixture
def backend() -> str:
    """Nothing here depends on the database."""
    return "sqlite"


def publish(session: Session, world: World) -> None:
    def member(name: str, role: Role) -> Any:
        person = make_person(session, name)
        make_seat(session, world.contest, person, role)
        return actor_of(person, world.contest, role)

    secretary, organizer = member("Vi Thị Thư Ký", Role.SECRETARY), member("Lâm Văn Trưởng", Role.ORGANIZER)
    place: dict[str, Any] = {"contest_id": world.contest.id}
    words: dict[str, Any] = {"decision_number": "45/QĐ-BTC", "checked": "Đã đối chiếu.", "note": "Lần đầu."}
    proposal = prepare_publication(
        session, secretary, LATER, **place, round_id=world.round.id, decision_date=date(2026, 8, 1), **words
    )
    carry_out(session, organizer, LATER, **place, proposal_id=proposal.id, note="")
    session.commit()


def test_points_of_essays_are_read_by_the_result_of_the_attempt_that_counts(
    app: Flask, session: Session, client: FlaskClient, at: Any
) -> None:
    world = make_world(session, app)
    mai = enter(session, world, "Lý Thị Mai")
    weak = answer(session, world, mai, "Bài thứ nhất.", is_right=True)
    best = answer(session, world, mai, "Bài thứ hai.", is_right=True, now=NOW + timedelta(hours=1))
    judges = [judge(session, world, "Hứa Văn Một"), judge(session, world, "Hứa Văn Hai")]
    totals = {weak.id: (20_000, 20_000), best.id: (85_000, 86_000)}
    cases = open_cases(session, world)
    score(session, world, judges, {case.id: totals[case.subject_id // 1000] for case in cases})
    at(LATER)
    person = session.get_one(Person, mai.person_id)
    sign_in(session, client, person)
    counted, other = f"/attempts/{best.public_id}/result", f"/attempts/{weak.public_id}/result"
    assert "1 câu tự luận do Giám khảo chấm." in client.get(counted).text
    assert "85,5/100" not in client.get(counted).text, "nothing is told before it is published"

    publish(session, world)
    page = client.get(counted).text
    assert "85,5/100" in page
    assert "4,275/5" in page
    assert "85,5/100" not in client.get(other).text
    place = client.get(f"/contests/{world.contest.slug}/rounds/{world.round.public_id}/my-place").text
    for words in ("Lượt thứ 2 của bạn được tính.", "85,5/100", "4,275/5", "5,275"):
        assert words in place
