"""Every way by which somebody could approve what is their own, besides those of the services' tests."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.errors import NotAllowed
from contest.questions import services
from contest.questions.models import BankQuestion
from contest.questions.services.writing import sound
from tests.factories import NOW
from tests.question_bank.builders import question
from tests.questions.desk import Desk, approve, make_desk, revise, send, write


@pytest.fixture
def backend() -> str:
    """Nothing here depends on the database."""
    return "sqlite"


def imported(session: Session, desk: Desk) -> None:
    services.import_questions(session, desk.actor("both"), NOW, desk.bank, [sound("C1", question())])


def revised_after_approval(session: Session, desk: Desk) -> None:
    row = write(session, desk, "both")
    send(session, desk, row, "both")
    approve(session, desk, row)
    revise(session, desk, row, "both", text="Sửa sau khi duyệt?")


def taken_back(session: Session, desk: Desk) -> None:
    row = write(session, desk, "both")
    send(session, desk, row, "both")
    services.take_back(session, desk.actor("both"), NOW, contest_id=desk.contest.id, question_id=row.id)


def retired_and_brought_back(session: Session, desk: Desk) -> None:
    row = write(session, desk, "both")
    place = {"contest_id": desk.contest.id}
    services.retire_questions(session, desk.actor("both"), NOW, **place, question_ids=[row.id], reason="Nhầm")
    services.restore_question(session, desk.actor("both"), NOW, **place, question_id=row.id, reason="Dùng lại")


@pytest.mark.parametrize("way", [imported, revised_after_approval, taken_back, retired_and_brought_back])
def test_nobody_approves_their_own_by_another_way(session: Session, way: Callable[[Session, Desk], None]) -> None:
    desk = make_desk(session)
    way(session, desk)
    row = session.scalars(select(BankQuestion)).one()
    send(session, desk, row, "both")
    with pytest.raises(NotAllowed, match="own_question"):
        approve(session, desk, row, "both")
    approve(session, desk, row)
    assert row.approved_revision_id == row.current_revision_id
