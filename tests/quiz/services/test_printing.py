import hashlib
import io
import os
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from sqlalchemy import delete, select

from contest.actors import Actor
from contest.audit.models import AuditRecord
from contest.contests.models import Role, RoundKind
from contest.errors import DomainError, NotAllowed, NotFound
from contest.questions.models import BankQuestion, QuestionState, RoundBank
from contest.quiz.domain.printing import NOBODY
from contest.quiz.jobs import Press, print_papers
from contest.quiz.models import PaperPrint, QuestionSet, QuestionSetItem
from contest.quiz.services import printing
from contest.quiz.services.printing import Wish, drawn_print, forget_files, order_again, order_print
from contest.quiz.services.sets import frozen_set
from contest.storage import FolderStorage, MissingObjectError
from contest.work.models import WorkItem, WorkState
from question_bank.drawing import draw_paper
from tests.factories import NOW, actor_of, make_contest, make_person, make_round
from tests.quiz.world import KEYS, World, make_world

WISH = Wish(codes=3, first_code=101, is_same=True, is_explained=False)
EACH = Wish(codes=3, first_code=101, is_same=False, is_explained=True)


@pytest.fixture
def world(session) -> World:
    return make_world(session)


@pytest.fixture
def organizer(session, world) -> Actor:
    person = make_person(session, "Nông Thị Trưởng")
    session.commit()
    return actor_of(person, world.contest, Role.ORGANIZER)


@pytest.fixture
def order(session, world, organizer):
    def ordered(wish: Wish = WISH, **changes) -> PaperPrint:
        values = {"actor": organizer, "contest": world.contest, "round_id": world.round.id, **changes}
        row = order_print(session, now=NOW, wish=wish, keys=KEYS, **values)
        session.commit()
        return row

    return ordered


@pytest.fixture
def storage(tmp_path):
    return FolderStorage(tmp_path / "store")


@pytest.fixture
def make(session, storage, tmp_path):
    """Do the work of a print, as a worker does."""

    def made(row: PaperPrint) -> None:
        @contextmanager
        def unit(_advance_by):
            yield session, NOW
            session.commit()

        print_papers(Press(unit, lambda: None, storage, Path(tmp_path), KEYS), row.id)
        session.get_one(WorkItem, row.work_id).state = WorkState.DONE
        session.commit()

    return made


def asked(session, row: PaperPrint) -> list[list[str]]:
    return [[each.question.text for each in paper.questions] for paper in drawn_print(session, row.id, KEYS).papers]


def text_of(storage, key: str) -> str:
    with storage.open(key) as file:
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file.read())).pages)


def test_papers_ask_the_same_in_another_order(session, order):
    papers = asked(session, order())
    assert {frozenset(each) for each in papers} == {frozenset(papers[0])}
    assert len({tuple(each) for each in papers}) > 1
    assert [len(each) for each in papers] == [5, 5, 5]


def test_papers_drawn_by_themselves_ask_what_the_draw_says(session, order, world):
    row = order(EACH)
    drawn_from = frozen_set(session, world.set_row, KEYS)
    seed = KEYS.unseal(row.seed_sealed, row.digest)
    for code, paper in zip((101, 102, 103), drawn_print(session, row.id, KEYS).papers, strict=True):
        slots = draw_paper(drawn_from.pool, drawn_from.blueprint, seed, NOBODY, code)
        assert [each.order for each in paper.questions] == [slot.order for slot in slots]
        assert [each.question for each in paper.questions] == [drawn_from.questions[slot.ref] for slot in slots]


def test_a_print_is_never_drawn_by_the_seed_of_attempts(session, order, world):
    row = order()
    assert KEYS.unseal(row.seed_sealed, row.digest) != frozen_set(session, world.set_row, KEYS).seed
    assert row.digest == world.set_row.digest


def test_two_prints_have_different_seeds(order):
    assert KEYS.unseal((one := order()).seed_sealed, one.digest) != KEYS.unseal(
        (two := order()).seed_sealed, two.digest
    )


def test_what_was_printed_stays_drawn_whatever_becomes_of_the_bank(session, order):
    row = order()
    before = asked(session, row)
    session.execute(delete(QuestionSetItem))
    for question in session.scalars(select(BankQuestion)):
        question.state = QuestionState.RETIRED
    session.commit()
    assert asked(session, row) == before


def test_a_round_without_a_set_prints_what_is_approved_now(session, order, world):
    session.execute(delete(QuestionSetItem))
    session.execute(delete(QuestionSet))
    session.commit()
    row = order()
    assert len(row.items) == 8
    assert len(asked(session, row)[0]) == 5


def test_what_the_papers_show_is_kept(session, order):
    row = order()
    drawn_print(session, row.id, KEYS)
    session.commit()
    assert len(row.shown) == 5
    each = order(EACH)
    drawn_print(session, each.id, KEYS)
    assert 5 <= len(each.shown) <= 8


