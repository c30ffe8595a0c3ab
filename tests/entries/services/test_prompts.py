"""The organizer's prompts, until the round is released."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from contest.audit.models import AuditDetail, AuditRecord
from contest.contests.models import Role
from contest.entries.models import Prompt
from contest.entries.services import prompts
from contest.errors import DomainError, NotAllowed, NotFound
from tests.entries.world import World, make_prompt, make_world
from tests.factories import NOW, actor_of, make_contest, make_person, make_round

Act = Callable[..., Any]


def acts(session: Session, world: World, role: Role = Role.ORGANIZER) -> dict[str, Act]:
    """Each act on the second prompt of the world, ready to be done by somebody with this seat."""
    actor = actor_of(make_person(session), world.contest, role)
    place: dict[str, Any] = {"contest_id": world.contest.id, "round_id": world.round.id}
    words = {"title": "Đề mới", "questions": ["Câu 1?", "  ", "Câu 2?"]}
    one = {**place, "prompt_id": world.short_prompt.id}
    return {
        "prompt.added": lambda **v: prompts.add_prompt(
            session, actor, NOW, **{**place, **words, "group_id": world.group.id, **v}
        ),
        "prompt.changed": lambda **v: prompts.change_prompt(session, actor, NOW, **{**one, **words, **v}),
        "prompt.moved": lambda **v: prompts.move_prompt(session, actor, NOW, **{**one, **v}),
        "prompt.removed": lambda **v: prompts.remove_prompt(session, actor, NOW, **{**one, **v}),
    }


NAMES = ["prompt.added", "prompt.changed", "prompt.moved", "prompt.removed"]


@pytest.mark.parametrize("name", NAMES)
def test_each_act_leaves_one_record_that_holds_no_words_in_the_chain(session: Session, name: str) -> None:
    world = make_world(session, released_at=None)
    acts(session, world)[name]()
    record = session.query(AuditRecord).one()
    assert (record.act, record.scope) == (name, world.contest.id)
    assert record.facts.keys() == {"round", "group", "position"}
    assert "title" in session.query(AuditDetail).one().detail


@pytest.mark.parametrize("name", NAMES)
def test_prompts_are_fixed_once_the_round_is_released(session: Session, name: str) -> None:
    world = make_world(session)
    with pytest.raises(DomainError, match="prompts_fixed"):
        acts(session, world)[name]()
    assert session.query(AuditRecord).count() == 0


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", [Role.SECRETARY, Role.JUDGE, Role.CHIEF_JUDGE, Role.COORDINATOR])
def test_only_the_organizer_writes_prompts(session: Session, name: str, role: Role) -> None:
    world = make_world(session, released_at=None)
    with pytest.raises(NotAllowed):
        acts(session, world, role)[name]()


@pytest.mark.parametrize("name", NAMES)
def test_a_round_of_another_contest_or_kind_is_not_there(session: Session, name: str) -> None:
    world = make_world(session, released_at=None)
    quiz = make_round(session, world.contest, position=2, released_at=None)
    foreign = make_round(session, make_contest(session), kind=world.round.kind, released_at=None)
    for round_ in (quiz, foreign):
        with pytest.raises(NotFound):
            acts(session, world)[name](round_id=round_.id)


@pytest.mark.parametrize("name", NAMES[1:])
def test_a_prompt_of_another_round_is_not_there(session: Session, name: str) -> None:
    world = make_world(session, released_at=None)
    other = make_round(session, world.contest, kind=world.round.kind, position=2, released_at=None)
    prompt = make_prompt(session, other, world.group)
    with pytest.raises(NotFound):
        acts(session, world)[name](prompt_id=prompt.id)


def test_a_prompt_goes_to_the_end_and_blank_questions_are_left_out(session: Session) -> None:
    world = make_world(session, released_at=None)
    prompt = acts(session, world)["prompt.added"]()
    assert (prompt.position, prompt.questions) == (3, ["Câu 1?", "Câu 2?"])


@pytest.mark.parametrize(
    ("count", "code"), [(0, "questions_missing"), (1, None), (10, None), (11, "too_many_questions")]
)
def test_a_prompt_has_from_one_to_ten_questions(session: Session, count: int, code: str | None) -> None:
    world = make_world(session, released_at=None)
    for name in NAMES[:2]:
        questions = ["Câu?"] * count
        if code is None:
            assert acts(session, world)[name](questions=questions).questions == questions
        else:
            with pytest.raises(DomainError, match=code):
                acts(session, world)[name](questions=questions)


def test_a_group_has_at_most_twenty_prompts(session: Session) -> None:
    world = make_world(session, released_at=None)
    for position in range(3, 20):
        make_prompt(session, world.round, world.group, position=position)
    assert acts(session, world)["prompt.added"]().position == 20
    with pytest.raises(DomainError, match="too_many_prompts"):
        acts(session, world)["prompt.added"]()


def test_a_prompt_moves_up_until_it_is_the_first(session: Session) -> None:
    world = make_world(session, released_at=None)
    for _ in range(2):
        acts(session, world)["prompt.moved"]()
        order = session.query(Prompt.id).order_by(Prompt.position).all()
        assert [each.id for each in order] == [world.short_prompt.id, world.prompt.id]
    assert session.query(AuditRecord).count() == 1, "a move that changes nothing is no act"
