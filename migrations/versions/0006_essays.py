"""answers that judges score

Revision: 0006
Follows: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("attempt_result", sa.Column("judged_slots", sa.JSON(), nullable=True))
    op.execute("UPDATE attempt_result SET judged_slots = '[]'")
    with op.batch_alter_table("attempt_result") as results:
        results.alter_column("judged_slots", existing_type=sa.JSON(), nullable=False)
    # An essay answer is named by attempt and slot. SQLite's integers are long enough as they are.
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("judging_case", "subject_id", type_=sa.BigInteger())
