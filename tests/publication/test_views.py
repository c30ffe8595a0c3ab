import re
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from unittest.mock import patch

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from contest import clock
from contest.accounts.domain import LoginKind
from contest.accounts.models import Login, Person, PersonDetails
from contest.approvals.models import Proposal
from contest.db import db
from contest.publication import services
from contest.publication.models import Publication
from contest.publication.queries import find_published
from contest.standings import services as standings_services
from contest.standings.queries import standings
from contest.statements import DirectRead
from contest.units.models import Headcount
from tests.factories import NOW, add, sign_in
from tests.publication.published import publish
from tests.standings.world import OPENS, World, attempt, make_world
from tests.web import post


@pytest.fixture
def world(session: Session, app: Flask) -> World:
    world = make_world(session)
    attempt(session, world, "Hoàng Thị An", prediction=2, seconds=200)
    attempt(session, world, "Vi Văn Bình", prediction=2, seconds=300)
    attempt(session, world, "Lộc Chi", right=19, prediction=2)
    session.commit()
    return world


def board(world: World, page: str = "board") -> str:
    return f"/contests/{world.contest.slug}/rounds/{world.round.public_id}/{page}"


def desk(world: World, page: str) -> str:
    return f"/staff/{world.contest.slug}/rounds/{world.round.id}/{page}"


def published(session: Session, world: World) -> Publication:
    publication = publish(session, world)
    session.commit()
    return publication


def person(session: Session, world: World, name: str) -> Person:
    return session.get_one(Person, world.people[name].person_id)


PROPOSAL = {"decision_number": "45/QĐ-BTCCT", "decision_date": "2026-07-15", "checked": "Đã đối chiếu.", "note": ""}


def test_from_the_proposal_to_the_board(session: Session, client: FlaskClient, app: Flask, world: World) -> None:
    sign_in(session, client, world.secretary)
    assert post(client, desk(world, "publication"), PROPOSAL).status_code == 303
    assert "Chưa công bố" in app.test_client().get(board(world)).text
    proposal = session.scalars(select(Proposal)).one()
    organizer = app.test_client()
    sign_in(session, organizer, world.organizer)
    address = f"/staff/{world.contest.slug}/approvals/{proposal.id}"
    assert "45/QĐ-BTCCT" in organizer.get(address).text
    assert post(organizer, address, {"decision": "approve", "note": ""}).status_code == 303
    html = app.test_client().get(board(world)).text
    assert "H. T. An" in html
    assert "Giải Nhất" in html
    assert "Chưa công bố" not in html


