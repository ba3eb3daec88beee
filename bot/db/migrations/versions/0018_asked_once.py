"""The clock by which a runner types times, and the questions that are asked once."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("runners", sa.Column("hours", sa.Integer(), nullable=True))
    op.create_table(
        "asked",
        sa.Column("runner_id", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.String(length=8), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("topic IN ('bands', 'days', 'pace')", name=op.f("ck_asked_topic")),
        sa.ForeignKeyConstraint(
            ["runner_id"], ["runners.id"], name="fk_asked_runner_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("runner_id", "topic", name="pk_asked"),
    )


def downgrade() -> None:
    op.drop_table("asked")
    op.drop_column("runners", "hours")
