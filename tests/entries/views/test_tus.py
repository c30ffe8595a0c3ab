import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO, RawIOBase
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.db import db
from contest.entries.domain.upload import PART_MAX_BYTES, PART_MIN_BYTES
from contest.entries.models import DraftAnswer, Entry, EntryFile, FilePart, FileState
from contest.entries.services import files
from contest.storage import Storage, StorageFullError
from contest.work.models import WorkItem
from tests.entries.sending import KB, Phone, clip_bytes, file_at, metadata, prepared
from tests.entries.world import World, join, make_world, rule_for, run_all
from tests.factories import NOW, sign_in

MB = 1024 * KB
At = Callable[[datetime], None]


@pytest.fixture
def world(app: Flask, session: Session) -> World:
    return make_world(session)


@pytest.fixture
def entry(session: Session, world: World) -> Entry:
    return prepared(session, world)


@pytest.fixture
def phone(session: Session, client: FlaskClient, world: World) -> Phone:
    sign_in(session, client, world.person)
    return Phone(client)


def storage_of(app: Flask) -> Storage:
    storage: Storage = app.extensions["storage"]
    return storage


def stored(app: Flask, session: Session, url: str) -> bytes:
    whole = b""
    parts = select(FilePart).where(FilePart.file_id == file_at(session, url).id).order_by(FilePart.starts_at)
    for part in session.scalars(parts):
        with storage_of(app).open(part.key) as stream:
            whole += stream.read()
    return whole


def queued(session: Session) -> list[tuple[str, dict[str, Any]]]:
    session.rollback()
    return [(item.kind, item.arguments) for item in session.scalars(select(WorkItem).order_by(WorkItem.id))]


def test_a_file_arrives_in_parts_and_goes_to_be_examined(
    app: Flask, session: Session, phone: Phone, entry: Entry
) -> None:
    whole = clip_bytes(100 * KB)
    url = phone.begun(entry, len(whole))
    for start, end in ((0, 40 * KB), (40 * KB, 80 * KB), (80 * KB, 100 * KB)):
        reply = phone.append(url, start, whole[start:end])
        assert (reply.status_code, reply.headers["Upload-Offset"]) == (204, str(end))
        assert phone.offset(url) == end
    file = file_at(session, url)
    assert (file.state, file.received, file.name) == (FileState.CHECKING, len(whole), "kế hoạch.mp4")
    assert stored(app, session, url) == whole
    assert queued(session) == [("file.check", {"file_id": file.id})]
    assert session.get_one(DraftAnswer, (entry.id, 1)).file_id == file.id


def test_what_the_server_can_do(client: FlaskClient) -> None:
    for url in ("/uploads", "/uploads/any"):
        reply = client.options(url)
        assert (reply.status_code, reply.headers["Tus-Version"]) == (204, "1.0.0")
        assert reply.headers["Tus-Extension"] == "creation,termination,expiration"


def test_replies_say_how_far_and_until_when_and_are_kept_by_nobody(
    phone: Phone, entry: Entry, world: World, at: At
) -> None:
    url = phone.begun(entry, 64 * KB)
    reply = phone.speak("HEAD", url)
    assert (reply.headers["Upload-Offset"], reply.headers["Upload-Length"]) == ("0", str(64 * KB))
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["Tus-Resumable"] == "1.0.0"
    assert reply.headers["Upload-Expires"] == "Mon, 20 Jul 2026 02:41:00 GMT"
    at(world.round.closes_at - timedelta(seconds=1))
    assert phone.speak("HEAD", url).headers["Upload-Expires"] == "Mon, 20 Jul 2026 02:41:00 GMT"


