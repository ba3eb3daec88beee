"""Reminders: claimed, taken to be sent, and answered."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.content import Catalogue
from bot.db import outbox, reminders, runners, sessions
from bot.db.engine import Connection, Database, Writer, query, transaction
from bot.domain.frozen import frozen
from bot.domain.load import Loading
from bot.domain.not_today import NotToday
from bot.domain.reminder import (
    PUT_OFF,
    EarlierReminder,
    Message,
    Reminder,
    ReminderAnswer,
    Role,
    is_paused,
    next_message,
)
from bot.domain.runner import Runner, Screening
from bot.domain.schedule import GRACE, Slot, due_on, local_day, week_of
from bot.domain.session import Step
from bot.domain.standing import Standing
from bot.services import missed, rests, runner_states, session_plans, suggestions
from bot.services.rejections import Reason, Rejected
from bot.services.runner_states import RunnerState

BATCH = 5000  # rows claimed in one transaction; finding them takes as long for few as for many


@frozen
class Outgoing:
    """A reminder that is being sent, its runner, and the suggested routine with its steps.

    `not_today`: why there are no steps; None: there are some. `loading`: the cap that the session
    is over, if any. `asks`: it asks instead whether reminders suit the runner. `stale_id` is the id
    of an earlier reminder's message, whose buttons are to be removed.
    """

    reminder: Reminder
    runner: Runner
    routine: str
    steps: tuple[Step, ...]
    late: bool
    standing: Standing
    not_today: NotToday | None = None
    loading: Loading = Loading.ALLOWED
    asks: bool = False
    stale_id: int | None = None


async def claim(db: Writer, slot: Slot, now: datetime) -> int:
    """Claim the reminders due in this slot, once per runner and local date; return their number."""
    due = due_on(slot, now)
    if due is None:
        return 0
    claimed, batch = 0, BATCH
    while batch:
        async with db.write() as connection:
            batch = await reminders.claim(connection, slot, due, BATCH)
        claimed += batch
    return claimed


async def take(db: Database, catalogue: Catalogue, now: datetime, most: int) -> Sequence[Outgoing]:
    """Mark the reminders that have been due longest as being sent; return at most `most` of them.

    A reminder that has become pointless since it was claimed is dropped.
    """
    async with db.write() as connection:

        async def sift(rows: Sequence[Any]) -> dict[int, Outgoing]:
            due = [reminders.built(row) for row in rows]
            return await _worthwhile(connection, catalogue, due, now)

        return await outbox.take_worthwhile(connection, outbox.REMINDERS, now, most, sift)


async def _worthwhile(
    connection: Connection, catalogue: Catalogue, due: Sequence[Reminder], now: datetime
) -> dict[int, Outgoing]:
    """Return by id the reminders worth sending; if one is too late, drop all late ones."""
    if any(_is_too_late(reminder, now) for reminder in due):
        await outbox.drop_late(connection, outbox.REMINDERS, now - GRACE)
    runner_ids = {reminder.runner for reminder in due}
    records = await runner_states.read_records(connection, runner_ids, now)
    training = await reminders.training_now(connection, runner_ids, now - GRACE, now)
    outgoing, states = {}, {}
    for reminder in due:
        if reminder.runner in training:
            continue
        state = runner_states.state_of(catalogue, records, reminder.runner, now)
        if not _is_pointless(reminder, state, now):
            states[reminder.runner] = state
            outgoing[reminder.id] = await _outgoing(catalogue, reminder, state, now)
        await asyncio.sleep(0)  # as after each plan, which takes a millisecond: others may run
    new = {
        each.reminder.id: each.routine for each in outgoing.values() if not each.reminder.routine
    }
    await reminders.set_routines(connection, new)
    sent = await _after_ignored(connection, outgoing)
    can_be_missed = (each for each in sent.values() if each.steps and not each.asks)
    await missed.plan_offers(
        connection, {each.reminder: states[each.runner.id] for each in can_be_missed}
    )
    return sent


async def _after_ignored(
    connection: Connection, outgoing: Mapping[int, Outgoing]
) -> dict[int, Outgoing]:
    """Turn a reminder after ignored ones into a question; leave out one after an ignored question.

    On a day on which no session can start, there is no question, and the reminder does not count.
    """
    runner_ids = {each.runner.id for each in outgoing.values()}
    earlier = await reminders.earlier(connection, runner_ids)
    active_at = await sessions.last_active(connection, runner_ids)
    sent: dict[int, Outgoing] = {}
    roles: dict[int, Role] = {}
    for key, each in outgoing.items():
        runner = each.runner.id
        before = [past for past in earlier[runner] if past.date < each.reminder.date]
        message = next_message(before, active_at.get(runner))
        if each.reminder.role is Role.ONCE:
            sent[key] = replace(each, stale_id=_stale_id(before))
        elif message is not Message.NOTHING:
            asks = message is Message.QUESTION and bool(each.steps)
            sent[key] = replace(each, asks=asks, stale_id=_stale_id(before))
            counts = bool(each.steps) and each.loading is Loading.ALLOWED
            roles[key] = Role.ASKS if asks else Role.COUNTS if counts else Role.OVER
    await reminders.set_roles(connection, roles)
    return sent


def _stale_id(before: Sequence[EarlierReminder]) -> int | None:
    """Return the id of the latest reminder's message if its buttons are open."""
    latest = max(before, key=lambda reminder: reminder.date, default=None)
    return latest.message_id if latest and latest.has_open_buttons else None


