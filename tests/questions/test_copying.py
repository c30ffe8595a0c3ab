"""Copies in another contest: read and approved anew there, with a record on both sides."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.actors import Actor, HeldSeat
from contest.audit.models import AuditRecord
from contest.contests.models import Role
from contest.errors import DomainError, NotAllowed, NotFound
from contest.questions import queries, services
from contest.questions.models import Bank, BankQuestion, QuestionState
from contest.questions.services import Receiver
from tests.factories import NOW
from tests.questions.desk import Desk, approve, current, make_desk, revise, send, write


@pytest.fixture
def backend() -> str:
    """Nothing here depends on the database."""
    return "sqlite"


@pytest.fixture
def here(session: Session) -> Desk:
    return make_desk(session)


@pytest.fixture
def there(session: Session) -> Desk:
    return make_desk(session)


def organizer_of(*desks: Desk, role: Role = Role.ORGANIZER) -> Actor:
    seats = {HeldSeat(desk.contest.id, desk.contest.slug, role.value) for desk in desks}
    return Actor(desks[0].people["organizer"].id, seats=frozenset(seats))


def copy(
    session: Session, here: Desk, there: Desk, *rows: BankQuestion, actor: Actor | None = None, name: str = "Kho chung"
) -> Bank:
    return services.copy_questions(
        session,
        actor or organizer_of(here, there),
        NOW,
        bank=here.bank,
        question_ids=[row.id for row in rows],
        receiver=Receiver(there.contest.id, there.setter.person_id, name),
    )


def copies(session: Session, bank: Bank) -> dict[str, BankQuestion]:
    session.expire_all()
    return {row.code: row for row in session.scalars(select(BankQuestion).where(BankQuestion.bank_id == bank.id))}


def test_what_was_approved_waits_there_and_the_rest_is_a_draft(session: Session, here: Desk, there: Desk) -> None:
    approved, draft = write(session, here, code="A", topic="An toàn / Mật khẩu"), write(session, here, code="B")
    send(session, here, approved)
    approve(session, here, approved)
    used = current(session, approved).digest
    revise(session, here, approved, text="Đang sửa?")
    made = copies(session, copy(session, here, there, approved, draft))
    assert {code: row.state for code, row in made.items()} == {
        "A": QuestionState.IN_REVIEW,
        "B": QuestionState.DRAFT,
    }
    assert current(session, made["A"]).digest == used, "the approved revision goes along, not what is being changed"
    assert made["A"].approved_revision_id is None
    bank_id = made["A"].bank_id
    assert queries.topic_tree(session, bank_id)[0].path == "An toàn"
    assert made["B"].created_by == there.setter.person_id


def test_neither_who_copied_nor_who_took_over_approves(session: Session, here: Desk, there: Desk) -> None:
    row = write(session, here)
    send(session, here, row)
    approve(session, here, row)
    copier = organizer_of(here, there)
    [copied] = copies(session, copy(session, here, there, row)).values()
    reviewing = HeldSeat(there.contest.id, there.contest.slug, Role.QUESTION_REVIEWER.value)
    digests = {copied.id: current(session, copied).digest}
    for person_id in (copier.person_id, there.setter.person_id):
        with pytest.raises(NotAllowed, match="own_question"):
            services.approve_questions(
                session,
                Actor(person_id, seats=frozenset({reviewing})),
                NOW,
                contest_id=there.contest.id,
                digests=digests,
            )
    approve(session, there, copied)
    assert copied.state is QuestionState.APPROVED


@pytest.mark.parametrize("is_approved", [True, False])
def test_who_wrote_the_words_does_not_approve_their_copy(
    session: Session, here: Desk, there: Desk, is_approved: bool
) -> None:
    row = write(session, here)
    if is_approved:
        send(session, here, row)
        approve(session, here, row)
    [copied] = copies(session, copy(session, here, there, row)).values()
    if not is_approved:
        send(session, there, copied)
    seat = HeldSeat(there.contest.id, there.contest.slug, Role.QUESTION_REVIEWER.value)
    author = Actor(here.setter.person_id, seats=frozenset({seat}))
    digests = {copied.id: current(session, copied).digest}
    with pytest.raises(NotAllowed, match="own_question"):
        services.approve_questions(session, author, NOW, contest_id=there.contest.id, digests=digests)
    revise(session, there, copied, tags=("một dấu phẩy",))
    send(session, there, copied)
    digests = {copied.id: current(session, copied).digest}
    with pytest.raises(NotAllowed, match="own_question"):
        services.approve_questions(session, author, NOW, contest_id=there.contest.id, digests=digests)
    approve(session, there, copied)
    assert copied.state is QuestionState.APPROVED


def test_both_chains_tell_of_it(session: Session, here: Desk, there: Desk) -> None:
    row = write(session, here)
    made = copy(session, here, there, row)
    rows = session.execute(
        select(AuditRecord.scope, AuditRecord.act, AuditRecord.facts).where(AuditRecord.act.startswith("questions."))
    ).all()
    assert {(scope, act) for scope, act, _ in rows} == {
        (here.contest.id, "questions.copied"),
        (there.contest.id, "questions.received"),
    }
    assert all(facts["from"]["questions"] == [row.id] and facts["to"]["bank"] == made.id for _, _, facts in rows)


def test_the_whole_bank_goes_into_the_bank_of_that_name_without_what_is_retired(
    session: Session, here: Desk, there: Desk
) -> None:
    rows = [write(session, here, code=code) for code in "ABC"]
    services.retire_questions(
        session, here.reviewer, NOW, contest_id=here.contest.id, question_ids=[rows[2].id], reason="Cũ"
    )
    assert copy(session, here, there, name="tuan 1").id == there.bank.id
    assert sorted(copies(session, there.bank)) == ["A", "B"]
    with pytest.raises(DomainError, match="code_taken"):
        copy(session, here, there, name="Tuần 1")


def test_refusals(session: Session, here: Desk, there: Desk) -> None:
    row = write(session, here)
    for actor in (organizer_of(here), organizer_of(there), organizer_of(here, there, role=Role.QUESTION_REVIEWER)):
        with pytest.raises(NotAllowed):
            copy(session, here, there, row, actor=actor)
    with pytest.raises(NotFound):
        copy(session, here, there, write(session, there))
    stranger = Receiver(there.contest.id, there.reviewer.person_id, "Kho")
    values = {"bank": here.bank, "question_ids": [row.id], "receiver": stranger}
    with pytest.raises(DomainError, match="receiver_missing"):
        services.copy_questions(session, organizer_of(here, there), NOW, **values)
    services.retire_questions(session, here.setter, NOW, contest_id=here.contest.id, question_ids=[row.id], reason="Bỏ")
    with pytest.raises(DomainError, match="nothing_to_copy"):
        copy(session, here, there)


def test_what_papers_owe_a_question_goes_along(session: Session, here: Desk, there: Desk) -> None:
    rows = {code: write(session, here, code=code) for code in "ABCDE"}
    rows["A"].is_compulsory = True
    for code, group in {"A": "A", "B": "A", "C": "C", "D": "C", "E": "C"}.items():
        rows[code].exclusion_group = rows[group].id
    session.flush()
    made = copies(session, copy(session, here, there, *(rows[code] for code in "ACDE")))
    assert {code: row.is_compulsory for code, row in made.items()} == dict.fromkeys("CDE", False) | {"A": True}
    assert made["A"].exclusion_group is None, "what it excludes stays behind"
    assert {made[code].exclusion_group for code in "CDE"} == {min(made[code].id for code in "CDE")}
