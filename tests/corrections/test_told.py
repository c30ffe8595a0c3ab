"""People are told that a corrected key changed their result; once each."""

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from contest.accounts.domain import LoginKind
from contest.accounts.models import Login
from contest.corrections.desk import WORK
from contest.corrections.domain import source_of_result
from contest.corrections.services.applying import TELL
from contest.mail.models import OutboxMessage
from contest.notices import jobs
from contest.notices.models import PersonalNotice
from contest.quiz.domain.rulings import RulingAct
from contest.quiz.models import Attempt
from contest.work.models import WorkItem
from tests.contests.world import counted
from tests.corrections.news import RIGHT, make_news_scene, person_of, told, work
from tests.corrections.world import NOTE, Scene, Work, agree, answer, applied, code, forward
from tests.corrections.world import counted as counted_correction
from tests.factories import NOW, add, sign_in
from tests.web import post


@pytest.fixture
def scene(session: Session, app: Flask) -> Scene:
    return make_news_scene(session, app)


def public_id(session: Session, scene: Scene, name: str) -> str:
    of_person = Attempt.participation_id == scene.people[name].id
    return session.scalars(select(Attempt.public_id).where(of_person)).one()


def test_who_has_another_result_is_told_before_and_after(session: Session, app: Flask, scene: Scene) -> None:
    correction = applied(session, scene, 1, RulingAct.KEY, "c")
    work(session, app, TELL)
    sentences = told(session, scene, source_of_result(correction.id))
    assert set(sentences) == {"Hoàng Thị An", "Vi Văn Bình"}
    assert "trước đúng 4/4 câu (4 điểm), nay đúng 3/4 câu (3 điểm)" in sentences["Hoàng Thị An"]
    assert "trước đúng 3/4 câu (3 điểm), nay đúng 4/4 câu (4 điểm)" in sentences["Vi Văn Bình"]


def test_nobody_is_told_what_is_right_nor_of_which_question(session: Session, app: Flask, scene: Scene) -> None:
    """The rules may keep keys for ever; the result page says what they allow."""
    correction = applied(session, scene, 1, RulingAct.KEY, "c")
    work(session, app, TELL)
    sentences = told(session, scene, source_of_result(correction.id)).values()
    assert len(sentences) == 2
    for hidden in (NOTE, code(1), "Câu hỏi số 1?"):
        assert [sentence for sentence in sentences if hidden in sentence] == []


def test_nobody_is_told_before_the_second_person_has_agreed(session: Session, scene: Scene) -> None:
    waiting = select(WorkItem).where(WorkItem.kind == TELL)
    proposal = forward(session, scene, counted_correction(session, scene, 1, RulingAct.KEY, "c"))
    assert session.scalars(waiting).all() == []
    agree(session, scene, proposal)
    assert len(session.scalars(waiting).all()) == 1


@pytest.mark.parametrize("stops_at", [0, 1])
def test_a_killed_worker_tells_nobody_twice_and_leaves_nobody_out(
    session: Session, app: Flask, scene: Scene, monkeypatch: pytest.MonkeyPatch, stops_at: int
) -> None:
    monkeypatch.setattr(jobs, "TOLD", 1)
    correction = applied(session, scene, 1, RulingAct.KEY, "c")
    with pytest.raises(InterruptedError):
        work(session, app, TELL, stops_at=stops_at)
    assert len(told(session, scene, source_of_result(correction.id))) == stops_at
    for _turn in range(2):
        work(session, app, TELL)
        assert len(told(session, scene, source_of_result(correction.id))) == 2


def test_told_late_each_correction_tells_its_own_before_and_after(session: Session, app: Flask, scene: Scene) -> None:
    first = applied(session, scene, 1, RulingAct.KEY, "c")
    arguments = {"round_id": scene.round.id, "number": first.number}
    applied(session, scene, 2, RulingAct.KEY, "c")
    session.commit()
    with app.app_context():
        WORK[TELL](Work(session, arguments, 0))
    sentence = told(session, scene, source_of_result(first.id))["Vi Văn Bình"]
    assert "trước đúng 3/4 câu (3 điểm), nay đúng 4/4 câu (4 điểm)" in sentence


@pytest.mark.parametrize("is_proved", [True, False])
def test_a_letter_goes_only_where_the_address_was_proved(
    session: Session, app: Flask, scene: Scene, is_proved: bool
) -> None:
    person = person_of(session, scene, "Vi Văn Bình")
    proved = NOW if is_proved else None
    add(
        session,
        Login(person_id=person.id, kind=LoginKind.EMAIL, value="binh@example.vn", created_at=NOW, verified_at=proved),
    )
    applied(session, scene, 1, RulingAct.KEY, "c")
    for _turn in range(2):
        work(session, app, TELL)
    letters = session.scalars(select(OutboxMessage)).all()
    assert [letter.recipient for letter in letters] == ["binh@example.vn"] * is_proved
    assert all("nay đúng 4/4 câu" in letter.body for letter in letters)


def test_it_stands_on_their_own_pages_until_they_open_it(session: Session, app: Flask, scene: Scene) -> None:
    applied(session, scene, 1, RulingAct.KEY, "c")
    work(session, app, TELL)
    client, title = app.test_client(), "Kết quả của bạn đã thay đổi"
    own_round, mine = f"/rounds/{scene.round.public_id}", f"/contests/{scene.quiz.contest.slug}/participation"
    result = f"/attempts/{public_id(session, scene, 'Vi Văn Bình')}/result"
    sign_in(session, client, person_of(session, scene, "Vi Văn Bình"))
    assert [title in client.get(page).text for page in ("/", own_round, mine)] == [True] * 3
    notice_id = session.scalars(
        select(PersonalNotice.id).where(PersonalNotice.person_id == scene.people["Vi Văn Bình"].person_id)
    ).one()
    session.rollback()
    reply = post(client, f"/news/{notice_id}/seen")
    assert (reply.status_code, reply.location) == (303, result)
    assert "Bài thi này đã được chấm lại" in client.get(result).text
    assert [title in client.get(page).text for page in ("/", own_round, mine)] == [False] * 3
    assert post(client, f"/news/{notice_id}/seen").status_code == 303


def test_nobody_else_sees_or_opens_it(session: Session, app: Flask, scene: Scene) -> None:
    applied(session, scene, 1, RulingAct.KEY, "c")
    work(session, app, TELL)
    notice_id = session.scalars(
        select(PersonalNotice.id).where(PersonalNotice.person_id == scene.people["Vi Văn Bình"].person_id)
    ).one()
    client = app.test_client()
    sign_in(session, client, person_of(session, scene, "Lộc Chi"))
    assert "Kết quả của bạn đã thay đổi" not in client.get("/").text
    assert post(client, f"/news/{notice_id}/seen").status_code == 404
    session.rollback()
    assert session.get_one(PersonalNotice, notice_id).seen_at is None


def test_one_or_many_people_cost_the_same_statements(session: Session, app: Flask, scene: Scene) -> None:
    for number in range(5):
        answer(session, scene, f"Nông Thị {number}", {**RIGHT, 2: "c"}, prediction=4, seconds=500 + number)
    spent, engine = {}, session.get_bind()
    assert isinstance(engine, Engine)
    for number in (1, 2):
        correction = applied(session, scene, number, RulingAct.FULL)
        session.commit()
        with counted(engine) as statements:
            work(session, app, TELL)
        spent[len(told(session, scene, source_of_result(correction.id)))] = len(statements)
    assert set(spent) == {2, 5}
    assert spent[2] == spent[5]
