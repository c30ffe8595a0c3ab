"""news for single people, addresses that were proved, questions found by their content

Revision: 0013
Follows: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("login", sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "personal_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name="fk_personal_notice_contest_id_contest"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_personal_notice_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_personal_notice"),
        sa.UniqueConstraint("source", "person_id", name="uq_personal_notice_source_person_id"),
    )
    op.create_index("ix_personal_notice_person_id_seen_at", "personal_notice", ["person_id", "seen_at"])
    op.create_index("ix_question_revision_digest", "question_revision", ["digest"])
