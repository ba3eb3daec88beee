"""Three processes behind a load balancer: any of them handles any update, one leads."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import URL

from bot.sandbox.world.world import World
from tests.cluster.coaches import Coaches, balanced
from tests.databases import a_database, rows, the_server
from tests.process.coach_process import eventually
from tests.process.runner import Runner

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def no_limits(world: World) -> None:
    world.limits = None


async def test_a_session_goes_through_all_of_them(
    coaches: Coaches, world: World, ann: Runner
) -> None:
    async with balanced(coaches) as balancer:
        await coaches.start()
        await ann.says("/start routine_first-two-weeks")
        await ann.taps("None applies to me")
        await ann.taps("My own pace")
        for _ in range(8):
            await ann.taps("Done")
        (session,) = rows(coaches.database, "sessions")
        assert session["position"] == 8
        assert min(balancer.taken[number] for number in range(3)) >= 3
        assert len(coaches.leaders) == 1


async def test_where_updates_are_polled_the_leader_does_it(
    coaches: Coaches, world: World, ann: Runner
) -> None:
    await coaches.start()
    await ann.says("/help")
    assert world.refused() == []
    before = coaches.leader
    await before.kill()
    await ann.says("/help")
    assert coaches.leader is not before
    assert len([m for m in ann.messages if "/routine" in m.text]) == 2


async def test_a_cue_of_a_session_begun_elsewhere_comes_in_time(
    coaches: Coaches, ann: Runner
) -> None:
    async with balanced(coaches) as balancer:
        await coaches.start()
        balancer.only = coaches.followers[0]
        await ann.says("/start routine_first-two-weeks")
        await ann.taps("None applies to me")
        await ann.taps("Start")
        await ann.taps("Skip")
        begun = datetime.now(UTC)
        (session,) = rows(coaches.database, "sessions")
        due = session["due_at"]
        assert begun < due < begun + timedelta(seconds=15)
        said = len(ann.messages)
        await eventually(lambda: len(ann.messages) > said, timeout=20)
        assert timedelta(0) <= datetime.now(UTC) - due < timedelta(seconds=1)


@pytest.mark.slow
async def test_a_slot_first_used_in_one_process_is_woken_by_the_leader(
    coaches: Coaches, ann: Runner
) -> None:
    async with balanced(coaches) as balancer:
        await coaches.start()
        balancer.only = coaches.followers[0]
        await ann.says("/start")
        await ann.taps("None applies to me")
        now = datetime.now(UTC)
        at = (now + timedelta(minutes=1 if now.second < 50 else 2)).replace(second=0, microsecond=0)
        await ann.says("/timezone UTC")
        await ann.says(f"/reminders daily {at:%H:%M}")
        (day, *_) = rows(coaches.database, "schedule")
        assert day["local_time"] == f"{at:%H:%M}"
        await eventually(lambda: ann.with_words("training day"), timeout=130)
        assert datetime.now(UTC) - at < timedelta(seconds=3)


async def test_those_that_start_together_migrate_one_after_another(coaches: Coaches) -> None:
    with a_database(empty=True) as empty:
        await coaches.start(DATABASE_URL=address(empty))
        assert rows(empty, "SELECT count(*) AS versions FROM alembic_version") == [{"versions": 1}]
        await coaches.clean_up()


@pytest.mark.slow
async def test_a_server_that_is_not_there_yet_is_waited_for(coaches: Coaches, ann: Runner) -> None:
    server = the_server()
    server.stop()
    first = coaches.all[0]
    await first.spawn()
    await eventually(lambda: "again in" in first.stderr, timeout=20)
    assert first.is_running
    server.start()
    await ann.says("/help")
    assert len(ann.messages) == 1
    assert "Traceback" not in first.stderr


async def test_a_wrong_address_is_told_in_one_line(coaches: Coaches, database: URL) -> None:
    first = coaches.all[0]
    ended = await first.command("run", DATABASE_URL=address(database.set(database="nowhere")))
    assert (ended.code, len(ended.lines)) == (1, 1)
    assert "nowhere" in ended.lines[0]
    ended = await first.command("backup", "copy.db")
    assert (ended.code, len(ended.lines)) == (1, 1)
    assert "pg_dump" in ended.lines[0]


async def test_slots_are_shown_while_they_run(coaches: Coaches, ann: Runner) -> None:
    await coaches.start()
    await ann.says("/start")
    await ann.taps("None applies to me")
    await ann.says("/timezone Europe/Berlin")
    await ann.says("/reminders mon 07:00")
    await asyncio.sleep(0.2)
    ended = await coaches.all[0].command("slots")
    assert ended.code == 0
    assert "Europe/Berlin" in ended.stdout
    assert "not in the job store yet" not in ended.stdout


def address(database: URL) -> str:
    return database.set(drivername="postgresql").render_as_string(hide_password=False)
