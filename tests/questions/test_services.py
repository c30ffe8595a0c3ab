"""Writing, review by another person, retiring, importing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.contests.models import RoundKind
from contest.errors import DomainError, NotAllowed, NotFound
from contest.questions import queries, services
from contest.questions.domain import Sound
from contest.questions.models import Bank, BankQuestion, QuestionState
from contest.questions.services.writing import sound
from tests.factories import NOW, make_round
from tests.question_bank.builders import question
from tests.questions.desk import (
    Desk,
    Statements,
    acts,
    approve,
    approved,
    current,
    make_desk,
    revise,
    send,
    write,
)


def refused(expected: str, act: Callable[..., Any], /, *args: Any, **values: Any) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act(*args, **values)
    assert caught.value.code == expected
    return caught.value


def sounds(*codes: str, **changes: Any) -> list[Sound]:
    return [sound(code, question(**{"text": f"Câu {code}?", **changes})) for code in codes]


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


# Banks


def test_one_bank_serves_several_rounds_and_a_round_has_one_bank(session: Session, desk: Desk) -> None:
    later = {"opens_at": NOW + timedelta(days=1), "closes_at": NOW + timedelta(days=2)}
    rounds = [make_round(session, desk.contest, f"Tuần {n}", position=n, **later) for n in (1, 2)]
    ids = [round_.id for round_ in rounds]
    first = services.create_bank(session, desk.organizer, NOW, contest_id=desk.contest.id, name="Chung", round_ids=ids)
    assert [queries.bank_of_round(session, id_) for id_ in ids] == [first, first]
    services.assign_bank(session, desk.organizer, NOW, bank=desk.bank, round_ids=[ids[1]])
    assert [queries.bank_of_round(session, id_) for id_ in ids] == [first, desk.bank]
    services.change_bank(session, desk.organizer, NOW, bank=desk.bank, name="Tuần lẻ", round_ids=[])
    assert [queries.bank_of_round(session, id_) for id_ in ids] == [first, None]
    assert desk.bank.name == "Tuần lẻ"
    assert acts(session) == ["bank.created", "bank.assigned", "bank.changed"]


@pytest.mark.parametrize(
    ("released", "opens_in", "code"),
    [(True, timedelta(0), "round_opened"), (True, timedelta(microseconds=1), None), (False, timedelta(0), None)],
)
def test_the_bank_of_a_round_stays_once_the_round_has_opened(
    session: Session, desk: Desk, released: bool, opens_in: timedelta, code: str | None
) -> None:
    released_at = NOW - timedelta(days=1) if released else None
    round_ = make_round(session, desk.contest, opens_at=NOW + opens_in, released_at=released_at)
    values = {"bank": desk.bank, "round_ids": [round_.id]}
    if code:
        refused(code, services.assign_bank, session, desk.organizer, NOW, **values)
    else:
        services.assign_bank(session, desk.organizer, NOW, **values)
    assert (queries.bank_of_round(session, round_.id) is None) is (code is not None)


def test_only_quiz_rounds_of_the_contest_draw_from_a_bank(session: Session, desk: Desk) -> None:
    other = make_desk(session)
    later = {"opens_at": NOW + timedelta(days=1), "closes_at": NOW + timedelta(days=2)}
    entry = make_round(session, desk.contest, kind=RoundKind.ENTRY, **later)
    foreign = make_round(session, other.contest, **later)
    for round_ in (entry, foreign):
        refused(
            "not_a_quiz_round",
            services.assign_bank,
            session,
            desk.organizer,
            NOW,
            bank=desk.bank,
            round_ids=[round_.id],
        )


def test_a_name_is_used_once_in_a_contest(session: Session, desk: Desk) -> None:
    new = {"contest_id": desk.contest.id, "name": "TUAN 1"}
    assert refused("bank_name_taken", services.create_bank, session, desk.organizer, NOW, **new).field == "name"
    services.change_bank(session, desk.organizer, NOW, bank=desk.bank, name="Tuần 1", round_ids=[])


@pytest.mark.parametrize("name", ["setter", "reviewer", "secretary", "citizen"])
def test_only_the_organizer_keeps_banks(session: Session, desk: Desk, name: str) -> None:
    with pytest.raises(NotAllowed):
        services.create_bank(session, desk.actor(name), NOW, contest_id=desk.contest.id, name="Mới")
    with pytest.raises(NotAllowed):
        services.assign_bank(session, desk.actor(name), NOW, bank=desk.bank, round_ids=[])


# Writing


def test_a_draft_changes_in_place_until_a_reviewer_could_see_it(session: Session, desk: Desk) -> None:
    row = write(session, desk)
    first = current(session, row)
    assert revise(session, desk, row, text="Sửa lần một?").id == first.id
    send(session, desk, row)
    second = revise(session, desk, row, text="Sửa lần hai?")
    assert (second.number, row.state) == (2, QuestionState.DRAFT)
    assert first.content["text"] == "Sửa lần một?"


def test_an_approved_revision_never_changes_and_stays_in_use_until_the_next_one_is_approved(
    session: Session, desk: Desk
) -> None:
    row = write(session, desk)
    send(session, desk, row)
    approve(session, desk, row)
    used = current(session, row)
    before = (dict(used.content), used.digest, used.approved_at)

    def pool() -> list[int]:
        return [revision.id for revision in queries.approved_revisions(session, desk.bank.id)]

    newer = revise(session, desk, row, text="Bản mới?")
    assert pool() == [used.id]
    send(session, desk, row)
    assert pool() == [used.id]
    approve(session, desk, row)
    assert pool() == [newer.id]
    session.refresh(used)
    assert (dict(used.content), used.digest, used.approved_at) == before


def test_refusals_of_writing(session: Session, desk: Desk) -> None:
    row = write(session, desk)
    new = {"bank": desk.bank, "code": "c1", "question": question()}
    assert refused("code_taken", services.write_question, session, desk.setter, NOW, **new).field == "code"
    refused("code_unreadable", services.write_question, session, desk.setter, NOW, **{**new, "code": "a\0b"})
    faulty = {**new, "code": "C2", "question": question(source="")}
    refused("question_faulty", services.write_question, session, desk.setter, NOW, **faulty)
    refused("question_unchanged", revise, session, desk, row, text="Câu C1?")
    refused("question_faulty", revise, session, desk, row, source="")
    with pytest.raises(NotAllowed):
        services.write_question(session, desk.reviewer, NOW, **{**new, "code": "C3"})
    with pytest.raises(NotFound):
        revise(session, desk, row, "setter 2", text="Của người khác?")
    with pytest.raises(NotAllowed):
        revise(session, desk, row, "both", text="Của người khác?")
    assert acts(session) == ["question.written"]


# Review


@pytest.mark.parametrize("author", ["setter", "both"])
@pytest.mark.parametrize("approver", ["setter", "both", "reviewer", "organizer", "secretary"])
def test_four_eyes(session: Session, desk: Desk, author: str, approver: str) -> None:
    row = write(session, desk, author)
    send(session, desk, row, author)
    if approver in {"reviewer", "both"} and approver != author:
        approve(session, desk, row, approver)
        assert row.approved_revision_id == row.current_revision_id
    else:
        with pytest.raises(NotAllowed) as caught:
            approve(session, desk, row, approver)
        assert caught.value.code == ("own_question" if approver == author == "both" else "not_allowed")
        assert row.approved_revision_id is None


def test_one_own_question_among_several_keeps_all_of_them_from_being_approved(session: Session, desk: Desk) -> None:
    rows = [write(session, desk, author, code) for author, code in (("setter", "C1"), ("both", "C2"))]
    for row, author in zip(rows, ("setter", "both"), strict=True):
        send(session, desk, row, author)
    digests = {row.id: current(session, row).digest for row in rows}
    with pytest.raises(NotAllowed), session.begin_nested():
        services.approve_questions(session, desk.actor("both"), NOW, contest_id=desk.contest.id, digests=digests)
    assert queries.approved_revisions(session, desk.bank.id) == []
    services.approve_questions(session, desk.reviewer, NOW, contest_id=desk.contest.id, digests=digests)
    assert len(queries.approved_revisions(session, desk.bank.id)) == 2
    assert acts(session)[-1:] == ["question.approved"]


def test_a_reviewer_approves_only_what_was_read(session: Session, desk: Desk) -> None:
    row = write(session, desk)
    send(session, desk, row)
    read = {row.id: current(session, row).digest}
    revise(session, desk, row, text="Đổi sau khi người duyệt mở trang?")
    values = {"contest_id": desk.contest.id, "digests": read}
    refused("question_not_in_review", services.approve_questions, session, desk.reviewer, NOW, **values)
    send(session, desk, row)
    refused("question_changed", services.approve_questions, session, desk.reviewer, NOW, **values)


def test_returning_says_why_and_lets_the_author_go_on(session: Session, desk: Desk) -> None:
    row = write(session, desk)
    place = {"contest_id": desk.contest.id, "question_id": row.id}
    refused("question_not_in_review", services.return_question, session, desk.reviewer, NOW, **place, note="Sửa")
    send(session, desk, row)
    refused("note_missing", services.return_question, session, desk.reviewer, NOW, **place, note="  ")
    with pytest.raises(NotAllowed):
        services.return_question(session, desk.setter, NOW, **place, note="Sửa")
    services.return_question(session, desk.reviewer, NOW, **place, note="Nguồn chưa rõ.")
    services.add_remark(session, desk.setter, NOW, **place, note="Đã rõ.")
    refused("question_not_draft", _send_twice, session, desk, row)
    lines = queries.history(session, row.id)
    assert {(line.verdict.value, line.note) for line in lines} >= {("returned", "Nguồn chưa rõ."), ("remark", "Đã rõ.")}


def _send_twice(session: Session, desk: Desk, row: BankQuestion) -> None:
    send(session, desk, row)
    send(session, desk, row)


def test_a_retired_question_leaves_the_pool_and_takes_no_more_changes(session: Session, desk: Desk) -> None:
    row = write(session, desk)
    send(session, desk, row)
    approve(session, desk, row)
    place = {"contest_id": desk.contest.id, "question_ids": [row.id], "reason": "Văn bản hết hiệu lực."}
    with pytest.raises(NotAllowed):
        services.retire_questions(session, desk.setter, NOW, **place)
    with pytest.raises(NotAllowed):
        services.retire_questions(session, desk.organizer, NOW, **place)
    services.retire_questions(session, desk.reviewer, NOW, **place)
    assert queries.approved_revisions(session, desk.bank.id) == []
    assert queries.revisions(session, [row.approved_revision_id or 0]).keys() == {row.approved_revision_id}
    refused("question_retired", services.retire_questions, session, desk.reviewer, NOW, **place)
    refused("question_retired", revise, session, desk, row, text="Lại?")


def test_an_author_retires_an_own_draft_with_a_reason(session: Session, desk: Desk) -> None:
    row = write(session, desk)
    place = {"contest_id": desk.contest.id, "question_ids": [row.id]}
    with pytest.raises(DomainError), session.begin_nested():
        services.retire_questions(session, desk.setter, NOW, **place, reason="")
    services.retire_questions(session, desk.setter, NOW, **place, reason="Trùng câu khác.")
    assert row.state is QuestionState.RETIRED


def test_nobody_acts_on_questions_of_another_contest(session: Session, desk: Desk) -> None:
    other = make_desk(session)
    row = write(session, desk)
    send(session, desk, row)
    place = {"contest_id": other.contest.id}
    for act in (
        lambda: services.approve_questions(session, other.reviewer, NOW, **place, digests={row.id: "x"}),
        lambda: services.return_question(session, other.reviewer, NOW, **place, question_id=row.id, note="Sửa"),
        lambda: services.retire_questions(session, other.reviewer, NOW, **place, question_ids=[row.id], reason="a"),
        lambda: services.send_to_review(session, other.setter, NOW, **place, question_ids=[row.id]),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(NotAllowed):
        services.approve_questions(session, other.reviewer, NOW, contest_id=desk.contest.id, digests={row.id: "x"})


# Import


def test_questions_of_a_file_become_drafts_of_the_importer(session: Session, desk: Desk) -> None:
    assert len(services.import_questions(session, desk.setter, NOW, desk.bank, sounds("A", "B")).ids) == 2
    rows = session.scalars(select(BankQuestion)).all()
    assert {(row.state, row.created_by) for row in rows} == {(QuestionState.DRAFT, desk.setter.person_id)}
    assert all(current(session, row).number == 1 for row in rows)
    assert acts(session) == ["questions.imported"]


def test_what_is_there_is_left_out_under_any_code(session: Session, desk: Desk) -> None:
    services.import_questions(session, desk.setter, NOW, desk.bank, sounds("A", "B"))
    for again in (sounds("A", "B"), sounds("X", text="Câu A?")):
        imported = services.import_questions(session, desk.actor("setter 2"), NOW, desk.bank, again)
        assert (imported.ids, imported.known) == ([], len(again))
    assert (count(session, BankQuestion), acts(session)) == (2, ["questions.imported"])


def test_what_an_earlier_revision_said_is_there(session: Session, desk: Desk) -> None:
    row = approved(session, desk, code="A")
    revise(session, desk, row, text="Câu khác?")
    assert services.import_questions(session, desk.setter, NOW, desk.bank, sounds("A")).known == 1


def test_a_taken_code_is_left_out_or_gets_an_ending(session: Session, desk: Desk) -> None:
    services.import_questions(session, desk.setter, NOW, desk.bank, sounds("A", "A-2"))
    file = sounds("a", text="Câu mới?") + sounds("A-3", "C")
    left = services.import_questions(session, desk.setter, NOW, desk.bank, file[:1])
    assert (left.ids, left.clashing) == ([], 1)
    services.import_questions(session, desk.setter, NOW, desk.bank, file, renames=True)
    assert session.scalars(select(BankQuestion.code).order_by(BankQuestion.id)).all() == ["A", "A-2", "a-4", "A-3", "C"]


def test_only_setters_import(session: Session, desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        services.import_questions(session, desk.reviewer, NOW, desk.bank, sounds("C"))
    assert count(session, BankQuestion) == 0


@pytest.mark.parametrize("size", [1, 3, 50])
def test_importing_takes_the_same_statements_for_any_number(session: Session, desk: Desk, size: int) -> None:
    file = sounds(*(f"C{number}" for number in range(size)))
    session.flush()
    with Statements(session) as statements:
        services.import_questions(session, desk.setter, NOW, desk.bank, file)
    assert statements.count <= 15


def test_loading_a_bank_makes_approved_questions_by_two_people(session: Session, desk: Desk) -> None:
    entries = [(f"C{number}", question(text=f"Câu {number}?")) for number in range(3)]
    values = {"contest_id": desk.contest.id, "name": "Mẫu", "entries": entries}
    writer, approver = desk.setter.person_id, desk.reviewer.person_id
    bank: Bank = services.load_bank(session, NOW, **values, written_by=writer, approved_by=approver)
    pool = queries.approved_revisions(session, bank.id)
    assert [(r.written_by, r.approved_by, r.sent_at) for r in pool] == [(writer, approver, NOW)] * 3
    with pytest.raises(NotAllowed):
        services.load_bank(session, NOW, **values, written_by=writer, approved_by=writer)
