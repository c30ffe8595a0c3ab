"""Papers with sections, points, compulsory questions, exclusions, and questions met before."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from contest.questions.models import BankQuestion, QuestionRevision
from contest.quiz.models import Attempt, QuestionSet, QuestionSetItem
from contest.quiz.services import papers
from contest.quiz.services.attempts import submit_attempt
from contest.quiz.services.results import mark_attempt
from contest.quiz.services.sets import freeze_set, frozen_set
from contest.statements import DirectStep
from question_bank.drawing import draw_paper
from tests.factories import NOW, actor_of
from tests.quiz.world import QUESTIONS, World, begin, make_world, question

ANY = {"topic": None, "difficulty": None}
MANY = [question(number) for number in range(1, 13)]
FEWEST = {"rows": [{**ANY, "count": 4}], "repeats": "fewest"}
PARTS = {
    "rows": [
        {**ANY, "count": 2, "kind": "single", "points": 250, "section": 0},
        {**ANY, "count": 1, "kind": "true_false", "points": 2000, "section": 1},
    ],
    "sections": [{"title": "Phần I", "instructions": "Chọn một."}, {"title": "Phần II", "instructions": ""}],
}


def limited(session: Session, world: World, codes: list[str], **values: Any) -> None:
    session.execute(update(BankQuestion).where(BankQuestion.code.in_(codes)).values(**values))


def frozen_again(session: Session, world: World) -> QuestionSet:
    return freeze_set(session, actor_of(world.person), NOW, world.round, world.keys)


def test_a_plain_paper_is_stored_and_digested_as_ever(session: Session) -> None:
    world = make_world(session)
    assert world.set_row.blueprint == [{**ANY, "count": 5}]
    assert frozen_set(session, world.set_row, world.keys).blueprint.version == 1


def test_sections_and_points_are_on_the_stored_paper_and_count(session: Session) -> None:
    world = make_world(session, sections={"paper": PARTS})
    assert world.set_row.blueprint == PARTS
    attempt = begin(session, world)
    assert [rest for _ref, _order, *rest in attempt.paper] == [[0, 250], [0, 250], [1, 2000]]
    submit_attempt(session, world.actor, NOW, attempt.public_id)
    assert mark_attempt(session, NOW, attempt, world.keys).points == 0


def test_what_the_bank_asks_of_papers_is_frozen_with_the_set(session: Session) -> None:
    world = make_world(session)
    limited(session, world, ["CDS-001"], is_compulsory=True)
    limited(session, world, ["CDS-002", "CDS-003", "CDS-004"], exclusion_group=2)
    newer = frozen_again(session, world)
    assert newer.digest != world.set_row.digest
    items = session.scalars(select(QuestionSetItem).where(QuestionSetItem.set_id == newer.id)).all()
    marked = {item.revision_id: (item.is_compulsory, item.exclusion_group) for item in items}
    ids = sorted(marked)
    assert [marked[each] for each in ids[:5]] == [(True, None), *[(False, ids[1])] * 3, (False, None)]
    drawn_from = frozen_set(session, newer, world.keys)
    assert drawn_from.blueprint.version == 2
    for number in range(30):
        paper = draw_paper(drawn_from.pool, drawn_from.blueprint, drawn_from.seed, b"p", number)
        refs = {slot.ref for slot in paper}
        assert ids[0] in refs
        assert len(refs & set(ids[1:4])) <= 1
    limited(session, world, ["CDS-001"], is_compulsory=False)
    assert frozen_set(session, newer, world.keys).pool.compulsory, "a frozen set never changes"


def test_questions_met_before_come_again_only_when_nothing_else_is_left(session: Session) -> None:
    world = make_world(session, questions=MANY[:10], sections={"paper": FEWEST})
    met: list[set[int]] = []
    for number in range(3):
        attempt = begin(session, world, NOW + timedelta(hours=number))
        met.append({slot[0] for slot in attempt.paper})
        submit_attempt(session, world.actor, NOW + timedelta(hours=number), attempt.public_id)
    assert not met[0] & met[1]
    assert len(met[2] - met[0] - met[1]) == 2


def test_a_question_of_an_older_revision_was_met_as_well(session: Session) -> None:
    world = make_world(session, questions=MANY[:8], sections={"paper": FEWEST})
    first = begin(session, world)
    submit_attempt(session, world.actor, NOW, first.public_id)
    revised = session.scalars(select(BankQuestion).order_by(BankQuestion.id)).all()
    asked = {slot[0] for slot in first.paper}
    for row in revised:
        row.approved_revision_id = new_revision(session, row)
    newer = frozen_again(session, world)
    session.commit()
    second = begin(session, world, NOW + timedelta(hours=1))
    assert second.set_id == newer.id
    owners = {**owners_of(session, world.set_row, world), **owners_of(session, newer, world)}
    assert not {owners[slot[0]] for slot in second.paper} & {owners[ref] for ref in asked}


def owners_of(session: Session, row: QuestionSet, world: World) -> dict[int, int]:
    return dict(frozen_set(session, row, world.keys).owners)


def new_revision(session: Session, row: BankQuestion) -> int:
    old = session.get_one(QuestionRevision, row.approved_revision_id)
    names = ("question_id", "kind", "topic", "difficulty", "content", "digest", "written_by", "written_at")
    made = QuestionRevision(**{name: getattr(old, name) for name in names}, number=old.number + 1)
    session.add(made)
    session.flush()
    return made.id


@pytest.mark.parametrize(("paper", "statements"), [({"rows": [{**ANY, "count": 4}]}, 0), (FEWEST, 1)])
def test_earlier_papers_are_read_by_one_statement_and_only_where_they_matter(
    session: Session, monkeypatch: pytest.MonkeyPatch, paper: dict[str, Any], statements: int
) -> None:
    world = make_world(session, questions=MANY, sections={"paper": paper})
    submit_attempt(session, world.actor, NOW, begin(session, world).public_id)
    begin(session, world, NOW + timedelta(hours=1))
    sent = []
    rows = DirectStep.rows

    def noted(self: DirectStep, *arguments: Any, **values: Any) -> Any:
        sent.append(self)
        return rows(self, *arguments, **values)

    last = session.scalars(select(Attempt).order_by(Attempt.id.desc())).first()
    assert last is not None
    submit_attempt(session, world.actor, NOW + timedelta(hours=1), last.public_id)
    monkeypatch.setattr(DirectStep, "rows", noted)
    begin(session, world, NOW + timedelta(hours=2))
    assert sent.count(papers._PAPERS) == statements
    assert len(sent) == 3 + statements


def test_a_paper_can_be_drawn_again_from_the_seed_and_the_papers_before_it(session: Session) -> None:
    world = make_world(session, questions=MANY, sections={"paper": FEWEST})
    first = begin(session, world)
    submit_attempt(session, world.actor, NOW, first.public_id)
    second = begin(session, world, NOW + timedelta(hours=1))
    drawn_from = frozen_set(session, world.set_row, world.keys)
    met = [slot[0] for slot in first.paper]
    draw_id = bytes.fromhex(world.participation.draw_id)
    again = draw_paper(drawn_from.pool, drawn_from.blueprint, drawn_from.seed, draw_id, 2, met)
    assert [[slot.ref, list(slot.order)] for slot in again] == second.paper


def test_the_set_of_rules_that_say_the_same_is_not_renewed(session: Session) -> None:
    world = make_world(session)
    limited(session, world, ["CDS-001"], is_compulsory=True)
    newer = frozen_again(session, world)
    assert newer.blueprint == {"rows": [{**ANY, "count": 5}]}
    blueprint = frozen_set(session, newer, world.keys).blueprint
    plain = frozen_set(session, world.set_row, world.keys).blueprint
    assert replace(blueprint, version=1) == plain
    assert len(QUESTIONS) == len(frozen_set(session, newer, world.keys).questions)
