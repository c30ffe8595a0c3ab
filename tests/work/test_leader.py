from sqlalchemy import create_engine, text

from contest.work.leader import leadership


def test_one_leads_and_the_standby_takes_over(app):
    settings = app.config["SETTINGS"]
    with leadership(settings) as first:
        assert first()
        with leadership(settings) as second:
            assert not second()
        assert first()
    with leadership(settings) as second:
        assert second()


def test_a_leader_without_its_connection_leads_no_longer(app, backend):
    settings = app.config["SETTINGS"]
    if settings.is_embedded:
        return
    with leadership(settings) as leads:
        assert leads()
        engine = create_engine(settings.database_url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"))
        engine.dispose()
        assert not leads()
