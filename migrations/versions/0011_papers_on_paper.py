"""papers on paper

Revision: 0011
Follows: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "paper_print",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("blueprint", sa.JSON(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("seed_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("first_code", sa.Integer(), nullable=False),
        sa.Column("codes", sa.Integer(), nullable=False),
        sa.Column("is_same", sa.Boolean(), nullable=False),
        sa.Column("is_explained", sa.Boolean(), nullable=False),
        sa.Column("heading", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("work_id", sa.Integer(), nullable=True),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("papers_key", sa.String(length=80), nullable=True),
        sa.Column("keys_key", sa.String(length=80), nullable=True),
        sa.Column("papers_digest", sa.String(length=64), nullable=True),
        sa.Column("keys_digest", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name="fk_paper_print_made_by_person"),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_paper_print_round_id_round"),
        sa.ForeignKeyConstraint(["work_id"], ["work_item.id"], name="fk_paper_print_work_id_work_item"),
        sa.PrimaryKeyConstraint("id", name="pk_paper_print"),
    )
    op.create_index("ix_paper_print_round_id", "paper_print", ["round_id"])
