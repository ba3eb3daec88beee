"""A pretend Telegram with a coach beside it that is a real process."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.server import serve
from bot.sandbox.world.world import World
from tests.process.coach_process import CoachProcess, watched
from tests.process.runner import Runner


@pytest.fixture
async def world() -> World:
    world = watched(World())
    world.limits = None
    return world


@pytest.fixture
async def coach(
    request: pytest.FixtureRequest, tmp_path: Path, world: World
) -> AsyncIterator[CoachProcess]:
    """Not started yet. No test ends with a traceback in its log, unless errors are expected."""
    async with serve(world) as url:
        coach = CoachProcess(tmp_path, world, url)
        try:
            yield coach
        finally:
            await coach.clean_up()
    if "errors_expected" not in request.fixturenames:
        assert "Traceback" not in coach.stderr, coach.stderr


@pytest.fixture
async def ann(world: World, coach: CoachProcess) -> Runner:
    return Runner(world, world.add_person("Ann"), coach.is_done)
