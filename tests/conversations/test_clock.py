"""Times of day by the runner's clock, and days that say whether they are included."""

from datetime import UTC, datetime

from tests.conversations.stage import Runner, Stage


async def test_who_lives_in_new_york_reads_am_and_pm(bea: Runner) -> None:
    await bea.says("/timezone New York")
    assert "it is 1:00 am there now" in bea.shown.text
    await bea.says("/reminders tue thu 18:15")
    assert "18:15" in bea.shown.text, "as typed"


async def test_in_berlin_the_clock_has_24_hours_until_one_types_pm(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders tue thu 7")
    assert "Thursday 07:00" in bea.shown.text
    await bea.says("/reminders tue thu 6:30 pm")
    assert "Tuesday, Thursday 6:30 pm" in bea.shown.text
    assert "Next reminder: Tuesday 24 November at 6:30 pm." in bea.shown.text
    await bea.says("/reminders")
    assert "Time: 6:30 pm" in bea.shown.text
    await bea.says("when is the next reminder")
    assert "at 6:30 pm" in bea.shown.text
    await bea.says("/export")


async def test_a_reminder_put_off_says_when_by_the_same_clock(stage: Stage, bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders tue thu 6:30 pm")
    await stage.travel(datetime(2026, 11, 24, 17, 31, tzinfo=UTC))
    await bea.taps("In 1 hour")
    assert bea.count("I will ask again at 7:31 pm") == 1


async def test_presets_follow_the_clock(bea: Runner) -> None:
    await bea.says("/timezone Sydney")
    await bea.says("/reminders mon wed")
    assert "7:00 am" in bea.shown.labels


async def test_away_says_that_reminders_come_again_on_the_day_itself(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders mon 07:00")
    await bea.says("/away monday")
    assert "No reminders until Monday 30 November 2026; on that day they come again" in (
        bea.shown.text
    )


async def test_the_running_week_and_its_days_are_told_by_the_same_clock(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders mon 7 pm")
    await bea.says("/week long sun, hard tue 18:30")
    assert "Tuesday: hard run, 6:30 pm" in bea.shown.text
    await bea.taps("Use these days")
    assert "Thursday 7:00 pm" in bea.shown.text
