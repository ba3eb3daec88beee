"""Reports of pain outside sessions, and answers about rests, which no longer end by date alone.

Rests that are over by the rules of today's stored reports stay over; open ones go on.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

OLD_KINDS = "'ache', 'dull', 'sharp', 'one-sided', 'joint', 'bone'"
SIDES = "'left', 'right', 'both'"
LEVELS = "'mild', 'moderate', 'strong', 'lock'"
ANSWERS = "'worse', 'same', 'better', 'ready', 'not-yet', 'agreed', 'trained', 'ended'"
STRONG = 6
REST, AGAIN, DAY = timedelta(days=7), timedelta(days=14), timedelta(days=1)


def upgrade() -> None:
    _widen_incidents()
    op.add_column("hurting", sa.Column("side", sa.String(length=5), nullable=True))
    op.create_table(
        "rest_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        _runner("rest_answers"),
        sa.Column("region", sa.String(length=16), nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("after_incident", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"answer IN ({ANSWERS})", name=op.f("ck_rest_answers_answer")),
        sa.PrimaryKeyConstraint("id", name="pk_rest_answers"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_rest_answers_runner_id", "rest_answers", ["runner_id"])
    op.create_table(
        "pain_talks",
        _runner("pain_talks"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("runner_id", name="pk_pain_talks"),
    )
    _keep_answers()
    op.drop_table("agreements")


def downgrade() -> None:
    op.create_table(
        "agreements",
        _runner("agreements"),
        sa.Column("region", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("runner_id", "region", name="pk_agreements"),
    )
    op.execute(
        "INSERT INTO agreements (runner_id, region, day) SELECT runner_id, region, MAX(day)"
        " FROM rest_answers WHERE answer = 'agreed' GROUP BY runner_id, region"
    )
    op.drop_table("pain_talks")
    op.drop_table("rest_answers")
    op.drop_column("hurting", "side")
    op.execute("DELETE FROM incidents WHERE session_id IS NULL")
    op.execute("UPDATE incidents SET kind = 'bone' WHERE kind = 'groin'")
    op.execute("UPDATE incidents SET region = 'back' WHERE region IN ('low-back', 'upper-back')")
    with _incidents() as incidents:
        incidents.alter_column("session_id", existing_type=sa.Integer(), nullable=False)
        for column in ("kind", "side", "level"):
            incidents.drop_constraint(op.f(f"ck_incidents_{column}"), type_="check")
        for column in ("side", "days", "level"):
            incidents.drop_column(column)
        incidents.create_check_constraint(op.f("ck_incidents_kind"), f"kind IN ({OLD_KINDS})")


def _widen_incidents() -> None:
    checks = {
        "kind": f"kind IN ({OLD_KINDS}, 'groin')",
        "side": f"side IN ({SIDES})",
        "level": f"level IN ({LEVELS})",
    }
    with _incidents() as incidents:
        incidents.alter_column("session_id", existing_type=sa.Integer(), nullable=True)
        incidents.add_column(sa.Column("side", sa.String(length=5), nullable=True))
        incidents.add_column(sa.Column("days", sa.Integer(), nullable=True))
        incidents.add_column(sa.Column("level", sa.String(length=8), nullable=True))
        incidents.drop_constraint(op.f("ck_incidents_kind"), type_="check")
        for column, check in checks.items():
            incidents.create_check_constraint(op.f(f"ck_incidents_{column}"), check)


def _incidents() -> Any:
    """Return the changes of the table, which SQLite makes in a copy."""
    return op.batch_alter_table("incidents", table_kwargs={"sqlite_autoincrement": True})


def _keep_answers() -> None:
    """Store what the columns and the dates said until now as answers."""
    connection = op.get_bind()
    runners = connection.execute(sa.text("SELECT id, zone FROM runners"))
    zones: dict[int, str | None] = {row.id: row.zone for row in runners}
    incidents, agreements = _table("incidents"), _table("agreements")
    pains: dict[tuple[int, str], list[Any]] = defaultdict(list)
    for row in connection.execute(
        sa.select(incidents).where(incidents.c.region.is_not(None)).order_by(incidents.c.id)
    ):
        if row.kind != "ache" and row.score > 0:
            pains[row.runner_id, row.region].append(row)
    agreed = {
        (row.runner_id, row.region): row.day for row in connection.execute(sa.select(agreements))
    }
    answers = [
        {"runner_id": runner, "region": region, "answer": answer, "day": day, "after_incident": key}
        for (runner, region), rows in pains.items()
        for key, day, answer in _answers(
            rows, agreed.get((runner, region)), _today(zones.get(runner))
        )
    ]
    if answers:
        connection.execute(sa.insert(_table("rest_answers")), answers)


def _table(name: str) -> sa.Table:
    return sa.Table(name, sa.MetaData(), autoload_with=op.get_bind())


def _today(zone: str | None) -> date:
    return datetime.now(UTC).astimezone(ZoneInfo(zone or "UTC")).date()


def _answers(
    pains: Sequence[Any], agreed: date | None, today: date
) -> Iterator[tuple[int, date, str]]:
    """Yield answers about one region: the last report before each, its date, and its kind."""
    for day in sorted({pain.day for pain in pains if pain.worse}):
        yield max(pain.id for pain in pains if pain.day == day), day + DAY, "worse"
    if agreed is not None and (before := [pain.id for pain in pains if pain.day <= agreed]):
        yield max(before), agreed, "agreed"
    if _is_locked(pains, agreed):
        return
    over = next((index for index, pain in enumerate(pains) if _is_open(pain, today)), len(pains))
    if over:
        yield pains[over - 1].id, pains[over - 1].day, "ended"


def _is_open(pain: Any, today: date) -> bool:
    """Whether the region still rests, or the question of the morning after is still to come."""
    rests = pain.worse or pain.score >= STRONG
    return bool(today - pain.day <= (REST if rests else DAY))


def _is_locked(pains: Sequence[Any], agreed: date | None) -> bool:
    strong = [pain.day for pain in pains if pain.worse or pain.score >= STRONG]
    bones = [pain.day for pain in pains if pain.kind == "bone"]
    repeated = [
        day for day in strong if any(timedelta(0) < day - before <= AGAIN for before in strong)
    ]
    return any(agreed is None or day > agreed for day in (*bones, *repeated))


def _runner(table: str) -> "sa.Column[int]":
    key = sa.ForeignKey("runners.id", name=f"fk_{table}_runner_id", ondelete="CASCADE")
    return sa.Column("runner_id", sa.BigInteger(), key, nullable=False)
