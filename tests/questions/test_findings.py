"""What stands out, in a browser without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.questions.models import LookAct, QuestionLook, QuestionState
from contest.questions.services.similar import check_questions
from tests.factories import NOW, sign_in
from tests.question_bank.builders import options
from tests.questions.desk import Desk, acts, approve, current, send, write
from tests.web import post

SECRET = "Ngày Chuyển đổi số quốc gia được tổ chức vào ngày nào hằng năm?"
CLOSE = "Theo quy định, " + SECRET
ORDERED = options("Trẻ em", "Người lớn", "Cả A và B")


@pytest.fixture
def backend() -> str:
    """The pages don't depend on the database; `test_similar` asks both."""
    return "sqlite"


@pytest.fixture
def at_desk(session: Session, client: FlaskClient, desk: Desk) -> Callable[[str], FlaskClient]:
    def enter(name: str) -> FlaskClient:
        check_questions(session, NOW)
        sign_in(session, client, desk.people[name])
        return client

    return enter


def url(desk: Desk, path: str) -> str:
    return f"/staff/{desk.contest.slug}/{path}"


def bank(desk: Desk, path: str = "") -> str:
    return url(desk, f"banks/{desk.bank.id}/findings{path}")


def test_what_stands_out_is_told_where_a_question_is_saved(session: Session, desk: Desk, at_desk: Any) -> None:
    row = write(session, desk, options=ORDERED, key="c")
    text = at_desk("setter").get(url(desk, f"questions/{row.id}")).text
    assert "Điểm cần xem lại" in text
    assert "Phương án C (“Cả A và B”) nhắc đến các phương án khác" in text
    assert "<strong>Giải thích:</strong>" in text


def test_a_question_that_was_not_compared_yet_says_so(session: Session, desk: Desk, at_desk: Any) -> None:
    client = at_desk("setter")
    row = write(session, desk, explanation="Vì thế.")
    session.commit()
    page = url(desk, f"questions/{row.id}")
    assert "đang được so với các câu khác" in client.get(page).text
    check_questions(session, NOW)
    session.commit()
    assert "Điểm cần xem lại" not in client.get(page).text


def test_the_order_is_locked_with_one_button(session: Session, desk: Desk, at_desk: Any) -> None:
    row = write(session, desk, options=ORDERED, key="c", explanation="Vì thế.")
    client, page = at_desk("setter"), url(desk, f"questions/{row.id}")
    assert "Giữ nguyên thứ tự" in client.get(page).text
    reply = post(client, f"{page}/lock-order")
    assert reply.status_code == 303
    session.expire_all()
    assert current(session, row).content["lock_order"] is True
    assert acts(session) == ["question.written", "question.revised"]
    shown = client.get(page).text
    assert "Các phương án từ nay giữ nguyên thứ tự" in shown
    assert "lock-order" not in shown


def test_locking_an_approved_question_makes_a_draft_and_keeps_what_is_in_use(
    session: Session, desk: Desk, at_desk: Any
) -> None:
    row = write(session, desk, options=ORDERED, key="c")
    send(session, desk, row)
    approve(session, desk, row)
    client, page = at_desk("setter"), url(desk, f"questions/{row.id}")
    post(client, f"{page}/lock-order")
    session.expire_all()
    assert row.state is QuestionState.DRAFT
    assert current(session, row).number == 2
    assert row.approved_revision_id != row.current_revision_id


@pytest.mark.parametrize(("name", "status"), [("setter 2", 404), ("reviewer", 403), ("organizer", 403)])
def test_nobody_else_locks_it(session: Session, desk: Desk, at_desk: Any, name: str, status: int) -> None:
    row = write(session, desk, options=ORDERED, key="c")
    client, page = at_desk(name), url(desk, f"questions/{row.id}")
    assert "lock-order" not in client.get(page).text
    assert post(client, f"{page}/lock-order").status_code == status
    session.expire_all()
    assert current(session, row).content["lock_order"] is False


def test_locking_twice_is_refused_with_a_sentence(session: Session, desk: Desk, at_desk: Any) -> None:
    row = write(session, desk, options=ORDERED, key="c", lock_order=True)
    client, page = at_desk("setter"), url(desk, f"questions/{row.id}")
    post(client, f"{page}/lock-order")
    assert "Nội dung chưa có gì thay đổi nên không cần lưu." in client.get(page).text
    assert acts(session) == ["question.written"]


