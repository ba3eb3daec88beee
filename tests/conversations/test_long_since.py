"""What was not done for long begins gently again, whatever else was done meanwhile."""

from datetime import timedelta

import pytest

from bot.db import prescriptions
from bot.domain.kit import Level
from bot.domain.prescription import Prescription
from bot.domain.session import Rating
from tests.conversations.stage import FIVE, TUESDAY, Runner

BANDS = "/bands mini light, mini heavy, long loop light, long loop heavy, long band light,"
BANDS += " long band heavy, door anchor"
HEAVY = Prescription(8, 3, Level.HEAVY, tempo=1, calibrating=0)
BUILD = ("band-romanian-deadlift", "band-split-squat", "band-row", "band-calf-raise")


async def was_strong(runner: Runner) -> None:
    """Heavy bands ten weeks ago, and nothing but trunk and upper back since."""
    await runner.says(BANDS)
    async with runner.stage.work.coach.db.write(runner.id) as connection:
        await prescriptions.save(connection, runner.id, dict.fromkeys(BUILD, HEAVY), True)
    for routine in ("build-strength", *["core-and-upper-back"] * 10):
        await runner.has_trained(routine, runner.stage.clock.now(), Rating.RIGHT)
        await runner.stage.travel(runner.stage.clock.now() + timedelta(days=7))


async def doses(runner: Runner) -> dict[str, Prescription]:
    async with runner.stage.work.coach.db.read() as connection:
        found = await prescriptions.get(connection, [runner.id])
    return {key: stored.prescription for key, stored in found[runner.id].items()}


@pytest.mark.slow
async def test_ten_weeks_of_core_do_not_keep_the_legs_at_the_heavy_band(bea: Runner) -> None:
    await was_strong(bea)
    await bea.says("/routine build strength")
    assert "Something today is new to you" in bea.shown.text
    assert "Welcome back" not in bea.shown.text
    await bea.taps("Start")
    shown = []
    while "Done" in bea.shown.labels:
        shown.append(bea.shown.text)
        await bea.taps("Done")
    new = [
        text
        for text in shown
        if text.splitlines()[1] in ("Romanian deadlift with band", "Split squat")
    ]
    assert [text for text in new if "Set " in text] == []
    assert len(new) == 3, "one set of each, one of them on two sides"
    heavy = {text.splitlines()[1] for text in shown if "(heavy)" in text or "heavy long" in text}
    assert heavy == {"Band row"}, "that was done in the core"
    await bea.taps("Easy")
    known = await doses(bea)
    for key in ("band-romanian-deadlift", "band-split-squat"):
        assert (known[key].band, known[key].sets, known[key].tempo) == (Level.LIGHT, 2, 0)
        assert known[key].introduces is None
    assert known["band-row"] == HEAVY


@pytest.mark.slow
async def test_the_next_session_goes_on_from_there(bea: Runner) -> None:
    await was_strong(bea)
    await bea.says("/routine build strength")
    await bea.taps("Start")
    while "Done" in bea.shown.labels:
        await bea.taps("Done")
    await bea.taps("Too hard")
    await bea.stage.travel(bea.stage.clock.now() + timedelta(days=3))
    await bea.says("/routine build strength")
    assert "new to you" not in bea.shown.text
    known = await doses(bea)
    assert (known["band-split-squat"].sets, known["band-split-squat"].variant) == (1, 0)


async def test_of_what_is_new_a_newcomer_gets_one_set(bea: Runner) -> None:
    await bea.says("/routine marathon five")
    assert "Several exercises are new to you" in bea.shown.text
    assert "11 steps" in bea.shown.text


async def test_three_weeks_without_an_exercise_are_told(bea: Runner) -> None:
    await bea.has_trained(FIVE, TUESDAY)
    for day in (7, 14, 20):
        await bea.has_trained("core-and-upper-back", TUESDAY + timedelta(days=day))
    await bea.stage.travel(TUESDAY + timedelta(days=22))
    await bea.says("/routine marathon five")
    assert "Some of this you have not done for two weeks or more" in bea.shown.text