CREATIONS: list[tuple[dict[str, Any], int, str]] = [
    ({"Tus-Resumable": None}, 412, "upload_malformed"),
    ({"Tus-Resumable": "0.2.2"}, 412, "upload_malformed"),
    ({"Upload-Length": None}, 400, "upload_malformed"),
    ({"Upload-Length": None, "Upload-Defer-Length": 1}, 400, "upload_malformed"),
    ({"Upload-Length": "-5"}, 400, "upload_malformed"),
    ({"Upload-Length": "ten"}, 400, "upload_malformed"),
    ({"Upload-Length": "9" * 40}, 400, "upload_malformed"),
    ({"Upload-Length": 0}, 409, "file_empty"),
    ({"Upload-Length": 2048 * MB + 1}, 413, "file_too_big"),
    ({"Upload-Length": 2**53}, 413, "file_too_big"),
    ({"Upload-Metadata": None}, 400, "upload_malformed"),
    ({"Upload-Metadata": "entry ***"}, 400, "upload_malformed"),
    ({"Upload-Metadata": "entry YWJj,question MQ==,form dmlkZW8="}, 400, "upload_malformed"),
    ({"Upload-Metadata": "entry YWJj,question MQ==,form dmlkZW8=,filename YQ=="}, 404, "not_found"),
]


@pytest.mark.parametrize(("headers", "status", "code"), CREATIONS)
def test_a_creation_that_is_not_in_order_is_refused(
    session: Session, phone: Phone, entry: Entry, headers: dict[str, Any], status: int, code: str
) -> None:
    reply = phone.create(entry, 64 * KB, headers)
    assert (reply.status_code, reply.json["error"]) == (status, code)
    assert reply.json["message"]
    assert reply.headers["Tus-Version"] == "1.0.0"
    session.rollback()
    assert session.scalars(select(EntryFile)).all() == []


@pytest.mark.parametrize(
    ("values", "status", "code"),
    [
        ({"form": "text"}, 409, "form_barred"),
        ({"form": "film"}, 400, "upload_malformed"),
        ({"question": 0}, 409, "question_unknown"),
        ({"question": 3}, 409, "question_unknown"),
        ({"question": "x"}, 400, "upload_malformed"),
    ],
)
def test_a_file_answers_a_question_in_a_form_of_files(
    phone: Phone, entry: Entry, values: dict[str, Any], status: int, code: str
) -> None:
    reply = phone.create(entry, 64 * KB, **values)
    assert (reply.status_code, reply.json["error"]) == (status, code)


def test_two_gigabytes_may_begin_and_three_are_refused_at_once_with_both_numbers(phone: Phone, entry: Entry) -> None:
    assert phone.create(entry, 2048 * MB).status_code == 201
    reply = phone.create(entry, 3072 * MB)
    assert reply.status_code == 413
    assert "3.072" in reply.json["message"]
    assert "2.048" in reply.json["message"]


PATCHES: list[tuple[dict[str, Any], int]] = [
    ({"Tus-Resumable": None}, 412),
    ({"Tus-Resumable": "1.1"}, 412),
    ({"Content-Type": "application/octet-stream"}, 415),
    ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
    ({"Upload-Offset": None}, 400),
    ({"Upload-Offset": "-1"}, 400),
    ({"Upload-Offset": "x"}, 400),
    ({"Upload-Offset": 1}, 409),
    ({"Upload-Offset": 64 * KB}, 409),
    ({"Upload-Offset": 2**53}, 409),
    ({"X-CSRFToken": None}, 400),
    ({"X-CSRFToken": "abc"}, 400),
]


@pytest.mark.parametrize(("headers", "status"), PATCHES)
def test_a_part_that_is_not_in_order_changes_nothing(
    app: Flask, phone: Phone, entry: Entry, headers: dict[str, Any], status: int
) -> None:
    url = phone.begun(entry, 100 * KB)
    assert phone.append(url, 0, clip_bytes(64 * KB), headers).status_code == status
    assert phone.offset(url) == 0
    assert storage_of(app).keys() == []


@pytest.mark.parametrize("size", [100 * KB + 1, PART_MAX_BYTES + 1])
def test_more_than_what_is_missing_or_than_a_part_is_refused(app: Flask, phone: Phone, entry: Entry, size: int) -> None:
    url = phone.begun(entry, 100 * KB)
    assert phone.append(url, 0, clip_bytes(size)).status_code == 413
    assert phone.offset(url) == 0
    assert storage_of(app).keys() == []


