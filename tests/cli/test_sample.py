import pytest
from sqlalchemy import select

from contest.contests.models import Contest
from tests.cli.conftest import refused
from tests.factories import make_contest, make_round


@pytest.fixture
def slugs(session):
    real, sample = make_contest(session), make_contest(session, title="Cuộc thi mẫu", is_sample=True)
    make_round(session, sample)
    session.commit()
    return real.slug, sample.slug


def standing(session) -> set[str]:
    session.rollback()
    return set(session.scalars(select(Contest.slug)))


def test_it_tells_what_would_go_and_asks_for_a_yes(contest, database_url, session, slugs):
    result = contest("sample", "remove", database_url=database_url)
    refused(result, "call it again with --yes")
    assert "Cuộc thi mẫu" in result.stdout
    assert "1  round" in result.stdout
    assert "2  rows in all" in result.stdout
    assert "0  stored files" in result.stdout
    assert standing(session) == set(slugs)


def test_with_a_yes_only_the_samples_are_gone(contest, database_url, session, slugs):
    result = contest("sample", "remove", "--yes", database_url=database_url)
    assert result.exit_code == 0, result.output
    assert "2  rows in all" in result.stdout
    assert "samples are removed" in result.stderr
    assert standing(session) == {slugs[0]}


def test_without_a_sample_contest_it_is_refused(contest, database_url, session):
    slug = make_contest(session).slug
    session.commit()
    refused(contest("sample", "remove", "--yes", database_url=database_url), "There is no sample contest here.")
    assert standing(session) == {slug}
