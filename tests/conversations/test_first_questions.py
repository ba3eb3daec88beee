"""After the first sessions the coach asks what it needs: one question each, and each once."""

from datetime import timedelta

import pytest

from bot.services import bands, runners
from tests.conversations.stage import Runner, Stage

FIRST = "first two weeks"
REMIND = "Shall I remind you on your days?"
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


async def test_the_days_may_be_typed_even_after_a_restart(stage: Stage, eve: Runner) -> None:
    await trains(eve)
    await stage.restart()
    await eve.says("tue thu 18:30")
    assert "Where are you?" in eve.shown.text
    await eve.says("Berlin")
    assert "18:30" in eve.shown.text


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


async def test_who_has_days_is_not_asked_for_them(eve: Runner) -> None:
    await eve.says("/timezone Berlin")
    await eve.says("/reminders tue thu 7")
    await trains(eve)
    assert eve.count(REMIND) == 0


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


async def test_after_pain_nothing_is_asked(eve: Runner) -> None:
    await eve.says(f"/routine {FIRST}")
    await eve.taps("Start")
    for label in ("Done", "Done", "Something hurts"):
        await eve.taps(label)
    await eve.says("/stop")
    assert eve.count(REMIND) == 0


async def test_what_was_asked_is_forgotten_with_all_else(eve: Runner) -> None:
    await trains(eve)
    await eve.says("/delete")
    await eve.taps("Erase everything")
    await eve.says("/start")
    await eve.taps("None applies to me")
    await trains(eve)
    assert REMIND in eve.shown.text
