"""What services are promised of `query` and `transact`, on each database."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.db import runners
from bot.db.engine import Connection, Database, query, transaction
from bot.db.opening import open_database
from bot.db.sqlite import SqliteDatabase
from tests.databases import a_place

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


class RefusedError(Exception):
    """Raised in the middle of a transaction."""


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    with a_place(tmp_path, "coach.db") as place:
        db = open_database(place)
        yield db
        await db.close()


@transaction
async def join(connection: Connection, runner: int, *, refused: bool = False) -> int:
    await runners.join(connection, runner, NOW)
    if refused:
        raise RefusedError
    return runner


@query
async def has_joined(connection: Connection, runner: int) -> bool:
    return await runners.has_joined(connection, runner)


async def test_a_result_comes_once_it_is_stored(db: Database) -> None:
    assert await join(db, 1) == 1
    assert await has_joined(db, 1)


async def test_the_runner_may_be_named(db: Database) -> None:
    assert await join(db, runner=2) == 2


async def test_many_at_once_get_each_their_own(db: Database) -> None:
    assert await asyncio.gather(*(join(db, runner) for runner in range(1, 41))) == [*range(1, 41)]
    assert all(await asyncio.gather(*(has_joined(db, runner) for runner in range(1, 41))))


async def test_one_that_fails_takes_no_other_with_it(db: Database) -> None:
    tried = [join(db, runner, refused=runner % 3 == 0) for runner in range(1, 10)]
    results = await asyncio.gather(*tried, return_exceptions=True)
    for runner, result in enumerate(results, start=1):
        is_refused = runner % 3 == 0
        assert isinstance(result, RefusedError) if is_refused else result == runner
        assert await has_joined(db, runner) is not is_refused


@pytest.mark.sqlite  # PostgreSQL commits them side by side
async def test_those_that_wait_are_committed_together(db: Database) -> None:
    assert isinstance(db, SqliteDatabase)
    commits = []
    event.listen(db._engine, "commit", commits.append)
    await asyncio.gather(*(join(db, runner) for runner in range(1, 41)))
    assert len(commits) <= 2


@pytest.mark.sqlite  # on PostgreSQL it may await what it likes, as long as it is quick
async def test_one_that_awaits_anything_else_is_refused_and_stores_nothing(db: Database) -> None:
    async def work(connection: Connection) -> None:
        await runners.join(connection, 1, NOW)
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="nothing but its statements"):
        await db.transact(work)
    assert not await has_joined(db, 1)


async def test_writers_of_both_kinds_take_turns(db: Database) -> None:
    async def by_hand(runner: int) -> None:
        async with db.write(runner) as connection:
            await runners.join(connection, runner, NOW)
            await asyncio.sleep(0)

    both = [by_hand(runner) if runner % 2 else join(db, runner) for runner in range(1, 21)]
    await asyncio.gather(*both)
    assert all([await has_joined(db, runner) for runner in range(1, 21)])


@pytest.mark.sqlite
async def test_one_whose_caller_gives_up_while_it_is_stored_is_whole(db: Database) -> None:
    waiting = asyncio.create_task(join(db, 1))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await join(db, 2)
    assert await has_joined(db, 1)


@pytest.mark.sqlite
async def test_a_reader_that_is_cancelled_leaves_its_connection_usable(db: Database) -> None:
    async def read() -> None:
        async with db.read() as connection:
            while True:
                await runners.has_joined(connection, 1)

    for number in range(12):  # more than there are connections
        reading = asyncio.create_task(read())
        await asyncio.sleep(0.001 * number)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
    async with db.read() as connection:
        assert not await runners.has_joined(connection, 1)
