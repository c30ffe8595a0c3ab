"""findings about questions

Revision: 0005
Follows: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "question_band",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name="fk_question_band_contest_id_contest"),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["question_revision.id"], name="fk_question_band_revision_id_question_revision"
        ),
        sa.PrimaryKeyConstraint("contest_id", "band", "revision_id", name="pk_question_band"),
    )
    op.create_index("ix_question_band_revision_id", "question_band", ["revision_id"])
    op.create_table(
        "question_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("is_mild", sa.Boolean(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["question_revision.id"], name="fk_question_finding_revision_id_question_revision"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["question_revision.id"], name="fk_question_finding_other_id_question_revision"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_question_finding"),
    )
    op.create_index("ix_question_finding_revision_id", "question_finding", ["revision_id"])
    op.create_index("ix_question_finding_other_id", "question_finding", ["other_id"])
    op.add_column("bank_question", sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_bank_question_unchecked",
        "bank_question",
        ["id"],
        postgresql_where=sa.text("checked_at IS NULL"),
        sqlite_where=sa.text("checked_at IS NULL"),
    )
