"""/week: the running week in words and by buttons, and the days that fit it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.conversations.stage import FIVE, Runner
from tests.databases import rows

EXAMPLE = "/week long sun, hard tue thu, rest fri"


async def schedule(runner: Runner) -> list[tuple[str, str]]:
    found = rows(
        runner.stage.database,
        f"SELECT weekday, local_time FROM schedule WHERE runner_id = {runner.person.id}",
    )
    return sorted((row["weekday"], row["local_time"]) for row in found)


async def test_without_a_week_buttons_ask_for_each_day(bea: Runner) -> None:
    await bea.says("/week")
    assert bea.shown.labels == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    await bea.taps("Sun")
    assert bea.shown.labels == ["Easy", "Hard", "Long", "Rest", "None", "Back to the week"]
    await bea.taps("Long")
    assert "Sunday: long run" in bea.shown.text
    assert "Not Saturday: the long run comes the next day." in bea.shown.text


async def test_words_make_a_week_with_days_and_reasons(bea: Runner) -> None:
    await bea.says("/week long sun, hard tue, easy thu")
    await bea.says("/week long sun, football tue, easy thu")
    assert "Tuesday: hard run" in bea.shown.text
    assert "Strength fits here" in bea.shown.text
    assert "Tuesday, after the hard run" in bea.shown.text
    assert "Use these days" in bea.shown.labels


@pytest.mark.parametrize(
    "words",
    [
        "mon easy, tue intervals, wed off, thu tempo, fri off, sat parkrun, sun long run",
        "my plan:\nMon easy 5k\nTue intervals 8x400\nThu tempo 8k\nSat parkrun\nSun long 20k",
    ],
)
async def test_a_week_that_is_pasted_is_one(bea: Runner, words: str) -> None:
    await bea.says(words)
    assert "Monday: easy run\nTuesday: hard run" in bea.shown.text
    assert "Saturday: hard run\nSunday: long run" in bea.shown.text


async def test_three_days_are_proposed_in_base_and_two_on_the_way_to_a_race(bea: Runner) -> None:
    for week in range(1, 13):
        await bea.has_trained(FIVE, bea.stage.clock.now() - timedelta(weeks=week))
    await bea.says("/week easy mon wed fri")
    assert bea.shown.text.count("•") == 3
    await bea.says("/race marathon 1 February")  # 69 days: build
    await bea.says("/week")
    assert bea.shown.text.count("•") == 2


@pytest.mark.parametrize("words", ["hard run on mon, easy on tue or rest on wed?", "7:30"])
@pytest.mark.breadth(1)
async def test_what_is_no_whole_week_makes_none(bea: Runner, words: str) -> None:
    await bea.says(words)
    assert "I did not understand" in bea.shown.text


async def test_the_proposed_days_become_reminders_and_the_time_is_asked_once(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/week long sun, hard tue, easy thu")
    await bea.taps("Use these days")
    assert "18:00" in bea.shown.labels
    await bea.taps("18:00")
    assert await schedule(bea) == [("thursday", "18:00"), ("tuesday", "18:00")]
    await bea.says("/week long sat, hard wed, easy mon fri")
    assert "These days would move them to" in bea.shown.text
    await bea.says("use these days please")
    assert [time for _, time in await schedule(bea)] == ["18:00", "18:00"]


async def test_days_that_were_proposed_and_used_are_not_in_the_way(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/week long sun, hard tue thu, rest fri, easy mon wed")
    assert "Monday: trunk and upper back" in bea.shown.text
    await bea.taps("Use these days")
    await bea.taps("18:00")
    await bea.says("/week")
    assert "in the way" not in bea.shown.text


async def test_a_newcomer_has_fewer_days_where_soreness_would_meet_a_hard_run(bea: Runner) -> None:
    await bea.says(EXAMPLE)
    assert "The least bad plan" in bea.shown.text
    assert "Thursday, after the hard run" in bea.shown.text
    assert "Monday: trunk and upper back" in bea.shown.text
    assert "In your first weeks" in bea.shown.text


@pytest.mark.slow
async def test_days_that_are_proposed_no_more_are_not_used(bea: Runner) -> None:
    await bea.says(EXAMPLE)
    old = bea.shown
    await bea.says("/week hard mon, long sat")
    await bea.taps("Use these days", old)
    assert await schedule(bea) == []


@pytest.mark.breadth(1)
@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("sun long, tue hard", {"sunday": "long", "tuesday": "hard"}),
        ("long sunday hard tue & thu", {"sunday": "long", "tuesday": "hard", "thursday": "hard"}),
        ("intervals wed 18:30; long run sat 8am", {"wednesday": "hard", "saturday": "long"}),
        (
            "hard tue, thu, easy mon-wed",
            {
                "tuesday": "easy",
                "thursday": "hard",
                "monday": "easy",
                "wednesday": "easy",
            },
        ),
    ],
)
async def test_many_ways_of_saying_it_are_read(
    bea: Runner, words: str, days: dict[str, str]
) -> None:
    await bea.says(f"/week {words}")
    found = rows(bea.stage.database, "SELECT weekday, kind FROM run_days")
    assert {row["weekday"]: row["kind"] for row in found} == days


@pytest.mark.slow
@pytest.mark.breadth(2)
@pytest.mark.parametrize("words", ["blah", "hard someday", "<b>long</b>", "long", "tue"])
async def test_what_is_not_understood_changes_nothing_and_shows_an_example(
    bea: Runner, words: str
) -> None:
    await bea.says(EXAMPLE)
    before = rows(bea.stage.database, "SELECT * FROM run_days")
    await bea.says(f"/week {words}")
    assert "/week long sun" in bea.shown.text
    assert rows(bea.stage.database, "SELECT * FROM run_days") == before


@pytest.mark.statements
async def test_off_forgets_the_week_and_keeps_the_reminders(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders mon 07:00")
    await bea.says(EXAMPLE)
    await bea.says("/week off")
    assert rows(bea.stage.database, "SELECT * FROM run_days") == []
    assert await schedule(bea) == [("monday", "07:00")]


@pytest.mark.slow
async def test_a_reminder_before_the_long_run_spares_the_legs_and_says_why(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/week long sun")
    await bea.says("/reminders sat 07:00")
    await bea.stage.travel(datetime(2026, 11, 28, 12, tzinfo=UTC))
    assert "Your long run is tomorrow" in bea.shown.text
    assert "Before a run" in bea.shown.text
    await bea.taps("Why today?")
    assert "Doma 2019" in bea.shown.text


async def test_a_kind_without_a_day_asks_for_the_day(bea: Runner) -> None:
    await bea.says("/week long")
    assert bea.shown.text.startswith("On which day? For example: /week long sun")


async def test_a_missed_day_moves_by_one_tap_and_comes_once(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/week easy mon wed, rest tue")
    await bea.says("/reminders mon wed fri 07:00")
    await bea.stage.travel(datetime(2026, 11, 25, 7, tzinfo=UTC))
    await bea.taps("Not today")
    assert "let this one go" in bea.shown.text
    await bea.says("/reminders wed 07:00")
    await bea.stage.travel(datetime(2026, 12, 2, 7, tzinfo=UTC))
    await bea.taps("Not today")
    offer = bea.shown
    assert offer.labels == ["To Thursday 3 December", "Let it go"]
    await bea.taps("To Thursday 3 December")
    await bea.sends_data(offer, "moveday:2:2026-12-04")
    before = bea.count("Today is a training day")
    await bea.stage.travel(datetime(2026, 12, 8, 12, tzinfo=UTC))
    assert bea.count("Today is a training day") == before + 1


async def test_a_moved_session_is_not_announced_while_reminders_are_off_or_the_runner_is_away(
    bea: Runner,
) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders tue 18:00")
    await bea.says("/week long sun")
    await bea.stage.travel(datetime(2026, 11, 24, 18, tzinfo=UTC))
    await bea.taps("Not today")
    await bea.taps(bea.shown.labels[0])
    await bea.says("when is my next reminder?")
    assert "Next reminder: Wednesday 25 November" in bea.shown.text
    await bea.says("/away 3 days")
    await bea.says("when is my next reminder?")
    assert "25 November" not in bea.shown.text
    await bea.says("/away off")
    await bea.says("/reminders off")
    await bea.says("when is my next reminder?")
    assert "25 November" not in bea.shown.text


@pytest.mark.slow
async def test_days_that_a_changed_week_puts_in_the_way_are_named_and_move(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders tue sat 18:00")
    await bea.says("/week long sun, easy tue")
    assert "Your training days on Saturday are in the way." in bea.shown.text
    assert "you would train on Tuesday and Thursday" in bea.shown.text
    old = bea.shown
    await bea.taps("Move them")
    assert await schedule(bea) == [("thursday", "18:00"), ("tuesday", "18:00")]
    await bea.says("/week long fri")
    await bea.taps("Move them", old)
    assert await schedule(bea) == [("thursday", "18:00"), ("tuesday", "18:00")]


async def test_of_days_in_the_way_those_that_stay_are_named_apart(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders mon wed fri 18:00")
    await bea.says("/week long sun, hard tue")
    assert (
        "Your training days on Monday and Friday are in the way, and no other day has room."
    ) in bea.shown.text, "no day next to another is offered"
    await bea.says("/reminders mon thu 18:00")
    await bea.says("/week hard fri, long sun")
    assert (
        "Your training days on Monday are in the way. Moved to the nearest good days, you would"
        " train on Tuesday and Thursday."
    ) in bea.shown.text
    assert "Your training days on Thursday are in the way, and no other day" in bea.shown.text


@pytest.mark.slow
async def test_days_without_room_elsewhere_stay(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders sat 18:00")
    await bea.says("/week long mon tue wed thu fri sat sun")
    assert "Your training days on Saturday are in the way, and no other day has room" in (
        bea.shown.text
    )
    assert "Move them" not in bea.shown.labels


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("my long run is on sunday", {"sunday": "long"}),
        ("I run hard on tuesdays and thursdays", {"tuesday": "hard", "thursday": "hard"}),
        ("I run hard on tuesdays and long on sundays", {"tuesday": "hard", "sunday": "long"}),
        ("long run sunday, tempo wednesday", {"sunday": "long", "wednesday": "hard"}),
        ("on mondays I rest", {"monday": "rest"}),
        ("I usually do my long run on sundya", {"sunday": "long"}),
        ("intervalls on tuesday and thursday", {"tuesday": "hard", "thursday": "hard"}),
        ("easy on mon and wed", {"monday": "easy", "wednesday": "easy"}),
        ("parkrun every saturday", {"saturday": "hard"}),
    ],
)
@pytest.mark.breadth(1)
async def test_sentences_tell_days_of_the_week(
    bea: Runner, words: str, days: dict[str, str]
) -> None:
    await bea.says(words)
    found = rows(bea.stage.database, "SELECT weekday, kind FROM run_days")
    assert {row["weekday"]: row["kind"] for row in found} == days
    assert "Your running week" in bea.shown.text


async def test_a_sentence_changes_its_days_and_leaves_the_others(bea: Runner) -> None:
    await bea.says("/week long sat 9:00, hard tue 18:30")
    await bea.says("my long run is on sundays")
    await bea.says("tempo run on tuesdays")
    found = rows(bea.stage.database, "SELECT weekday, kind, run_at FROM run_days")
    assert {(row["weekday"], row["kind"], row["run_at"]) for row in found} == {
        ("sunday", "long", None),
        ("tuesday", "hard", "18:30"),
    }
    await bea.says("I don't run on tuesdays")
    found = rows(bea.stage.database, "SELECT weekday FROM run_days")
    assert [row["weekday"] for row in found] == ["sunday"]


async def test_why_today_has_its_rule_and_without_a_week_it_says_so(bea: Runner) -> None:
    await bea.says("why today?")
    assert "You have told me no running week" in bea.shown.text
    await bea.says("/week long wed")
    await bea.says("why not today?")
    assert "Your long run is tomorrow" in bea.shown.text
    assert "Doma 2019" in bea.shown.text


@pytest.mark.slow
async def test_who_told_one_run_is_asked_for_the_others(bea: Runner) -> None:
    await bea.says("my long run is on sunday")
    assert "So far I know one of your days." in bea.shown.text
    await bea.says("I run easy on tuesdays")
    assert "So far I know" not in bea.shown.text


@pytest.mark.slow
async def test_a_run_on_another_day_is_answered_honestly(bea: Runner) -> None:
    await bea.says("I ran long today instead")
    assert "can’t move a single run" in bea.shown.text
    await bea.taps("Core and upper back")
    assert "Core and upper back" in bea.shown.text


OFFER = "Yesterday’s session did not happen"


async def ignores_wednesday(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders wed 07:00")
    await bea.stage.travel(datetime(2026, 11, 25, 7, tzinfo=UTC))
    assert bea.count("Today is a training day") == 1


@pytest.mark.statements
async def test_an_ignored_day_is_offered_once_a_day_later_and_moves_by_one_tap(bea: Runner) -> None:
    await bea.says("/week easy mon wed, rest tue")
    await ignores_wednesday(bea)
    assert bea.count(OFFER) == 0
    await bea.stage.travel(datetime(2026, 11, 26, 7, tzinfo=UTC))
    assert bea.count(OFFER) == 1
    assert bea.shown.labels == ["To Friday 27 November", "Let it go"]
    await bea.taps("To Friday 27 November")
    assert "Moved to Friday 27 November" in bea.shown.text
    await bea.says("when is my next session?")
    assert "Friday 27 November" in bea.shown.text
    await bea.stage.travel(datetime(2026, 11, 27, 7, tzinfo=UTC))
    assert (bea.count("Today is a training day"), bea.count(OFFER)) == (2, 0)
    dates = [row["local_date"] for row in rows(bea.stage.database, "SELECT * FROM reminders")]
    assert len(dates) == len(set(dates)) == 2


@pytest.mark.slow
async def test_an_offer_comes_once_also_after_a_restart(bea: Runner) -> None:
    await bea.says("/week easy mon wed, rest tue")
    await ignores_wednesday(bea)
    await bea.stage.travel(datetime(2026, 11, 26, 7, tzinfo=UTC))
    await bea.taps("Let it go")
    await bea.stage.restart()
    await bea.stage.travel(datetime(2026, 11, 30, 7, tzinfo=UTC))
    assert bea.count(OFFER) == 1


@pytest.mark.slow
@pytest.mark.parametrize("words", ["/reminders wed thu 07:00", "/away 2 weeks", "/week off"])
async def test_an_ignored_day_is_not_offered_where_it_is_pointless(bea: Runner, words: str) -> None:
    await bea.says("/week easy mon wed, rest tue")
    await ignores_wednesday(bea)
    await bea.says(words)
    await bea.stage.travel(datetime(2026, 11, 26, 12, tzinfo=UTC))
    assert bea.count(OFFER) == 0


@pytest.mark.slow
async def test_what_was_done_or_answered_is_not_offered(bea: Runner) -> None:
    await bea.says("/week easy mon wed, rest tue")
    await ignores_wednesday(bea)
    await bea.taps("Not today")
    await bea.stage.travel(datetime(2026, 11, 26, 12, tzinfo=UTC))
    assert bea.count(OFFER) == 0
    await bea.stage.travel(datetime(2026, 12, 2, 7, tzinfo=UTC))
    await bea.says("I did it at the gym")
    await bea.stage.travel(datetime(2026, 12, 3, 12, tzinfo=UTC))
    assert bea.count(OFFER) == 0


@pytest.mark.slow
async def test_the_second_ignored_day_in_a_row_is_not_offered(bea: Runner) -> None:
    await bea.says("/week easy mon wed, rest tue")
    await ignores_wednesday(bea)
    await bea.stage.travel(datetime(2026, 12, 3, 12, tzinfo=UTC))
    assert bea.count(OFFER) == 1


@pytest.mark.slow
async def test_without_a_week_and_a_race_nothing_is_offered(bea: Runner) -> None:
    await ignores_wednesday(bea)
    await bea.stage.travel(datetime(2026, 11, 26, 12, tzinfo=UTC))
    assert bea.count(OFFER) == 0
    assert rows(bea.stage.database, "SELECT * FROM missed_days") == []


@pytest.mark.slow
async def test_what_is_no_run_in_a_pasted_week_is_no_run(bea: Runner) -> None:
    await bea.says("Mon easy 5k\nTue intervals\nWed gym\nThu tempo\nSat yoga\nSun long 20k")
    assert "Wednesday: nothing planned" in bea.shown.text
    assert "Saturday: nothing planned" in bea.shown.text
    assert "Sunday: long run" in bea.shown.text


@pytest.mark.slow
async def test_days_for_strength_are_no_days_for_runs(bea: Runner) -> None:
    await bea.says("intervals tue, long run sat and I want strength on mon and thu at 18:00")
    assert bea.shown.text.startswith("Where are you?")
    await bea.says("/week")
    assert "Monday: nothing planned\nTuesday: hard run" in bea.shown.text
    assert "Saturday: long run" in bea.shown.text


@pytest.mark.slow
async def test_the_proposed_days_are_used_for_their_words_too(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/week long sun")
    await bea.says("use these days")
    await bea.says("18:30")
    assert bea.shown.text.startswith("Tuesday, Thursday 18:30")


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", ["yes", "to thursday", "Thursday", "move it", "tomorrow instead", "rather thursday"]
)
async def test_a_missed_session_moves_for_words_too(bea: Runner, words: str) -> None:
    await _not_today(bea)
    await bea.says(words)
    assert bea.shown.text == "Moved to Thursday 26 November. I will remind you then."


@pytest.mark.slow
async def test_a_missed_session_moves_to_no_day_without_room(bea: Runner) -> None:
    await _not_today(bea)
    await bea.says("to friday")
    assert bea.shown.text.startswith("There is room for it on Thursday 26 November.")
    assert bea.shown.labels == ["To Thursday 26 November", "Let it go"]


async def _not_today(runner: Runner) -> None:
    await runner.knows_the_exercises()
    await runner.says("/timezone Berlin")
    await runner.says("/week long sun, hard tue")
    await runner.says("/reminders wed sat 7:00")
    await runner.stage.travel(datetime(2026, 11, 25, 6, 5, tzinfo=UTC))
    await runner.taps("Not today")


@pytest.mark.parametrize(
    ("week", "said", "shown"),
    [
        (
            "hard tue",
            ("my hard run is now Wednesday",),
            "Tuesday: nothing planned\nWednesday: hard",
        ),
        (
            "long sun",
            ("move my long run to Saturday", "every week"),
            "Saturday: long run\nSunday: no",
        ),
        ("long sun", ("move my long run to Saturday",), "Only Saturday 28 November 2026, or every"),
        ("long sun", ("my long run moved to saturday", "this week"), "I plan by your usual week"),
        ("hard tue thu", ("my hard run is now Wednesday",), "on Tuesday and Thursday. Which one"),
        ("hard tue thu", ("hard runs are now mon and wed",), "Monday: hard run\nTuesday: nothing"),
        (
            "hard tue thu",
            ("move my hard run from tuesday to wednesday every week",),
            "Tuesday: nothing planned\nWednesday: hard run\nThursday: hard run",
        ),
        ("hard tue", ("football on wednesdays",), "A sport that is hard on the legs counts"),
    ],
)
@pytest.mark.breadth(2)
async def test_a_run_that_moves_leaves_the_day_where_it_was(
    bea: Runner, week: str, said: tuple[str, ...], shown: str
) -> None:
    await bea.says(f"/week {week}")
    for words in said:
        await bea.says(words)
    assert shown in bea.shown.text
