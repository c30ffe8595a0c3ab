from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from contest.audit.models import AuditRecord
from contest.contests.models import Contest, Role
from contest.participation.models import Participation
from tests.factories import (
    NOW,
    make_contest,
    make_group,
    make_participation,
    make_person,
    make_seat,
    make_unit,
    sign_in,
)
from tests.web import post


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def desk(session: Session, client: FlaskClient, role: Role = Role.SECRETARY) -> Contest:
    contest, person = make_contest(session), make_person(session, "Nông Thị Thư Ký")
    make_seat(session, contest, person, role)
    sign_in(session, client, person)
    return contest


def take_part(session: Session, contest: Contest, name: str, **values: Any) -> Participation:
    return make_participation(session, contest, make_person(session, name, login=values.pop("login", None)), **values)


def test_participants_are_found_sorted_and_filtered(session: Session, client: FlaskClient) -> None:
    contest = desk(session, client)
    group, unit = make_group(session, contest, position=9), make_unit(session, "Phường Kỳ Lừa")
    take_part(session, contest, "Hoàng Văn Ánh", group_id=group.id)
    take_part(session, contest, "Lý Thị Anh", unit_id=unit.id)
    take_part(session, contest, "Vi Văn Bình", excluded_at=NOW, exclusion_reason="x")
    take_part(session, make_contest(session), "Người Cuộc Khác")
    session.commit()
    address = f"/staff/{contest.slug}/participants"

    def names(query: str = "") -> list[str]:
        page = client.get(f"{address}?{query}").text
        known = ("Lý Thị Anh", "Hoàng Văn Ánh", "Vi Văn Bình", "Người Cuộc Khác")
        found = sorted((page.index(f">{name}<"), name) for name in known if f">{name}<" in page)
        return [name for _place, name in found]

    assert names() == ["Lý Thị Anh", "Hoàng Văn Ánh", "Vi Văn Bình"]
    assert names("sort=-name") == ["Vi Văn Bình", "Hoàng Văn Ánh", "Lý Thị Anh"]
    assert names("q=anh") == ["Lý Thị Anh", "Hoàng Văn Ánh"]
    assert names(f"group={group.id}") == ["Hoàng Văn Ánh"]
    assert names(f"unit={unit.id}") == ["Lý Thị Anh"]
    assert names("state=excluded") == ["Vi Văn Bình"]
    assert "Không tìm thấy" in client.get(f"{address}?q=zzz").text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(session: Session, client: FlaskClient, rows: int) -> None:
    contest = desk(session, client)
    for _row in range(rows):
        take_part(session, contest, "Lý Thị Anh")
    session.commit()
    client.get(f"/staff/{contest.slug}/participants")
    with counted(session.get_bind().engine) as statements:
        assert client.get(f"/staff/{contest.slug}/participants").text.count(">Lý Thị Anh<") == rows
    assert len([text for text in statements if "participation" in text]) == 2
    assert len(statements) <= 10


def test_a_decision_is_asked_for_taken_recorded_and_shown(session: Session, client: FlaskClient) -> None:
    contest = desk(session, client)
    row = take_part(session, contest, "Lý Thị Anh")
    session.commit()
    address = f"/staff/{contest.slug}/participants/{row.id}"
    assert "Loại thí sinh Lý Thị Anh?" in client.get(f"{address}/exclusion").text
    assert "Hãy ghi lý do." in post(client, f"{address}/exclusion", {"reason": ""}).text
    assert post(client, f"{address}/exclusion", {"reason": "Thi hộ"}).status_code == 303
    assert "Thi hộ" in client.get(address).text
    assert post(client, f"{address}/restoration", {"reason": "Nhầm người"}).status_code == 303
    assert post(client, f"{address}/extra-time", {"minutes": "200", "reason": "x"}).status_code == 422
    assert post(client, f"{address}/extra-time", {"minutes": "10", "reason": "Khuyết tật"}).status_code == 303
    assert "10 phút" in client.get(address).text
    assert session.scalars(select(AuditRecord.act).order_by(AuditRecord.id)).all() == [
        "participation.excluded",
        "participation.restored",
        "participation.extra_time",
    ]


def test_a_code_for_a_citizen_is_shown_once_and_kept_by_no_cache(session: Session, client: FlaskClient) -> None:
    contest = desk(session, client)
    row = take_part(session, contest, "Lý Thị Anh", login="+84912345678")
    session.commit()
    address = f"/staff/{contest.slug}/participants/{row.id}/reset"
    assert post(client, address, {"check_note": ""}).status_code == 422
    slip = post(client, address, {"check_note": "Xuất trình căn cước"})
    assert slip.status_code == 200
    assert "0912 345 678" in slip.text
    assert slip.headers["Cache-Control"] == "no-store"
    assert session.scalar(select(func.count(AuditRecord.id))) == 1


def test_the_organizer_gives_no_codes(session: Session, client: FlaskClient) -> None:
    contest = desk(session, client, Role.ORGANIZER)
    row = take_part(session, contest, "Lý Thị Anh")
    session.commit()
    assert client.get(f"/staff/{contest.slug}/participants/{row.id}/reset").status_code == 403
    assert "/reset" not in client.get(f"/staff/{contest.slug}/participants/{row.id}").text


def test_participants_of_another_contest_are_not_there(session: Session, client: FlaskClient) -> None:
    contest = desk(session, client)
    row = take_part(session, make_contest(session), "Người Cuộc Khác")
    session.commit()
    address = f"/staff/{contest.slug}/participants/{row.id}"
    for part in ("", "/exclusion", "/restoration", "/extra-time", "/reset"):
        assert client.get(address + part).status_code == 404
    assert post(client, f"{address}/exclusion", {"reason": "x"}).status_code == 404
