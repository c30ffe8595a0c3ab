import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from contest import schema
from contest.db import db
from contest.schema import Fit, database_revision, schema_fit


@pytest.mark.parametrize(
    ("statement", "known", "fit"),
    [
        (None, None, Fit.FITS),
        ("DROP TABLE alembic_version", None, Fit.EMPTY),
        ("DELETE FROM alembic_version", None, Fit.EMPTY),
        ("UPDATE alembic_version SET version_num = 'old'", ("new", "old"), Fit.BEHIND),
        ("UPDATE alembic_version SET version_num = 'new'", ("new", "old"), Fit.FITS),
        ("UPDATE alembic_version SET version_num = 'newer'", ("new", "old"), Fit.AHEAD),
    ],
)
def test_how_the_database_stands_to_the_code(
    app: Flask, monkeypatch: pytest.MonkeyPatch, statement: str | None, known: tuple[str, ...] | None, fit: Fit
) -> None:
    if known:
        monkeypatch.setattr(schema, "code_revisions", lambda _migrations: known)
    with app.app_context():
        if statement:
            with db.engine.begin() as connection:
                connection.execute(text(statement))
        assert schema_fit(db.engine) is fit
        assert (database_revision(db.engine) is None) is (fit is Fit.EMPTY)


def test_a_database_that_does_not_answer_is_no_empty_one(tmp_path: object) -> None:
    engine = create_engine(f"postgresql+psycopg://nobody@/none?host={tmp_path}")
    with pytest.raises(SQLAlchemyError):
        database_revision(engine)
