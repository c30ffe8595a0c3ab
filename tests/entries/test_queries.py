import pytest
from sqlalchemy.orm import Session

from contest.entries import queries
from contest.entries.domain.limits import AnswerForm
from contest.entries.models import FileState
from contest.entries.queries.prompts import prompts_shown
from contest.entries.services import versions
from contest.errors import DomainError, NotFound
from tests.entries.world import TEXT, begin, hand_in, join, make_prompt, make_world, put_file, write
from tests.factories import NOW, make_group, make_round, make_rules


def test_the_files_of_an_entry_are_the_current_ones_of_each_question(session: Session) -> None:
    world = make_world(session)
    entry = begin(session, world)
    put_file(session, entry, 1, name="cũ.mp4")
    current = put_file(session, entry, 1, AnswerForm.AUDIO, state=FileState.RECEIVING)
    put_file(session, entry, 2, state=FileState.DISCARDED)
    other = begin(session, world, join(session, world))
    put_file(session, other, 1)
    draft = queries.draft_of(session, entry.id)
    assert {question: file.id for question, file in draft.files.items()} == {1: current.id}


def test_limits_are_those_of_the_rules_in_force(session: Session) -> None:
    world = make_world(session, limits={"words_max": 800})
    assert queries.limits_of_version(world.rules, world.group.code).words_max == 800
    quiz_only = make_rules(session, world.contest, {"attempts": {}}, number=2, state="superseded")
    for version in (None, quiz_only):
        with pytest.raises(DomainError, match="forms_missing"):
            queries.limits_of_version(version, world.group.code)


def test_an_entry_is_read_by_its_author_alone(session: Session) -> None:
    world = make_world(session)
    entry = begin(session, world)
    assert queries.get_entry_page(session, entry.public_id, world.person.id).group.id == world.group.id
    with pytest.raises(NotFound):
        queries.get_entry_page(session, entry.public_id, join(session, world).person_id)


def test_a_quiz_round_has_no_page_of_entries(session: Session) -> None:
    world = make_world(session)
    assert queries.get_round_page(session, world.round.public_id).rules == world.rules
    with pytest.raises(NotFound):
        queries.get_round_page(session, make_round(session, world.contest, position=2).public_id)


def test_prompts_are_shown_group_by_group_in_order(session: Session) -> None:
    world = make_world(session)
    younger = make_group(session, world.contest, "Tiểu học", position=0)
    make_group(session, world.contest, "Chưa có đề", position=3)
    make_prompt(session, world.round, younger, title="Đề nhỏ", position=2)
    make_prompt(session, world.round, younger, title="Đề đầu", position=1)
    shown = prompts_shown(session, world.round)
    assert [(name, [each.title for each in prompts]) for name, prompts in shown] == [
        ("Tiểu học", ["Đề đầu", "Đề nhỏ"]),
        ("Trung học cơ sở", ["Nhân vật truyền cảm hứng", "Viết tiếp câu chuyện"]),
    ]
    assert prompts_shown(session, world.round, younger.id) == shown[:1]


def test_a_version_keeps_its_answers_while_the_draft_goes_on(session: Session) -> None:
    world = make_world(session)
    hand_in(session, world, ["bản nộp"])
    entry = write(session, world, ["bản nháp"])
    page = queries.version_page(session, entry.id, 1)
    assert (page.answers[1].text, page.prompt.id) == ("bản nộp", world.short_prompt.id)
    with pytest.raises(NotFound):
        queries.version_page(session, entry.id, 2)


def test_counts_leave_withdrawn_entries_out(session: Session) -> None:
    world = make_world(session)
    hand_in(session, world)
    hand_in(session, world, actor=join(session, world))
    assert queries.entry_counts(session, world.contest.id) == queries.EntryCounts(begun=2, standing=2)
    entry = write(session, world, [TEXT])
    versions.withdraw(session, world.actor, NOW, entry.public_id)
    assert queries.entry_counts(session, world.contest.id) == queries.EntryCounts(begun=2, standing=1)
    assert queries.standing_count(session, [world.round.id]) == 1


def test_refused_files_are_found_by_version_and_question(session: Session) -> None:
    world = make_world(session)
    entry = write(session, world, ["x", "y"])
    file = put_file(session, entry, 2, state=FileState.CHECKING)
    versions.hand_in(session, world.actor, NOW, entry.public_id, is_committed=True)
    assert queries.refused_versions(session, entry.id) == {}
    file.state = FileState.REFUSED
    session.flush()
    assert queries.refused_versions(session, entry.id) == {1: [2]}
