"""Pain reports, the agreement of clinicians, the question on the morning after, and swaps."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KINDS = "'ache', 'dull', 'sharp', 'one-sided', 'joint', 'bone'"
STATES = "'claimed', 'sending', 'sent', 'refused', 'unknown', 'dropped'"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _incidents()
    _mornings()
    op.create_table(
        "hurting",
        _runner("hurting"),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=9), nullable=False),
        sa.Column("region", sa.String(length=16), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("runner_id", name="pk_hurting"),
    )
    op.create_table(
        "agreements",
        _runner("agreements"),
        sa.Column("region", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("runner_id", "region", name="pk_agreements"),
    )
    op.create_table(
        "swaps",
        _runner("swaps"),
        sa.Column("exercise", sa.String(length=40), nullable=False),
        sa.Column("instead", sa.String(length=40), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("runner_id", "exercise", name="pk_swaps"),
    )


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", sa.Integer(), nullable=False),
        _runner("incidents"),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("exercise", sa.String(length=40), nullable=True),
        sa.Column("region", sa.String(length=16), nullable=True),
        sa.Column("kind", sa.String(length=9), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("worse", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_incidents_kind")),
        sa.PrimaryKeyConstraint("id", name="pk_incidents"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_incidents_runner_id_day", "incidents", ["runner_id", "day"])
    op.create_index("ix_incidents_session_id", "incidents", ["session_id"])


def _mornings() -> None:
    op.create_table(
        "mornings",
        sa.Column("id", sa.Integer(), nullable=False),
        _runner("mornings"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hurt_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("answer", sa.String(length=6), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_mornings_state")),
        sa.CheckConstraint(
            "answer IN ('worse', 'same', 'better')", name=op.f("ck_mornings_answer")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mornings"),
        sa.UniqueConstraint("runner_id", "day", name="uq_mornings_runner_id_day"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mornings_state_due_at", "mornings", ["state", "due_at"])


def downgrade() -> None:
    for table in ("swaps", "agreements", "hurting", "mornings", "incidents"):
        op.drop_table(table)


def _runner(table: str) -> "sa.Column[int]":
    key = sa.ForeignKey("runners.id", name=f"fk_{table}_runner_id", ondelete="CASCADE")
    return sa.Column("runner_id", sa.BigInteger(), key, nullable=False)
