"""Queries on reminders, of which there is one at most per runner and local date."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, exists, func, literal, or_, select, update

from bot.db.dialects import insert, upsert
from bot.db.engine import Connection
from bot.db.parameters import RUNNER_IDS
from bot.db.tables import REMINDERS, RUNNERS, SCHEDULE, SESSIONS
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

LOOK_BACK = 10  # reminders; some of them may not have arrived

SET_ROUTINE = (
    update(REMINDERS).where(REMINDERS.c.id == bindparam("of")).values(routine=bindparam("to"))
)
SET_ROLE = update(REMINDERS).where(REMINDERS.c.id == bindparam("of")).values(role=bindparam("to"))
NUMBERED = (
    select(
        *(REMINDERS.c.runner_id, REMINDERS.c.local_date, REMINDERS.c.due_at, REMINDERS.c.state),
        *(REMINDERS.c.role, REMINDERS.c.answer, REMINDERS.c.message_id),
        func.row_number()
        .over(
            partition_by=(REMINDERS.c.runner_id, REMINDERS.c.role),
            order_by=REMINDERS.c.local_date.desc(),
        )
        .label("number"),
    )
    .where(
        REMINDERS.c.runner_id.in_(RUNNER_IDS),
        REMINDERS.c.state.in_([state.value for state in ARRIVED]),
    )
    .subquery()
)
EARLIER = select(NUMBERED).where(NUMBERED.c.number <= LOOK_BACK)
TRAINING = select(SESSIONS.c.runner_id).where(
    SESSIONS.c.runner_id.in_(RUNNER_IDS),
    SESSIONS.c.ended_at.is_(None),
    SESSIONS.c.phase != Phase.READY.value,
    SESSIONS.c.started_at > bindparam("since"),
    SESSIONS.c.started_at <= bindparam("until"),
)


async def claim(connection: Connection, slot: Slot, due: Due, limit: int) -> int:
    """Add claimed reminders of the slot for at most `limit` runners; return their number.

    Runners are left out who are away or unreachable, have trained on that date, chose the day
    after `due.moment`, or have a reminder for that date already. Call again until 0 is returned:
    as another process may claim at the same time, fewer than `limit` need not be all.
    """
    start, end = local_day(due.date, slot.zone)
    claimed = (
        select(
            SCHEDULE.c.runner_id,
            literal(due.date, type_=REMINDERS.c.local_date.type),
            literal(due.moment, type_=REMINDERS.c.slot_at.type),
            literal(due.moment, type_=REMINDERS.c.due_at.type),
            literal(State.CLAIMED.value),
        )
        .join(RUNNERS, RUNNERS.c.id == SCHEDULE.c.runner_id)
        .where(
            SCHEDULE.c.zone == slot.zone,
            SCHEDULE.c.local_time == f"{slot.at:%H:%M}",
            SCHEDULE.c.weekday == weekday_of(due.date).value,
            SCHEDULE.c.chosen_at <= due.moment,
            RUNNERS.c.unreachable_at.is_(None),
            or_(
                RUNNERS.c.away_until.is_(None),
                RUNNERS.c.away_until <= due.date,
                RUNNERS.c.away_from > due.date,
            ),
            ~exists().where(
                REMINDERS.c.runner_id == SCHEDULE.c.runner_id,
                REMINDERS.c.local_date == due.date,
            ),
            ~exists().where(
                SESSIONS.c.runner_id == SCHEDULE.c.runner_id,
                SESSIONS.c.trained_at >= start,
                SESSIONS.c.trained_at < end,
            ),
        )
        .order_by(SCHEDULE.c.runner_id)  # one order, so that two claims can't deadlock
        .limit(limit)
    )
    columns = ["runner_id", "local_date", "slot_at", "due_at", "state"]
    result = await connection.execute(
        insert(connection, REMINDERS)
        .from_select(columns, claimed)
        .on_conflict_do_nothing(index_elements=["runner_id", "local_date"]),
        execution_options={"preserve_rowcount": True},
    )
    return int(result.rowcount)


async def get(connection: Connection, reminder: int) -> Reminder | None:
    rows = await connection.execute(select(REMINDERS).where(REMINDERS.c.id == reminder))
    return next(map(built, rows), None)


async def unanswered(connection: Connection, runner: int, day: date) -> Reminder | None:
    """Return the reminder of this local date whose buttons are open."""
    query = select(REMINDERS).where(
        REMINDERS.c.runner_id == runner,
        REMINDERS.c.local_date == day,
        REMINDERS.c.state.in_([state.value for state in ARRIVED]),
        REMINDERS.c.role != Role.ASKS.value,
        or_(REMINDERS.c.answer.is_(None), REMINDERS.c.answer == ReminderAnswer.LATER.value),
    )
    return next(map(built, await connection.execute(query)), None)


async def asks(connection: Connection, runner: int) -> Reminder | None:
    """Return the latest reminder that asks whether reminders suit, while it has no answer."""
    query = (
        select(REMINDERS)
        .where(
            REMINDERS.c.runner_id == runner,
            REMINDERS.c.state.in_([state.value for state in ARRIVED]),
            REMINDERS.c.role == Role.ASKS.value,
        )
        .order_by(REMINDERS.c.local_date.desc())
        .limit(1)
    )
    return next(map(built, await connection.execute(query)), None)


async def set_routines(connection: Connection, routines: Mapping[int, str]) -> None:
    """Store the suggested routines by the reminders' ids."""
    if routines:
        await connection.execute(
            SET_ROUTINE,
            [{"of": reminder, "to": routine} for reminder, routine in routines.items()],
        )


