import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from contest.approvals.domain import ActKind, register_kind
from contest.approvals.services import propose
from contest.contests.models import Role
from tests.factories import NOW, actor_of, make_contest, make_person, make_seat, sign_in
from tests.web import post


@pytest.fixture
def kind(app: Flask) -> ActKind:
    kind = ActKind(
        "thu",
        "Việc thử",
        frozenset({"organizer"}),
        lambda _session, proposal: proposal.content,
        lambda content: [("Giá trị", str(content["value"]))],
        lambda *_: None,
    )
    register_kind(kind)
    return kind


def test_the_proposer_withdraws_and_seats_that_do_not_decide_only_find_the_list(
    app: Flask, session: Session, kind: ActKind
) -> None:
    contest = make_contest(session)
    secretary, reviewer = make_person(session), make_person(session)
    make_seat(session, contest, secretary, Role.SECRETARY)
    make_seat(session, contest, reviewer, Role.QUESTION_REVIEWER)
    made = propose(
        session,
        actor_of(secretary, contest, Role.SECRETARY),
        NOW,
        contest_id=contest.id,
        kind=kind.code,
        subject_id=1,
        content={"value": 7},
        reason="Vì cần",
    )
    session.commit()
    place = f"/staff/{contest.slug}/approvals"
    other, own = app.test_client(), app.test_client()
    sign_in(session, other, reviewer)
    sign_in(session, own, secretary)
    assert "Việc thử" in other.get(place).text
    assert "Vì cần" not in other.get(place).text, "a reason may say what only some may know"
    assert "Vì cần" in own.get(place).text
    assert other.get(f"{place}/{made.id}").status_code == 403
    assert "Giá trị" in own.get(f"{place}/{made.id}").text
    assert post(own, f"{place}/{made.id}", {"decision": "approve"}).status_code == 403
    assert post(other, f"{place}/{made.id}/withdrawal").status_code == 403
    assert post(own, f"{place}/{made.id}/withdrawal").status_code == 303
    assert "Đã rút" in own.get(place).text


def test_an_empty_list_says_what_will_come(session: Session, client: FlaskClient) -> None:
    contest, person = make_contest(session), make_person(session)
    make_seat(session, contest, person)
    sign_in(session, client, person)
    assert "Chưa có nội dung nào được trình" in client.get(f"/staff/{contest.slug}/approvals").text
    assert client.get(f"/staff/{make_contest(session).slug}/approvals").status_code == 404
