"""Blind means blind: no byte of what a judge gets says whose entry it is."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from contest.accounts.models import Login
from contest.entries.models import Entry, EntryFile, EntryVersion, FileState
from contest.judging.models import ScoreSheet
from contest.storage import Storage, new_key
from tests.judging.views.desk import browser, judging, of_round
from tests.judging.world import World, hand_in, make_world, open_cases, take
from tests.web import post, post_json

NAME, PHONE, FILE = "Hoàng Thị Bích Ngọc", "+84912345678", "hoang-thi-bich-ngoc-8A.docx"
ESSAY = f"Em là {NAME}, học sinh Trường PTDTBT THCS xã Mẫu Sơn.\n\nNgọc yêu đọc sách. hoang thi bich ngoc viết."
CLIP = bytes(range(256)) * 40


@pytest.fixture
def world(session: Session, app: Flask) -> World:
    """An entry of one text and one file, whose copies are words, a picture, a document and a clip."""
    world = make_world(session)
    hand_in(session, world, NAME, ESSAY, file_state=FileState.READY)
    storage: Storage = app.extensions["storage"]
    file = session.scalars(select(EntryFile)).one()
    file.name = FILE
    file.copies = [
        stored(storage, f"Kế hoạch của {NAME}, {world.unit.name}.".encode(), "text/plain"),
        stored(storage, b"RIFF", "image/webp"),
        stored(storage, b"%PDF-1.7", "application/pdf"),
        stored(storage, CLIP, "video/mp4"),
    ]
    person_id = world.people[NAME].person_id
    session.scalars(select(Login).filter_by(person_id=person_id)).one().value = PHONE
    open_cases(session, world)
    return world


@pytest.fixture
def sheet(session: Session, world: World) -> ScoreSheet:
    taken = take(session, world, world.judge(0))
    assert taken is not None
    return taken


def stored(storage: Storage, content: bytes, mime: str) -> dict[str, object]:
    key = new_key("copies")
    return {"key": key, "mime": mime, "size": storage.write(key, BytesIO(content), len(content))}


def secrets_of(session: Session, world: World) -> list[str]:
    entry, version = session.scalars(select(Entry)).one(), session.scalars(select(EntryVersion)).one()
    file = session.scalars(select(EntryFile)).one()
    keys = [file.key, *(copy["key"] for copy in file.copies)]
    names = [NAME, "Bích Ngọc", "hoang thi bich ngoc", "hoang-thi", world.unit.name, "Mẫu Sơn", PHONE, "912345678"]
    return [*names, FILE, entry.public_id, file.public_id, version.digest, *keys]


def whole(reply: TestResponse) -> bytes:
    return f"{reply.status}\n{reply.headers}\n".encode() + reply.data


def test_no_response_to_a_judge_says_whose_entry_it_is(
    client: FlaskClient, session: Session, world: World, sheet: ScoreSheet
) -> None:
    place = judging(world, f"/sheets/{sheet.id}")
    draft = {"marks": {"c1": 60_000, "c2": 20_000}, "comment": "", "revision": 0}
    pages = ["", "/lock", "/return", "/report", *(f"/pieces/2/{number}" for number in range(5)), "/pieces/1/0"]
    replies = [client.get(judging(world)), post(client, of_round(world, "/next"))]
    replies += [client.get(place + page, buffered=True) for page in pages]
    replies += [post_json(client, f"{place}/marks", draft), post_json(client, f"{place}/marks", draft)]
    replies += [post(client, f"{place}/report", {"reason": "Mờ"}), post(client, f"{place}/lock", {"revision": "1"})]
    replies += [client.get(place), client.get(judging(world)), client.get(f"/staff/{world.contest.slug}/")]
    assert sum(reply.status_code == 200 for reply in replies) >= 9
    told = [
        (reply.request.path, secret)
        for reply in replies
        for secret in secrets_of(session, world)
        if secret.encode() in whole(reply)
    ]
    assert told == []


def test_the_chief_judge_reads_the_case_as_blind(app: Flask, session: Session, world: World) -> None:
    chief, case = browser(app, session, world.chief), session.scalars(select(ScoreSheet.case_id)).all()
    assert case == []
    (opened,) = open_cases(session, world)
    pages = ["", "/set-aside", *(f"/pieces/2/{number}" for number in range(4))]
    replies = [chief.get(judging(world, f"/cases/{opened.id}{page}"), buffered=True) for page in pages]
    replies += [chief.get(of_round(world, page)) for page in ("", "/cases", "/reports", "/scores.xlsx", "/opening")]
    codes = [200, 200, 404, 200, 200, 200, 200, 200, 200, 200, 303]  # nothing is left to be opened
    assert [reply.status_code for reply in replies] == codes
    told = [secret for reply in replies for secret in secrets_of(session, world) if secret.encode() in whole(reply)]
    assert told == []


def test_words_of_text_and_document_are_read_with_names_covered(
    client: FlaskClient, world: World, sheet: ScoreSheet
) -> None:
    page = client.get(judging(world, f"/sheets/{sheet.id}")).text
    assert "Ngọc yêu đọc sách." in page
    assert 'Kế hoạch của <span class="redacted">đã che tên</span>' in page
    assert "█" not in page


def test_a_copy_that_is_gone_is_said_on_the_page(
    app: Flask, session: Session, client: FlaskClient, world: World, sheet: ScoreSheet
) -> None:
    app.extensions["storage"].delete(session.scalars(select(EntryFile)).one().copies[0]["key"])
    page = client.get(judging(world, f"/sheets/{sheet.id}"))
    assert page.status_code == 200
    assert "Phần này của tài liệu chưa mở được." in page.text


@pytest.mark.parametrize(
    ("number", "status", "kind"),
    [(0, 404, None), (1, 200, "image/webp"), (2, 200, "application/pdf"), (3, 200, "video/mp4"), (4, 404, None)],
)
def test_copies_are_sent_as_what_they_are_and_texts_never(
    client: FlaskClient, session: Session, world: World, sheet: ScoreSheet, number: int, status: int, kind: str | None
) -> None:
    reply = client.get(judging(world, f"/sheets/{sheet.id}/pieces/2/{number}"), buffered=True)
    assert reply.status_code == status
    if kind:
        assert reply.mimetype == kind
        assert "inline" in reply.headers["Content-Disposition"]
        assert reply.headers["Cache-Control"] == "private, no-store"
        assert ("frame-ancestors 'self'" in reply.headers["Content-Security-Policy"]) == (kind == "application/pdf")


def test_a_clip_is_sent_in_ranges(client: FlaskClient, world: World, sheet: ScoreSheet) -> None:
    url = judging(world, f"/sheets/{sheet.id}/pieces/2/3")
    reply = client.get(url, headers={"Range": "bytes=256-511"}, buffered=True)
    assert (reply.status_code, reply.data) == (206, CLIP[256:512])
    assert client.get(url, headers={"Range": f"bytes={len(CLIP)}-"}).status_code == 416


def test_copies_are_for_those_who_judge_the_case(
    app: Flask, session: Session, client: FlaskClient, world: World, sheet: ScoreSheet
) -> None:
    url = judging(world, f"/sheets/{sheet.id}/pieces/2/3")
    assert browser(app, session, world.judges[1]).get(url).status_code == 404
    assert browser(app, session, world.chief).get(url).status_code == 403
    assert app.test_client().get(url).status_code == 303
    assert post(client, judging(world, f"/sheets/{sheet.id}/return"), {"reason": "Người quen"}).status_code == 303
    assert client.get(url).status_code == 404
    case_url = judging(world, f"/cases/{sheet.case_id}/pieces/2/3")
    assert client.get(case_url).status_code == 403
    assert browser(app, session, make_world(session).chief).get(case_url).status_code == 404
