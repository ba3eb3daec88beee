"""Retries of reminders and questions that Telegram has refused."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("reminders", "mornings"):
        op.add_column(table, sa.Column("again_at", sa.DateTime(timezone=True), nullable=True))
        op.add_column(table, sa.Column("tries", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    for table in ("reminders", "mornings"):
        op.drop_column(table, "tries")
        op.drop_column(table, "again_at")
