"""An essay at the desk: points, numbers of words and the guide are typed, kept and shown again."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.questions.models import QuestionRevision
from question_bank.question import from_content
from tests.factories import sign_in
from tests.questions.desk import make_desk
from tests.web import post

TYPED = {
    "code": "TL-1",
    "topic": "Cảm nhận",
    "difficulty": "3",
    "text": "Vì sao bạn đọc sách?",
    "source": "Thể lệ",
    "points": "7,5",
    "setting_least_words": "",
    "setting_most_words": "500",
    "setting_guide": "Có dẫn chứng.\r\nDiễn đạt rõ.",
}


@pytest.fixture
def backend() -> str:
    """Nothing here depends on the database."""
    return "sqlite"


def test_an_essay_is_written_and_offered_again(session: Session, client: FlaskClient) -> None:
    desk = make_desk(session)
    sign_in(session, client, desk.people["setter"])
    editor = f"/staff/{desk.contest.slug}/banks/{desk.bank.id}/questions/new?kind=essay"
    for wrong, sentence in (
        ({"points": "0"}, "Điểm của câu phải lớn hơn 0"),
        ({"points": "bảy"}, "Điểm của câu phải lớn hơn 0"),
        ({"points": "100,001"}, "Điểm của câu phải lớn hơn 0"),
        ({"setting_least_words": "501"}, "Số chữ tối thiểu (501) lớn hơn số chữ tối đa (500)."),
    ):
        assert sentence in post(client, editor, TYPED | wrong).text
    reply = post(client, editor, TYPED)
    assert reply.status_code == 303
    stored = from_content(session.scalars(select(QuestionRevision)).one().content)
    assert (stored.points, stored.key) == (7500, None)
    assert dict(stored.settings) == {"most_words": 500, "guide": "Có dẫn chứng.\nDiễn đạt rõ."}
    page = client.get(f"{reply.location}/edit").text
    assert 'value="7,5"' in page
    assert "Diễn đạt rõ.</textarea>" in page
    assert (
        post(client, f"{reply.location}/edit", {**TYPED, "text": "Bạn đọc sách vì sao?", "points": ""}).status_code
        == 303
    )
    session.rollback()
    last = session.scalars(select(QuestionRevision).order_by(QuestionRevision.id.desc())).first()
    assert last is not None
    assert from_content(last.content).points == 7500
