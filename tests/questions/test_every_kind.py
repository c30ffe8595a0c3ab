"""Every page of the desk shows a question of every kind."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from contest.questions import services
from question_bank.kinds import Kind, kinds
from tests.factories import NOW
from tests.question_bank.builders import options, question
from tests.questions.desk import Desk, address

PAGES = ("", "/edit", "/preview", "/compare")


@pytest.fixture
def backend() -> str:
    """What the pages read doesn't depend on the kind."""
    return "sqlite"


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
def test_a_question_is_shown_printed_and_compared(session: Session, desk: Desk, at_desk: Any, kind: Kind) -> None:
    asked = kind.example
    assert asked is not None
    row = services.write_question(session, desk.setter, NOW, bank=desk.bank, code="K1", question=asked)
    place = {"contest_id": desk.contest.id}
    services.send_to_review(session, desk.setter, NOW, **place, question_ids=[row.id])
    changed = replace(asked, text=f"{asked.text} (sửa)", items=tuple(f"{item} (sửa)" for item in asked.items))
    services.revise_question(session, desk.setter, NOW, **place, question_id=row.id, question=changed)
    session.commit()
    client = at_desk("setter")
    for page in PAGES:
        reply = client.get(address(desk, f"questions/{row.id}{page}"))
        assert (reply.status_code, "(sửa)" in reply.text) == (200, True), page
    assert client.get(address(desk, f"banks/{desk.bank.id}/print?questions={row.id}")).status_code == 200


@pytest.mark.parametrize(("option", "is_written_out"), [("$x^2$", True), ("Hà Nội", False)])
def test_what_is_matched_stands_once_on_paper(
    session: Session, desk: Desk, at_desk: Any, option: str, is_written_out: bool
) -> None:
    asked = question("matching", options=options("Huế", option, "Đà Nẵng"))
    row = services.write_question(session, desk.setter, NOW, bank=desk.bank, code="K1", question=asked)
    session.commit()
    sheet = at_desk("setter").get(address(desk, f"banks/{desk.bank.id}/print?questions={row.id}&key=0")).text
    assert ("choice-list" in sheet, "<strong>Chọn:</strong>" in sheet) == (is_written_out, not is_written_out)
