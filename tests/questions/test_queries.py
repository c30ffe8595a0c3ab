"""What the desk shows to whom, in a constant number of statements."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from contest.errors import NotFound
from contest.questions import queries, services
from contest.questions.queries import Filters
from question_bank.formats import Parsed
from tests.factories import NOW
from tests.question_bank.builders import question
from tests.questions.desk import Desk, Statements, approve, revise, send, write


def codes(session: Session, desk: Desk, author_id: int | None = None, **wish: Any) -> list[str]:
    topic = wish.pop("topic", None)
    if topic:
        tree = queries.topic_tree(session, desk.bank.id)
        wish["branch"] = next(node.branch for node in tree if node.path == topic)
    order = {"sort": wish.pop("sort", "code"), "is_descending": wish.pop("is_descending", False)}
    page = queries.question_page(session, desk.bank, author_id, Filters(**wish), **order, number=1)
    return [row.code for row in page.rows]


def test_search_filters_and_order(session: Session, desk: Desk) -> None:
    write(session, desk, code="A1", text="Số định danh gồm mấy chữ số?", topic="Định danh", difficulty=3)
    write(session, desk, "setter 2", code="B2", kind="multiple", topic="An toàn", source="Luật An ninh mạng 100%")
    write(session, desk, code="C3", kind="true_false", topic="An toàn", difficulty=5)
    send(session, desk, row := write(session, desk, code="D4", topic="Đô thị"))
    services.retire_questions(
        session, desk.reviewer, NOW, contest_id=desk.contest.id, question_ids=[row.id], reason="Cũ"
    )
    assert codes(session, desk) == ["A1", "B2", "C3"]
    assert codes(session, desk, words="dinh DANH") == ["A1"]
    assert codes(session, desk, words="100%") == ["B2"]
    assert codes(session, desk, words="%") == ["B2"]
    assert codes(session, desk, words="c3") == ["C3"]
    assert codes(session, desk, state="retired") == ["D4"]
    assert codes(session, desk, topic="An toàn") == ["B2", "C3"]
    assert codes(session, desk, topic="An toàn", difficulty=5) == ["C3"]
    assert codes(session, desk, kind="multiple") == ["B2"]
    assert codes(session, desk, sort="difficulty", is_descending=True)[0] == "C3"
    for sort in ("changed", "topic", "state"):
        assert sorted(codes(session, desk, sort=sort)) == ["A1", "B2", "C3"]


def test_setters_see_their_own_questions_only(session: Session, desk: Desk) -> None:
    mine, theirs = write(session, desk, code="A"), write(session, desk, "setter 2", code="B")
    me = desk.setter.person_id
    assert codes(session, desk, me) == ["A"]
    assert queries.state_counts(session, desk.bank.id, me)["all"] == 1
    assert queries.state_counts(session, desk.bank.id, None)["all"] == 2
    assert queries.get_question(session, desk.contest.id, mine.id, me).row.id == mine.id
    with pytest.raises(NotFound):
        queries.get_question(session, desk.contest.id, theirs.id, me)
    with pytest.raises(NotFound):
        queries.get_question(session, desk.contest.id + 1, mine.id, None)
    with pytest.raises(NotFound):
        queries.get_bank(session, desk.contest.id + 1, desk.bank.id)


def test_counts_by_topic_and_difficulty_tell_use_from_total(session: Session, desk: Desk) -> None:
    row = write(session, desk, topic="An toàn", difficulty=2)
    send(session, desk, row)
    approve(session, desk, row)
    revise(session, desk, row, text="Nay khó hơn?", topic="An toàn", difficulty=3)
    write(session, desk, code="C2", topic="An toàn", difficulty=3)
    tree = queries.topic_tree(session, desk.bank.id)
    [line] = queries.topic_table(session, desk.bank.id, None, tree)
    assert (line.topic.path, line.in_use, line.total) == ("An toàn", (0, 1, 0, 0, 0), (0, 0, 2, 0, 0))
    counts = queries.state_counts(session, desk.bank.id, None)
    assert counts == {"draft": 2, "in_review": 0, "approved": 0, "retired": 0, "all": 2, "in_use": 1}


@pytest.mark.parametrize("size", [1, 3])
def test_statements_do_not_grow_with_rows(session: Session, desk: Desk, size: int) -> None:
    for number in range(size):
        write(session, desk, code=f"C{number}", topic=f"Chủ đề {number}")
        name = f"Ngân hàng {number}"
        services.create_bank(session, desk.organizer, NOW, contest_id=desk.contest.id, name=name)
    session.flush()
    with Statements(session) as statements:
        codes(session, desk)
        queries.state_counts(session, desk.bank.id, None)
        queries.remarked_count(session, desk.bank.id, None)
        queries.topic_table(session, desk.bank.id, None, queries.topic_tree(session, desk.bank.id))
    assert statements.count == 7
    with Statements(session) as statements:
        queries.bank_page(session, desk.contest.id, None, "", 1, is_descending=False)
    assert statements.count == 4
    with Statements(session) as statements:
        queries.approved_revisions(session, desk.bank.id)
    assert statements.count == 1


def test_bank_list_counts_and_searches(session: Session, desk: Desk) -> None:
    send(session, desk, write(session, desk))
    write(session, desk, "setter 2", code="C2")
    [row] = queries.bank_page(session, desk.contest.id, None, "tuan", 1, is_descending=False).rows
    assert (row.name, row.total, row.in_use, row.in_review, row.rounds) == ("Tuần 1", 2, 0, 1, [])
    [row] = queries.bank_page(session, desk.contest.id, desk.setter.person_id, "", 1, is_descending=False).rows
    assert row.total == 1
    assert queries.bank_page(session, desk.contest.id, None, "không có", 1, is_descending=False).rows == []


def test_proposed_codes_are_free(session: Session, desk: Desk) -> None:
    assert queries.next_code(session, desk.bank.id) == "CH-001"
    write(session, desk, code="CH-002")
    assert queries.next_code(session, desk.bank.id) == "CH-003"


def test_known_codes_of_a_file(session: Session, desk: Desk) -> None:
    write(session, desk, code="C1")
    parsed = (Parsed("c1", 2, question()), Parsed("C9", 3, question()))
    assert [item.row for item in queries.taken_codes(session, desk.bank.id, parsed)] == [2]


def test_history_names_people_and_revisions(session: Session, desk: Desk) -> None:
    row = write(session, desk)
    send(session, desk, row)
    revise(session, desk, row, text="Bản hai?")
    send(session, desk, row)
    approve(session, desk, row)
    lines = [(line.person, line.verdict.value, line.number) for line in queries.history(session, row.id)]
    assert lines == [("Người reviewer", "approved", 2), ("Người setter", "sent", 2), ("Người setter", "sent", 1)]
    assert [revision.number for revision in queries.revision_list(session, row.id)] == [2, 1]
    assert queries.get_revision(session, row.id, 1).content["text"] == "Câu C1?"
    with pytest.raises(NotFound):
        queries.get_revision(session, row.id, 3)
