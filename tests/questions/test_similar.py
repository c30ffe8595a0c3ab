"""Looking at saved questions again, in the background."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.questions import services
from contest.questions.models import Bank, BankQuestion, QuestionBand, QuestionFinding
from contest.questions.queries import similar
from contest.questions.services.similar import AT_ONCE, check_questions
from contest.questions.services.writing import sound
from question_bank.lint.similar import BANDS
from tests.factories import NOW, add, make_contest
from tests.question_bank.builders import options, question
from tests.questions.desk import Desk, Statements, approve, current, revise, send, write

TEXT = "Ngày Chuyển đổi số quốc gia được tổ chức vào ngày nào hằng năm?"
CLOSE = "Theo quy định, " + TEXT
ANSWER = {"options": options("Ngày 26 tháng 3", "Ngày 10 tháng 10"), "key": "b", "explanation": "Theo quyết định."}


def ask(session: Session, desk: Desk, code: str, text: str = TEXT, author: str = "setter", **changes: Any) -> Any:
    return write(session, desk, author, code, text=text, **{**ANSWER, **changes})


def check(session: Session) -> None:
    while check_questions(session, NOW):
        session.expire_all()


def pairs(session: Session, row: BankQuestion, author_id: int | None = None) -> list[tuple[str, str | None]]:
    return [(pair.finding, pair.other_code) for pair in similar.pairs_of(session, current(session, row).id, author_id)]


def found(session: Session, desk: Desk, author_id: int | None = None, **changes: Any) -> list[tuple[str, str]]:
    asked = {"finding": "", "words": "", "sort": "finding", "is_descending": False, "number": 1, **changes}
    page = similar.finding_page(session, desk.bank.id, author_id, **asked)
    return [(row.code, row.finding) for row in page.rows]


def test_a_pair_is_told_on_both_questions(session: Session, desk: Desk) -> None:
    one, other = ask(session, desk, "C1"), ask(session, desk, "C2", CLOSE)
    ask(session, desk, "C3", "Thủ tục cấp thẻ căn cước cho trẻ em do ai thực hiện?")
    check(session)
    assert pairs(session, one) == [("near_duplicate", "C2")]
    assert pairs(session, other) == [("near_duplicate", "C1")]
    assert found(session, desk) == [("C1", "near_duplicate"), ("C2", "near_duplicate")]


def test_a_question_that_is_saved_later_is_compared_with_those_before(session: Session, desk: Desk) -> None:
    one = ask(session, desk, "C1")
    check(session)
    other = ask(session, desk, "C2", CLOSE)
    assert similar.unchecked_count(session, desk.bank.id, None) == 1
    check(session)
    assert similar.unchecked_count(session, desk.bank.id, None) == 0
    assert pairs(session, one) == [("near_duplicate", "C2")]
    assert pairs(session, other) == [("near_duplicate", "C1")]


def test_a_draft_that_is_changed_is_looked_at_again(session: Session, desk: Desk) -> None:
    one, other = ask(session, desk, "C1"), ask(session, desk, "C2", CLOSE)
    check(session)
    revise(session, desk, other, text="Thủ tục cấp thẻ căn cước do ai thực hiện?", explanation="")
    assert other.checked_at is None
    check(session)
    assert pairs(session, one) == []
    assert found(session, desk) == [("C2", "explanation_missing")]
    revise(session, desk, other, text=CLOSE, **ANSWER)
    check(session)
    assert found(session, desk) == [("C1", "near_duplicate"), ("C2", "near_duplicate")]


def test_what_is_in_use_stays_comparable_while_its_next_revision_is_written(session: Session, desk: Desk) -> None:
    one = ask(session, desk, "C1")
    send(session, desk, one)
    approve(session, desk, one)
    check(session)
    revise(session, desk, one, text="Thủ tục cấp thẻ căn cước do ai thực hiện?", explanation="Theo luật.")
    check(session)
    other = ask(session, desk, "C2", CLOSE)
    check(session)
    assert pairs(session, other) == [("near_duplicate", "C1")]
    assert pairs(session, one) == []


def test_two_revisions_of_one_question_are_no_pair(session: Session, desk: Desk) -> None:
    one = ask(session, desk, "C1")
    send(session, desk, one)
    approve(session, desk, one)
    check(session)
    revise(session, desk, one, text=CLOSE, **ANSWER)
    check(session)
    assert pairs(session, one) == []


def test_retired_questions_are_told_no_more(session: Session, desk: Desk) -> None:
    one, other = ask(session, desk, "C1"), ask(session, desk, "C2", CLOSE)
    check(session)
    services.retire_questions(
        session, desk.reviewer, NOW, contest_id=desk.contest.id, question_ids=[other.id], reason="Trùng."
    )
    assert pairs(session, one) == []
    assert found(session, desk) == []


def test_other_banks_of_the_contest_count_and_other_contests_do_not(session: Session, desk: Desk) -> None:
    second = add(session, Bank(contest_id=desk.contest.id, name="Tuần 2", created_at=NOW))
    foreign = add(session, Bank(contest_id=make_contest(session).id, name="Nơi khác", created_at=NOW))
    one = ask(session, desk, "C1")
    for bank, code in ((second, "T2"), (foreign, "F1")):
        close = question(text=CLOSE, **ANSWER)
        services.load_bank(
            session,
            NOW,
            contest_id=bank.contest_id,
            name=f"Ngân hàng {code}",
            entries=[(code, close)],
            written_by=desk.people["setter"].id,
            approved_by=desk.people["reviewer"].id,
        )
    check(session)
    assert pairs(session, one) == [("near_duplicate", "T2")]


def test_a_setter_learns_of_anothers_question_only_that_there_is_one(session: Session, desk: Desk) -> None:
    ask(session, desk, "C1", "Năm 2023 " + TEXT, author="setter 2")
    mine = ask(session, desk, "C2", "Năm 2024 " + TEXT)
    check(session)
    me = desk.people["setter"].id
    assert pairs(session, mine) == [("differs_by_number", "C1")]
    [pair] = similar.pairs_of(session, current(session, mine).id, me)
    assert (pair.finding, pair.is_hidden, pair.other_id, pair.other_code) == ("near_duplicate", True, None, None)
    assert found(session, desk, me) == [("C2", "near_duplicate")]
    assert similar.finding_counts(session, desk.bank.id, me) == {"near_duplicate": 1}


def test_a_setter_sees_both_of_their_own(session: Session, desk: Desk) -> None:
    mine = ask(session, desk, "C1")
    ask(session, desk, "C2", CLOSE)
    check(session)
    assert pairs(session, mine, desk.people["setter"].id) == [("near_duplicate", "C2")]


def test_findings_are_counted_narrowed_searched_and_sorted(session: Session, desk: Desk) -> None:
    ask(session, desk, "C1", explanation="")
    ask(session, desk, "C2", "Ai được cấp thẻ căn cước?", options=options("Trẻ em", "Cả A và C", "Người lớn"))
    check(session)
    assert similar.finding_counts(session, desk.bank.id, None) == {"explanation_missing": 1, "option_needs_order": 1}
    assert found(session, desk) == [("C2", "option_needs_order"), ("C1", "explanation_missing")]
    assert found(session, desk, finding="explanation_missing") == [("C1", "explanation_missing")]
    assert found(session, desk, words="the can cuoc") == [("C2", "option_needs_order")]
    assert found(session, desk, sort="code") == [("C1", "explanation_missing"), ("C2", "option_needs_order")]
    assert found(session, desk, sort="code", is_descending=True)[0][0] == "C2"


def test_a_bank_as_a_whole_is_looked_at_without_what_is_retired_or_anothers(session: Session, desk: Desk) -> None:
    for number in range(10):
        write(session, desk, code=f"T{number}", kind="true_false", options=(), key=True)
    write(session, desk, "setter 2", code="F1", kind="true_false", options=(), key=False)
    told = similar.remarks_together(session, desk.bank.id, None)
    assert [(remark.code, remark.values) for remark in told] == [("true_share_uneven", {"count": 10, "total": 11})]
    mine = similar.remarks_together(session, desk.bank.id, desk.people["setter"].id)
    assert [remark.values for remark in mine] == [{"count": 10, "total": 10}]


def test_an_import_is_looked_at_in_pieces(session: Session, desk: Desk) -> None:
    items = [sound(f"N{number}", question(text=f"Câu thứ {number}?")) for number in range(1, AT_ONCE + 2)]
    services.import_questions(session, desk.setter, NOW, desk.bank, items)
    assert [check_questions(session, NOW) for _ in range(3)] == [AT_ONCE, 1, 0]
    signed = select(func.count(QuestionBand.revision_id.distinct())).select_from(QuestionBand)
    assert session.scalar(signed) == AT_ONCE + 1


def test_looking_twice_keeps_everything_once(session: Session, desk: Desk) -> None:
    one = ask(session, desk, "C1", explanation="")
    ask(session, desk, "C2", CLOSE)
    for _ in range(2):
        one.checked_at = None
        session.flush()
        check(session)
    assert session.scalar(select(func.count()).select_from(QuestionFinding)) == 3
    assert session.scalar(select(func.count()).select_from(QuestionBand)) == 2 * BANDS


def test_a_question_costs_as_many_statements_however_many_there_are(session: Session, desk: Desk) -> None:
    def cost(code: str) -> int:
        ask(session, desk, code, f"Câu hỏi số {code} về {code * 3}?")
        session.flush()
        with Statements(session) as sent:
            check_questions(session, NOW)
        return sent.count

    few = cost("A")
    for number in range(30):
        ask(session, desk, f"M{number}", f"Nội dung {number} không giống câu nào {number * 7919}?", explanation="x")
    check(session)
    assert cost("B") <= few + 1