def test_people_wait_for_no_ranking_under_the_lock_of_the_round(
    session: Session, client: FlaskClient, app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    began: list[str] = []
    rank, lock = standings.ranked, standings_services.lock_round
    monkeypatch.setattr(standings, "ranked", lambda *args, **values: began.append("rank") or rank(*args, **values))
    for module in (services, standings_services):
        monkeypatch.setattr(module, "lock_round", lambda *args: began.append("lock") or lock(*args))
    assert standings_services.fix_target(session, clock.now(), world.round)
    session.commit()
    began.clear()
    sign_in(session, client, world.secretary)
    assert post(client, desk(world, "publication"), PROPOSAL).status_code == 303
    assert began == ["rank", "lock"]
    began.clear()
    organizer = app.test_client()
    sign_in(session, organizer, world.organizer)
    address = f"/staff/{world.contest.slug}/approvals/{session.scalars(select(Proposal)).one().id}"
    assert post(organizer, address, {"decision": "approve", "note": ""}).status_code == 303
    assert began == ["rank", "lock"]


def test_what_is_missing_stands_beside_its_field_and_nothing_typed_is_lost(
    session: Session, client: FlaskClient, world: World
) -> None:
    sign_in(session, client, world.secretary)
    reply = post(client, desk(world, "publication"), {**PROPOSAL, "decision_date": "31/02/2026"})
    assert reply.status_code == 422
    assert 'id="decision_date-error"' in reply.text
    assert "45/QĐ-BTCCT" in reply.text
    assert session.scalars(select(Proposal)).all() == []


def test_nothing_shows_before_it_is_published(session: Session, client: FlaskClient, app: Flask, world: World) -> None:
    participant = app.test_client()
    sign_in(session, participant, person(session, world, "Hoàng Thị An"))
    secrets = ("Chi", "Bình", "V. V.", "03:20,000", "45/QĐ-BTCCT")
    pages = [board(world), board(world, "board/units"), f"/contests/{world.contest.slug}", "/"]
    found = [client.get(each).text for each in pages]
    found += [participant.get(each).text for each in (*pages, board(world, "my-place"))]
    assert [(text, secret) for text in found for secret in secrets if secret in text] == []
    assert all("Chưa công bố" in text for text in (found[0], found[1], found[-1]))


def test_withdrawn_shows_nothing_any_more(session: Session, client: FlaskClient, app: Flask, world: World) -> None:
    published(session, world)
    etag = client.get(board(world)).headers["ETag"]
    organizer = app.test_client()
    sign_in(session, organizer, world.organizer)
    assert post(organizer, desk(world, "publication/withdrawal"), {"reason": ""}).status_code == 422
    assert "H. T. An" in client.get(board(world)).text
    assert post(organizer, desk(world, "publication/withdrawal"), {"reason": "Sai đáp án."}).status_code == 303
    reply = client.get(board(world), headers={"If-None-Match": etag})
    assert reply.status_code == 200
    assert "Chưa công bố" in reply.text
    assert "An" not in re.sub(r"<[^>]*>", "", reply.text).split()
    assert board(world) not in client.get(f"/contests/{world.contest.slug}").text


def test_published_round_is_linked_from_its_contest(session: Session, client: FlaskClient, world: World) -> None:
    assert board(world) not in client.get(f"/contests/{world.contest.slug}").text
    published(session, world)
    assert board(world) in client.get(f"/contests/{world.contest.slug}").text


def test_drafts_and_other_contests_have_no_board(session: Session, client: FlaskClient, world: World) -> None:
    other = make_world(session)
    session.commit()
    assert client.get(f"/contests/{other.contest.slug}/rounds/{world.round.public_id}/board").status_code == 404
    world.round.released_at = None
    session.commit()
    assert client.get(board(world)).status_code in {200, 404}
    assert "H. T. An" not in client.get(board(world)).text


@pytest.mark.parametrize(
    ("words", "found"),
    [("chi", True), ("L. Chi", True), ("Lộc", False), ("loc", False), ("that khe", False), ("lo", False)],
)
def test_search_matches_only_what_is_shown(
    session: Session, client: FlaskClient, world: World, words: str, found: bool
) -> None:
    published(session, world)
    html = client.get(board(world), query_string={"q": words}).text
    assert ("L. Chi" in html) is found
    assert "H. T. An" not in html


def test_reader_finds_the_own_row_and_the_way_to_the_reason(
    session: Session, client: FlaskClient, world: World
) -> None:
    published(session, world)
    assert "is-mine" not in client.get(board(world)).text
    sign_in(session, client, person(session, world, "Vi Văn Bình"))
    html = client.get(board(world)).text
    assert html.count("is-mine") == 1
    assert board(world, "my-place") in html


@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        ("Hoàng Thị An", ("Hạng 1 trong 3 người", "Không có ai xếp trên bạn.", "03:20,000", "05:00,000")),
        ("Vi Văn Bình", ("Hạng 2 trong 3 người", "Thời gian làm", "03:20,000", "05:00,000", "H. T. An", "L. Chi")),
        ("Lộc Chi", ("Hạng 3 trong 3 người", "Số câu đúng", "20/20", "19/20")),
    ],
)
def test_my_place_names_the_deciding_key_and_both_values(
    session: Session, client: FlaskClient, world: World, name: str, sentences: tuple[str, ...]
) -> None:
    published(session, world)
    sign_in(session, client, person(session, world, name))
    html = client.get(board(world, "my-place")).text
    assert [sentence for sentence in sentences if sentence not in html] == []


def test_tie_is_said(session: Session, client: FlaskClient, world: World) -> None:
    for name in ("Dung", "Em"):
        attempt(session, world, name, right=3)
    published(session, world)
    sign_in(session, client, person(session, world, "Em"))
    html = client.get(board(world, "my-place")).text
    assert "Hạng 4 trong 5 người" in html
    assert "Đồng hạng" in html
    assert "Bạn và 1 người khác" in html


def test_somebody_outside_the_list_is_told_so(session: Session, client: FlaskClient, world: World) -> None:
    published(session, world)
    sign_in(session, client, world.secretary)
    assert "Bạn không có thứ hạng" in client.get(board(world, "my-place")).text
    assert client.application.test_client().get(board(world, "my-place")).status_code == 303