def test_both_files_are_made_and_kept(session, order, make, storage):
    row = order(EACH)
    make(row)
    assert row.ready_at == NOW
    shown = text_of(storage, row.papers_key)
    for words in ("Mã đề 101", "Mã đề 103", "Thời gian làm bài: 15 phút", "Câu hỏi số"):
        assert words in shown
    assert "bí mật" not in shown
    answers = text_of(storage, row.keys_key)
    assert "ĐÁP ÁN" in answers
    assert "Giải thích bí mật" in answers
    with storage.open(row.papers_key) as file:
        assert row.papers_digest == hashlib.sha256(file.read()).hexdigest()


def test_the_same_papers_are_printed_again(session, order, make, storage, organizer, world):
    row = order()
    make(row)
    first = row.papers_digest, row.keys_digest
    forget_files(session, storage, NOW + timedelta(hours=24, seconds=1))
    session.commit()
    assert (row.papers_key, row.keys_key) == (None, None)
    order_again(session, organizer, NOW, contest_id=world.contest.id, print_id=row.id)
    make(row)
    assert (row.papers_digest, row.keys_digest) == first


@pytest.mark.parametrize(("hours", "seconds", "is_there"), [(24, 0, True), (24, 1, False)])
def test_files_are_deleted_after_a_day(session, order, make, storage, hours, seconds, is_there):
    row = order()
    make(row)
    key = row.papers_key
    os.utime(storage.root / key, (NOW.timestamp(), NOW.timestamp()))
    forget_files(session, storage, NOW + timedelta(hours=hours, seconds=seconds))
    session.commit()
    assert (row.papers_key is not None) is is_there
    if is_there:
        assert storage.size(key)
    else:
        with pytest.raises(MissingObjectError):
            storage.size(key)


@pytest.mark.parametrize("state", [WorkState.WAITING, WorkState.RUNNING])
def test_what_is_being_made_is_not_ordered_again(session, order, organizer, world, state):
    row = order()
    session.get_one(WorkItem, row.work_id).state = state
    with pytest.raises(DomainError, match="print_present"):
        order_again(session, organizer, NOW, contest_id=world.contest.id, print_id=row.id)


def test_what_is_there_is_not_ordered_again(session, order, make, organizer, world):
    row = order()
    make(row)
    with pytest.raises(DomainError, match="print_present"):
        order_again(session, organizer, NOW, contest_id=world.contest.id, print_id=row.id)


def test_what_failed_may_be_ordered_again(session, order, organizer, world):
    row = order()
    first = row.work_id
    session.get_one(WorkItem, first).state = WorkState.FAILED
    order_again(session, organizer, NOW, contest_id=world.contest.id, print_id=row.id)
    assert row.work_id != first


def test_prints_under_way_are_bounded(session, order, make, world, organizer, monkeypatch):
    monkeypatch.setattr(printing, "MOST_UNDER_WAY", 2)
    failed = order()
    session.get_one(WorkItem, failed.work_id).state = WorkState.FAILED
    first, _second = order(), order()
    with pytest.raises(DomainError, match="prints_many"):
        order()
    with pytest.raises(DomainError, match="prints_many"):
        order_again(session, organizer, NOW, contest_id=world.contest.id, print_id=failed.id)
    session.rollback()
    make(first)
    order()


def test_each_order_is_in_the_record_without_the_seed(session, order):
    row = order()
    entry = session.scalars(select(AuditRecord).where(AuditRecord.act == "papers.ordered")).one()
    assert entry.facts == {"print": row.id, "first_code": 101, "codes": 3, "digest": row.digest}


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ORGANIZER, Role.QUESTION_REVIEWER}])
def test_others_of_the_committee_may_not_print(session, order, world, role):
    person = make_person(session, "Lý Văn Khác")
    other = actor_of(person, world.contest, role)
    with pytest.raises(NotAllowed):
        order(actor=other)


def test_a_reviewer_may_print(session, order, world):
    person = make_person(session, "Vi Thị Duyệt")
    assert order(actor=actor_of(person, world.contest, Role.QUESTION_REVIEWER)).id


def test_only_quiz_rounds_of_the_contest_are_printed(session, order, world):
    entry = make_round(session, world.contest, kind=RoundKind.ENTRY, name="Bài dự thi", position=2)
    elsewhere = make_round(session, make_contest(session, slug="khac"))
    for round_ in (entry, elsewhere):
        with pytest.raises(NotFound):
            order(round_id=round_.id)


def test_a_print_of_another_contest_is_not_found(session, order, organizer):
    row = order()
    other = make_contest(session, slug="khac")
    with pytest.raises(NotFound):
        printing.get_print(session, other.id, row.id)


def test_a_bank_that_cannot_fill_a_paper_is_told(session, order, world):
    session.execute(delete(QuestionSetItem))
    session.execute(delete(QuestionSet))
    for question in session.scalars(select(BankQuestion)).all()[:4]:
        question.state = QuestionState.RETIRED
    session.commit()
    with pytest.raises(DomainError, match="paper_not_fillable"):
        order()
    session.execute(delete(RoundBank))
    with pytest.raises(DomainError, match="bank_missing"):
        order()
