"""What was done of each exercise in a session, so that a gap can be counted for each."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

PAGE = 100  # sessions read at once

SESSIONS = sa.table(
    "sessions",
    sa.column("id", sa.Integer()),
    sa.column("steps", sa.JSON()),
    sa.column("trained_at", sa.DateTime(timezone=True)),
    sa.column("exercises_done", sa.JSON()),
)
LOGS = sa.table(
    "step_logs",
    sa.column("session_id", sa.Integer()),
    sa.column("step", sa.Integer()),
    sa.column("outcome", sa.String()),
)


def upgrade() -> None:
    op.add_column("sessions", sa.Column("exercises_done", sa.JSON(), nullable=True))
    op.create_index("ix_sessions_runner_id_rating", "sessions", ["runner_id", "rating"])
    op.drop_column("prescribed", "others")
    _fill(op.get_bind())


def downgrade() -> None:
    op.drop_index("ix_sessions_runner_id_rating", "sessions")
    op.drop_column("sessions", "exercises_done")
    empty = sa.text(f"'{json.dumps([])}'")
    op.add_column(
        "prescribed", sa.Column("others", sa.JSON(), server_default=empty, nullable=False)
    )


def _fill(connection: sa.Connection) -> None:
    """Count what was done in the sessions that there are."""
    trained = sa.select(SESSIONS.c.id, SESSIONS.c.steps).where(SESSIONS.c.trained_at.is_not(None))
    after = 0
    while page := connection.execute(
        trained.where(SESSIONS.c.id > after).order_by(SESSIONS.c.id).limit(PAGE)
    ).all():
        after = page[-1].id
        ids = [row.id for row in page]
        outcomes: dict[int, dict[int, str]] = {key: {} for key in ids}
        for log in connection.execute(sa.select(LOGS).where(LOGS.c.session_id.in_(ids))):
            outcomes[log.session_id][log.step] = log.outcome
        update = (
            sa.update(SESSIONS)
            .where(SESSIONS.c.id == sa.bindparam("of"))
            .values(exercises_done=sa.bindparam("done", type_=sa.JSON()))
        )
        values = [{"of": row.id, "done": _done(row.steps, outcomes[row.id])} for row in page]
        connection.execute(update, values)


def _done(steps: list[dict[str, Any]], outcomes: dict[int, str]) -> dict[str, list[Any]]:
    """Return by exercise the sets done, and whether its last step was done and nothing hurt."""
    sets: dict[str, set[int]] = {}
    last: dict[str, int] = {}
    hurt = set()
    for place, step in enumerate(steps):
        exercise = step["exercise"]
        if exercise is None:
            continue
        last[exercise] = place
        if outcomes.get(place) == "done":
            sets.setdefault(exercise, set()).add(step["set_number"])
        elif step.get("left_out") or outcomes.get(place) == "hurt":
            hurt.add(exercise)
    return {
        key: [len(done), outcomes.get(last[key]) == "done" and key not in hurt]
        for key, done in sets.items()
    }
