"""A runner's training days, place and time away."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.db import reminders, runners, sessions
from bot.db.engine import Connection, Database, query, transaction
from bot.domain.first_questions import Topic
from bot.domain.frozen import frozen
from bot.domain.question import AskedDays, OnceWish, Question
from bot.domain.race import Distance
from bot.domain.runner import Runner
from bot.domain.schedule import (
    Due,
    Schedule,
    TrainingDay,
    Weekday,
    local_day,
    moment,
    next_reminder,
    weekday_of,
)
from bot.domain.schedule_words import DayPart, Incomplete
from bot.runtime.scheduler import Calendar
from bot.services import pain_followups, race
from bot.services.rejections import Reason, Rejected

QUESTION_EXPIRES = timedelta(days=1)
INCOMPLETE_EXPIRES = timedelta(minutes=30)
LOOK_AHEAD = timedelta(days=14)


@frozen
class PlaceFirst:
    """The result of choosing days before a place: they are saved once the place is known."""


@frozen
class RunnerSchedule:
    """A runner with their training days, and the next reminder, if there is one."""

    runner: Runner
    coming: Due | None


@frozen
class PlaceSaved:
    """The schedule after the place is saved, and what had waited for it: training days, a reminder.

    `had_days`: training days are saved with it. `once` is the one reminder.
    """

    plan: RunnerSchedule
    had_days: bool
    once: Due | None


async def choose_days(
    db: Database,
    calendar: Calendar,
    runner: int,
    schedule: Schedule,
    now: datetime,
    asked: int | None = None,
) -> RunnerSchedule | PlaceFirst | Rejected:
    """Save the training days, or ask for the place first.

    `asked` is the number of the question that they answer; any other than the last is rejected.
    """
    async with db.write(runner) as connection:
        if asked is not None and not await asks_days(connection, runner, asked):
            return Rejected(Reason.OUTDATED)
        await runners.ensure(connection, runner, now)
        stored_runner = await runners.get_stored(connection, runner)
        if stored_runner.zone is None:
            await ask(connection, runner, Question(place=True, days=schedule), now)
            return PlaceFirst()
        await runners.save_schedule(connection, runner, stored_runner.zone, schedule, now)
        await reminders.reset_ignored(connection, runner)
        await leave_place(connection, runner, now)
        saved = await _plan(connection, runner, now)
        slots = await runners.slots(connection)
    calendar.reconcile(slots)
    return saved


@transaction
async def keep_hours(connection: Connection, runner: int, hours: int, now: datetime) -> None:
    """Store that the runner types times of day in 12 hours or in 24."""
    await runners.ensure(connection, runner, now)
    await runners.save_hours(connection, runner, hours)


@transaction
async def ask_place(
    connection: Connection, runner: int, now: datetime, name: str = "", once: str = ""
) -> None:
    """Ask where the runner is; `name` is the ambiguous name of a place that was typed.

    `once` are the words for one reminder that waits for the place.
    """
    still = await question(connection, runner, now)
    asked = replace(still, place=True, name=name, incomplete=None, topic=None, bands="", wish="")
    if once:
        asked = replace(asked, once=OnceWish(once, now))
    await ask(connection, runner, asked, now)


@transaction
async def offer_place(connection: Connection, runner: int, name: str, now: datetime) -> None:
    """Ask whether the runner is at the place of this name; other words are for no place."""
    still = await question(connection, runner, now)
    await ask(connection, runner, replace(still, name=name), now)


@query
async def question(connection: Connection, runner: int, now: datetime) -> Question:
    """Return the question that is open for an answer in words."""
    stored = await runners.question(connection, runner)
    if stored is None:
        return Question()
    wish, asked_at = stored
    open_question = _read(wish)
    is_brief = bool(
        open_question.incomplete or open_question.topic or open_question.bands or open_question.wish
    )
    expires = INCOMPLETE_EXPIRES if is_brief else QUESTION_EXPIRES
    is_old = asked_at <= now - expires
    return Question() if is_old else replace(open_question, asked_at=asked_at)


@transaction
async def leave_place(connection: Connection, runner: int, now: datetime) -> None:
    """Close the question of where the runner is, and drop the days that waited for it."""
    still = await question(connection, runner, now)
    await ask(connection, runner, Question(until=still.until), now)


async def choose_place(
    db: Database,
    calendar: Calendar,
    runner: int,
    zone: str,
    place: str,
    now: datetime,
    once: datetime | None = None,
) -> PlaceSaved:
    """Save the place and what waited for it; `once`: the moment of the one reminder that waited."""
    async with db.write(runner) as connection:
        await runners.ensure(connection, runner, now)
        await runners.save_place(connection, runner, zone, place, now)
        await reminders.reset_ignored(connection, runner)
        days = (await question(connection, runner, now)).days
        if days:
            await runners.save_schedule(connection, runner, zone, days, now)
        await leave_place(connection, runner, now)
        stored_runner = await runners.get_stored(connection, runner)
        await pain_followups.replan(connection, stored_runner)
        await race.replan(connection, stored_runner, now)
        reminder = await _plan_once(connection, runner, zone, once) if once else None
        saved = await _plan(connection, runner, now)
        slots = await runners.slots(connection)
    calendar.reconcile(slots)
    return PlaceSaved(saved, bool(days), reminder)


async def turn_off(db: Database, calendar: Calendar, runner: int, now: datetime) -> None:
    """Remove all training days."""
    async with db.write(runner) as connection:
        await runners.ensure(connection, runner, now)
        await runners.save_schedule(connection, runner, "UTC", (), now)
        await reminders.reset_ignored(connection, runner)
        await reminders.drop_once(connection, runner)
        await leave_place(connection, runner, now)
        slots = await runners.slots(connection)
    calendar.reconcile(slots)


@transaction
async def remind_once(connection: Connection, runner: int, moment: datetime, now: datetime) -> Due:
    """Plan one reminder, for a moment in any zone; return it with its local date."""
    await runners.ensure(connection, runner, now)
    zone = (await runners.get_stored(connection, runner)).zone or "UTC"
    return await _plan_once(connection, runner, zone, moment)


async def _plan_once(connection: Connection, runner: int, zone: str, moment: datetime) -> Due:
    due = Due(moment.astimezone(ZoneInfo(zone)).date(), moment.astimezone(UTC))
    await reminders.ask_once(connection, runner, due)
    return due


@transaction
async def resume(connection: Connection, runner: int, now: datetime) -> RunnerSchedule:
    """Send reminders again after a question that was ignored."""
    await runners.ensure(connection, runner, now)
    await reminders.reset_ignored(connection, runner)
    return await _plan(connection, runner, now)


@transaction
async def set_away(
    connection: Connection,
    runner: int,
    days: date | timedelta,
    now: datetime,
    first: date | None = None,
) -> Runner:
    """Pause reminders until a local date, or for a number of days; return the runner after it.

    `first`: the local date on which the pause begins; None: it begins today, or has begun. A
    timedelta of 0 ends the pause today. Past days of the pause remain days away, so that their
    weeks still count as kept.
    """
    await runners.ensure(connection, runner, now)
    stored_runner = await runners.get_stored(connection, runner)
    today = now.astimezone(ZoneInfo(stored_runner.zone or "UTC")).date()
    until = days if isinstance(days, date) else today + days
    if first is None:
        goes_on = stored_runner.is_away(today) or until <= today
        first = stored_runner.away_from if goes_on else today
    await runners.save_away(connection, runner, first, until)
    await reminders.reset_ignored(connection, runner)
    await leave_away(connection, runner, now)
    return replace(stored_runner, away_from=first, away_until=until)


@transaction
async def ask_away(
    connection: Connection, runner: int, until: tuple[date, ...], now: datetime
) -> None:
    """Ask which of these dates is meant."""
    still = await question(connection, runner, now)
    asked = replace(still, until=until, incomplete=None, topic=None, bands="", wish="")
    await ask(connection, runner, asked, now)


@transaction
async def ask_when_away(connection: Connection, runner: int, now: datetime) -> None:
    """Ask until when the runner is away, unless another question is open."""
    if not (await question(connection, runner, now)).is_open:
        await ask(connection, runner, Question(away=True), now)


@transaction
async def ask_end(connection: Connection, runner: int, begin: date, now: datetime) -> None:
    """Ask for the end of the time away that begins on this date."""
    await ask(connection, runner, Question(away=True, away_from=begin), now)


@transaction
async def ask_days(
    connection: Connection, runner: int, incomplete: Incomplete, now: datetime
) -> AskedDays:
    """Ask for what is missing of the training days: the days, or the time."""
    await ask(connection, runner, Question(incomplete=incomplete), now)
    return AskedDays(incomplete, _number(now))


@query
async def asks_days(connection: Connection, runner: int, number: int) -> bool:
    """Return whether the runner's last question is the one about days with this number.

    For its buttons it stays open longer than for an answer in words.
    """
    stored = await runners.question(connection, runner)
    if stored is None:
        return False
    question, asked_at = stored
    return bool(question.get("incomplete")) and _number(asked_at) == number


def _number(asked_at: datetime) -> int:
    return int(asked_at.timestamp() * 1000)


@transaction
async def ask_race(
    connection: Connection,
    runner: int,
    distance: Distance,
    now: datetime,
    moves: int = 0,
    period: str = "",
    days: tuple[date, ...] = (),
) -> None:
    """Ask for the date of the race, or for the new one of the race with the id `moves`.

    `period`: the words for the month or the week that the date is known to be in. `days`: the dates
    to choose from.
    """
    question = Question(race=distance, moves=moves, period=period, race_days=days)
    await ask(connection, runner, question, now)


@transaction
async def ask_distance(connection: Connection, runner: int, day: date, now: datetime) -> None:
    """Ask for the distance of the race on this date."""
    await ask(connection, runner, Question(race_day=day), now)


@transaction
async def ask_move(connection: Connection, runner: int, reminder: int, now: datetime) -> None:
    """Ask whether the session of the reminder is to move, unless another question is open."""
    if not (await question(connection, runner, now)).is_open:
        await ask(connection, runner, Question(missed=reminder), now)


leave_days = transaction(runners.answered)


@transaction
async def leave_out(connection: Connection, runner: int, day: date) -> None:
    """Send no reminder for the training day on this date."""
    stored_runner = await runners.get_stored(connection, runner)
    zone = stored_runner.zone or "UTC"
    due_at, _ = local_day(day, zone)
    await reminders.leave_out(connection, runner, day, due_at)


@transaction
async def move_once(connection: Connection, runner: int, day: date, to: date) -> bool:
    """Move the reminder of one training day to another date; return False if that has one."""
    stored_runner = await runners.get_stored(connection, runner)
    zone = ZoneInfo(stored_runner.zone or "UTC")
    at = next(each.at for each in stored_runner.schedule if each.weekday is weekday_of(day))
    left_at, due_at = moment(day, at, zone), moment(to, at, zone)
    if left_at is None or due_at is None:
        return False
    if not await reminders.add(connection, runner, to, due_at):
        return False
    await reminders.leave_out(connection, runner, day, left_at)
    return True


@transaction
async def ask_level(
    connection: Connection, runner: int, bands: str, unclear: str, now: datetime, *, only: bool
) -> None:
    """Ask how strong the band with the words `unclear` is."""
    await ask(connection, runner, Question(bands=bands, unclear=unclear, only=only), now)


@transaction
async def ask_wish(connection: Connection, runner: int, wish: str, now: datetime) -> int:
    """Ask whether to carry out a wish, in place of an earlier one; return the question's number.

    It is 0 if a question about something else is open.
    """
    still = await question(connection, runner, now)
    if still.is_open and not still.wish:
        return 0
    await ask(connection, runner, Question(wish=wish), now)
    return _number(now)


@transaction
async def take_wish(connection: Connection, runner: int, now: datetime, asked: int = 0) -> str:
    """Close the question about a wish; return the wish, or "" if it is not open.

    `asked` is the question's number; 0: whichever is open.
    """
    still = await question(connection, runner, now)
    if asked and (still.asked_at is None or _number(still.asked_at) != asked):
        return ""
    if still.wish:
        await runners.answered(connection, runner)
    return still.wish


@transaction
async def leave_level(connection: Connection, runner: int, now: datetime) -> None:
    """Close the question about a band; any other stays open."""
    if (await question(connection, runner, now)).bands:
        await runners.answered(connection, runner)


@transaction
async def leave_away(connection: Connection, runner: int, now: datetime) -> None:
    """Close the question about the end of the time away."""
    still = await question(connection, runner, now)
    left = replace(still, until=(), away=False, away_from=None)
    await ask(connection, runner, left, now)


@query
async def coming(connection: Connection, runner: int, now: datetime) -> RunnerSchedule | None:
    """Return the runner's training days with the next reminder; None: nothing is known of them."""
    if await runners.get(connection, runner) is None:
        return None
    return await _plan(connection, runner, now)


