import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select, text
from sqlalchemy.orm import Session

from contest import clock
from contest.accounts.models import Login, Person, PersonDetails
from contest.app import create_app
from contest.audit.models import AuditRecord
from contest.audit.queries import chain_findings, chain_scopes
from contest.audit.services import PLATFORM
from contest.contests.models import Contest, Role, Round, RoundKind
from contest.db import db
from contest.mail.models import OutboxMessage
from contest.participation.models import Enrolment, Participation
from contest.questions.models import Bank, ImportState, QuestionImport, QuestionMedium
from contest.quiz.domain.sample import Sample
from contest.quiz.models import PaperPrint, RoundStatistics
from contest.samples.people import COORDINATOR, ORGANIZER, PUPIL
from contest.samples.removal import remove_samples
from contest.samples.units import FIRST_SCHOOL
from contest.simulation import KIND
from contest.storage import Storage
from contest.units.models import Headcount, Unit, UnitKind
from contest.units.queries import find_unit_by_code
from contest.work.models import WorkItem
from contest.work.services import enqueue
from tests.conftest import StoppedClock, settings_for
from tests.factories import NOW, add, make_contest, make_group, make_participation, make_person, make_seat
from tests.samples.conftest import Loaded


@pytest.fixture
def app(loaded: Loaded, tmp_path: Path) -> Iterator[Flask]:
    """A copy of both samples that may be spoilt."""
    shutil.copytree(loaded.data, tmp_path / "data")
    shutil.copy(loaded.path, tmp_path / "copy.db")
    app = create_app(settings_for(f"sqlite:///{tmp_path / 'copy.db'}", tmp_path / "data"))
    clock.use(StoppedClock(NOW))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def real(session: Session) -> Contest:
    """A contest that has nothing to do with the samples."""
    return make_contest(session, created_by=make_person(session, "Vi Thị Nga", is_admin=True).id)


