"""Essay answers as cases: which are judged, and what judges see of them."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from contest.judging.models import CaseKind
from contest.judging.queries import blind_case, judged_results, pending_cases, rounds_with_essays
from contest.judging.queries.essays import SLOTS, essay_answers
from contest.quiz.models import AttemptResult
from contest.quiz.services.attempts import start_attempt
from tests.factories import NOW, make_round
from tests.judging.essays import SECTIONS, answer, enter, judge, make_world, open_cases, score

TEXT = "Em tên Lý Thị Mai.\n\nEm đọc sách vì sách là bạn."


@pytest.fixture
def backend() -> str:
    """What is told apart here is the same on both databases; the way through is walked on both elsewhere."""
    return "sqlite"


@pytest.mark.parametrize(("counted", "judged"), [("best", [1, 2, 3]), ("first", [1]), ("last", [3])])
def test_the_essays_of_every_attempt_that_may_count_are_judged(
    session: Session, counted: str, judged: list[int]
) -> None:
    world = make_world(session, attempts={**SECTIONS["attempts"], "counted": counted})
    mai = enter(session, world, "Lý Thị Mai")
    mine = {
        answer(session, world, mai, f"Lần {number}.", is_right=True, now=NOW + timedelta(hours=number)).id: number
        for number in (1, 2, 3)
    }
    assert [mine[subject.id // SLOTS] for subject in essay_answers(session, world.round)] == judged


def test_what_is_empty_is_no_case_and_nobody_excluded_is_judged(session: Session) -> None:
    world = make_world(session)
    answer(session, world, enter(session, world, "Lý Thị Mai"), None, is_right=True)
    answer(session, world, enter(session, world, "Nông Văn An"), " \n ", is_right=True)
    gone = enter(session, world, "Hoàng Văn Gian")
    answer(session, world, gone, "Bài chép.", is_right=True)
    gone.excluded_at = NOW
    session.commit()
    assert essay_answers(session, world.round) == []
    assert open_cases(session, world) == []


def test_an_attempt_that_is_not_marked_keeps_judging_waiting(session: Session) -> None:
    world = make_world(session)
    start_attempt(session, world.actor, NOW, world.round.public_id, world.keys)
    session.commit()
    pending = pending_cases(session, world.round.id)
    assert (pending.unopened, pending.checking, pending.unscored) == (0, 1, 1)


def test_a_judge_reads_question_guide_and_text_but_no_name(session: Session) -> None:
    world = make_world(session)
    attempt = answer(session, world, enter(session, world, "Lý Thị Mai"), TEXT, is_right=True)
    [case] = open_cases(session, world)
    assert (case.kind, case.subject_id // SLOTS) == (CaseKind.RESPONSE, attempt.id)
    blind = blind_case(session, case.id)
    [shown] = blind.answers
    assert (blind.title, shown.wording, shown.guide) == (
        "Cảm nhận",
        "Vì sao **bạn** đọc sách?",
        "Có dẫn chứng: 20 điểm.",
    )
    assert (shown.form, shown.words) == ("text", 12)
    assert "sách là bạn" in shown.text
    assert "Mai" not in repr(blind)


def test_more_attempts_than_a_column_of_32_bits_could_name(session: Session) -> None:
    world = make_world(session)
    attempt = answer(session, world, enter(session, world, "Lý Thị Mai"), TEXT, is_right=True)
    result = session.get_one(AttemptResult, attempt.id)
    assert len(result.judged_slots) == 1
    [case] = open_cases(session, world)
    case.subject_id = 50_000_000 * SLOTS + 1
    session.commit()
    session.expire_all()
    assert case.subject_id == 50_000_000_001


def test_two_cases_of_one_person_have_scores_of_their_own(session: Session) -> None:
    world = make_world(session)
    mai = enter(session, world, "Lý Thị Mai")
    for number in (1, 2):
        answer(session, world, mai, f"Lần {number}.", is_right=True, now=NOW + timedelta(hours=number))
    cases = open_cases(session, world)
    judges = [judge(session, world, "Hứa Văn Một"), judge(session, world, "Hứa Văn Hai")]
    score(session, world, judges, {cases[0].id: (80_000, 80_000), cases[1].id: (60_000, 62_000)})
    found = {judged.case_id: judged.score for judged in judged_results(session, world.round)}
    assert found == {cases[0].id: 80_000, cases[1].id: 61_000}


def test_rounds_with_essays_are_those_whose_sets_hold_some(session: Session) -> None:
    world = make_world(session)
    make_round(session, world.contest, "Tuần 2", position=2)
    assert rounds_with_essays(session, world.contest.id) == [world.round]
