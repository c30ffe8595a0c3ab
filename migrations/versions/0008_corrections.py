"""corrections of keys

Revision: 0008
Follows: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("attempt_result", sa.Column("marking", sa.Integer(), nullable=True))
    op.execute("UPDATE attempt_result SET marking = 0")
    with op.batch_alter_table("attempt_result") as results:
        results.alter_column("marking", existing_type=sa.Integer(), nullable=False)
    op.create_table(
        "attempt_result_old",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("marking", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("right_count", sa.Integer(), nullable=False),
        sa.Column("question_count", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("prediction", sa.Integer(), nullable=True),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("judged_slots", sa.JSON(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name="fk_attempt_result_old_attempt_id_attempt"),
        sa.PrimaryKeyConstraint("attempt_id", "marking", name="pk_attempt_result_old"),
    )
    op.create_table(
        "key_ruling",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_key_ruling_round_id_round"),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["question_revision.id"], name="fk_key_ruling_revision_id_question_revision"
        ),
        sa.PrimaryKeyConstraint("round_id", "number", name="pk_key_ruling"),
    )
    op.create_index("ix_key_ruling_revision_id", "key_ruling", ["revision_id"])
    _corrections()


def _corrections() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("appeals", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("work_id", sa.Integer(), nullable=False),
        sa.Column("basis", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=True),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_by", sa.Integer(), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_correction_round_id_round"),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["question_revision.id"], name="fk_correction_revision_id_question_revision"
        ),
        sa.ForeignKeyConstraint(["proposed_by"], ["person.id"], name="fk_correction_proposed_by_person"),
        sa.ForeignKeyConstraint(["work_id"], ["work_item.id"], name="fk_correction_work_id_work_item"),
        sa.ForeignKeyConstraint(["applied_by"], ["person.id"], name="fk_correction_applied_by_person"),
        sa.PrimaryKeyConstraint("id", name="pk_correction"),
        sa.UniqueConstraint("round_id", "number", name="uq_correction_round_id_number"),
    )
    op.create_index("ix_correction_revision_id", "correction", ["revision_id"])
    op.create_table(
        "correction_mark",
        sa.Column("correction_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("right_count", sa.Integer(), nullable=False),
        sa.Column("question_count", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["correction_id"], ["correction.id"], name="fk_correction_mark_correction_id_correction"
        ),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name="fk_correction_mark_attempt_id_attempt"),
        sa.PrimaryKeyConstraint("correction_id", "attempt_id", name="pk_correction_mark"),
    )
    op.create_index("ix_correction_mark_attempt_id", "correction_mark", ["attempt_id"])
    op.create_table(
        "correction_move",
        sa.Column("correction_id", sa.Integer(), nullable=False),
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("points_before", sa.Integer(), nullable=False),
        sa.Column("points_after", sa.Integer(), nullable=False),
        sa.Column("right_before", sa.Integer(), nullable=False),
        sa.Column("right_after", sa.Integer(), nullable=False),
        sa.Column("rank_before", sa.Integer(), nullable=True),
        sa.Column("rank_after", sa.Integer(), nullable=True),
        sa.Column("prize_before", sa.String(), nullable=False),
        sa.Column("prize_after", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["correction_id"], ["correction.id"], name="fk_correction_move_correction_id_correction"
        ),
        sa.ForeignKeyConstraint(
            ["participation_id"], ["participation.id"], name="fk_correction_move_participation_id_participation"
        ),
        sa.ForeignKeyConstraint(["group_id"], ["contest_group.id"], name="fk_correction_move_group_id_contest_group"),
        sa.PrimaryKeyConstraint("correction_id", "participation_id", name="pk_correction_move"),
    )
    op.create_index("ix_correction_move_rank", "correction_move", ["correction_id", "rank_after"])
