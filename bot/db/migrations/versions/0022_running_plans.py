"""Running plans from calendar files, so that strength days fit the days that they have."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

KINDS = "'race', 'long', 'hard', 'ask', 'easy', 'rest', 'strength', 'trunk'"


def upgrade() -> None:
    op.create_table(
        "run_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "runner_id",
            sa.BigInteger(),
            sa.ForeignKey("runners.id", name="fk_run_plans_runner_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("others", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_run_plans"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_run_plans_runner_id"), "run_plans", ["runner_id"])
    op.create_index(op.f("ix_run_plans_expires_at"), "run_plans", ["expires_at"])
    op.create_table(
        "run_plan_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "plan_id",
            sa.Integer(),
            sa.ForeignKey("run_plans.id", name="fk_run_plan_entries_plan_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("run_at", sa.String(length=5), nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_run_plan_entries_kind")),
        sa.PrimaryKeyConstraint("id", name="pk_run_plan_entries"),
    )
    op.create_index(op.f("ix_run_plan_entries_plan_id_day"), "run_plan_entries", ["plan_id", "day"])


def downgrade() -> None:
    op.drop_index(op.f("ix_run_plan_entries_plan_id_day"), table_name="run_plan_entries")
    op.drop_table("run_plan_entries")
    op.drop_index(op.f("ix_run_plans_expires_at"), table_name="run_plans")
    op.drop_index(op.f("ix_run_plans_runner_id"), table_name="run_plans")
    op.drop_table("run_plans")
