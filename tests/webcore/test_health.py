import pytest
from sqlalchemy import text

from contest.db import unit_of_work


def test_healthy_when_the_schema_fits(client):
    reply = client.get("/healthz")
    assert (reply.status_code, reply.json) == (200, {"status": "ok"})
    assert "Set-Cookie" not in reply.headers


@pytest.mark.parametrize(
    "damage",
    ["UPDATE alembic_version SET version_num = 'next'", "DELETE FROM alembic_version", "DROP TABLE alembic_version"],
)
def test_not_healthy_when_it_does_not(client, session, damage):
    with unit_of_work(session):
        session.execute(text(damage))
    assert client.get("/healthz").status_code == 503
