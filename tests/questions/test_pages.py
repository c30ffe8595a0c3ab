"""The desk's further pages as their readers use them."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.models import Person
from contest.contests.models import Role
from contest.questions import services
from contest.questions.models import BankQuestion, BankTopic, QuestionState, ReviewNote
from contest.quiz.models import Attempt
from contest.quiz.services.attempts import start_attempt
from tests.factories import NOW, make_person, make_seat, sign_in
from tests.questions.desk import Desk, acts, address, approved, current, make_desk, revise, send, write
from tests.quiz.world import make_world
from tests.web import post


@pytest.fixture
def backend() -> str:
    """The pages do not depend on the database; what they read is tested on both."""
    return "sqlite"


def state_of(session: Session, row: BankQuestion) -> QuestionState:
    session.rollback()
    session.refresh(row)
    return row.state


def test_a_question_that_waits_is_taken_back_by_its_author(session: Session, desk: Desk, at_desk: Any) -> None:
    row = write(session, desk)
    send(session, desk, row)
    page = address(desk, f"questions/{row.id}")
    assert "Rút lại" not in at_desk("reviewer").get(page).text
    client = at_desk("setter")
    assert "Rút lại" in client.get(page).text
    assert post(client, page + "/taking-back").status_code == 303
    assert state_of(session, row) is QuestionState.DRAFT
    assert post(client, page + "/taking-back").status_code == 409
    assert acts(session)[-1] == "question.taken_back"


def test_what_is_brought_back_has_to_be_approved_again(session: Session, desk: Desk, at_desk: Any) -> None:
    row = approved(session, desk)
    place = {"contest_id": desk.contest.id, "question_ids": [row.id], "reason": "Luật cũ"}
    services.retire_questions(session, desk.reviewer, NOW, **place)
    page = address(desk, f"questions/{row.id}/restoration")
    assert post(at_desk("setter"), page, {"note": "Tự khôi phục"}).status_code == 403
    client = at_desk("reviewer")
    assert "chỉ dùng câu này sau khi được duyệt lại" in client.get(page).text
    assert "Hãy ghi lý do" in post(client, page, {"note": ""}).text
    assert post(client, page, {"note": "Luật lại có hiệu lực"}).status_code == 303
    assert state_of(session, row) is QuestionState.IN_REVIEW
    assert row.approved_revision_id is None
    assert "không ở trạng thái ngừng sử dụng" in post(client, page, {"note": "Nữa"}).text


def test_a_remark_is_answered_and_settled_where_it_stands(session: Session, desk: Desk, at_desk: Any) -> None:
    row = write(session, desk)
    send(session, desk, row)
    page = address(desk, f"questions/{row.id}")
    post(at_desk("reviewer"), page + "/review", {"verdict": "remark", "note": "Nguồn chưa rõ khoản nào."})
    note = session.scalars(select(ReviewNote).order_by(ReviewNote.id.desc())).first()
    client = at_desk("setter")
    assert "1 ý kiến chưa xong" in client.get(address(desk, f"banks/{desk.bank.id}?remarks=1")).text
    html = client.get(page).text
    assert f'id="remark-{note.id}"' in html
    assert 'value="settle"' not in html
    empty = post(client, f"{page}/remarks/{note.id}", {"act": "answer", "note": ""})
    assert "Hãy ghi lý do" in client.get(empty.headers["Location"]).text
    post(client, f"{page}/remarks/{note.id}", {"act": "answer", "note": "Khoản 1, đã ghi."})
    client = at_desk("reviewer")
    assert "Khoản 1, đã ghi." in client.get(page).text
    assert post(client, f"{page}/remarks/{note.id}", {"act": "settle"}).status_code == 303
    assert f'id="remark-{note.id}"' not in client.get(page).text
    assert "xác nhận xử lý xong" in client.get(page).text
    assert acts(session)[-3:] == ["question.remarked", "question.answered", "question.settled"]


def same(html: str) -> str:
    """A page without what differs each time: the request's number and the tokens."""
    return re.sub(r'[0-9a-f]{8}|content="[^"]*"|value="[^"]*"|questions/\d+|question_id=\d+', "", html)


