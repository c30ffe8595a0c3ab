"""Whether the database's schema is the one that this code was written for."""

from enum import StrEnum
from functools import cache

from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Engine, inspect, text


class Fit(StrEnum):
    """How the database's schema stands to the code's."""

    EMPTY = "empty"
    BEHIND = "behind"
    FITS = "fits"
    AHEAD = "ahead"


def schema_fit(engine: Engine) -> Fit:
    """How the schema of this database stands. Raises SQLAlchemy's errors when the database does not answer."""
    revision = database_revision(engine)
    if revision is None:
        return Fit.EMPTY
    revisions = code_revisions(current_app.extensions["migrate"].directory)
    if revision == revisions[0]:
        return Fit.FITS
    return Fit.BEHIND if revision in revisions else Fit.AHEAD


def database_revision(engine: Engine) -> str | None:
    """The migration at which the database stands; None before the first."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return revision


@cache
def code_revisions(migrations: str) -> tuple[str, ...]:
    """The migrations of this code, the newest first. Read once: code does not change while it runs."""
    config = Config()
    config.set_main_option("script_location", migrations)
    return tuple(script.revision for script in ScriptDirectory.from_config(config).walk_revisions())
