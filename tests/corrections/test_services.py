"""What a correction does: whom it moves, who decides, and that what was shown is what happens."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.approvals.services import send_back
from contest.audit.models import AuditDetail, AuditRecord
from contest.audit.queries import chain_findings
from contest.contests.models import Role
from contest.corrections import queries
from contest.corrections.jobs import count_effects
from contest.corrections.models import Correction, CorrectionState, Move, NewMark
from contest.corrections.services.applying import put_forward
from contest.corrections.services.preparing import drop_correction, prepare_correction, recount_correction
from contest.errors import DomainError, NotAllowed, NotFound
from contest.quiz.domain.rulings import RulingAct
from contest.quiz.models import Attempt, AttemptResult, AttemptState, OldResult
from contest.quiz.queries import rulings_of
from contest.quiz.services.results import mark_attempt, marked_again
from contest.standings.models import RoundTarget
from contest.standings.queries import standings_of
from contest.standings.services import decide_tie, fix_target
from question_bank.kinds.essay import Essay
from question_bank.question import Value
from tests.corrections.world import (
    CLOSES,
    NOTE,
    Scene,
    agree,
    answer,
    applied,
    code,
    counted,
    forward,
    make_scene,
    prepare,
    work_of,
)
from tests.factories import NOW
from tests.questions.desk import Statements
from tests.quiz.world import question

RIGHT: dict[int, Value] = {1: "b", 2: "b", 3: ("a", "c"), 4: True}


@pytest.fixture
def scene(session: Session) -> Scene:
    """An answers what the key says, Bình and Chi what it should have said in question 1; Dung misses question 2."""
    scene = make_scene(session)
    answer(session, scene, "Hoàng Thị An", RIGHT, prediction=1, seconds=200)
    answer(session, scene, "Vi Văn Bình", {**RIGHT, 1: "c"}, prediction=2, seconds=300)
    answer(session, scene, "Lộc Thị Chi", {**RIGHT, 1: "c"}, prediction=9, seconds=400)
    answer(session, scene, "Lý Thị Dung", {**RIGHT, 2: "a"}, prediction=9, seconds=500)
    return scene


def results(session: Session, scene: Scene) -> dict[str, tuple[int, int, int, int]]:
    """Right answers, questions that count, points and the number of the marking, by name."""
    found = {}
    for name, participation in scene.people.items():
        row = session.scalars(
            select(AttemptResult)
            .join(Attempt, Attempt.id == AttemptResult.attempt_id)
            .where(Attempt.participation_id == participation.id)
        ).one()
        found[name.split()[-1]] = (row.right_count, row.question_count, row.points, row.marking)
    return found


@pytest.mark.parametrize(
    ("act", "response", "an", "binh", "dung"),
    [
        (RulingAct.KEY, "c", (3, 4, 3000, 1), (4, 4, 4000, 1), (2, 4, 2000, 1)),
        (RulingAct.ALSO, "c", (4, 4, 4000, 0), (4, 4, 4000, 1), (3, 4, 3000, 0)),
        (RulingAct.FULL, None, (4, 4, 4000, 0), (4, 4, 4000, 1), (3, 4, 3000, 0)),
        (RulingAct.NOBODY, None, (3, 3, 3000, 1), (3, 3, 3000, 1), (2, 3, 2000, 1)),
    ],
)
def test_an_act_gives_everybody_what_it_says(
    session: Session, scene: Scene, act: RulingAct, response: str | None, an: object, binh: object, dung: object
) -> None:
    before = results(session, scene)
    correction = applied(session, scene, 1, act, response)
    after = results(session, scene)
    assert (after["An"], after["Bình"], after["Dung"]) == (an, binh, dung)
    assert correction.state is CorrectionState.APPLIED
    kept = session.scalars(select(OldResult)).all()
    assert sorted(row.points for row in kept) == sorted(
        before[name][2] for name in before if after[name][3] > before[name][3]
    )


def test_what_was_shown_is_what_happens_and_nothing_happens_before_the_second_person(
    session: Session, scene: Scene
) -> None:
    before = standings_of(session, scene.round)
    shown = queries.listed(before)
    correction = counted(session, scene, 1, RulingAct.KEY, "c")
    assert queries.listed(standings_of(session, scene.round)) == shown
    proposal = forward(session, scene, correction)
    assert queries.listed(standings_of(session, scene.round)) == shown
    moves = {row.participation_id: row for row in session.scalars(select(Move))}
    agree(session, scene, proposal)
    after = queries.listed(standings_of(session, scene.round))
    changed = {key for key in shown.people if shown.people[key] != after.people[key]}
    assert set(moves) == changed
    for key in changed:
        row, old, new = moves[key], shown.people[key], after.people[key]
        assert (row.points_before, row.points_after) == (old.points, new.points)
        assert (row.rank_before, row.rank_after) == (old.rank, new.rank)
        assert (row.prize_before, row.prize_after) == (old.prize, new.prize)
    assert correction.figures is not None
    assert (correction.figures["up"], correction.figures["down"]) == (2, 2)
    assert (correction.figures["attempts"], correction.figures["changed"]) == (4, 4)
    assert correction.figures["all_right"] == [1, 2]
    assert [correction.figures[name] for name in ("won", "lost", "other")] == [0, 0, 2]


def test_the_number_predictions_are_held_against_is_counted_again(session: Session, scene: Scene) -> None:
    fix_target(session, NOW, scene.round)
    correction = applied(session, scene, 1, RulingAct.KEY, "c")
    assert correction.figures is not None
    assert correction.figures["target"] == [1, 2]
    assert session.get_one(RoundTarget, scene.round.id).value == 2
    moved = session.scalars(select(AuditRecord).where(AuditRecord.act == "target.moved")).one()
    assert (moved.facts["before"], moved.facts["value"]) == (1, 2)


def test_a_fixed_number_stays_where_marks_do_not_move_it(session: Session, scene: Scene) -> None:
    fix_target(session, NOW, scene.round)
    scene.people["Hoàng Thị An"].excluded_at = NOW  # nobody all right is left, but the number was fixed before
    correction = applied(session, scene, 2, RulingAct.NOBODY)
    assert correction.figures is not None
    assert correction.figures["target"][0] == 1


def test_a_correction_is_undone_by_another_one(session: Session, scene: Scene) -> None:
    before = queries.listed(standings_of(session, scene.round))
    applied(session, scene, 1, RulingAct.KEY, "c")
    applied(session, scene, 1, RulingAct.RESTORE)
    assert queries.listed(standings_of(session, scene.round)) == before
    assert results(session, scene)["An"] == (4, 4, 4000, 2)
    assert session.scalar(select(func.count()).select_from(OldResult)) == 8


def test_a_further_answer_adds_to_what_was_ruled_before(session: Session, scene: Scene) -> None:
    applied(session, scene, 1, RulingAct.KEY, "c")
    applied(session, scene, 1, RulingAct.ALSO, "b")
    assert {name: row[0] for name, row in results(session, scene).items()} == {"An": 4, "Bình": 4, "Chi": 4, "Dung": 3}


def recounted(session: Session, scene: Scene, correction: Correction) -> Correction:
    asked = {"contest_id": scene.quiz.contest.id, "round_id": scene.round.id, "number": correction.number}
    recount_correction(session, scene.first, NOW, **asked)
    count_effects(work_of(session, correction), scene.quiz.keys, lambda: session)
    return correction


def test_of_two_further_answers_at_once_both_are_accepted_in_the_end(session: Session, scene: Scene) -> None:
    """Dung chose a in question 2, which the second one accepts; the first one accepts c, and so it stays."""
    answer(session, scene, "Đàm Văn Giáp", {**RIGHT, 2: "c"})
    first, second = (counted(session, scene, 2, RulingAct.ALSO, response) for response in "ca")
    agree(session, scene, forward(session, scene, first))
    agree(session, scene, forward(session, scene, recounted(session, scene, second)))
    assert [answer["key"] for answer in second.answers] == ["b", "c", "a"]
    assert {name: row[0] for name, row in results(session, scene).items() if name in {"An", "Dung", "Giáp"}} == {
        "An": 4,
        "Dung": 4,
        "Giáp": 4,
    }


def test_what_another_one_has_ruled_meanwhile_is_not_ruled_twice(session: Session, scene: Scene) -> None:
    first, second = (counted(session, scene, 1, RulingAct.ALSO, "c") for _ in range(2))
    agree(session, scene, forward(session, scene, first))
    with pytest.raises(DomainError, match="ruling_unchanged"):
        recounted(session, scene, second)


def test_marking_everything_again_from_the_journal_gives_the_identical_results(session: Session, scene: Scene) -> None:
    applied(session, scene, 1, RulingAct.KEY, "c")
    applied(session, scene, 2, RulingAct.FULL)
    again = marked_again(
        session, scene.round.id, rulings_of(session, scene.round.id), scene.quiz.keys, offset=0, limit=100
    )
    assert len(again) == 4
    assert [each.standing.attempt_id for each in again if each.differs] == []


def test_an_attempt_that_is_marked_later_honours_what_is_in_force(session: Session, scene: Scene) -> None:
    applied(session, scene, 1, RulingAct.KEY, "c")
    scene.round.closes_at = NOW + timedelta(days=1)  # put off once more
    attempt = answer(session, scene, "Nông Văn Muộn", {**RIGHT, 1: "c"})
    result = mark_attempt(session, NOW, attempt, scene.quiz.keys)
    assert (result.right_count, result.marking) == (4, 1)


def test_whoever_proposed_does_not_decide(session: Session, scene: Scene) -> None:
    proposal = forward(session, scene, counted(session, scene, 1, RulingAct.FULL))
    with pytest.raises(NotAllowed, match="own_proposal"):
        agree(session, scene, proposal, scene.organizer)
    assert results(session, scene)["Bình"] == (3, 4, 3000, 0)


def test_whoever_prepared_does_not_decide_when_another_puts_it_forward(session: Session, scene: Scene) -> None:
    correction = counted(session, scene, 1, RulingAct.FULL)
    reviewer = scene.actor(scene.reviewer, Role.QUESTION_REVIEWER)
    asked = {"contest_id": scene.quiz.contest.id, "round_id": scene.round.id, "number": correction.number}
    proposal = put_forward(session, reviewer, NOW, **asked)
    with pytest.raises(NotAllowed, match="own_proposal"):
        agree(session, scene, proposal, scene.organizer)
    assert results(session, scene)["Bình"] == (3, 4, 3000, 0)


def test_what_moved_meanwhile_has_to_be_counted_again(session: Session, scene: Scene) -> None:
    correction = counted(session, scene, 1, RulingAct.KEY, "c")
    proposal = forward(session, scene, correction)
    scene.people["Lộc Thị Chi"].excluded_at = NOW
    session.flush()
    with pytest.raises(DomainError, match="content_changed"):
        agree(session, scene, proposal)
    contest_id = scene.quiz.contest.id
    send_back(session, scene.actor(scene.second), NOW, contest_id=contest_id, proposal_id=proposal.id, note="Đếm lại.")
    with pytest.raises(DomainError, match="correction_outdated"):
        forward(session, scene, correction)
    recount_correction(
        session, scene.first, NOW, contest_id=contest_id, round_id=scene.round.id, number=correction.number
    )
    count_effects(work_of(session, correction), scene.quiz.keys, lambda: session)
    agree(session, scene, forward(session, scene, correction))
    assert results(session, scene)["Bình"] == (4, 4, 4000, 1)


def test_of_two_that_were_counted_the_second_one_is_outdated(session: Session, scene: Scene) -> None:
    first, second = counted(session, scene, 1, RulingAct.FULL), counted(session, scene, 2, RulingAct.FULL)
    proposals = forward(session, scene, first), forward(session, scene, second)
    agree(session, scene, proposals[0])
    with pytest.raises(DomainError, match="content_changed"):
        agree(session, scene, proposals[1])


@pytest.mark.parametrize(
    ("state", "values", "error"),
    [
        (AttemptState.SUBMITTED, {"closes_at": NOW + timedelta(seconds=1)}, "standings_not_closed"),
        (AttemptState.OPEN, {}, "standings_not_marked"),
    ],
)
def test_nothing_begins_while_somebody_may_still_answer(
    session: Session, scene: Scene, state: AttemptState, values: dict[str, datetime], error: str
) -> None:
    attempt = session.scalars(select(Attempt).limit(1)).one()
    attempt.state = state
    scene.round.closes_at = values.get("closes_at", CLOSES)
    with pytest.raises(DomainError, match=error):
        prepare(session, scene, 1, RulingAct.FULL)


@pytest.mark.parametrize(
    ("number", "act", "response", "error"),
    [
        (1, RulingAct.KEY, None, "right_answer_missing"),
        (1, RulingAct.KEY, "b", "ruling_unchanged"),
        (1, RulingAct.ALSO, "b", "ruling_unchanged"),
        (1, RulingAct.RESTORE, None, "ruling_unchanged"),
        (1, RulingAct.KEY, "e", "key_unusable"),
        (3, RulingAct.KEY, ("c", "a", "x"), "key_unusable"),
    ],
)
def test_what_rules_nothing_or_can_be_no_key_is_refused(
    session: Session, scene: Scene, number: int, act: RulingAct, response: str | None, error: str
) -> None:
    with pytest.raises(DomainError, match=error):
        prepare(session, scene, number, act, response)


def test_corrections_that_nobody_finishes_are_bounded(
    session: Session, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contest.corrections.services.preparing.MOST_OPEN", 2)
    first, _second = (prepare(session, scene, number, RulingAct.FULL) for number in (1, 2))
    with pytest.raises(DomainError, match="corrections_many"):
        prepare(session, scene, 3, RulingAct.FULL)
    asked = {"contest_id": scene.quiz.contest.id, "round_id": scene.round.id, "number": first.number}
    drop_correction(session, scene.first, NOW, **asked)
    assert prepare(session, scene, 3, RulingAct.FULL).number == 3


def test_judges_score_essays_and_no_correction_does(session: Session) -> None:
    assert Essay.example is not None
    scene = make_scene(session, questions=[question(1), Essay.example])
    with pytest.raises(DomainError, match="not_marked_by_machine"):
        prepare(session, scene, 2, RulingAct.FULL)


def test_a_question_of_another_round_is_not_there(session: Session, scene: Scene) -> None:
    with pytest.raises(NotFound):
        queries.get_asked(session, scene.round.id + 1, scene.codes[code(1)])


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.QUESTION_SETTER, Role.CHIEF_JUDGE])
def test_only_those_who_may_know_keys_prepare_one(session: Session, scene: Scene, role: Role) -> None:
    with pytest.raises(NotAllowed):
        prepare_correction(
            session,
            scene.actor(scene.secretary, role),
            NOW,
            contest_id=scene.quiz.contest.id,
            round_id=scene.round.id,
            revision_id=scene.codes[code(1)],
            act=RulingAct.FULL,
            given=None,
            reason="Lý do",
            note=NOTE,
        )


def test_the_record_holds_no_key_in_its_chain_and_still_verifies(session: Session, scene: Scene) -> None:
    applied(session, scene, 1, RulingAct.KEY, "c")
    session.commit()
    records = session.scalars(select(AuditRecord).where(AuditRecord.act.startswith("correction."))).all()
    assert [row.act for row in records] == ["correction.prepared", "correction.applied"]
    assert records[1].facts.items() >= {"attempts": 4, "changed": 4, "marking": 1}.items()
    assert all(not {"answers", "act", "digest"} & row.facts.keys() for row in records)
    [detail] = session.scalars(select(AuditDetail).where(AuditDetail.record_id == records[0].id))
    assert detail.detail["answers"] == [{"key": "c", "settings": []}]
    assert chain_findings(session, scene.quiz.contest.id) == []


def test_given_up_it_leaves_nothing_behind(session: Session, scene: Scene) -> None:
    correction = counted(session, scene, 1, RulingAct.KEY, "c")
    wanted = {"contest_id": scene.quiz.contest.id, "round_id": scene.round.id, "number": correction.number}
    drop_correction(session, scene.first, NOW, **wanted)
    assert session.scalar(select(func.count()).select_from(NewMark)) == 0
    with pytest.raises(DomainError, match="correction_over"):
        drop_correction(session, scene.first, NOW, **wanted)


def test_a_decided_place_is_void_once_somebody_else_is_tied(session: Session) -> None:
    ranking = {"gate": "none", "steps": [{"key": "right_count", "direction": "desc"}]}
    scene = make_scene(session, ranking=ranking)
    for name in ("Một", "Hai"):
        answer(session, scene, name, RIGHT)
    answer(session, scene, "Ba", {**RIGHT, 1: "c"})
    places = {scene.people["Một"].id: 1, scene.people["Hai"].id: 2}
    decide_tie(
        session,
        scene.actor(scene.secretary, Role.SECRETARY),
        NOW,
        contest_id=scene.quiz.contest.id,
        round_id=scene.round.id,
        group_id=scene.group.id,
        rank=1,
        places=places,
        decision_number="07/BB-BTC",
        reason="Bốc thăm.",
    )
    correction = applied(session, scene, 1, RulingAct.ALSO, "c")
    assert correction.figures is not None
    assert [number for _person, number in correction.figures["undone"]] == ["07/BB-BTC", "07/BB-BTC"]
    assert standings_of(session, scene.round).undecided == 3
    assert queries.decided_places(session, scene.round.id) == []


def _crowd(session: Session, scene: Scene, people: int) -> Callable[[], Correction]:
    for number in range(people):
        answer(session, scene, f"Người {people}-{number}", {**RIGHT, 1: "c"})
    return lambda: counted(session, scene, 1, RulingAct.KEY, "c")


def test_counting_and_applying_take_the_same_statements_for_any_number(session: Session) -> None:
    counts = []
    for people in (1, 6):
        scene = make_scene(session)
        count = _crowd(session, scene, people)
        prepared = count()
        with Statements(session) as counting:
            prepared.state = CorrectionState.COUNTING
            count_effects(work_of(session, prepared), scene.quiz.keys, lambda: session)
        proposal = forward(session, scene, prepared)
        session.commit()
        with Statements(session) as applying:
            agree(session, scene, proposal)
        counts.append((counting.count, applying.count))
    assert counts[0] == counts[1]