@pytest.mark.parametrize("name", ["citizen", "setter 2", "secretary", "judge"])
@pytest.mark.parametrize("path", ["", "/edit", "/compare", "/preview", "/looks", "/restoration"])
def test_whoever_may_not_see_a_question_cannot_tell_that_it_exists(
    session: Session, desk: Desk, at_desk: Any, name: str, path: str
) -> None:
    row = write(session, desk)
    client = at_desk(name)
    there, nowhere = (client.get(address(desk, f"questions/{number}{path}")) for number in (row.id, 9999))
    assert there.status_code == nowhere.status_code >= 403
    assert same(there.text) == same(nowhere.text)
    bulk = {"act": "print", "questions": [f"{row.id}:x"]}
    refused = post(client, address(desk, f"banks/{desk.bank.id}/acts"), bulk)
    if refused.status_code == 303:
        assert client.get(refused.headers["Location"]).status_code == 404


def test_where_a_question_is_used_is_told_before_it_is_changed_or_retired(
    app: Flask, session: Session, client: FlaskClient
) -> None:
    world = make_world(session, app)
    author = session.scalars(select(Person).join(BankQuestion, BankQuestion.created_by == Person.id)).first()
    reviewer = make_person(session, "Người duyệt")
    make_seat(session, world.contest, reviewer, Role.QUESTION_REVIEWER)
    make_seat(session, world.contest, author, Role.QUESTION_SETTER)
    start_attempt(session, world.actor, NOW, world.round.public_id, world.keys)
    session.commit()
    drawn = {revision_id for revision_id, _order in session.scalars(select(Attempt.paper)).one()}
    rows = {row.approved_revision_id: row for row in session.scalars(select(BankQuestion))}
    base = f"/staff/{world.contest.slug}"
    sign_in(session, client, reviewer)
    for revision_id, row in rows.items():
        html = client.get(f"{base}/questions/{row.id}").text
        shown = re.search(r'data-label="Số đề">(\d+)<', html)
        assert shown is not None
        assert int(shown[1]) == (revision_id in drawn)
    row = rows[min(drawn)]
    html = client.get(f"{base}/banks/{row.bank_id}/retirement?questions={row.id}").text
    assert f"đang dùng ở: {world.round.name}" in html
    sign_in(session, client, author)
    assert f"đang dùng ở {world.round.name}" in client.get(f"{base}/questions/{row.id}/edit").text


def test_sheets_name_their_reader_and_may_leave_the_key_out(session: Session, desk: Desk, at_desk: Any) -> None:
    rows = [write(session, desk, code=code, explanation="Vì là thủ đô.") for code in ("A", "B")]
    ids = ",".join(str(row.id) for row in rows)
    client = at_desk("reviewer")
    ticked = [f"{row.id}:{current(session, row).digest}" for row in rows]
    reply = post(client, address(desk, f"banks/{desk.bank.id}/acts"), {"act": "print", "questions": ticked})
    html = client.get(reply.headers["Location"]).text
    assert html.count("Vì là thủ đô.") == 2
    assert "Người in: Người reviewer · 09:41 15/07/2026" in html
    assert "Vì là thủ đô." not in client.get(address(desk, f"banks/{desk.bank.id}/print?questions={ids}&key=0")).text
    assert client.get(address(desk, f"banks/{desk.bank.id}/print")).status_code == 303
    foreign = write(session, make_desk(session))
    session.commit()
    assert client.get(address(desk, f"banks/{desk.bank.id}/print?questions={foreign.id}")).status_code == 404


def test_any_two_revisions_are_compared(session: Session, desk: Desk, at_desk: Any) -> None:
    row = approved(session, desk, text="Bản một?")
    for text in ("Bản hai?", "Bản ba?"):
        revise(session, desk, row, text=text)
        send(session, desk, row)
    html = at_desk("reviewer").get(address(desk, f"questions/{row.id}/compare?old=1&new=3")).text
    assert re.search(r"<del>.*?một</del>", html)
    assert re.search(r"<ins>.*?ba</ins>", html)
    assert html.count("Đã sửa") == 1
    same_twice = at_desk("reviewer").get(address(desk, f"questions/{row.id}/compare?old=3&new=3")).text
    assert "Hai phiên bản giống nhau" in same_twice


