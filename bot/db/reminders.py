"""Queries on reminders, of which there is one at most per runner and local date."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.dialects import insert, upsert
from bot.db.parameters import RUNNERS
from bot.db.tables import ReminderRow, RunnerRow, ScheduleRow, SessionRow
from bot.domain.reminder import (
    ARRIVED,
    EarlierReminder,
    Reminder,
    ReminderAnswer,
    Role,
    State,
)
from bot.domain.schedule import Due, Slot, local_day, weekday_of
from bot.domain.session import Phase

REMINDERS: Any = ReminderRow.__table__
LOOK_BACK = 10  # reminders; some of them may not have arrived

SET_ROUTINE = (
    update(REMINDERS).where(REMINDERS.c.id == bindparam("of")).values(routine=bindparam("to"))
)
SET_ROLE = update(REMINDERS).where(REMINDERS.c.id == bindparam("of")).values(role=bindparam("to"))
NUMBERED = (
    select(
        *(ReminderRow.runner_id, ReminderRow.local_date, ReminderRow.due_at, ReminderRow.state),
        *(ReminderRow.role, ReminderRow.answer, ReminderRow.message_id),
        func.row_number()
        .over(
            partition_by=(ReminderRow.runner_id, ReminderRow.role),
            order_by=ReminderRow.local_date.desc(),
        )
        .label("number"),
    )
    .where(
        ReminderRow.runner_id.in_(RUNNERS),
        ReminderRow.state.in_([state.value for state in ARRIVED]),
    )
    .subquery()
)
EARLIER = select(NUMBERED).where(NUMBERED.c.number <= LOOK_BACK)
TRAINING = select(SessionRow.runner_id).where(
    SessionRow.runner_id.in_(RUNNERS),
    SessionRow.ended_at.is_(None),
    SessionRow.phase != Phase.READY.value,
    SessionRow.started_at > bindparam("since"),
    SessionRow.started_at <= bindparam("until"),
)


async def claim(connection: AsyncConnection, slot: Slot, due: Due, limit: int) -> int:
    """Add claimed reminders of the slot for at most `limit` runners; return their number.

    Runners are left out who are away or unreachable, have trained on that date, chose the day
    after `due.moment`, or have a reminder for that date already. Call again until 0 is returned:
    as another process may claim at the same time, fewer than `limit` need not be all.
    """
    start, end = local_day(due.date, slot.zone)
    claimed = (
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
        .order_by(ScheduleRow.runner_id)  # one order, so that two claims can't deadlock
        .limit(limit)
    )
    columns = ["runner_id", "local_date", "slot_at", "due_at", "state"]
    result = await connection.execute(
        insert(connection, ReminderRow)
        .from_select(columns, claimed)
        .on_conflict_do_nothing(index_elements=["runner_id", "local_date"]),
        execution_options={"preserve_rowcount": True},
    )
    return int(result.rowcount)


async def get(connection: AsyncConnection, reminder: int) -> Reminder | None:
    row = (
        await connection.execute(select(ReminderRow).where(ReminderRow.id == reminder))
    ).one_or_none()
    return row and built(row)


async def unanswered(connection: AsyncConnection, runner: int, day: date) -> Reminder | None:
    """Return the reminder of this local date whose buttons are open."""
    query = select(ReminderRow).where(
        ReminderRow.runner_id == runner,
        ReminderRow.local_date == day,
        ReminderRow.state.in_([state.value for state in ARRIVED]),
        ReminderRow.role != Role.ASKS.value,
        or_(ReminderRow.answer.is_(None), ReminderRow.answer == ReminderAnswer.LATER.value),
    )
    row = (await connection.execute(query)).first()
    return row and built(row)


async def asks(connection: AsyncConnection, runner: int) -> Reminder | None:
    """Return the latest reminder that asks whether reminders suit, while it has no answer."""
    query = (
        select(ReminderRow)
        .where(
            ReminderRow.runner_id == runner,
            ReminderRow.state.in_([state.value for state in ARRIVED]),
            ReminderRow.role == Role.ASKS.value,
        )
        .order_by(ReminderRow.local_date.desc())
    )
    row = (await connection.execute(query)).first()
    return row and built(row)


async def set_routines(connection: AsyncConnection, routines: Mapping[int, str]) -> None:
    """Store the suggested routines by the reminders' ids."""
    if routines:
        await connection.execute(
            SET_ROUTINE,
            [{"of": reminder, "to": routine} for reminder, routine in routines.items()],
        )


