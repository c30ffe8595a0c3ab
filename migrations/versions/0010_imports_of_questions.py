"""files of questions that wait for a decision

Revision: 0010
Follows: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "question_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column(
            "state",
            sa.Enum("reading", "unusable", "read", "taken", name="importstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("work_id", sa.Integer(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=True),
        sa.Column("taken", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name="fk_question_import_bank_id_bank"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_question_import_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_question_import"),
    )
    op.create_index("ix_question_import_bank_id", "question_import", ["bank_id"])
