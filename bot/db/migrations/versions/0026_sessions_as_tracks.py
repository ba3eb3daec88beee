"""Sessions that a runner follows as a track."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sessions", sa.Column("track_seconds", sa.Integer(), nullable=True))
    op.add_column("sessions", sa.Column("track_id", sa.BigInteger(), nullable=True))
    op.create_index(op.f("ix_sessions_track_id"), "sessions", ["track_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_sessions_track_id"), table_name="sessions")
    op.drop_column("sessions", "track_id")
    op.drop_column("sessions", "track_seconds")
