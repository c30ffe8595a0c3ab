import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.contests import hooks
from contest.contests.models import Contest, ContestState, Role, Round, RoundKind, Seat
from contest.contests.queries import find_pending_rules
from contest.db import db
from contest.mail.models import OutboxMessage
from tests.contests.world import acts, counted, only_tries, organizer_of, record_count
from tests.factories import NOW, make_contest, make_group, make_person, make_round, make_rules, make_seat, sign_in
from tests.web import form_values, post

WINDOW = {"opens_on": "2026-07-20", "opens_time": "00:00", "closes_on": "2026-07-26", "closes_time": "23:59"}


def desk(session: Session, client: FlaskClient, role: Role = Role.ORGANIZER, **values: object) -> Contest:
    contest, person = make_contest(session, **values), make_person(session)
    make_seat(session, contest, person, role)
    sign_in(session, client, person)
    return contest


def test_a_round_is_typed_in_local_time_and_shown_back_in_words(session: Session, client: FlaskClient) -> None:
    contest = desk(session, client)
    reply = post(client, f"/staff/{contest.slug}/rounds/new", {"name": "Tuần 3", "kind": "quiz", **WINDOW})
    assert reply.status_code == 303
    row = session.scalars(select(Round)).one()
    assert row.closes_at - row.opens_at == timedelta(days=7)
    page = client.get(f"/staff/{contest.slug}/rounds").text
    assert "Đóng lúc 24:00 Chủ nhật 26/7/2026" in page
    typed = form_values(client.get(f"/staff/{contest.slug}/rounds/{row.id}").text)
    assert (typed["closes_on"], typed["closes_time"]) == ("2026-07-26", "24:00")
    assert acts(session, contest) == ["round.added"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"closes_on": "2026-07-19"}, "Vòng thi đóng trước khi mở"),
        ({"opens_time": "25:00"}, "Nhập giờ và phút"),
        ({"opens_on": "31/02/2026"}, "Không có ngày này"),
        ({"name": ""}, "Nhập tên vòng thi"),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_nothing_typed_is_lost(
    session: Session, client: FlaskClient, changes: dict[str, str], sentence: str
) -> None:
    contest = desk(session, client)
    typed = {"name": "Tuần 3", "kind": "quiz", **WINDOW, **changes}
    reply = post(client, f"/staff/{contest.slug}/rounds/new", typed)
    assert reply.status_code == 422
    assert sentence in reply.text
    assert form_values(reply.text)["name"] == changes.get("name", "Tuần 3")
    assert record_count(session) == 0


def test_a_round_goes_from_draft_to_release_to_a_later_end_to_cancellation(
    session: Session, client: FlaskClient
) -> None:
    contest = desk(session, client)
    row = make_round(
        session, contest, released_at=None, opens_at=NOW + timedelta(days=1), closes_at=NOW + timedelta(days=2)
    )
    session.commit()
    place = f"/staff/{contest.slug}/rounds/{row.id}"
    with only_tries():
        assert post(client, f"{place}/release").status_code == 303
    typed = form_values(client.get(f"{place}/postponement").text)
    assert post(client, f"{place}/postponement", {**typed, "reason": "Mưa lũ"}).status_code == 422
    later = {**typed, "closes_on": "2026-08-01", "reason": "Mưa lũ"}
    assert post(client, f"{place}/postponement", later).status_code == 303
    question = client.get(f"{place}/cancellation").text
    assert "1 vòng thi sẽ không diễn ra" in question
    assert post(client, f"{place}/cancellation", {"reason": "Mưa lũ"}).status_code == 303
    assert acts(session, contest) == ["round.released", "round.postponed", "round.cancelled"]
    assert "Mưa lũ" in client.get(f"/contests/{contest.slug}").text


def test_the_committee_gives_a_seat_by_link_and_the_guest_takes_it(
    app: Flask, session: Session, client: FlaskClient
) -> None:
    contest = desk(session, client)
    typed = {"full_name": "Vi Thị Lan", "login": "0912345678", "role": "judge", "unit_id": ""}
    reply = post(client, f"/staff/{contest.slug}/seats/new", typed)
    link = re.search(r"/invitations/[\w-]+", reply.text)
    assert link is not None
    assert "Vi Thị Lan" in client.get(f"/staff/{contest.slug}/seats").text
    guest, other = make_person(session, "Vi Thị Lan"), app.test_client()
    assert "Giám khảo" in other.get(link[0]).text
    assert post(other, link[0]).status_code == 303
    sign_in(session, other, guest)
    assert post(other, link[0]).location == "/staff"
    assert contest.title in other.get("/staff").text
    assert other.get(link[0]).status_code == 404
    seat = session.scalars(select(Seat).where(Seat.person_id == guest.id)).one()
    session.commit()
    assert post(client, f"/staff/{contest.slug}/seats/{seat.id}/end").status_code == 303
    assert acts(session, contest) == ["seat.offered", "seat.taken", "seat.ended"]


