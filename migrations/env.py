"""Runs migrations through the application's own engine."""

from alembic import context
from flask import current_app

from contest.db import UtcDateTime, db

config = context.config


def plain_type(kind: str, value: object, _autogenerate: object) -> str | bool:
    """Migrations name the database's own types, so that old ones never import today's code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(value, UtcDateTime) else False


def run() -> None:
    """Upgrade in one transaction. PostgreSQL waits at most four seconds for a lock."""
    engine = db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=plain_type,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL lock_timeout = '4s'")
            context.run_migrations()
        connection.commit()


run()
