"""Whole walks through sessions, quick ones too: no call is refused, no parameter passed over."""

import asyncio

import pytest

from tests.conversations.stage import Runner, Stage
from bot.sandbox.messages import Message


async def begin(runner: Runner, way: str) -> None:
    await runner.says("/routine first two weeks")
    await runner.taps(way)


def newest_with(runner: Runner, label: str) -> Message | None:
    return next((m for m in reversed(runner.messages) if label in m.labels), None)


async def tap_on(runner: Runner, label: str) -> None:
    """Taps the button whenever there is one, waiting for nothing else, until there is none."""
    world = runner.stage.world
    tapped = None
    while True:
        message = newest_with(runner, label)
        if message is None or message.id == tapped:
            try:
                message = await world.until(
                    lambda: (found := newest_with(runner, label)) and found.id != tapped and found,
                    timeout=2,
                )
            except TimeoutError:
                return
        tapped = message.id
        world.tap(runner.person, message, label)


@pytest.mark.parametrize("latency", [0.0, 0.01])
@pytest.mark.parametrize("way", ["My own pace", "Start"])
async def test_fast(stage: Stage, bea: Runner, latency: float, way: str) -> None:
    stage.world.latency = latency
    await begin(bea, way)
    await tap_on(bea, "Done")
    await stage.settle()
    print([(c.method, c.params.get("message_id"), c.status, c.description) for c in stage.world.calls if c.method not in ("getUpdates","answerCallbackQuery")])
    assert "8 of 8" in "".join(m.text for m in bea.messages)
