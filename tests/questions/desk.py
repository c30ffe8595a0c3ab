"""A question desk with everybody who may sit at it."""

from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from contest.accounts.models import Person
from contest.actors import Actor
from contest.audit.models import AuditRecord
from contest.contests.models import Contest, Role
from contest.questions import services
from contest.questions.models import Bank, BankQuestion, QuestionRevision
from question_bank.question import Question
from tests.factories import NOW, actor_of, add, make_contest, make_person, make_seat
from tests.question_bank.builders import question


@dataclass(frozen=True)
class Desk:
    contest: Contest
    bank: Bank
    people: dict[str, Person]

    def actor(self, name: str) -> Actor:
        return actor_of(self.people[name], self.contest, *ROLES[name])

    @property
    def setter(self) -> Actor:
        return self.actor("setter")

    @property
    def reviewer(self) -> Actor:
        return self.actor("reviewer")

    @property
    def organizer(self) -> Actor:
        return self.actor("organizer")


ROLES: dict[str, tuple[Role, ...]] = {
    "setter": (Role.QUESTION_SETTER,),
    "setter 2": (Role.QUESTION_SETTER,),
    "reviewer": (Role.QUESTION_REVIEWER,),
    "both": (Role.QUESTION_SETTER, Role.QUESTION_REVIEWER),
    "organizer": (Role.ORGANIZER,),
    "secretary": (Role.SECRETARY,),
    "judge": (Role.JUDGE,),
    "chief": (Role.CHIEF_JUDGE,),
    "coordinator": (Role.COORDINATOR,),
    "citizen": (),
}


def make_desk(session: Session) -> Desk:
    contest = make_contest(session)
    people = {name: make_person(session, f"Người {name}") for name in ROLES}
    for name, roles in ROLES.items():
        for role in roles:
            make_seat(session, contest, people[name], role)
    bank = add(session, Bank(contest_id=contest.id, name="Tuần 1", created_at=NOW))
    return Desk(contest, bank, people)


def write(session: Session, desk: Desk, author: str = "setter", code: str = "C1", **changes: Any) -> BankQuestion:
    changes = {"text": f"Câu {code}?", **changes}
    content: Question = question(changes.pop("kind", "single"), **changes)
    return services.write_question(session, desk.actor(author), NOW, bank=desk.bank, code=code, question=content)


def send(session: Session, desk: Desk, row: BankQuestion, author: str = "setter") -> None:
    services.send_to_review(session, desk.actor(author), NOW, contest_id=desk.contest.id, question_ids=[row.id])


def approve(session: Session, desk: Desk, row: BankQuestion, by: str = "reviewer") -> None:
    digests = {row.id: current(session, row).digest}
    services.approve_questions(session, desk.actor(by), NOW, contest_id=desk.contest.id, digests=digests)


def approved(session: Session, desk: Desk, code: str = "C1", **changes: Any) -> BankQuestion:
    row = write(session, desk, code=code, **changes)
    send(session, desk, row)
    approve(session, desk, row)
    return row


def revise(session: Session, desk: Desk, row: BankQuestion, by: str = "setter", **changes: Any) -> QuestionRevision:
    return services.revise_question(
        session,
        desk.actor(by),
        NOW,
        contest_id=desk.contest.id,
        question_id=row.id,
        question=question(**changes),
    )


def address(desk: Desk, path: str) -> str:
    return f"/staff/{desk.contest.slug}/{path}"


def current(session: Session, row: BankQuestion) -> QuestionRevision:
    revision = session.get(QuestionRevision, row.current_revision_id)
    assert revision is not None
    return revision


def acts(session: Session) -> list[str]:
    return list(session.scalars(select(AuditRecord.act).order_by(AuditRecord.id)))


class Statements:
    """Counts what is sent to the database inside the block."""

    def __init__(self, session: Session) -> None:
        self._engine = session.get_bind()
        self.count = 0

    def _note(self, *_: object) -> None:
        self.count += 1

    def __enter__(self) -> Self:
        event.listen(self._engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._note)
