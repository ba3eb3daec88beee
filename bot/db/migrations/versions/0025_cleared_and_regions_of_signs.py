"""When a doctor cleared a runner after an emergency, and where a warning sign is."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("runners", sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("warning_signs", sa.Column("regions", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("warning_signs", "regions")
    op.drop_column("runners", "cleared_at")
