"""Published entry rounds: what everybody reads, what each participant is told, and what the committee exports."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.models import Person
from contest.approvals.models import Proposal
from contest.errors import DomainError
from contest.judging.models import ScoreSheet
from contest.publication.models import Publication, PublicationRow
from tests.factories import sign_in
from tests.judging.world import World
from tests.publication.published import approve, prepare, publish
from tests.publication.test_views import statements
from tests.standings.entries import DOZEN, agree, make_world, score, score_all
from tests.web import post

FOUR = {name: DOZEN[name] for name in ("Hoàng Thị An", "Vi Văn Bình", "Lộc Chi", "Nông Thị Dung")}
JUDGES = ("Hứa Văn Giám Khảo 1", "Hứa Văn Giám Khảo 2", "Giám Khảo")


@pytest.fixture
def world(session: Session, app: Flask) -> World:
    """Four entries: two tied at the top, one by the mean, one agreed by the chair."""
    world = make_world(session)
    score_all(session, world, FOUR)
    return world


def published(session: Session, world: World) -> Publication:
    publication = publish(session, world)
    session.commit()
    return publication


def board(world: World, page: str = "board") -> str:
    return f"/contests/{world.contest.slug}/rounds/{world.round.public_id}/{page}"


def desk(world: World, page: str) -> str:
    return f"/staff/{world.contest.slug}/rounds/{world.round.id}/{page}"


def person(session: Session, world: World, name: str) -> Person:
    return session.get_one(Person, world.people[name].person_id)


PROPOSAL = {"decision_number": "45/QĐ-BTCCT", "decision_date": "2026-07-15", "checked": "Đã đối chiếu.", "note": ""}


def test_from_the_proposal_to_the_board(session: Session, client: FlaskClient, app: Flask, world: World) -> None:
    sign_in(session, client, world.secretary)
    assert "Hoàng Thị An" in client.get(desk(world, "standings")).text
    assert post(client, desk(world, "publication"), PROPOSAL).status_code == 303
    proposal = session.scalars(select(Proposal)).one()
    organizer = app.test_client()
    sign_in(session, organizer, world.organizer)
    address = f"/staff/{world.contest.slug}/approvals/{proposal.id}"
    text = organizer.get(address).text
    assert "Số bài dự thi đã chấm" in text
    assert "Số lượt thi" not in text
    assert post(organizer, address, {"decision": "approve", "note": ""}).status_code == 303
    html = app.test_client().get(board(world)).text
    assert [text for text in ("H. T. An", "95,3", "94,9", "93,0", "4 bài dự thi đã chấm") if text not in html] == []


def test_one_entry_that_waits_holds_the_list_back(session: Session, client: FlaskClient, world: World) -> None:
    """Exactly ten points apart: the chair has not agreed the score yet."""
    case = score(session, world, "Bế Văn Em", 80, 70)
    sign_in(session, client, world.secretary)
    html = client.get(desk(world, "standings")).text
    assert "1 bài chờ Trưởng Ban Giám khảo thống nhất điểm" in html
    assert "Hoàng Thị An" not in html
    assert "Chưa thể công bố" in client.get(desk(world, "publication")).text
    assert post(client, desk(world, "publication"), PROPOSAL).status_code == 422
    with pytest.raises(DomainError) as caught:
        prepare(session, world)
    assert (caught.value.code, caught.value.values) == ("standings_not_agreed", {"to_agree": 1})
    agree(session, world, case, 75)
    assert published(session, world).participants == 5


def test_sheet_that_is_opened_again_stops_a_proposal(session: Session, world: World) -> None:
    proposal = prepare(session, world)
    sheet = session.scalars(select(ScoreSheet)).first()
    assert sheet is not None
    sheet.locked_at = None
    session.commit()
    with pytest.raises(DomainError) as caught:
        approve(session, world, proposal)
    assert caught.value.code == "content_changed"


def test_list_shows_the_score_and_nothing_of_a_quiz_or_of_the_judges(
    session: Session, client: FlaskClient, world: World
) -> None:
    published(session, world)
    html = client.get(board(world)).text
    assert html.count("95,3") == 2
    unwanted = ("Số câu đúng", "Thời gian làm", "lượt thi", "dự đoán", "95,5", "99,8", *JUDGES)
    assert [text for text in unwanted if text in html] == []


@pytest.mark.parametrize(
    ("name", "sentences", "unwanted"),
    [
        (
            "Hoàng Thị An",
            (
                "Hạng 1 trong 4 người",
                "Đồng hạng",
                "Bạn và 1 người khác",
                "Giám khảo 1",
                "95,5",
                "Giám khảo 2",
                "95,0",
                "95,3",
            ),
            ("thống nhất điểm",),
        ),
        (
            "Lộc Chi",
            ("Hạng 3 trong 4 người", "Điểm chấm", "99,75", "90,0", "94,9", "chênh nhau 9,75 điểm, chưa đến 10 điểm"),
            ("thống nhất điểm",),
        ),
        (
            "Nông Thị Dung",
            ("Hạng 4 trong 4 người", "100,0", "90,0", "95,0", "93,0", "chênh nhau 10,0 điểm", "thống nhất điểm"),
            ("chưa đến",),
        ),
    ],
)
def test_each_is_told_the_place_and_how_the_score_came_about(
    session: Session,
    client: FlaskClient,
    world: World,
    name: str,
    sentences: tuple[str, ...],
    unwanted: tuple[str, ...],
) -> None:
    published(session, world)
    sign_in(session, client, person(session, world, name))
    html = client.get(board(world, "my-place")).text
    assert [sentence for sentence in sentences if sentence not in html] == []
    assert [text for text in (*unwanted, *JUDGES, "Đã trao đổi.") if text in html] == []


def test_the_way_to_ones_place_stands_at_the_entry_once_it_is_published(
    session: Session, client: FlaskClient, world: World
) -> None:
    sign_in(session, client, person(session, world, "Lộc Chi"))
    address = f"/rounds/{world.round.public_id}/entry"
    assert board(world, "my-place") not in client.get(address).text
    published(session, world)
    assert board(world, "my-place") in client.get(address).text


def test_explanation_is_of_the_published_list_whatever_happens_to_the_sheets(
    session: Session, client: FlaskClient, world: World
) -> None:
    published(session, world)
    for sheet in session.scalars(select(ScoreSheet)):
        sheet.total = 1000
    sign_in(session, client, person(session, world, "Lộc Chi"))
    html = client.get(board(world, "my-place")).text
    assert "99,75" in html
    assert "94,9" in html


def test_nobody_is_told_anything_before_it_is_published(session: Session, client: FlaskClient, world: World) -> None:
    sign_in(session, client, person(session, world, "Lộc Chi"))
    html = client.get(board(world, "my-place")).text
    assert "Chưa công bố" in html
    assert [text for text in ("94,9", "99,75") if text in html] == []


def test_snapshot_keeps_the_decimals_of_the_rule(session: Session, world: World) -> None:
    publication = published(session, world)
    values = session.scalars(
        select(PublicationRow.values)
        .where(PublicationRow.publication_id == publication.id)
        .order_by(PublicationRow.position)
    ).all()
    assert [(each["judged_score"], each["judge_1"], each["judge_2"]) for each in values] == [
        (95_300, 95_500, 95_000),
        (95_300, 95_250, 95_250),
        (94_900, 99_750, 90_000),
        (93_000, 100_000, 90_000),
    ]
    assert {each["decimals"] for each in values} == {1}
    assert (publication.target, publication.all_right) == (None, 0)


def test_workbook_of_entries(session: Session, client: FlaskClient, world: World) -> None:
    publication = published(session, world)
    sign_in(session, client, world.secretary)
    reply = client.get(desk(world, f"publication/{publication.version}.xlsx"))
    workbook = CalamineWorkbook.from_filelike(BytesIO(reply.data))
    cells = workbook.get_sheet_by_name(workbook.sheet_names[0]).to_python(skip_empty_area=False)
    heads = [str(cell) for cell in cells[5]]
    assert heads[-6:] == ["Điểm của các giám khảo", "Điểm chấm", "Thời điểm nộp bài", "Hạng", "Giải", "Ghi chú"]
    rows = [dict(zip(heads, row, strict=True)) for row in cells[6:]]
    assert [(row["Tên"], row["Điểm của các giám khảo"], row["Điểm chấm"], row["Ghi chú"]) for row in rows] == [
        ("An", "95,5; 95,0", "95,3", "Đồng hạng"),
        ("Bình", "95,25; 95,25", "95,3", "Đồng hạng"),
        ("Chi", "99,75; 90,0", "94,9", ""),
        ("Dung", "100,0; 90,0", "93,0", "Điểm do hội đồng thống nhất"),
    ]
    assert [name for name in JUDGES for row in rows if name in str(row)] == []


@pytest.mark.parametrize("people", [1, 3])
@pytest.mark.parametrize(("page", "expected"), [("board", 7), ("board/units", 5), ("my-place", 6)])
def test_number_of_statements_is_that_of_the_page_not_of_the_rows(
    session: Session, client: FlaskClient, app: Flask, backend: str, page: str, expected: int, people: int
) -> None:
    """An embedded database takes two more: BEGIN, and whether it holds samples."""
    world = make_world(session)
    score_all(session, world, {name: DOZEN[name] for name in list(DOZEN)[:people]})
    published(session, world)
    sign_in(session, client, person(session, world, "Hoàng Thị An"))
    assert statements(app, lambda: client.get(board(world, page))) == expected + 2 * (backend == "sqlite")
