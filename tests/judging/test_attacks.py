"""What judges send that no page of ours sends."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from contest.judging.services.sheets import give_back, save_marks
from tests.factories import NOW
from tests.judging.views.desk import browser
from tests.judging.world import make_world, open_cases, take
from tests.web import csrf_token


@pytest.mark.parametrize(
    ("marks", "status"),
    [
        ({"c1": 1.5}, 400),
        ({"c1": "1000"}, 400),
        ({"c1": True}, 400),
        ({"c1": None}, 400),
        ({"c1": [1]}, 400),
        ({"c1": float("nan")}, 400),
        ({"c1": 10**400}, 409),
        ({"c1": -250}, 409),
        ({"c1": 60_250}, 409),
        ({"c1": 1}, 409),
        ({"c9": 250}, 409),
        ({"\ud800\0": 250}, 409),
        ({"c1": 60_000}, 200),
    ],
)
def test_marks_are_marks_of_the_rubric_or_refused(
    app: Flask, session: Session, marks: dict[str, Any], status: int
) -> None:
    world = make_world(session)
    open_cases(session, world, "A")
    sheet = take(session, world, world.judge(0))
    assert sheet is not None
    url = f"/staff/{world.contest.slug}/judging/sheets/{sheet.id}/marks"
    said = {"marks": marks, "comment": "a\0b\ud800", "revision": 0}
    client = browser(app, session, world.judges[0])
    headers = {"X-CSRFToken": csrf_token(client), "Content-Type": "application/json"}
    reply = client.post(url, data=json.dumps(said), headers=headers)
    assert reply.status_code == status, reply.text
    session.refresh(sheet)
    assert (sheet.marks, sheet.revision) == ((marks, 1) if status == 200 else ({}, 0))


def test_what_judges_write_is_composed(session: Session) -> None:
    world = make_world(session)
    open_cases(session, world, "A")
    sheet = take(session, world, world.judge(0))
    assert sheet is not None
    place = {"contest_id": world.contest.id, "sheet_id": sheet.id}
    decomposed = "Bài ha\u0323y"
    save_marks(session, world.judge(0), NOW, **place, marks={}, comment=decomposed, revision=0)
    give_back(session, world.judge(0), NOW, **place, reason=decomposed)
    assert (sheet.comment, sheet.return_reason) == ("Bài hạy", "Bài hạy")
