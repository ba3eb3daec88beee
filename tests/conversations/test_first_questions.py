"""After the first sessions the coach asks what it needs: one question each, and each once."""

from datetime import timedelta

import pytest

from bot.domain.session import Rating
from bot.services import bands, runners
from tests.conversations.stage import Runner, Stage

FIRST = "first two weeks"
REMIND = "Shall I remind you to train?"
PACE = "shall I lead you by the clock"
BANDS = "Which bands do you have?"


@pytest.fixture
async def eve(stage: Stage) -> Runner:
    """A runner who has answered the safety screen, and was asked nothing else."""
    eve = stage.runner("Eve")
    await eve.says("/start")
    await eve.taps("None applies to me")
    return eve


async def trains(eve: Runner) -> None:
    """Begins a session, ends it after two steps, and says how it felt."""
    await eve.says(f"/routine {FIRST}")
    await eve.taps("Start")
    for label in ("Done", "Done", "Stop", "Just right"):
        await eve.taps(label)


async def test_after_the_first_session_the_days_are_asked_and_nothing_else(eve: Runner) -> None:
    assert eve.count(REMIND) == 0
    await trains(eve)
    assert REMIND in eve.shown.text
    assert eve.shown.labels == ["Mornings", "Lunch", "Evenings", "Skip"]
    assert eve.count(PACE) + eve.count(BANDS) == 0
    question = eve.shown
    await eve.taps("Mornings")
    assert {"Mon", "− 1 h", "+ 1 h", "Save"} <= set(eve.shown.labels)
    assert "06:30" in eve.shown.text
    await eve.sends_data(question, "first:days:skip:")
    assert eve.count("No reminders, then") == 0


@pytest.mark.slow
async def test_what_was_skipped_is_never_asked_again(stage: Stage, eve: Runner) -> None:
    await trains(eve)
    await eve.taps("Skip")
    assert "No reminders, then" in eve.shown.text
    await stage.travel(stage.clock.now() + timedelta(days=3))
    await trains(eve)
    assert PACE in eve.shown.text
    assert eve.count(REMIND) == 0
    await eve.taps("Skip")
    await stage.travel(stage.clock.now() + timedelta(days=3))
    await trains(eve)
    assert eve.count(REMIND) + eve.count(PACE) == 0


@pytest.mark.slow
async def test_the_days_may_be_typed_even_after_a_restart(stage: Stage, eve: Runner) -> None:
    await trains(eve)
    await stage.restart()
    await eve.says("tue thu 18:30")
    assert "Where are you?" in eve.shown.text
    await eve.says("Berlin")
    assert "18:30" in eve.shown.text


@pytest.mark.slow
async def test_a_part_of_the_day_and_a_no_are_answers_too(stage: Stage, eve: Runner) -> None:
    await trains(eve)
    await eve.says("evenings")
    assert "Which days at" in eve.shown.text
    bob = stage.runner("Bob")
    await bob.says("/start")
    await bob.taps("None applies to me")
    await trains(bob)
    await bob.says("no thanks")
    assert "No reminders, then" in bob.shown.text


@pytest.mark.slow
async def test_the_pace_is_asked_after_the_second_session(stage: Stage, eve: Runner) -> None:
    await trains(eve)
    await eve.taps("Skip")
    await stage.travel(stage.clock.now() + timedelta(days=3))
    await trains(eve)
    await eve.says("my own pace")
    assert "At your own pace, then" in eve.shown.text
    stored = await runners.get(stage.work.coach.db, eve.id)
    assert stored is not None
    assert stored.own_pace


@pytest.mark.slow
async def test_who_has_days_is_not_asked_for_them(eve: Runner) -> None:
    await eve.says("/timezone Berlin")
    await eve.says("/reminders tue thu 7")
    await trains(eve)
    assert eve.count(REMIND) == 0


@pytest.mark.statements
async def test_the_bands_are_asked_before_a_routine_that_needs_more_and_then_it_goes_on(
    stage: Stage, eve: Runner
) -> None:
    await eve.says("/routine marathon five")
    assert eve.count(BANDS) == 0, "not before the first session"
    await eve.taps("Stop")
    await trains(eve)
    await eve.taps("Skip")
    await stage.travel(stage.clock.now() + timedelta(days=3))
    await eve.says("/routine hips and glutes")
    assert eve.count(BANDS) == 0
    await eve.says("/routine marathon five")
    assert BANDS in eve.shown.text
    assert eve.shown.labels == ["Only a mini band", "More bands", "No band", "Skip"]
    await eve.taps("Only a mini band")
    assert "Marathon five" in eve.shown.text
    assert "Start" in eve.shown.labels
    await eve.says("/routine marathon five")
    assert eve.count(BANDS) == 0


async def test_bands_may_be_typed(stage: Stage, eve: Runner) -> None:
    await trains(eve)
    await eve.taps("Skip")
    await stage.travel(stage.clock.now() + timedelta(days=3))
    await eve.says("/routine marathon five")
    await eve.says("mini light green, long loop heavy")
    kit = await bands.get(stage.work.coach.db, eve.id)
    assert kit is not None
    assert len(kit.bands) == 2


