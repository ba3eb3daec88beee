"""Swaps that end with a rest, and regions that rest for a warning sign."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ANSWERS = "'worse', 'same', 'better', 'ready', 'not-yet', 'agreed', 'trained', 'ended'"
SIGNS = "'heard', 'sign'"


def upgrade() -> None:
    op.add_column("swaps", sa.Column("region", sa.String(length=16), nullable=True))
    _answers_are(f"{ANSWERS}, {SIGNS}")


def downgrade() -> None:
    op.execute("DELETE FROM rest_answers WHERE answer IN ('heard', 'sign')")
    _answers_are(ANSWERS)
    op.drop_column("swaps", "region")


def _answers_are(answers: str) -> None:
    """Change what the column may hold; SQLite does so in a copy of the table."""
    kept = {"sqlite_autoincrement": True}
    with op.batch_alter_table("rest_answers", table_kwargs=kept) as table:
        table.drop_constraint(op.f("ck_rest_answers_answer"), type_="check")
        table.create_check_constraint(op.f("ck_rest_answers_answer"), f"answer IN ({answers})")