def test_rules_are_written_proposed_approved_by_another_and_printed(
    app: Flask, session: Session, client: FlaskClient
) -> None:
    contest = desk(session, client)
    make_round(session, contest, opens_at=NOW + timedelta(days=1))
    second = make_person(session, "Bế Thị Yến")
    make_seat(session, contest, second)
    session.commit()
    rules = f"/staff/{contest.slug}/rules"
    with only_tries():
        assert post(client, f"{rules}/tries", {"tries": "0"}).status_code == 422
        assert post(client, f"{rules}/tries", {"tries": "4"}).status_code == 303
        assert post(client, f"{rules}/proposal", {"reason": ""}).status_code == 422
        assert post(client, f"{rules}/proposal", {"reason": "Ban hành thể lệ"}).status_code == 303
        assert "4 lượt" not in client.get(f"/contests/{contest.slug}/rules").text
        approval = re.search(rf"/staff/{contest.slug}/approvals/\d+", client.get(rules).text)
        assert approval is not None
        assert post(client, approval[0], {"decision": "approve"}).status_code == 403
        other = app.test_client()
        sign_in(session, other, second)
        assert "4 lượt" in other.get(approval[0]).text
        assert post(other, approval[0], {"decision": "approve"}).status_code == 303
        assert "4 lượt" in client.get(f"/contests/{contest.slug}/rules").text
        assert client.get(f"/contests/{contest.slug}/rules?version=7").status_code == 404
    assert acts(session, contest) == ["rules.edited", "proposal.made", "proposal.approved"]


def test_who_writes_a_section_in_two_windows_is_told_before_either_is_lost(
    session: Session, client: FlaskClient
) -> None:
    contest = desk(session, client)
    make_round(session, contest, opens_at=NOW + timedelta(days=1))
    session.commit()
    section = f"/staff/{contest.slug}/rules/tries"

    def shown(page: str) -> str:
        return re.findall(r'name="seen" value="(\w*)"', page)[0]

    with only_tries():
        first = second = shown(client.get(section).text)
        assert post(client, section, {"tries": "4", "seen": first}).status_code == 303
        faulty = post(client, section, {"tries": "0", "seen": second})
        assert shown(faulty.text) == second, "a fault of another sort does not hide what was saved meanwhile"
        late = post(client, section, {"tries": "7", "seen": second})
        assert late.status_code == 422
        assert "Mục này đã được lưu ở cửa sổ khác" in late.text
        assert 'value="7"' in late.text
        assert post(client, section, {"tries": "7", "seen": shown(late.text)}).status_code == 303


def test_a_refused_proposal_comes_back_as_a_draft(app: Flask, session: Session, client: FlaskClient) -> None:
    contest = desk(session, client)
    make_round(session, contest, opens_at=NOW + timedelta(days=1))
    second = make_person(session)
    make_seat(session, contest, second)
    session.commit()
    with only_tries():
        post(client, f"/staff/{contest.slug}/rules/proposal", {"reason": "Ban hành"})
        approval = re.search(r"/staff/\S+/approvals/\d+", client.get(f"/staff/{contest.slug}/approvals").text)
        other = app.test_client()
        sign_in(session, other, second)
        assert approval is not None
        assert post(other, approval[0], {"decision": "refuse", "note": ""}).status_code == 422
        assert post(other, approval[0], {"decision": "refuse", "note": "Thiếu giải"}).status_code == 303
        assert "Thiếu giải" in client.get(approval[0]).text
    pending = find_pending_rules(session, contest.id)
    assert pending is not None
    assert pending.state == "draft"


def test_the_operator_creates_a_contest_and_seats_its_organizer(
    app: Flask, session: Session, client: FlaskClient
) -> None:
    sign_in(session, client, make_person(session, is_admin=True))
    organizer = make_person(session, "Lăng Thị Thu Hà", login="ha@example.vn")
    session.commit()
    typed = {
        "title": "Tìm hiểu chuyển đổi số",
        "organizer_name": "Ban Tổ chức",
        "decision_number": "12/QĐ-BTCCT",
        "decision_date": "2026-06-01",
        "time_zone": "Asia/Ho_Chi_Minh",
    }
    assert post(client, "/admin/contests/new", {**typed, "title": ""}).status_code == 422
    place = post(client, "/admin/contests/new", typed).location
    assert place == "/admin/contests/tim-hieu-chuyen-doi-so"
    reply = post(client, place, {"full_name": "Lăng Thị Thu Hà", "login": "ha@example.vn"})
    link = re.search(r"/invitations/[\w-]+", reply.text)
    assert link is not None
    assert link[0] in session.scalars(select(OutboxMessage.body)).one()
    assert post(client, link[0]).status_code == 403
    guest = app.test_client()
    sign_in(session, guest, organizer)
    assert post(guest, link[0]).location == "/staff"
    assert session.scalars(select(Seat.person_id)).all() == [organizer.id]
    assert client.get("/staff/tim-hieu-chuyen-doi-so/").status_code == 404
    assert "Tìm hiểu chuyển đổi số" in client.get("/admin/contests?q=chuyển").text


