"""Reminders with the real scheduler in real seconds, through kills and times of absence."""

import asyncio
import resource
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from random import Random
from signal import SIGTERM
from zoneinfo import ZoneInfo

import pytest

from bot.domain.schedule import weekday_of
from bot.sandbox.world.faults import Fault
from bot.sandbox.world.flood_limits import FloodLimits
from bot.sandbox.world.world import World
from tests.process.coach_process import CoachProcess, eventually
from tests.process.crowd import Crowd, a_crowd
from tests.process.job_store import a_zone_at_day, next_wake, slots, wake_at
from tests.process.runner import Runner

IN_FLIGHT = 100
NO_LIMIT = resource.RLIM_INFINITY
A_MOMENT = 0.7  # seconds; the outbox takes milliseconds
REMINDER = "Today is a training day"
Record = Callable[[str, object], None]


def states(coach: CoachProcess) -> list[tuple[str]]:
    return coach.rows("SELECT state FROM reminders")


async def chooses(runner: Runner, zone: str, due: datetime) -> None:
    """Reminders in this zone on this weekday at this time."""
    local = due.astimezone(ZoneInfo(zone))
    await runner.says(f"/timezone {zone}")
    await runner.says(f"/reminders {weekday_of(local.date()).value} {local:%H:%M}")


@pytest.mark.slow
async def test_a_reminder_comes_in_its_minute(coach: CoachProcess, ann: Runner) -> None:
    await coach.start()
    await ann.is_ready()
    now = datetime.now(UTC)
    due = now.replace(second=0, microsecond=0) + timedelta(minutes=2 if now.second > 50 else 1)
    await chooses(ann, "UTC", due)
    await eventually(lambda: ann.with_words(REMINDER), timeout=75)
    (reminder,) = ann.with_words(REMINDER)
    assert due <= reminder.date < due + timedelta(seconds=2)
    assert "This comes late" not in reminder.text
    assert reminder.labels == ["Start", "In 1 hour", "Not today"]
    await eventually(lambda: states(coach) == [("sent",)])
    await coach.restart()
    await asyncio.sleep(A_MOMENT)
    await ann.is_heard()
    assert len(ann.with_words(REMINDER)) == 1
    assert next_wake(coach.jobs) == due + timedelta(days=1)


