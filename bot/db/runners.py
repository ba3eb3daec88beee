"""Queries on runners, their training days and their open questions."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db import inbox, screening, warning_signs
from bot.db.dialects import upsert
from bot.db.parameters import RUNNERS
from bot.db.tables import (
    BandRow,
    Base,
    QuestionRow,
    ReminderRow,
    RunnerRow,
    SafetyQuestionRow,
    ScheduleRow,
    SessionRow,
    WarningSignRow,
)
from bot.domain.runner import Runner, Screening
from bot.domain.schedule import Schedule, Slot, TrainingDay, Weekday, in_order
from bot.domain.screening import Conditions

REACHABLE = (
    update(RunnerRow)
    .where(
        RunnerRow.id.in_(bindparam("ids", expanding=True)), RunnerRow.unreachable_at.is_not(None)
    )
    .values(unreachable_at=None)
)

DAYS = (
    select(func.aggregate_strings(ScheduleRow.weekday + " " + ScheduleRow.local_time, ","))
    .where(ScheduleRow.runner_id == RunnerRow.id)
    .scalar_subquery()
)
OF_RUNNERS = (
    select(
        RunnerRow.id,
        RunnerRow.screening,
        RunnerRow.screened_at,
        RunnerRow.zone,
        RunnerRow.place,
        RunnerRow.away_from,
        RunnerRow.away_until,
        RunnerRow.unreachable_at,
        RunnerRow.elsewhere_at,
        RunnerRow.cleared_at,
        RunnerRow.own_pace,
        RunnerRow.sound_told,
        RunnerRow.hours,
        DAYS.label("days"),
        *warning_signs.COLUMNS,
        *screening.COLUMNS,
    )
    .outerjoin(WarningSignRow, WarningSignRow.runner_id == RunnerRow.id)
    .outerjoin(SafetyQuestionRow, SafetyQuestionRow.runner_id == RunnerRow.id)
    .where(RunnerRow.id.in_(RUNNERS))
)


async def ensure(connection: AsyncConnection, runner: int, now: datetime) -> None:
    """Add the runner, with access, unless there is a row already."""
    new = {"id": runner, "created_at": now, "joined_at": now}
    await upsert(connection, RunnerRow, ["id"], new, changes=[])


async def join(connection: AsyncConnection, runner: int, now: datetime) -> None:
    """Add the runner if there is no row, and grant access if they have none."""
    await ensure(connection, runner, now)
    await connection.execute(
        update(RunnerRow)
        .where(RunnerRow.id == runner, RunnerRow.joined_at.is_(None))
        .values(joined_at=now)
    )


async def has_joined(connection: AsyncConnection, runner: int) -> bool:
    query = select(RunnerRow.joined_at).where(RunnerRow.id == runner)
    return await connection.scalar(query) is not None


async def get(connection: AsyncConnection, runner: int) -> Runner | None:
    return (await get_many(connection, [runner])).get(runner)


async def get_many(connection: AsyncConnection, runners: Collection[int]) -> dict[int, Runner]:
    """Return the runners by id, without those who are not stored."""
    rows = await connection.execute(OF_RUNNERS, {"runners": list(runners)})
    found = rows.all()
    conditions = await screening.conditions(connection, [row.id for row in found])
    return {row.id: _runner(row, conditions[row.id]) for row in found}


def _runner(row: Any, conditions: Conditions) -> Runner:
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
        elsewhere_at=row.elsewhere_at,
        cleared_at=row.cleared_at,
        own_pace=row.own_pace,
        sound_told=row.sound_told,
        hours=row.hours,
        reported_sign=warning_signs.built(row),
        conditions=conditions,
        safety_question=screening.built(row),
    )


def _schedule(days: str | None) -> Schedule:
    """Parse training days such as "monday 07:00,friday 18:30"."""
    pairs = (day.split() for day in days.split(",")) if days else ()
    return in_order(tuple(TrainingDay(Weekday(day), time.fromisoformat(at)) for day, at in pairs))


async def save_screening(
    connection: AsyncConnection, runner: int, answer: Screening | None, answered_at: datetime | None
) -> None:
    await connection.execute(
        update(RunnerRow)
        .where(RunnerRow.id == runner)
        .values(screening=answer and answer.value, screened_at=answered_at)
    )


async def save_place(
    connection: AsyncConnection, runner: int, zone: str, place: str, now: datetime
) -> None:
    """Store place and zone; the zone applies to all training days."""
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
    """Replace the training days; unchanged days keep their `chosen_at`."""
    stored = await get(connection, runner)
    kept = set(stored.schedule if stored else ()) & set(schedule)
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


async def save_elsewhere(connection: AsyncConnection, runner: int, at: datetime) -> None:
    """Store when the runner trained without the coach."""
    await connection.execute(
        update(RunnerRow).where(RunnerRow.id == runner).values(elsewhere_at=at)
    )


async def set_unreachable(
    connection: AsyncConnection, runners: Collection[int], since: datetime | None
) -> None:
    await connection.execute(
        update(RunnerRow).where(RunnerRow.id.in_(runners)).values(unreachable_at=since)
    )


async def set_reachable(connection: AsyncConnection, runners: Collection[int]) -> None:
    """Note that these can be written to, those of them that could not be."""
    await connection.execute(REACHABLE, {"ids": list(runners)})


async def days_chosen(connection: AsyncConnection, runner: int) -> dict[Weekday, datetime]:
    """Return by weekday when the runner chose it as a training day."""
    rows = await connection.execute(
        select(ScheduleRow.weekday, ScheduleRow.chosen_at).where(ScheduleRow.runner_id == runner)
    )
    return {Weekday(day): chosen_at for day, chosen_at in rows}


async def save_pace(connection: AsyncConnection, runner: int, own_pace: bool) -> None:
    """Store whether Start begins sessions led by Done taps, not by the clock."""
    await connection.execute(
        update(RunnerRow).where(RunnerRow.id == runner).values(own_pace=own_pace)
    )


async def save_sound_told(connection: AsyncConnection, runner: int) -> None:
    await connection.execute(
        update(RunnerRow).where(RunnerRow.id == runner).values(sound_told=True)
    )


async def save_hours(connection: AsyncConnection, runner: int, hours: int) -> None:
    """Store whether the runner types times of day in 12 hours or in 24."""
    await connection.execute(update(RunnerRow).where(RunnerRow.id == runner).values(hours=hours))


async def slots(connection: AsyncConnection) -> dict[Slot, int]:
    """Return the number of runners by slot."""
    rows = await connection.execute(
        select(
            ScheduleRow.zone,
            ScheduleRow.local_time,
            func.count(ScheduleRow.runner_id.distinct()),
        ).group_by(ScheduleRow.zone, ScheduleRow.local_time)
    )
    return {Slot(zone, time.fromisoformat(at)): count for zone, at, count in rows}


async def training_days(connection: AsyncConnection) -> set[tuple[str, TrainingDay]]:
    """Return the distinct training days of all runners, with their zones."""
    rows = await connection.execute(
        select(ScheduleRow.zone, ScheduleRow.weekday, ScheduleRow.local_time).distinct()
    )
    return {(zone, TrainingDay(Weekday(day), time.fromisoformat(at))) for zone, day, at in rows}


async def save_cleared(connection: AsyncConnection, runner: int, at: datetime) -> None:
    """Store when a doctor cleared the runner after an emergency."""
    await connection.execute(update(RunnerRow).where(RunnerRow.id == runner).values(cleared_at=at))


async def ask(
    connection: AsyncConnection, runner: int, wish: dict[str, Any], now: datetime
) -> None:
    """Store the open question in place of an earlier one."""
    new = {"runner_id": runner, "wish": wish, "asked_at": now}
    await upsert(connection, QuestionRow, ["runner_id"], new)


async def question(
    connection: AsyncConnection, runner: int
) -> tuple[dict[str, Any], datetime] | None:
    """Return the wish of the open question, and when it was asked (UTC)."""
    found = await connection.execute(
        select(QuestionRow.wish, QuestionRow.asked_at).where(QuestionRow.runner_id == runner)
    )
    row = found.one_or_none()
    return None if row is None else (row.wish, row.asked_at)


async def answered(connection: AsyncConnection, runner: int) -> None:
    await connection.execute(delete(QuestionRow).where(QuestionRow.runner_id == runner))


async def erase(connection: AsyncConnection, runner: int) -> None:
    """Delete the runner's rows in all tables, by cascading foreign keys, and in the inbox."""
    await inbox.erase(connection, runner)
    await connection.execute(delete(RunnerRow).where(RunnerRow.id == runner))


async def kept(connection: AsyncConnection, runner: int) -> dict[str, int]:
    """Return the number of the runner's rows by kind, for /privacy."""
    tables: Sequence[tuple[str, type[Base], Any]] = (
        ("bands", BandRow, BandRow.runner_id),
        ("days", ScheduleRow, ScheduleRow.runner_id),
        ("sessions", SessionRow, SessionRow.runner_id),
        ("reminders", ReminderRow, ReminderRow.runner_id),
    )
    return {
        kind: (
            await connection.execute(
                select(func.count()).select_from(table).where(column == runner)
            )
        ).scalar_one()
        for kind, table, column in tables
    }
