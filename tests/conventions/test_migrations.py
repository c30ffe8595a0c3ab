"""Migrations: one line of them, at its end exactly the tables that the code knows, and no stored release is harmed.

Stored releases are found by file name in tests/fixtures; `tests/fixtures/make.py` writes those of the next one.
"""

import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import MetaData, create_engine, func, inspect, select
from sqlalchemy.orm import Session

from contest.accounts.models import Person
from contest.app import create_app
from contest.approvals.models import Proposal
from contest.approvals.services import carry_out
from contest.audit.queries import chain_findings, chain_scopes
from contest.contests.models import Contest, Role, Round, Seat
from contest.db import db
from contest.publication.models import Publication, PublicationRow
from contest.publication.queries import find_last
from contest.quiz.models import Attempt, AttemptResult
from tests.conftest import BACKENDS, settings_for
from tests.conventions.sources import ROOT
from tests.databases import on_server, server_url
from tests.factories import NOW, actor_of

FIXTURES = ROOT / "tests" / "fixtures"
RELEASES = sorted({path.name.split(".")[0].removeprefix("release-") for path in FIXTURES.glob("release-*.sql")})
KEPT = (
    "audit_detail",
    "audit_record",
    "attempt_result",
    "entry_version",
    "journal",
    "judging_case",
    "publication",
    "publication_row",
    "question_revision",
    "review_note",
    "score_sheet",
    "version_answer",
)
MADE_ANEW = {"search_key"}
"""Columns that follow from others: a release may move them."""
SCRIPTS = ScriptDirectory(str(ROOT / "migrations"))


def test_migrations_are_one_line() -> None:
    assert len(SCRIPTS.get_heads()) == len(SCRIPTS.get_bases()) == 1
    assert [script.revision for script in SCRIPTS.walk_revisions() if len(script._versioned_down_revisions) > 1] == []


def test_files_are_numbered_in_order() -> None:
    names = [Path(script.path).name for script in reversed(list(SCRIPTS.walk_revisions()))]
    assert [name[:4] for name in names] == [f"{number:04d}" for number in range(1, len(names) + 1)]


def test_migrated_database_is_what_the_models_say(app: Flask) -> None:
    """Tables, columns, types, nullability, indexes and unique constraints; from an empty database, on both."""
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, db.metadata) == []


def test_upgrade_that_was_done_is_no_harm(app: Flask) -> None:
    with app.app_context():
        before = sorted(inspect(db.engine).get_table_names())
        upgrade()
        assert sorted(inspect(db.engine).get_table_names()) == before


@pytest.mark.parametrize("backend", ["sqlite"])
def test_partial_unique_indexes_are_there(app: Flask, backend: str) -> None:
    """Autogeneration does not compare the condition of an index."""
    with app.app_context():
        found = {
            index["name"]
            for table in inspect(db.engine).get_table_names()
            for index in inspect(db.engine).get_indexes(table)
            if any(key.endswith("_where") for key in index.get("dialect_options", {}))
        }
    wanted = {
        index.name
        for table in db.metadata.tables.values()
        for index in table.indexes
        if index.dialect_options["sqlite"]["where"] is not None
    }
    assert found == wanted


@dataclass(frozen=True)
class Stored:
    """A release's database after the upgrade, and what was in it before: rows by table, those of `KEPT` in full.

    A release keeps what it knows: those of `KEPT` that it has tables for and rows in.
    """

    app: Flask
    url: str
    counts: dict[str, int]
    columns: dict[str, list[str]]
    kept: dict[str, list[Any]]


def counts_in(url: str) -> dict[str, int]:
    engine, tables = create_engine(url), MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        found = {
            name: connection.scalar(select(func.count()).select_from(each)) for name, each in tables.tables.items()
        }
    engine.dispose()
    return {name: count or 0 for name, count in found.items() if name != "alembic_version"}


def kept_in(url: str, columns: dict[str, list[str]]) -> dict[str, list[Any]]:
    """Every value of these columns of the tables whose rows never change."""
    engine, tables = create_engine(url), MetaData()
    tables.reflect(engine, only=list(columns))
    with engine.connect() as connection:
        found = {
            name: connection.execute(
                select(*(tables.tables[name].c[column] for column in columns[name])).order_by(
                    *tables.tables[name].primary_key
                )
            ).all()
            for name in columns
        }
    engine.dispose()
    return {name: [tuple(row) for row in rows] for name, rows in found.items()}