async def absent_for(coach: CoachProcess, runner: Runner, minutes: int) -> datetime:
    """Chose a day in time, and its minute passed so long ago while no coach was running."""
    await coach.start()
    await runner.is_ready()
    zone = a_zone_at_day()
    due = (datetime.now(UTC) - timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    await chooses(runner, zone, due)
    await eventually(lambda: slots(coach.jobs) == 1)
    await coach.kill()
    coach.change("UPDATE schedule SET chosen_at = datetime(chosen_at, '-1 day')")
    wake_at(coach.jobs, due)
    return due.astimezone(ZoneInfo(zone))


@pytest.mark.slow
async def test_a_missed_reminder_comes_late_and_once(coach: CoachProcess, ann: Runner) -> None:
    due = await absent_for(coach, ann, minutes=10)
    await coach.start()
    await eventually(lambda: ann.with_words(REMINDER))
    await eventually(lambda: states(coach) == [("sent",)])
    (reminder,) = ann.with_words(REMINDER)
    assert "This comes late" in reminder.text
    assert f"{due:%H:%M}" in reminder.text
    assert next_wake(coach.jobs) == due + timedelta(days=1)

    await coach.kill()
    wake_at(coach.jobs, due)
    await coach.start()
    await asyncio.sleep(A_MOMENT)
    await ann.is_heard()
    assert len(ann.with_words(REMINDER)) == 1
    assert states(coach) == [("sent",)]


@pytest.mark.slow
async def test_a_reminder_missed_by_more_than_three_hours_does_not_come(
    coach: CoachProcess, ann: Runner
) -> None:
    due = await absent_for(coach, ann, minutes=185)
    await coach.start()
    await asyncio.sleep(A_MOMENT)
    await ann.is_heard()
    assert ann.with_words(REMINDER) == []
    assert states(coach) == []
    assert next_wake(coach.jobs) == due + timedelta(days=1)


@pytest.mark.slow
@pytest.mark.parametrize("refused", [False, True], ids=["", "a third turned down"])
async def test_twenty_kills_while_a_crowd_is_reminded_bring_nobody_two(
    coach: CoachProcess, world: World, refused: bool, record_property: Record
) -> None:
    """What was under way is lost at most, and each of it is counted."""
    size, kills, chance = 1000, 20, Random(11)
    if refused:
        world.faults.add(Fault("sendMessage", "status", status=500, times=200, every=4))
        world.faults.add(Fault("sendMessage", "status", status=502, times=100, every=8))
    world.latency = 0.05
    coach.settings = {"MESSAGES_PER_SECOND": "200"}
    crowd = await a_crowd(coach, size)
    lost = 0
    for _ in range(kills):
        await coach.start()
        enough = crowd.arrived + 15
        await world.until(lambda enough=enough: crowd.arrived >= enough, timeout=20)
        await asyncio.sleep(chance.uniform(0, 0.1))
        await coach.kill()
        in_flight = crowd.states.get("sending", 0)
        assert in_flight <= IN_FLIGHT
        lost += in_flight
    await coach.start()
    await eventually(lambda: crowd.is_served, timeout=60)
    await asyncio.sleep(A_MOMENT)
    assert set(crowd.got.values()) == {1}
    assert crowd.states.get("unknown", 0) == lost
    assert crowd.states["sent"] == size - lost
    assert size - lost <= crowd.arrived <= size
    record_property("lost", size - crowd.arrived)
    record_property("unknown", lost)


@pytest.mark.slow
async def test_a_crowd_is_reminded_whole_though_telegram_turns_many_down(
    coach: CoachProcess, world: World
) -> None:
    """Of three hundred, in real seconds; some are turned down several times."""
    faults = [
        Fault("sendMessage", "status", status=500, times=80, every=3),
        Fault("sendMessage", "status", status=502, times=30, every=8),
        Fault("sendMessage", "flood", retry_after=1, times=3, every=50),
    ]
    for fault in faults:
        world.faults.add(fault)
    coach.settings = {"MESSAGES_PER_SECOND": "100"}
    crowd = await a_crowd(coach, 300)
    await coach.start()
    await eventually(lambda: crowd.is_served, timeout=60)
    assert crowd.states == {"sent": 300}
    assert sorted(crowd.got.values()) == [1] * 300
    assert sum(call.faulty for call in world.calls) == 113


@pytest.mark.slow
async def test_a_sigterm_while_a_crowd_is_reminded_loses_nobody(
    coach: CoachProcess, world: World
) -> None:
    world.limits = FloodLimits()
    world.latency = 0.05
    crowd = await a_crowd(coach, 60)
    await coach.start()
    await world.until(lambda: crowd.arrived >= 12)
    assert await coach.end(SIGTERM) == 0
    assert crowd.states == {"sent": crowd.arrived, "claimed": 60 - crowd.arrived}
    assert crowd.arrived < 60
    await coach.start()
    await eventually(lambda: crowd.is_served)
    assert crowd.states == {"sent": 60}
    assert sorted(crowd.got.values()) == [1] * 60


@pytest.mark.slow
async def test_a_reminder_whose_answer_was_lost_with_the_coach_is_not_sent_again(
    coach: CoachProcess, world: World
) -> None:
    world.faults.add(Fault("sendMessage", "hang", handled=True))
    crowd = await a_crowd(coach, 1)
    await coach.start()
    await world.until(lambda: crowd.arrived)
    await coach.kill()
    assert crowd.states == {"sending": 1}
    await coach.start()
    await asyncio.sleep(A_MOMENT)
    assert crowd.states == {"unknown": 1}
    assert crowd.arrived == 1


async def a_crowd_that_waits(coach: CoachProcess) -> Crowd:
    """The coach runs, and has caught up; the slot wakes for them in a few seconds.

    Until now they were away, so that the start itself had nothing to do for them. How long it takes
    on this machine, an earlier start tells.
    """
    crowd = await a_crowd(coach, 3)
    coach.change("UPDATE runners SET away_until = date('now', '+9 days')")
    begun = time.monotonic()
    await coach.start()
    took = time.monotonic() - begun
    await coach.kill()
    wake_at(coach.jobs, datetime.now(UTC) + timedelta(seconds=3 + 3 * took))
    await coach.start()
    await asyncio.sleep(A_MOMENT)
    coach.change("UPDATE runners SET away_until = NULL")
    assert crowd.states == {}
    assert not has_woken(crowd), "the machine is too busy for this test"
    return crowd


def has_woken(crowd: Crowd) -> bool:
    """The job store has put the next wake down, which it does before it calls us."""
    return next_wake(crowd.coach.jobs) > crowd.due + timedelta(hours=12)


@pytest.mark.slow
async def test_a_kill_between_the_wake_and_its_claim_loses_nobody(coach: CoachProcess) -> None:
    crowd = await a_crowd_that_waits(coach)
    with closing(sqlite3.connect(coach.database, isolation_level=None)) as elsewhere:
        elsewhere.execute("BEGIN IMMEDIATE")
        await eventually(lambda: has_woken(crowd), timeout=60)
        await coach.kill()
        elsewhere.execute("ROLLBACK")
    assert crowd.states == {}
    await coach.start()
    await eventually(lambda: crowd.is_served, timeout=4)
    assert sorted(crowd.got.values()) == [1] * 3


@pytest.mark.slow
async def test_a_claim_that_fails_is_tried_again(
    coach: CoachProcess, errors_expected: None
) -> None:
    """A full disk, a lock held too long: when it has passed, the reminders still come."""
    crowd = await a_crowd_that_waits(coach)
    coach.change("ALTER TABLE reminders RENAME TO out_of_reach")
    await eventually(lambda: has_woken(crowd), timeout=60)
    await asyncio.sleep(A_MOMENT)
    coach.change("ALTER TABLE out_of_reach RENAME TO reminders")
    await eventually(lambda: crowd.is_served, timeout=70)
    assert sorted(crowd.got.values()) == [1] * 3


@pytest.mark.slow
async def test_a_full_disk_is_told_and_nothing_is_lost_when_there_is_room_again(
    coach: CoachProcess, ann: Runner, errors_expected: None
) -> None:
    """Played by a limit on the size of files, which the write-ahead log has reached."""
    await coach.start()
    await ann.says("/start")
    await ann.taps("None applies to me")
    log = coach.database.with_name("coach.db-wal")
    resource.prlimit(coach.pid, resource.RLIMIT_FSIZE, (log.stat().st_size, NO_LIMIT))
    coach.world.say(ann.person, "/timezone Europe/Berlin")
    await eventually(lambda: ann.with_words("Something went wrong"))
    assert coach.rows("SELECT zone FROM runners") == [(None,)]
    resource.prlimit(coach.pid, resource.RLIMIT_FSIZE, (NO_LIMIT, NO_LIMIT))
    await eventually(lambda: ann.with_words("Berlin"), timeout=20)
    assert coach.rows("SELECT zone FROM runners") == [("Europe/Berlin",)]
    assert coach.rows("PRAGMA integrity_check") == [("ok",)]
