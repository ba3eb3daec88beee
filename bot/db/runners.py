"""Queries on runners, their training days and the question that is open with them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db import inbox
from bot.db.dialects import upsert
from bot.db.tables import (
    BandRow,
    Base,
    QuestionRow,
    ReminderRow,
    RunnerRow,
    ScheduleRow,
    SessionRow,
)
from bot.domain.runner import Runner, Screening
from bot.domain.schedule import Schedule, Slot, TrainingDay, Weekday, in_order


async def ensure(connection: AsyncConnection, runner: int, now: datetime) -> None:
    """The runner has a row; they are in if they are new."""
    new = {"id": runner, "created_at": now, "joined_at": now}
    await upsert(connection, RunnerRow, ["id"], new, changes=[])


async def join(connection: AsyncConnection, runner: int, now: datetime) -> None:
    """The runner has a row and is in; since when does not change."""
    await ensure(connection, runner, now)
    await connection.execute(
        update(RunnerRow)
        .where(RunnerRow.id == runner, RunnerRow.joined_at.is_(None))
        .values(joined_at=now)
    )


async def has_joined(connection: AsyncConnection, runner: int) -> bool:
    found = await connection.scalar(select(RunnerRow.joined_at).where(RunnerRow.id == runner))
    return found is not None


async def is_reachable(connection: AsyncConnection, runner: int) -> bool:
    """False for who was found not to be; who is not known is reachable."""
    found = await connection.scalar(
        select(RunnerRow.id).where(RunnerRow.id == runner, RunnerRow.unreachable_at.is_not(None))
    )
    return found is None


async def get(connection: AsyncConnection, runner: int) -> Runner | None:
    return (await get_many(connection, [runner])).get(runner)


async def get_many(connection: AsyncConnection, runners: Collection[int]) -> dict[int, Runner]:
    """By id, without those who are not known."""
    days = (
        select(func.aggregate_strings(ScheduleRow.weekday + " " + ScheduleRow.local_time, ","))
        .where(ScheduleRow.runner_id == RunnerRow.id)
        .scalar_subquery()
    )
    rows = await connection.execute(
        select(
            RunnerRow.id,
            RunnerRow.screening,
            RunnerRow.screened_at,
            RunnerRow.zone,
            RunnerRow.place,
            RunnerRow.away_from,
            RunnerRow.away_until,
            RunnerRow.unreachable_at,
            RunnerRow.own_pace,
            RunnerRow.sound_told,
            days.label("days"),
        ).where(RunnerRow.id.in_(runners))
    )
    return {row.id: _runner(row) for row in rows}


def _runner(row: Any) -> Runner:
    return Runner(
        id=row.id,
        screening=Screening(row.screening) if row.screening else None,
        screened_at=row.screened_at,
        zone=row.zone,
        place=row.place,
        away_from=row.away_from,
        away_until=row.away_until,
        unreachable_at=row.unreachable_at,
        schedule=_schedule(row.days),
        own_pace=row.own_pace,
        sound_told=row.sound_told,
    )


def _schedule(days: str | None) -> Schedule:
    """From "monday 07:00,friday 18:30"."""
    each = (day.split() for day in days.split(",")) if days else ()
    return in_order(tuple(TrainingDay(Weekday(day), time.fromisoformat(at)) for day, at in each))


async def save_screening(
    connection: AsyncConnection, runner: int, answer: Screening, now: datetime
) -> None:
    await connection.execute(
        update(RunnerRow)
        .where(RunnerRow.id == runner)
        .values(screening=answer.value, screened_at=now)
    )


async def save_place(
    connection: AsyncConnection, runner: int, zone: str, place: str, now: datetime
) -> None:
    """The zone counts for every training day from now on."""
    await connection.execute(
        update(RunnerRow).where(RunnerRow.id == runner).values(zone=zone, place=place)
    )
    await connection.execute(
        update(ScheduleRow)
        .where(ScheduleRow.runner_id == runner, ScheduleRow.zone != zone)
        .values(zone=zone, chosen_at=now)
    )


async def save_schedule(
    connection: AsyncConnection, runner: int, zone: str, schedule: Schedule, now: datetime
) -> None:
    """Replaces the training days; days that stay as they were keep the moment of their choice."""
    known = await get(connection, runner)
    kept = set(known.schedule if known else ()) & set(schedule)
    await connection.execute(
        delete(ScheduleRow).where(
            ScheduleRow.runner_id == runner,
            ScheduleRow.weekday.not_in([day.weekday.value for day in kept]),
        )
    )
    new = [
        {
            "runner_id": runner,
            "weekday": day.weekday.value,
            "local_time": f"{day.at:%H:%M}",
            "zone": zone,
            "chosen_at": now,
        }
        for day in schedule
        if day not in kept
    ]
    if new:
        await connection.execute(insert(ScheduleRow), new)


async def save_away(
    connection: AsyncConnection, runner: int, first: date | None, until: date
) -> None:
    await connection.execute(
        update(RunnerRow).where(RunnerRow.id == runner).values(away_from=first, away_until=until)
    )


async def set_unreachable(
    connection: AsyncConnection, runners: Collection[int], since: datetime | None
) -> None:
    await connection.execute(
        update(RunnerRow).where(RunnerRow.id.in_(runners)).values(unreachable_at=since)
    )


async def days_chosen(connection: AsyncConnection, runner: int) -> dict[Weekday, datetime]:
    """The runner's training days, with the moment of their choice."""
    rows = await connection.execute(
        select(ScheduleRow.weekday, ScheduleRow.chosen_at).where(ScheduleRow.runner_id == runner)
    )
    return {Weekday(day): chosen_at for day, chosen_at in rows}


