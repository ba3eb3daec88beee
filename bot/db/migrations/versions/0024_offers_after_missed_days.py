"""Offers to move a session whose reminder was ignored, each of which is sent once."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

STATES = "'claimed', 'sending', 'sent', 'refused', 'unknown', 'dropped'"


def upgrade() -> None:
    op.create_table(
        "missed_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "runner_id",
            sa.BigInteger(),
            sa.ForeignKey("runners.id", name="fk_missed_days_runner_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("reminder_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_missed_days_state")),
        sa.PrimaryKeyConstraint("id", name="pk_missed_days"),
        sa.UniqueConstraint(
            "runner_id", "reminder_id", name="uq_missed_days_runner_id_reminder_id"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_missed_days_state_due_at"), "missed_days", ["state", "due_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_missed_days_state_due_at"), table_name="missed_days")
    op.drop_table("missed_days")
