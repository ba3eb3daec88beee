"""The first two weeks, walked through: they last two weeks, and grow only after what went well."""

from datetime import timedelta

import pytest

from tests.conversations.stage import TUESDAY, Runner

NEWCOMER = "First two weeks"


async def train(runner: Runner, day: int, rating: str) -> int:
    """The suggested session on this day, to its end; return the number of its steps."""
    await runner.stage.travel(TUESDAY + timedelta(days=day))
    await runner.says("/start")
    await runner.taps("Start")
    steps = 0
    while "Done" in runner.shown.labels:
        steps += "Warm-up" not in runner.shown.text
        await runner.taps("Done")
    await runner.taps(rating)
    return steps


async def suggested(runner: Runner, day: int) -> str:
    await runner.stage.travel(TUESDAY + timedelta(days=day))
    await runner.says("/routine")
    return str(runner.shown.text).partition("Next for you: ")[2]


@pytest.mark.slow
async def test_two_good_weeks_grow_as_announced_and_lead_on(bea: Runner) -> None:
    assert await train(bea, 0, "Just right") == 9
    assert "next First two weeks has two sets of each exercise instead of one" in bea.shown.text
    assert "Nothing changes" not in bea.shown.text
    for day in (3, 7, 10):
        assert await train(bea, day, "Easy") > 9
        assert "meant to stay easy" in bea.shown.text
    assert (await suggested(bea, 13)).startswith(NEWCOMER)
    assert (await suggested(bea, 14)).startswith("Marathon five")


@pytest.mark.slow
async def test_too_hard_is_never_followed_by_twice_as_much(bea: Runner) -> None:
    assert await train(bea, 0, "Too hard") == 9
    assert "stays as short as this one, with one set of each exercise" in bea.shown.text
    assert await train(bea, 3, "Too hard") == 9
    assert "stays as short as this one" in bea.shown.text
    await bea.taps("Just right")
    assert "has two sets of each exercise instead of one" in bea.shown.text
    assert await train(bea, 7, "Too hard") > 9
    assert await train(bea, 14, "Just right") > 9
    assert (await suggested(bea, 16)).startswith(NEWCOMER), "the last but one was too hard"
    assert await train(bea, 17, "Just right") >= 9, "what the third week has left"
    assert (await suggested(bea, 19)).startswith("Marathon five")


@pytest.mark.slow
async def test_the_answers_are_explained_twice_and_then_short(bea: Runner) -> None:
    for day, explained in ((0, True), (3, True), (7, False)):
        await bea.stage.travel(TUESDAY + timedelta(days=day))
        await bea.says("/start")
        await bea.taps("Start")
        while "Done" in bea.shown.labels:
            await bea.taps("Done")
        assert "last set of the hardest exercise" in bea.shown.text
        assert ("Easy – four or more" in bea.shown.text) == explained
        assert ("Pain is never “too hard”" in bea.shown.text) == explained
        await bea.taps("Just right")
        await bea.taps("Per exercise")
        await bea.taps("Clamshell: Just right")
        assert ("Easy – four or more" in bea.shown.text) == explained