async def save_pace(connection: AsyncConnection, runner: int, own_pace: bool) -> None:
    """What Start means from now on."""
    await connection.execute(
        update(RunnerRow).where(RunnerRow.id == runner).values(own_pace=own_pace)
    )


async def save_sound_told(connection: AsyncConnection, runner: int) -> None:
    await connection.execute(
        update(RunnerRow).where(RunnerRow.id == runner).values(sound_told=True)
    )


async def slots(connection: AsyncConnection) -> dict[Slot, int]:
    """Every slot in use, with how many runners it has."""
    rows = await connection.execute(
        select(
            ScheduleRow.zone,
            ScheduleRow.local_time,
            func.count(ScheduleRow.runner_id.distinct()),
        ).group_by(ScheduleRow.zone, ScheduleRow.local_time)
    )
    return {Slot(zone, time.fromisoformat(at)): runners for zone, at, runners in rows}


async def training_days(connection: AsyncConnection) -> set[tuple[str, TrainingDay]]:
    """Every training day that anybody has, each once, with its zone."""
    rows = await connection.execute(
        select(ScheduleRow.zone, ScheduleRow.weekday, ScheduleRow.local_time).distinct()
    )
    return {(zone, TrainingDay(Weekday(day), time.fromisoformat(at))) for zone, day, at in rows}


async def ask(
    connection: AsyncConnection, runner: int, wish: dict[str, Any], now: datetime
) -> None:
    """Remembers the one open question; a new one takes the old one's place."""
    new = {"runner_id": runner, "wish": wish, "asked_at": now}
    await upsert(connection, QuestionRow, ["runner_id"], new)


async def question(
    connection: AsyncConnection, runner: int, since: datetime
) -> dict[str, Any] | None:
    """The wish behind the question that was asked after `since` and is still open."""
    return (
        await connection.execute(
            select(QuestionRow.wish).where(
                QuestionRow.runner_id == runner, QuestionRow.asked_at > since
            )
        )
    ).scalar_one_or_none()


async def answered(connection: AsyncConnection, runner: int) -> None:
    await connection.execute(delete(QuestionRow).where(QuestionRow.runner_id == runner))


async def erase(connection: AsyncConnection, runner: int) -> None:
    """Every row of the runner, in every table: foreign keys cascade.

    What they sent and is not handled yet goes too.
    """
    await inbox.erase(connection, runner)
    await connection.execute(delete(RunnerRow).where(RunnerRow.id == runner))


async def kept(connection: AsyncConnection, runner: int) -> dict[str, int]:
    """How many rows of the runner each kind of thing has, for /privacy."""
    tables: Sequence[tuple[str, type[Base], Any]] = (
        ("bands", BandRow, BandRow.runner_id),
        ("days", ScheduleRow, ScheduleRow.runner_id),
        ("sessions", SessionRow, SessionRow.runner_id),
        ("reminders", ReminderRow, ReminderRow.runner_id),
    )
    return {
        name: (
            await connection.execute(
                select(func.count()).select_from(table).where(column == runner)
            )
        ).scalar_one()
        for name, table, column in tables
    }
