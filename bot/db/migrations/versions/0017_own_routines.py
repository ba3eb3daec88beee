"""Routines of runners' own, and the one that a runner is writing."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_routines",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column(
            "runner_id",
            sa.BigInteger(),
            sa.ForeignKey("runners.id", name="fk_own_routines_runner_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("rest", sa.Integer(), nullable=True),
        sa.Column("kept_from", sa.String(length=16), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_own_routines"),
        sa.UniqueConstraint("runner_id", "kept_from", name="uq_own_routines_runner_id_kept_from"),
    )
    op.create_index("ix_own_routines_runner_id", "own_routines", ["runner_id"])
    op.create_table(
        "routine_drafts",
        sa.Column(
            "runner_id",
            sa.BigInteger(),
            sa.ForeignKey("runners.id", name="fk_routine_drafts_runner_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("draft", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("runner_id", name="pk_routine_drafts"),
    )


def downgrade() -> None:
    op.drop_table("routine_drafts")
    op.drop_index("ix_own_routines_runner_id", "own_routines")
    op.drop_table("own_routines")
