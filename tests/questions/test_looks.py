"""Who saw a question after it was approved: kept before it is shown, once an hour, and found again."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.questions import services
from contest.questions.models import LookAct, QuestionLook
from contest.questions.services import Look
from tests.factories import NOW
from tests.questions.desk import Desk, Statements, address, approved, current, revise, write
from tests.questions.test_media import SHOWN, added


def looks(session: Session) -> list[tuple[int, str, int]]:
    session.rollback()
    rows = session.scalars(select(QuestionLook).order_by(QuestionLook.at, QuestionLook.act, QuestionLook.question_id))
    return [(look.question_id, look.act.value, look.person_id) for look in rows]


def look(session: Session, desk: Desk, ids: Any, act: LookAct = LookAct.FOUND, at: datetime = NOW) -> None:
    services.record_looks(session, Look(desk.reviewer.person_id, at, "0a1b2c3d", act), ids)


@pytest.mark.parametrize("size", [1, 3])
def test_a_page_of_rows_is_kept_by_one_statement_and_only_what_was_approved(
    session: Session, desk: Desk, size: int
) -> None:
    seen = [approved(session, desk, f"C{number}") for number in range(size)]
    draft = write(session, desk, code="D")
    ids = [current(session, row).id for row in (*seen, draft)]
    with Statements(session) as statements:
        look(session, desk, ids)
    assert statements.count == 1
    session.commit()
    assert [question for question, _, _ in looks(session)] == [row.id for row in seen]


@pytest.mark.parametrize(
    ("later", "act", "kept"),
    [
        (timedelta(minutes=18, seconds=59), LookAct.FOUND, 1),
        (timedelta(minutes=19), LookAct.FOUND, 2),
        (timedelta(0), LookAct.SEEN, 2),
    ],
)
def test_the_same_act_within_one_hour_is_kept_once_with_its_first_instant(
    session: Session, desk: Desk, later: timedelta, act: LookAct, kept: int
) -> None:
    ids = [current(session, approved(session, desk)).id]
    look(session, desk, ids)
    look(session, desk, ids, act, NOW + later)  # NOW is nineteen minutes before the hour
    rows = session.scalars(select(QuestionLook).order_by(QuestionLook.at)).all()
    assert len(rows) == kept
    assert rows[0].at == NOW


def test_what_was_in_use_stays_watched_when_it_is_changed_retired_or_brought_back(session: Session, desk: Desk) -> None:
    row = approved(session, desk)
    newer = revise(session, desk, row, text="Bản mới?")
    look(session, desk, [newer.id])
    place = {"contest_id": desk.contest.id}
    services.retire_questions(session, desk.reviewer, NOW, **place, question_ids=[row.id], reason="Cũ")
    look(session, desk, [newer.id], LookAct.SEEN)
    services.restore_question(session, desk.reviewer, NOW, **place, question_id=row.id, reason="Lại dùng")
    first = session.scalars(select(QuestionLook.revision_id)).first()
    assert first == newer.id
    session.commit()
    assert len(looks(session)) == 2


@pytest.mark.parametrize(
    ("path", "acts"),
    [
        ("banks/{bank}", ["found"]),
        ("banks/{bank}?q=thu+do", ["found"]),
        ("banks/{bank}?q=khong+co", []),
        ("questions/{question}", ["seen"]),
        ("questions/{question}/compare", ["seen"]),
        ("questions/{question}/preview", ["previewed"]),
        ("banks/{bank}/print?questions={question}", ["printed"]),
        ("banks/{bank}/retirement?questions={question}", ["found"]),
        ("banks/{bank}/questions.xlsx", ["exported"]),
        ("banks/{bank}/questions.json", ["exported"]),
        ("banks/{bank}/looks", []),
        ("questions/{question}/looks", []),
    ],
)
def test_each_way_to_see_a_question_leaves_its_trace(
    session: Session, desk: Desk, at_desk: Any, path: str, acts: list[str]
) -> None:
    row = approved(session, desk, text="Thủ đô ở đâu?")
    client = at_desk("reviewer")
    reply = client.get(address(desk, path.format(bank=desk.bank.id, question=row.id)))
    assert reply.status_code == 200
    assert looks(session) == [(row.id, act, desk.reviewer.person_id) for act in acts]
    if acts:
        assert session.scalars(select(QuestionLook.request_id)).one() == reply.headers["X-Request-Id"]


def test_authors_are_watched_like_everybody_else_when_they_edit(session: Session, desk: Desk, at_desk: Any) -> None:
    row = approved(session, desk)
    assert at_desk("setter").get(address(desk, f"questions/{row.id}/edit")).status_code == 200
    assert looks(session) == [(row.id, "seen", desk.setter.person_id)]


def test_who_has_seen_is_found_by_question_by_bank_and_by_person(session: Session, desk: Desk, at_desk: Any) -> None:
    rows = [approved(session, desk, code) for code in ("C1", "C2")]
    look(session, desk, [current(session, row).id for row in rows])
    look(session, desk, [current(session, rows[0]).id], LookAct.PRINTED, NOW + timedelta(hours=2))
    client = at_desk("organizer")
    page = client.get(address(desk, f"questions/{rows[0].id}/looks")).text
    assert "Người reviewer" in page
    assert "11:41 15/07/2026" in page
    assert "0a1b2c3d" in page
    printed = client.get(address(desk, f"questions/{rows[0].id}/looks?act=printed")).text
    assert ("11:41 15/07/2026" in printed, "09:41 15/07/2026" in printed.split("<tbody>")[1]) == (True, False)
    assert "Không có lượt xem nào" in client.get(address(desk, f"questions/{rows[0].id}/looks?q=ai+do")).text
    assert "Người reviewer" in client.get(address(desk, f"banks/{desk.bank.id}/looks?q=nguoi+review")).text
    one = address(desk, f"banks/{desk.bank.id}/looks/{desk.reviewer.person_id}")
    assert client.get(one).text.count("C1</a>") == 2
    assert "C2</a>" not in client.get(one + "?q=c1").text
    assert client.get(address(desk, f"banks/{desk.bank.id}/looks/{desk.setter.person_id}")).status_code == 404


def test_looks_of_a_bank_go_out_as_a_workbook(session: Session, desk: Desk, at_desk: Any) -> None:
    look(session, desk, [current(session, approved(session, desk)).id])
    content = at_desk("organizer").get(address(desk, f"banks/{desk.bank.id}/looks.xlsx")).data
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[-1][:5] == [1.0, "Người reviewer", "C1", 1.0, "thấy trong danh sách"]
    assert rows[-1][5] == datetime(2026, 7, 15, 9, 41)


def test_statements_of_the_pages_do_not_grow_with_rows(session: Session, desk: Desk, at_desk: Any) -> None:
    first = approved(session, desk, "C0")
    client = at_desk("organizer")
    here = f"banks/{desk.bank.id}"

    def statements(ids: list[int]) -> dict[str, int]:
        paths = (here, f"{here}/looks", f"{here}/topics", f"questions/{first.id}", f"questions/{first.id}/looks")
        return {path: _counted(session, client, address(desk, path)) for path in paths} | {
            page: _counted(session, client, address(desk, f"{here}/{page}?questions={','.join(map(str, ids))}"))
            for page in ("print", "copy")
        }

    statements([first.id])
    before = statements([first.id])
    more = [approved(session, desk, code, topic=f"Chủ đề {code}") for code in ("C1", "C2")]
    look(session, desk, [current(session, row).id for row in more], LookAct.PRINTED)
    session.commit()
    assert statements([first.id, *(row.id for row in more)]) == before


def _counted(session: Session, client: FlaskClient, url: str) -> int:
    with Statements(session) as statements:
        assert client.get(url).status_code == 200
    return statements.count


def test_who_looks_through_the_pictures_has_found_the_questions_that_show_them(
    session: Session, desk: Desk, at_desk: Any
) -> None:
    added(session, desk)
    row = approved(session, desk, text=SHOWN)
    write(session, desk, code="NHAP", text=SHOWN)
    session.commit()
    assert at_desk("reviewer").get(address(desk, f"banks/{desk.bank.id}/media?q=khong+co")).status_code == 200
    assert looks(session) == []
    assert at_desk("reviewer").get(address(desk, f"banks/{desk.bank.id}/media")).status_code == 200
    assert looks(session) == [(row.id, "found", desk.reviewer.person_id)]