def columns_in(url: str, counts: dict[str, int]) -> dict[str, list[str]]:
    engine = create_engine(url)
    kept = [name for name in KEPT if counts.get(name)]
    found = {
        name: [column["name"] for column in inspect(engine).get_columns(name) if column["name"] not in MADE_ANEW]
        for name in kept
    }
    engine.dispose()
    return found


@pytest.fixture(params=RELEASES)
def stored(request: pytest.FixtureRequest, backend: str, tmp_path: Path) -> Iterator[Stored]:
    """The database of a release, filled as it was stored and then upgraded."""
    script = (FIXTURES / f"release-{request.param}.{backend}.sql").read_text(encoding="utf-8")
    name = f"release{uuid.uuid4().hex}"
    if backend == "sqlite":
        url = f"sqlite:///{tmp_path / name}.db"
        with sqlite3.connect(tmp_path / f"{name}.db") as connection:
            connection.executescript(script)
    else:
        on_server(f"CREATE DATABASE {name}")
        url = server_url(name)
    app = create_app(settings_for(url, tmp_path))
    with app.app_context():
        if backend == "postgresql":
            upgrade(revision=request.param)
            with db.engine.begin() as connection:
                connection.exec_driver_sql(script)
        counts = counts_in(url)
        columns = columns_in(url, counts)
        kept = kept_in(url, columns)
        upgrade()
    yield Stored(app, url, counts, columns, kept)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    if backend == "postgresql":
        on_server(f"DROP DATABASE {name} WITH (FORCE)")


def test_every_release_is_stored_for_both_databases() -> None:
    assert RELEASES
    names = [f"release-{release}.{backend}.sql" for release in RELEASES for backend in BACKENDS]
    assert [name for name in names if not (FIXTURES / name).exists()] == []


def test_upgrade_loses_adds_and_changes_nothing(stored: Stored) -> None:
    after = counts_in(stored.url)
    assert {name: after[name] for name in stored.counts} == stored.counts
    assert set(stored.kept) >= {"journal", "publication_row", "audit_record"}
    assert kept_in(stored.url, stored.columns) == stored.kept


def test_attempts_of_a_stored_release_need_no_sweep_where_they_have_a_result(stored: Stored) -> None:
    with stored.app.app_context():
        swept = db.session.scalars(select(Attempt.id).where(Attempt.is_swept)).all()
        assert sorted(swept) == sorted(db.session.scalars(select(AttemptResult.attempt_id)))
        assert swept


def test_record_of_a_stored_release_still_verifies(stored: Stored) -> None:
    with stored.app.app_context():
        scopes = chain_scopes(db.session())
        assert [chain_findings(db.session(), scope) for scope in scopes] == [[] for _scope in scopes]
        assert scopes


def test_pages_of_a_stored_release_are_served(stored: Stored) -> None:
    client = stored.app.test_client()
    with stored.app.app_context():
        contest, round_ = db.session.scalars(select(Contest)).first(), db.session.scalars(select(Round)).first()
        shown = db.session.scalars(select(PublicationRow.shown_name)).all()
    page = client.get(f"/contests/{contest.slug}")
    board = client.get(f"/contests/{contest.slug}/rounds/{round_.public_id}/board")
    assert (page.status_code, board.status_code) == (200, 200)
    assert contest.title in page.text
    assert [name for name in shown if name not in board.text] == []


def test_what_was_proposed_before_the_upgrade_can_be_approved_after_it(stored: Stored) -> None:
    with stored.app.test_request_context(), Session(db.engine) as session:
        proposal = session.scalars(select(Proposal).where(Proposal.decided_at.is_(None))).one()
        contest = session.get_one(Contest, proposal.contest_id)
        organizer = session.scalars(select(Seat.person_id).where(Seat.role == Role.ORGANIZER)).one()
        actor = actor_of(session.get_one(Person, organizer), contest, Role.ORGANIZER)
        carry_out(session, actor, NOW, contest_id=contest.id, proposal_id=proposal.id, note="")
        last = find_last(session, proposal.subject_id)
        assert last is not None
        first = session.scalars(select(Publication).where(Publication.version == 1)).one()
        assert (last.version, last.ranking_digest) == (2, first.ranking_digest)
