from datetime import timedelta

from flask import Flask
from sqlalchemy.orm import Session

from contest.contests.models import RoundKind
from contest.questions import services
from contest.questions.sections import opening_lacks
from tests.factories import NOW, make_round
from tests.questions.desk import make_desk, send, write


def test_a_quiz_round_without_a_bank_can_not_open_and_waiting_questions_warn(app: Flask, session: Session) -> None:
    desk = make_desk(session)
    later = {"opens_at": NOW + timedelta(days=1), "closes_at": NOW + timedelta(days=2)}
    quiz = make_round(session, desk.contest, **later)
    entry = make_round(session, desk.contest, position=2, kind=RoundKind.ENTRY, **later)
    with app.test_request_context():
        assert [(lack.code, lack.blocks) for lack in opening_lacks(session, quiz)] == [("bank_missing", True)]
        assert opening_lacks(session, entry) == []
        services.assign_bank(session, desk.organizer, NOW, bank=desk.bank, round_ids=[quiz.id])
        assert opening_lacks(session, quiz) == []
        send(session, desk, write(session, desk))
        [lack] = opening_lacks(session, quiz)
        assert (lack.code, lack.blocks, lack.fix_values["bank_id"]) == ("questions_in_review", False, desk.bank.id)
