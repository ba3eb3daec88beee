"""A coach whose door is shut by the environment: the code stays out of everything it writes."""

import asyncio
from signal import SIGTERM

import pytest

from bot.sandbox.world.faults import Fault
from bot.sandbox.world.world import World
from tests.process.coach_process import CoachProcess
from tests.process.runner import Runner

CODE = "knee-high-socks"
ALMOST = "knee-high-boots"


@pytest.mark.slow
async def test_the_code_lets_in_and_is_written_nowhere(
    coach: CoachProcess, world: World, ann: Runner
) -> None:
    eve = Runner(world, world.add_person("Eve"))
    coach.settings = {"INVITE_CODE": CODE, "LOG_LEVEL": "DEBUG"}
    await coach.start()
    await eve.says("/routine")
    await eve.says(f"/start join_{ALMOST}")
    world.faults.add(Fault("sendMessage", "status", status=502))
    await ann.says(f"/start join_{CODE}")
    await ann.taps("None applies to me")
    await ann.says(f"join_{CODE}")
    assert ann.with_words("First two weeks")
    assert [message.text.split(":")[0] for message in eve.messages] == [
        "This coach is by invitation only",
        "That invitation is not valid, or no longer",
    ]
    assert coach.rows("SELECT id FROM runners") == [(ann.person.id,)]
    await coach.end(SIGTERM)
    for file in coach.folder.iterdir():
        assert CODE.encode() not in file.read_bytes(), file
        assert ALMOST.encode() not in file.read_bytes(), file


@pytest.mark.slow
async def test_a_host_is_told_by_the_environment(
    coach: CoachProcess, world: World, ann: Runner
) -> None:
    hank = Runner(world, world.add_person("Hank"))
    coach.settings = {"ADMIN_IDS": f"5, {hank.person.id}", "INVITE_CODE": CODE}
    await coach.start()
    await hank.says("/status")
    assert hank.messages[-1].text.startswith("Band Coach ")
    await ann.says("/status")
    assert ann.messages[-1].text.startswith("This coach is by invitation only")
    assert coach.stderr == ""


async def test_what_is_set_wrongly_is_told_without_it(coach: CoachProcess) -> None:
    wrong = await asyncio.gather(
        coach.command("check", INVITE_CODE="two words"), coach.command("check", ADMIN_IDS="ann")
    )
    assert [(ended.code, len(ended.lines)) for ended in wrong] == [(2, 1), (2, 1)]
    assert "two words" not in wrong[0].stderr