async def _outgoing(
    catalogue: Catalogue, reminder: Reminder, state: RunnerState, now: datetime
) -> Outgoing:
    routine = reminder.routine or ""
    planned = session_plans.plan_for(catalogue, routine, state, now) if routine else None
    if planned is None or not planned.steps:
        tried = []
        for suggestion in suggestions.attempts(catalogue, state, now):
            tried.append(suggestion)
            await asyncio.sleep(0)
        routine, planned = suggestions.chosen(tried)
    not_today = None if planned.steps else session_plans.not_today(state, now)
    late = reminder.is_late(now)
    return Outgoing(
        *(reminder, state.runner, routine, planned.steps, late, state.standing, not_today),
        loading=_cap(planned.loading, reminder, state),
    )


def _cap(loading: Loading, reminder: Reminder, state: RunnerState) -> Loading:
    """Return the cap that the day's session is over.

    With a day between, the session is not too soon: the rest of the 48 hours passes during the day.
    """
    if loading is not Loading.TOO_SOON:
        return loading
    yesterday, _ = local_day(reminder.date - timedelta(days=1), state.runner.zone or "UTC")
    lately = [session.at for session in state.trained]
    if state.runner.elsewhere_at is not None:
        lately.append(state.runner.elsewhere_at)
    return Loading.ALLOWED if all(at < yesterday for at in lately) else loading


def _is_pointless(reminder: Reminder, state: RunnerState, now: datetime) -> bool:
    """Return whether the reminder is too late, or its runner needs none.

    A runner needs none after training, while unreachable, while sessions wait for an answer to the
    safety screen, or in a week near a race that has had all its sessions. A runner who is away or
    has no training days needs only the reminders that they asked for.
    """
    runner = state.runner
    start, end = local_day(reminder.date, runner.zone or "UTC")
    return (
        _is_too_late(reminder, now)
        or runner.unreachable_at is not None
        or runner.screening is Screening.WAITING
        or (reminder.role is not Role.ONCE and not runner.schedule)
        or (reminder.role is not Role.ONCE and runner.is_away(reminder.date))
        or (reminder.role is not Role.ONCE and is_let_go(state))
        or (runner.elsewhere_at is not None and start <= runner.elsewhere_at < max(end, now))
        or any(start <= session.at < max(end, now) for session in state.trained)
    )


def is_let_go(state: RunnerState) -> bool:
    """Return whether the week before or after a race has had all its sessions."""
    standing = state.standing
    return standing.season.race is not None and state.readiness.loading is Loading.WEEK_FULL


def _is_too_late(reminder: Reminder, now: datetime) -> bool:
    return now - reminder.due_at > GRACE


async def get(db: Database, runner: int, reminder: int) -> Reminder | Rejected:
    """Return the runner's own reminder."""
    async with db.read() as connection:
        stored = await reminders.get(connection, reminder)
    return stored if stored and stored.runner == runner else Rejected(Reason.FOREIGN)


@query
async def unanswered(connection: Connection, runner: int, now: datetime) -> Reminder | None:
    """Return the reminder of today that waits for its answer."""
    today = rests.today(await runners.get(connection, runner), now)
    return await reminders.unanswered(connection, runner, today)


async def answer(
    db: Database, reminder: Reminder, answer: ReminderAnswer, now: datetime
) -> Rejected | None:
    """Store Start or Not today; a reminder that was put off does not come again.

    Not today is rejected for a reminder of an earlier week.
    """
    async with db.write(reminder.runner) as connection:
        if answer is ReminderAnswer.NOT_TODAY:
            monday, _ = week_of(rests.today(await runners.get(connection, reminder.runner), now))
            if reminder.date < monday:
                return Rejected(Reason.EARLIER_WEEK)
        await reminders.answer(connection, reminder.id, answer)
        await reminders.reset_ignored(connection, reminder.runner)
    return None


asks = query(reminders.asks)


async def answer_question(db: Database, runner: int, reminder: int) -> Rejected | None:
    """Count ignored reminders anew, because the runner answered whether they suit."""
    async with db.write(runner) as connection:
        stored = await reminders.get(connection, reminder)
        if stored is None or stored.runner != runner:
            return Rejected(Reason.FOREIGN)
        if stored.role is not Role.ASKS:
            return Rejected(Reason.ANSWERED)
        await reminders.reset_ignored(connection, runner)
    return None


async def are_paused(db: Database, runner: Runner, now: datetime) -> bool:
    """Return whether no reminders come because the question whether they suit was ignored."""
    async with db.read() as connection:
        earlier = await reminders.earlier(connection, [runner.id])
        active_at = await sessions.last_active(connection, [runner.id])
    return is_paused(earlier[runner.id], active_at.get(runner.id), rests.today(runner, now))


@frozen
class PutOff:
    """When the reminder comes again, and the runner's zone."""

    due_at: datetime
    zone: str


@transaction
async def put_off(
    connection: Connection, runner: int, reminder: int, now: datetime
) -> PutOff | Rejected:
    """Send the reminder again an hour later, once."""
    stored = await reminders.get(connection, reminder)
    stored_runner = await runners.get(connection, runner)
    if stored is None or stored_runner is None or stored.runner != runner:
        return Rejected(Reason.FOREIGN)
    zone = stored_runner.zone or "UTC"
    today = now.astimezone(ZoneInfo(zone)).date()
    if stored.answer is not None:
        return Rejected(Reason.PUT_OFF_BEFORE if stored.put_off else Reason.ANSWERED)
    if stored.date != today and now - stored.due_at > GRACE:
        return Rejected(Reason.ANOTHER_DAY)
    await reminders.put_off(connection, reminder, now + PUT_OFF)
    await reminders.reset_ignored(connection, runner)
    return PutOff(now + PUT_OFF, zone)
