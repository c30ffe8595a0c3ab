"""attempts that can not be marked

Revision: 0014
Follows: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("attempt", sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True))
