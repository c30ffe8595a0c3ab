"""Questions with parts, taken without a script: what a form sends, what is told before handing in, and the result."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.quiz.models import Attempt, AttemptResult
from contest.web.answers import part_name
from question_bank.controls import values_of
from question_bank.kinds import kind_of
from question_bank.paper import to_paper
from question_bank.question import Question, Value
from tests.factories import NOW, sign_in
from tests.question_bank.builders import question
from tests.quiz.world import SECTIONS, make_world
from tests.web import post

PARTS = (("scoring", "parts"),)
SECTIONS_OF_ONE = {
    "paper": {"rows": [{"topic": None, "difficulty": None, "count": 1}]},
    "prediction": SECTIONS["prediction"] | {"is_asked": False},
}


@pytest.fixture
def backend() -> str:
    """Nothing here depends on the database."""
    return "sqlite"


class Taken:
    """A paper with one question, begun."""

    def __init__(self, session: Session, app: Flask, client: FlaskClient, asked: Question) -> None:
        world = make_world(session, app, questions=[asked], sections=SECTIONS_OF_ONE)
        sign_in(session, client, world.person)
        self.client, self.session, self.asked = client, session, asked
        self.url = str(post(client, f"/rounds/{world.round.public_id}/attempts").location)
        session.rollback()
        [[_revision, self.order]] = session.scalars(select(Attempt)).one().paper

    def save(self, response: Value) -> None:
        """As the form sends it, by the names of the fields in the page."""
        kind, page = kind_of(self.asked.kind), self.client.get(self.url).text
        count = len(kind.controls(self.asked, self.order))
        fields = {f"q1-{place}" for place in range(1, count + 1)}
        assert fields <= set(re.findall(r'name="(q1-\d+)"', page))
        shown = values_of(kind.reply, to_paper(self.asked, self.order, response), count)
        form = {f"q1-{place}": values[0] if values else "" for place, values in enumerate(shown, start=1)}
        assert post(self.client, f"{self.url}/answers", form).status_code == 303

    def hand_in(self) -> tuple[int, int]:
        post(self.client, f"{self.url}/submission")
        self.client.get(f"{self.url}/result")
        self.session.rollback()
        result = self.session.scalars(select(AttemptResult)).one()
        return result.points, result.right_count


@pytest.fixture
def taken(app: Flask, session: Session, client: FlaskClient, at: Any, request: pytest.FixtureRequest) -> Taken:
    at(NOW)
    code, settings = request.param
    return Taken(session, app, client, question(code, settings=settings))


@pytest.mark.parametrize(
    "taken", [("statements", ()), ("matching", ()), ("ordering", ()), ("gap_fill", ())], indirect=True
)
def test_the_right_answer_earns_everything(taken: Taken) -> None:
    taken.save(kind_of(taken.asked.kind).model_response(taken.asked))
    assert "Xem lại:" not in taken.client.get(taken.url).text
    assert taken.hand_in() == (1000, 1)


@pytest.mark.parametrize(
    ("taken", "response", "remark", "points"),
    [
        (("statements", ()), (True, False, None, False), "còn phần chưa trả lời", 250),
        (("matching", PARTS), ("b", None, "b"), "còn phần chưa trả lời", 333),
        (("ordering", PARTS), ("2", "1", "1"), "có vị trí được chọn hai lần", 333),
        (("gap_fill", PARTS), ("thăng long", None), "còn phần chưa trả lời", 500),
    ],
    indirect=["taken"],
)
def test_half_an_answer_is_kept_told_marked_and_explained(
    taken: Taken, at: Any, response: Value, remark: str, points: int
) -> None:
    taken.save(response)
    assert f"Xem lại: {remark}." in taken.client.get(taken.url).text
    review = taken.client.get(f"{taken.url}/review").text
    assert "Đã trả lời 1/1 câu" in review
    assert f"</a>: {remark}." in review
    assert taken.hand_in() == (points, 0)
    at(NOW + timedelta(days=6))
    page = taken.client.get(f"{taken.url}/result").text
    assert "Đúng một phần" in page
    right = kind_of(taken.asked.kind).right_parts(taken.asked, taken.order, response)
    told = page.count('aria-label="Đúng, đã chọn"') + page.count("part-right")
    assert told == sum(right)


@pytest.mark.parametrize("taken", [("matching", PARTS)], indirect=True)
def test_a_wrong_part_stands_beside_what_is_right(taken: Taken, at: Any) -> None:
    taken.save(("b", "b", None))
    taken.hand_in()
    at(NOW + timedelta(days=6))
    page = re.sub(r"<[^>]+>|\s+", " ", taken.client.get(f"{taken.url}/result").text)
    told = re.sub(" +", " ", page[page.index("Việt Nam") :])
    hue, hanoi, danang = ("ABC"[taken.order.index(index)] for index in range(3))
    assert f"Việt Nam {hanoi}. Hà Nội Đúng" in told
    assert f"Lào {hanoi}. Hà Nội Sai · Đáp án đúng: {hue}. Huế" in told
    assert f"Thái Lan – Chưa trả lời · Đáp án đúng: {danang}. Đà Nẵng" in told


@pytest.mark.parametrize("taken", [("gap_fill", ())], indirect=True)
def test_gaps_stand_in_their_text_and_tell_nothing(taken: Taken) -> None:
    page = taken.client.get(taken.url).text
    text = page[page.index('class="question-text') : page.index("question-tools")]
    assert text.index("Thủ đô là") < text.index('name="q1-1"') < text.index("bên sông") < text.index('name="q1-2"')
    assert "[[" not in text
    assert "Thăng Long" not in page


@pytest.mark.parametrize("taken", [("ordering", ())], indirect=True)
def test_lines_to_put_in_order_do_not_stand_as_they_were_written(taken: Taken) -> None:
    page = taken.client.get(taken.url).text
    shown = re.findall(r'class="answer-label"[^>]*>([^<]+)<', page)
    assert shown == [taken.asked.options[index].text for index in taken.order]
    assert 'data-reply="each" data-sequence' in page


@pytest.mark.parametrize(
    ("taken", "response", "scoring"),
    [
        (("multiple", ()), ("a",), "Chọn đủ và không thừa mới được điểm."),
        (("multiple", (("scoring", "penalty"),)), ("a", "b", "c"), "mỗi phương án sai bị trừ một phần"),
        (("statements", ()), (True, False, True, True), "Số điểm khi đúng 1, 2, 3, 4 ý: 0,1; 0,25; 0,5; 1."),
        (("ordering", PARTS), ("1", "3", "2"), "Mỗi phần đúng được số điểm bằng nhau."),
    ],
    indirect=["taken"],
)
def test_what_is_partly_right_earns_what_people_were_told_before(
    taken: Taken, at: Any, response: Value, scoring: str
) -> None:
    assert scoring in taken.client.get(taken.url).text
    post(taken.client, f"{taken.url}/answers", _form(taken, response))
    taken.hand_in()
    at(NOW + timedelta(days=6))
    assert scoring in taken.client.get(f"{taken.url}/result").text


@pytest.mark.parametrize("taken", [("multiple", ())], indirect=True)
def test_who_has_everything_right_is_told_nothing_more(taken: Taken, at: Any) -> None:
    post(taken.client, f"{taken.url}/answers", _form(taken, ("a", "c")))
    assert taken.hand_in() == (1000, 1)
    at(NOW + timedelta(days=6))
    assert "Chọn đủ và không thừa" not in taken.client.get(f"{taken.url}/result").text


def _form(taken: Taken, response: Value) -> dict[str, Any]:
    """What a browser without a script sends."""
    kind, asked = kind_of(taken.asked.kind), taken.asked
    count = len(kind.controls(asked, taken.order))
    shown = values_of(kind.reply, to_paper(asked, taken.order, response), count)
    return {part_name("q1", place, count): list(values) for place, values in enumerate(shown)}
