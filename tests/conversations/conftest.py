"""A stage with a coach at work, and a runner on it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.world.profile import Profile
from tests.conversations.stage import Runner, Stage, a_stage


@pytest.fixture(scope="session")
def profile() -> Profile:
    """The menus and descriptions: a coach sets what differs, so the first one sets all of them."""
    return Profile()


@pytest.fixture
async def stage(tmp_path: Path, profile: Profile) -> AsyncIterator[Stage]:
    """Ends with no call that Telegram refused, unless the test emptied the list itself."""
    async with a_stage(tmp_path) as stage:
        stage.world.profile = profile
        async with stage.coach():
            yield stage
        assert stage.refused == []


@pytest.fixture
async def ann(stage: Stage) -> Runner:
    """A newcomer."""
    return stage.runner("Ann")


# Modules about sessions as they are once nothing in them is new to the runner.
EXPERIENCED = {"adjusting", "bands", "pain", "pain_taps", "progression", "routines", "swaps"}


@pytest.fixture
async def bea(stage: Stage, request: pytest.FixtureRequest) -> Runner:
    """Another runner, through the safety screen already."""
    runner = await stage.runner("Bea").is_ready()
    if request.module.__name__.rpartition(".test_")[2] in EXPERIENCED:
        await runner.knows_the_exercises()
    return runner
