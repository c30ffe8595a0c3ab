"""Sample accounts have passwords that everybody can read in the source."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from contest.samples.people import add_people
from tests.cli.conftest import refused
from tests.factories import NOW


@pytest.mark.parametrize("command", ["serve", "run"])
@pytest.mark.parametrize("reach", [{"host": "0.0.0.0"}, {"trusted_proxies": "1"}])
def test_nobody_else_signs_in_with_a_sample_password(
    contest, nothing_starts, app: Flask, session: Session, database_url, closed_port, command, reach
):
    add_people(session, NOW)
    session.commit()
    settings = {"database_url": database_url, "port": closed_port, **reach}
    refused(contest(command, **settings), "sample accounts")
    assert nothing_starts == []
