"""Conditions that apply to a runner, and the safety screen as an open question."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


CONDITIONS = (
    "'heart', 'chest-pain', 'fainting', 'injury', 'spine', 'illness', 'surgery', 'pregnant',"
    " 'birth', 'under-18', 'over-69', 'latex', 'latex-reaction', 'warning-sign'"
)
DETAILS = "'16-17', '13-15', 'under-13', 'no-reaction', 'reaction', 'latex-free', 'with-latex'"
SCREENINGS = "'clear', 'waiting', 'agreed'"

# A warning sign that was tapped in a session stopped it in the same moment. Whoever waits without
# one has said that a condition applies, and is asked which.
TAPPED_SIGNS = """
    INSERT INTO conditions (runner_id, condition, told_at)
    SELECT runners.id, 'warning-sign', runners.screened_at FROM runners
    WHERE runners.screening = 'waiting'
    AND EXISTS (
        SELECT 1 FROM sessions
        WHERE sessions.runner_id = runners.id AND sessions.ended_at = runners.screened_at
    )
    AND NOT EXISTS (
        SELECT 1 FROM warning_signs
        WHERE warning_signs.runner_id = runners.id
        AND (screening_before IS NULL OR screening_before <> 'waiting')
    )
"""


def upgrade() -> None:
    op.create_table(
        "conditions",
        sa.Column(
            "runner_id",
            sa.BigInteger(),
            sa.ForeignKey("runners.id", name="fk_conditions_runner_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("condition", sa.String(length=16), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail", sa.String(length=16), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"condition IN ({CONDITIONS})", name=op.f("ck_conditions_condition")),
        sa.CheckConstraint(f"detail IN ({DETAILS})", name=op.f("ck_conditions_detail")),
        sa.PrimaryKeyConstraint("runner_id", "condition", name="pk_conditions"),
    )
    op.create_table(
        "safety_questions",
        sa.Column(
            "runner_id",
            sa.BigInteger(),
            sa.ForeignKey("runners.id", name="fk_safety_questions_runner_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("routine", sa.String(length=40), nullable=False),
        sa.Column("ticked", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("screening_before", sa.String(length=16), nullable=True),
        sa.Column("screened_before_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            f"screening_before IN ({SCREENINGS})",
            name=op.f("ck_safety_questions_screening_before"),
        ),
        sa.PrimaryKeyConstraint("runner_id", name="pk_safety_questions"),
    )
    op.execute(TAPPED_SIGNS)


def downgrade() -> None:
    op.drop_table("safety_questions")
    op.drop_table("conditions")
