"""When a runner got access; runners that are stored already keep it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("runners", sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE runners SET joined_at = created_at")


def downgrade() -> None:
    op.drop_column("runners", "joined_at")
