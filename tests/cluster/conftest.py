"""Three coaches on one database, each a real process; without a server the tests are skipped."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from bot.sandbox.server import serve
from bot.sandbox.world.world import World
from tests.cluster.coaches import Coaches
from tests.conftest import unavailable
from tests.databases import NoServerError, a_database, rows
from tests.process.coach_process import watched
from tests.process.runner import Runner


@pytest.fixture
def database() -> Iterator[URL]:
    """Migrated, without rows."""
    try:
        with a_database() as database:
            yield database
    except NoServerError as error:
        unavailable(str(error))


@pytest.fixture
async def world() -> World:
    return watched(World())


@pytest.fixture
async def coaches(tmp_path: Path, world: World, database: URL) -> AsyncIterator[Coaches]:
    """Not started yet."""
    async with serve(world) as url:
        coaches = Coaches(tmp_path, world, url, database)
        try:
            yield coaches
        finally:
            await coaches.clean_up()


@pytest.fixture
async def ann(world: World, database: URL) -> Runner:
    return Runner(world, world.add_person("Ann"), lambda: not rows(database, "inbox"))
