from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.contests.models import Contest, Round
from contest.questions.models import QuestionRevision
from contest.quiz.domain.sample import Sample
from contest.quiz.models import ItemStatistic, RoundStatistics
from contest.quiz.queries.facility import known_facilities
from contest.work.services import enqueue
from tests.factories import NOW, add, make_round
from tests.questions.desk import approved, current, make_desk, revise


def answered(session: Session, revision: QuestionRevision, contest: Contest, facility: int, attempts: int) -> None:
    position = 1 + (session.scalar(select(func.max(Round.position))) or 0)
    round_ = make_round(session, contest, position=position)
    work = enqueue(session, NOW, "none", {})
    add(session, RoundStatistics(round_id=round_.id, sample=Sample.FIRST, work_id=work.id))
    statistic = {"attempts": attempts, "facility": facility, "unanswered": 0, "flags": 0, "figures": {}}
    add(session, ItemStatistic(round_id=round_.id, revision_id=revision.id, **statistic))


def test_rounds_weigh_as_much_as_they_have_attempts_and_unanswered_revisions_are_left_out(session: Session) -> None:
    desk = make_desk(session)
    first, second = (current(session, approved(session, desk, code)) for code in ("C1", "C2"))
    answered(session, first, desk.contest, 800, 300)
    answered(session, first, desk.contest, 400, 100)
    answered(session, second, desk.contest, 0, 0)
    assert known_facilities(session, [first.id, second.id]) == {first.id: 700}
    assert known_facilities(session, []) == {}


def test_an_earlier_revision_counts_as_long_as_it_asks_the_same(session: Session) -> None:
    desk = make_desk(session)
    row = approved(session, desk, text="Thủ đô ở đâu?")
    old = current(session, row)
    answered(session, old, desk.contest, 640, 50)
    explained = revise(session, desk, row, text="Thủ đô ở đâu?", explanation="Ghi rõ hơn.")
    assert known_facilities(session, [old.id, explained.id]) == {old.id: 640, explained.id: 640}
    other = revise(session, desk, row, text="Thủ đô mới ở đâu?")
    assert known_facilities(session, [other.id]) == {}
