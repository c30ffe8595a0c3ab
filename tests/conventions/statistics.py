"""A round that is over, with statistics of one question."""

from datetime import timedelta

from sqlalchemy.orm import Session

from contest.contests.models import Contest
from contest.questions.models import BankQuestion, QuestionRevision
from contest.questions.queries import question_of
from contest.quiz.domain.sample import Sample
from contest.quiz.models import ItemStatistic, RoundStatistics
from contest.work.services import Hold, enqueue, finish, take
from question_bank.kinds import kind_of
from question_bank.statistics import Answer, statistics_of
from tests.factories import NOW, add, make_round


def build_statistics(session: Session, contest: Contest, question: BankQuestion) -> dict[str, object]:
    closed = make_round(
        session,
        contest,
        "Tuần 1",
        position=90,
        opens_at=NOW - timedelta(days=9),
        closes_at=NOW - timedelta(days=3),
        released_at=NOW - timedelta(days=10),
    )
    revision = session.get_one(QuestionRevision, question.current_revision_id)
    asked = question_of(revision)
    right = kind_of(asked.kind).model_response(asked)
    papers = [[Answer(1, right if number % 3 else None, 1000 if number % 3 else 0, 1000)] for number in range(40)]
    found = statistics_of({1: asked}, papers)
    enqueue(session, NOW, "none", {})
    work = take(session, NOW, ["none"])
    assert work is not None
    finish(session, Hold(work.id, work.tries))
    row = {"round_id": closed.id, "sample": Sample.FIRST, "work_id": work.id, "computed_at": NOW, "results": 40}
    add(session, RoundStatistics(**row, figures=found.paper.content))
    figures = found.items[1]
    item = {"attempts": 40, "facility": round(10 * figures.facility), "unanswered": 0, "flags": 1}
    add(session, ItemStatistic(round_id=closed.id, revision_id=revision.id, **item, figures=figures.content))
    return {"statistics:int:round_id": closed.id, "statistics:revision_id": revision.id}
