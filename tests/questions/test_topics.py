"""The tree of topics: made by what questions name, arranged by people, never changing a question."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.errors import DomainError, NotAllowed, NotFound
from contest.questions import queries, services
from contest.questions.models import BankQuestion, QuestionRevision
from contest.questions.queries import Filters, TopicNode
from tests.factories import NOW
from tests.questions.desk import Desk, acts, approve, current, revise, send, write


@pytest.fixture
def backend() -> str:
    """Nothing here depends on the database."""
    return "sqlite"


def paths(session: Session, desk: Desk) -> list[str]:
    return [node.path for node in queries.topic_tree(session, desk.bank.id)]


def node_of(session: Session, desk: Desk, path: str) -> TopicNode:
    return next(node for node in queries.topic_tree(session, desk.bank.id) if node.path == path)


def codes(session: Session, desk: Desk, path: str) -> list[str]:
    branch = node_of(session, desk, path).branch
    order = {"sort": "code", "is_descending": False, "number": 1}
    page = queries.question_page(session, desk.bank, None, Filters(branch=branch), **order)
    return [row.code for row in page.rows]


def change(session: Session, desk: Desk, path: str, **values: Any) -> None:
    node = node_of(session, desk, path)
    values = {"name": node.name, "parent_id": node.parent_id, **values}
    services.change_topic(session, desk.reviewer, NOW, bank=desk.bank, topic_id=node.id, **values)


def test_what_questions_name_makes_the_tree_and_a_branch_holds_what_is_below(session: Session, desk: Desk) -> None:
    write(session, desk, code="C1", topic="An toàn")
    write(session, desk, code="C2", topic="An toàn / Mật khẩu")
    write(session, desk, code="C3", topic="Định danh")
    write(session, desk, code="C4", topic="an toàn / MẬT khẩu")
    assert paths(session, desk) == ["An toàn", "An toàn / Mật khẩu", "Định danh"]
    assert codes(session, desk, "An toàn") == ["C1", "C2", "C4"]
    assert codes(session, desk, "An toàn / Mật khẩu") == ["C2", "C4"]


def test_renaming_moving_and_merging_change_no_question(session: Session, desk: Desk) -> None:
    for number, topic in enumerate(("An toàn", "An toàn / Mật khẩu", "Bảo mật"), start=1):
        row = write(session, desk, code=f"C{number}", topic=topic)
        send(session, desk, row)
        approve(session, desk, row)
    before = session.execute(select(QuestionRevision.digest, QuestionRevision.topic)).all()
    change(session, desk, "An toàn", name="An toàn số")
    assert codes(session, desk, "An toàn số") == ["C1", "C2"]
    change(session, desk, "An toàn số / Mật khẩu", parent_id=None)
    assert paths(session, desk) == ["An toàn số", "Bảo mật", "Mật khẩu"]
    merged, into = node_of(session, desk, "Bảo mật"), node_of(session, desk, "An toàn số")
    services.merge_topic(session, desk.organizer, NOW, bank=desk.bank, topic_id=merged.id, into_id=into.id)
    assert paths(session, desk) == ["An toàn số", "Mật khẩu"]
    assert codes(session, desk, "An toàn số") == ["C1", "C3"]
    assert session.execute(select(QuestionRevision.digest, QuestionRevision.topic)).all() == before
    assert acts(session)[-3:] == ["topic.renamed", "topic.moved", "topic.merged"]


def test_a_change_of_other_parts_keeps_the_place_that_people_gave(session: Session, desk: Desk) -> None:
    row = write(session, desk, topic="An toàn")
    change(session, desk, "An toàn", name="An toàn số")
    revise(session, desk, row, text="Khác?", topic="An toàn")
    assert paths(session, desk) == ["An toàn số"]
    revise(session, desk, row, text="Khác?", topic="Định danh")
    assert codes(session, desk, "Định danh") == ["C1"]


def test_merging_takes_the_topics_below_along(session: Session, desk: Desk) -> None:
    write(session, desk, code="C1", topic="A / B")
    write(session, desk, code="C2", topic="C")
    merged, into = node_of(session, desk, "A"), node_of(session, desk, "C")
    services.merge_topic(session, desk.reviewer, NOW, bank=desk.bank, topic_id=merged.id, into_id=into.id)
    assert paths(session, desk) == ["C", "C / B"]


@pytest.mark.parametrize(
    ("path", "values", "code"),
    [
        ("A", {"name": "c"}, "topic_taken"),
        ("A", {}, "topic_unchanged"),
        ("A / B", {"parent": "A / B"}, "topic_below_itself"),
        ("A", {"parent": "A / B"}, "topic_below_itself"),
        ("A", {"parent": "1 / 2 / 3"}, "topic_too_deep"),
        ("A", {"parent": "1 / 2"}, None),
    ],
)
def test_where_a_topic_may_go(
    session: Session, desk: Desk, path: str, values: dict[str, Any], code: str | None
) -> None:
    for number, topic in enumerate(("A / B", "C", "1 / 2 / 3")):
        write(session, desk, code=f"C{number}", topic=topic)
    parent = values.pop("parent", None)
    if parent is not None:
        values["parent_id"] = node_of(session, desk, parent).id
    if code is None:
        change(session, desk, path, **values)
        assert "1 / 2 / A / B" in paths(session, desk)
        return
    with pytest.raises(DomainError, match=code):
        change(session, desk, path, **values)


def test_topics_for_questions_to_come_and_who_arranges(session: Session, desk: Desk) -> None:
    added = services.add_topic(session, desk.organizer, NOW, bank=desk.bank, name="Kỹ năng", parent_id=None)
    write(session, desk, topic="kỹ năng")
    assert session.scalars(select(BankQuestion.topic_id)).one() == added.id
    with pytest.raises(DomainError, match="topic_taken"):
        services.add_topic(session, desk.organizer, NOW, bank=desk.bank, name="KỸ NĂNG", parent_id=None)
    with pytest.raises(NotFound):
        services.add_topic(session, desk.organizer, NOW, bank=desk.bank, name="Mới", parent_id=added.id + 1)
    for name in ("setter", "secretary", "citizen"):
        with pytest.raises(NotAllowed):
            services.add_topic(session, desk.actor(name), NOW, bank=desk.bank, name="Mới", parent_id=None)


def test_topics_of_another_bank_are_out_of_reach(session: Session, desk: Desk) -> None:
    write(session, desk, topic="An toàn")
    other = services.create_bank(session, desk.organizer, NOW, contest_id=desk.contest.id, name="Khác")
    topic_id = node_of(session, desk, "An toàn").id
    with pytest.raises(NotFound):
        services.change_topic(session, desk.organizer, NOW, bank=other, topic_id=topic_id, name="X", parent_id=None)
    assert current(session, session.scalars(select(BankQuestion)).one()).topic == "An toàn"
