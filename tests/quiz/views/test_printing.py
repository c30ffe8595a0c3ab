import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from contest.contests.models import Role
from contest.questions.models import LookAct, QuestionLook
from contest.quiz.models import PaperPrint
from contest.quiz.services.printing import AREA
from contest.storage import new_key
from contest.work.models import WorkItem, WorkState
from tests.factories import NOW, make_person, make_round, make_seat, sign_in
from tests.quiz.world import make_world
from tests.web import post

FORM = {"codes": "2", "first_code": "101", "is_same": "y"}


@pytest.fixture
def world(app, session):
    return make_world(session, app)


@pytest.fixture
def organizer(session, client, world):
    person = make_person(session, "Nông Thị Trưởng")
    make_seat(session, world.contest, person, Role.ORGANIZER)
    session.commit()
    sign_in(session, client, person)
    return person


@pytest.fixture
def url(world):
    return f"/staff/{world.contest.slug}/paper-prints"


@pytest.fixture
def order(client, session, url, world, organizer):
    def ordered(**changes) -> PaperPrint:
        reply = post(client, url, data={"round_id": world.round.id, **FORM, **changes})
        assert reply.status_code == 303
        return session.scalars(select(PaperPrint).order_by(PaperPrint.id.desc())).first()

    return ordered


@pytest.fixture
def finish(app, session, tmp_path):
    """As if a worker had made the files."""

    def finished(row: PaperPrint, shown: list[int]) -> None:
        file = tmp_path / "x.pdf"
        for name in ("papers", "keys"):
            file.write_bytes(f"%PDF {name}".encode())
            key = new_key(AREA)
            app.extensions["storage"].put(key, file)
            setattr(row, f"{name}_key", key)
        row.ready_at, row.shown = NOW, shown
        session.get_one(WorkItem, row.work_id).state = WorkState.DONE
        session.commit()

    return finished


def test_an_order_is_kept_and_shown(client, url, order):
    row = order(is_explained="y")
    assert (row.first_code, row.codes, row.is_same, row.is_explained) == (101, 2, True, True)
    shown = client.get(url).text
    assert "101–102" in shown
    assert "đang tạo" in shown


def test_an_unticked_box_has_each_paper_drawn_by_itself(order):
    assert order(is_same="").is_same is False


@pytest.mark.parametrize(
    ("field", "value", "is_good"),
    [
        ("codes", "0", False),
        ("codes", "1", True),
        ("codes", "24", True),
        ("codes", "25", False),
        ("codes", "", False),
        ("codes", "nhiều", False),
        ("first_code", "0", False),
        ("first_code", "1", True),
        ("first_code", "9000", True),
        ("first_code", "9001", False),
        ("round_id", "999", False),
    ],
)
def test_what_was_typed_is_checked(client, session, url, world, organizer, field, value, is_good):
    reply = post(client, url, data={"round_id": world.round.id, **FORM, field: value})
    assert reply.status_code == (303 if is_good else 422)
    assert (session.scalar(select(PaperPrint.id)) is not None) is is_good


def test_files_are_given_and_who_took_them_is_kept(client, session, url, order, finish, organizer):
    row = order()
    shown = [ref for ref, *_rest in row.items[:3]]
    finish(row, shown)
    with client.get(f"{url}/{row.id}/papers.pdf") as papers:
        assert (papers.status_code, papers.data, papers.mimetype) == (200, b"%PDF papers", "application/pdf")
        assert papers.headers["Content-Disposition"].startswith("attachment")
        assert "no-store" in papers.headers["Cache-Control"]
    with client.get(f"{url}/{row.id}/answers.pdf") as answers:
        assert answers.data == b"%PDF keys"
    looks = session.scalars(select(QuestionLook)).all()
    assert {look.revision_id for look in looks} == set(shown)
    assert {(look.person_id, look.act) for look in looks} == {(organizer.id, LookAct.PRINTED)}


@pytest.mark.parametrize("name", ["papers.pdf", "answers.pdf"])
def test_files_that_are_not_there_are_not_found(client, url, order, name):
    row = order()
    assert client.get(f"{url}/{row.id}/{name}").status_code == 404
    assert client.get(f"{url}/{row.id + 1}/{name}").status_code == 404


def test_deleted_files_are_made_again(client, session, url, order, finish):
    row = order()
    finish(row, [])
    assert "In lại" not in client.get(url).text
    row.papers_key = row.keys_key = None
    session.commit()
    assert "In lại" in client.get(url).text
    assert post(client, f"{url}/{row.id}/again", follow_redirects=True).status_code == 200
    assert "đang tạo" in client.get(url).text


def test_who_orders_what_is_there_is_told(client, url, order, finish):
    row = order()
    finish(row, [])
    assert "đang có sẵn" in post(client, f"{url}/{row.id}/again", follow_redirects=True).text


def test_a_print_that_failed_says_so(client, session, url, order):
    session.get_one(WorkItem, order().work_id).state = WorkState.FAILED
    session.commit()
    shown = client.get(url).text
    assert "Không tạo được đề" in shown
    assert "In lại" in shown


def test_a_round_that_is_open_online_gets_a_warning(client, session, url, world, organizer):
    assert "đang mở trực tuyến" in client.get(url).text
    world.round.closes_at = NOW - timedelta(hours=1)
    session.commit()
    assert "đang mở trực tuyến" not in client.get(url).text


def test_the_round_that_comes_is_offered_first(client, session, url, world, organizer) -> None:
    make_round(session, world.contest, "Tuần 1", position=0, closes_at=NOW - timedelta(days=1))
    session.commit()
    assert re.search(f'<option [^>]*selected value="{world.round.id}">', client.get(url).text)


def test_prints_are_found_by_who_made_them(client, url, order):
    order()
    assert "101–102" in client.get(f"{url}?q=truong").text
    assert "101–102" not in client.get(f"{url}?q=nguyen").text


def test_the_page_says_what_to_do_where_there_is_nothing(client, url, organizer):
    assert re.search("Chưa có đề giấy", client.get(url).text)
