from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.entries.domain.faults import Fault
from contest.entries.models import DraftAnswer, Entry, EntryFile, FileState
from contest.entries.services.checks import Outcome, settle_file
from contest.entries.views.files import BODY_LIMIT
from contest.storage import Storage, StorageFullError, new_key
from tests.entries.sending import clip_bytes, prepared
from tests.entries.world import World, join, make_world, put_file
from tests.factories import NOW, sign_in
from tests.web import post


@pytest.fixture
def world(app: Flask, session: Session, client: FlaskClient) -> World:
    world = make_world(session)
    sign_in(session, client, world.person)
    return world


@pytest.fixture
def entry(session: Session, world: World) -> Entry:
    return prepared(session, world)


def send(client: FlaskClient, entry: Entry, body: bytes, *, name: str = "bai.mp4", form: str = "video") -> Any:
    url = f"/entries/{entry.public_id}/files/1"
    return post(client, url, {"form": form, "file": (BytesIO(body), name)}, follow_redirects=True)


def files_in(session: Session) -> list[EntryFile]:
    session.rollback()
    session.expire_all()
    return list(session.scalars(select(EntryFile).order_by(EntryFile.id)))


def storage_of(app: Flask) -> Storage:
    storage: Storage = app.extensions["storage"]
    return storage


def test_a_file_in_one_piece_arrives_without_a_script(
    app: Flask, session: Session, client: FlaskClient, entry: Entry
) -> None:
    reply = send(client, entry, clip_bytes(700_000))
    assert "Tệp đã đến đủ" in reply.text
    [file] = files_in(session)
    assert (file.state, file.size, file.received, file.name) == (FileState.CHECKING, 700_000, 700_000, "bai.mp4")
    assert session.get_one(DraftAnswer, (entry.id, 1)).file_id == file.id
    [key] = storage_of(app).keys()
    with storage_of(app).open(key) as stream:
        assert stream.read() == clip_bytes(700_000)


@pytest.mark.parametrize(
    ("body", "form", "sentence"),
    [
        (b"MZ\x90\x00" + b"\x00" * 600, "video", "không phải là video"),
        (b"MZ\x90\x00" + b"\x00" * 600, "document", "không phải là tài liệu"),
        (b"", "video", "Tệp này trống"),
        (clip_bytes(1_048_577), "video", "tối đa 1 MB"),
        (clip_bytes(600), "text", ""),
    ],
)
def test_a_file_that_can_not_count_is_refused_with_a_sentence(
    app: Flask, session: Session, client: FlaskClient, world: World, entry: Entry, body: bytes, form: str, sentence: str
) -> None:
    world.rules.sections = {"forms": {**world.rules.sections["forms"], "clip_max_mb": 1}}
    session.add(world.rules)
    session.commit()
    assert sentence in send(client, entry, body, form=form).text
    assert (files_in(session), storage_of(app).keys()) == ([], [])


def test_a_refused_file_leaves_the_one_before_where_it_was(session: Session, client: FlaskClient, entry: Entry) -> None:
    file = put_file(session, entry)
    send(client, entry, b"MZ" + b"\x00" * 600)
    assert session.get_one(DraftAnswer, (entry.id, 1)).file_id == file.id


def test_no_file_chosen_is_told_at_the_top_of_the_page_with_its_question(client: FlaskClient, entry: Entry) -> None:
    reply = post(client, f"/entries/{entry.public_id}/files/1", {"form": "video"})
    assert reply.location == f"/entries/{entry.public_id}"
    assert "Câu 1: Hãy chọn một tệp trước" in client.get(reply.location).text


def test_more_than_fits_one_piece_is_told_with_the_way_out(client: FlaskClient, entry: Entry) -> None:
    url = f"/entries/{entry.public_id}/files/1"
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    reply = client.post(url, headers=headers, environ_overrides={"CONTENT_LENGTH": str(BODY_LIMIT + 1)})
    assert reply.status_code == 413
    assert "50 MB" in reply.text
    assert "JavaScript" in reply.text


def test_without_a_token_nothing_is_kept(app: Flask, session: Session, client: FlaskClient, entry: Entry) -> None:
    data = {"form": "video", "file": (BytesIO(clip_bytes(1000)), "a.mp4")}
    assert client.post(f"/entries/{entry.public_id}/files/1", data=data).status_code == 400
    assert (files_in(session), storage_of(app).keys()) == ([], [])


def test_a_full_disk_is_told(session: Session, app: Flask, client: FlaskClient, entry: Entry, monkeypatch: Any) -> None:
    def full(*_arguments: Any) -> int:
        raise StorageFullError

    monkeypatch.setattr(storage_of(app), "write", full)
    assert "hết chỗ" in send(client, entry, clip_bytes(1000)).text
    assert files_in(session) == []


