import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.domain import ConsentPurpose
from contest.accounts.models import Person
from contest.accounts.services import give_consent
from contest.contests.models import Contest, ContestState, Role
from contest.participation.models import Participation
from contest.units.models import UnitKind
from contest.units.services import load_communes
from tests.factories import NOW, make_contest, make_group, make_person, make_seat, make_unit, sign_in
from tests.web import post


def visit(session: Session, client: FlaskClient) -> tuple[Contest, Person]:
    contest, person = make_contest(session), make_person(session)
    give_consent(session, NOW, person.id, ConsentPurpose.TAKE_PART, proof="test")
    sign_in(session, client, person)
    return contest, person


def test_a_citizen_joins_changes_and_is_fixed(session: Session, client: FlaskClient) -> None:
    contest, person = visit(session, client)
    load_communes(session)
    group, unit = make_group(session, contest), make_unit(session, "Sở Nội vụ", kind=UnitKind.AGENCY)
    other = make_group(session, contest, "Cán bộ, công chức", position=2)
    session.commit()
    page = client.get(f"/contests/{contest.slug}/join").text
    assert page.count("<optgroup") == 2
    assert "Xã Thất Khê" in page
    joined = post(client, f"/contests/{contest.slug}/join", {"group": group.id, "unit": unit.id})
    assert joined.headers["Location"] == f"/contests/{contest.slug}/participation"
    assert "Sở Nội vụ" in client.get(joined.headers["Location"]).text
    changed = post(client, f"/contests/{contest.slug}/participation/choice", {"group": other.id, "unit": unit.id})
    assert changed.status_code == 303
    row = session.scalars(select(Participation).where(Participation.person_id == person.id)).one()
    assert row.group_id == other.id
    row.frozen_at = NOW
    session.commit()
    assert "được cố định" in client.get(f"/contests/{contest.slug}/participation").text
    assert client.get(f"/contests/{contest.slug}/participation/choice").status_code == 303


@pytest.mark.parametrize(
    ("asked", "onward"),
    [
        ("/rounds/abc", "/rounds/abc"),
        ("https://elsewhere.example", None),
        ("//elsewhere.example", None),
        ("/\\elsewhere.example", None),
        ("", None),
    ],
)
def test_people_go_on_to_where_they_came_from_on_this_site_only(
    session: Session, client: FlaskClient, asked: str, onward: str | None
) -> None:
    contest, _person = visit(session, client)
    choice = {"group": make_group(session, contest).id, "unit": make_unit(session).id}
    session.commit()
    reply = post(client, f"/contests/{contest.slug}/join?next={asked}", choice)
    assert reply.headers["Location"] == (onward or f"/contests/{contest.slug}/participation")
    again = client.get(f"/contests/{contest.slug}/join", query_string={"next": asked})
    assert again.headers["Location"] == (onward or f"/contests/{contest.slug}/participation")


def test_only_groups_of_the_age_are_offered_and_the_others_explained(session: Session, client: FlaskClient) -> None:
    contest, _person = visit(session, client)
    make_group(session, contest, "Học sinh THCS", age_from=11, age_to=15)
    make_group(session, contest, "Công dân", position=2, age_from=18)
    session.commit()
    page = client.get(f"/contests/{contest.slug}/join").text
    assert page.count('type="radio"') == 1
    assert "Học sinh THCS (từ 11 đến 15 tuổi)" in page
    assert "01/06/2026" in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"unit": "1"}, "Hãy chọn một bảng dự thi."),
        ({"group": "x", "unit": "1"}, "Hãy chọn một bảng dự thi."),
        ({"group": "{group}", "unit": ""}, "Hãy chọn đơn vị của bạn trong danh sách."),
        ({"group": "{group}", "unit": "999999"}, "Hãy chọn đơn vị của bạn trong danh sách."),
    ],
)
def test_a_missing_choice_gets_a_sentence(
    session: Session, client: FlaskClient, data: dict[str, str], sentence: str
) -> None:
    contest, _person = visit(session, client)
    groups = [make_group(session, contest), make_group(session, contest, "Cán bộ", position=2)]
    session.commit()
    sent = {name: value.format(group=groups[0].id) for name, value in data.items()}
    reply = post(client, f"/contests/{contest.slug}/join", sent)
    assert reply.status_code == 422
    assert sentence in reply.text


def test_the_committee_reads_why_it_cannot_enter(session: Session, client: FlaskClient) -> None:
    contest, person = visit(session, client)
    make_seat(session, contest, person, Role.JUDGE)
    choice = {"group": make_group(session, contest).id, "unit": make_unit(session).id}
    session.commit()
    page = client.get(f"/contests/{contest.slug}/join")
    assert "không được dự thi" in page.text
    assert "<select" not in page.text
    assert post(client, f"/contests/{contest.slug}/join", choice).status_code == 422


def test_a_draft_is_nobodys_business(session: Session, client: FlaskClient) -> None:
    contest, _person = visit(session, client)
    session.get_one(Contest, contest.id).state = ContestState.DRAFT
    session.commit()
    assert client.get(f"/contests/{contest.slug}/join").status_code == 404
    assert client.get(f"/contests/{contest.slug}/participation").status_code == 404
