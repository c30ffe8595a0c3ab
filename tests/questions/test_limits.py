"""Compulsory questions, and questions that exclude each other."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.audit.models import AuditRecord
from contest.errors import DomainError, NotAllowed
from contest.questions import queries, services
from contest.questions.models import BankQuestion
from contest.questions.services.writing import add_questions, sound
from question_bank.formats import FORMATS
from question_bank.formats.limits import PaperLimits
from tests.factories import NOW
from tests.question_bank.builders import question
from tests.questions.desk import Desk, acts, address, approved, write
from tests.questions.importing import decide, file_of, uploaded
from tests.web import post


def limit(session: Session, desk: Desk, row: BankQuestion, by: str = "reviewer", **values: Any) -> None:
    values = {"is_compulsory": row.is_compulsory, **values}
    services.limit_question(session, desk.actor(by), NOW, contest_id=desk.contest.id, question_id=row.id, **values)


def groups(session: Session, *rows: BankQuestion) -> list[set[str]]:
    """Return the codes that each of these questions excludes."""
    return [{each.code for each in queries.excluded_questions(session, row)} for row in rows]


def test_pairs_that_share_a_question_are_one_group(session: Session, desk: Desk) -> None:
    one, two, three, four = (approved(session, desk, f"C{number}") for number in range(1, 5))
    limit(session, desk, two, beside=["c3"])
    limit(session, desk, one, beside=["C2"])
    assert groups(session, one, two, three, four) == [{"C2", "C3"}, {"C1", "C3"}, {"C1", "C2"}, set()]
    limits = queries.limits_of(session, desk.bank.id)
    first = one.approved_revision_id
    assert limits.groups == {each.approved_revision_id: first for each in (one, two, three)}
    assert limits.compulsory == frozenset()


def test_who_leaves_a_group_can_found_another_one(session: Session, desk: Desk) -> None:
    one, two, three, four = (approved(session, desk, f"C{number}") for number in range(1, 5))
    limit(session, desk, one, beside=["C2"])
    limit(session, desk, one, beside=["C3"])
    limit(session, desk, one, is_alone=True)
    assert groups(session, one, two, three) == [set(), {"C3"}, {"C2"}]
    limit(session, desk, one, beside=["C4"])
    assert groups(session, one, two, three, four) == [{"C4"}, {"C3"}, {"C2"}, {"C1"}]
    limit(session, desk, two, is_alone=True)
    assert groups(session, two, three) == [set(), set()]


def test_only_approved_questions_count_and_one_alone_is_no_group(session: Session, desk: Desk) -> None:
    one, two = approved(session, desk, "C1"), write(session, desk, code="C2")
    limit(session, desk, one, beside=["C2"], is_compulsory=True)
    limit(session, desk, two, is_compulsory=True)
    limits = queries.limits_of(session, desk.bank.id)
    assert (limits.compulsory, limits.groups) == ({one.approved_revision_id}, {})


@pytest.mark.parametrize("code", ["C9", "C1"])
def test_the_other_question_has_to_be_another_one_of_the_bank(session: Session, desk: Desk, code: str) -> None:
    row = approved(session, desk, "C1")
    with pytest.raises(DomainError, match="beside_unknown") as caught:
        limit(session, desk, row, beside=[code])
    assert caught.value.field == "beside"


def test_several_codes_at_once_join_all_their_groups(session: Session, desk: Desk) -> None:
    rows = [approved(session, desk, f"C{number}") for number in range(1, 6)]
    limit(session, desk, rows[2], beside=["C4"])
    limit(session, desk, rows[0], beside=["c2", "C3"])
    assert groups(session, *rows) == [{f"C{other}" for other in range(1, 5)} - {each.code} for each in rows[:4]] + [
        set()
    ]


def test_every_code_that_is_none_is_named_and_nothing_is_joined(session: Session, desk: Desk) -> None:
    one, two = approved(session, desk, "C1"), approved(session, desk, "C2")
    with pytest.raises(DomainError, match="beside_unknown") as caught:
        limit(session, desk, one, beside=["C8", "C2", "C9"])
    assert caught.value.values["question"] == "C8, C9"
    assert groups(session, one, two) == [set(), set()]


def exclude(session: Session, desk: Desk, *rows: BankQuestion, by: str = "reviewer") -> None:
    ids = [row.id for row in rows]
    services.exclude_together(session, desk.actor(by), NOW, contest_id=desk.contest.id, question_ids=ids)


def test_ticked_questions_are_kept_apart_with_what_they_exclude_already(session: Session, desk: Desk) -> None:
    one, two, three, four = (approved(session, desk, f"C{number}") for number in range(1, 5))
    limit(session, desk, three, beside=["C4"])
    exclude(session, desk, one, two, three)
    assert groups(session, one, four) == [{"C2", "C3", "C4"}, {"C1", "C2", "C3"}]
    with pytest.raises(DomainError, match="two_needed"):
        exclude(session, desk, one)
    with pytest.raises(NotAllowed):
        exclude(session, desk, one, two, by="setter")


def test_ticked_questions_of_two_banks_are_not_joined(session: Session, desk: Desk) -> None:
    one = approved(session, desk, "C1")
    bank = services.create_bank(session, desk.organizer, NOW, contest_id=desk.contest.id, name="Ngân hàng khác")
    [other_id] = add_questions(session, NOW, bank, [("C1", question())], desk.people["setter"].id)
    with pytest.raises(DomainError, match="two_needed"):
        exclude(session, desk, one, session.get_one(BankQuestion, other_id))


@pytest.mark.parametrize(("number", "told"), [(2, "Mỗi đề có nhiều nhất một trong 2 câu"), (1, "ít nhất hai câu")])
def test_the_list_keeps_ticked_questions_apart(
    session: Session, desk: Desk, at_desk: Any, number: int, told: str
) -> None:
    rows = [approved(session, desk, f"C{each}") for each in range(1, 3)]
    session.commit()
    client, page = at_desk("reviewer"), address(desk, f"banks/{desk.bank.id}")
    assert 'value="exclude"' in client.get(page).text
    ticked = [f"{row.id}:" for row in rows[:number]]
    reply = post(client, f"{page}/acts", {"act": "exclude", "questions": ticked})
    assert told in client.get(reply.location).text
    session.expire_all()
    session.rollback()  # see what the request has committed
    assert [bool(each) for each in groups(session, *rows)] == [number == 2] * 2


@pytest.mark.parametrize(("name", "may"), [("reviewer", True), ("organizer", True), ("setter", False)])
def test_reviewers_and_organizers_say_what_papers_hold(session: Session, desk: Desk, name: str, may: bool) -> None:
    row = approved(session, desk, "C1")
    if may:
        limit(session, desk, row, by=name, is_compulsory=True)
        assert row.is_compulsory
        return
    with pytest.raises(NotAllowed):
        limit(session, desk, row, by=name, is_compulsory=True)


def test_the_record_says_what_was_set(session: Session, desk: Desk) -> None:
    one, two = approved(session, desk, "C1"), approved(session, desk, "C2")
    limit(session, desk, one, beside=["C2"], is_compulsory=True)
    assert acts(session)[-1] == "question.limited"
    facts = session.scalars(select(AuditRecord.facts).order_by(AuditRecord.id)).all()[-1]
    assert facts == {"question": one.id, "is_compulsory": True, "excludes": [two.id]}


def test_the_page_keeps_what_was_typed_and_shows_the_group(session: Session, desk: Desk, at_desk: Any) -> None:
    one, two = approved(session, desk, "C1"), approved(session, desk, "C2")
    session.commit()
    client = at_desk("reviewer")
    url = address(desk, f"questions/{one.id}/papers")
    refused = post(client, url, {"is_compulsory": "y", "beside": "C77"})
    assert refused.status_code == 422
    assert "C77" in refused.text
    assert post(client, url, {"is_compulsory": "y", "beside": f" {two.code} ; {two.code},"}).status_code == 303
    shown = client.get(address(desk, f"questions/{one.id}")).text
    assert f"questions/{two.id}" in shown
    session.rollback()
    session.expire_all()
    assert one.is_compulsory
    assert post(client, url, {"is_alone": "y"}).status_code == 303
    session.rollback()
    session.expire_all()
    assert (one.is_compulsory, one.exclusion_group, two.exclusion_group) == (False, None, None)


def test_the_list_marks_what_papers_owe_a_question_and_is_narrowed_to_it(
    at_desk: Any, session: Session, desk: Desk
) -> None:
    one, _two, _three, four = (approved(session, desk, f"C{number}") for number in range(1, 5))
    limit(session, desk, one, beside=["C2"])
    limit(session, desk, four, is_compulsory=True)
    client, bank = at_desk("reviewer"), address(desk, f"banks/{desk.bank.id}")
    page = client.get(bank).text
    assert (page.count("bắt buộc trong mọi đề"), page.count("có câu loại trừ")) == (1, 2)
    narrowed = client.get(f"{bank}?limited=1").text
    assert {code for code in ("C1", "C2", "C3", "C4") if f">{code}</a>" in narrowed} == {"C1", "C2", "C4"}


LIMITS = {"C1": PaperLimits(is_compulsory=True, group="đề 1"), "C2": PaperLimits(group="Đề 1"), "C3": PaperLimits()}


def bank_file(*codes: str, suffix: str = ".json") -> bytes:
    return file_of(*((code, question(text=f"Câu {code}?")) for code in codes), suffix=suffix, limits=LIMITS)


def test_a_file_says_what_papers_owe_its_new_questions(session: Session, app: Flask, desk: Desk, at_desk: Any) -> None:
    client = at_desk("both")
    page = uploaded(app, client, desk, bank_file("C1", "C2", "C3"), "de.json")
    shown = client.get(page).text
    assert "Câu bắt buộc có trong mọi đề" in shown
    assert "C1 – C2" in shown
    decide(client, page, "all")
    session.rollback()
    one, two, three = session.scalars(select(BankQuestion).order_by(BankQuestion.code))
    assert groups(session, one, two, three) == [{"C2"}, {"C1"}, set()]
    assert [each.is_compulsory for each in (one, two, three)] == [True, False, False]
    facts = session.scalars(select(AuditRecord.facts).order_by(AuditRecord.id)).all()[-1]
    assert (facts["compulsory"], facts["excluding"]) == ([one.id], [[one.id, two.id]])


def test_what_stands_in_the_bank_already_keeps_what_was_decided(
    session: Session, app: Flask, desk: Desk, at_desk: Any
) -> None:
    row = write(session, desk, "both", code="C1")
    session.commit()
    client = at_desk("both")
    decide(client, uploaded(app, client, desk, bank_file("C1", "C2"), "de.json"), "all")
    session.expire_all()
    assert (row.is_compulsory, row.exclusion_group) == (False, None)
    new = session.scalars(select(BankQuestion).where(BankQuestion.code == "C2")).one()
    assert new.exclusion_group is None


def test_setters_do_not_say_by_a_file_what_papers_hold(session: Session, app: Flask, desk: Desk, at_desk: Any) -> None:
    client = at_desk("setter")
    page = uploaded(app, client, desk, bank_file("C1", "C2", "C3", suffix=".xlsx"), "de.xlsx")
    shown = client.get(page).text
    assert "chỉ người duyệt hoặc Ban Tổ chức" in shown
    assert "Câu bắt buộc có trong mọi đề" not in shown
    decide(client, page, "all")
    session.rollback()
    assert {(row.is_compulsory, row.exclusion_group) for row in session.scalars(select(BankQuestion))} == {
        (False, None)
    }


@pytest.mark.parametrize(("by", "may"), [("both", True), ("setter", False)])
def test_who_may_say_it_is_asked_again_when_it_is_taken(session: Session, desk: Desk, by: str, may: bool) -> None:
    items = [replace(sound("C1", question()), limits=PaperLimits(is_compulsory=True))]
    services.import_questions(session, desk.actor(by), NOW, desk.bank, items)
    assert session.scalars(select(BankQuestion.is_compulsory)).all() == [may]


def test_an_export_holds_what_papers_owe_and_imports_alike(
    session: Session, app: Flask, desk: Desk, at_desk: Any
) -> None:
    one, _two, _three, four = (approved(session, desk, f"C{number}") for number in range(1, 5))
    limit(session, desk, one, beside=["C2"], is_compulsory=True)
    limit(session, desk, four, beside=["C3"])
    services.retire_questions(
        session, desk.reviewer, NOW, contest_id=desk.contest.id, question_ids=[four.id], reason="Đã cũ"
    )
    assert queries.exported_limits(session, desk.bank.id) == {
        "C1": PaperLimits(is_compulsory=True, group="N1"),
        "C2": PaperLimits(group="N1"),
    }
    session.commit()
    reply = at_desk("reviewer").get(address(desk, f"banks/{desk.bank.id}/questions.xlsx"))
    found = FORMATS[".xlsx"].read_questions(reply.data)
    assert {item.code: item.limits.group for item in found.questions} == {"C1": "N1", "C2": "N1", "C3": ""}
    chosen = at_desk("reviewer").get(address(desk, f"banks/{desk.bank.id}/export")).text
    assert "không giữ dấu câu bắt buộc" in chosen
