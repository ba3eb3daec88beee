"""The bands that a runner owns, and when the runner last named them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("runners", sa.Column("bands_told_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "bands",
        sa.Column("runner_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("colour", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "kind IN ('mini-band', 'hip-circle', 'long-loop', 'long-band', 'door-anchor')",
            name=op.f("ck_bands_kind"),
        ),
        sa.CheckConstraint(
            "level IN ('extra-light', 'light', 'medium', 'heavy', 'none')",
            name=op.f("ck_bands_level"),
        ),
        sa.ForeignKeyConstraint(
            ["runner_id"], ["runners.id"], name=op.f("fk_bands_runner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("runner_id", "kind", "level", name=op.f("pk_bands")),
    )


def downgrade() -> None:
    op.drop_table("bands")
    op.drop_column("runners", "bands_told_at")
