"""/reminders, /timezone, /away and the reminders themselves, through clock changes and restarts."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.schedule import Slot
from bot.sandbox.world.faults import Fault, Kind
from bot.sandbox.world.messages import Message
from bot.services import schedule
from bot.workers import base
from tests.conversations.stage import Runner, Stage
from tests.crowds import a_crowd
from tests.databases import change, rows
from tests.process.coach_process import eventually

pytestmark = pytest.mark.statements

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
    assert "Saturday 9:30 am" in ann.shown.text


async def test_days_too_close_are_told(ann: Runner) -> None:
    await plan(ann, "tue 19:00 thu 07:00")
    assert "Tuesday and Thursday are less than 48 hours apart" in ann.shown.text


async def test_several_places_of_a_name_are_asked_back(ann: Runner) -> None:
    await ann.says("/timezone San José")
    label = next(label for label in ann.shown.labels if "Costa Rica" in label)
    await ann.taps(label)
    assert "San José, Costa Rica (America/Costa_Rica)" in ann.shown.text
    assert "it is 12:00 am there now" in ann.shown.text


@pytest.mark.slow
async def test_no_place_is_asked_again_with_an_example(ann: Runner) -> None:
    await ann.says("/timezone")
    await ann.says("qwertyuiop")
    assert "Berlin" in ann.shown.text
    await ann.says("Lisbon")
    assert "Europe/Lisbon" in ann.shown.text


@pytest.mark.slow
async def test_an_exercise_can_be_asked_for_while_the_place_is_open(ann: Runner) -> None:
    await ann.says("/reminders mon 07:00")
    await ann.says("deadbug")
    assert ann.shown.text.startswith("Dead bug with band")
    await ann.says("Berlin")
    assert "Monday 07:00" in ann.shown.text


@pytest.mark.slow
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


@pytest.mark.slow
async def test_a_question_that_an_earlier_version_stored_is_understood(ann: Runner) -> None:
    await ann.says("/reminders mon 07:00")
    change(ann.stage.database, """UPDATE questions SET wish = '{"tuesday": "08:30"}'""")
    await ann.says("Berlin")
    assert "Tuesday 08:30" in ann.shown.text


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


@pytest.mark.breadth(1)
@pytest.mark.parametrize(
    ("words", "what"),
    [
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


@pytest.mark.parametrize(
    ("words", "question", "answer"),
    [
        ("tue thu", "Tuesday and Thursday: at what time?", "7"),
        ("tue thu", "Tuesday and Thursday: at what time?", "half past six in the evening"),
        ("7 pm", "Which days at 7:00 pm?", "tue thu"),
        ("07:00", "Which days at 07:00?", "TTh"),
        ("mon", "Monday: at what time?", "no, tue thu 7"),
    ],
)
@pytest.mark.breadth(1)
async def test_what_is_missing_of_the_days_is_asked_and_the_answer_completes_it(
    ann: Runner, words: str, question: str, answer: str
) -> None:
    await ann.says("/timezone Berlin")
    await ann.says(f"/reminders {words}")
    assert question in ann.shown.text
    await ann.stage.restart()
    await ann.says(answer)
    assert "Tuesday, Thursday" in ann.shown.text
    assert "Next reminder" in ann.shown.text


async def test_a_part_of_the_day_leaves_the_hour_to_a_tap(ann: Runner) -> None:
    await ann.says("/timezone Berlin")
    await ann.says("/reminders tue/thu evenings")
    assert ann.shown.labels == ["17:30", "18:00", "19:00", "20:00", "21:00", "Another time"]
    await ann.taps("19:00")
    assert "Tuesday, Thursday 19:00" in ann.shown.text


async def test_another_time_opens_the_picker_with_the_days(ann: Runner) -> None:
    await ann.says("/timezone Berlin")
    await ann.says("/reminders tue thu")
    await ann.taps("Another time")
    assert {"✓ Tue", "✓ Thu"} <= set(ann.shown.labels)
    await ann.taps("Save")
    assert "Tuesday, Thursday 12:30" in ann.shown.text


@pytest.mark.parametrize(
    ("words", "correction", "time"),
    [
        ("tue sat 6pm", "no, 6:30", "6:30 pm"),
        ("tue sat 6pm", "no, 6:30 am", "6:30 am"),
        ("tue sat 6pm", "no, 7 in the morning", "7:00 am"),
        ("tue sat 18:00", "no, 6:30", "06:30"),
    ],
)
@pytest.mark.breadth(2)
async def test_a_corrected_time_stays_in_its_half_of_the_day(
    ann: Runner, words: str, correction: str, time: str
) -> None:
    await ann.says("/timezone Berlin")
    await ann.says(words)
    await ann.says(correction)
    assert ann.shown.text.startswith(f"Tuesday, Saturday {time}")


async def test_the_question_for_days_takes_other_days_and_then_the_time(ann: Runner) -> None:
    await ann.says("/timezone Berlin")
    await ann.says("/reminders tue")
    await ann.says("no, thursday")
    assert "Thursday: at what time?" in ann.shown.text
    await ann.says("half past six")
    assert "Thursday 06:30" in ann.shown.text


@pytest.mark.slow
async def test_the_question_for_days_is_left_by_a_word_and_after_half_an_hour(ann: Runner) -> None:
    await ann.says("/timezone Berlin")
    await ann.says("/reminders tue")
    await ann.says("cancel")
    assert "nothing has changed" in ann.shown.text
    await ann.says("7")
    assert "Tuesday" not in ann.shown.text
    await ann.says("/reminders tue")
    await ann.stage.travel(ann.stage.clock.now() + timedelta(minutes=31))
    await ann.says("7")
    assert "Tuesday" not in ann.shown.text


@pytest.mark.slow
async def test_an_exercise_can_be_asked_for_while_the_days_are_open(ann: Runner) -> None:
    await ann.says("/timezone Berlin")
    await ann.says("/reminders tue")
    await ann.says("deadbug")
    assert ann.shown.text.startswith("Dead bug with band")
    await ann.says("7")
    assert "Tuesday 07:00" in ann.shown.text


@pytest.mark.slow
async def test_a_reminder_comes_on_training_days_and_names_its_routine(bea: Runner) -> None:
    await plan(bea, "wed 07:00 sat 09:30")
    await bea.stage.travel(at(2026, 12, 1, 12))
    assert bea.count(REMINDER) == 2
    assert "First two weeks, 7 minutes with a mini band" in bea.shown.text
    assert bea.shown.labels == ["Start", "In 1 hour", "Not today"]


@pytest.mark.slow
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
    await ann.taps("None applies to me")
    assert "First two weeks" in ann.shown.text
    await ann.taps("Start")
    assert "Warm-up" in ann.shown.text


@pytest.mark.slow
async def test_who_has_trained_today_gets_none(bea: Runner) -> None:
    await plan(bea, "wed 20:00")
    await bea.stage.travel(at(2026, 11, 25, 8))
    await bea.says("/routine first two weeks")
    for label in ("Start", "Done", "Done", "Stop"):
        await bea.taps(label)
    await bea.stage.travel(at(2026, 11, 26, 8))
    assert bea.count(REMINDER) == 0


@pytest.mark.slow
async def test_in_one_hour_comes_once_through_a_restart(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    await bea.stage.travel(at(2026, 11, 25, 6))
    await bea.taps("In 1 hour")
    assert "I will ask again at 08:00" in bea.shown.text
    await bea.stage.restart()
    await bea.stage.travel(at(2026, 11, 25, 12))
    assert bea.count("Here I am again") == 1
    assert bea.shown.labels == ["Start", "Not today"]


@pytest.mark.slow
async def test_in_one_hour_past_midnight_keeps_its_date(bea: Runner) -> None:
    await plan(bea, "wed 23:30 thu 20:00")
    await bea.stage.travel(at(2026, 11, 25, 22, 40))
    await bea.taps("In 1 hour")
    await bea.stage.travel(at(2026, 11, 26, 12))
    assert bea.count("Here I am again") == 1
    await bea.stage.travel(at(2026, 11, 27, 12))
    assert bea.count(REMINDER) == 1


async def test_one_that_was_put_off_past_midnight_is_told_with_the_day_on_which_it_comes(
    bea: Runner,
) -> None:
    await plan(bea, "wed 23:30")
    await bea.stage.travel(at(2026, 11, 25, 22, 40))
    await bea.taps("In 1 hour")
    await bea.says("when is my next reminder?")
    assert "Next reminder: Thursday 26 November at 00:40" in bea.shown.text
    await bea.says("/timezone Honolulu")
    assert "Next reminder: Wednesday 25 November at 13:40" in bea.shown.text


@pytest.mark.slow
async def test_one_that_was_put_off_and_then_declined_does_not_come_again(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    await bea.stage.travel(at(2026, 11, 25, 6))
    reminder = bea.shown
    await bea.taps("In 1 hour")
    await bea.sends_data(reminder, reminder.button("Not today").data or "")
    await bea.stage.travel(at(2026, 11, 26))
    assert bea.count("Here I am again") == 0


async def test_a_reminder_may_be_answered_in_words(bea: Runner) -> None:
    await plan(bea, "wed 07:00 fri 07:00")
    await bea.stage.travel(at(2026, 11, 25, 6))
    await bea.says("in an hour")
    assert "I will ask again at 08:00" in bea.shown.text
    await bea.stage.travel(at(2026, 11, 25, 7, 30))
    assert "Here I am again" in bea.shown.text
    await bea.says("start")
    assert "Warm-up" in bea.shown.text
    assert bea.count("First two weeks: started") == 1
    await bea.says("stop")
    await bea.stage.travel(at(2026, 11, 27, 7))
    assert "Not today" in bea.shown.labels
    await bea.says("not today, sorry")
    assert "Start" not in bea.messages[-2].labels
    answers = rows(bea.stage.database, "SELECT answer FROM reminders ORDER BY id")
    assert [row["answer"] for row in answers] == ["start", "not-today"]


@pytest.mark.breadth(2)
@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("at 6pm", "I will remind you on Wednesday 25 November, at 18:00, this once."),
        ("this evening", "I will remind you on Wednesday 25 November, at 18:00, this once."),
        ("in half an hour", "I will remind you on Wednesday 25 November, at 07:30, this once."),
        ("tomorrow morning", "I will remind you on Thursday 26 November"),
        ("i'm at work", "No hurry. Tap In 1 hour"),
        ("im busy till 5", "No hurry. Tap In 1 hour"),
    ],
)
async def test_a_reminder_may_be_answered_with_a_time(bea: Runner, words: str, answer: str) -> None:
    await plan(bea, "wed 07:00")
    await bea.stage.travel(at(2026, 11, 25, 6))
    await bea.says(words)
    assert bea.shown.text.startswith(answer)
    assert rows(bea.stage.database, "SELECT id FROM sessions") == []


@pytest.mark.breadth(1)
@pytest.mark.parametrize(
    "words", ["not today, too tired", "I can't today", "skip it", "tomorrow instead", "let it go"]
)
async def test_a_reminder_is_declined_in_the_words_that_people_use(bea: Runner, words: str) -> None:
    await plan(bea, "wed 07:00")
    await bea.stage.travel(at(2026, 11, 25, 6))
    await bea.says(words)
    assert bea.shown.text.startswith("Not today. That is fine")
    assert rows(bea.stage.database, "SELECT answer FROM reminders")[0]["answer"] == "not-today"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("not today, I'm ill", "Get well first"),
        ("I'm too busy, maybe tomorrow", "No hurry. Tap In 1 hour"),
        ("not now", "No hurry. Tap In 1 hour"),
        ("yes", "First two weeks · 7 min"),
        ("no", "All right, nothing has changed."),
    ],
)
async def test_what_declines_no_reminder_leaves_it_open(
    bea: Runner, words: str, answer: str
) -> None:
    await plan(bea, "wed 07:00")
    await bea.stage.travel(at(2026, 11, 25, 6))
    await bea.says(words)
    assert bea.shown.text.startswith(answer)
    assert rows(bea.stage.database, "SELECT answer FROM reminders")[0]["answer"] is None


async def test_without_a_reminder_a_time_alone_plans_nothing(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    for words in ("at 6pm", "this evening", "i'm at work"):
        await bea.says(words)
    assert rows(bea.stage.database, "SELECT id FROM reminders") == []


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
    slots, outbox_worker = bea.stage.work.slots, bea.stage.work.outbox
    bea.stage.clock.moment = at(2026, 11, 25, 8, 30)
    for _ in range(2):
        await slots.wake(Slot("Europe/Berlin", datetime(2026, 1, 1, 7).time()))  # noqa: DTZ001
        await outbox_worker.deliver()
    assert bea.count(REMINDER) == 1
    assert "This comes late: it was due at 07:00." in bea.shown.text


@pytest.mark.breadth(1)
@pytest.mark.parametrize("later", [3.1 * HOUR, 25 * HOUR])
async def test_later_than_three_hours_or_the_next_day_there_is_none(
    bea: Runner, later: timedelta
) -> None:
    await plan(bea, "wed 07:00")
    bea.stage.clock.moment = at(2026, 11, 25, 6) + later
    await bea.stage.work.slots.wake(
        Slot("Europe/Berlin", datetime(2026, 1, 1, 7).time())  # noqa: DTZ001
    )
    await bea.stage.work.outbox.deliver()
    assert bea.count(REMINDER) == 0


@pytest.mark.slow
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
    came = []
    for day in range(1, dates + 1):
        before = bea.count(REMINDER)
        await bea.stage.travel(start + day * DAY)
        came.append(bea.count(REMINDER) - before)
        await bea.taps("Not today")  # so that it is not the third in a row that is ignored
    assert came == [1] * dates


@pytest.mark.slow
async def test_a_change_of_time_on_a_training_day_gives_one_only(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    await bea.stage.travel(at(2026, 11, 25, 6, 10))
    await bea.says("/reminders wed 09:00")
    await bea.stage.travel(at(2026, 11, 25, 20))
    assert bea.count(REMINDER) == 1


@pytest.mark.slow
async def test_a_change_of_zone_on_a_training_day_gives_one_only(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    await bea.stage.travel(at(2026, 11, 25, 6, 10))
    await bea.says("/timezone New York")
    assert "Next reminder: Wednesday 2 December at 7:00 am" in bea.shown.text
    await bea.stage.travel(at(2026, 11, 26, 20))
    assert bea.count(REMINDER) == 1


@pytest.mark.slow
async def test_a_time_that_is_past_when_chosen_waits_for_next_week(bea: Runner) -> None:
    bea.stage.clock.moment = at(2026, 11, 25, 7)
    await plan(bea, "wed 07:00")
    await bea.stage.work.slots.wake(
        Slot("Europe/Berlin", datetime(2026, 1, 1, 7).time())  # noqa: DTZ001
    )
    await bea.stage.work.outbox.deliver()
    assert bea.count(REMINDER) == 0


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("not this friday", "on Friday 27 November 2026; on your other days they come as usual"),
        ("I'm away next week", "from Monday 30 November 2026 until Monday 7 December 2026"),
        ("back on monday", "until Monday 30 November 2026"),
        ("away from boxing day to new year's eve", "until Thursday 31 December 2026"),
        ("I'm on holiday 20-27 december", "from Sunday 20 December 2026 until Sunday 27 December"),
        ("away friday to tuesday", "from Friday 27 November 2026 until Tuesday 1 December 2026"),
        ("away for a month", "until Thursday 24 December 2026"),
    ],
)
async def test_a_day_or_a_week_is_left_out_in_words(bea: Runner, words: str, days: str) -> None:
    await plan(bea, "daily 07:00")
    await bea.says(words)
    assert bea.shown.text.startswith("No reminder")
    assert days in bea.shown.text


@pytest.mark.slow
async def test_a_week_away_replaces_a_day_and_no_day_a_week(bea: Runner) -> None:
    await plan(bea, "daily 07:00")
    for words in ("not this friday", "away next week", "not this friday"):
        await bea.says(words)
    assert "from Monday 30 November 2026 until Monday 7 December 2026" in bea.shown.text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "until"),
    [("2 weeks", "8 December"), ("next week", "7 December"), ("1 to 10 december", "10 December")],
)
async def test_until_when_is_told_after_the_question(bea: Runner, words: str, until: str) -> None:
    await bea.says("/away")
    await bea.says(words)
    assert bea.shown.text.startswith("No reminders ")
    assert until in bea.shown.text
    await bea.says("leave it")
    assert bea.shown.text == "All right, nothing has changed."


async def test_one_more_day_is_asked_about_before_it_replaces_others(bea: Runner) -> None:
    await plan(bea, "mon 07:00 thu 18:30")
    await bea.says("I want to train on Saturday at 9")
    assert bea.shown.labels == ["Saturday as well", "Only Saturday"]
    assert "Monday 07:00; Thursday 18:30" in bea.shown.text
    await bea.says("yes")
    assert bea.shown.text.startswith("Monday 07:00; Thursday 18:30; Saturday 09:00")
    await bea.says("saturday at 7 please")  # another time for a known day
    assert bea.shown.text.startswith("Monday, Saturday 07:00; Thursday 18:30")
    await bea.says("move thursday to tuesday every week")
    assert bea.shown.text.startswith("Monday, Saturday 07:00; Tuesday 18:30")
    await bea.says("I train on friday")
    await bea.taps("Only Friday")
    assert bea.shown.text.startswith("Friday 07:00\n")


@pytest.mark.parametrize(
    ("said", "answer", "changed"),
    [
        ("cant make thursday", "just this week", "No reminder on Thursday 26 November 2026"),
        ("thursday doesn't work for me", "every week", "Monday 07:00\n"),
        ("move Thursday to Friday", "only this thursday", "Moved from Thursday 26 November 2026"),
        ("move thu to fri", "always", "Monday, Friday 07:00\n"),
        ("can't do thursday next week", "", "No reminder on Thursday 3 December 2026"),
        ("cant do thursdays", "", "Monday 07:00\n"),
        ("not thursday this week", "", "No reminder on Thursday 26 November 2026"),
        ("could we do friday instead of thursday this week?", "", "Moved from Thursday 26"),
    ],
)
async def test_a_day_that_can_not_be_kept_or_moves_is_changed_once_or_for_good(
    stage: Stage, bea: Runner, said: str, answer: str, changed: str
) -> None:
    await plan(bea, "mon thu 07:00")
    await bea.says(said)
    if answer:
        asked = bea.shown
        assert asked.labels == ["Only Thursday 26 November 2026", "Every week", "Leave it"]
        await stage.restart()
        await bea.says(answer)
    assert bea.shown.text.startswith(changed)
    if answer:
        await bea.taps("Every week", asked)  # the question is answered
        assert bea.shown.text.startswith(changed)


async def test_a_button_below_an_earlier_question_does_nothing_for_the_present_one(
    stage: Stage, bea: Runner
) -> None:
    await plan(bea, "mon thu 07:00")
    asked = await bea.says("cant make thursday")
    await stage.travel(stage.clock.now() + timedelta(seconds=5))
    await bea.says("move monday to friday")
    await bea.taps("Every week", asked)
    await bea.taps("Every week")
    assert bea.shown.text.startswith("Thursday, Friday 07:00")


async def test_a_reminder_that_moved_once_comes_there_and_a_week_later_where_it_was(
    stage: Stage, bea: Runner
) -> None:
    await plan(bea, "thu 07:00")
    await bea.says("move thursday to friday")
    await bea.taps("Only Thursday 26 November 2026")
    await stage.travel(at(2026, 11, 27, 5))
    assert bea.count(REMINDER) == 0
    await stage.travel(at(2026, 11, 27, 12))
    assert bea.count(REMINDER) == 1
    await stage.travel(at(2026, 12, 3, 12))
    assert bea.count(REMINDER) == 2


async def test_in_a_session_a_yes_is_for_what_was_asked_last(stage: Stage, bea: Runner) -> None:
    await plan(bea, "mon thu 07:00")
    await bea.says("/routine first two weeks")
    await bea.taps("My own pace")
    await bea.says("done")
    await stage.travel(stage.clock.now() + timedelta(seconds=5))
    await bea.says("saturday at 9")
    await bea.says("yes")
    assert bea.shown.text.startswith("Monday, Thursday 07:00; Saturday 09:00")
    await bea.says("sunday at 9")
    await stage.travel(stage.clock.now() + timedelta(minutes=2))
    await bea.says("yes")
    assert bea.with_button("Done").text.startswith("2 of 9")


@pytest.mark.parametrize(
    ("said", "shown"),
    [("30 min earlier", "Time: 06:30"), ("remind me 1 hour later", "Time: 08:00")],
)
@pytest.mark.breadth(1)
async def test_another_time_is_shown_before_it_is_saved(bea: Runner, said: str, shown: str) -> None:
    await plan(bea, "mon thu 07:00")
    await bea.says(said)
    assert shown in bea.shown.text
    await bea.says("saturdayy")
    assert bea.shown.labels == ["Saturday as well", "Only Saturday"]
    assert "So far: Monday, Thursday 07:00." in bea.shown.text


@pytest.mark.slow
async def test_a_day_is_taken_away_after_a_no_without_a_comma(bea: Runner) -> None:
    await plan(bea, "mon thu 07:00")
    await bea.says("and sunday")
    await bea.says("no sunday")
    assert bea.shown.text.startswith("Monday, Thursday 07:00")


@pytest.mark.slow
async def test_one_day_that_is_left_out_takes_no_time_away_from_a_later_one(bea: Runner) -> None:
    await plan(bea, "daily 07:00")
    await bea.says("/away 20 december to 3 january")
    await bea.says("skip friday")
    assert "Sunday 20 December 2026" in bea.shown.text


@pytest.mark.slow
async def test_who_is_away_is_back_in_plain_words(bea: Runner) -> None:
    await bea.says("/away 20 december")
    await bea.says("I am back")
    assert bea.shown.text.startswith("Welcome back.")


@pytest.mark.slow
@pytest.mark.parametrize("words", ["make wednesday 8", "change wednesday to 8:00", "set wed 8am"])
async def test_one_day_gets_another_time_and_the_others_stay(bea: Runner, words: str) -> None:
    await plan(bea, "mon wed fri 07:00")
    await bea.says(words)
    kept = rows(bea.stage.database, "SELECT weekday, local_time FROM schedule ORDER BY local_time")
    assert [str(row["local_time"])[:5] for row in kept] == ["07:00", "07:00", "08:00"]


@pytest.mark.slow
async def test_whether_the_runner_is_there_is_answered_with_a_word(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    await bea.says("I'm in Tokyo this week")
    await bea.says("today")
    await bea.says("yes")
    assert bea.shown.text.startswith("Tokyo, Japan (Asia/Tokyo)")
    await bea.says("I'm flying to New York tomorrow")
    await bea.says("yes")
    assert bea.shown.text.startswith("New York City, New York, United States (America/New_York)")
    await bea.says("I'm in Paris this week")
    await bea.says("no")
    assert bea.shown.text == "All right, nothing has changed."


@pytest.mark.slow
async def test_a_time_away_may_begin_later(bea: Runner) -> None:
    await plan(bea, "daily 07:00")
    await bea.says("I'm on holiday from 26 November to 1 December")
    assert bea.shown.text.startswith(
        "No reminders from Thursday 26 November 2026 until Tuesday 1 December 2026; on that day"
    )
    await bea.says("/reminders")
    assert "You are away from Thursday 26 November 2026 until Tuesday 1 Dec" in bea.shown.text
    await bea.stage.travel(at(2026, 11, 25, 12))
    before = bea.count(REMINDER)
    assert before > 0
    await bea.says("when is my next reminder")
    assert "Tuesday 1 December" in bea.shown.text
    await bea.stage.travel(at(2026, 11, 30, 12))
    assert bea.count(REMINDER) == before
    await bea.stage.travel(at(2026, 12, 1, 12))
    assert bea.count(REMINDER) == before + 1


@pytest.mark.parametrize(
    ("begin", "end", "back"),
    [
        ("/away from 4 december", "until Tuesday", "Tuesday 8"),
        ("away from friday 4 december", "two weeks", "Friday 18"),
        ("I'm away from 4 december", "I'm back on the 14th", "Monday 14"),
    ],
)
@pytest.mark.breadth(1)
async def test_a_time_away_without_an_end_is_asked_for_it(
    stage: Stage, bea: Runner, begin: str, end: str, back: str
) -> None:
    await bea.says(begin)
    assert "From Friday 4 December 2026 until when?" in bea.shown.text
    assert bea.count("No reminders") == 0
    await stage.restart()
    await bea.says(end)
    assert f"from Friday 4 December 2026 until {back} December" in bea.shown.text


async def test_a_time_away_that_has_not_begun_can_be_cancelled(bea: Runner) -> None:
    await bea.says("/away 10 to 20 december")
    assert bea.shown.text.startswith(
        "No reminders from Thursday 10 December 2026 until Sunday 20 December 2026. You have no"
    )
    await plan(bea, "daily 07:00")
    await bea.says("/away")
    await bea.taps("Not going away")
    assert bea.shown.text == "All right, reminders come as usual."
    assert (await bea.says("/away")).text.startswith("Reminders are not paused.")


async def test_time_away_is_told_with_the_days_and_without_days_promises_none(bea: Runner) -> None:
    await bea.says("/away 28 November")
    assert bea.shown.text.startswith(
        "No reminders until Saturday 28 November 2026. You have no days"
    )
    await bea.says("/away off")
    assert "You have no days set for reminders now" in bea.shown.text
    await plan(bea, "daily 07:00")
    await bea.says("/away 28 November")
    assert "on that day they come again" in bea.shown.text
    await bea.says("/reminders")
    assert "You are away until Saturday 28 November 2026; reminders come again" in bea.shown.text
    await bea.says("/away off")
    assert bea.shown.text == "Welcome back. Reminders come again on your days."


@pytest.mark.slow
@pytest.mark.parametrize("words", ["banana", "yesterday", "2 years", "<b>"])
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


async def forgotten(runner: Runner) -> Message:
    """Blocks the coach and comes back to it, of which Telegram tells nobody; the last message."""
    await plan(runner, "daily 07:00")
    world = runner.stage.world
    world.block(runner.person)
    await runner.stage.settle()
    await runner.stage.travel(at(2026, 11, 24, 12))  # the time that was chosen is over for today
    await runner.stage.close()
    world.unblock(runner.person)
    world.updates.clear()
    await runner.stage.open()
    return runner.shown


async def writes(runner: Runner, _last: Message) -> None:
    await runner.says("/help")


async def taps(runner: Runner, last: Message) -> None:
    await runner.sends_data(last, "nothing")


async def sends_a_picture(runner: Runner, _last: Message) -> None:
    runner.stage.world.send(runner.person, "photo")


async def sends_a_place(runner: Runner, _last: Message) -> None:
    runner.stage.world.send_location(runner.person, 52.5, 13.4)


async def edits(runner: Runner, _last: Message) -> None:
    world = runner.stage.world
    world.edit(runner.person, world.messages(runner.person)[0], "hello")


async def pins(runner: Runner, last: Message) -> None:
    world = runner.stage.world
    world.send_content(runner.person, {"pinned_message": last.wire()})


async def brings_one_found_inline(runner: Runner, _last: Message) -> None:
    asked = runner.stage.world.ask_inline(runner.person, "deadbug")
    await asked.answer(timeout=10)
    runner.stage.world.choose(asked, asked.results[0].id)


@pytest.mark.slow
@pytest.mark.parametrize(
    "comes",
    [writes, taps, sends_a_picture, sends_a_place, edits, pins, brings_one_found_inline],
)
async def test_whoever_comes_in_private_can_be_reminded(
    bea: Runner, comes: Callable[[Runner, Message], Awaitable[None]]
) -> None:
    await comes(bea, await forgotten(bea))
    await bea.stage.settle()
    await bea.stage.travel(at(2026, 11, 25, 12))
    assert bea.count(REMINDER) == 1


@pytest.mark.slow
async def test_who_comes_in_a_group_or_inline_only_is_not_written_to(bea: Runner) -> None:
    club = bea.stage.world.add_group("Club", [bea.person])
    await forgotten(bea)
    world = bea.stage.world
    world.say(bea.person, "/exercise deadbug", chat=club)
    await world.ask_inline(bea.person, "deadbug").answer(timeout=10)
    await bea.stage.settle()
    await bea.stage.travel(at(2026, 11, 25, 12))
    assert bea.count(REMINDER) == 0


@pytest.mark.slow
async def test_what_was_sent_before_the_block_does_not_lift_it(bea: Runner) -> None:
    await plan(bea, "daily 07:00")
    world = bea.stage.world
    for _ in range(3):
        world.say(bea.person, "/help")
    world.block(bea.person)
    await bea.stage.settle()
    world.calls.clear()
    await bea.stage.travel(at(2026, 11, 26, 12))
    assert [c for c in world.calls if c.method == "sendMessage"] == []


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize("handled", [True, False], ids=["arrived", "lost"])
@pytest.mark.parametrize(
    ("kind", "status"),
    [("page", 502), ("page", 403), ("page", 200), ("empty", 504), ("cut", 200), ("drop", 0)],
)
async def test_a_reminder_that_may_have_arrived_is_not_sent_again(
    bea: Runner, kind: Kind, status: int, handled: bool
) -> None:
    await plan(bea, "wed 07:00")
    bea.stage.world.faults.add(Fault("sendMessage", kind, status=status, handled=handled))
    await bea.stage.travel(at(2026, 11, 25, 7))
    await bea.stage.restart()
    await bea.stage.travel(at(2026, 11, 25, 9))
    assert bea.count(REMINDER) == (1 if handled else 0)
    assert tries(bea) == 1
    [row] = rows(bea.stage.database, "reminders")
    assert (row["state"], row["again_at"]) == ("unknown", None)
    await bea.stage.travel(at(2026, 12, 2, 9))
    assert bea.count(REMINDER) == (2 if handled else 1)


def tries(runner: Runner) -> int:
    """How often Telegram was asked to bring this runner a reminder."""
    sends = [c for c in runner.stage.world.calls if c.chat_id == runner.id]
    return sum(REMINDER in str(call.params.get("text")) for call in sends)


@pytest.mark.slow
@pytest.mark.parametrize(
    "fault",
    [
        Fault("sendMessage", "status", status=500, times=3),
        Fault("sendMessage", "status", status=502, times=3),
        Fault("sendMessage", "status", status=429, times=3),
    ],
    ids=["500", "502", "429 without seconds"],
)
async def test_a_reminder_that_telegram_turned_down_comes_a_little_later(
    bea: Runner, fault: Fault
) -> None:
    await plan(bea, "wed 07:00")
    bea.stage.world.faults.add(fault)
    await bea.stage.travel(at(2026, 11, 25, 6, 0, 7))
    assert (bea.count(REMINDER), tries(bea)) == (0, 3)
    await bea.stage.travel(at(2026, 11, 25, 6, 0, 8))
    assert bea.count(REMINDER) == 1
    assert "This comes late" not in bea.shown.text
    [row] = rows(bea.stage.database, "reminders")
    assert (row["state"], row["tries"], row["again_at"]) == ("sent", 3, None)
    await bea.taps("In 1 hour")
    await bea.stage.travel(at(2026, 11, 25, 8))
    assert bea.count("Here I am again") == 1


@pytest.mark.slow
async def test_one_that_comes_late_says_so_and_one_that_comes_too_late_does_not_come(
    bea: Runner,
) -> None:
    await plan(bea, "wed 07:00 thu 07:00")
    world = bea.stage.world
    fault = world.faults.add(Fault("sendMessage", "status", status=500, times=None))
    await bea.stage.travel(at(2026, 11, 25, 8, 30))
    assert tries(bea) < 50
    fault.times = 0
    await bea.stage.travel(at(2026, 11, 25, 9))
    assert bea.count(REMINDER) == 1
    assert "This comes late" in bea.shown.text
    assert "07:00" in bea.shown.text
    fault.times = None
    await bea.stage.travel(at(2026, 11, 26, 10))
    fault.times = 0
    await bea.stage.travel(at(2026, 11, 27))
    assert bea.count(REMINDER) == 1
    assert [row["state"] for row in rows(bea.stage.database, "reminders")] == ["sent", "dropped"]


@pytest.mark.slow
async def test_a_reminder_waits_as_long_as_telegram_asks(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    bea.stage.world.faults.add(Fault("sendMessage", "flood", retry_after=3))
    await bea.stage.travel(at(2026, 11, 25, 6, 0, 2))
    assert (bea.count(REMINDER), tries(bea)) == (0, 1)
    await bea.stage.travel(at(2026, 11, 25, 6, 0, 3))
    assert bea.count(REMINDER) == 1


@pytest.mark.slow
async def test_a_reminder_waits_for_a_telegram_that_cannot_be_reached(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    await bea.stage.travel(at(2026, 11, 25, 5, 59))
    async with bea.stage.out_of_reach():
        await bea.stage.travel(at(2026, 11, 25, 6, 30))
        [row] = rows(bea.stage.database, "reminders")
        assert (row["state"], row["tries"]) == ("claimed", 0)
    await bea.stage.travel(at(2026, 11, 25, 6, 31))
    assert bea.count(REMINDER) == 1
    assert "This comes late" in bea.shown.text


@pytest.mark.slow
async def test_a_reminder_turned_down_before_a_restart_comes_after_it(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    bea.stage.world.faults.add(Fault("sendMessage", "status", status=500, times=4))
    await bea.stage.travel(at(2026, 11, 25, 6, 0, 10))
    assert tries(bea) == 4
    await bea.stage.restart()
    await bea.stage.travel(at(2026, 11, 25, 6, 0, 15))
    assert tries(bea) == 4
    await bea.stage.travel(at(2026, 11, 25, 7))
    assert (bea.count(REMINDER), tries(bea)) == (1, 5)


@pytest.mark.slow
async def test_a_refused_token_costs_no_reminder(bea: Runner) -> None:
    """The process ends, and the host pastes the right token."""
    await plan(bea, "wed 07:00")
    bea.stage.world.faults.add(Fault("sendMessage", "status", status=401))
    await bea.stage.travel(at(2026, 11, 25, 6))
    assert bea.stage.work.app.bot.refused.is_set()
    await bea.stage.restart()
    await bea.stage.travel(at(2026, 11, 25, 6, 5))
    assert bea.count(REMINDER) == 1


@pytest.mark.slow
async def test_one_who_trains_meanwhile_is_not_reminded_after_all(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    fault = bea.stage.world.faults.add(Fault("sendMessage", "status", status=500, times=None))
    await bea.stage.travel(at(2026, 11, 25, 6, 1))
    fault.times = 0
    await bea.says("/routine first two weeks")
    await bea.taps("Start")
    await bea.stage.travel(at(2026, 11, 25, 7))
    assert bea.count(REMINDER) == 0


@pytest.mark.slow
async def test_of_three_hundred_that_are_often_turned_down_none_is_lost(stage: Stage) -> None:
    """Every third call for a while, with and without the seconds to wait."""
    await stage.close()
    people = await a_crowd(stage.world, stage.database, 300, at(2026, 11, 25, 6))
    await stage.open()
    faults = stage.world.faults
    faults.add(Fault("sendMessage", "status", status=500, times=100, every=3))
    faults.add(Fault("sendMessage", "status", status=502, times=40, every=7))
    faults.add(Fault("sendMessage", "status", status=429, times=40, every=8))
    await stage.travel(at(2026, 11, 25, 9))
    got = Counter(m.chat.id for p in people for m in stage.world.messages(p) if m.from_bot)
    assert [got[person.id] for person in people] == [1] * 300
    assert {row["state"] for row in rows(stage.database, "reminders")} == {"sent"}


@pytest.mark.slow
async def test_a_telegram_that_turns_all_down_is_left_in_peace_for_a_while(stage: Stage) -> None:
    await stage.close()
    await a_crowd(stage.world, stage.database, 300, at(2026, 11, 25, 6))
    await stage.open()
    stage.world.faults.add(Fault("sendMessage", "status", status=500, times=None))
    stage.clock.moment = at(2026, 11, 25, 6)
    for slot in await schedule.used_slots(stage.work.coach.db):
        await stage.work.slots.wake(slot)
    assert not await stage.work.outbox.deliver()
    assert sum(call.method == "sendMessage" for call in stage.world.calls) <= 120


@pytest.mark.slow
async def test_a_flood_limit_is_waited_for_and_the_reminder_comes(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    bea.stage.world.faults.add(Fault(method="sendMessage", kind="flood", retry_after=1))
    await bea.stage.travel(at(2026, 11, 25, 7))
    assert bea.count(REMINDER) == 1


@pytest.mark.slow
async def test_a_crowd_is_reminded_once_each(stage: Stage) -> None:
    crowd = [stage.runner(f"Runner {number}") for number in range(60)]
    for runner in crowd:
        stage.world.say(runner.person, "/timezone Berlin")
        stage.world.say(runner.person, "/reminders wed 07:00")
    await stage.settle()
    await stage.travel(at(2026, 11, 25, 12))
    assert [runner.count(REMINDER) for runner in crowd] == [1] * 60


@pytest.mark.slow
async def test_slots_nobody_uses_are_dropped_and_shared_ones_stay(stage: Stage) -> None:
    ann, bea = stage.runner("Ann"), stage.runner("Bea")
    await plan(ann, "mon 07:00")
    await plan(bea, "mon 07:00 thu 08:00")
    assert len(stage.work.coach.calendar.wakes()) == 2
    await bea.says("/reminders off")
    assert [slot.at.hour for slot in stage.work.coach.calendar.wakes()] == [7]


@pytest.mark.slow
async def test_one_whose_answer_is_late_can_still_be_put_off(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    world, stage = bea.stage.world, bea.stage
    world.faults.add(Fault(method="sendMessage", kind="latency", seconds=1.0, handled=True))
    stage.clock.moment = at(2026, 11, 25, 6)
    await stage.work.slots.wake(Slot("Europe/Berlin", datetime(2026, 1, 1, 7).time()))  # noqa: DTZ001
    await world.until(lambda: bea.count(REMINDER) == 1)
    await bea.taps("In 1 hour")
    await stage.work.outbox.deliver()
    await asyncio.sleep(1.2)
    await stage.travel(at(2026, 11, 25, 9))
    assert bea.count("Here I am again") == 1


@pytest.mark.slow
async def test_an_outbox_that_waits_for_telegram_does_not_hang(
    bea: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    await plan(bea, "wed 07:00")
    monkeypatch.setattr(base, "HANGS", 0.5)
    world, stage = bea.stage.world, bea.stage
    world.faults.add(Fault(method="sendMessage", kind="latency", seconds=2.0))
    stage.clock.moment = at(2026, 11, 25, 6)
    await stage.work.slots.wake(Slot("Europe/Berlin", datetime(2026, 1, 1, 7).time()))  # noqa: DTZ001
    await eventually(lambda: rows(stage.database, "reminders")[0]["state"] == "sending", timeout=2)
    await asyncio.sleep(1.0)
    assert bea.count(REMINDER) == 0
    assert stage.work.cluster.progress.hung() == []


@pytest.mark.slow
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
        ("12/24", "Thursday 24 December 2026"),
        ("till friday", "Friday 27 November 2026"),
        ("24.12.", "Thursday 24 December 2026"),
        ("5.12.", "Saturday 5 December 2026"),
        ("the 5th", "Saturday 5 December 2026"),
        ("until january", "Friday 1 January 2027"),
    ],
)
@pytest.mark.breadth(1)
async def test_away_reads_dates_as_people_write_them(ann: Runner, words: str, day: str) -> None:
    await ann.says(f"/away {words}")
    assert day in ann.shown.text


async def test_a_date_in_figures_that_may_be_two_is_asked_back(ann: Runner) -> None:
    await ann.says("/away 12/5")
    assert "Which day do you mean by “12/5”?" in ann.shown.text
    assert ann.shown.labels == [
        "Saturday 5 December 2026",
        "Wednesday 12 May 2027",
        "Leave it",
    ]
    assert "Reminders are not paused" in (await ann.says("/away")).text
    await ann.taps("Wednesday 12 May 2027")
    assert "No reminders until Wednesday 12 May 2027" in ann.shown.text
    assert [m.labels for m in ann.messages if "Which day" in m.text] == [[]]


@pytest.mark.breadth(1)
@pytest.mark.parametrize(
    ("words", "what", "label"),
    [
        ("24.12.2025", "is in the past", "Thursday 24 December 2026"),
        ("june", "a long time from now", "Tuesday 1 June 2027"),
        ("1 May 2031", "later than I can plan", "Saturday 1 May 2027"),
    ],
)
async def test_a_date_that_is_past_or_far_off_is_asked_back(
    ann: Runner, words: str, what: str, label: str
) -> None:
    await ann.says(f"/away {words}")
    assert what in ann.shown.text
    assert ann.shown.labels == [label, "Leave it"]
    await ann.says("yes")
    assert label in ann.shown.text


@pytest.mark.slow
@pytest.mark.breadth(2)
@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("december", "No reminders until Saturday 5 December 2026"),
        ("the 12th", "No reminders until Wednesday 12 May 2027"),
        ("Saturday 5 December 2026", "No reminders until Saturday 5 December 2026"),
        ("no, 7 December", "I did not understand"),
        ("7 December", "No reminders until Monday 7 December 2026"),
        ("1/2", "Which day do you mean by “1/2”?"),
        ("no", "nothing has changed"),
        ("yes", "Which day do you mean"),
    ],
)
async def test_the_date_is_told_in_words_too_also_after_a_restart(
    ann: Runner, answer: str, text: str
) -> None:
    await ann.says("/away 12/5")
    await ann.stage.restart()
    await ann.says(answer)
    assert text in ann.shown.text


async def test_a_date_is_taken_once_and_only_from_who_was_asked(stage: Stage, ann: Runner) -> None:
    await ann.says("/away 12/5")
    asked, data = ann.shown, ann.shown.button("Saturday 5 December 2026").data or ""
    eve = stage.runner("Eve")
    await eve.says("/help")
    assert (await eve.sends_data(eve.shown, data)).text == "This button is too old."
    await ann.taps("Saturday 5 December 2026")
    taken = len(ann.messages)
    assert (await ann.sends_data(asked, data)).text == "This button is too old."
    assert len(ann.messages) == taken


@pytest.mark.slow
async def test_leave_it_leaves_the_date_open_no_longer(ann: Runner) -> None:
    await ann.says("/away 12/5")
    asked = ann.shown
    await ann.taps("Leave it")
    assert "nothing has changed" in ann.shown.text
    data = "until:2026-12-05"
    assert (await ann.sends_data(asked, data)).text == "This button is too old."


@pytest.mark.slow
async def test_a_date_that_has_come_meanwhile_is_not_taken(ann: Runner) -> None:
    await ann.says("/away next wednesday")
    data = ann.shown.button("Wednesday 25 November 2026").data or ""
    asked = ann.shown
    await ann.stage.travel(at(2026, 11, 25, 5))
    assert (await ann.sends_data(asked, data)).text == "This button is too old."


@pytest.mark.slow
async def test_the_day_is_the_runners_own(ann: Runner) -> None:
    await ann.says("/timezone Auckland")
    await ann.stage.travel(at(2026, 11, 24, 12))
    await ann.says("/away tomorrow")
    assert "Thursday 26 November 2026" in ann.shown.text
    await ann.says("/timezone Honolulu")
    await ann.says("/away tomorrow")
    assert "Wednesday 25 November 2026" in ann.shown.text


@pytest.mark.slow
async def test_days_that_wait_for_a_place_outlive_a_question_about_a_date(ann: Runner) -> None:
    await ann.says("/reminders mon 07:00")
    await ann.says("/away 12/5")
    await ann.says("december")
    assert "No reminders until Saturday 5 December" in ann.shown.text
    await ann.says("Berlin")
    assert "Monday 07:00" in ann.shown.text


async def test_a_place_that_only_resembles_is_asked_never_set(ann: Runner) -> None:
    await ann.says("/timezone Nairobbi")
    assert "I don't know a place called “Nairobbi”. Is it this one?" in ann.shown.text
    assert ann.shown.labels == ["Nairobi, Kenya · 09:00", "None of these"]
    assert "Where are you?" in (await ann.says("/reminders mon 07:00")).text
    await ann.taps("Nairobi, Kenya · 09:00")
    assert "Monday 07:00" in ann.shown.text
    assert "Africa/Nairobi" in ann.shown.text


@pytest.mark.slow
@pytest.mark.breadth(2)
@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("yes", "Nairobi, Kenya (Africa/Nairobi)"),
        ("nairobi", "Nairobi, Kenya (Africa/Nairobi)"),
        ("no", "Then send the nearest larger city"),
        ("Lisbon", "Europe/Lisbon"),
        ("qwertyuiop", "I don't know a place called “qwertyuiop”"),
    ],
)
async def test_what_resembles_is_answered_in_words_too_also_after_a_restart(
    ann: Runner, answer: str, text: str
) -> None:
    await ann.says("/timezone Nairobbi")
    await ann.stage.restart()
    await ann.says(answer)
    assert text in ann.shown.text


@pytest.mark.slow
async def test_none_of_these_asks_for_another_place(ann: Runner) -> None:
    await ann.says("/reminders mon 07:00")
    await ann.says("Nairobbi")
    await ann.taps("None of these")
    assert "Then send the nearest larger city" in ann.shown.text
    assert [m.labels for m in ann.messages if "Nairobbi" in m.text] == [[]]
    await ann.says("Lisbon")
    assert "Monday 07:00" in ann.shown.text


@pytest.mark.slow
async def test_the_other_places_of_a_name_come_on_request(ann: Runner) -> None:
    await ann.says("/timezone Springfield")
    assert not any("Illinois" in label for label in ann.shown.labels)
    await ann.taps("Another place of this name")
    label = next(label for label in ann.shown.labels if "Illinois" in label)
    await ann.taps(label)
    assert "Springfield, Illinois, United States (America/Chicago)" in ann.shown.text


async def test_one_of_several_places_is_told_in_words(ann: Runner) -> None:
    await ann.says("/timezone Springfield")
    await ann.says("Illinois")
    assert "Springfield, Illinois, United States (America/Chicago)" in ann.shown.text


@pytest.mark.slow
async def test_yes_is_no_answer_to_which(ann: Runner) -> None:
    await ann.says("/timezone Springfield")
    await ann.says("yes")
    assert "For “springfield” I found these." in ann.shown.text
    assert "None of these" in ann.shown.labels


@pytest.mark.slow
async def test_yes_belongs_to_a_running_session(bea: Runner) -> None:
    await bea.says("/routine first two weeks")
    await bea.taps("Start")
    await bea.taps("My own pace")
    before = bea.shown.text
    await bea.says("/timezone Nairobbi")
    await bea.says("yes")
    assert "Africa/Nairobi" not in bea.shown.text
    assert bea.shown.text != before


@pytest.mark.slow
async def test_who_is_in_the_smaller_place_of_a_name_is_told_how_to_say_so(ann: Runner) -> None:
    await ann.says("/timezone Paris")
    assert "Paris, France (Europe/Paris)" in ann.shown.text
    assert "/timezone Paris, Texas, United States" in ann.shown.text
    await ann.says("/timezone Paris, Texas, United States")
    assert "America/Chicago" in ann.shown.text


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


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
async def test_a_clock_that_jumps_back_leaves_a_session_that_goes_on(bea: Runner) -> None:
    stage = bea.stage
    await bea.says("/routine first two weeks")
    await bea.taps("Start")
    await bea.taps("Skip")
    stage.clock.moment = stage.clock.now() - timedelta(hours=1)
    before = bea.shown.text
    await bea.taps("Done")
    assert bea.shown.text != before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("actually only until the 15th", "from Thursday 10 December 2026 until Tuesday 15"),
        ("make it until the 22nd", "from Thursday 10 December 2026 until Tuesday 22"),
        ("no, from the 12th", "from Saturday 12 December 2026 until Sunday 20"),
    ],
)
async def test_the_end_or_the_begin_of_a_time_away_is_corrected(
    bea: Runner, said: str, shown: str
) -> None:
    await plan(bea, "thu 07:00")
    await bea.says("/away 10 to 20 december")
    await bea.says(said)
    assert shown in bea.shown.text


async def test_a_time_that_is_told_of_something_is_asked_about_before_it_is_a_time_away(
    bea: Runner,
) -> None:
    await plan(bea, "thu 07:00")
    await bea.says("on a training camp from the 3rd to the 9th")
    assert bea.shown.labels == ["Yes", "No"]
    await bea.says("yes")
    assert "from Thursday 3 December 2026 until Wednesday 9 December" in bea.shown.text