async def set_roles(connection: Connection, roles: Mapping[int, Role]) -> None:
    """Store the roles by the reminders' ids."""
    if roles:
        await connection.execute(
            SET_ROLE,
            [{"of": reminder, "to": role.value} for reminder, role in roles.items()],
        )


async def reset_ignored(connection: Connection, runner: int) -> None:
    """Count ignored reminders anew from now on, because the runner has acted."""
    counted = (
        select(REMINDERS.c.id)
        .where(
            REMINDERS.c.runner_id == runner,
            REMINDERS.c.role.in_([Role.COUNTS.value, Role.ASKS.value]),
        )
        .order_by(REMINDERS.c.id)  # in the order in which outcomes are saved
        .with_for_update()
    )
    await connection.execute(
        update(REMINDERS).where(REMINDERS.c.id.in_(counted)).values(role=Role.OVER.value)
    )


async def earlier(
    connection: Connection, runners: Collection[int]
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


async def answer(connection: Connection, reminder: int, answer: ReminderAnswer) -> None:
    """Store the answer, and drop the reminder if it was put off and is not sent yet."""
    await connection.execute(
        update(REMINDERS).where(REMINDERS.c.id == reminder).values(answer=answer.value)
    )
    await connection.execute(
        update(REMINDERS)
        .where(REMINDERS.c.id == reminder, REMINDERS.c.state == State.CLAIMED.value)
        .values(state=State.DROPPED.value)
    )


async def put_off(connection: Connection, reminder: int, due_at: datetime) -> None:
    """Claim the reminder again, to be sent at `due_at`; the local date stays."""
    await connection.execute(
        update(REMINDERS)
        .where(REMINDERS.c.id == reminder)
        .values(
            answer=ReminderAnswer.LATER.value,
            state=State.CLAIMED.value,
            due_at=due_at,
            again_at=None,
            tries=0,
        )
    )


async def ask_once(connection: Connection, runner: int, due: Due) -> None:
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
    await upsert(connection, REMINDERS, keys, new, changes=list(new.keys() - set(keys)))


async def once(connection: Connection, runner: int) -> Due | None:
    """Return the next reminder that the runner asked for, and that is not sent yet."""
    row = (
        await connection.execute(
            select(REMINDERS.c.local_date, REMINDERS.c.due_at)
            .where(*_asked_for(runner))
            .order_by(REMINDERS.c.due_at)
            .limit(1)
        )
    ).one_or_none()
    return Due(row.local_date, row.due_at) if row else None


async def drop_once(connection: Connection, runner: int) -> None:
    """Drop the reminders that the runner asked for, and that are not sent yet."""
    await connection.execute(
        update(REMINDERS).where(*_asked_for(runner)).values(state=State.DROPPED.value)
    )


def _asked_for(runner: int) -> tuple[Any, ...]:
    return (
        REMINDERS.c.runner_id == runner,
        REMINDERS.c.state == State.CLAIMED.value,
        REMINDERS.c.role == Role.ONCE.value,
    )


async def add(connection: Connection, runner: int, day: date, due_at: datetime) -> bool:
    """Add a reminder for a local date beside the training days; return False if it has one."""
    result = await connection.execute(
        insert(connection, REMINDERS)
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
    connection: Connection, runner: int, first: date, now: datetime
) -> dict[date, datetime]:
    """Return by local date when the reminders beside the training days come, from `first` on."""
    rows = await connection.execute(
        select(REMINDERS.c.local_date, REMINDERS.c.due_at).where(
            REMINDERS.c.runner_id == runner,
            REMINDERS.c.local_date >= first,
            REMINDERS.c.state == State.CLAIMED.value,
            REMINDERS.c.role != Role.ONCE.value,
            REMINDERS.c.due_at > now,
        )
    )
    return {row.local_date: row.due_at for row in rows}


async def leave_out(connection: Connection, runner: int, day: date, due_at: datetime) -> None:
    """Send no reminder on a local date on which one would be due at `due_at`."""
    new = {
        "runner_id": runner,
        "local_date": day,
        "slot_at": due_at,
        "due_at": due_at,
        "state": State.DROPPED.value,
    }
    await upsert(connection, REMINDERS, ["runner_id", "local_date"], new, changes=["state"])


async def training_now(
    connection: Connection, runners: Collection[int], since: datetime, now: datetime
) -> set[int]:
    """Return those of the runners who have an open session that they began after `since`."""
    between = {"runners": list(runners), "since": since, "until": now}
    training = await connection.execute(TRAINING, between)
    return set(training.scalars())


async def coming(
    connection: Connection, runner: int, now: datetime
) -> dict[date, tuple[datetime, Role]]:
    """Return by local date the reminders that are due after `now`, with their roles."""
    rows = await connection.execute(
        select(REMINDERS.c.local_date, REMINDERS.c.due_at, REMINDERS.c.role).where(
            REMINDERS.c.runner_id == runner,
            REMINDERS.c.state == State.CLAIMED.value,
            REMINDERS.c.due_at > now,
        )
    )
    return {day: (due_at, Role(role)) for day, due_at, role in rows}


async def dates(connection: Connection, runner: int, first: date, before: date) -> set[date]:
    """Return the local dates with a reminder, from `first` to the day before `before`."""
    rows = await connection.execute(
        select(REMINDERS.c.local_date).where(
            REMINDERS.c.runner_id == runner,
            REMINDERS.c.local_date >= first,
            REMINDERS.c.local_date < before,
        )
    )
    return set(rows.scalars())


async def history(
    connection: Connection, runner: int
) -> dict[date, tuple[State, ReminderAnswer | None]]:
    """Return by local date the reminder's state and the runner's answer."""
    rows = await connection.execute(
        select(REMINDERS.c.local_date, REMINDERS.c.state, REMINDERS.c.answer).where(
            REMINDERS.c.runner_id == runner
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
