"""What a session says of easier and harder fits the bands that the runner told of."""

import pytest

from bot.db import prescriptions
from bot.db.opening import open_database
from bot.domain.kit import Level
from bot.domain.prescription import Prescription
from tests.conversations.stage import Runner

LOOPS = "/bands long loop light, long loop heavy"
MINI = "/bands mini light green"
NONE = "/bands none"


async def prescribe(runner: Runner, variant: int, band: Level | None, *exercises: str) -> None:
    """The runner has come so far with these exercises."""
    dose = Prescription(target=None, sets=3, band=band, variant=variant, calibrating=0)
    await runner.knows_the_exercises()
    db = open_database(runner.stage.database)
    async with db.write(runner.id) as connection:
        await prescriptions.save(connection, runner.id, dict.fromkeys(exercises, dose), True)
    await db.close()


async def steps(runner: Runner, routine: str) -> str:
    """Everything that a session of this routine says, step by step."""
    await runner.says(f"/routine {routine}")
    await runner.taps("Start")
    said = []
    while "Done" in runner.shown.labels and len(said) < 100:
        said.append(runner.shown.text)
        await runner.taps("Done")
    return "\n\n".join(said)


@pytest.mark.breadth(1)
@pytest.mark.parametrize(
    ("bands", "band", "says", "never"),
    [
        (LOOPS, Level.LIGHT, "Stay at the bottom for two seconds each time.", "step."),
        (MINI, Level.LIGHT, "Put your back foot on a low, steady step.", "loop."),
        (NONE, None, "Put your back foot on a low, steady step.", "loop."),
    ],
)
async def test_a_harder_split_squat_fits_what_is_worn(
    ann: Runner, bands: str, band: Level | None, says: str, never: str
) -> None:
    await ann.is_ready()
    await ann.says(bands)
    await prescribe(ann, 2, band, "band-split-squat")
    said = await steps(ann, "build strength")
    assert f"Harder today: {says}" in said
    assert [line for line in said.splitlines() if "Harder" in line and line.endswith(never)] == []


@pytest.mark.slow
async def test_an_easier_exercise_without_its_band_names_no_band(ann: Runner) -> None:
    await ann.is_ready()
    await ann.says(MINI)
    await prescribe(ann, 0, Level.LIGHT, "clamshell")
    said = await steps(ann, "first two weeks")
    step = next(step for step in said.split("Clamshell")[1:] if "Easier today" in step)
    assert "Easier today: Leave the band off." in step
    before = step.partition("Easier today")[0]
    assert "band" not in before, "neither a band nor how to make up for it"


@pytest.mark.slow
async def test_a_runner_without_bands_is_told_to_take_none_off(ann: Runner) -> None:
    await ann.is_ready()
    await ann.says(NONE)
    await prescribe(ann, 0, None, "clamshell", "band-wall-slide", "banded-glute-bridge")
    said = await steps(ann, "first two weeks")
    assert "Easier today: Open less far." in said
    assert "band off" not in said


@pytest.mark.slow
async def test_a_single_leg_calf_raise_names_no_loop_and_becomes_harder_without(
    ann: Runner,
) -> None:
    await ann.is_ready()
    await ann.says(LOOPS)
    await prescribe(ann, 2, Level.LIGHT, "band-calf-raise")
    said = await steps(ann, "build strength")
    raises = [part for part in said.split("\n\n") if "Single-leg calf raise" in part]
    assert raises
    assert any("Harder today: Stay at the top for two seconds each time." in it for it in raises)
    assert not any("long loop, light" in it or "light long loop" in it.lower() for it in raises)


async def test_the_page_lists_what_is_for_which_band(ann: Runner) -> None:
    await ann.says("/exercise split squat")
    await ann.taps("Easier / harder")
    assert "Hold on to a wall or a sturdy chair. Not with a long loop." in ann.shown.text
    assert "Put your back foot on a low, steady step. Not with a long loop." in ann.shown.text