async def set_roles(connection: AsyncConnection, roles: Mapping[int, Role]) -> None:
    """Store the roles by the reminders' ids."""
    if roles:
        await connection.execute(
            SET_ROLE,
            [{"of": reminder, "to": role.value} for reminder, role in roles.items()],
        )


async def end_row(connection: AsyncConnection, runner: int) -> None:
    """Count ignored reminders anew from now on, because the runner has acted."""
    counted = (
        select(ReminderRow.id)
        .where(
            ReminderRow.runner_id == runner,
            ReminderRow.role.in_([Role.COUNTS.value, Role.ASKS.value]),
        )
        .order_by(ReminderRow.id)  # in the order in which outcomes are saved
        .with_for_update()
    )
    await connection.execute(
        update(ReminderRow).where(ReminderRow.id.in_(counted)).values(role=Role.OVER.value)
    )


async def earlier(
    connection: AsyncConnection, runners: Collection[int]
) -> dict[int, list[EarlierReminder]]:
    """Return by runner the latest LOOK_BACK reminders of each role that may have arrived."""
    rows = await connection.execute(EARLIER, {"runners": list(runners)})
    by_runner: dict[int, list[EarlierReminder]] = {runner: [] for runner in runners}
    for row in rows:
        by_runner[row.runner_id].append(
            EarlierReminder(
                date=row.local_date,
                due_at=row.due_at,
                state=State(row.state),
                role=Role(row.role),
                answer=ReminderAnswer(row.answer) if row.answer else None,
                message_id=row.message_id,
            )
        )
    return by_runner


async def answer(connection: AsyncConnection, reminder: int, answer: ReminderAnswer) -> None:
    """Store the answer, and drop the reminder if it was put off and is not sent yet."""
    await connection.execute(
        update(ReminderRow).where(ReminderRow.id == reminder).values(answer=answer.value)
    )
    await connection.execute(
        update(ReminderRow)
        .where(ReminderRow.id == reminder, ReminderRow.state == State.CLAIMED.value)
        .values(state=State.DROPPED.value)
    )


async def put_off(connection: AsyncConnection, reminder: int, due_at: datetime) -> None:
    """Claim the reminder again, to be sent at `due_at`; the local date stays."""
    await connection.execute(
        update(ReminderRow)
        .where(ReminderRow.id == reminder)
        .values(
            answer=ReminderAnswer.LATER.value,
            state=State.CLAIMED.value,
            due_at=due_at,
            again_at=None,
            tries=0,
        )
    )


async def ask_once(connection: AsyncConnection, runner: int, due: Due) -> None:
    """Claim a reminder for this moment; it takes the place of one on the same date."""
    new = {
        "runner_id": runner,
        "local_date": due.date,
        "slot_at": due.moment,
        "due_at": due.moment,
        "state": State.CLAIMED.value,
        "role": Role.ONCE.value,
        "answer": None,
        "message_id": None,
        "again_at": None,
        "tries": 0,
    }
    keys = ["runner_id", "local_date"]
    await upsert(connection, ReminderRow, keys, new, changes=list(new.keys() - set(keys)))


async def once(connection: AsyncConnection, runner: int) -> Due | None:
    """Return the next reminder that the runner asked for, and that is not sent yet."""
    row = (
        await connection.execute(
            select(ReminderRow.local_date, ReminderRow.due_at)
            .where(*_asked_for(runner))
            .order_by(ReminderRow.due_at)
            .limit(1)
        )
    ).one_or_none()
    return row and Due(row.local_date, row.due_at)


