"""The desk in a browser without JavaScript."""

import re
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.questions.models import BankQuestion, QuestionRevision, QuestionState
from question_bank.formats import FORMATS
from tests.questions.desk import ROLES, Desk, acts, address, approve, current, make_desk, revise, send, write
from tests.web import post

TYPED = {
    "code": "ATT-001",
    "topic": "An toàn thông tin",
    "difficulty": "3",
    "text": "Việc nên làm là gì?",
    "options_0": "Mở đường dẫn",
    "options_1": "Không cung cấp mã OTP",
    "right": "b",
    "source": "Luật An ninh mạng, Điều 17",
    "rows": "4",
}


def bank(desk: Desk, path: str = "") -> str:
    return address(desk, f"banks/{desk.bank.id}{path}")


def test_writing_a_question_of_each_kind(session: Session, desk: Desk, at_desk: Any) -> None:
    client = at_desk("setter")
    kinds = {
        "single": {"code": "A"},
        "multiple": {"code": "B", "right": ["a", "b"]},
        "true_false": {"code": "C", "right": [], "key_0": "false"},
    }
    for kind, changes in kinds.items():
        reply = post(client, bank(desk, f"/questions/new?kind={kind}"), {**TYPED, **changes})
        assert reply.status_code == 303, reply.text
    keys = {row.code: current(session, row).content["key"] for row in session.scalars(select(BankQuestion))}
    assert keys == {"A": "b", "B": ["a", "b"], "C": False}
    assert acts(session) == ["question.written"] * 3


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"source": ""}, "Chưa ghi nguồn"),
        ({"topic": " "}, "Chưa ghi chủ đề"),
        ({"right": []}, "Chưa có đáp án"),
        ({"right": "d"}, "không phải là một phương án"),
        ({"right": ["a", "b"]}, "chỉ được có một đáp án đúng"),
        ({"options_1": "Mở  đường dẫn"}, "Phương án B trùng với phương án A"),
        ({"options_1": "", "options_2": "Khác"}, "Phương án B chưa có nội dung"),
        ({"text": ""}, "Chưa có nội dung câu hỏi"),
        ({"code": ""}, "Hãy ghi mã câu hỏi"),
        ({"code": "c1"}, "đã có trong ngân hàng này"),
    ],
)
def test_each_fault_is_said_beside_its_field_and_what_was_typed_stays(
    session: Session, desk: Desk, at_desk: Any, changes: dict[str, Any], sentence: str
) -> None:
    write(session, desk)
    reply = post(at_desk("setter"), bank(desk, "/questions/new"), {**TYPED, **changes})
    assert reply.status_code == 422
    assert sentence in reply.text
    assert "Mở đường dẫn" in reply.text
    assert session.scalar(select(func.count()).select_from(BankQuestion)) == 1


def test_another_option_row_keeps_what_was_typed_and_stops_at_ten(desk: Desk, at_desk: Any) -> None:
    client = at_desk("setter")
    reply = post(client, bank(desk, "/questions/new"), {**TYPED, "source": "", "add_row": "1"})
    assert reply.status_code == 200
    assert 'name="options_4"' in reply.text
    assert "Không cung cấp mã OTP" in reply.text
    assert "Chưa ghi nguồn" not in reply.text
    reply = post(client, bank(desk, "/questions/new"), {**TYPED, "rows": "99", "add_row": "1"})
    assert 'name="options_9"' in reply.text
    assert 'name="add_row"' not in reply.text


def test_changing_keeps_what_the_form_does_not_ask_for(session: Session, desk: Desk, at_desk: Any) -> None:
    row = write(session, desk, tags=("nháp",), points=500)
    url = address(desk, f"questions/{row.id}/edit")
    client = at_desk("setter")
    assert "Hà Nội" in client.get(url).text
    typed = {**TYPED, "text": "Đã sửa?", "right": "a"}
    assert post(client, url, typed).status_code == 303
    content = session.scalars(select(QuestionRevision).execution_options(populate_existing=True)).one().content
    assert (content["text"], content["tags"], content["points"], content["key"]) == ("Đã sửa?", ["nháp"], 500, "a")
    assert post(client, url, typed).status_code == 422


