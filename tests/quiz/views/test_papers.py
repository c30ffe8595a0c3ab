"""The desk of papers, and a paper with sections on its way through a citizen's hands."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from contest.contests.models import Role, RulesState, RulesVersion
from contest.questions.models import BankQuestion, LookAct, QuestionLook
from tests.factories import NOW, make_person, make_round, make_seat, sign_in
from tests.quiz.room import attempt_at, give, start
from tests.quiz.world import World, make_world, question, right_answers
from tests.web import post

ANY = {"topic": None, "difficulty": None}
PARTS = {
    "rows": [
        {**ANY, "count": 3, "kind": "single", "points": 250, "section": 0},
        {**ANY, "count": 1, "kind": "true_false", "points": 2000, "section": 1},
    ],
    "sections": [
        {"title": "Phần I. Chọn đáp án", "instructions": "Mỗi câu <b>một</b> đáp án, 50 % điểm."},
        {"title": "Phần II. Đúng hay sai", "instructions": ""},
    ],
}


@pytest.fixture
def backend() -> str:
    """What databases do differently is tested below the pages."""
    return "sqlite"


def reviewer(session: Session, client: FlaskClient, world: World) -> FlaskClient:
    person = make_person(session, "Nông Thị Duyệt")
    make_seat(session, world.contest, person, Role.QUESTION_REVIEWER)
    session.commit()
    sign_in(session, client, person)
    return client


def organize(session: Session, client: FlaskClient, world: World) -> None:
    organizer = make_person(session, "Lương Văn Tổ Chức")
    make_seat(session, world.contest, organizer, Role.ORGANIZER)
    session.commit()
    sign_in(session, client, organizer)


def desk(world: World, path: str = "") -> str:
    return f"/staff/{world.contest.slug}/papers{path}"


def test_a_paper_with_sections_goes_from_the_page_to_the_points(
    app: Any, session: Session, client: FlaskClient
) -> None:
    world = make_world(session, app, sections={"paper": PARTS})
    sign_in(session, client, world.person)
    url = start(client, world)
    shown = client.get(url).text
    places = [shown.index(mark) for mark in ("Phần I. Chọn đáp án", 'id="q1"', 'id="q3"', "Phần II.", 'id="q4"')]
    assert places == sorted(places)
    assert "Mỗi câu &lt;b&gt;một&lt;/b&gt; đáp án, 50 % điểm." in shown
    assert len(re.findall(r'id="q\d"', shown)) == 4
    answers = right_answers_of(session, world, url)
    give(client, url, answers)
    assert re.search(r'value="[^"]*" checked', client.get(url).text)
    post(client, f"{url}/submission")
    result = client.get(f"{url}/result").text
    assert "4</strong>/4" in result
    assert "2,75" in result


def right_answers_of(session: Session, world: World, url: str) -> dict[str, Any]:
    attempt = attempt_at(session, url)
    plain = [slot[:2] for slot in attempt.paper]
    return right_answers(session, world, type("Plain", (), {"paper": plain})())


def test_lines_that_lack_questions_are_told_with_what_is_in_the_way(
    app: Any, session: Session, client: FlaskClient
) -> None:
    world = make_world(session, app)
    bank = session.scalars(select(BankQuestion.id).order_by(BankQuestion.id)).all()
    session.execute(update(BankQuestion).where(BankQuestion.id.in_(bank[:5])).values(exclusion_group=bank[0]))
    reviewer(session, client, world)
    shown = client.get(desk(world)).text
    assert "Thiếu 1 câu" in shown or "1 question lacks" in shown
    assert "Phương án" not in shown, "no question stands on this page"


def test_a_topic_that_no_question_has_is_told_with_those_there_are(
    app: Any, session: Session, client: FlaskClient
) -> None:
    topic = question(1).topic
    world = make_world(session, app)
    reviewer(session, client, world)
    rules = session.scalars(select(RulesVersion)).one()
    for name, is_strange in ((topic, False), (topic.lower(), True)):
        rules.sections = {**rules.sections, "paper": {"rows": [{**ANY, "topic": name, "count": 99}]}}
        session.commit()
        shown = client.get(desk(world)).text
        assert ("Ngân hàng không có chủ đề này." in shown) is is_strange
        assert ("Chủ đề trong ngân hàng" in shown) is is_strange


def test_of_a_released_round_it_is_told_that_its_papers_are_frozen(
    app: Any, session: Session, client: FlaskClient
) -> None:
    world = make_world(session, app)
    reviewer(session, client, world)
    assert ("đã chốt" in client.get(desk(world)).text) is (world.round.released_at is not None)
    world.round.released_at = None if world.round.released_at else NOW
    session.commit()
    assert ("đã chốt" in client.get(desk(world)).text) is (world.round.released_at is not None)


def test_a_compulsory_question_without_a_place_is_named(app: Any, session: Session, client: FlaskClient) -> None:
    rows = {"rows": [{**ANY, "count": 1, "kind": "true_false"}]}
    world = make_world(session, app, sections={"paper": rows})
    session.execute(update(BankQuestion).where(BankQuestion.code == "CDS-002").values(is_compulsory=True))
    reviewer(session, client, world)
    shown = client.get(desk(world)).text
    assert "CDS-002" in shown
    assert "Các dòng được đánh dấu dưới đây còn thiếu câu" not in shown, "every line has enough"
    trial = client.get(desk(world, f"/{world.round.id}/trial"))
    assert trial.status_code == 200
    assert "fieldset" not in trial.text


def test_the_desk_begins_with_the_first_round_that_has_not_closed(
    app: Any, session: Session, client: FlaskClient
) -> None:
    world = make_world(session, app, sections={"paper": PARTS})
    make_round(session, world.contest, "Tuần 1", position=0, closes_at=NOW - timedelta(days=1))
    reviewer(session, client, world)
    assert f'<option value="{world.round.id}" selected>' in client.get(desk(world)).text


def test_unequal_papers_are_warned_of_with_the_line_to_change(app: Any, session: Session, client: FlaskClient) -> None:
    hard = [replace(question(number), difficulty=5) for number in range(1, 7)]
    easy = [question(number) for number in range(7, 13)]
    rows = {"rows": [{**ANY, "count": 1, "difficulty": 1}, {**ANY, "count": 2}]}
    world = make_world(session, app, questions=[*hard, *easy], sections={"paper": rows})
    shown = reviewer(session, client, world).get(desk(world)).text
    assert "<svg" in shown
    assert re.search(r"(Dòng|Line) 2 .*100 %", shown)
    one = {"rows": [{**ANY, "count": 1, "difficulty": 1}]}
    other = make_world(session, app, questions=easy, sections={"paper": one})
    assert 'rules/paper#rows-1-topic"' not in shown, "who may not write rules is not sent there"
    session.execute(update(RulesVersion).values(state=RulesState.DRAFT))
    organize(session, client, world)
    assert f'href="/staff/{world.contest.slug}/rules/paper#rows-1-topic"' in client.get(desk(world)).text
    calm = reviewer(session, client, other).get(desk(other)).text
    assert "<svg" in calm
    [box] = re.findall(r'<svg viewBox="0 0 (\d+) ', calm)
    assert int(box) >= 8 * 50, "equal papers make one bar, which is drawn no larger than one of many"
    assert not re.search(r"(Dòng|Line) 1 .*100 %", calm)


def trial(client: FlaskClient, world: World, person: int) -> str:
    """What the page shows; the token in its head is of the second in which it was asked for."""
    page = client.get(desk(world, f"/{world.round.id}/trial?person={person}&number=1")).text
    return page[page.index("<main") :]


def test_a_look_at_a_sample_paper_is_kept_question_by_question(app: Any, session: Session, client: FlaskClient) -> None:
    world = make_world(session, app, sections={"paper": PARTS})
    reviewer(session, client, world)
    first = trial(client, world, 1)
    assert "Phần II. Đúng hay sai" in first
    assert "Giải thích bí mật" not in first
    session.rollback()
    looks = session.scalars(select(QuestionLook).where(QuestionLook.act == LookAct.PREVIEWED)).all()
    assert len(looks) == first.count("<fieldset") == 4
    assert first == trial(client, world, 1)
    assert first != trial(client, world, 2)


@pytest.mark.parametrize(("query", "person"), [("person=0", 1), ("person=1000", 999), ("person=x&number=-3", 1)])
def test_sample_participants_have_bounds(
    app: Any, session: Session, client: FlaskClient, query: str, person: int
) -> None:
    world = make_world(session, app)
    shown = reviewer(session, client, world).get(desk(world, f"/{world.round.id}/trial?{query}"))
    assert shown.status_code == 200
    assert re.search(rf"(mẫu số|participant) {person}\b", shown.text)


def test_a_round_of_another_contest_is_not_there(app: Any, session: Session, client: FlaskClient) -> None:
    world, other = make_world(session, app), make_world(session, app)
    reviewer(session, client, world)
    assert client.get(desk(world, f"/{other.round.id}/trial")).status_code == 404
    assert client.get(desk(world, f"?round={other.round.id}")).status_code == 404


def test_what_lacks_leads_to_the_draft_of_whoever_may_write_it(app: Any, session: Session, client: FlaskClient) -> None:
    """A reviewer reads what lacks, and is shown no way that would be closed to them."""
    world = make_world(session, app)
    rules = session.scalars(select(RulesVersion)).one()
    rules.sections = {**rules.sections, "paper": {"rows": [{**ANY, "count": 99}]}}
    rules.state = RulesState.DRAFT
    links = [f'href="/staff/{world.contest.slug}/rules{path}"' for path in ("", "/paper")]
    shown = reviewer(session, client, world).get(desk(world)).text
    assert "Chưa rút được đề" in shown
    assert [link in shown for link in links] == [False, False]
    organize(session, client, world)
    shown = client.get(desk(world)).text
    assert [link in shown for link in links] == [True, True]
    assert f'href="/contests/{world.contest.slug}/rules"' not in shown


def test_own_attempts_tell_points_beside_right_answers(app: Any, session: Session, client: FlaskClient) -> None:
    world = make_world(session, app, sections={"paper": PARTS})
    sign_in(session, client, world.person)
    url = start(client, world)
    post(client, f"{url}/submission", {})
    client.get(f"{url}/result")
    row = client.get(f"/rounds/{world.round.public_id}").text.partition("<tbody>")[2].partition("</tbody>")[0]
    cells = re.findall(r'data-label="([^"]+)" class="number num">([^<]*)<', row)
    assert cells[:2] == [("Số câu đúng", "0/4"), ("Điểm", "0")]