async def drop_once(connection: AsyncConnection, runner: int) -> None:
    """Drop the reminders that the runner asked for, and that are not sent yet."""
    await connection.execute(
        update(ReminderRow).where(*_asked_for(runner)).values(state=State.DROPPED.value)
    )


def _asked_for(runner: int) -> tuple[Any, ...]:
    return (
        ReminderRow.runner_id == runner,
        ReminderRow.state == State.CLAIMED.value,
        ReminderRow.role == Role.ONCE.value,
    )


async def add(connection: AsyncConnection, runner: int, day: date, due_at: datetime) -> bool:
    """Add a reminder for a local date beside the training days; return False if it has one."""
    result = await connection.execute(
        insert(connection, ReminderRow)
        .values(
            runner_id=runner,
            local_date=day,
            slot_at=due_at,
            due_at=due_at,
            state=State.CLAIMED.value,
        )
        .on_conflict_do_nothing(index_elements=["runner_id", "local_date"]),
        execution_options={"preserve_rowcount": True},
    )
    return bool(result.rowcount)


async def planned(
    connection: AsyncConnection, runner: int, first: date, now: datetime
) -> dict[date, datetime]:
    """Return by local date when the reminders beside the training days come, from `first` on."""
    rows = await connection.execute(
        select(ReminderRow.local_date, ReminderRow.due_at).where(
            ReminderRow.runner_id == runner,
            ReminderRow.local_date >= first,
            ReminderRow.state == State.CLAIMED.value,
            ReminderRow.role != Role.ONCE.value,
            ReminderRow.due_at > now,
        )
    )
    return {row.local_date: row.due_at for row in rows}


async def leave_out(connection: AsyncConnection, runner: int, day: date, due_at: datetime) -> None:
    """Send no reminder on a local date on which one would be due at `due_at`."""
    new = {
        "runner_id": runner,
        "local_date": day,
        "slot_at": due_at,
        "due_at": due_at,
        "state": State.DROPPED.value,
    }
    await upsert(connection, ReminderRow, ["runner_id", "local_date"], new, changes=["state"])


async def training_now(
    connection: AsyncConnection, runners: Collection[int], since: datetime, now: datetime
) -> set[int]:
    """Return those of the runners who have an open session that they began after `since`."""
    between = {"runners": list(runners), "since": since, "until": now}
    training = await connection.execute(TRAINING, between)
    return set(training.scalars())


async def coming(
    connection: AsyncConnection, runner: int, now: datetime
) -> dict[date, tuple[datetime, Role]]:
    """Return by local date the reminders that are due after `now`, with their roles."""
    rows = await connection.execute(
        select(ReminderRow.local_date, ReminderRow.due_at, ReminderRow.role).where(
            ReminderRow.runner_id == runner,
            ReminderRow.state == State.CLAIMED.value,
            ReminderRow.due_at > now,
        )
    )
    return {day: (due_at, Role(role)) for day, due_at, role in rows}


async def dates(connection: AsyncConnection, runner: int, first: date, before: date) -> set[date]:
    """Return the local dates with a reminder, from `first` to the day before `before`."""
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
) -> dict[date, tuple[State, ReminderAnswer | None]]:
    """Return by local date the reminder's state and the runner's answer."""
    rows = await connection.execute(
        select(ReminderRow.local_date, ReminderRow.state, ReminderRow.answer).where(
            ReminderRow.runner_id == runner
        )
    )
    return {
        day: (State(state), ReminderAnswer(reply) if reply else None) for day, state, reply in rows
    }


def built(row: Any) -> Reminder:
    """Build a reminder from a row of `reminders`."""
    return Reminder(
        id=row.id,
        runner=row.runner_id,
        date=row.local_date,
        slot_at=row.slot_at,
        due_at=row.due_at,
        state=State(row.state),
        routine=row.routine,
        answer=ReminderAnswer(row.answer) if row.answer else None,
        message_id=row.message_id,
        tries=row.tries,
        role=Role(row.role),
    )