def test_topics_are_added_renamed_and_merged_in_the_browser(session: Session, desk: Desk, at_desk: Any) -> None:
    write(session, desk, topic="An toàn")
    client, tree = at_desk("reviewer"), address(desk, f"banks/{desk.bank.id}/topics")
    assert "không được chứa dấu này" in post(client, tree, {"name": "A / B", "parent": "0"}).text
    assert post(client, tree, {"name": "Định danh", "parent": "0"}).status_code == 303
    first, second = session.scalars(select(BankTopic).order_by(BankTopic.id)).all()
    renamed = {"act": "change", "name": "An toàn số", "parent": "0"}
    assert post(client, f"{tree}/{first.id}", renamed).status_code == 303
    assert post(client, f"{tree}/{second.id}", {"act": "merge", "into": str(first.id)}).status_code == 303
    html = client.get(tree).text
    assert "An toàn số" in html
    assert "Định danh" not in html
    assert client.get(f"{tree}/{second.id}").status_code == 404
    listed = client.get(address(desk, f"banks/{desk.bank.id}?topic={first.id}")).text
    assert "C1</a>" in listed


def test_copying_asks_who_takes_over(session: Session, desk: Desk, at_desk: Any) -> None:
    row, other = approved(session, desk), make_desk(session)
    client = at_desk("organizer")
    page = address(desk, f"banks/{desk.bank.id}/copy?questions={row.id}")
    assert "Chưa có cuộc thi để sao chép sang" in client.get(page).text
    make_seat(session, other.contest, desk.people["organizer"], Role.ORGANIZER)
    session.commit()
    assert "Người setter" in client.get(page).text
    receiver = f"{other.contest.id}-{other.setter.person_id}"
    assert post(client, page, {"receiver": f"{other.contest.id}-1", "name": "Kho"}).status_code == 422
    reply = post(client, page, {"receiver": receiver, "name": "Kho"})
    assert reply.headers["Location"].startswith(f"/staff/{other.contest.slug}/banks/")
    assert "Chờ duyệt" in client.get(reply.headers["Location"]).text
    assert acts(session)[-2:] == ["questions.copied", "questions.received"]


def test_whoever_decides_sees_what_an_answer_earns(session: Session, desk: Desk, at_desk: Any) -> None:
    row = write(session, desk, kind="multiple", points=2500, settings=(("scoring", "partial"),))
    session.commit()
    html = at_desk("reviewer").get(address(desk, f"questions/{row.id}")).text
    assert "<p>2,5</p>" in html
    assert "<p>Điểm từng phần theo số phương án đúng đã chọn</p>" in html


def test_decisions_are_compared_in_words(session: Session, desk: Desk, at_desk: Any) -> None:
    row = write(session, desk, kind="multiple", settings=(("scoring", "partial"),))
    revise(session, desk, row, kind="multiple", settings=(("scoring", "all"),))
    session.commit()
    send(session, desk, row)
    revise(session, desk, row, kind="multiple", settings=(("scoring", "penalty"),))
    html = at_desk("reviewer").get(address(desk, f"questions/{row.id}/compare")).text
    assert re.findall(r"<del>.*?</span>(.*?)</del>", html) == ["Đủ và đúng tất cả mới được điểm"]


def test_a_printed_sheet_says_what_a_closed_list_offers(session: Session, desk: Desk, at_desk: Any) -> None:
    matching = write(session, desk, kind="matching")
    gaps = write(session, desk, code="C2", kind="gap_fill", text="Thủ đô là [[1]], bên sông [[2]].")
    session.commit()
    sheets = f"banks/{desk.bank.id}/print?key=0&questions="
    html = at_desk("reviewer").get(address(desk, f"{sheets}{matching.id}")).text
    assert html.count("<p><strong>Chọn:</strong> A. Đà Nẵng; B. Hà Nội; C. Huế</p>") == 1
    html = at_desk("reviewer").get(address(desk, f"{sheets}{gaps.id}")).text
    assert re.search(r"<p><strong>Chỗ trống 2:</strong> \w+; \w+; \w+</p>", html)
