"""Every routine as a runner meets it: what is needed, the anchor, the ramp, what comes weekly."""

from datetime import timedelta

import pytest

from bot.domain.session import QUIET
from bot.domain.timer import GET_READY
from tests.conversations.stage import TUESDAY, Runner

EVERYTHING = (
    "/bands mini light green, hip circle light, long loop light red, long loop heavy black,"
    " long band light, door anchor"
)
ROUTINES = (
    *("first two weeks", "marathon five", "hips and glutes", "core and upper back"),
    *("mini band whole body", "build strength", "taper week", "before a run", "fill the gaps"),
)


async def begin(runner: Runner, routine: str, way: str = "Start") -> None:
    await runner.says(f"/routine {routine}")
    await runner.taps(way)


async def walk(runner: Runner, most: int = 100) -> list[str]:
    shown = []
    while "Done" in runner.shown.labels and len(shown) < most:
        shown.append(runner.shown.text)
        await runner.taps("Done")
    return shown


async def passes(runner: Runner, seconds: float) -> None:
    await runner.stage.travel(runner.stage.clock.now() + timedelta(seconds=seconds))


async def test_the_anchor_is_fixed_first_and_no_clock_runs_meanwhile(bea: Runner) -> None:
    await bea.says(EVERYTHING)
    await begin(bea, "core and upper back")
    first = bea.shown
    assert first.text.startswith("First, the anchor\nFix it at chest height.")
    for words in ("opens away from you", "until it latches", "Tug hard, twice", "nobody uses"):
        assert words in first.text
    assert first.labels == ["Done", "Pause", "Something hurts", "More"]
    await passes(bea, 10 * 60)
    assert bea.shown == first
    await bea.taps("Done")
    assert f"Starts in {GET_READY} s." in bea.shown.text
    assert "Warm-up" in bea.shown.text


@pytest.mark.slow
async def test_who_takes_long_over_the_anchor_is_asked_and_loses_nothing(bea: Runner) -> None:
    await bea.says(EVERYTHING)
    await begin(bea, "core and upper back")
    await passes(bea, QUIET.total_seconds())
    assert "the anchor" in bea.shown.text
    await bea.taps("Pause")
    await bea.taps("Resume")
    assert bea.shown.text.startswith("First, the anchor")
    await passes(bea, 60)
    assert bea.shown.text.startswith("First, the anchor")


async def test_where_the_anchor_moves_the_clock_stops_until_it_holds(bea: Runner) -> None:
    await bea.says(EVERYTHING)
    await begin(bea, "fill the gaps")
    for _ in range(3):  # the anchor, the warm-up, the first set
        await bea.taps("Done")
    assert "2 of" in bea.shown.text
    await bea.taps("Go now")
    assert "After this: move the anchor" in bea.shown.text
    await passes(bea, 45)
    moving = bea.shown
    assert moving.text.startswith("Now move the anchor\nFix it at ankle height.")
    await passes(bea, 15 * 60)
    assert bea.shown == moving
    await bea.taps("Done")
    assert "Standing hip adduction" in bea.shown.text
    assert "Starts in" in bea.shown.text


@pytest.mark.breadth(1)
@pytest.mark.parametrize("kit", [None, "/bands mini light, long band light"])
async def test_without_an_anchor_nothing_is_fixed(bea: Runner, kit: str | None) -> None:
    if kit:
        await bea.says(kit)
    await bea.says("/routine core and upper back")
    assert "a mini band." in bea.shown.text
    assert "door anchor, Pallof" in bea.shown.text or "long band, Pallof" in bea.shown.text
    assert "a door anchor." not in bea.shown.text
    await bea.taps("Start")
    assert "Warm-up" in bea.shown.text


@pytest.mark.slow
async def test_a_swap_to_what_hangs_on_the_anchor_fixes_it_first(bea: Runner) -> None:
    await bea.says(EVERYTHING)
    await begin(bea, "hips and glutes")
    await bea.says("/stop")
    await bea.says("/routine core and upper back")
    await bea.taps("Start")
    await bea.taps("Done")
    await bea.taps("Skip")
    await bea.taps("Swap")
    assert "Standing band twist" in bea.shown.text
    await bea.taps("1: today")
    assert "Now move the anchor" in bea.shown.text


async def test_a_ramp_comes_before_the_heavy_sets_and_is_none(bea: Runner) -> None:
    await bea.says(EVERYTHING)
    await begin(bea, "build strength", "My own pace")
    await bea.taps("Done")
    ramp = bea.shown.text
    assert ramp.startswith("Getting ready\nRomanian deadlift with band\n5 repetitions, then tap")
    assert "It does not count as a set." in ramp
    assert "Use a lighter band than for the sets." in ramp
    assert "After this: rest 40 s, then set 1 of 3." in ramp
    await bea.taps("Done")
    assert bea.shown.text.startswith("1 of 18")
    assert "8 repetitions, then tap Done" in bea.shown.text
    assert "Slowly: about 5 seconds for each." in bea.shown.text
    await bea.says("/stop")
    assert "You had not done anything" in bea.shown.text


@pytest.mark.slow
async def test_hands_free_the_ramp_is_timed(bea: Runner) -> None:
    await bea.says(EVERYTHING)
    await begin(bea, "build strength")
    await bea.taps("Skip")
    await passes(bea, GET_READY)
    assert bea.shown.text.startswith("Go! Getting ready\nRomanian deadlift with band\n20 seconds")
    await passes(bea, 20)
    assert "40 s" in bea.shown.text
    assert "Romanian deadlift with band, set 1 of 3" in bea.shown.text
    await passes(bea, 40)
    assert bea.shown.text.startswith("Go! 1 of 18")


@pytest.mark.slow
async def test_calf_raises_follow_the_five_where_there_were_none_for_a_week(bea: Runner) -> None:
    async def offered(days: int) -> str:
        await bea.stage.travel(TUESDAY + timedelta(days=days))
        await bea.says("/routine marathon five")
        return bea.shown.text

    assert "18 minutes, 22 steps" in await offered(0)
    await bea.taps("Start")
    await walk(bea)
    await bea.taps("Just right")
    assert "15 minutes, 18 steps" in await offered(2)
    assert "15 minutes, 18 steps" in await offered(6)
    assert "18 minutes, 22 steps" in await offered(7)


@pytest.mark.slow
async def test_calf_raises_that_were_skipped_do_not_count(bea: Runner) -> None:
    await begin(bea, "marathon five")
    while "Done" in bea.shown.labels:
        await bea.taps("Skip" if "calf raise" in bea.shown.text else "Done")
    await bea.stage.travel(TUESDAY + timedelta(days=2))
    await bea.says("/routine marathon five")
    assert "18 minutes, 22 steps" in bea.shown.text


@pytest.mark.slow
@pytest.mark.parametrize("kit", [None, "/bands none", EVERYTHING])
@pytest.mark.parametrize("routine", ROUTINES)
async def test_what_is_needed_is_what_the_steps_say(
    bea: Runner, routine: str, kit: str | None
) -> None:
    if kit:
        await bea.says(kit)
    await bea.says(f"/routine {routine}")
    needed = bea.shown.text
    await bea.taps("My own pace")
    steps = await walk(bea)
    assert ("a door anchor" in needed) == any("the anchor\n" in step for step in steps)
    if kit == "/bands none":
        assert "You need: no band." in needed
    for kind in ("mini band", "long loop", "long band"):
        if any("Band: your" in step and f" {kind}" in step for step in steps):
            assert f"a {kind}" in needed