async def next_training_day(db: Database, now: datetime) -> datetime | None:
    """Return the earliest moment (UTC) of any runner's training days."""
    async with db.read() as connection:
        days = await runners.training_days(connection)
    coming = (next_reminder((day,), zone, now) for zone, day in days)
    return min((due.moment for due in coming if due), default=None)


@query
async def chosen_lately(
    connection: Connection, runner: int, now: datetime
) -> tuple[Schedule, Schedule]:
    """Return the training days that were chosen last, and the others.

    There are none that were chosen so long ago that they may not be corrected.
    """
    stored_runner = await runners.get(connection, runner)
    chosen = await runners.days_chosen(connection, runner)
    last = max(chosen.values(), default=None)
    if stored_runner is None or last is None or last <= now - INCOMPLETE_EXPIRES:
        return (), ()
    days = stored_runner.schedule
    return (
        tuple(day for day in days if chosen[day.weekday] == last),
        tuple(day for day in days if chosen[day.weekday] != last),
    )


used_slots = query(runners.slots)


async def _plan(connection: Connection, runner: int, now: datetime) -> RunnerSchedule:
    """Return the schedule with the next reminder.

    Dates that have a reminder already do not count, nor does today if the runner has trained.
    """
    stored_runner = await runners.get_stored(connection, runner)
    zone = stored_runner.zone or "UTC"
    today = now.astimezone(ZoneInfo(zone)).date()
    taken = await reminders.dates(connection, runner, today, today + LOOK_AHEAD)
    if await sessions.trained_at(connection, runner, *local_day(today, zone)):
        taken.add(today)
    if stored_runner.elsewhere_at is not None:
        taken.add(stored_runner.elsewhere_at.astimezone(ZoneInfo(zone)).date())
    back = stored_runner.away_until if stored_runner.is_away(today) else None
    if stored_runner.goes_away(today):
        taken.update(stored_runner.days_away)
    usual = next_reminder(stored_runner.schedule, zone, now, back, taken)
    once = await reminders.once(connection, runner)
    beside = await reminders.planned(connection, runner, today, now)
    moved = (
        Due(day, due_at)
        for day, due_at in beside.items()
        if stored_runner.schedule and not stored_runner.is_away(day)
    )
    coming = min(filter(None, (usual, once, *moved)), key=lambda due: due.moment, default=None)
    return RunnerSchedule(stored_runner, coming)


