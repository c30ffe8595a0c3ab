"""Uploading, seeing and removing pictures and sounds without JavaScript."""

import io
import wave
from typing import Any

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from contest.questions.models import BankQuestion, QuestionMedium
from contest.storage import Storage
from question_bank.kinds import kind_codes
from tests.questions.desk import Desk, write
from tests.questions.test_media import DIGEST, SHOWN, added
from tests.web import post


@pytest.fixture
def backend() -> str:
    """What a database does with media is tested elsewhere, on both; a child process for each upload is slow."""
    return "sqlite"


def address(desk: Desk, path: str = "") -> str:
    return f"/staff/{desk.contest.slug}/banks/{desk.bank.id}/media{path}"


def picture() -> bytes:
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = "Người chụp"
    Image.new("RGB", (40, 30), "red").save(file, "JPEG", exif=exif)
    return file.getvalue()


def sound() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setparams((1, 2, 16000, 0, "NONE", "not compressed"))
        written.writeframes(b"\x00\x10\x00\xf0" * 16000)
    return file.getvalue()


def upload(client: FlaskClient, desk: Desk, content: bytes, name: str = "Bản [đồ]") -> TestResponse:
    return post(client, address(desk), {"file": (io.BytesIO(content), "tệp.bin"), "name": name})


def stored() -> list[str]:
    storage: Storage = current_app.extensions["storage"]
    return [key for key in storage.keys() if key.startswith("questions/")]  # noqa: SIM118 # no dict


def test_a_picture_from_upload_to_removal(app: Flask, session: Session, desk: Desk, at_desk: Any) -> None:
    client = at_desk("setter")
    assert upload(client, desk, picture()).status_code == 303
    assert upload(client, desk, picture(), "Lần nữa").status_code == 303
    medium = session.scalars(select(QuestionMedium)).one()
    with app.app_context():
        assert len(stored()) == 1
    page = client.get(address(desk)).text
    assert f"![Bản đồ](media:{medium.digest})" in page
    with client.get(address(desk, f"/{medium.digest}")) as reply:
        assert (reply.status_code, reply.mimetype) == (200, "image/webp")
        assert reply.headers["Cache-Control"] == "private, max-age=3600, immutable"
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert "Người chụp".encode() not in reply.data
        with Image.open(io.BytesIO(reply.data)) as image:
            assert image.size == (medium.width, medium.height) == (40, 30)
    removal = address(desk, f"/{medium.digest}/removal")
    assert post(client, removal, {}).status_code == 303
    with app.app_context():
        assert stored() == []
    assert client.get(address(desk, f"/{medium.digest}")).status_code == 404


def test_a_file_that_somebody_else_uploaded_before_can_be_used_without_seeing_whose_it_is(
    session: Session, desk: Desk, at_desk: Any
) -> None:
    upload(at_desk("setter"), desk, picture(), "Của người thứ nhất")
    client = at_desk("setter 2")
    upload(client, desk, picture(), "Của tôi")
    medium = session.scalars(select(QuestionMedium)).one()
    page = client.get(address(desk)).text
    assert f"![Của tôi](media:{medium.digest})" in page
    assert "Của người thứ nhất" not in page


def test_a_sound_is_heard_in_ranges(session: Session, desk: Desk, at_desk: Any) -> None:
    client = at_desk("setter")
    assert upload(client, desk, sound(), "Bài nghe").status_code == 303
    medium = session.scalars(select(QuestionMedium)).one()
    assert (medium.mime, medium.duration_ms // 1000) == ("audio/mp4", 2)
    with client.get(address(desk, f"/{medium.digest}"), headers={"Range": "bytes=0-9"}) as reply:
        assert (reply.status_code, len(reply.data)) == (206, 10)
    assert "<audio" in client.get(address(desk)).text


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "Bản đồ", "Tệp trống"),
        ("chỉ là chữ".encode(), "Bản đồ", "không phải là hình"),
        (b"\x89PNG\r\n\x1a\nrubbish", "Bản đồ", "Không đọc được tệp"),
        (b"x", "", "Hãy mô tả"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_sentence(
    app: Flask, desk: Desk, at_desk: Any, content: bytes, name: str, sentence: str
) -> None:
    reply = upload(at_desk("setter"), desk, content, name)
    assert reply.status_code == 422
    assert sentence in reply.text
    with app.app_context():
        assert stored() == []


def test_nobody_else_gets_near(session: Session, desk: Desk, at_desk: Any) -> None:
    added(session, desk)
    session.commit()
    for name in ("setter 2", "secretary", "citizen"):
        assert at_desk(name).get(address(desk, f"/{DIGEST}")).status_code in {403, 404}
    for name in ("secretary", "judge", "citizen"):
        assert at_desk(name).get(address(desk)).status_code in {403, 404}
    assert at_desk("reviewer").get(address(desk)).status_code == 200
    assert upload(at_desk("reviewer"), desk, picture()).status_code == 403


def test_a_list_of_ones_own_files_names_no_question_of_somebody_else(
    session: Session, desk: Desk, at_desk: Any
) -> None:
    added(session, desk)
    write(session, desk, "setter 2", "BI-MAT", text=SHOWN)
    session.commit()
    for path in ("", f"/{DIGEST}/removal"):
        own, all_ = at_desk("setter").get(address(desk, path)).text, at_desk("reviewer").get(address(desk, path)).text
        assert "BI-MAT" not in own
        assert "câu hỏi của người khác" in own
        assert "BI-MAT" in all_


TYPED = {
    "code": "A1",
    "topic": "Địa lý",
    "difficulty": "1",
    "options_0": "Hà Nội",
    "options_1": "**Lạng Sơn**",
    "right": "b",
    "source": "Sách giáo khoa",
    "rows": "4",
}


def test_a_preview_shows_what_was_typed_and_saves_nothing(session: Session, desk: Desk, at_desk: Any) -> None:
    added(session, desk)
    client = at_desk("setter")
    write = f"/staff/{desk.contest.slug}/banks/{desk.bank.id}/questions/new?kind=single"
    shown = f"Đây là đâu? ![Bản đồ](media:{DIGEST})"
    reply = post(client, write, {**TYPED, "text": shown, "preview": "1"})
    assert reply.status_code == 200
    assert f'src="{address(desk, "/" + DIGEST)}" alt="Bản đồ"' in reply.text
    assert "<strong>Lạng Sơn</strong>" in reply.text
    assert shown in reply.text.replace("&#34;", '"')
    session.rollback()
    assert session.scalars(select(BankQuestion)).all() == []
    assert post(client, write, {**TYPED, "text": shown}).status_code == 303
    session.rollback()
    [row] = session.scalars(select(BankQuestion))
    page = client.get(f"/staff/{desk.contest.slug}/questions/{row.id}").text
    assert f'src="{address(desk, "/" + DIGEST)}"' in page


@pytest.mark.parametrize("kind", kind_codes())
def test_a_preview_of_an_empty_form_breaks_nothing(desk: Desk, at_desk: Any, kind: str) -> None:
    write = f"/staff/{desk.contest.slug}/banks/{desk.bank.id}/questions/new?kind={kind}"
    assert post(at_desk("setter"), write, {"preview": "1"}).status_code == 200


def test_a_file_that_the_bank_has_not_is_a_fault(desk: Desk, at_desk: Any) -> None:
    write = f"/staff/{desk.contest.slug}/banks/{desk.bank.id}/questions/new?kind=single"
    reply = post(at_desk("setter"), write, {**TYPED, "text": f"![Bản đồ](media:{DIGEST})"})
    assert reply.status_code == 422
    assert "Ngân hàng không có tệp" in reply.text
