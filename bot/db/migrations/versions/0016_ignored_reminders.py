"""The part of each reminder in a row of ignored ones."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    role = sa.Column("role", sa.String(length=6), server_default="counts", nullable=False)
    op.add_column("reminders", role)


def downgrade() -> None:
    op.drop_column("reminders", "role")