def test_who_may_open_the_desks_pages(app: Flask, session: Session) -> None:
    contest, other = make_contest(session), make_contest(session)
    row = make_round(session, contest, released_at=None)
    group = make_group(session, contest)
    desk_, mine = f"/staff/{contest.slug}", {"judge": 403, "secretary": 200, "organizer": 200}
    prepare = ["/edit", "/rounds", "/rounds/new", f"/rounds/{row.id}", f"/rounds/{row.id}/deletion", "/rules"]
    prepare += ["/rules/proposal", "/groups/new", f"/groups/{group.id}", f"/groups/{group.id}/deletion"]
    decide = ["/announcement-of-contest", "/copy", "/cancellation", "/archive", "/seats", "/seats/new"]
    decide += [f"/rounds/{row.id}/{act}" for act in ("release", "postponement", "cancellation")]
    for role in (Role.JUDGE, Role.SECRETARY, Role.ORGANIZER):
        client = app.test_client()
        person = make_person(session)
        make_seat(session, contest, person, role)
        sign_in(session, client, person)
        assert client.get(f"{desk_}/").status_code == 200
        assert {client.get(desk_ + page).status_code for page in prepare} == {mine[role]}
        decider = 200 if role is Role.ORGANIZER else 403
        assert {client.get(desk_ + page).status_code for page in decide} == {decider}
        assert client.get("/admin/contests").status_code == 404
    stranger = app.test_client()
    person = make_person(session)
    make_seat(session, other, person)
    sign_in(session, stranger, person)
    assert {stranger.get(desk_ + page).status_code for page in ["/", *prepare, *decide]} == {404}
    nobody = app.test_client()
    assert {nobody.get(desk_ + page).status_code for page in ["/", *prepare, *decide]} == {303}
    assert record_count(session) == 0


def test_another_contests_rounds_are_not_reached_through_ones_own_desk(session: Session, client: FlaskClient) -> None:
    contest = desk(session, client)
    foreign = make_round(session, make_contest(session))
    session.commit()
    assert client.get(f"/staff/{contest.slug}/rounds/{foreign.id}").status_code == 404


def test_citizens_see_what_is_open_with_its_deadline_and_the_way_in(
    session: Session, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    contest = make_contest(session)
    make_round(session, contest, "Tuần 2", closes_at=NOW + timedelta(days=1))
    make_rules(session, contest)
    session.commit()
    monkeypatch.setitem(
        hooks.round_actions, RoundKind.QUIZ, lambda *_: hooks.RoundAction("Bắt đầu lượt thi", "/o-day", "post", "Còn 1")
    )
    home = client.get("/").text
    assert 'action="/o-day"' in home
    assert "Còn 1 ngày, đóng lúc" in home
    shown = client.get(f"/contests/{contest.slug}").text
    assert "Đóng lúc 09:41 thứ Năm 16/7/2026" in shown
    assert 'action="/o-day"' in shown


def test_drafts_are_hidden_cancelled_and_archived_contests_say_so(session: Session, client: FlaskClient) -> None:
    draft = make_contest(session, title="Kín", state=ContestState.DRAFT)
    cancelled = make_contest(session, state=ContestState.CANCELLED, cancel_reason="Mưa lũ")
    archived = make_contest(session, state=ContestState.ARCHIVED)
    session.commit()
    assert client.get(f"/contests/{draft.slug}").status_code == 404
    assert client.get(f"/contests/{draft.slug}/rules").status_code == 404
    assert "Kín" not in client.get("/").text
    assert "Mưa lũ" in client.get(f"/contests/{cancelled.slug}").text
    assert "Cuộc thi này đã kết thúc." in client.get(f"/contests/{archived.slug}").text


def test_an_empty_site_and_an_empty_workspace_say_what_comes_next(session: Session, client: FlaskClient) -> None:
    assert "Chưa có cuộc thi nào" in client.get("/").text
    sign_in(session, client, make_person(session))
    assert "Bạn chưa được phân công ở cuộc thi nào" in client.get("/staff").text


@pytest.mark.parametrize(("url", "count"), [("/seats", 5), ("/rounds", 5), ("/", 12)])
def test_lists_take_the_same_statements_however_long(
    app: Flask, session: Session, client: FlaskClient, url: str, count: int, backend: str
) -> None:
    contest = desk(session, client)
    spent = []
    with only_tries():
        for position in (1, 2, 3):
            organizer_of(session, contest)
            make_round(session, contest, f"Tuần {position}", position=position)
            session.commit()
            if position != 2:
                with app.app_context(), counted(db.engine) as statements:
                    client.get(f"/staff/{contest.slug}{url}")
                spent.append(len(statements))
    asks_for_samples = 1 if backend == "sqlite" else 0
    assert spent == [count + asks_for_samples] * 2
