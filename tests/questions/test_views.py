"""The desk in a browser without JavaScript."""

import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.questions import services
from contest.questions.models import BankQuestion, QuestionRevision, QuestionState
from question_bank.formats import FORMATS
from question_bank.formats import Bank as BankFile
from tests.factories import NOW
from tests.question_bank.builders import question
from tests.questions.desk import ROLES, Desk, acts, address, approve, current, make_desk, send, write
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
        ({"options_1": "mở  ĐƯỜNG dẫn"}, "Phương án B trùng với phương án A"),
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
    assert post(client, page + "/review", {"verdict": "approve", "digest": digest}).status_code == 303
    session.rollback()
    session.refresh(row)
    assert row.state is QuestionState.APPROVED
    assert acts(session)[1:] == ["question.sent", "question.remarked", "question.approved"]


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


def upload(client: FlaskClient, desk: Desk, content: bytes, name: str) -> Any:
    data = {"file": (io.BytesIO(content), name)}
    reply = post(client, bank(desk, "/import"), data, content_type="multipart/form-data")
    reply.request.environ["wsgi.input"].close()  # the test client leaves its temporary file open
    return reply


def file_of(*codes: str, suffix: str = ".xlsx", **changes: Any) -> bytes:
    stream = io.BytesIO()
    entries = tuple((code, question(text=f"Câu {code}?", **changes)) for code in codes)
    FORMATS[suffix].write_questions(stream, BankFile(entries))
    return stream.getvalue()


@pytest.mark.parametrize("suffix", [".xlsx", ".json"])
def test_what_is_exported_can_be_imported_elsewhere_unchanged(
    session: Session, desk: Desk, at_desk: Any, suffix: str
) -> None:
    for code, kind in (("A", "single"), ("B", "multiple"), ("C", "true_false")):
        write(
            session,
            desk,
            code=code,
            kind=kind,
            explanation="Dòng một\nDòng hai",
            tags=("t",),
            lock_order=kind == "single",
        )
    other = services.create_bank(session, desk.organizer, NOW, contest_id=desk.contest.id, name="Bản sao")
    exported = at_desk("organizer").get(bank(desk, f"/questions{suffix}"))
    assert exported.headers["Cache-Control"] == "private, no-store"
    content = exported.data
    client = at_desk("setter")
    data = {"file": (io.BytesIO(content), f"cau-hoi{suffix}")}
    reply = post(client, address(desk, f"banks/{other.id}/import"), data, content_type="multipart/form-data")
    assert reply.status_code == 303
    rows = session.execute(
        select(BankQuestion.bank_id, BankQuestion.code, QuestionRevision.digest).join(
            QuestionRevision, QuestionRevision.id == BankQuestion.current_revision_id
        )
    ).all()
    digests = {bank_id: sorted((code, digest) for b, code, digest in rows if b == bank_id) for bank_id, _, _ in rows}
    assert digests[other.id] == digests[desk.bank.id]


def test_an_import_with_faults_names_the_cells_and_leaves_nothing(session: Session, desk: Desk, at_desk: Any) -> None:
    write(session, desk, code="C1")
    client = at_desk("setter")
    reply = upload(client, desk, file_of("C2", "c1", source=""), "de.xlsx")
    assert reply.status_code == 422
    assert "Chưa ghi nguồn" in reply.text
    assert "Dòng 3" in reply.text
    assert session.scalar(select(func.count()).select_from(BankQuestion)) == 1
    assert acts(session) == ["question.written"]


@pytest.mark.parametrize(
    ("content", "name", "status", "sentence"),
    [
        (b"", "", 422, "Hãy chọn một tệp"),
        (b"PK\x03\x04 not a workbook", "de.xlsx", 422, "không phải là bảng tính Excel"),
        (b"{}", "de.json", 422, "không phải là ngân hàng câu hỏi"),
        (b"MZ", "de.exe", 422, "Không đọc được loại tệp"),
        (b" " * (5 * 1024 * 1024 + 1), "de.json", 422, "lớn hơn 5 MB"),
        (b" " * (7 * 1024 * 1024), "de.json", 413, ""),
    ],
)
def test_unusable_files_are_refused_with_a_sentence(
    desk: Desk, at_desk: Any, content: bytes, name: str, status: int, sentence: str
) -> None:
    reply = upload(at_desk("setter"), desk, content, name)
    assert reply.status_code == status
    assert sentence in reply.text


def test_files_up_to_five_megabytes_are_read(session: Session, desk: Desk, at_desk: Any) -> None:
    content = file_of("A", suffix=".json")
    content += b" " * (5 * 1024 * 1024 - len(content))
    assert upload(at_desk("setter"), desk, content, "de.json").status_code == 303
    assert acts(session) == ["questions.imported"]


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
