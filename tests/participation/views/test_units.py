import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.audit.models import AuditRecord
from contest.contests.models import Contest, Role
from contest.units.models import Headcount, Unit
from contest.units.services import load_communes
from tests.factories import make_contest, make_person, make_seat, sign_in
from tests.web import post


@pytest.fixture
def contest(session: Session, client: FlaskClient) -> Contest:
    contest, person = make_contest(session), make_person(session)
    make_seat(session, contest, person, Role.SECRETARY)
    load_communes(session)
    sign_in(session, client, person)
    return contest


def test_an_agency_is_added_and_counted(session: Session, client: FlaskClient, contest: Contest) -> None:
    added = post(
        client,
        f"/staff/{contest.slug}/units/new",
        {"kind": "agency", "code": " h37.01 ", "name": "Sở Khoa học và Công nghệ"},
    )
    unit = session.scalars(select(Unit).where(Unit.code == "H37.01")).one()
    address = f"/staff/{contest.slug}/units/{unit.id}/headcount"
    assert added.headers["Location"] == address
    sent = {"people": "85", "valid_from": "2026-07-01", "source": "Quyết định giao biên chế"}
    assert post(client, address, sent).status_code == 303
    assert "Quyết định giao biên chế" in client.get(address).text
    assert ">85<" in client.get(f"/staff/{contest.slug}/units?q=khoa+hoc").text
    session.rollback()
    assert session.scalars(select(AuditRecord.act).order_by(AuditRecord.id)).all() == ["unit.added", "headcount.set"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"kind": "agency", "code": "so-1", "name": "Sở Nội vụ"}, "Mã phải có dạng H37"),
        ({"kind": "school", "code": "Số 1", "name": "Trường số 1"}, "Mã chỉ gồm chữ in hoa"),
        ({"kind": "agency", "code": "H37.1", "name": ""}, "Hãy nhập tên."),
        ({"code": "H37.1", "name": "Sở Nội vụ"}, "Hãy chọn một mục."),
    ],
)
def test_what_is_wrong_is_said_and_typed_values_stay(
    client: FlaskClient, contest: Contest, data: dict[str, str], sentence: str
) -> None:
    reply = post(client, f"/staff/{contest.slug}/units/new", data)
    assert reply.status_code == 422
    assert sentence in reply.text
    assert f'value="{data["code"]}"' in reply.text


@pytest.mark.parametrize(("people", "sentence"), [("0", "từ 1 đến"), ("x", "Hãy nhập một số nguyên"), ("", "Hãy nhập")])
def test_a_headcount_is_a_whole_number(
    session: Session, client: FlaskClient, contest: Contest, people: str, sentence: str
) -> None:
    unit = session.scalars(select(Unit).where(Unit.code == "06040")).one()
    session.rollback()
    reply = post(
        client,
        f"/staff/{contest.slug}/units/{unit.id}/headcount",
        {"people": people, "valid_from": "2026-07-01", "source": "x"},
    )
    assert reply.status_code == 422
    assert sentence in reply.text
    assert session.scalars(select(Headcount)).all() == []


def test_units_are_paged_and_filtered(client: FlaskClient, contest: Contest) -> None:
    assert "Phường Đông Kinh" in client.get(f"/staff/{contest.slug}/units?kind=commune").text
    assert "Trang 3/3" in client.get(f"/staff/{contest.slug}/units?kind=commune&page=9").text
    assert "Không tìm thấy" in client.get(f"/staff/{contest.slug}/units?kind=school").text
