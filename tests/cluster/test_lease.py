"""The lease: one process has it, a frozen one loses it, and a former leader does nothing more."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from signal import SIGCONT, SIGSTOP, SIGTERM

import aiohttp
import pytest
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from bot.db import lease, postgresql
from bot.db.engine import Database
from bot.db.lease import LASTS
from bot.db.opening import open_database
from bot.domain.schedule import Slot
from bot.sandbox.world.world import World
from bot.services import cues, outbox, reminders
from bot.workers import base
from bot.workers.cluster import NotLeadingError, Shared
from bot.workers.slots import Slots
from tests.cluster.coaches import Coaches, balanced, leads
from tests.conversations.stage import TUESDAY, Stage, a_stage
from tests.databases import change, connected, rows
from tests.network import free_port
from tests.process.coach_process import CoachProcess, eventually
from tests.process.runner import Runner

A_MOMENT = 1.0
IN_TIME = LASTS.total_seconds() + 2.5  # seconds from the freeze to the next leader's first act


@pytest.fixture(autouse=True)
def no_limits(world: World) -> None:
    world.limits = None


@pytest.fixture
async def db(database: URL) -> AsyncIterator[Database]:
    found = open_database(database)
    yield found
    await found.close()


async def take(db: Database, holder: str) -> bool:
    async with db.read() as connection:
        return await lease.take(connection, holder)


# The row


async def test_of_many_who_try_at_once_one_has_it(db: Database) -> None:
    won = await asyncio.gather(*(take(db, f"term {number}") for number in range(9)))
    assert sorted(won) == [False] * 8 + [True]


@pytest.mark.parametrize("until", ["- interval '1 second'", "+ interval '1 hour'"])
async def test_one_that_has_run_out_or_can_t_be_true_is_broken_by_one(
    db: Database, database: URL, until: str
) -> None:
    assert await take(db, "old")
    change(database, f"UPDATE lease SET until = clock_timestamp() {until}")
    won = await asyncio.gather(*(take(db, f"term {number}") for number in range(9)))
    assert won.count(True) == 1
    async with db.read() as connection:
        assert not await lease.renew(connection, "old")
        assert LASTS.total_seconds() - 2 < await lease.seconds_left(connection)


async def test_that_of_a_connection_which_has_ended_is_dead_at_once(database: URL) -> None:
    first, second = open_database(database), open_database(database)
    assert await take(first, "first")
    assert not await take(second, "second")
    await first.close()
    await eventually_taken(second, "second", within=2)
    await second.close()


async def eventually_taken(db: Database, holder: str, within: float) -> None:
    async with asyncio.timeout(within):
        while not await take(db, holder):
            await asyncio.sleep(0.02)


async def test_who_acts_is_not_replaced_before_the_end_of_it(db: Database, database: URL) -> None:
    assert await take(db, "old")
    async with db.write() as acting:
        await lease.hold(acting, "old")
        async with db.read() as connection:
            assert await lease.renew(connection, "old")
        change(database, "UPDATE lease SET until = clock_timestamp() - interval '1 second'")
        taking = asyncio.create_task(take(db, "new"))
        await asyncio.sleep(0.3)
        assert not taking.done()
    assert await taking
    with pytest.raises(NotLeadingError):
        async with db.write() as acting:
            await lease.hold(acting, "old")


async def test_who_is_frozen_while_acting_holds_up_nobody(
    database: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "LONGEST_PAUSE", 300)
    db = open_database(database)
    assert await take(db, "old")
    change(database, "UPDATE lease SET until = clock_timestamp() - interval '1 second'")
    acting = db.write()
    await lease.hold(await acting.__aenter__(), "old")
    async with asyncio.timeout(2):
        assert await take(db, "new")
    with pytest.raises(DBAPIError):
        await acting.__aexit__(None, None, None)
    await db.close()


def test_a_transaction_is_given_up_before_the_lease_runs_out() -> None:
    assert timedelta(milliseconds=postgresql.LONGEST_PAUSE) < LASTS


# One coach, whose lease is broken


@pytest.fixture
async def led(tmp_path: Path, database: URL) -> AsyncIterator[Stage]:
    async with a_stage(tmp_path, metrics=None) as stage:
        stage.database = database
        async with stage.coach():
            yield stage


def break_lease(database: URL) -> None:
    change(
        database,
        "UPDATE lease SET holder = 'another', until = clock_timestamp() + interval '10 seconds'",
    )


async def test_a_former_leader_changes_nothing(led: Stage, database: URL) -> None:
    cluster, now = led.work.cluster, led.clock.now()
    assert await cluster.still_leads()
    async with cluster.write():
        breaking = asyncio.create_task(asyncio.to_thread(break_lease, database))
        await asyncio.sleep(0.2)
        assert not breaking.done()
    await breaking
    assert not await cluster.still_leads()
    with pytest.raises(NotLeadingError):
        await cues.tick(cluster, now)
    with pytest.raises(NotLeadingError):
        await outbox.recover(cluster, outbox.REMINDERS)
    with pytest.raises(NotLeadingError):
        await reminders.claim(cluster, Slot("UTC", clock_time(5, 30)), now)
    await eventually(lambda: not cluster.leads, timeout=5)
    await eventually(lambda: not led.work.coach.calendar.is_running, timeout=5)


async def test_a_cue_that_a_former_leader_has_not_sent_yet_is_the_next_ones(
    led: Stage, database: URL
) -> None:
    ann = await led.runner().is_ready()
    await ann.starts("routine_first-two-weeks")
    await ann.taps("Start")
    (session,) = rows(database, "sessions")
    sent = sends(led.world)
    async with led.work.coach.chat_order.lock(ann.id):  # nothing is sent meanwhile
        led.clock.move(session["due_at"])
        led.work.cues.wake()
        await eventually(lambda: rows(database, "sessions")[0]["revision"] > session["revision"])
        await asyncio.to_thread(break_lease, database)
    await eventually(lambda: not led.work.cluster.leads, timeout=5)
    assert sends(led.world) == sent
    change(database, "UPDATE lease SET until = clock_timestamp() - interval '1 second'")
    await eventually(lambda: sends(led.world) > sent, timeout=10)
    await asyncio.sleep(A_MOMENT)
    assert sends(led.world) == sent + 1


async def test_what_a_former_leader_has_fetched_is_the_next_ones(led: Stage, database: URL) -> None:
    ann = await led.runner().is_ready()
    sent = sends(led.world)
    await asyncio.to_thread(break_lease, database)
    led.world.say(ann.person, "/help")
    await eventually(lambda: not led.work.cluster.leads, timeout=5)
    await asyncio.sleep(A_MOMENT)
    assert sends(led.world) == sent
    assert len(led.world.updates.pending) == 1
    change(database, "UPDATE lease SET until = clock_timestamp() - interval '1 second'")
    await led.settle()
    assert sends(led.world) == sent + 1


async def test_a_wake_that_a_former_leader_ticked_off_is_made_good(
    led: Stage, database: URL
) -> None:
    bea = await led.runner("Bea").is_ready()
    await bea.says("/timezone UTC")
    await bea.says("/reminders tue 07:00")
    led.clock.move(TUESDAY + timedelta(hours=1, seconds=1))
    other = Shared(database, led.work.coach.db)
    former = Slots(led.work.coach, other)
    await former.wake(Slot("UTC", clock_time(7)))
    await eventually(lambda: rows(database, "reminders"), timeout=5)


async def test_a_leader_with_a_loop_that_hangs_gives_its_lease_back(
    led: Stage, database: URL, errors_expected: None
) -> None:
    holder = "SELECT holder FROM lease"
    led.work.cluster.progress.expect("something", -1)
    await eventually(lambda: not led.work.cluster.leads, timeout=3)
    await eventually(lambda: not rows(database, holder), timeout=3)
    await asyncio.sleep(2 * A_MOMENT)
    assert rows(database, holder) == []
    led.work.cluster.progress.rest("something")
    await eventually(lambda: led.work.cluster.leads, timeout=3)


async def test_a_leader_whose_outbox_hangs_gives_its_lease_back(
    led: Stage, database: URL, monkeypatch: pytest.MonkeyPatch, errors_expected: None
) -> None:
    monkeypatch.setattr(base, "HANGS", A_MOMENT)
    with connected(database) as connection:
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        connection.exec_driver_sql("LOCK TABLE reminders")
        led.work.coach.outbox_due.set()
        await eventually(lambda: not led.work.cluster.leads, timeout=5)
        assert led.work.cluster.progress.hung() == ["outbox"]
    await eventually(lambda: led.work.cluster.leads, timeout=5)


# Three processes


class Watched:
    """What each process says of itself."""

    def __init__(self, coaches: Coaches) -> None:
        for coach in coaches.all:
            coach.settings |= {"METRICS_PORT": str(free_port())}

    async def is_well(self, coach: CoachProcess, within: float) -> None:
        """Wait until it says that it is well; TimeoutError after `within` seconds."""
        async with asyncio.timeout(within):
            while (await self.health(coach))[0] != 200:
                await asyncio.sleep(0.05)

    async def health(self, coach: CoachProcess) -> tuple[int, dict[str, object]]:
        url = f"http://127.0.0.1:{coach.settings['METRICS_PORT']}/healthz"
        async with aiohttp.ClientSession() as http, http.get(url) as answer:
            return answer.status, await answer.json()


def helped(ann: Runner) -> int:
    return len([message for message in ann.messages if "/routine" in message.text])


async def thaws(coach: CoachProcess) -> None:
    """It goes on, and finds that it leads no more."""
    coach.signal(SIGCONT)
    await eventually(lambda: not leads(coach), timeout=5)
    await asyncio.sleep(A_MOMENT)


@pytest.mark.slow
async def test_where_updates_are_polled_a_frozen_leader_is_replaced(
    coaches: Coaches, ann: Runner
) -> None:
    watched = Watched(coaches)
    await coaches.start()
    await ann.says("/help")
    frozen, (one, two) = coaches.leader, coaches.followers
    frozen.signal(SIGSTOP)
    frozen_at = time.monotonic()
    ann.world.say(ann.person, "/help")
    await asyncio.sleep(5)
    assert [(await watched.health(coach))[0] for coach in (one, two)] == [200, 200]
    await eventually(lambda: helped(ann) == 2, timeout=20)
    assert time.monotonic() - frozen_at < IN_TIME
    await thaws(frozen)
    assert helped(ann) == 2
    await ann.says("/help")
    assert helped(ann) == 3
    assert coaches.leader in (one, two)
    assert [(await watched.health(coach))[0] for coach in coaches.all] == [200] * 3
    for coach in coaches.all:
        assert "Traceback" not in coach.stderr
        assert "another program" not in coach.stderr


@pytest.mark.slow
async def test_cues_go_on_after_a_frozen_leader_and_none_comes_twice(
    coaches: Coaches, world: World, ann: Runner
) -> None:
    async with balanced(coaches) as balancer:
        await coaches.start()
        frozen = coaches.leader
        balancer.frozen = frozen
        await ann.says("/start routine_first-two-weeks")
        await ann.taps("None applies to me")
        await ann.taps("Start")
        await ann.taps("Skip")
        (before,) = rows(coaches.database, "sessions")
        called = sends(world)
        frozen.signal(SIGSTOP)
        frozen_at = datetime.now(UTC)
        assert frozen_at < before["due_at"]
        await eventually(lambda: sends(world) > called, timeout=25)
        late = datetime.now(UTC) - max(before["due_at"], frozen_at + LASTS)
        assert late < timedelta(seconds=2.5)
        await thaws(frozen)
        await eventually(lambda: is_calm(coaches), timeout=60)
        (after,) = rows(coaches.database, "sessions")
        assert sends(world) - called == after["revision"] - before["revision"]
        await ann.says("/help")
        assert helped(ann) == 1


def sends(world: World) -> int:
    return sum(call.method in ("sendMessage", "sendAnimation") for call in world.calls)


def is_calm(coaches: Coaches) -> bool:
    """Nothing is due soon, and all that was moved has been shown."""
    (session,) = rows(coaches.database, "sessions")
    soon = session["due_at"] - datetime.now(UTC) < timedelta(seconds=3)
    return session["shown"] == session["revision"] and not soon


@pytest.mark.slow
async def test_only_while_no_lease_lives_followers_are_not_well(
    coaches: Coaches, database: URL
) -> None:
    watched = Watched(coaches)
    await coaches.start()
    frozen, follower = coaches.leader, coaches.followers[0]
    frozen.signal(SIGSTOP)
    assert (await watched.health(follower))[0] == 200
    with connected(database) as connection:  # nobody can take it
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        connection.exec_driver_sql("SELECT FROM lease FOR UPDATE")
        await asyncio.sleep(LASTS.total_seconds() + 0.5)
        status, body = await watched.health(follower)
        assert (status, body["reasons"]) == (503, ["no process leads"])
    await eventually(lambda: any(one is not frozen for one in coaches.leaders), timeout=5)
    await watched.is_well(follower, within=5)


async def test_a_leader_that_is_stopped_gives_its_lease_back(coaches: Coaches, ann: Runner) -> None:
    await coaches.start()
    await ann.says("/help")
    before = coaches.leader
    assert await before.end(SIGTERM) == 0
    stopped = time.monotonic()
    await eventually(lambda: coaches.leaders, timeout=5)
    assert time.monotonic() - stopped < 2
    await ann.says("/help")
    assert helped(ann) == 2
