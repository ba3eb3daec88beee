"""Queries on runners, their training days and their open questions."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from bot.db import inbox, screening, warning_signs
from bot.db.dialects import upsert
from bot.db.engine import Connection
from bot.db.parameters import RUNNER_IDS
from bot.db.tables import QUESTIONS, RUNNERS, SAFETY_QUESTIONS, SCHEDULE, WARNING_SIGNS
from bot.domain.runner import Runner, Screening
from bot.domain.schedule import Schedule, Slot, TrainingDay, Weekday, in_order
from bot.domain.screening import Conditions

REACHABLE = (
    update(RUNNERS)
    .where(
        RUNNERS.c.id.in_(bindparam("ids", expanding=True)), RUNNERS.c.unreachable_at.is_not(None)
    )
    .values(unreachable_at=None)
)

DAYS = (
    select(func.aggregate_strings(SCHEDULE.c.weekday + " " + SCHEDULE.c.local_time, ","))
    .where(SCHEDULE.c.runner_id == RUNNERS.c.id)
    .scalar_subquery()
)
OF_RUNNERS = (
    select(
        RUNNERS.c.id,
        RUNNERS.c.screening,
        RUNNERS.c.screened_at,
        RUNNERS.c.zone,
        RUNNERS.c.place,
        RUNNERS.c.away_from,
        RUNNERS.c.away_until,
        RUNNERS.c.unreachable_at,
        RUNNERS.c.elsewhere_at,
        RUNNERS.c.cleared_at,
        RUNNERS.c.own_pace,
        RUNNERS.c.sound_told,
        RUNNERS.c.hours,
        DAYS.label("days"),
        *warning_signs.COLUMNS,
        *screening.COLUMNS,
    )
    .outerjoin(WARNING_SIGNS, WARNING_SIGNS.c.runner_id == RUNNERS.c.id)
    .outerjoin(SAFETY_QUESTIONS, SAFETY_QUESTIONS.c.runner_id == RUNNERS.c.id)
    .where(RUNNERS.c.id.in_(RUNNER_IDS))
)


async def ensure(connection: Connection, runner: int, now: datetime) -> None:
    """Add the runner, with access, unless there is a row already."""
    new = {"id": runner, "created_at": now, "joined_at": now}
    await upsert(connection, RUNNERS, ["id"], new, changes=[])


async def join(connection: Connection, runner: int, now: datetime) -> None:
    """Add the runner if there is no row, and grant access if they have none."""
    await ensure(connection, runner, now)
    await connection.execute(
        update(RUNNERS)
        .where(RUNNERS.c.id == runner, RUNNERS.c.joined_at.is_(None))
        .values(joined_at=now)
    )


async def has_joined(connection: Connection, runner: int) -> bool:
    query = select(RUNNERS.c.joined_at).where(RUNNERS.c.id == runner)
    return await connection.scalar(query) is not None


async def get(connection: Connection, runner: int) -> Runner | None:
    return (await get_many(connection, [runner])).get(runner)


async def get_stored(connection: Connection, runner: int) -> Runner:
    """Return a runner who is known to be stored, as after `ensure`."""
    return (await get_many(connection, [runner]))[runner]


async def get_many(connection: Connection, runners: Collection[int]) -> dict[int, Runner]:
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


async def _save(connection: Connection, runner: int, **values: Any) -> None:
    await connection.execute(update(RUNNERS).where(RUNNERS.c.id == runner).values(values))


async def save_screening(
    connection: Connection, runner: int, answer: Screening | None, answered_at: datetime | None
) -> None:
    screening = answer and answer.value
    await _save(connection, runner, screening=screening, screened_at=answered_at)


async def save_place(
    connection: Connection, runner: int, zone: str, place: str, now: datetime
) -> None:
    """Store place and zone; the zone applies to all training days."""
    await _save(connection, runner, zone=zone, place=place)
    await connection.execute(
        update(SCHEDULE)
        .where(SCHEDULE.c.runner_id == runner, SCHEDULE.c.zone != zone)
        .values(zone=zone, chosen_at=now)
    )


async def save_schedule(
    connection: Connection, runner: int, zone: str, schedule: Schedule, now: datetime
) -> None:
    """Replace the training days; unchanged days keep their `chosen_at`."""
    stored = await get(connection, runner)
    kept = set(stored.schedule if stored else ()) & set(schedule)
    await connection.execute(
        delete(SCHEDULE).where(
            SCHEDULE.c.runner_id == runner,
            SCHEDULE.c.weekday.not_in([day.weekday.value for day in kept]),
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
        await connection.execute(insert(SCHEDULE), new)


async def save_away(connection: Connection, runner: int, first: date | None, until: date) -> None:
    await _save(connection, runner, away_from=first, away_until=until)


async def save_elsewhere(connection: Connection, runner: int, trained_at: datetime) -> None:
    """Store when the runner trained without the coach."""
    await _save(connection, runner, elsewhere_at=trained_at)


async def set_unreachable(
    connection: Connection, runners: Collection[int], since: datetime | None
) -> None:
    await connection.execute(
        update(RUNNERS).where(RUNNERS.c.id.in_(runners)).values(unreachable_at=since)
    )


async def set_reachable(connection: Connection, runners: Collection[int]) -> None:
    """Store that the runners can be written to, for those of whom the opposite is stored."""
    await connection.execute(REACHABLE, {"ids": list(runners)})


async def days_chosen(connection: Connection, runner: int) -> dict[Weekday, datetime]:
    """Return by weekday when the runner chose it as a training day."""
    rows = await connection.execute(
        select(SCHEDULE.c.weekday, SCHEDULE.c.chosen_at).where(SCHEDULE.c.runner_id == runner)
    )
    return {Weekday(day): chosen_at for day, chosen_at in rows}


async def save_pace(connection: Connection, runner: int, own_pace: bool) -> None:
    """Store whether Start begins sessions led by Done taps, not by the clock."""
    await _save(connection, runner, own_pace=own_pace)


async def save_sound_told(connection: Connection, runner: int) -> None:
    await _save(connection, runner, sound_told=True)


async def save_hours(connection: Connection, runner: int, hours: int) -> None:
    """Store whether the runner types times of day in 12 hours or in 24."""
    await _save(connection, runner, hours=hours)


async def slots(connection: Connection) -> dict[Slot, int]:
    """Return the number of runners by slot."""
    rows = await connection.execute(
        select(
            SCHEDULE.c.zone,
            SCHEDULE.c.local_time,
            func.count(SCHEDULE.c.runner_id.distinct()),
        ).group_by(SCHEDULE.c.zone, SCHEDULE.c.local_time)
    )
    return {Slot(zone, time.fromisoformat(at)): count for zone, at, count in rows}


async def training_days(connection: Connection) -> set[tuple[str, TrainingDay]]:
    """Return the distinct training days of all runners, with their zones."""
    rows = await connection.execute(
        select(SCHEDULE.c.zone, SCHEDULE.c.weekday, SCHEDULE.c.local_time).distinct()
    )
    return {(zone, TrainingDay(Weekday(day), time.fromisoformat(at))) for zone, day, at in rows}


async def save_cleared(connection: Connection, runner: int, cleared_at: datetime) -> None:
    """Store when a clinician cleared the runner after an emergency or a fever."""
    await _save(connection, runner, cleared_at=cleared_at)


async def ask(connection: Connection, runner: int, wish: dict[str, Any], now: datetime) -> None:
    """Store the open question in place of an earlier one."""
    new = {"runner_id": runner, "wish": wish, "asked_at": now}
    await upsert(connection, QUESTIONS, ["runner_id"], new)


async def question(connection: Connection, runner: int) -> tuple[dict[str, Any], datetime] | None:
    """Return the wish of the open question, and when it was asked (UTC)."""
    found = await connection.execute(
        select(QUESTIONS.c.wish, QUESTIONS.c.asked_at).where(QUESTIONS.c.runner_id == runner)
    )
    row = found.one_or_none()
    return None if row is None else (row.wish, row.asked_at)


async def answered(connection: Connection, runner: int) -> None:
    await connection.execute(delete(QUESTIONS).where(QUESTIONS.c.runner_id == runner))


async def erase(connection: Connection, runner: int) -> None:
    """Delete the runner's rows in all tables, by cascading foreign keys, and in the inbox."""
    await inbox.erase(connection, runner)
    await connection.execute(delete(RUNNERS).where(RUNNERS.c.id == runner))
