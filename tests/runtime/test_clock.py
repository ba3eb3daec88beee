"""Two clocks: which moment it is, and how much time has passed."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.db.engine import Connection, Database
from bot.db.lease import NotLeadingError
from bot.db.opening import open_database
from bot.runtime.clock import TOLERANCE, Jumps, ShiftedClock, SystemClock
from bot.services.jumps import Jumps as Followed
from tests.clocks import SetClock
from tests.databases import a_place, change, rows

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
NOTHING = timedelta(0)


@pytest.mark.parametrize("seconds", [-86400 * 400, -3600, -60, -1, 1, 60, 3600, 86400 * 400])
@pytest.mark.parametrize("kind", [SetClock, ShiftedClock])
def test_a_jump_is_found_once_and_as_large_as_it_was(kind: type, seconds: int) -> None:
    clock = SetClock(NOON) if kind is SetClock else ShiftedClock()
    jumps = Jumps(clock)
    clock.jump(seconds * SECOND)
    assert abs(jumps.find() - seconds * SECOND) < timedelta(seconds=0.1)
    assert jumps.find() == NOTHING


def test_time_that_passes_is_no_jump_however_long_the_machine_slept() -> None:
    clock = SetClock(NOON)
    jumps = Jumps(clock)
    for days in (0.0001, 1, 400):
        clock.move(clock.now() + timedelta(days=days))
        assert jumps.find() == NOTHING


def test_a_clock_that_is_slewed_never_jumps() -> None:
    """Half a millisecond a second, as far as it goes, for a day."""
    clock = SetClock(NOON)
    jumps = Jumps(clock)
    for _ in range(86400):
        clock.move(clock.now() + SECOND)
        clock.jump(timedelta(milliseconds=0.5))
        assert jumps.find() == NOTHING


def test_a_jump_is_found_in_the_midst_of_slewing() -> None:
    clock, chance = SetClock(NOON), random.Random(3)
    jumps = Jumps(clock)
    for _ in range(200):
        clock.move(clock.now() + chance.uniform(0, 60) * SECOND)
        slew = chance.uniform(-1, 1) * TOLERANCE
        clock.jump(slew)
        assert jumps.find() == NOTHING
        by = chance.choice([-1, 1]) * chance.uniform(1, 4000) * SECOND
        clock.jump(by)
        assert jumps.find() == by


def test_a_process_that_is_held_up_between_two_readings_finds_no_jump() -> None:
    held_up = [0, 3, 0, 2, 2, 0, 0, 4, 0]

    class Slow(SetClock):
        def now(self) -> datetime:
            moment = super().now()
            if held_up:
                self.move(moment + held_up.pop(0) * SECOND)
            return moment

    clock = Slow(NOON)
    jumps = Jumps(clock)
    assert [jumps.find() for _ in range(5)] == [NOTHING] * 5


def test_the_machines_clocks_go_on_together() -> None:
    clock = SystemClock()
    assert Jumps(clock).find() == NOTHING
    before = clock.steady()
    assert clock.steady() >= before
    boot = float(Path("/proc/uptime").read_text().split()[0])
    assert abs(clock.steady().timestamp() - boot) < 5


@pytest.fixture
async def db(tmp_path: Path):  # type: ignore[no-untyped-def]
    with a_place(tmp_path) as place:
        change(
            place,
            "INSERT INTO runners (id, created_at, sound_at) VALUES "
            "(1, '2026-11-24 12:00:00.000000', '2026-11-24 12:00:05.000000')",
        )
        database = open_database(place)
        yield place, database
        await database.close()


async def test_of_several_processes_the_one_that_leads_follows_the_clock_once(
    db: tuple[object, Database],
) -> None:
    place, database = db
    clock, called = SetClock(NOON), []
    old, new = (Followed(database, clock, lambda: called.append(1)) for _ in range(2))
    old.begin()
    clock.jump(timedelta(hours=-1))
    await new.follow()
    assert called == []
    await old.follow()
    await old.follow()
    old.end()
    new.begin()
    await new.follow()
    [row] = rows(place, "runners")  # type: ignore[arg-type]
    assert row["sound_at"] == NOON + 5 * SECOND - timedelta(hours=1)
    assert called == [1]
    clock.jump(timedelta(hours=1))
    await old.follow()
    await new.follow()
    [row] = rows(place, "runners")  # type: ignore[arg-type]
    assert row["sound_at"] == NOON + 5 * SECOND


async def test_a_process_that_leads_no_more_moves_nothing(db: tuple[object, Database]) -> None:
    """Its machine was paused, and the clock put right afterwards; another leads by now."""
    place, _ = db

    class Former:
        @asynccontextmanager
        async def write(self, runner: int | None = None) -> AsyncIterator[Connection]:
            raise NotLeadingError
            yield

    clock = SetClock(NOON)
    former = Followed(Former(), clock, lambda: None)
    former.begin()
    clock.jump(timedelta(seconds=150))
    await former.follow()
    assert not former.look()
    [row] = rows(place, "runners")  # type: ignore[arg-type]
    assert row["sound_at"] == NOON + 5 * SECOND
