"""Queries on reminders: claimed once per runner and local date, and answered."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, exists, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.dialects import insert
from bot.db.tables import ReminderRow, RunnerRow, ScheduleRow, SessionRow
from bot.domain.reminder import Answer, Reminder, State
from bot.domain.schedule import Due, Slot, local_day, weekday_of
from bot.domain.session import Phase

REMINDERS: Any = ReminderRow.__table__


async def claim(connection: AsyncConnection, slot: Slot, due: Due, limit: int) -> int:
    """Claims the slot's date for at most `limit` runners; returns for how many.

    Left out: who is away, unreachable, has trained on that date, chose the day only after its
    moment, or has a reminder for that date already. Call it again until it returns 0. What another
    process claims at the same moment is left to it, so that fewer than `limit` may not be all.
    """
    start, end = local_day(due.date, slot.zone)
    waiting = (
        select(
            ScheduleRow.runner_id,
            literal(due.date, type_=ReminderRow.local_date.type),
            literal(due.moment, type_=ReminderRow.slot_at.type),
            literal(due.moment, type_=ReminderRow.due_at.type),
            literal(State.CLAIMED.value),
        )
        .join(RunnerRow, RunnerRow.id == ScheduleRow.runner_id)
        .where(
            ScheduleRow.zone == slot.zone,
            ScheduleRow.local_time == f"{slot.at:%H:%M}",
            ScheduleRow.weekday == weekday_of(due.date).value,
            ScheduleRow.chosen_at <= due.moment,
            RunnerRow.unreachable_at.is_(None),
            or_(RunnerRow.away_until.is_(None), RunnerRow.away_until <= due.date),
            ~exists().where(
                ReminderRow.runner_id == ScheduleRow.runner_id,
                ReminderRow.local_date == due.date,
            ),
            ~exists().where(
                SessionRow.runner_id == ScheduleRow.runner_id,
                SessionRow.trained_at >= start,
                SessionRow.trained_at < end,
            ),
        )
        .order_by(ScheduleRow.runner_id)  # of two who claim, one waits for the other
        .limit(limit)
    )
    columns = ["runner_id", "local_date", "slot_at", "due_at", "state"]
    result = await connection.execute(
        insert(connection, ReminderRow)
        .from_select(columns, waiting)
        .on_conflict_do_nothing(index_elements=["runner_id", "local_date"]),
        execution_options={"preserve_rowcount": True},
    )
    return int(result.rowcount)


async def get(connection: AsyncConnection, reminder: int) -> Reminder | None:
    row = (
        await connection.execute(select(ReminderRow).where(ReminderRow.id == reminder))
    ).one_or_none()
    return row and built(row)


async def set_routines(connection: AsyncConnection, routines: Mapping[int, str]) -> None:
    """The routine that each suggests, by the reminder's id."""
    if routines:
        await connection.execute(
            update(REMINDERS)
            .where(REMINDERS.c.id == bindparam("of"))
            .values(routine=bindparam("to")),
            [{"of": reminder, "to": routine} for reminder, routine in routines.items()],
        )


async def answer(connection: AsyncConnection, reminder: int, said: Answer) -> None:
    """Stores the answer; one that was put off and is not sent yet will not be."""
    await connection.execute(
        update(ReminderRow).where(ReminderRow.id == reminder).values(answer=said.value)
    )
    await connection.execute(
        update(ReminderRow)
        .where(ReminderRow.id == reminder, ReminderRow.state == State.CLAIMED.value)
        .values(state=State.DROPPED.value)
    )


async def put_off(connection: AsyncConnection, reminder: int, due_at: datetime) -> None:
    """Back to claimed, for a later moment; it keeps its date."""
    await connection.execute(
        update(ReminderRow)
        .where(ReminderRow.id == reminder)
        .values(
            answer=Answer.LATER.value,
            state=State.CLAIMED.value,
            due_at=due_at,
            again_at=None,
            tries=0,
        )
    )


async def training_now(
    connection: AsyncConnection, runners: Collection[int], since: datetime, now: datetime
) -> set[int]:
    """Those of the runners who began a session after `since` that is still open."""
    found = await connection.execute(
        select(SessionRow.runner_id).where(
            SessionRow.runner_id.in_(runners),
            SessionRow.ended_at.is_(None),
            SessionRow.phase != Phase.READY.value,
            and_(SessionRow.started_at > since, SessionRow.started_at <= now),
        )
    )
    return set(found.scalars())


async def dates(connection: AsyncConnection, runner: int, first: date, before: date) -> set[date]:
    """The local dates from `first` on, and before `before`, that have a reminder."""
    rows = await connection.execute(
        select(ReminderRow.local_date).where(
            ReminderRow.runner_id == runner,
            ReminderRow.local_date >= first,
            ReminderRow.local_date < before,
        )
    )
    return set(rows.scalars())


async def history(
    connection: AsyncConnection, runner: int
) -> dict[date, tuple[State, Answer | None]]:
    """What became of every local date's reminder, and the runner's answer."""
    rows = await connection.execute(
        select(ReminderRow.local_date, ReminderRow.state, ReminderRow.answer).where(
            ReminderRow.runner_id == runner
        )
    )
    return {day: (State(state), Answer(said) if said else None) for day, state, said in rows}


def built(row: Any) -> Reminder:
    """The reminder of a row of the table."""
    return Reminder(
        id=row.id,
        runner=row.runner_id,
        date=row.local_date,
        slot_at=row.slot_at,
        due_at=row.due_at,
        state=State(row.state),
        routine=row.routine,
        answer=Answer(row.answer) if row.answer else None,
        message_id=row.message_id,
        tries=row.tries,
    )
