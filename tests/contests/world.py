"""A small contest with its committee, and a section of the rules that only tests know."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session
from wtforms import IntegerField

from contest.actors import Actor
from contest.audit.models import AuditRecord
from contest.contests import hooks
from contest.contests.domain import RuleLine
from contest.contests.models import Contest, Role
from contest.errors import DomainError
from contest.web.forms import BaseForm
from tests.factories import actor_of, make_contest, make_person, make_seat


class TriesForm(BaseForm):
    tries = IntegerField("Số lượt")


class TriesSection:
    code, kinds, position = "tries", frozenset({"quiz"}), 5
    title = "Lượt thử"
    template = "contests/sections/plain.html"

    def default(self) -> dict[str, Any]:
        return {"tries": 1}

    def problems(self, value: Any) -> list[DomainError]:
        return [] if value["tries"] > 0 else [DomainError("nothing_moved", field="tries")]

    def lines(self, value: Any) -> list[RuleLine]:
        return [RuleLine("repeat", "Số lượt", f"{value['tries']} lượt")]

    def form(self, value: Any) -> TriesForm:
        return TriesForm() if value is None else TriesForm(data=value)

    def value(self, form: Any) -> dict[str, Any]:
        return {"tries": form.tries.data}


@contextmanager
def only_tries(*checks: hooks.OpeningCheck) -> Iterator[None]:
    """For a while the rules have one section, a round is checked by `checks` alone, and releasing freezes nothing."""
    sections, standing, effects = dict(hooks._sections), list(hooks.opening_checks), list(hooks.release_effects)
    hooks._sections.clear()
    hooks.register_section(TriesSection())
    hooks.opening_checks[:], hooks.release_effects[:] = checks, []
    try:
        yield
    finally:
        hooks._sections.clear()
        hooks._sections.update(sections)
        hooks.opening_checks[:], hooks.release_effects[:] = standing, effects


def organizer_of(session: Session, contest: Contest, name: str = "Lăng Thị Thu Hà", **values: Any) -> Actor:
    person = make_person(session, name)
    make_seat(session, contest, person, Role.ORGANIZER, **values)
    return actor_of(person, contest, Role.ORGANIZER)


def new_contest(session: Session, **values: Any) -> tuple[Contest, Actor]:
    contest = make_contest(session, **values)
    return contest, organizer_of(session, contest)


def acts(session: Session, contest: Contest) -> list[str]:
    statement = select(AuditRecord.act).where(AuditRecord.scope == contest.id).order_by(AuditRecord.seq)
    return list(session.scalars(statement))


def record_count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(AuditRecord)) or 0


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):  # said aloud by SQLite only
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)