def rows(session: Session, table: str) -> int:
    return int(session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


def test_nothing_of_the_samples_is_left_but_the_names_of_nobody(session: Session) -> None:
    removed = remove_samples(session, NOW)
    assert removed is not None
    assert len(removed.titles) == 2
    left = {table: rows(session, table) for table in inspect(session.connection()).get_table_names()}
    kept = {"alembic_version", "audit_chain", "audit_record", "person", "unit", "audit_detail"}
    assert {table for table, count in left.items() if count} <= kept
    assert session.scalars(select(AuditRecord.scope).distinct()).all() == [PLATFORM]
    for person in session.scalars(select(Person)):
        assert (person.is_admin, person.disabled_at) == (False, NOW)


def test_the_report_counts_what_went(session: Session) -> None:
    before = {table: rows(session, table) for table in inspect(session.connection()).get_table_names()}
    removed = remove_samples(session, NOW)
    assert removed is not None
    after = {table: rows(session, table) for table in before}
    after["audit_record"] -= 1  # the removal's own
    gone = {table: before[table] - after[table] for table in before if before[table] > after[table]}
    assert gone == {table: count for table, count in removed.rows.items() if count}
    assert (removed.people_kept, removed.units_kept) == (0, 0)


def test_the_keys_of_every_stored_file_are_told(app: Flask, session: Session) -> None:
    storage: Storage = app.extensions["storage"]
    removed = remove_samples(session, NOW)
    assert removed is not None
    folder = app.config["SETTINGS"].media
    stored = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert stored == removed.file_keys
    assert all(storage.size(key) for key in removed.file_keys)


def test_media_of_a_sample_bank_go_unless_another_contest_shows_them(session: Session, real: Contest) -> None:
    sample = session.scalars(select(Bank).order_by(Bank.id)).all()[0]
    other = add(session, Bank(contest_id=real.id, name="Ngân hàng", created_at=NOW))
    own, shared = (f"questions/{each * 2}/{each * 32}" for each in "ab")
    for bank, key in ((sample, own), (sample, shared), (other, shared)):
        row = {"digest": key[-1] * 64, "name": "Hình", "mime": "image/webp", "size": 1}
        add(session, QuestionMedium(bank_id=bank.id, key=key, uploaded_by=real.created_by, uploaded_at=NOW, **row))
    removed = remove_samples(session, NOW)
    assert removed is not None
    assert own in removed.file_keys
    assert shared not in removed.file_keys


def test_what_came_of_the_questions_goes_with_its_work_and_files(session: Session) -> None:
    round_ = session.scalars(select(Round).where(Round.kind == RoundKind.QUIZ)).all()[0]
    bank = session.scalars(select(Bank).where(Bank.contest_id == round_.contest_id)).all()[0]
    made_by = session.scalars(select(Login.person_id).where(Login.value == ORGANIZER.login)).one()
    statistics = enqueue(session, NOW, "round statistics", {"round_id": round_.id})
    add(session, RoundStatistics(round_id=round_.id, sample=Sample.FIRST, work_id=statistics.id))
    papers, answers, upload = (f"prints/{each * 2}/{each * 32}" for each in "abc")
    printed = {"blueprint": [], "items": [], "digest": "0" * 64, "seed_sealed": b"", "first_code": 101, "codes": 1}
    looks = {"is_same": True, "is_explained": False, "heading": {}, "papers_key": papers, "keys_key": answers}
    row = PaperPrint(round_id=round_.id, made_at=NOW, made_by=made_by, **printed, **looks)
    add(session, row)
    row.work_id = enqueue(session, NOW, "papers.print", {"print_id": row.id}).id
    file = {"bank_id": bank.id, "person_id": made_by, "name": "Đề.docx", "key": upload, "uploaded_at": NOW}
    read = add(session, QuestionImport(**file, state=ImportState.READING))
    enqueue(session, NOW, "questions.read", {"import_id": read.id})
    removed = remove_samples(session, NOW)
    assert removed is not None
    assert {papers, answers, upload} <= removed.file_keys
    assert rows(session, "work_item") == 0


def test_communes_are_real_and_stay_without_invented_numbers(session: Session) -> None:
    remove_samples(session, NOW)
    assert session.execute(select(Unit.kind, func.count()).group_by(Unit.kind).order_by(Unit.kind)).all() == [
        (UnitKind.COMMUNE, 65),
        (UnitKind.PROVINCE, 1),
    ]
    assert session.scalars(select(Headcount)).all() == []


def test_a_real_contest_its_people_and_its_record_stay_as_they_are(session: Session, real: Contest) -> None:
    own = make_person(session, "Lý Văn Bình")
    unit_id = session.scalars(select(Unit.id).where(Unit.kind == UnitKind.COMMUNE)).first()
    sample = session.scalars(select(Contest).where(Contest.is_sample)).first()
    assert sample is not None
    group = make_group(session, real)
    make_participation(session, real, own, group_id=group.id, unit_id=unit_id)
    make_participation(session, sample, own, group_id=make_group(session, sample).id, unit_id=unit_id)
    item = enqueue(session, NOW, KIND, {"round_id": 10**6})
    letter = add(session, OutboxMessage(recipient="a@example.vn", subject="", body="", created_at=NOW))
    remove_samples(session, NOW)
    session.expire_all()
    assert session.scalars(select(Contest.id)).all() == [real.id]
    assert session.scalars(select(Participation.contest_id)).all() == [real.id]
    assert {details.full_name for details in session.scalars(select(PersonDetails))} == {"Vi Thị Nga", "Lý Văn Bình"}
    assert session.get_one(Person, own.id).disabled_at is None
    assert session.get(WorkItem, item.id) is not None
    assert session.get(OutboxMessage, letter.id) is not None


def test_whoever_and_whatever_a_real_contest_needs_stays_with_it(
    session: Session, real: Contest, loaded: Loaded
) -> None:
    organizer = session.get_one(Person, loaded.ids[ORGANIZER.login])
    pupil = session.get_one(Person, loaded.ids[PUPIL.login])
    school = find_unit_by_code(session, FIRST_SCHOOL)
    assert school is not None
    make_seat(session, real, organizer, Role.ORGANIZER)
    make_participation(session, real, pupil, group_id=make_group(session, real).id, unit_id=school.id)
    removed = remove_samples(session, NOW)
    assert removed is not None
    assert (removed.people_kept, removed.units_kept) == (2, 1)
    session.expire_all()
    logins = session.scalars(select(Login.value).where(Login.value.endswith("@mau.example"))).all()
    assert set(logins) == {ORGANIZER.login, PUPIL.login}
    assert session.get_one(Person, organizer.id).disabled_at is None
    assert session.scalars(select(Unit.code).where(Unit.kind == UnitKind.SCHOOL)).all() == [FIRST_SCHOOL]


def test_pupils_whom_a_sample_school_enrolled_go_too(session: Session, loaded: Loaded) -> None:
    school = find_unit_by_code(session, FIRST_SCHOOL)
    assert school is not None
    pupil_id = make_person(session, "Trần Thị Thử").id
    by = loaded.ids[COORDINATOR.login]
    add(session, Enrolment(person_id=pupil_id, unit_id=school.id, class_name="8A", enrolled_by=by, enrolled_at=NOW))
    remove_samples(session, NOW)
    session.expire_all()
    assert session.get(PersonDetails, pupil_id) is None


def test_queued_work_of_the_samples_is_taken_back(session: Session) -> None:
    round_id = session.scalar(text("SELECT max(id) FROM round"))
    enqueue(session, NOW, KIND, {"round_id": round_id})
    remove_samples(session, NOW)
    assert rows(session, "work_item") == 0


def test_the_record_is_whole_and_tells_of_it(session: Session) -> None:
    remove_samples(session, NOW)
    assert [chain_findings(session, scope) for scope in chain_scopes(session) if chain_findings(session, scope)] == []
    last = session.scalars(select(AuditRecord).order_by(AuditRecord.id.desc())).first()
    assert last is not None
    assert (last.act, last.scope, len(last.facts["contests"])) == ("samples.removed", PLATFORM, 2)


def test_where_no_sample_is_nothing_is_done(session: Session, real: Contest) -> None:
    assert remove_samples(session, NOW) is not None
    before = rows(session, "audit_record")
    assert remove_samples(session, NOW) is None
    assert rows(session, "audit_record") == before
    assert session.scalars(select(Contest.id)).all() == [real.id]
