"""Sessions led by the clock, the runner's own pace, and sound tests."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def columns() -> list[tuple[str, "sa.Column[Any]"]]:
    """Return the columns to add, with their tables."""
    no: dict[str, Any] = {"server_default": sa.false(), "nullable": False}
    moment = sa.DateTime(timezone=True)
    return [
        ("runners", sa.Column("own_pace", sa.Boolean(), **no)),
        ("runners", sa.Column("sound_told", sa.Boolean(), **no)),
        ("runners", sa.Column("sound_at", moment, nullable=True)),
        ("sessions", sa.Column("timed", sa.Boolean(), **no)),
        ("sessions", sa.Column("stage", sa.String(length=4), nullable=True)),
        ("sessions", sa.Column("seconds_left", sa.Integer(), nullable=True)),
        ("sessions", sa.Column("due_at", moment, nullable=True)),
        ("sessions", sa.Column("touched_at", moment, nullable=True)),
        ("sessions", sa.Column("nudged", sa.Boolean(), **no)),
    ]


def upgrade() -> None:
    for table, column in columns():
        op.add_column(table, column)
    op.create_index("ix_runners_sound_at", "runners", ["sound_at"])
    op.create_index("ix_sessions_due_at", "sessions", ["due_at"])
    # Open sessions stay led by Done taps; the coach checks at the next start whether they are idle.
    op.execute(
        "UPDATE sessions SET touched_at = coalesce(started_at, created_at), "
        "due_at = coalesce(started_at, created_at) WHERE ended_at IS NULL"
    )


def downgrade() -> None:
    op.drop_index("ix_sessions_due_at", "sessions")
    op.drop_index("ix_runners_sound_at", "runners")
    for table, column in reversed(columns()):
        op.drop_column(table, column.name)
