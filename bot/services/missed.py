"""A missed session: moved to the next date that breaks no rule, or let go."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.content import Catalogue
from bot.db import missed as rows
from bot.db import outbox, reminders, sessions
from bot.db.engine import Connection, Database, query, transaction
from bot.domain.frozen import frozen
from bot.domain.reminder import MissedOffer, Reminder, is_first_ignored
from bot.domain.runner import Screening
from bot.domain.schedule import GRACE, moment, weekday_of
from bot.domain.standing import next_free_day
from bot.services import runner_states
from bot.services.rejections import Reason, Rejected
from bot.services.runner_states import RunnerState

DAY = timedelta(days=1)
LOOK_AHEAD = 9  # days
LOOK_BACK = 2  # days


@frozen
class Missed:
    """An offer to move an ignored session to the date `to`."""

    offer: MissedOffer
    to: date


async def plan_offers(connection: Connection, sent: Mapping[Reminder, RunnerState]) -> None:
    """Plan an offer a day after each reminder whose runner has entered a week or a race."""
    due = {
        reminder: moment_after
        for reminder, state in sent.items()
        if tells_days(state) and (moment_after := _day_after(reminder, state)) is not None
    }
    await rows.add(connection, due)


def tells_days(state: RunnerState) -> bool:
    """Return whether the runner has entered a running week or a race."""
    return state.has_runs or bool(state.races)


def _day_after(reminder: Reminder, state: RunnerState) -> datetime | None:
    """Return the moment a day after the planned one, at the same local time."""
    zone = ZoneInfo(state.runner.zone or "UTC")
    return moment(reminder.date + DAY, reminder.slot_at.astimezone(zone).time(), zone)


@transaction
async def take(
    connection: Connection, catalogue: Catalogue, now: datetime, most: int
) -> Sequence[Missed]:
    """Mark the offers that have been due longest as being sent; return at most `most` of them.

    One that has become pointless is dropped: the session was done, answered or is under way, the
    day has a reminder of its own, nothing has room, or the reminder before was ignored as well.
    """

    async def sift(taken: Sequence[Any]) -> dict[int, Missed]:
        offers = [rows.built(row) for row in taken]
        found = {}
        for offer in offers:
            to = await _worthwhile(connection, catalogue, offer, now)
            if to is not None:
                found[offer.id] = Missed(offer, to)
        return found

    return await outbox.take_worthwhile(connection, outbox.MISSED, now, most, sift)


async def _worthwhile(
    connection: Connection, catalogue: Catalogue, offer: MissedOffer, now: datetime
) -> date | None:
    """Return the date to which an ignored session may move; None: there is nothing to offer."""
    stored = await reminders.get(connection, offer.reminder)
    if stored is None or now - offer.due_at > GRACE:
        return None
    earlier = (await reminders.earlier(connection, [offer.runner]))[offer.runner]
    active_at = (await sessions.last_active(connection, [offer.runner])).get(offer.runner)
    if not is_first_ignored(earlier, active_at, stored.date):
        return None
    state = await runner_states.get(connection, catalogue, offer.runner, now)
    runner, today = state.runner, state.today
    is_reachable = runner.unreachable_at is None and runner.screening is not Screening.WAITING
    is_back = not runner.is_away(today) and bool(runner.schedule)
    elsewhere = runner.elsewhere_at is not None and runner.elsewhere_at >= stored.slot_at
    has_own = weekday_of(today) in {day.weekday for day in runner.schedule}
    has_own = has_own or bool(await reminders.dates(connection, runner.id, today, today + DAY))
    if not (is_reachable and is_back and tells_days(state)) or elsewhere or has_own:
        return None
    return await _next_day(connection, state)


@query
async def next_day(
    connection: Connection, catalogue: Catalogue, reminder: Reminder, now: datetime
) -> tuple[bool, date | None]:
    """Return whether the runner has entered a week or a race, and where the session may move."""
    state = await runner_states.get(connection, catalogue, reminder.runner, now)
    if not tells_days(state):
        return False, None
    return True, await _next_day(connection, state)


async def move(
    db: Database, catalogue: Catalogue, runner: int, reminder: int, day: date, now: datetime
) -> Rejected | None:
    """Plan a reminder on that date, at the time of the missed one.

    It is rejected unless the date is still the next that breaks no rule.
    """
    async with db.write(runner) as connection:
        stored = await reminders.get(connection, reminder)
        if stored is None or stored.runner != runner:
            return Rejected(Reason.FOREIGN)
        state = await runner_states.get(connection, catalogue, runner, now)
        if await _next_day(connection, state) != day:
            return Rejected(Reason.OUTDATED)
        await reminders.reset_ignored(connection, runner)
        zone = ZoneInfo(state.runner.zone or "UTC")
        due_at = moment(day, stored.slot_at.astimezone(zone).time(), zone)
        if due_at is None or not await reminders.add(connection, runner, day, due_at):
            return Rejected(Reason.OUTDATED)
    return None


async def _next_day(connection: Connection, state: RunnerState) -> date | None:
    """Return the next date that is 48 hours from all others with a session, and breaks no rule."""
    zone = ZoneInfo(state.runner.zone or "UTC")
    weekdays = {day.weekday for day in state.runner.schedule}
    coming = [state.today + number * DAY for number in range(1, LOOK_AHEAD)]
    taken = {day for day in coming if weekday_of(day) in weekdays}
    taken |= await reminders.dates(connection, state.runner.id, coming[0], coming[-1])
    trained = {each.at.astimezone(zone).date() for each in state.trained if each.loads}
    taken |= {day for day in trained if (state.today - day).days <= LOOK_BACK}
    taken |= state.plan.strength
    day = next_free_day(
        *(state.week, state.races, state.today, taken), sore=state.is_sore, plan=state.plan
    )
    return None if day is None or state.runner.is_away(day) else day