@pytest.mark.parametrize("size", [100 * KB + 1, 300 * KB])
def test_a_body_of_unsaid_length_ends_with_the_file(app: Flask, phone: Phone, entry: Entry, size: int) -> None:
    url = phone.begun(entry, 100 * KB)
    said = {"Upload-Offset": 0, "Content-Type": "application/offset+octet-stream"}
    chunked = {"wsgi.input_terminated": True}
    body = BytesIO(clip_bytes(size))
    reply = phone.speak("PATCH", url, said, input_stream=body, environ_overrides=chunked)
    assert reply.status_code == 413
    assert phone.offset(url) == 0
    assert storage_of(app).keys() == []


def test_crumbs_are_not_kept_unless_they_end_the_file(app: Flask, phone: Phone, entry: Entry) -> None:
    whole = clip_bytes(PART_MIN_BYTES + 10)
    url = phone.begun(entry, len(whole))
    assert phone.append(url, 0, whole[: PART_MIN_BYTES - 1]).json["error"] == "part_too_small"
    assert phone.append(url, 0, whole[:0]).json["error"] == "part_too_small"
    assert storage_of(app).keys() == []
    assert phone.append(url, 0, whole[:PART_MIN_BYTES]).status_code == 204
    assert phone.append(url, PART_MIN_BYTES, whole[PART_MIN_BYTES:]).status_code == 204


class Cut(RawIOBase):
    """A body whose connection breaks after the first bytes."""

    def __init__(self, body: bytes, error: Exception | None) -> None:
        self.left, self.error = BytesIO(body), error

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self.left.read(len(buffer))
        if not piece and self.error:
            raise self.error
        buffer[: len(piece)] = piece
        return len(piece)


@pytest.mark.parametrize("error", [None, ConnectionResetError(), OSError("gone")])
def test_a_connection_that_breaks_keeps_what_came(
    app: Flask, session: Session, phone: Phone, entry: Entry, error: Exception | None
) -> None:
    whole = clip_bytes(100 * KB)
    url = phone.begun(entry, len(whole))
    phone.append(url, 0, Cut(whole[: 70 * KB], error), length=len(whole))
    assert phone.offset(url) == 70 * KB
    phone.append(url, 70 * KB, whole[70 * KB :])
    assert stored(app, session, url) == whole


def test_no_connection_of_the_database_is_held_while_bytes_arrive(app: Flask, phone: Phone, entry: Entry) -> None:
    held: list[int] = []

    class Watched(Cut):
        def readinto(self, buffer: Any) -> int:
            held.append(db.engine.pool.checkedout())  # type: ignore[attr-defined]
            return super().readinto(buffer)

    url = phone.begun(entry, 64 * KB)
    phone.append(url, 0, Watched(clip_bytes(64 * KB), None), length=64 * KB)
    assert phone.offset(url) == 64 * KB
    assert set(held) == {0}


