"""A kind from the tests' own folder goes all the way: written, seen, taken without a script, marked, exported."""

import re
import sys
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.questions.models import QuestionRevision
from contest.quiz.models import AttemptResult
from question_bank.formats import FORMATS
from question_bank.formats import Bank as BankFile
from question_bank.kinds import kind
from question_bank.question import Question, from_content
from tests.factories import NOW, sign_in
from tests.questions.desk import make_desk
from tests.quiz.world import SECTIONS, make_world
from tests.web import post

ASKED = Question("comparison", "2 … 3?", (), "<", "Số học", 1, "Vì 3 − 2 = 1.", "Ví dụ", settings=(("is_mild", True),))
ATTEMPTS = {
    "paper": {"rows": [{"topic": None, "difficulty": None, "count": 1}]},
    "prediction": SECTIONS["prediction"] | {"is_asked": False},
}


@pytest.fixture
def backend() -> str:
    """Nothing here depends on the database."""
    return "sqlite"


@pytest.fixture(autouse=True)
def own_kind(at: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Known in these tests only; its import is all that makes it known."""
    monkeypatch.setattr(kind, "_kinds", dict(kind._kinds))
    sys.modules.pop("tests.question_bank.own_kind", None)
    import_module("tests.question_bank.own_kind")
    at(NOW)


def test_it_is_written_and_seen_at_the_desk(session: Session, client: FlaskClient) -> None:
    desk = make_desk(session)
    sign_in(session, client, desk.people["setter"])
    editor = f"/staff/{desk.contest.slug}/banks/{desk.bank.id}/questions/new?kind=comparison"
    assert "So sánh" in client.get(editor).text
    typed = {"code": "SS-1", "topic": "Số học", "difficulty": "1", "text": "2 … 3?", "source": "Ví dụ", "rows": "1"}
    assert "Chưa có đáp án" in post(client, editor, typed).text
    reply = post(client, editor, {**typed, "key_0": "<", "setting_is_mild": "y"})
    assert reply.status_code == 303
    stored = from_content(session.scalars(select(QuestionRevision)).one().content)
    assert (stored.key, stored.settings) == ("<", (("is_mild", True),))
    page = client.get(reply.location).text
    assert '<option value="&lt;">bé hơn</option>' in page
    assert 'value="&lt;"' in client.get(f"{reply.location}/edit").text, "the editor offers what was written"


@pytest.mark.parametrize(("sign", "points", "right"), [("<", 1000, 1), ("=", 500, 0), (">", 0, 0), ("?", 0, 0)])
def test_it_is_taken_without_a_script_and_marked(
    app: Flask, session: Session, client: FlaskClient, sign: str, points: int, right: int
) -> None:
    sections: dict[str, Any] = ATTEMPTS
    world = make_world(session, app, questions=[ASKED], sections=sections)
    sign_in(session, client, world.person)
    paper = str(post(client, f"/rounds/{world.round.public_id}/attempts").location)
    assert re.search(r'data-kind="comparison" data-reply="one"', client.get(paper).text)
    assert post(client, f"{paper}/answers", {"q1": sign}).status_code == 303
    assert ("selected" in client.get(paper).text) is (sign != "?"), "what was chosen is chosen when the page comes back"
    post(client, f"{paper}/submission")
    assert ("Điểm: 0,5/1" in client.get(f"{paper}/result").text) is (points == 500), "a part is told with the score"
    session.rollback()
    result = session.scalars(select(AttemptResult)).one()
    assert (result.points, result.right_count) == (points, right)


def test_it_is_reviewed_in_words(app: Flask, session: Session, client: FlaskClient, at: Any) -> None:
    world = make_world(session, app, questions=[ASKED], sections=ATTEMPTS)
    sign_in(session, client, world.person)
    paper = str(post(client, f"/rounds/{world.round.public_id}/attempts").location)
    post(client, f"{paper}/answers", {"q1": "="})
    post(client, f"{paper}/submission")
    at(NOW + timedelta(days=6))
    page = client.get(f"{paper}/result").text
    assert "Đáp án đúng: bé hơn" in page
    assert "Đúng một phần: 0,5/1 điểm" in page


@pytest.mark.parametrize("extension", [".json", ".xlsx"])
def test_it_goes_out_and_in_again(tmp_path: Any, extension: str) -> None:
    path = tmp_path / f"bank{extension}"
    with path.open("wb") as stream:
        FORMATS[extension].write_questions(stream, BankFile((("SS-1", ASKED),)))
    read = FORMATS[extension].read_questions(path)
    assert [each.question for each in read.questions] == [ASKED]
    assert read.faults == ()
