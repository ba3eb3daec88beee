"""What is typed in the runner's own words: bands, days, single reminders, two wishes at once."""

from datetime import timedelta

import pytest

from tests.conversations.stage import FIVE, Runner, Stage
from tests.databases import rows

LONG = "clamshell 2x12, " * 300


def kit(stage: Stage) -> list[tuple[str, str, str]]:
    return [(row["kind"], row["level"], row["colour"]) for row in rows(stage.database, "bands")]


def days(stage: Stage) -> list[tuple[str, str]]:
    return [(row["weekday"], row["local_time"]) for row in rows(stage.database, "schedule")]


@pytest.mark.slow
async def test_a_bands_strength_is_asked_and_the_answer_counts_after_a_restart(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("I only have a red mini band")
    assert bea.shown.text.startswith("How strong is your mini band?")
    assert kit(stage) == []
    await stage.restart()
    await bea.says("the light one")
    assert kit(stage) == [("mini-band", "light", "red")]


@pytest.mark.slow
async def test_the_strength_may_be_tapped_and_the_same_tap_again_changes_nothing(
    stage: Stage, bea: Runner
) -> None:
    asked = await bea.says("I bought a long loop")
    await bea.says("heavy")
    await bea.taps("Heavy", asked)
    assert kit(stage) == [("long-loop", "heavy", "")]
    await bea.says("heavy")
    assert kit(stage) == [("long-loop", "heavy", "")]


async def test_a_new_band_comes_to_the_others_and_only_replaces_them(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("/bands mini light, long loop heavy")
    await bea.says("I bought a medium mini band")
    assert len(kit(stage)) == 3
    await bea.says("I only have a light mini band")
    assert kit(stage) == [("mini-band", "light", "")]


async def test_a_question_for_the_strength_ends_with_other_bands(stage: Stage, bea: Runner) -> None:
    await bea.says("I have a long loop")
    await bea.says("/bands mini light")
    await bea.says("heavy")
    assert kit(stage) == [("mini-band", "light", "")]


@pytest.mark.parametrize(
    "words", ["I have a light mini band and a long loop", "/bands mini light, long loop"]
)
async def test_bands_named_with_one_of_unknown_strength_are_kept_when_it_is_tapped(
    stage: Stage, bea: Runner, words: str
) -> None:
    await bea.says(words)
    await bea.taps("Heavy")
    assert kit(stage) == [("long-loop", "heavy", ""), ("mini-band", "light", "")]
    assert "• mini band: light\n• long loop: heavy" in bea.shown.text


async def test_a_strength_that_is_missing_behind_the_command_may_be_typed(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("/bands long loop heavy, mini green")
    await bea.says("light")
    assert ("mini-band", "light", "green") in kit(stage)


@pytest.mark.slow
async def test_the_question_for_the_strength_can_be_left(stage: Stage, bea: Runner) -> None:
    await bea.says("I have a mini band")
    await bea.says("cancel")
    await bea.says("light")
    assert kit(stage) == []


@pytest.mark.parametrize(
    ("said", "saved"),
    [
        (("tue thu 7",), [("thursday", "07:00"), ("tuesday", "07:00")]),
        (("mondays and thursdays", "half past six"), [("monday", "06:30"), ("thursday", "06:30")]),
        (("tue thu 7", "no, wednesday"), [("wednesday", "07:00")]),
        (("tue 7", "sorry, i mean at 8"), [("tuesday", "08:00")]),
        (("/reminders 7", "friday", "no, saturday"), [("saturday", "07:00")]),
        (("tue thu", "cancel", "7"), []),
    ],
)
@pytest.mark.breadth(1)
async def test_days_are_typed_without_a_command_and_corrected(
    stage: Stage, bea: Runner, said: tuple[str, ...], saved: list[tuple[str, str]]
) -> None:
    await bea.says("/timezone Berlin")
    for words in said:
        await bea.says(words)
    assert sorted(days(stage)) == saved


async def test_days_are_added_and_taken_away_and_only_the_last_named_is_corrected(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("/timezone Berlin")
    for words, shown in (
        ("tue thu 7", "Tuesday, Thursday 07:00"),
        ("and sunday", "Tuesday, Thursday, Sunday 07:00"),
        ("no, 6:30", "Tuesday, Thursday 07:00; Sunday 06:30"),
        ("also saturday at 9", "Tuesday, Thursday 07:00; Saturday 09:00; Sunday 06:30"),
        ("not sunday", "Tuesday, Thursday 07:00; Saturday 09:00"),
        ("monday too", "Monday, Tuesday, Thursday 07:00; Saturday 09:00"),
        ("only saturday", "Saturday 09:00"),
    ):
        await bea.says(words)
        assert bea.shown.text.startswith(shown), words
        stage.clock.jump(timedelta(minutes=1))
    for words in ("not saturday", "not before 8am"):
        await bea.says(words)
        assert "Save" in bea.shown.labels, "the day picker"
        assert days(stage) == [("saturday", "09:00")]


@pytest.mark.slow
async def test_days_are_corrected_while_the_place_is_asked(stage: Stage, bea: Runner) -> None:
    await bea.says("tue thu 7")
    await bea.says("no, friday")
    await stage.restart()
    await bea.says("Berlin")
    assert days(stage) == [("friday", "07:00")]


@pytest.mark.slow
async def test_a_correction_comes_within_half_an_hour(stage: Stage, bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders tue 7")
    stage.clock.jump(timedelta(minutes=31))
    await bea.says("no, thursday")
    assert days(stage) == [("tuesday", "07:00")]


async def test_one_reminder_comes_once_without_training_days(stage: Stage, bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("remind me tomorrow at 7")
    assert bea.shown.text.startswith("I will remind you on Wednesday 25 November, at 07:00")
    await bea.says("when is the next one")
    assert "Wednesday 25 November" in bea.shown.text
    await stage.travel(stage.clock.now() + timedelta(days=1, minutes=1))
    assert "Not today" in bea.shown.labels
    before = len(bea.messages)
    await stage.travel(stage.clock.now() + timedelta(days=3))
    assert len(bea.messages) == before


@pytest.mark.slow
async def test_one_reminder_waits_for_the_city_and_is_not_typed_again(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("remind me tomorrow at 7")
    assert bea.shown.text.startswith("Where are you?")
    assert rows(stage.database, "reminders") == []
    await stage.restart()
    await bea.says("Portland")
    await bea.taps(bea.shown.labels[0])
    assert bea.shown.text.startswith("I will remind you on Tuesday 24 November, at 7:00 am")
    await stage.travel(stage.clock.now() + timedelta(days=1, hours=2))
    assert "Not today" in bea.shown.labels
    assert bea.count("I will remind you on") == 1


@pytest.mark.slow
async def test_tomorrow_is_that_of_the_place_when_it_was_said(stage: Stage, bea: Runner) -> None:
    await bea.says("remind me tomorrow at 7")
    stage.clock.jump(timedelta(hours=18))
    await bea.says("Berlin")
    assert bea.shown.text.startswith("I will remind you on Wednesday 25 November, at 07:00")


@pytest.mark.slow
async def test_a_reminder_that_waits_is_left_with_the_question(stage: Stage, bea: Runner) -> None:
    await bea.says("remind me tomorrow at 7")
    await bea.says("no")
    await bea.says("/timezone Berlin")
    assert bea.count("I will remind you on") == 0
    assert rows(stage.database, "reminders") == []


@pytest.mark.slow
async def test_training_days_wait_for_the_city_as_well(stage: Stage, bea: Runner) -> None:
    await bea.says("/reminders mon wed 7")
    await bea.says("Berlin")
    assert days(stage) == [("monday", "07:00"), ("wednesday", "07:00")]


@pytest.mark.slow
async def test_one_reminder_is_gone_with_the_others(stage: Stage, bea: Runner) -> None:
    await bea.says("remind me in 2 hours")
    await bea.says("stop the reminders")
    before = len(bea.messages)
    await stage.travel(stage.clock.now() + timedelta(hours=3))
    assert len(bea.messages) == before


async def test_of_two_wishes_the_first_is_done_and_the_second_offered(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("stop reminders and delete my data")
    assert bea.count("Reminders are off.") == 1
    assert "“delete my data”" in bea.shown.text
    offer = bea.shown
    await stage.restart()
    await bea.says("yes")
    assert bea.shown.labels == ["Erase everything", "Keep it"]
    await bea.sends_data(offer, "second:1")
    assert len(rows(stage.database, "runners")) == 1


async def test_days_may_be_one_of_two_wishes(stage: Stage, bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("tue thu 7")
    await bea.says("change reminders to 6pm and give me something for my hips")
    assert days(stage) == [("thursday", "18:00"), ("tuesday", "18:00")]
    assert bea.shown.text.startswith("Hips")


async def test_the_second_wish_may_be_tapped_or_left(bea: Runner) -> None:
    await bea.says("clamshell and my progress")
    await bea.taps("Yes")
    assert bea.shown.text.startswith("Your training")
    await bea.says("my progress and clamshell")
    await bea.says("no")
    assert bea.shown.text == "All right, I leave that."


@pytest.mark.slow
async def test_a_wish_in_a_session_leaves_its_yes_to_the_session(bea: Runner) -> None:
    await bea.says("/routine first two weeks")
    await bea.taps("My own pace")
    await bea.says("my progress and clamshell")
    await bea.says("yes")
    assert bea.count("Your training") == 1


@pytest.mark.statements
async def test_what_was_done_elsewhere_counts_for_two_days(stage: Stage, bea: Runner) -> None:
    await bea.has_trained(FIVE, stage.clock.now() - timedelta(days=7))
    await bea.says("I did it at the gym")
    await bea.says("/routine marathon five")
    assert "less than 48 hours ago" in bea.shown.text
    stage.clock.jump(timedelta(hours=49))
    await bea.says("/routine marathon five")
    assert "less than 48 hours ago" not in bea.shown.text


async def test_what_was_done_long_ago_counts_for_nothing(stage: Stage, bea: Runner) -> None:
    await bea.says("I did a gym session last week")
    assert [row["elsewhere_at"] for row in rows(stage.database, "runners")] == [None]


async def test_what_is_likely_meant_is_offered(bea: Runner) -> None:
    await bea.says("I never said stop the reminders")
    await bea.taps("My reminders")
    assert bea.shown.text.startswith("You have no reminders.")


@pytest.mark.slow
async def test_a_forged_guess_changes_nothing(stage: Stage, bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("tue 7")
    await bea.says("I never said stop the reminders")
    await bea.sends_data(bea.shown, "wish:reminders-off")
    assert days(stage) == [("tuesday", "07:00")]


@pytest.mark.slow
async def test_a_routine_of_300_steps_is_answered(stage: Stage, bea: Runner) -> None:
    await bea.says(LONG[:4000])
    assert bea.shown.text
    assert rows(stage.database, "sessions") == []


async def test_who_is_ill_is_asked_no_second_wish(bea: Runner) -> None:
    await bea.says("not today, sick")
    assert bea.shown.text.startswith("Get well first")
    assert len(bea.messages) == 2


async def test_the_pace_is_changed_by_one_tap(bea: Runner) -> None:
    await bea.says("/routine first two weeks")
    await bea.says("start")
    await bea.says("can we go slower")
    await bea.taps("My own pace")
    await bea.says("too fast")
    assert "Hands-free" in bea.shown.labels


@pytest.mark.slow
async def test_a_time_tapped_after_it_was_typed_is_old_and_changes_nothing(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders tue thu")
    question = bea.shown
    await bea.says("18:30")
    assert days(stage) == [("thursday", "18:30"), ("tuesday", "18:30")]
    tap = await bea.taps("07:00", question)
    assert tap.text == "This button is too old."
    await bea.taps("Another time", question)
    assert days(stage) == [("thursday", "18:30"), ("tuesday", "18:30")]


@pytest.mark.slow
async def test_a_time_is_no_answer_to_the_next_question(stage: Stage, bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders tue thu")
    first = bea.shown
    stage.clock.jump(timedelta(seconds=20))
    await bea.says("/reminders mon")
    await bea.taps("07:00", first)
    assert days(stage) == []
    await bea.taps("18:00")
    assert days(stage) == [("monday", "18:00")]


@pytest.mark.slow
async def test_days_tapped_count_as_long_as_nothing_else_was_asked(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders 7 pm")
    stage.clock.jump(timedelta(hours=2))
    await bea.taps("Mon")
    ticked = bea.shown
    await bea.says("/timezone")
    tap = await bea.taps("Save", ticked)
    assert tap.text == "This button is too old."
    assert days(stage) == []
    await bea.says("/reminders 7 pm")
    await bea.taps("Mon")
    await bea.taps("Save")
    assert days(stage) == [("monday", "19:00")]


@pytest.mark.slow
async def test_what_is_not_said_of_days_or_time_stays_as_it_is(stage: Stage, bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders tue thu 7")
    stage.clock.jump(timedelta(hours=2))
    await bea.says("move my reminder to half seven")
    assert days(stage) == [("thursday", "07:30"), ("tuesday", "07:30")]
    await bea.says("change the days to monday and friday")
    assert days(stage) == [("friday", "07:30"), ("monday", "07:30")]


async def test_a_new_time_without_days_asks_for_the_days(stage: Stage, bea: Runner) -> None:
    await bea.says("move my reminder to half seven")
    assert "Which days at 07:30?" in bea.shown.text
    assert days(stage) == []