def test_a_reviewer_sees_a_pair_side_by_side_and_that_is_kept(session: Session, desk: Desk, at_desk: Any) -> None:
    one = write(session, desk, "setter 2", "C1", text=SECRET, explanation="Vì thế.")
    send(session, desk, one, "setter 2")
    approve(session, desk, one)
    two = write(session, desk, "setter", "C2", text=CLOSE, explanation="Vì thế.")
    client = at_desk("reviewer")
    address = url(desk, f"questions/{two.id}/beside?other={one.id}")
    assert f"/questions/{two.id}/beside?other={one.id}" in client.get(url(desk, f"questions/{two.id}")).text
    assert f"/questions/{two.id}/beside?other={one.id}" in client.get(bank(desk)).text
    shown = client.get(address).text
    assert SECRET in shown
    assert CLOSE in shown
    looks = session.scalars(select(QuestionLook).where(QuestionLook.question_id == one.id)).all()
    assert {look.act for look in looks} == {LookAct.FOUND, LookAct.SEEN}


def test_a_setter_reads_nothing_of_anothers_question(session: Session, desk: Desk, at_desk: Any) -> None:
    one = write(session, desk, "setter 2", "BI-MAT-1", text=SECRET, explanation="Vì thế.")
    two = write(session, desk, "setter", "C2", text=CLOSE, explanation="Vì thế.")
    client = at_desk("setter")
    for page in (url(desk, f"questions/{two.id}"), bank(desk), bank(desk, "?finding=near_duplicate")):
        shown = client.get(page).text
        assert "rất giống câu này" in shown
        assert "BI-MAT-1" not in shown
        assert f"other={one.id}" not in shown
    assert client.get(url(desk, f"questions/{two.id}/beside?other={one.id}")).status_code == 404
    assert client.get(url(desk, f"questions/{one.id}/beside?other={two.id}")).status_code == 404


def test_a_bank_is_looked_over_with_counts_and_filters(session: Session, desk: Desk, at_desk: Any) -> None:
    write(session, desk, code="C1", text="Ai là người thứ nhất?")
    write(session, desk, code="C2", text="Thủ tục nào bắt buộc?", options=ORDERED, key="c", explanation="Vì thế.")
    for number in range(10):
        write(session, desk, code=f"T{number}", kind="true_false", text=f"Số {number}.", options=(), key=True)
    client = at_desk("reviewer")
    shown = client.get(bank(desk)).text
    assert "10 trên 10 câu đúng/sai có đáp án “Đúng”" in shown
    assert 'Chưa có giải thích <span class="num">11</span>' in shown
    assert 'Phương án cần giữ thứ tự <span class="num">1</span>' in shown
    assert "11 câu hỏi" in shown
    assert "finding=explanation_missing" in shown
    assert "Ai là người thứ nhất?" not in shown, "what many lack is one line"
    assert "Ai là người thứ nhất?" in client.get(bank(desk, "?finding=explanation_missing")).text
    narrowed = client.get(bank(desk, "?finding=option_needs_order")).text
    assert "Thủ tục nào bắt buộc?" in narrowed
    assert "Ai là người thứ nhất?" not in narrowed
    assert "Ai là người thứ nhất?" in client.get(bank(desk, "?q=thu+nhat")).text
    assert "Không tìm thấy" in client.get(bank(desk, "?q=khong-co-cau-nao")).text
    assert client.get(bank(desk, "?finding=bua&sort=bua&page=99")).status_code == 200


def test_a_bank_without_findings_says_so(session: Session, desk: Desk, at_desk: Any) -> None:
    write(session, desk, explanation="Vì thế.")
    assert "Không có điểm nào cần xem lại" in at_desk("reviewer").get(bank(desk)).text


def test_a_bank_that_waits_says_how_many_questions_do(session: Session, desk: Desk, at_desk: Any) -> None:
    client = at_desk("reviewer")
    write(session, desk, explanation="Vì thế.")
    session.commit()
    assert "Còn 1 câu chưa được rà soát." in client.get(bank(desk)).text