def test_of_two_writers_at_one_offset_one_wins_and_the_other_leaves_nothing(
    app: Flask, session: Session, phone: Phone, entry: Entry, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    both, storage = threading.Barrier(2, timeout=20), storage_of(app)
    write = storage.write

    def write_together(key: str, stream: Any, limit: int) -> int:
        size = write(key, stream, limit)
        both.wait()
        return size

    monkeypatch.setattr(storage, "write", write_together)
    other = app.test_client()
    sign_in(session, other, world.person)
    phones = [phone, Phone(other)]
    url = phone.begun(entry, 200 * KB)
    statuses: list[int] = []
    sizes = (60 * KB, 90 * KB)
    run_all(
        [
            threading.Thread(
                target=lambda one=one, size=size: statuses.append(one.append(url, 0, clip_bytes(size)).status_code)
            )
            for one, size in zip(phones, sizes, strict=True)
        ]
    )
    assert sorted(statuses) == [204, 409]
    assert phone.offset(url) in sizes
    assert stored(app, session, url) == clip_bytes(phone.offset(url))
    assert len(storage.keys()) == 1


def test_a_stale_writer_alters_nothing(app: Flask, session: Session, phone: Phone, entry: Entry) -> None:
    whole = clip_bytes(100 * KB)
    url = phone.begun(entry, len(whole))
    phone.append(url, 0, whole)
    for offset in (0, 50 * KB, 100 * KB):
        assert phone.append(url, offset, b"x" * 20 * KB).status_code == 410
    assert stored(app, session, url) == whole
    assert len(queued(session)) == 1


def test_somebody_elses_upload_does_not_exist(
    app: Flask, session: Session, client: FlaskClient, world: World, phone: Phone, entry: Entry
) -> None:
    url = phone.begun(entry, 64 * KB)
    stranger = app.test_client()
    person_id = join(session, world).person_id
    sign_in(session, stranger, session.get_one(type(world.person), person_id))
    strange = Phone(stranger)
    assert strange.speak("HEAD", url).status_code == 404
    assert strange.append(url, 0, clip_bytes(64 * KB)).status_code == 404
    assert strange.speak("DELETE", url).status_code == 404
    assert strange.create(entry, 64 * KB).status_code == 404
    assert (phone.offset(url), storage_of(app).keys()) == (0, [])


class Untouched(RawIOBase):
    """A body that nobody may read."""

    def readinto(self, buffer: Any) -> int:
        raise AssertionError("the body was read")


@pytest.mark.parametrize("headers", [{"X-CSRFToken": None}, {"X-CSRFToken": "x"}])
def test_without_a_token_no_byte_is_read(phone: Phone, entry: Entry, headers: dict[str, Any]) -> None:
    url = phone.begun(entry, 64 * KB)
    assert phone.append(url, 0, Untouched(), headers, length=64 * KB).status_code == 400


def test_signed_out_no_byte_is_read(app: Flask, phone: Phone, entry: Entry) -> None:
    url = phone.begun(entry, 64 * KB)
    reply = Phone(app.test_client()).append(url, 0, Untouched(), length=64 * KB)
    assert (reply.status_code, reply.location.partition("?")[0]) == (303, "/sign-in")


def test_nothing_is_taken_from_the_moment_of_closing_on(
    app: Flask, phone: Phone, entry: Entry, world: World, at: At
) -> None:
    url = phone.begun(entry, 100 * KB)
    at(world.round.closes_at - timedelta(milliseconds=1))
    assert phone.append(url, 0, clip_bytes(50 * KB)).status_code == 204
    at(world.round.closes_at)
    late = phone.append(url, 50 * KB, b"x" * 50 * KB)
    assert (late.status_code, late.json["error"]) == (403, "upload_late")
    assert phone.create(entry, 64 * KB).json["error"] == "round_not_open"
    assert len(storage_of(app).keys()) == 1


def test_a_part_counts_by_its_last_byte(app: Flask, phone: Phone, entry: Entry, world: World, at: At) -> None:
    class Slow(Cut):
        def readinto(self, buffer: Any) -> int:
            at(world.round.closes_at)
            return super().readinto(buffer)

    url = phone.begun(entry, 64 * KB)
    reply = phone.append(url, 0, Slow(clip_bytes(64 * KB), None), length=64 * KB)
    assert reply.json["error"] == "upload_late"
    assert (phone.offset(url), storage_of(app).keys()) == (0, [])


def test_a_program_with_the_name_of_a_clip_is_refused_with_its_first_part(
    app: Flask, session: Session, phone: Phone, entry: Entry
) -> None:
    url = phone.begun(entry, 2048 * MB, filename="phim.mp4")
    reply = phone.append(url, 0, b"MZ\x90\x00" + b"\x00" * 64 * KB)
    assert (reply.status_code, reply.json["error"]) == (403, "not_video")
    file = file_at(session, url)
    assert (file.state, file.fault, storage_of(app).keys()) == (FileState.REFUSED, "not_video", [])
    assert phone.append(url, 0, clip_bytes(64 * KB)).status_code == 410
    assert phone.speak("HEAD", url).status_code == 410


def test_a_full_disk_is_told_and_nothing_that_came_is_lost(
    app: Flask, phone: Phone, entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = phone.begun(entry, 100 * KB)
    phone.append(url, 0, clip_bytes(50 * KB))

    def full(*_arguments: Any) -> int:
        raise StorageFullError

    with monkeypatch.context() as broken:
        broken.setattr(storage_of(app), "write", full)
        reply = phone.append(url, 50 * KB, b"x" * 50 * KB)
    assert (reply.status_code, reply.json["error"]) == (507, "storage_full")
    assert phone.offset(url) == 50 * KB
    assert phone.append(url, 50 * KB, b"x" * 50 * KB).status_code == 204


def test_an_upload_that_is_ended_is_gone(app: Flask, session: Session, phone: Phone, entry: Entry) -> None:
    url = phone.begun(entry, 100 * KB)
    phone.append(url, 0, clip_bytes(50 * KB))
    assert phone.speak("DELETE", url).status_code == 204
    assert phone.speak("DELETE", url).status_code == 204
    assert phone.speak("HEAD", url).status_code == 410
    assert phone.append(url, 50 * KB, b"x" * 50 * KB).json["error"] == "upload_over"
    file = file_at(session, url)
    assert (file.state, queued(session)) == (FileState.DISCARDED, [("file.clear", {"file_id": file.id})])
    assert session.get_one(DraftAnswer, (entry.id, 1)).file_id is None


def test_another_file_takes_the_place_of_the_one_before(session: Session, phone: Phone, entry: Entry) -> None:
    first, second = phone.begun(entry, 100 * KB), phone.begun(entry, 90 * KB, form="audio", filename="b.mp3")
    assert file_at(session, first).state is FileState.DISCARDED
    assert session.get_one(DraftAnswer, (entry.id, 1)).file_id == file_at(session, second).id


def test_an_upload_that_was_left_for_a_week_does_not_go_on(
    session: Session, phone: Phone, entry: Entry, world: World, at: At
) -> None:
    world.round.closes_at = NOW + timedelta(days=30)
    session.add(world.round)
    session.commit()
    url = phone.begun(entry, 100 * KB)
    at(NOW + timedelta(days=7) - timedelta(seconds=1))
    assert phone.append(url, 0, clip_bytes(50 * KB)).status_code == 204
    at(NOW + timedelta(days=14))
    assert phone.append(url, 50 * KB, b"x" * 50 * KB).status_code == 410


def test_one_person_fills_no_disk(phone: Phone, entry: Entry, monkeypatch: pytest.MonkeyPatch, at: At) -> None:
    monkeypatch.setattr(files, "DAILY_BYTES", 200 * KB)
    url = phone.begun(entry, 150 * KB)
    phone.append(url, 0, clip_bytes(150 * KB))
    assert phone.create(entry, 50 * KB).status_code == 201
    assert phone.create(entry, 50 * KB + 1).json["error"] == "uploads_daily"
    at(NOW + files.DAY)
    assert phone.create(entry, 50 * KB + 1).status_code == 201


def test_one_person_leaves_few_files_unfinished(phone: Phone, entry: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "UNFINISHED_MAX", 1)
    phone.begun(entry, 64 * KB, question=1)
    reply = phone.create(entry, 64 * KB, question=2)
    assert reply.json["error"] == "uploads_unfinished"


def test_metadata_helper_speaks_the_protocol(entry: Entry) -> None:
    assert metadata(entry, question=2).split(",")[1] == "question Mg=="


def test_an_upload_in_a_form_that_the_own_group_may_not_use_is_refused(
    session: Session, phone: Phone, world: World, entry: Entry
) -> None:
    rule_for(session, world, world.group, forms=["text", "audio"], clip_max_mb=1)
    reply = phone.create(entry, 100 * KB)
    assert (reply.status_code, reply.json["error"]) == (409, "form_barred")
    assert phone.create(entry, MB, form="audio").status_code == 201
    reply = phone.create(entry, MB + 1, form="audio")
    assert (reply.status_code, reply.json["error"]) == (413, "file_too_big")