@pytest.mark.slow
async def test_after_pain_nothing_is_asked(eve: Runner) -> None:
    await eve.says(f"/routine {FIRST}")
    await eve.taps("Start")
    for label in ("Done", "Done", "Something hurts"):
        await eve.taps(label)
    await eve.says("/stop")
    assert eve.count(REMIND) == 0


@pytest.mark.slow
async def test_what_was_asked_is_forgotten_with_all_else(eve: Runner) -> None:
    await trains(eve)
    await eve.says("/delete")
    await eve.taps("Erase everything")
    await eve.says("/start")
    await eve.taps("None applies to me")
    await trains(eve)
    assert REMIND in eve.shown.text


async def has_trained(stage: Stage, eve: Runner) -> None:
    """Trains once, leaves the question about days, and comes back three days later."""
    await trains(eve)
    await eve.taps("Skip")
    await stage.travel(stage.clock.now() + timedelta(days=3))


async def test_start_asks_for_the_bands_first_and_then_the_session_starts_at_once(
    stage: Stage, eve: Runner
) -> None:
    await has_trained(stage, eve)
    await eve.sends_data(eve.shown, "start:marathon-five")
    assert BANDS in eve.shown.text
    asked = eve.shown
    await eve.taps("Only a mini band")
    assert "Warm-up" in eve.shown.text
    assert eve.count("A mini band it is") == 1
    tap = await eve.sends_data(asked, "firstgo:none:marathon-five")
    assert tap.answered_at is not None
    assert await bands.get(stage.work.coach.db, eve.id) is None


@pytest.mark.slow
async def test_skipped_the_bands_are_not_asked_again_and_the_session_starts(
    stage: Stage, eve: Runner
) -> None:
    await has_trained(stage, eve)
    await eve.sends_data(eve.shown, "start:marathon-five")
    await eve.says("skip")
    assert "Warm-up" in eve.shown.text
    await eve.taps("Stop", await eve.finds("Stop"))
    await stage.travel(stage.clock.now() + timedelta(days=3))
    await eve.sends_data(eve.shown, "start:marathon-five")
    assert "Warm-up" in eve.shown.text
    assert eve.count(BANDS) == 1


@pytest.mark.slow
async def test_typed_bands_are_kept_and_the_session_has_them(stage: Stage, eve: Runner) -> None:
    await has_trained(stage, eve)
    await eve.sends_data(eve.shown, "start:marathon-five")
    await stage.restart()
    await eve.says("mini light green, long loop heavy")
    assert "Warm-up" in eve.shown.text
    kit = await bands.get(stage.work.coach.db, eve.id)
    assert kit is not None
    assert len(kit.bands) == 2


@pytest.mark.slow
async def test_who_has_more_bands_taps_them_and_then_start(stage: Stage, eve: Runner) -> None:
    await has_trained(stage, eve)
    await eve.sends_data(eve.shown, "start:marathon-five")
    await eve.taps("More bands")
    picker = eve.with_button("Long loop")
    assert eve.shown.labels == ["Start"]
    await eve.taps("Long loop", picker)
    await eve.taps("Heavy", eve.with_button("Heavy"))
    await eve.taps("Start", eve.with_button("Start"))
    assert "Warm-up" in eve.shown.text


@pytest.mark.slow
async def test_a_reminders_start_asks_as_well(stage: Stage, eve: Runner) -> None:
    await eve.says("/timezone London")
    await eve.says("/reminders daily 07:00")
    first = stage.clock.now()
    for day in (0, 4, 8, 12):
        await eve.has_trained(FIRST.replace(" ", "-"), first + timedelta(days=day), Rating.RIGHT)
    await stage.travel(first + timedelta(days=16))
    assert "Marathon five" in eve.shown.text
    await eve.taps("Start")
    assert BANDS in eve.shown.text
    await eve.taps("Only a mini band")
    assert "Warm-up" in eve.shown.text


@pytest.mark.slow
@pytest.mark.parametrize("words", ["/routine 15 min upper back", "my upper back: band row 2x30s"])
async def test_what_is_made_or_ones_own_asks_as_well(stage: Stage, eve: Runner, words: str) -> None:
    await has_trained(stage, eve)
    if words.startswith("my"):
        await eve.says("my routine: band row 2x30s, face pull 2x30s")
        await eve.taps("Save", await eve.finds("Save"))
        words = "/routine my routine"
    await eve.says(words)
    assert BANDS in eve.shown.text


@pytest.mark.slow
async def test_a_made_session_that_a_mini_band_does_for_asks_nothing(
    stage: Stage, eve: Runner
) -> None:
    await has_trained(stage, eve)
    await eve.says("/routine before a run")
    assert eve.count(BANDS) == 0


@pytest.mark.slow
async def test_an_old_answer_does_not_take_away_bands_that_were_told_since(
    stage: Stage, eve: Runner
) -> None:
    await has_trained(stage, eve)
    await eve.says("/routine marathon five")
    question = eve.shown
    await eve.says("/bands mini light green, long loop heavy")
    await eve.taps("No band", question)
    kit = await bands.get(stage.work.coach.db, eve.id)
    assert kit is not None
    assert len(kit.bands) == 2
