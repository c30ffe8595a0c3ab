import pytest
from sqlalchemy import select

from contest.audit.models import AuditDetail, AuditRecord
from contest.audit.services import record
from contest.db import unit_of_work
from tests.cli.conftest import refused
from tests.factories import NOW, make_contest


@pytest.fixture
def chains(session):
    """Two contests with a record each, and one of the platform."""
    with unit_of_work(session):
        for slug in ("mot", "hai"):
            scope = make_contest(session, slug=slug).id
            record(session, actor_id=None, now=NOW, act="round.added", subject="round:1", scope=scope, detail={"a": 1})
        record(session, actor_id=None, now=NOW, act="person.added", subject="person:1")


def change(session, model, scope_slug, **values):
    with unit_of_work(session):
        rows = session.scalars(select(AuditRecord).order_by(AuditRecord.id)).all()
        row = rows[{"mot": 0, "hai": 1, "platform": 2}[scope_slug]]
        target = row if model is AuditRecord else session.get_one(model, row.id)
        for name, value in values.items():
            setattr(target, name, value)


def test_whole_chains_are_counted(contest, database_url, chains):
    result = contest("audit", "verify", database_url=database_url)
    assert result.exit_code == 0
    assert result.stdout == "Checked against the stored heads: 3 chain(s), whole.\n"


@pytest.mark.parametrize(
    ("model", "chain", "values", "words"),
    [
        (AuditRecord, "mot", {"act": "round.deleted"}, "mot: record 1 is not as it was written."),
        (AuditRecord, "platform", {"subject": "person:2"}, "platform: record 1 is not as it was written."),
        (AuditRecord, "hai", {"seq": 2}, "hai: record 1 is missing."),
        (AuditDetail, "hai", {"detail": {"a": 2}}, "hai: what was noted beside record 1 is not as it was written."),
    ],
)
def test_a_broken_chain_is_named_and_fails(contest, database_url, session, chains, model, chain, values, words):
    change(session, model, chain, **values)
    result = contest("audit", "verify", database_url=database_url)
    refused(result, words)
    assert result.stdout == "Checked against the stored heads: 3 chain(s), NOT whole.\n"


def test_one_contest_is_checked_alone(contest, database_url, session, chains):
    change(session, AuditRecord, "mot", act="round.deleted")
    assert contest("audit", "verify", "hai", database_url=database_url).exit_code == 0
    assert contest("audit", "verify", "mot", database_url=database_url).exit_code == 1


def test_an_unknown_contest_is_a_sentence(contest, database_url, chains):
    result = contest("audit", "verify", "ba", database_url=database_url)
    refused(result, "There is nothing here, or no longer.")
    assert len(result.stderr.splitlines()) == 1
