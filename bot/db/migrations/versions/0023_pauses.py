"""The pauses of a session, which a file for a watch leaves out of its time."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sessions", sa.Column("pauses", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("sessions", "pauses")
