"""statistics of rounds

Revision: 0007
Follows: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "round_statistics",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("sample", sa.String(length=32), nullable=False),
        sa.Column("work_id", sa.Integer(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("results", sa.Integer(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_round_statistics_round_id_round"),
        sa.ForeignKeyConstraint(["work_id"], ["work_item.id"], name="fk_round_statistics_work_id_work_item"),
        sa.PrimaryKeyConstraint("round_id", name="pk_round_statistics"),
    )
    op.create_table(
        "item_statistic",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("facility", sa.Integer(), nullable=False),
        sa.Column("discrimination", sa.Integer(), nullable=True),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.Column("flags", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round_statistics.round_id"], name="fk_item_statistic_round_id_round_statistics"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["question_revision.id"], name="fk_item_statistic_revision_id_question_revision"
        ),
        sa.PrimaryKeyConstraint("round_id", "revision_id", name="pk_item_statistic"),
    )
    op.create_index("ix_item_statistic_revision_id", "item_statistic", ["revision_id"])
