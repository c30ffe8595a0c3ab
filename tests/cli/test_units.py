from sqlalchemy import func, select

from contest.units.models import Unit, UnitKind


def communes(session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).where(Unit.kind == UnitKind.COMMUNE))


def test_a_new_installation_gets_the_communes_once(contest, database_url, session):
    result = contest("unit", "load-communes", database_url=database_url)
    assert result.exit_code == 0, result.output
    assert result.stdout.strip() == "66"
    assert communes(session) == 65
    again = contest("unit", "load-communes", database_url=database_url)
    assert again.stdout.strip() == "0"
    assert communes(session) == 65
