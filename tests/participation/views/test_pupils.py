import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from contest.accounts.models import Person
from contest.audit.models import AuditRecord
from contest.contests.models import Contest, Group, Role
from contest.participation.models import Enrolment
from contest.units.models import Unit, UnitKind
from tests.factories import make_contest, make_group, make_person, make_seat, make_unit, sign_in
from tests.participation.workbooks import PROGRAM, ROW, workbook, zip_bomb
from tests.web import post

SCHOOL = "Trường Phổ thông dân tộc nội trú Trung học cơ sở và Trung học phổ thông huyện cũ Bình Gia"


@pytest.fixture
def desk(session: Session, client: FlaskClient) -> tuple[Contest, Group, Unit]:
    contest, person = make_contest(session), make_person(session, "Đàm Thị Đầu Mối")
    school = make_unit(session, SCHOOL, kind=UnitKind.SCHOOL)
    make_seat(session, contest, person, Role.COORDINATOR, unit_id=school.id)
    group = make_group(session, contest, "Trung học cơ sở", age_from=11, age_to=15)
    sign_in(session, client, person)
    return contest, group, school


def send(
    client: FlaskClient, desk: tuple[Contest, Group, Unit], content: bytes, name: str = "7a.xlsx", **values: Any
) -> TestResponse:
    contest, group, school = desk
    data = {"unit": school.id, "group": group.id, "has_forms": "y", "file": (io.BytesIO(content), name), **values}
    data = {key: value for key, value in data.items() if value is not None}
    return post(client, f"/staff/{contest.slug}/pupils/enrolment", data)


def test_a_class_is_enrolled_and_its_slips_work_once(
    session: Session, client: FlaskClient, desk: tuple[Contest, Group, Unit]
) -> None:
    reply = send(client, desk, workbook(ROW, ("Vi Văn", "Páo", "01/02/2014", "7A")))
    assert reply.status_code == 200
    assert reply.headers["Cache-Control"] == "no-store"
    assert SCHOOL in reply.text
    assert reply.text.count('class="slip"') == 2
    login, password = re.findall(r'<strong class="code">([^<]+)</strong>', reply.text)[:2]
    pupil = client.application.test_client()
    signed_in = post(pupil, "/sign-in", {"login": login, "password": password})
    assert signed_in.status_code == 303
    assert session.scalars(select(AuditRecord.act)).all() == ["pupils.enrolled"]
    page = client.get(f"/staff/{desk[0].slug}/pupils").text
    assert "Hoàng Thị Bích Ngọc" in page
    assert password not in page


def test_faults_are_listed_by_cell_and_nobody_is_enrolled(
    session: Session, client: FlaskClient, desk: tuple[Contest, Group, Unit]
) -> None:
    before = session.scalar(select(func.count(Person.id)))
    session.rollback()
    reply = send(client, desk, workbook(ROW, ("Vi Văn", "Páo", "", "7A"), ("Vi Văn", "Sủ", "01/02/2004", "7A")))
    assert reply.status_code == 422
    found = re.findall(r'<th scope="row">(\w+)</th><td>([^<]+)</td>', reply.text)
    assert [cell for cell, _text in found] == ["C3", "C4"]
    assert "không đúng độ tuổi" in found[1][1]
    assert session.scalar(select(func.count(Person.id))) == before
    assert session.scalar(select(func.count(AuditRecord.id))) == 0


@pytest.mark.parametrize(
    ("content", "values", "sentence"),
    [
        (PROGRAM, {}, "không phải là bảng tính Excel"),
        (zip_bomb(), {}, "Tệp nén bất thường"),
        (workbook(ROW, head=("Tên", "Họ", "Ngày sinh", "Lớp")), {}, "Họ và tên đệm"),
        (workbook(("=1+1", "Ngọc", "05/09/2013", "7A")), {}, "Ô chứa công thức"),
        (workbook(ROW), {"has_forms": None}, "Chưa có các phiếu này"),
        (workbook(ROW), {"group": None}, "Hãy chọn một bảng"),
        (workbook(ROW), {"group": "0"}, "Hãy chọn một bảng"),
        (workbook(ROW), {"file": None}, "Hãy chọn tệp"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_with_a_list_is_said_and_nothing_kept(
    session: Session,
    client: FlaskClient,
    desk: tuple[Contest, Group, Unit],
    content: bytes,
    values: dict[str, Any],
    sentence: str,
) -> None:
    reply = send(client, desk, content, **values)
    assert reply.status_code == 422
    assert sentence in reply.text
    assert session.scalar(select(func.count(Enrolment.person_id))) == 0


def test_a_file_beyond_the_limit_is_turned_away(client: FlaskClient, desk: tuple[Contest, Group, Unit]) -> None:
    large, too_large = send(client, desk, b"x" * 5_100_000), send(client, desk, b"x" * 6_100_000)
    assert "lớn hơn 5 MB" in large.text
    assert too_large.status_code == 413
    for reply in (large, too_large):
        reply.request.environ["wsgi.input"].close()  # the test client spools large bodies to a file


def test_another_unit_is_refused(session: Session, client: FlaskClient, desk: tuple[Contest, Group, Unit]) -> None:
    other = make_unit(session, "Trường khác", kind=UnitKind.SCHOOL)
    session.commit()
    assert send(client, desk, workbook(ROW), unit=other.id).status_code == 403


def test_chosen_pupils_get_codes(session: Session, client: FlaskClient, desk: tuple[Contest, Group, Unit]) -> None:
    send(client, desk, workbook(ROW))
    person_id = session.scalars(select(Enrolment.person_id)).one()
    session.rollback()
    address = f"/staff/{desk[0].slug}/pupils/reset"
    asked = client.get(address, query_string={"person": person_id}).text
    assert "Cấp mã dùng một lần cho 1 học sinh?" in asked
    assert f'name="person" value="{person_id}"' in asked
    slips = post(client, address, {"person": person_id})
    assert slips.status_code == 200
    assert slips.headers["Cache-Control"] == "no-store"
    assert re.search(r">[A-Z0-9]{4}-[A-Z0-9]{4}<", slips.text)
    assert post(client, address, {"person": [person_id, 0]}).status_code == 404
    assert "Chưa chọn em nào" in client.get(address).text


def test_the_template_is_a_workbook(client: FlaskClient, desk: tuple[Contest, Group, Unit]) -> None:
    reply = client.get(f"/staff/{desk[0].slug}/pupils/template")
    assert reply.data.startswith(b"PK")
    assert "danh-sach-lop.xlsx" in reply.headers["Content-Disposition"]
    assert reply.headers["Cache-Control"] == "private, no-store"


def test_an_empty_list_says_what_to_do(client: FlaskClient, desk: tuple[Contest, Group, Unit]) -> None:
    assert "Chưa có học sinh" in client.get(f"/staff/{desk[0].slug}/pupils").text
