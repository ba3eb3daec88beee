"""The lease of the leading process; on PostgreSQL only."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.create_table(
            "lease",
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("holder", sa.String(16), nullable=False),
            sa.Column("backend", sa.Integer(), nullable=False),
            sa.Column("until", sa.DateTime(timezone=True), nullable=False),
            sa.PrimaryKeyConstraint("id", name="pk_lease"),
            sa.UniqueConstraint("holder", name="uq_lease_holder"),
            prefixes=["UNLOGGED"],
        )


def downgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.drop_table("lease")