def test_a_file_is_taken_out_after_asking(session: Session, client: FlaskClient, entry: Entry) -> None:
    file = put_file(session, entry, name="kế hoạch.mp4")
    url = f"/entries/{entry.public_id}/files/1/removal"
    assert "kế hoạch.mp4" in client.get(url).text
    assert files_in(session)[0].state is FileState.READY
    assert post(client, url).status_code == 303
    assert [(each.id, each.state) for each in files_in(session)] == [(file.id, FileState.DISCARDED)]
    assert session.get_one(DraftAnswer, (entry.id, 1)).file_id is None
    assert client.get(url).status_code == 303


def block(client: FlaskClient, entry: Entry, form: str = "video") -> str:
    return client.get(f"/entries/{entry.public_id}/files/1?form={form}").text


def test_the_limits_are_written_before_a_file_is_chosen(client: FlaskClient, entry: Entry) -> None:
    assert "Video dài từ 3 phút đến 10 phút, khung hình từ 640 × 480, tối đa 2.048 MB" in block(client, entry)
    assert "tối đa 20 MB" in block(client, entry, "document")


STATES: list[tuple[dict[str, Any], str]] = [
    ({"state": FileState.RECEIVING, "size": 1000, "received": 620}, "62 %"),
    ({"state": FileState.CHECKING}, "đang được kiểm tra"),
    ({"state": FileState.READY}, "6 phút 42 giây"),
    (
        {
            "state": FileState.REFUSED,
            "fault": "video_length",
            "fault_values": {"length_ms": 130_000, "min_ms": 180_000, "max_ms": 600_000},
        },
        "Video dài 2 phút 10 giây; thể lệ yêu cầu từ 3 phút đến 10 phút.",
    ),
    (
        {
            "state": FileState.REFUSED,
            "fault": "video_frame",
            "fault_values": {"width": 320, "height": 240, "width_min": 640, "height_min": 480},
        },
        "320 × 240",
    ),
    ({"state": FileState.REFUSED, "fault": "document_words", "fault_values": {"words": 5001, "max": 5000}}, "5.001"),
    ({"state": FileState.REFUSED, "fault": "file_truncated"}, "bị cụt"),
]


@pytest.mark.parametrize(("values", "sentence"), STATES)
def test_every_state_says_what_it_means(
    session: Session, client: FlaskClient, entry: Entry, values: dict[str, Any], sentence: str
) -> None:
    put_file(session, entry, **values)
    assert sentence in block(client, entry)


def test_the_checked_copy_is_played_in_ranges_and_can_do_nothing(
    app: Flask, session: Session, client: FlaskClient, entry: Entry
) -> None:
    key = new_key("entries")
    storage_of(app).write(key, BytesIO(b"0123456789"), 10)
    file = put_file(session, entry, copies=[{"key": key, "mime": "video/mp4", "size": 10}])
    url = f"/entries/{entry.public_id}/files/{file.public_id}/0"
    assert f'src="{url}"' in block(client, entry)
    with client.get(url, headers={"Range": "bytes=2-4"}) as reply:
        assert (reply.status_code, reply.data) == (206, b"234")
    assert reply.headers["Cache-Control"] == "private, no-store"
    assert "sandbox" in reply.headers["Content-Security-Policy"]
    assert reply.headers["Content-Disposition"] == 'inline; filename="1-1.mp4"'
    assert client.get(url[:-1] + "1").status_code == 404
    assert client.get(url.replace(entry.public_id, "another")).status_code == 404


def test_somebody_else_sees_and_changes_nothing(
    app: Flask, session: Session, client: FlaskClient, world: World, entry: Entry
) -> None:
    file = put_file(session, entry)
    stranger = app.test_client()
    sign_in(session, stranger, session.get_one(type(world.person), join(session, world).person_id))
    place = f"/entries/{entry.public_id}/files/1"
    assert stranger.get(f"/entries/{entry.public_id}/files/{file.public_id}/0").status_code == 404
    assert stranger.get(f"{place}?form=video").status_code == 404
    assert stranger.get(f"{place}/removal").status_code == 404
    assert post(stranger, f"{place}/removal").status_code == 404
    data = {"form": "video", "file": (BytesIO(clip_bytes(1000)), "a.mp4")}
    assert post(stranger, place, data).status_code == 404
    [kept] = files_in(session)
    assert kept.state is FileState.READY
    assert storage_of(app).keys() == []


def test_the_file_that_stays_is_named_beside_the_one_that_is_to_replace_it(
    session: Session, client: FlaskClient, entry: Entry
) -> None:
    put_file(session, entry, name="cu.mp4")
    assert "tệp đang có được giữ" in block(client, entry)
    replacement = put_file(session, entry, name="moi.mp4", state=FileState.CHECKING)
    assert "cu.mp4" in block(client, entry)
    assert "cu.mp4" in client.get(f"/entries/{entry.public_id}/files/1/removal").text
    settle_file(session, NOW, replacement.id, Outcome(fault=Fault("file_unreadable")))
    session.commit()
    shown = block(client, entry)
    assert "moi.mp4" in shown
    assert "nên tệp này được giữ lại" in shown
    assert 'data-state="ready"' in shown
