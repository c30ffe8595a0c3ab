"""Taking the samples away: their contests with everything in them, and people and units that nobody else needs."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Column, ColumnElement, CursorResult, ForeignKey, Table, delete, false, func, or_, select
from sqlalchemy.orm import Session

from contest.accounts.models import Consent, Login, Person
from contest.audit.models import AuditChain, AuditDetail, AuditRecord
from contest.audit.services import record
from contest.contests.models import Contest, Round
from contest.db import db
from contest.entries.models import Entry, EntryFile, FilePart
from contest.mail.models import OutboxMessage
from contest.participation.models import Enrolment
from contest.questions.models import Bank, ImportState, QuestionImport, QuestionMedium
from contest.quiz.models import PaperPrint
from contest.samples.people import ACCOUNTS, PROOF
from contest.samples.units import AGENCIES, SCHOOLS, SOURCE
from contest.simulation import PROOF as SIMULATED
from contest.units.models import Headcount, Unit
from contest.work.models import WorkItem

PERSON, UNIT, CONTEST = (model.metadata.tables[model.__tablename__] for model in (Person, Unit, Contest))
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Removed:
    """What has gone: rows by table, and the keys of stored files, which the caller deletes once this is committed."""

    titles: tuple[str, ...]
    rows: Counter[str]
    file_keys: frozenset[str]
    people_kept: int
    units_kept: int


def remove_samples(session: Session, now: datetime) -> Removed | None:
    """Delete every sample contest and what belongs to it; None when there is none.

    The province and its communes are real and stay. Somebody whom another contest needs stays as they are. Of
    somebody whom a record names that stays, an empty, disabled row is left: their number never becomes another's.
    """
    contests = session.scalars(select(Contest).where(Contest.is_sample).order_by(Contest.id)).all()
    if not contests:
        return None
    ids, titles = [contest.id for contest in contests], tuple(contest.title for contest in contests)
    rows: Counter[str] = Counter()
    people, file_keys, work = _sample_people(session), _file_keys(session, ids), _work(session, ids)
    _delete_contests(session, ids, rows)
    _delete(session, WorkItem.__table__, WorkItem.id.in_(work), rows)
    letters = OutboxMessage.recipient.in_([account.login for account in ACCOUNTS])
    _delete(session, OutboxMessage.__table__, letters, rows)
    gone = people - _needed_people(session, people)
    _delete_people(session, now, gone, rows)
    units_kept = _delete_units(session, rows)
    facts = {"contests": ids, "people": len(gone), "rows": rows.total(), "files": len(file_keys)}
    record(session, actor_id=None, now=now, act="samples.removed", subject="samples", facts=facts)
    return Removed(titles, rows, file_keys, len(people) - len(gone), units_kept)


def _sample_people(session: Session) -> set[int]:
    """Accounts of the samples, invented participants, and whoever was enrolled by a sample account."""
    accounts = select(Login.person_id).where(Login.value.in_([account.login for account in ACCOUNTS]))
    invented = select(Consent.person_id).where(Consent.proof.in_([PROOF, SIMULATED]))
    enrolled = select(Enrolment.person_id).where(Enrolment.enrolled_by.in_(accounts))
    return {person_id for statement in (accounts, invented, enrolled) for person_id in session.scalars(statement)}


def _file_keys(session: Session, contest_ids: Collection[int]) -> frozenset[str]:
    of_samples = (
        select(EntryFile)
        .join(Entry, Entry.id == EntryFile.entry_id)
        .join(Round, Round.id == Entry.round_id)
        .where(Round.contest_id.in_(contest_ids))
    )
    files = session.scalars(of_samples).all()
    parts = session.scalars(
        select(FilePart.key).where(FilePart.file_id.in_(of_samples.with_only_columns(EntryFile.id)))
    )
    copies = (copy["key"] for file in files for copy in file.copies)
    of_banks = _media_keys(session, contest_ids) | _import_keys(session, contest_ids)
    of_entries = {*parts, *(file.key for file in files), *copies}
    return frozenset(of_entries | of_banks | _print_keys(session, contest_ids))


def _media_keys(session: Session, contest_ids: Collection[int]) -> set[str]:
    """Pictures and sounds of the banks, unless a bank of another contest shows the same stored file."""
    keys = select(QuestionMedium.key).join(Bank, Bank.id == QuestionMedium.bank_id)
    kept = session.scalars(keys.where(Bank.contest_id.not_in(contest_ids)))
    return set(session.scalars(keys.where(Bank.contest_id.in_(contest_ids)))) - set(kept)


def _print_keys(session: Session, contest_ids: Collection[int]) -> set[str]:
    """Printed papers and their answers."""
    of_samples = select(PaperPrint.papers_key, PaperPrint.keys_key).join(Round, Round.id == PaperPrint.round_id)
    rows = session.execute(of_samples.where(Round.contest_id.in_(contest_ids)))
    return {key for row in rows for key in row if key is not None}


def _import_keys(session: Session, contest_ids: Collection[int]) -> set[str]:
    """What was uploaded for the banks and waits for a decision."""
    keys = select(QuestionImport.key).join(Bank, Bank.id == QuestionImport.bank_id)
    waiting = QuestionImport.state.not_in([ImportState.TAKEN, ImportState.UNDONE])
    return set(session.scalars(keys.where(Bank.contest_id.in_(contest_ids), waiting)))


def _work(session: Session, contest_ids: Collection[int]) -> list[int]:
    """Queued and finished work of the samples, which rows of the contests still refer to."""
    rounds = select(Round.id).where(Round.contest_id.in_(contest_ids))
    entries = select(Entry.id).where(Entry.round_id.in_(rounds))
    banks = select(Bank.id).where(Bank.contest_id.in_(contest_ids))
    subjects = {
        "round_id": rounds,
        "file_id": select(EntryFile.id).where(EntryFile.entry_id.in_(entries)),
        "print_id": select(PaperPrint.id).where(PaperPrint.round_id.in_(rounds)),
        "import_id": select(QuestionImport.id).where(QuestionImport.bank_id.in_(banks)),
    }
    found = {name: set(session.scalars(statement)) for name, statement in subjects.items()}
    return [
        item.id
        for item in session.scalars(select(WorkItem))
        if any(item.arguments.get(name) in ids for name, ids in found.items())
    ]


def _delete_contests(session: Session, contest_ids: Collection[int], rows: Counter[str]) -> None:
    for table in reversed(db.metadata.sorted_tables):
        belongs = _belonging(table, contest_ids)
        if belongs is not None:
            _delete(session, table, belongs, rows)
    records = select(AuditRecord.id).where(AuditRecord.scope.in_(contest_ids))
    _delete(session, AuditDetail.__table__, AuditDetail.record_id.in_(records), rows)
    _delete(session, AuditRecord.__table__, AuditRecord.scope.in_(contest_ids), rows)
    _delete(session, AuditChain.__table__, AuditChain.scope.in_(contest_ids), rows)


def _belonging(table: Table, contest_ids: Collection[int]) -> ColumnElement[bool] | None:
    """Which rows of a table belong to the contests; None for a table whose rows belong to none.

    Every row that belongs to a contest says so by each of its references that can't be empty: one is enough.
    """
    if table is CONTEST:
        return table.c.id.in_(contest_ids)
    for column, parent in _references(table):
        belongs = None if column.nullable or parent.table is table else _belonging(parent.table, contest_ids)
        if belongs is not None:
            return column.in_(select(parent).where(belongs))
    return None


def _references(table: Table) -> Iterator[tuple[Column[Any], Column[Any]]]:
    """Columns of a table with the columns that they refer to."""
    for column in table.columns:
        keys: Iterable[ForeignKey] = column.foreign_keys
        yield from ((column, key.column) for key in keys)


def _needed_people(session: Session, people: set[int]) -> set[int]:
    """Those whom rows refer to that stay; rows of people who stay themselves count, so it is looked at again."""
    needed: set[int] = set()
    while True:
        found = {person_id for person_id in _referred(session, people - needed) if person_id in people}
        if found <= needed:
            return needed
        needed |= found


def _referred(session: Session, going: set[int]) -> set[int]:
    found: set[int] = set()
    for table in db.metadata.sorted_tables:
        is_own = _is_of_a_person(table)
        for column, parent in _references(table):
            if parent.table is not PERSON or (is_own and column.name == "person_id"):
                continue
            owner = table.c.person_id if is_own else column
            rows = session.execute(select(column, owner).distinct())
            found |= {person_id for person_id, owner_id in rows if not (is_own and owner_id in going)}
    return found


def _is_of_a_person(table: Table) -> bool:
    """Whether its rows are what is known of one person, and go with them."""
    return _belonging(table, ()) is None and any(
        column.name == "person_id" and parent.table is PERSON for column, parent in _references(table)
    )


def _delete_people(session: Session, now: datetime, people: set[int], rows: Counter[str]) -> None:
    named = people & _recorded_people(session)
    for ids in _pieces(sorted(people)):
        for table in reversed(db.metadata.sorted_tables):
            if _is_of_a_person(table):
                _delete(session, table, table.c.person_id.in_(ids), rows)
        _delete(session, PERSON, PERSON.c.id.in_(set(ids) - named), rows)
    for person in session.scalars(select(Person).where(Person.id.in_(named))):
        person.is_admin, person.disabled_at = False, now
    session.flush()


def _recorded_people(session: Session) -> set[int]:
    """Whom the records that stay name, as the one who acted or as what it was about."""
    rows = session.execute(select(AuditRecord.actor_id, AuditRecord.subject).distinct())
    names = {name for actor_id, subject in rows for name in (f"person:{actor_id}", subject)}
    return {int(name.removeprefix("person:")) for name in names if re.fullmatch(r"person:\d+", name)}


def _pieces(ids: list[int]) -> Iterator[list[int]]:
    return (ids[begin : begin + AT_ONCE] for begin in range(0, len(ids), AT_ONCE))


def _delete_units(session: Session, rows: Counter[str]) -> int:
    """Invented numbers of people, and the invented units that nobody refers to; how many of these have to stay."""
    _delete(session, Headcount.__table__, Headcount.source == SOURCE, rows)
    invented = Unit.code.in_([code for code, _name, _people in (*AGENCIES, *SCHOOLS)])
    used = [
        select(column).where(column.is_not(None))
        for table in db.metadata.sorted_tables
        for column, parent in _references(table)
        if parent.table is UNIT
    ]
    is_used = or_(false(), *(Unit.id.in_(statement) for statement in used))
    _delete(session, UNIT, invented & ~is_used, rows)
    return session.scalar(select(func.count()).where(invented)) or 0


def _delete(session: Session, table: Any, condition: ColumnElement[bool], rows: Counter[str]) -> None:
    gone = session.execute(delete(table).where(condition).execution_options(synchronize_session=False))
    rows[table.name] += cast("CursorResult[Any]", gone).rowcount
