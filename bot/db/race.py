"""Queries on the races of runners."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from bot.db.dialects import upsert
from bot.db.engine import Connection
from bot.db.parameters import RUNNER_IDS
from bot.db.tables import RACES
from bot.domain.race import Distance, Race, RaceQuestion, Rank
from bot.domain.reminder import State

OF_RUNNERS = (
    select(RACES)
    .where(RACES.c.runner_id.in_(RUNNER_IDS), RACES.c.day >= bindparam("since"))
    .order_by(RACES.c.day)
)


async def get_many(
    connection: Connection, runners: Collection[int], since: date
) -> dict[int, tuple[Race, ...]]:
    """Return by runner the races from this date on, in the order of their dates."""
    rows = await connection.execute(OF_RUNNERS, {"runners": list(runners), "since": since})
    races: dict[int, tuple[Race, ...]] = dict.fromkeys(runners, ())
    for row in rows:
        races[row.runner_id] = (*races[row.runner_id], _race(row))
    return races


async def get(connection: Connection, race: int) -> RaceQuestion | None:
    """Return a race with the question about it."""
    rows = await connection.execute(select(RACES).where(RACES.c.id == race))
    return next(map(built, rows), None)


async def save(connection: Connection, runner: int, race: Race, due_at: datetime) -> None:
    """Add a race, in place of another on its date; `due_at` is when to ask how it went."""
    new = {
        "runner_id": runner,
        "distance": race.distance.value,
        "day": race.day,
        "rank": race.rank.value,
        "started": None,
        "reached": None,
        "due_at": due_at,
        "state": State.CLAIMED.value,
    }
    await upsert(connection, RACES, ["runner_id", "day"], new)


async def set_rank(connection: Connection, race: int, rank: Rank) -> None:
    await connection.execute(update(RACES).where(RACES.c.id == race).values(rank=rank.value))


async def move(connection: Connection, race: int, day: date, due_at: datetime) -> None:
    """Change the date of a race, and when to ask how it went."""
    new = {"day": day, "due_at": due_at, "state": State.CLAIMED.value, "started": None}
    await connection.execute(update(RACES).where(RACES.c.id == race).values(new))


async def set_due(connection: Connection, race: int, due_at: datetime) -> None:
    """Change when to ask how a race went, unless that is being sent or has been sent."""
    await connection.execute(
        update(RACES)
        .where(RACES.c.id == race, RACES.c.state == State.CLAIMED.value)
        .values(due_at=due_at)
    )


async def answer(
    connection: Connection, race: int, *, started: bool, reached: Distance | None
) -> None:
    """Store how a race went; `reached`: how far a runner came who did not finish."""
    await connection.execute(
        update(RACES)
        .where(RACES.c.id == race)
        .values(started=started, reached=reached and reached.value)
    )


async def remove(connection: Connection, race: int) -> None:
    await connection.execute(delete(RACES).where(RACES.c.id == race))


def built(row: Any) -> RaceQuestion:
    """Build the question about a race from a row of `races`."""
    return RaceQuestion(row.id, row.runner_id, _race(row), row.due_at, row.tries)


def _race(row: Any) -> Race:
    reached = Distance(row.reached) if row.reached else None
    return Race(row.id, Distance(row.distance), row.day, Rank(row.rank), reached, row.started)
