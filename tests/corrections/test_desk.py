"""What the question bank says of corrections."""

from flask import Flask
from sqlalchemy.orm import Session

from contest.corrections.desk import corrections_shown
from contest.corrections.queries import get_asked
from contest.quiz.domain.rulings import RulingAct
from tests.corrections.world import answer, applied, code, counted, make_scene
from tests.factories import sign_in


def test_the_bank_says_where_a_key_proved_wrong_once_it_is_decided(session: Session, app: Flask) -> None:
    scene = make_scene(session, app)
    answer(session, scene, "Hoàng Thị An", {1: "c"})
    revision_id = scene.codes[code(1)]
    counted(session, scene, 1, RulingAct.FULL)
    with app.test_request_context():
        assert corrections_shown(session, [revision_id]) == []
        applied(session, scene, 1, RulingAct.KEY, "c")
        [shown] = corrections_shown(session, [revision_id, scene.codes[code(2)]])
    assert (shown.revision_id, shown.round_name) == (revision_id, "Tuần 2")
    asked = get_asked(session, scene.round.id, revision_id)
    session.commit()
    client = app.test_client()
    sign_in(session, client, scene.reviewer)
    html = client.get(f"/staff/{scene.quiz.contest.slug}/questions/{asked.question_id}").text
    assert "Đáp án đã được điều chỉnh sau" in html
