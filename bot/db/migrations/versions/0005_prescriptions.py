"""Prescriptions by runner and exercise, and the doses that each session was built from."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "prescriptions",
        sa.Column("runner_id", sa.BigInteger(), nullable=False),
        sa.Column("exercise", sa.String(length=40), nullable=False),
        sa.Column("dose", sa.JSON(), nullable=False),
        sa.Column("knows_bands", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["runner_id"], ["runners.id"], "fk_prescriptions_runner_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("runner_id", "exercise", name="pk_prescriptions"),
    )
    op.create_table(
        "prescribed",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("doses", sa.JSON(), nullable=False),
        sa.Column("others", sa.JSON(), nullable=False),
        sa.Column("context", sa.JSON(), nullable=False),
        sa.Column("knows_bands", sa.Boolean(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], "fk_prescribed_session_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", name="pk_prescribed"),
    )
    op.add_column("sessions", sa.Column("sets_done", sa.Integer(), nullable=True))
    op.add_column("sessions", sa.Column("loads", sa.Boolean(), nullable=True))
    op.add_column("sessions", sa.Column("notes", sa.JSON(), nullable=True))
    op.add_column("step_logs", sa.Column("seconds", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("step_logs", "seconds")
    op.drop_column("sessions", "notes")
    op.drop_column("sessions", "loads")
    op.drop_column("sessions", "sets_done")
    op.drop_table("prescribed")
    op.drop_table("prescriptions")
