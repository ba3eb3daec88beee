"""When a runner last trained without the coach."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("runners", sa.Column("elsewhere_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("runners", "elsewhere_at")
