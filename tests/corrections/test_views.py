"""Correcting a key over HTTP, from the question to the participant's result and the next published list."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.models import Person
from contest.approvals.models import Proposal
from contest.contests.models import Role
from contest.corrections.models import Correction, CorrectionState
from contest.corrections.services.applying import put_forward
from contest.publication.queries import find_last
from contest.publication.services import prepare_publication
from contest.questions.models import RoundBank
from contest.quiz.domain.rulings import RulingAct
from contest.quiz.models import Attempt
from contest.work import worker
from question_bank.question import Value
from tests.corrections.world import NOTE, QUESTIONS, Scene, agree, answer, applied, code, counted, forward, make_scene
from tests.factories import NOW, add, make_round, sign_in
from tests.publication.test_views import PROPOSAL
from tests.web import post

RIGHT: dict[int, Value] = {1: "b", 2: "b", 3: ("a", "c"), 4: True}
NUMBER = replace(QUESTIONS[3], kind="number", key="30", settings=(("unit", "m"),))


@pytest.fixture
def scene(session: Session, app: Flask) -> Scene:
    scene = make_scene(session, app)
    answer(session, scene, "Hoàng Thị An", RIGHT, prediction=1, seconds=200)
    answer(session, scene, "Vi Văn Bình", {**RIGHT, 1: "c"}, prediction=2, seconds=300)
    session.commit()
    return scene


def desk(scene: Scene, page: str = "") -> str:
    return f"/staff/{scene.quiz.contest.slug}/rounds/{scene.round.id}/corrections{page}"


def entered(session: Session, app: Flask, person: Person) -> FlaskClient:
    client = app.test_client()
    sign_in(session, client, person)
    return client


def result_page(session: Session, app: Flask, scene: Scene, name: str) -> str:
    participation = scene.people[name]
    attempt = session.scalars(select(Attempt).where(Attempt.participation_id == participation.id)).one()
    person = session.get_one(Person, participation.person_id)
    session.rollback()  # requests have written since it was read
    client = entered(session, app, person)
    return client.get(f"/attempts/{attempt.public_id}/result").text


def test_from_the_question_to_the_result(session: Session, app: Flask, scene: Scene) -> None:
    client = entered(session, app, scene.organizer)
    assert code(1) in client.get(desk(scene)).text
    assert "Tuần 2" in client.get(f"/staff/{scene.quiz.contest.slug}/corrections").text
    address = desk(scene, f"/new/{scene.codes[code(1)]}")
    letter = "c"  # the options of a preview stand in their own order
    said = {"act": "key", "given": letter, "reason": "Căn cứ Luật.", "appeals": "KN 03", "note": NOTE}
    reply = post(client, address, said)
    assert reply.status_code == 303
    assert "0/2" in client.get(reply.location).text
    with app.app_context():
        worker.run_waiting(lambda: True)
    html = client.get(reply.location).text
    assert "Giải Nhất" in html
    assert "Vi Văn Bình" in html
    assert post(client, f"{reply.location}/proposal").status_code == 303
    session.rollback()  # see what the request has committed
    proposal = session.scalars(select(Proposal)).one()
    second = entered(session, app, scene.second)
    approval = f"/staff/{scene.quiz.contest.slug}/approvals/{proposal.id}"
    shown = second.get(approval).text
    assert NOTE in shown
    assert [f"Phương án {letter} của câu 1" in shown for letter in "abcd"] == [False, True, True, False]
    assert post(second, approval, {"decision": "approve", "note": ""}).status_code == 303
    shown = result_page(session, app, scene, "Vi Văn Bình")
    assert "Bài thi này đã được chấm lại" in shown
    assert NOTE in shown
    assert "Đáp án đã được điều chỉnh" in shown
    assert QUESTIONS[0].explanation not in shown, "it explains the key that was wrong"
    assert QUESTIONS[1].explanation in shown


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (RulingAct.FULL, "mọi thí sinh có câu này trong đề đều được đủ điểm"),
        (RulingAct.NOBODY, "không tính cho bất kỳ ai"),
    ],
)
def test_a_void_question_says_so_beside_itself(
    session: Session, app: Flask, scene: Scene, act: RulingAct, sentence: str
) -> None:
    applied(session, scene, 1, act)
    session.commit()
    assert sentence in result_page(session, app, scene, "Vi Văn Bình")


def test_a_result_that_nothing_was_ruled_about_says_nothing(session: Session, app: Flask, scene: Scene) -> None:
    shown = result_page(session, app, scene, "Hoàng Thị An")
    assert "chấm lại" not in shown
    assert "điều chỉnh" not in shown


@pytest.mark.parametrize(("changes", "is_said"), [({}, True), ({"lock_order": True}, False)])
def test_letters_are_kept_out_of_a_note_where_papers_letter_options_otherwise(
    session: Session, app: Flask, changes: dict[str, Any], is_said: bool
) -> None:
    scene = make_scene(session, app, [replace(QUESTIONS[0], **changes)])
    page = entered(session, app, scene.organizer).get(desk(scene, f"/new/{scene.codes[code(1)]}")).text
    assert ("không ghi chữ cái" in page) is is_said


def test_the_list_says_what_waits_for_a_second_person(session: Session, app: Flask, scene: Scene) -> None:
    correction = counted(session, scene, 1, RulingAct.FULL)
    session.commit()
    client = entered(session, app, scene.organizer)
    assert "Chưa áp dụng" in client.get(desk(scene)).text
    assert post(client, desk(scene, f"/{correction.number}/proposal")).status_code == 303
    page = client.get(desk(scene)).text
    assert ("Chờ duyệt" in page, "Chưa áp dụng" in page) == (True, False)


def test_what_is_missing_stands_beside_its_field_and_what_was_chosen_is_kept(
    session: Session, app: Flask, scene: Scene
) -> None:
    client = entered(session, app, scene.organizer)
    address = desk(scene, f"/new/{scene.codes[code(1)]}")
    reply = post(client, address, {"act": "also", "given": "c", "reason": "", "note": ""})
    assert reply.status_code == 422
    assert 'value="c" checked' in reply.text
    reply = post(client, address, {"act": "key", "reason": "Lý do", "note": NOTE})
    assert reply.status_code == 422
    assert 'id="answer-error"' in reply.text


def test_a_key_that_another_round_still_needs_is_kept_out_of_the_public_note(
    session: Session, app: Flask, scene: Scene, at: Callable[[datetime], None]
) -> None:
    applied(session, scene, 1, RulingAct.KEY, "c")
    session.commit()
    address = desk(scene, f"/new/{scene.codes[code(1)]}")
    warning, said = "Đáp án vẫn phải giữ bí mật", "Đáp án đã được điều chỉnh"
    client = entered(session, app, scene.organizer)
    assert warning not in client.get(address).text
    assert said in result_page(session, app, scene, "Vi Văn Bình")
    session.rollback()
    bank_id = session.scalars(select(RoundBank.bank_id).where(RoundBank.round_id == scene.round.id)).one()
    other = make_round(session, scene.quiz.contest, position=2, closes_at=NOW + timedelta(days=7))
    add(session, RoundBank(round_id=other.id, bank_id=bank_id))
    session.commit()
    assert warning in client.get(address).text
    at(NOW + timedelta(seconds=1))
    assert said not in result_page(session, app, scene, "Vi Văn Bình")


def test_a_number_comes_with_its_tolerance(session: Session, app: Flask) -> None:
    scene = make_scene(session, app, questions=[NUMBER])
    answer(session, scene, "Hoàng Thị An", {1: "31"})
    session.commit()
    client = entered(session, app, scene.organizer)
    address = desk(scene, f"/new/{scene.codes[code(1)]}")
    assert "Ví dụ 0,5 hoặc 2% (phần trăm của đáp số)." in client.get(address).text
    said = {"act": "key", "given": "31,4", "tolerance": "2%", "reason": "Lý do", "note": NOTE}
    assert post(client, address, said).status_code == 303
    session.rollback()  # see what the request has committed
    correction = session.scalars(select(Correction)).one()
    assert correction.answers[0]["key"] == "31,4"
    assert ["tolerance", "2%"] in correction.answers[0]["settings"]
    with app.app_context():
        worker.run_waiting(lambda: True)
    session.rollback()
    session.refresh(correction)
    assert correction.figures is not None
    assert correction.figures["up"] == 1


def test_people_are_searched_sorted_and_taken_away(session: Session, app: Flask, scene: Scene) -> None:
    correction = counted(session, scene, 1, RulingAct.KEY, "c")
    session.commit()
    client = entered(session, app, scene.organizer)
    page = desk(scene, f"/{correction.number}/people")
    assert client.get(page).text.index("Vi Văn Bình") < client.get(page).text.index("Hoàng Thị An")
    turned = client.get(f"{page}?sort=-rank").text
    assert turned.index("Hoàng Thị An") < turned.index("Vi Văn Bình")
    found = client.get(f"{page}?q=binh").text
    assert "Vi Văn Bình" in found
    assert "Hoàng Thị An" not in found
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(f"{page}.xlsx").data))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[5:]] == ["Vi Văn Bình", "Hoàng Thị An"]
    assert rows[5][4:12] == ["3", "4", 3, 4, 2, 1, "Giải Nhì", "Giải Nhất"]


def test_a_reviewer_sees_figures_and_no_names(session: Session, app: Flask, scene: Scene) -> None:
    correction = counted(session, scene, 1, RulingAct.KEY, "c")
    session.commit()
    client = entered(session, app, scene.reviewer)
    shown = client.get(desk(scene, f"/{correction.number}"))
    assert shown.status_code == 200
    assert "Vi Văn Bình" not in shown.text
    assert client.get(desk(scene, f"/{correction.number}/people")).status_code == 403
    assert entered(session, app, scene.secretary).get(desk(scene)).status_code == 403


def test_the_published_list_stays_and_the_desk_says_that_it_no_longer_fits(
    session: Session, app: Flask, scene: Scene
) -> None:
    secretary = scene.actor(scene.secretary, Role.SECRETARY)
    said: dict[str, Any] = {"decision_number": "45/QĐ", "decision_date": NOW.date(), "checked": "Đã đối chiếu."}
    contest_id, round_id = scene.quiz.contest.id, scene.round.id
    agree(
        session, scene, prepare_publication(session, secretary, NOW, contest_id=contest_id, round_id=round_id, **said)
    )
    first = find_last(session, scene.round.id)
    assert first is not None
    shown_digest = first.shown_digest
    correction = applied(session, scene, 1, RulingAct.KEY, "c")
    correction.applied_at = NOW.replace(year=2027)  # the clock of the tests stands
    session.commit()
    client = entered(session, app, scene.secretary)
    address = f"/staff/{scene.quiz.contest.slug}/rounds/{round_id}/publication"
    html = client.get(address).text
    assert "không còn khớp" in html
    assert NOTE in html
    assert post(client, address, {**PROPOSAL, "note": NOTE}).status_code == 303
    session.rollback()  # see what the request has committed
    proposal = session.scalars(select(Proposal).order_by(Proposal.id.desc()).limit(1)).one()
    agree(session, scene, proposal)
    session.commit()
    last = find_last(session, scene.round.id)
    assert last is not None
    assert (last.version, last.note) == (2, NOTE)
    session.refresh(first)
    assert first.shown_digest == shown_digest
    board = f"/contests/{scene.quiz.contest.slug}/rounds/{scene.round.public_id}/board"
    assert NOTE in app.test_client().get(board).text


def test_giving_up_and_counting_again(session: Session, app: Flask, scene: Scene) -> None:
    correction = counted(session, scene, 1, RulingAct.KEY, "c")
    session.commit()
    client, page = entered(session, app, scene.organizer), desk(scene, f"/{correction.number}")
    assert post(client, f"{page}/count").status_code == 303
    assert post(client, f"{page}/count").status_code == 422
    assert post(client, f"{page}/proposal").status_code == 422
    assert post(client, f"{page}/end").status_code == 303
    session.refresh(correction)
    assert correction.state is CorrectionState.DROPPED
    with app.app_context():
        worker.run_waiting(lambda: True)
    session.rollback()
    session.refresh(correction)
    assert correction.state is CorrectionState.DROPPED


def test_another_contests_committee_finds_nothing(session: Session, app: Flask, scene: Scene) -> None:
    other = make_scene(session, app)
    correction = counted(session, scene, 1, RulingAct.FULL)
    forward(session, scene, correction)
    session.commit()
    stranger = entered(session, app, other.organizer)
    assert stranger.get(desk(scene, f"/{correction.number}")).status_code == 404
    borrowed = f"/staff/{other.quiz.contest.slug}/rounds/{scene.round.id}/corrections/{correction.number}"
    assert stranger.get(borrowed).status_code == 404


def test_whoever_wrote_it_is_offered_neither_the_decision_nor_the_withdrawal_of_somebody_elses_proposal(
    session: Session, app: Flask, scene: Scene
) -> None:
    correction = counted(session, scene, 1, RulingAct.FULL)
    asked = {"contest_id": scene.quiz.contest.id, "round_id": scene.round.id, "number": correction.number}
    proposal = put_forward(session, scene.actor(scene.reviewer, Role.QUESTION_REVIEWER), NOW, **asked)
    session.commit()
    approval = f"/staff/{scene.quiz.contest.slug}/approvals/{proposal.id}"
    written = entered(session, app, scene.organizer).get(approval).text
    assert 'name="decision"' not in written
    assert f"{approval}/withdrawal" not in written
    assert 'name="decision"' in entered(session, app, scene.second).get(approval).text
