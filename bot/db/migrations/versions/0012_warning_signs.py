"""Warning signs that a runner has typed: their kind, never the words."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


URGENCIES = "'emergency', 'today', 'days'"
SCREENINGS = "'clear', 'waiting', 'agreed'"


def upgrade() -> None:
    op.create_table(
        "warning_signs",
        sa.Column(
            "runner_id",
            sa.BigInteger(),
            sa.ForeignKey("runners.id", name="fk_warning_signs_runner_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("sign", sa.String(length=40), nullable=False),
        sa.Column("urgency", sa.String(length=9), nullable=False),
        sa.Column("doubt", sa.String(length=12), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.Column("screening_before", sa.String(length=16), nullable=True),
        sa.Column("screened_before_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"urgency IN ({URGENCIES})", name=op.f("ck_warning_signs_urgency")),
        sa.CheckConstraint(
            f"screening_before IN ({SCREENINGS})", name=op.f("ck_warning_signs_screening_before")
        ),
        sa.PrimaryKeyConstraint("runner_id", name="pk_warning_signs"),
    )


def downgrade() -> None:
    op.drop_table("warning_signs")
