"""A judge's view of a case: the work, and not a trace of who made it."""

from dataclasses import asdict

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.entries.models import Entry, EntryFile, FileState
from contest.errors import NotFound
from contest.judging.domain.redaction import BLOCK
from contest.judging.models import JudgingCase
from contest.judging.queries import author_of, blind_case
from tests.judging.queries.counting import counted
from tests.judging.world import World, hand_in, make_world, open_cases

NAME, UNIT = "Lường Thị Hải Yến", "Trường PTDTBT THCS xã Mẫu Sơn"
TEXT = (
    "Em là Lường Thị Hải Yến, học sinh Trường PTDTBT THCS xã Mẫu Sơn.\n\n"
    "Em thích Dế Mèn. Thư của em: luongthihaiyen2012@example.vn. LƯỜNG THỊ HẢI YẾN ký tên."
)


def world_with_case(session: Session) -> tuple[World, JudgingCase]:
    world = make_world(session)
    hand_in(session, world, NAME, TEXT, file_state=FileState.READY)
    file = session.scalars(select(EntryFile)).one()
    file.name, file.words, file.pages = "Luong Thi Hai Yen lop 8A.mp4", 12, 3
    session.commit()
    return world, open_cases(session, world)[0]


def test_nothing_a_judge_gets_tells_who_made_it(session: Session) -> None:
    world, case = world_with_case(session)
    shown = repr(asdict(blind_case(session, case.id)))
    entry, participation = session.scalars(select(Entry)).one(), world.people[NAME]
    file = session.scalars(select(EntryFile)).one()
    for secret in (NAME, NAME.upper(), UNIT, "luongthihaiyen", file.name, file.public_id, file.key, entry.public_id):
        assert secret not in shown, secret
    assert "person" not in shown
    assert "participation" not in shown
    assert participation.draw_id not in shown


def test_the_work_itself_is_all_there(session: Session) -> None:
    world, case = world_with_case(session)
    found = blind_case(session, case.id)
    assert (found.code, found.title) == (case.code, "Nhân vật truyền cảm hứng")
    text, clip = found.answers
    assert text.wording == world.prompt.questions[0]
    assert text.text == (
        f"Em là {BLOCK}, học sinh {BLOCK}.\n\nEm thích Dế Mèn. Thư của em: {BLOCK}@example.vn. {BLOCK} ký tên."
    )
    assert (clip.question, clip.form, clip.duration_ms, clip.text) == (2, "video", 402_000, "")
    copy = session.scalars(select(EntryFile)).one().copies[0]
    assert (clip.piece(0).key, clip.piece(0).mime, clip.piece(0).size) == (copy["key"], copy["mime"], copy["size"])


def test_only_copies_that_exist_are_found(session: Session) -> None:
    _world, case = world_with_case(session)
    found = blind_case(session, case.id)
    assert found.answer(2).piece(0)
    for number in (-1, 1):
        with pytest.raises(NotFound):
            found.answer(2).piece(number)
    for question in (0, 3):
        with pytest.raises(NotFound):
            found.answer(question)
    with pytest.raises(NotFound):
        blind_case(session, case.id + 1)


def test_texts_of_copies_are_masked_with_the_same_names(session: Session) -> None:
    _world, case = world_with_case(session)
    author = author_of(session, case.id)
    assert author.masked(f"Bài của {NAME}") == f"Bài của {BLOCK}"
    assert NAME not in repr(author)
    assert UNIT not in str(author)


def test_a_case_is_four_statements_however_many_answers(session: Session) -> None:
    _world, case = world_with_case(session)
    with counted(session) as statements:
        blind_case(session, case.id)
    assert len(statements) == 4