async def ask(connection: Connection, runner: int, question: Question, now: datetime) -> None:
    """Store the open question in place of an earlier one; one that asks nothing closes it."""
    if question.is_open:
        await runners.ensure(connection, runner, now)
        await runners.ask(connection, runner, _stored(question), now)
    else:
        await runners.answered(connection, runner)


def _stored(question: Question) -> dict[str, Any]:
    return {
        **asdict(replace(question, asked_at=None)),
        "days": {day.weekday.value: f"{day.at:%H:%M}" for day in question.days},
        "until": [day.isoformat() for day in question.until],
        "incomplete": question.incomplete and _stored_incomplete(question.incomplete),
        "race_days": [day.isoformat() for day in question.race_days],
        "race_day": question.race_day and question.race_day.isoformat(),
        "away_from": question.away_from and question.away_from.isoformat(),
        "once": question.once
        and {"words": question.once.words, "asked_at": question.once.asked_at.isoformat()},
    }


def _stored_incomplete(incomplete: Incomplete) -> dict[str, Any]:
    return {
        "days": [day.value for day in incomplete.days],
        "time": incomplete.local_time and f"{incomplete.local_time:%H:%M}",
        "part": incomplete.part,
    }


def _read(stored: Mapping[str, Any]) -> Question:
    """Return the stored question; earlier versions stored only the days that wait for the place."""
    days = stored.get("days", stored)
    return Question(
        stored.get("place", True),
        stored.get("name", ""),
        tuple(TrainingDay(Weekday(day), time.fromisoformat(at)) for day, at in days.items()),
        tuple(map(date.fromisoformat, stored.get("until", ()))),
        _read_incomplete(stored.get("incomplete")),
        Topic(stored["topic"]) if stored.get("topic") else None,
        stored.get("routine", ""),
        stored.get("bands", ""),
        stored.get("unclear", ""),
        stored.get("only", False),
        stored.get("wish", ""),
        Distance(stored["race"]) if stored.get("race") else None,
        stored.get("plan", 0),
        stored.get("title", ""),
        stored.get("begins", False),
        _read_once(stored.get("once")),
        stored.get("moves", 0),
        stored.get("missed", 0),
        stored.get("away", False),
        _read_date(stored.get("race_day")),
        _read_date(stored.get("away_from")),
        period=stored.get("period", ""),
        race_days=tuple(map(date.fromisoformat, stored.get("race_days", ()))),
    )


def _read_date(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def _read_once(stored: Mapping[str, Any] | None) -> OnceWish | None:
    if stored is None:
        return None
    return OnceWish(stored["words"], datetime.fromisoformat(stored["asked_at"]))


def _read_incomplete(stored: Mapping[str, Any] | None) -> Incomplete | None:
    if stored is None:
        return None
    local_time, part = stored["time"], stored["part"]
    return Incomplete(
        tuple(map(Weekday, stored["days"])),
        time.fromisoformat(local_time) if local_time else None,
        DayPart(part) if part else None,
    )
