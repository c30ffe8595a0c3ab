"""media of questions

Revision: 0004
Follows: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "question_medium",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mime", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name="fk_question_medium_bank_id_bank"),
        sa.ForeignKeyConstraint(["uploaded_by"], ["person.id"], name="fk_question_medium_uploaded_by_person"),
        sa.PrimaryKeyConstraint("id", name="pk_question_medium"),
        sa.UniqueConstraint("bank_id", "digest", name="uq_question_medium_bank_id_digest"),
    )
    op.create_index("ix_question_medium_key", "question_medium", ["key"])
    op.create_table(
        "medium_play",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("plays", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name="fk_medium_play_attempt_id_attempt"),
        sa.PrimaryKeyConstraint("attempt_id", "slot", "digest", name="pk_medium_play"),
    )
