"""what corrections were counted from

Revision: 0012
Follows: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("correction", sa.Column("material", sa.String(length=64), nullable=True))
