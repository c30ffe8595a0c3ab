"""attempts that the sweep is done with; open attempts by when their time is over

Revision: 0015
Follows: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("attempt", sa.Column("is_swept", sa.Boolean(), nullable=False, server_default=sa.false()))
    attempt, result = sa.table("attempt", sa.column("id"), sa.column("is_swept")), sa.table("attempt_result")
    has_result = sa.exists().select_from(result).where(sa.column("attempt_id") == attempt.c.id)
    op.execute(sa.update(attempt).where(has_result).values(is_swept=sa.true()))
    op.create_index(
        "ix_attempt_not_swept",
        "attempt",
        ["state", "id"],
        sqlite_where=sa.text("is_swept = 0"),
        postgresql_where=sa.text("NOT is_swept"),
    )
    op.drop_index("ix_attempt_state_deadline_at", "attempt")
    op.create_index("ix_attempt_state_accepts_until", "attempt", ["state", "accepts_until"])
