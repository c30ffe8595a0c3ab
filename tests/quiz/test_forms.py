import pytest
from flask import Flask

from contest.quiz.forms import PaperForm


@pytest.fixture
def backend() -> str:
    return "sqlite"


def test_a_topic_is_the_one_that_questions_have_however_it_was_typed(app: Flask) -> None:
    typed = {"rows-0-topic": " Li\u0323ch  s\u01b0\u0309\0 ", "rows-0-count": "3"}
    with app.test_request_context("/", method="POST", data=typed):
        assert PaperForm().rows[0].topic.data == "Lịch sử"