def test_units_show_rate_as_fraction_and_percent(session: Session, client: FlaskClient, world: World) -> None:
    add(
        session,
        Headcount(unit_id=world.unit.id, valid_from=(OPENS - timedelta(days=9)).date(), people=8, source="Báo cáo"),
    )
    published(session, world)
    html = client.get(board(world, "board/units")).text
    assert "3/8" in html
    assert "37,5 %" in html
    assert 'max="8"' in html


def test_anonymous_readers_keep_the_page_and_others_do_not(
    session: Session, client: FlaskClient, app: Flask, world: World
) -> None:
    published(session, world)
    first = client.get(board(world))
    assert (first.headers["Cache-Control"], first.headers["Vary"]) == ("public, max-age=30", "Cookie")
    assert "Set-Cookie" not in first.headers
    assert "csrf" not in first.text
    again = client.get(board(world), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(board(world, "board/units")).headers["Cache-Control"] == "public, max-age=30"
    other = client.get(board(world) + "?q=an", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200
    told = app.test_client()
    with told.session_transaction() as cookie:
        cookie["_flashes"] = [("ok", "Bạn đã đăng xuất.")]
    reply = told.get(board(world), headers={"If-None-Match": first.headers["ETag"]})
    assert (reply.status_code, reply.headers["Cache-Control"]) == (200, "no-store")
    assert "Bạn đã đăng xuất." in reply.text
    sign_in(session, client, world.secretary)
    mine = client.get(board(world), headers={"If-None-Match": first.headers["ETag"]})
    assert (mine.status_code, mine.headers["Cache-Control"]) == (200, "no-store")


def statements(app: Flask, act: Callable[[], Any]) -> int:
    """Those of the session, and those that are asked directly."""
    with app.app_context():
        engine = db.engine
    found: list[object] = []
    ask = DirectRead.raw

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    def note_direct(read: DirectRead, engine: Engine, **values: object) -> list[tuple[Any, ...]]:
        found.append(read)
        return ask(read, engine, **values)

    event.listen(engine, "before_cursor_execute", note)
    try:
        with patch.object(DirectRead, "raw", note_direct):
            assert act().status_code in {200, 304}
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(found)


def test_a_page_that_was_given_before_takes_the_one_statement_that_says_whether_it_holds(
    session: Session, client: FlaskClient, app: Flask, backend: str, world: World
) -> None:
    """Who brings a cookie is answered by the application. An embedded database then asks whether it holds samples."""
    published(session, world)
    held = {"If-None-Match": client.get(board(world)).headers["ETag"]}
    assert statements(app, lambda: client.get(board(world), headers=held)) == 1
    assert statements(app, lambda: client.get(board(world))) == 1
    client.set_cookie("seen", "1")
    assert statements(app, lambda: client.get(board(world), headers=held)) == 1
    assert statements(app, lambda: client.get(board(world))) == 1 + 2 * (backend == "sqlite")


def test_a_kept_page_of_a_round_goes_when_the_round_does(session: Session, client: FlaskClient, world: World) -> None:
    published(session, world)
    assert client.get(board(world)).status_code == client.get(board(world)).status_code == 200
    world.round.name = "Tuần 1 (đổi tên)"
    session.commit()
    assert "Tuần 1 (đổi tên)" in client.get(board(world)).text
    world.round.cancelled_at = NOW
    session.commit()
    assert "Đã công bố" not in client.get(board(world)).text
    assert client.get(board(world)).headers.get("Cache-Control") != "public, max-age=30"


def test_a_kept_page_shows_the_version_that_is_published_now(
    session: Session, client: FlaskClient, app: Flask, world: World
) -> None:
    published(session, world)
    kept = client.get(board(world))
    assert "45/QĐ-BTCCT" in kept.text
    attempt(session, world, "Bế Thị Yến", prediction=2, seconds=100)
    publish(session, world, decision_number="46/QĐ-BTCCT", note="Bổ sung người dự thi.")
    session.commit()
    renewed = client.get(board(world), headers={"If-None-Match": kept.headers["ETag"]})
    assert "45/QĐ-BTCCT" not in renewed.text
    assert all(words in renewed.text for words in ("46/QĐ-BTCCT", "Bổ sung người dự thi.", "Yến"))
    organizer = app.test_client()
    sign_in(session, organizer, world.organizer)
    assert post(organizer, desk(world, "publication/withdrawal"), {"reason": "Sai đáp án."}).status_code == 303
    for held in ("", kept.headers["ETag"], renewed.headers["ETag"]):
        withdrawn = client.get(board(world), headers={"If-None-Match": held})
        assert (withdrawn.status_code, "Yến" in withdrawn.text) == (200, False)
        assert "Chưa công bố" in withdrawn.text


def test_kept_pages_hold_nothing_of_their_first_reader(
    session: Session, client: FlaskClient, app: Flask, world: World
) -> None:
    published(session, world)
    reader, other = app.test_client(), app.test_client()
    sign_in(session, reader, person(session, world, "Vi Văn Bình"))
    sign_in(session, other, person(session, world, "Lộc Chi"))
    pages = [each.get(board(world)).text for each in (reader, other, client)]
    assert ["Vi Văn Bình" in page for page in pages] == [True, False, False]
    assert ["Lộc Chi" in page for page in pages] == [False, True, False]
    assert [page.count("is-mine") for page in pages] == [1, 1, 0]
    tokens = [re.findall(r'csrf-token" content="([^"]+)"', page) for page in pages]
    assert [len(each) for each in tokens] == [1, 1, 0]
    assert tokens[0] != tokens[1]


@pytest.mark.parametrize("page", ["board", "board/units", "my-place"])
def test_number_of_statements_does_not_grow_with_the_rows(
    session: Session, client: FlaskClient, app: Flask, page: str
) -> None:
    few, many = make_world(session), make_world(session)
    for world, names in ((few, ["Lý An"]), (many, ["Lý An", "Lý Bình", "Lý Chi"])):
        for number, name in enumerate(names):
            attempt(session, world, name, seconds=100 + number)
        published(session, world)
        sign_in(session, client, person(session, world, "Lý An"))
        world.contest.summary = str(statements(app, lambda world=world: client.get(board(world, page))))
    assert few.contest.summary == many.contest.summary


def test_workbook_has_the_rows_as_an_office_wants_them(session: Session, client: FlaskClient, world: World) -> None:
    winner = person(session, world, "Hoàng Thị An")
    add(session, Login(person_id=winner.id, kind=LoginKind.PHONE, value="+84912345678", created_at=NOW))
    session.get_one(PersonDetails, winner.id).full_name = "=HYPERLINK(1) An"
    world.unit.code = "00123"
    publication = published(session, world)
    sign_in(session, client, world.secretary)
    reply = client.get(desk(world, f"publication/{publication.version}.xlsx"))
    assert (reply.status_code, reply.headers["Cache-Control"]) == (200, "private, no-store")
    workbook = CalamineWorkbook.from_filelike(BytesIO(reply.data))
    cells = workbook.get_sheet_by_name(workbook.sheet_names[0]).to_python(skip_empty_area=False)
    assert cells[1][0] == "KẾT QUẢ TUẦN 1"
    assert cells[3][0] == "(Kèm theo Quyết định số 45/QĐ-BTCCT ngày 15/07/2026)"
    heads = [str(cell) for cell in cells[5]]
    assert heads[:4] == ["STT", "Họ và tên đệm", "Tên", "Ngày sinh"]
    assert heads[-4:] == ["Thời điểm nộp bài", "Hạng", "Giải", "Ghi chú"]
    first = dict(zip(heads, cells[6], strict=True))
    assert first["Họ và tên đệm"] == "=HYPERLINK(1)"
    assert first["Tên"] == "An"
    assert str(first["Ngày sinh"]).startswith("1990-05-17")
    assert (first["Điện thoại"], first["Mã đơn vị"]) == ("0912 345 678", "00123")
    assert (first["Hạng"], first["Giải"], first["Số câu đúng"]) == (1.0, "Giải Nhất", 20.0)
    handed_in = next(cell for cell in cells[6] if isinstance(cell, datetime))
    assert handed_in == (OPENS + timedelta(hours=1 + 7, seconds=200)).replace(tzinfo=None)
    assert len(cells) == 6 + 3


def test_only_the_committee_gets_the_workbook(session: Session, client: FlaskClient, world: World) -> None:
    published(session, world)
    assert client.get(desk(world, "publication/1.xlsx")).status_code == 303
    sign_in(session, client, person(session, world, "Lộc Chi"))
    assert client.get(desk(world, "publication/1.xlsx")).status_code == 404
    sign_in(session, client, world.secretary)
    assert client.get(desk(world, "publication/2.xlsx")).status_code == 404
    assert find_published(session, world.round.id) is not None