def test_from_sending_to_approval_in_the_browser(session: Session, desk: Desk, at_desk: Any) -> None:
    row = write(session, desk)
    page = address(desk, f"questions/{row.id}")
    assert post(at_desk("setter"), page + "/sending").status_code == 303
    client = at_desk("reviewer")
    digest = current(session, row).digest
    assert digest in client.get(page).text
    reply = post(client, page + "/review", {"verdict": "return", "digest": digest})
    assert reply.status_code == 422
    assert "Hãy ghi lý do" in reply.text
    assert post(client, page + "/review", {"verdict": "remark", "note": "Xem lại nguồn."}).status_code == 303
    reply = post(client, page + "/review", {"verdict": "approve", "digest": "0" * 64})
    assert "Hãy đọc lại rồi quyết định" in reply.text
    assert digest in reply.text, "the next decision is about what is shown now"
    assert post(client, page + "/review", {"verdict": "approve", "digest": digest}).status_code == 303
    session.rollback()
    session.refresh(row)
    assert row.state is QuestionState.APPROVED
    assert acts(session)[1:] == ["question.sent", "question.remarked", "question.approved"]


def test_the_story_of_a_question_says_that_it_was_taken_back(session: Session, desk: Desk, at_desk: Any) -> None:
    row = write(session, desk)
    send(session, desk, row)
    page = address(desk, f"questions/{row.id}")
    assert post(at_desk("setter"), page + "/taking-back").status_code == 303
    assert "</strong> rút lại ·" in at_desk("setter").get(page).text


def test_whose_words_were_changed_by_somebody_else_is_not_offered_to_approve_them(
    session: Session, desk: Desk, at_desk: Any
) -> None:
    write(session, desk, "both", "GOC", text="Thủ đô ở đâu?")
    row = write(session, desk, "setter", "SAO", text="Thủ đô ở đâu?")
    send(session, desk, row)
    revise(session, desk, row, text="Thủ đô nước ta ở đâu?")
    send(session, desk, row)
    session.commit()
    page = address(desk, f"questions/{row.id}")
    assert 'value="approve"' not in at_desk("both").get(page).text
    assert 'value="approve"' in at_desk("reviewer").get(page).text


def test_an_own_question_is_not_approved_in_the_browser_either(session: Session, desk: Desk, at_desk: Any) -> None:
    row = write(session, desk, "both")
    send(session, desk, row, "both")
    client, page = at_desk("both"), address(desk, f"questions/{row.id}")
    digest = current(session, row).digest
    assert 'value="approve"' not in client.get(page).text
    assert post(client, page + "/review", {"verdict": "approve", "digest": digest}).status_code == 403
    reply = post(client, bank(desk, "/acts"), {"act": "approve", "questions": f"{row.id}:{digest}"})
    assert "Người khác phải duyệt" in client.get(reply.headers["Location"]).text
    session.rollback()
    session.refresh(row)
    assert row.state is QuestionState.IN_REVIEW
    assert acts(session)[-1] == "question.sent"


def test_several_questions_are_sent_approved_and_retired_with_one_record_each(
    session: Session, desk: Desk, at_desk: Any
) -> None:
    rows = [write(session, desk, code=code) for code in ("A", "B")]
    ticked = [f"{row.id}:{current(session, row).digest}" for row in rows]
    reply = post(at_desk("setter"), bank(desk, "/acts"), {"act": "send", "questions": ticked, "back": "state=draft"})
    assert reply.headers["Location"].endswith("?state=draft")
    client = at_desk("reviewer")
    post(client, bank(desk, "/acts"), {"act": "approve", "questions": ticked})
    reply = post(client, bank(desk, "/acts"), {"act": "retire", "questions": ticked})
    confirm = reply.headers["Location"]
    assert "Ngừng sử dụng 2 câu hỏi?" in client.get(confirm).text
    assert post(client, confirm, {"note": ""}).status_code == 422
    assert post(client, confirm, {"note": "Hết hiệu lực"}).status_code == 303
    assert acts(session)[2:] == ["question.sent", "question.approved", "question.retired"]
    reply = post(client, bank(desk, "/acts"), {"act": "approve"})
    assert "Chưa chọn câu nào" in client.get(reply.headers["Location"]).text


