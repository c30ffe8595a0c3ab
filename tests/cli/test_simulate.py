import pytest
from sqlalchemy import func, select

from contest.accounts.models import Credential, Person
from contest.quiz.models import Attempt, AttemptResult
from tests.cli.conftest import refused
from tests.quiz.world import make_world


def people(session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Person))


@pytest.fixture
def world(app, session):
    return make_world(session, app)


def test_a_real_contest_gets_no_invented_people(contest, database_url, session, world):
    before = people(session)
    refused(contest("simulate", world.round.public_id, "3", database_url=database_url), "is not a sample contest")
    assert people(session) == before


@pytest.mark.parametrize("backend", ["sqlite"])
def test_an_unknown_round_is_a_sentence(contest, database_url, world):
    refused(contest("simulate", "khong-co", "3", database_url=database_url), "There is nothing here")


@pytest.mark.parametrize("backend", ["sqlite"])
@pytest.mark.parametrize("count", ["0", "100001"])
def test_as_many_people_as_make_sense(contest, database_url, world, count):
    assert contest("simulate", world.round.public_id, count, database_url=database_url).exit_code == 2


def test_a_sample_contest_is_filled_with_marked_attempts(contest, database_url, session, world):
    world.contest.is_sample = True
    session.merge(world.contest)
    session.commit()
    before, credentials = people(session), session.scalar(select(func.count()).select_from(Credential))
    result = contest("simulate", world.round.public_id, "12", database_url=database_url)
    assert result.exit_code == 0, result.output
    assert people(session) == before + 12
    attempts = session.scalar(select(func.count()).select_from(Attempt))
    assert attempts >= 12
    assert session.scalar(select(func.count()).select_from(AttemptResult)) == attempts
    assert session.scalar(select(func.count()).select_from(Credential)) == credentials, "nobody can sign in as one"
