"""The running week, so that strength days fit it, and races, whose dates make the season."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

WEEKDAYS = "'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'"
DISTANCES = "'k5', 'k10', 'half', 'marathon', 'ultra', 'long-ultra'"
STATES = "'claimed', 'sending', 'sent', 'refused', 'unknown', 'dropped'"


def upgrade() -> None:
    op.create_table(
        "run_days",
        sa.Column(
            "runner_id",
            sa.BigInteger(),
            sa.ForeignKey("runners.id", name="fk_run_days_runner_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("weekday", sa.String(length=9), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("run_at", sa.String(length=5), nullable=True),
        sa.CheckConstraint(f"weekday IN ({WEEKDAYS})", name=op.f("ck_run_days_weekday")),
        sa.CheckConstraint(
            "kind IN ('easy', 'hard', 'long', 'rest')", name=op.f("ck_run_days_kind")
        ),
        sa.PrimaryKeyConstraint("runner_id", "weekday", name="pk_run_days"),
    )
    op.create_table(
        "races",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "runner_id",
            sa.BigInteger(),
            sa.ForeignKey("runners.id", name="fk_races_runner_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("distance", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("rank", sa.String(length=8), nullable=False),
        sa.Column("started", sa.Boolean(), nullable=True),
        sa.Column("reached", sa.String(length=10), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(f"distance IN ({DISTANCES})", name=op.f("ck_races_distance")),
        sa.CheckConstraint(f"reached IN ({DISTANCES})", name=op.f("ck_races_reached")),
        sa.CheckConstraint("rank IN ('main', 'minor', 'training')", name=op.f("ck_races_rank")),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_races_state")),
        sa.PrimaryKeyConstraint("id", name="pk_races"),
        sa.UniqueConstraint("runner_id", "day", name="uq_races_runner_id_day"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_races_state_due_at"), "races", ["state", "due_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_races_state_due_at"), table_name="races")
    op.drop_table("races")
    op.drop_table("run_days")
