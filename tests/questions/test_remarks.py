"""What is said about a question: open until somebody who may settles it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.errors import DomainError, NotAllowed, NotFound
from contest.questions import queries, services
from contest.questions.models import BankQuestion, QuestionState, ReviewNote
from contest.questions.queries import Filters
from tests.factories import NOW
from tests.questions.desk import Desk, acts, approve, current, send, write


@pytest.fixture
def backend() -> str:
    """Nothing here depends on the database."""
    return "sqlite"


@pytest.fixture
def row(session: Session, desk: Desk) -> BankQuestion:
    row = write(session, desk)
    send(session, desk, row)
    return row


def remark(session: Session, desk: Desk, row: BankQuestion, by: str = "reviewer") -> ReviewNote:
    place = {"contest_id": desk.contest.id, "question_id": row.id}
    services.add_remark(session, desk.actor(by), NOW, **place, note="Nguồn chưa rõ.")
    session.flush()
    return session.scalars(select(ReviewNote).order_by(ReviewNote.id.desc())).first()


def place_of(desk: Desk, row: BankQuestion, note: ReviewNote) -> dict[str, int]:
    return {"contest_id": desk.contest.id, "question_id": row.id, "note_id": note.id}


def open_codes(session: Session, desk: Desk) -> list[tuple[str, int]]:
    order = {"sort": "code", "is_descending": False, "number": 1}
    page = queries.question_page(session, desk.bank, None, Filters(has_remarks=True), **order)
    return [(each.code, each.remarks) for each in page.rows]


def test_a_remark_is_answered_by_the_author_and_settled_by_a_reviewer(
    session: Session, desk: Desk, row: BankQuestion
) -> None:
    write(session, desk, code="C2")
    note = remark(session, desk, row)
    assert open_codes(session, desk) == [("C1", 1)]
    assert queries.remarked_count(session, desk.bank.id, None) == 1
    place = place_of(desk, row, note)
    services.answer_remark(session, desk.setter, NOW, **place, answer="Đã ghi Điều 17.")
    assert open_codes(session, desk) == [("C1", 1)], "an answer is not yet an agreement"
    with pytest.raises(NotAllowed):
        services.settle_remark(session, desk.setter, NOW, **place)
    services.settle_remark(session, desk.reviewer, NOW, **place)
    assert open_codes(session, desk) == []
    with pytest.raises(DomainError, match="remark_settled"):
        services.settle_remark(session, desk.reviewer, NOW, **place)
    with pytest.raises(DomainError, match="remark_settled"):
        services.answer_remark(session, desk.setter, NOW, **place, answer="Nữa?")
    answer = next(line for line in queries.history(session, row.id) if line.answers_id == note.id)
    assert (answer.person, answer.note, answer.is_open) == ("Người setter", "Đã ghi Điều 17.", False)
    assert acts(session)[-3:] == ["question.remarked", "question.answered", "question.settled"]


def test_the_authors_own_word_asks_for_nothing(session: Session, desk: Desk, row: BankQuestion) -> None:
    remark(session, desk, row, "setter")
    assert open_codes(session, desk) == []


def test_a_reviewer_who_wrote_the_question_does_not_settle_what_is_said_about_it(session: Session, desk: Desk) -> None:
    row = write(session, desk, "both")
    note = remark(session, desk, row)
    with pytest.raises(NotAllowed):
        services.settle_remark(session, desk.actor("both"), NOW, **place_of(desk, row, note))


def test_approving_settles_ones_own_remarks_and_waits_for_those_of_others(
    session: Session, desk: Desk, row: BankQuestion
) -> None:
    theirs = remark(session, desk, row, "both")
    remark(session, desk, row)
    with pytest.raises(DomainError, match="remarks_open"), session.begin_nested():
        approve(session, desk, row)
    assert len(open_codes(session, desk)) == 1
    services.settle_remark(session, desk.reviewer, NOW, **place_of(desk, row, theirs))
    approve(session, desk, row)
    assert row.state is QuestionState.APPROVED
    assert open_codes(session, desk) == []


def test_why_a_question_was_returned_is_open_until_it_is_settled(
    session: Session, desk: Desk, row: BankQuestion
) -> None:
    place = {"contest_id": desk.contest.id, "question_id": row.id}
    services.return_question(session, desk.reviewer, NOW, **place, note="Sửa nguồn.")
    assert open_codes(session, desk) == [("C1", 1)]
    send(session, desk, row)
    approve(session, desk, row)
    assert open_codes(session, desk) == []


def test_refusals(session: Session, desk: Desk, row: BankQuestion) -> None:
    note, other = remark(session, desk, row), write(session, desk, code="C2")
    with pytest.raises(DomainError, match="note_missing"):
        services.answer_remark(session, desk.setter, NOW, **place_of(desk, row, note), answer=" ")
    with pytest.raises(NotFound):
        services.answer_remark(session, desk.setter, NOW, **place_of(desk, other, note), answer="Nhầm câu")
    sent = session.scalars(select(ReviewNote).order_by(ReviewNote.id)).first()
    with pytest.raises(NotFound):
        services.settle_remark(session, desk.reviewer, NOW, **place_of(desk, row, sent))
    for name in ("setter 2", "secretary", "organizer"):
        with pytest.raises((NotAllowed, NotFound)):
            services.answer_remark(session, desk.actor(name), NOW, **place_of(desk, row, note), answer="Chen vào")
    assert current(session, row).digest
