"""The message quota that several processes share; on PostgreSQL only."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.create_table(
            "turns",
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
            sa.PrimaryKeyConstraint("id", name="pk_turns"),
            prefixes=["UNLOGGED"],
        )


def downgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.drop_table("turns")
