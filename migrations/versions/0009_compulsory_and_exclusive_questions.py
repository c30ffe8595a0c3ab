"""questions that are on every paper, and questions that are never on the same

Revision: 0009
Follows: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    for table in ("bank_question", "question_set_item"):
        # With a default, SQLite adds it in place: a table that others refer to cannot be made anew.
        op.add_column(table, sa.Column("is_compulsory", sa.Boolean(), nullable=False, server_default=sa.false()))
        op.add_column(table, sa.Column("exclusion_group", sa.Integer(), nullable=True))
    op.create_index("ix_bank_question_exclusion_group", "bank_question", ["exclusion_group"])
