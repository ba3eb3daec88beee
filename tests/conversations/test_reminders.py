"""/reminders, /timezone, /away and the reminders themselves, through clock changes and restarts."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.schedule import Slot
from bot.sandbox.faults import Fault
from tests.conversations.stage import Runner, Stage

REMINDER = "Today is a training day"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


async def plan(runner: Runner, days: str, place: str = "Berlin") -> None:
    await runner.says(f"/timezone {place}")
    await runner.says(f"/reminders {days}")


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)  # type: ignore[misc,arg-type]


async def test_the_place_is_asked_before_days_are_saved(ann: Runner) -> None:
    await ann.says("/reminders mon wed fri 07:00")
    assert "Where are you?" in ann.shown.text
    assert ann.stage.world.keyboard(ann.person) is not None
    await ann.says("Berlin")
    assert "Monday, Wednesday, Friday 07:00" in ann.shown.text
    assert "Europe/Berlin" in ann.shown.text
    assert "07:00 now" in ann.shown.text
    assert "Next reminder: Wednesday 25 November at 07:00" in ann.shown.text
    assert "48 hours" not in ann.shown.text
    assert ann.stage.world.keyboard(ann.person) is None


async def test_a_shared_location_answers_too(ann: Runner) -> None:
    await ann.says("/reminders tue 7am sat 9:30")
    ann.stage.world.send_location(ann.person, 27.7, 85.3)
    await ann.stage.settle()
    assert "Asia/Kathmandu" in ann.shown.text
    assert "Saturday 09:30" in ann.shown.text


async def test_days_too_close_are_told(ann: Runner) -> None:
    await plan(ann, "tue 19:00 thu 07:00")
    assert "Tuesday and Thursday are less than 48 hours apart" in ann.shown.text


async def test_several_places_of_a_name_are_asked_back(ann: Runner) -> None:
    await ann.says("/timezone San José")
    label = next(label for label in ann.shown.labels if "Costa Rica" in label)
    await ann.taps(label)
    assert "San José, Costa Rica (America/Costa_Rica)" in ann.shown.text
    assert "it is 00:00 there now" in ann.shown.text


async def test_no_place_is_asked_again_with_an_example(ann: Runner) -> None:
    await ann.says("/timezone")
    await ann.says("qwertyuiop")
    assert "Berlin" in ann.shown.text
    await ann.says("Lisbon")
    assert "Europe/Lisbon" in ann.shown.text


async def test_an_exercise_can_be_asked_for_while_the_place_is_open(ann: Runner) -> None:
    await ann.says("/reminders mon 07:00")
    await ann.says("deadbug")
    assert ann.shown.text.startswith("Dead bug with band")
    await ann.says("Berlin")
    assert "Monday 07:00" in ann.shown.text


async def test_a_city_with_the_first_word_of_an_exercise_is_the_place(ann: Runner) -> None:
    await ann.says("split")
    assert ann.shown.text.startswith("Split squat")
    await ann.says("/reminders mon 07:00")
    await ann.says("Split")
    assert "Europe/Zagreb" in ann.shown.text


async def test_the_open_question_survives_a_restart(ann: Runner) -> None:
    await ann.says("/reminders mon 07:00")
    await ann.stage.restart()
    await ann.says("Berlin")
    assert "Monday 07:00" in ann.shown.text


async def test_the_picker_stores_nothing_before_save(ann: Runner) -> None:
    await ann.says("/timezone Berlin")
    await ann.says("/reminders")
    for label in ("Mon", "Thu", "+ 1 h", "− 15 min"):
        await ann.taps(label)
    assert "✓ Mon" in ann.shown.labels
    assert "Time: 07:45" in ann.shown.text
    assert (await ann.says("/privacy")).text.count("0 training days") == 1
    await ann.taps("Save")
    assert "Monday, Thursday 07:45" in ann.shown.text


async def test_the_picker_without_a_day_says_what_is_missing(ann: Runner) -> None:
    await ann.says("/reminders")
    tap = await ann.taps("Save")
    assert tap.show_alert is True
    assert "Choose at least one day" in (tap.text or "")


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("mon wed", "At what time?"),
        ("07:00", "Which days at 07:00?"),
        ("mon 25:00", "25:00"),
        ("<b>noday</b> 7:00", "<b>noday"),
        ("mon 7:00 mon 8:00", "Monday has two times"),
    ],
)
async def test_what_cannot_be_read_is_told_with_an_example(
    ann: Runner, words: str, what: str
) -> None:
    await ann.says(f"/reminders {words}")
    assert what in ann.shown.text
    assert "/reminders " in ann.shown.text
    assert ann.shown.labels == ["Choose days"]


async def test_a_reminder_comes_on_training_days_and_names_its_routine(bea: Runner) -> None:
    await plan(bea, "wed 07:00 sat 09:30")
    await bea.stage.travel(at(2026, 12, 1, 12))
    assert bea.count(REMINDER) == 2
    assert "First two weeks, 6 minutes with a mini band" in bea.shown.text
    assert bea.shown.labels == ["Start", "In 1 hour", "Not today"]


async def test_start_on_a_reminder_starts_that_session(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    await bea.stage.travel(at(2026, 11, 25, 7))
    await bea.taps("Start")
    assert "Warm-up" in bea.shown.text
    assert bea.count("First two weeks: started") == 1


async def test_start_on_a_reminder_passes_the_safety_screen_first(ann: Runner) -> None:
    await plan(ann, "wed 07:00")
    await ann.stage.travel(at(2026, 11, 25, 7))
    await ann.taps("Start")
    await ann.taps("I understand")
    assert "First two weeks" in ann.shown.text
    await ann.taps("Start")
    assert "Warm-up" in ann.shown.text


async def test_who_has_trained_today_gets_none(bea: Runner) -> None:
    await plan(bea, "wed 20:00")
    await bea.stage.travel(at(2026, 11, 25, 8))
    await bea.says("/routine first two weeks")
    for label in ("Start", "Done", "Done", "Stop"):
        await bea.taps(label)
    await bea.stage.travel(at(2026, 11, 26, 8))
    assert bea.count(REMINDER) == 0


async def test_in_one_hour_comes_once_through_a_restart(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    await bea.stage.travel(at(2026, 11, 25, 6))
    await bea.taps("In 1 hour")
    assert "I will ask again at 08:00" in bea.shown.text
    await bea.stage.restart()
    await bea.stage.travel(at(2026, 11, 25, 12))
    assert bea.count("An hour has passed") == 1
    assert bea.shown.labels == ["Start", "Not today"]


async def test_in_one_hour_past_midnight_keeps_its_date(bea: Runner) -> None:
    await plan(bea, "wed 23:30 thu 20:00")
    await bea.stage.travel(at(2026, 11, 25, 22, 40))
    await bea.taps("In 1 hour")
    await bea.stage.travel(at(2026, 11, 26, 12))
    assert bea.count("An hour has passed") == 1
    await bea.stage.travel(at(2026, 11, 27, 12))
    assert bea.count(REMINDER) == 1


async def test_one_that_was_put_off_and_then_declined_does_not_come_again(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    await bea.stage.travel(at(2026, 11, 25, 6))
    reminder = bea.shown
    await bea.taps("In 1 hour")
    await bea.sends_data(reminder, reminder.button("Not today").data or "")
    await bea.stage.travel(at(2026, 11, 26))
    assert bea.count("An hour has passed") == 0


async def test_in_one_hour_is_offered_once(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    await bea.stage.travel(at(2026, 11, 25, 6))
    reminder = bea.shown
    await bea.taps("In 1 hour")
    tap = await bea.sends_data(reminder, reminder.button("In 1 hour").data or "")
    assert tap.text == "I have put this one off already."


async def test_a_reminder_is_its_runners_alone(stage: Stage, bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    await stage.travel(at(2026, 11, 25, 6))
    eve = await stage.runner("Eve").is_ready()
    for label in ("Start", "In 1 hour", "Not today"):
        tap = await eve.sends_data(eve.shown, bea.shown.button(label).data or "")
        assert tap.text == "This button is not yours."
    assert bea.shown.labels == ["Start", "In 1 hour", "Not today"]


async def test_downtime_over_the_due_minute_is_told_as_late_once(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    slots, pulse = bea.stage.work.slots, bea.stage.work.pulse
    bea.stage.clock.moment = at(2026, 11, 25, 8, 30)
    for _ in range(2):
        await slots.wake(Slot("Europe/Berlin", datetime(2026, 1, 1, 7).time()))  # noqa: DTZ001
        await pulse.deliver()
    assert bea.count(REMINDER) == 1
    assert "This comes late: it was due at 07:00." in bea.shown.text


@pytest.mark.parametrize("later", [3.1 * HOUR, 25 * HOUR])
async def test_later_than_three_hours_or_the_next_day_there_is_none(
    bea: Runner, later: timedelta
) -> None:
    await plan(bea, "wed 07:00")
    bea.stage.clock.moment = at(2026, 11, 25, 6) + later
    await bea.stage.work.slots.wake(
        Slot("Europe/Berlin", datetime(2026, 1, 1, 7).time())  # noqa: DTZ001
    )
    await bea.stage.work.pulse.deliver()
    assert bea.count(REMINDER) == 0


@pytest.mark.parametrize(
    ("place", "days", "start", "dates"),
    [
        ("Europe/Berlin", "daily 02:30", at(2026, 10, 23, 12), 5),  # happens twice on the 25th
        ("Europe/Berlin", "daily 02:30", at(2026, 3, 27, 12), 5),  # is missing on the 29th
        ("Europe/Berlin", "daily 00:30", at(2026, 3, 27, 12), 5),  # the day after
        ("America/New_York", "daily 01:30", at(2026, 10, 30, 12), 5),
        ("America/New_York", "daily 02:15", at(2026, 3, 6, 12), 5),
        ("Africa/Cairo", "daily 00:30", at(2026, 4, 22, 12), 5),  # midnight is missing
        ("Australia/Lord_Howe", "daily 01:45", at(2026, 4, 3, 12), 5),  # half an hour's change
        ("Asia/Kathmandu", "daily 06:10", at(2026, 4, 3, 12), 5),
        ("Asia/Kolkata", "daily 23:59", at(2026, 4, 3, 12), 5),
    ],
)
async def test_each_local_date_has_exactly_one(
    bea: Runner, place: str, days: str, start: datetime, dates: int
) -> None:
    bea.stage.clock.moment = start
    await plan(bea, days, place)
    await bea.stage.travel(start + dates * DAY)
    assert bea.count(REMINDER) == dates


async def test_a_change_of_time_on_a_training_day_gives_one_only(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    await bea.stage.travel(at(2026, 11, 25, 6, 10))
    await bea.says("/reminders wed 09:00")
    await bea.stage.travel(at(2026, 11, 25, 20))
    assert bea.count(REMINDER) == 1


async def test_a_change_of_zone_on_a_training_day_gives_one_only(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    await bea.stage.travel(at(2026, 11, 25, 6, 10))
    await bea.says("/timezone New York")
    assert "Next reminder: Wednesday 2 December at 07:00" in bea.shown.text
    await bea.stage.travel(at(2026, 11, 26, 20))
    assert bea.count(REMINDER) == 1


async def test_a_time_that_is_past_when_chosen_waits_for_next_week(bea: Runner) -> None:
    bea.stage.clock.moment = at(2026, 11, 25, 7)
    await plan(bea, "wed 07:00")
    await bea.stage.work.slots.wake(
        Slot("Europe/Berlin", datetime(2026, 1, 1, 7).time())  # noqa: DTZ001
    )
    await bea.stage.work.pulse.deliver()
    assert bea.count(REMINDER) == 0


async def test_away_pauses_and_off_brings_back(bea: Runner) -> None:
    await plan(bea, "daily 07:00")
    await bea.says("/away 28 November")
    assert "Saturday 28 November" in bea.shown.text
    await bea.stage.travel(at(2026, 11, 28, 3))
    assert bea.count(REMINDER) == 0
    await bea.stage.travel(at(2026, 11, 28, 12))
    assert bea.count(REMINDER) == 1
    await bea.says("/away")
    await bea.taps("1 week")
    assert "Saturday 5 December" in bea.shown.text
    await bea.says("/away off")
    await bea.stage.travel(at(2026, 11, 29, 12))
    assert bea.count(REMINDER) == 2


@pytest.mark.parametrize("words", ["banana", "yesterday", "1 May 2031", "<b>"])
async def test_away_until_no_date_says_how(ann: Runner, words: str) -> None:
    await ann.says(f"/away {words}")
    assert words in ann.shown.text
    assert "/away 24 December" in ann.shown.text


async def test_off_means_off(bea: Runner) -> None:
    await plan(bea, "daily 07:00")
    await bea.says("/reminders off")
    await bea.stage.travel(at(2026, 11, 27))
    assert bea.count(REMINDER) == 0
    assert bea.stage.work.coach.calendar.wakes() == {}


async def test_who_blocked_the_bot_gets_none_until_they_come_back(bea: Runner) -> None:
    await plan(bea, "daily 07:00")
    world = bea.stage.world
    world.block(bea.person)
    await bea.stage.settle()
    await bea.stage.travel(at(2026, 11, 26, 12))
    assert [c for c in world.refused() if c.method == "sendMessage"] == []
    world.unblock(bea.person)
    await bea.stage.settle()
    await bea.stage.travel(at(2026, 11, 27, 12))
    assert bea.count(REMINDER) == 1


async def test_a_block_that_nobody_told_of_is_learnt_from_the_refusal(bea: Runner) -> None:
    await plan(bea, "daily 07:00")
    world = bea.stage.world
    refusals = Fault(method="sendMessage", kind="status", status=403, chat_id=bea.id, times=1)
    world.faults.add(refusals)
    await bea.stage.travel(at(2026, 11, 27, 12))
    assert bea.count(REMINDER) == 0
    await bea.says("/start")
    await bea.stage.travel(at(2026, 11, 28, 12))
    assert bea.count(REMINDER) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault(method="sendMessage", kind="status", status=500),
        Fault(method="sendMessage", kind="drop"),
        Fault(method="sendMessage", kind="drop", handled=True),
    ],
    ids=["500", "dropped before", "answer lost"],
)
async def test_a_reminder_whose_fate_is_unknown_is_not_sent_again(
    bea: Runner, fault: Fault
) -> None:
    await plan(bea, "wed 07:00")
    bea.stage.world.faults.add(fault)
    await bea.stage.travel(at(2026, 11, 25, 7))
    await bea.stage.restart()
    await bea.stage.travel(at(2026, 11, 25, 9))
    assert bea.count(REMINDER) == (1 if fault.handled else 0)
    sends = [c for c in bea.stage.world.calls if c.method == "sendMessage"]
    assert sum(REMINDER in str(call.params.get("text")) for call in sends) == 1


async def test_a_flood_limit_is_waited_for_and_the_reminder_comes(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    bea.stage.world.faults.add(Fault(method="sendMessage", kind="flood", retry_after=1))
    await bea.stage.travel(at(2026, 11, 25, 7))
    assert bea.count(REMINDER) == 1


async def test_a_crowd_is_reminded_once_each(stage: Stage) -> None:
    crowd = [stage.runner(f"Runner {number}") for number in range(60)]
    for runner in crowd:
        stage.world.say(runner.person, "/timezone Berlin")
        stage.world.say(runner.person, "/reminders wed 07:00")
    await stage.settle()
    await stage.travel(at(2026, 11, 25, 12))
    assert [runner.count(REMINDER) for runner in crowd] == [1] * 60


async def test_slots_nobody_uses_are_dropped_and_shared_ones_stay(stage: Stage) -> None:
    ann, bea = stage.runner("Ann"), stage.runner("Bea")
    await plan(ann, "mon 07:00")
    await plan(bea, "mon 07:00 thu 08:00")
    assert len(stage.work.coach.calendar.wakes()) == 2
    await bea.says("/reminders off")
    assert [slot.at.hour for slot in stage.work.coach.calendar.wakes()] == [7]


async def test_one_whose_answer_is_late_can_still_be_put_off(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    world, stage = bea.stage.world, bea.stage
    world.faults.add(Fault(method="sendMessage", kind="latency", seconds=1.0, handled=True))
    stage.clock.moment = at(2026, 11, 25, 6)
    await stage.work.slots.wake(Slot("Europe/Berlin", datetime(2026, 1, 1, 7).time()))  # noqa: DTZ001
    await world.until(lambda: bea.count(REMINDER) == 1)
    await bea.taps("In 1 hour")
    await stage.work.pulse.deliver()
    await asyncio.sleep(1.2)
    await stage.travel(at(2026, 11, 25, 9))
    assert bea.count("An hour has passed") == 1


async def test_an_answered_reminder_is_not_put_off(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    await bea.stage.travel(at(2026, 11, 25, 6))
    reminder = bea.shown
    await bea.taps("Not today")
    tap = await bea.sends_data(reminder, reminder.button("In 1 hour").data or "")
    assert tap.text == "You have answered this one already."


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("until 24 December", "Thursday 24 December"),
        ("for 2 weeks", "Tuesday 8 December"),
        ("12/24", "Thursday 24 December"),
        ("till friday", "Friday 27 November"),
        ("24.12.", "Thursday 24 December"),
    ],
)
async def test_away_reads_dates_as_people_write_them(ann: Runner, words: str, day: str) -> None:
    await ann.says(f"/away {words}")
    assert day in ann.shown.text


async def test_no_is_no_place(ann: Runner) -> None:
    await ann.says("/timezone")
    await ann.says("no")
    assert "without a place" in ann.shown.text
    await ann.says("Berlin")
    assert "I did not understand" in ann.shown.text


async def test_who_waits_for_a_clinician_is_not_reminded(ann: Runner) -> None:
    await ann.says("/start")
    await ann.taps("One applies to me")
    await plan(ann, "daily 07:00")
    await ann.stage.travel(at(2026, 11, 26, 12))
    assert ann.count(REMINDER) == 0


async def test_a_location_that_is_forwarded_is_asked_back(ann: Runner) -> None:
    world = ann.stage.world
    await ann.says("/timezone Lisbon")
    origin = {"type": "hidden_user", "sender_user_name": "Eve", "date": 0}
    message = {
        "message_id": 500,
        "date": 0,
        "chat": {"id": ann.id, "type": "private"},
        "from": ann.person.wire(),
        "location": {"latitude": 52.52, "longitude": 13.4},
        "forward_origin": origin,
    }
    world.update("message", message)
    await ann.stage.settle()
    assert "Is this where you are?" in ann.shown.text
    await ann.taps(ann.shown.labels[0])
    assert "Europe/Berlin" in ann.shown.text


@pytest.mark.parametrize("hours", [-2, 2])
async def test_a_clock_that_jumps_brings_no_second_reminder(bea: Runner, hours: int) -> None:
    """A host's machine wakes up, or is put right by hand."""
    stage = bea.stage
    await plan(bea, "wed 07:00")
    await stage.travel(at(2026, 11, 25, 7))
    assert bea.count(REMINDER) == 1
    stage.clock.moment = stage.clock.now() + timedelta(hours=hours)
    await stage.restart()
    await stage.travel(at(2026, 11, 26, 7))
    assert bea.count(REMINDER) == 1
    await stage.travel(at(2026, 12, 2, 7))
    assert bea.count(REMINDER) == 2


async def test_a_clock_that_jumps_back_leaves_a_session_that_goes_on(bea: Runner) -> None:
    stage = bea.stage
    await bea.says("/routine first two weeks")
    await bea.taps("Start")
    await bea.taps("Skip")
    stage.clock.moment = stage.clock.now() - timedelta(hours=1)
    before = bea.shown.text
    await bea.taps("Done")
    assert bea.shown.text != before