def test_the_page_as_a_citizen_sees_it_holds_no_key(session: Session, desk: Desk, at_desk: Any) -> None:
    row = write(session, desk, explanation="Vì là thủ đô.")
    html = at_desk("setter").get(address(desk, f"questions/{row.id}")).text
    seen = html[html.index('<fieldset class="question"') : html.index("</fieldset>")]
    assert "Đà Nẵng" in seen
    assert "checked" not in seen
    assert "Vì là thủ đô" not in seen
    assert "Vì là thủ đô" in html


@pytest.mark.parametrize("name", ROLES)
def test_who_sees_a_question(session: Session, desk: Desk, at_desk: Any, name: str) -> None:
    row = write(session, desk)
    seen = {"setter": 200, "reviewer": 200, "both": 200, "organizer": 200, "setter 2": 404, "citizen": 404}
    client = at_desk(name)
    for path in ("", "/compare"):
        assert client.get(address(desk, f"questions/{row.id}{path}")).status_code == seen.get(name, 403)
    may_export = {"reviewer": 200, "both": 200, "organizer": 200, "citizen": 404}
    assert client.get(bank(desk, "/questions.json")).status_code == may_export.get(name, 403)


@pytest.mark.parametrize("extension", FORMATS)
def test_a_bank_goes_out_in_every_format(session: Session, desk: Desk, at_desk: Any, extension: str) -> None:
    write(session, desk)
    reply = at_desk("organizer").get(bank(desk, f"/questions{extension}"))
    assert reply.status_code == 200
    assert len(FORMATS[extension].read_questions(reply.data).questions) == 1


def test_another_contests_desk_shows_nothing(session: Session, desk: Desk, at_desk: Any) -> None:
    other = make_desk(session)
    row = write(session, other)
    client = at_desk("organizer")
    for path in (f"questions/{row.id}", f"banks/{other.bank.id}", f"banks/{other.bank.id}/questions.xlsx"):
        assert client.get(address(desk, path)).status_code == 404
        assert client.get(address(other, path)).status_code == 404


def test_creating_and_changing_a_bank(session: Session, desk: Desk, at_desk: Any) -> None:
    client = at_desk("organizer")
    reply = post(client, address(desk, "banks/new"), {"name": "Tuần 1"})
    assert reply.status_code == 422
    assert "đã có ngân hàng câu hỏi mang tên này" in reply.text
    assert post(client, address(desk, "banks/new"), {"name": "Tuần 2"}).status_code == 303
    assert post(client, bank(desk, "/settings"), {"name": "Tuần lẻ"}).status_code == 303
    html = client.get(address(desk, "banks")).text
    assert "Tuần lẻ" in html
    assert "Tuần 2" in html
    assert acts(session) == ["bank.created", "bank.changed"]


@pytest.mark.parametrize("path", ["banks", "banks/{}", "banks/{}?q=zzz", "banks/{}?state=retired", "banks/{}/import"])
def test_empty_lists_say_what_to_do_next(desk: Desk, at_desk: Any, path: str) -> None:
    assert at_desk("both").get(address(desk, path.format(desk.bank.id))).status_code == 200


# Files


def test_the_template_reads_as_an_empty_bank(desk: Desk, at_desk: Any) -> None:
    content = at_desk("setter").get(address(desk, "banks/template.xlsx")).data
    assert [fault.code for fault in FORMATS[".xlsx"].read_questions(content).faults] == ["no_questions"]


def test_two_revisions_side_by_side(session: Session, desk: Desk, at_desk: Any) -> None:
    row = write(session, desk)
    send(session, desk, row)
    approve(session, desk, row)
    client = at_desk("setter")
    post(client, address(desk, f"questions/{row.id}/edit"), {**TYPED, "text": "Bản thứ hai?"})
    html = client.get(address(desk, f"questions/{row.id}/compare")).text
    assert re.search(r"<del><span[^>]*>\[bỏ\] </span>Câu C1</del>", html)
    assert re.search(r"<ins><span[^>]*>\[thêm\] </span>Bản thứ hai</ins>", html)
    assert client.get(address(desk, f"questions/{row.id}/compare?old=7")).status_code == 404
