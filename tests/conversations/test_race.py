"""/race: what it changes, by dates alone, until race day and after it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.conversations.stage import Runner
from tests.databases import rows

DAY = timedelta(days=1)
RACE = date(2027, 1, 31)  # ten weeks after TUESDAY's week


def kept(runner: Runner) -> list[tuple[str, str, str]]:
    found = rows(runner.stage.database, "SELECT distance, day, rank FROM races ORDER BY day")
    return [(row["distance"], str(row["day"])[:10], row["rank"]) for row in found]


async def noon(runner: Runner, days_before: int) -> None:
    """Travel to noon of the day so many days before the race."""
    day = RACE - days_before * DAY
    await runner.stage.travel(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("words", "distance", "day"),
    [
        ("marathon 4 April", "marathon", "2027-04-04"),
        ("10 km 2 May 2027", "k10", "2027-05-02"),
        ("half marathon on 7 March", "half", "2027-03-07"),
        ("50k 3 July", "ultra", "2027-07-03"),
        ("26.2 miles 4 April", "marathon", "2027-04-04"),
        ("4 April marathon", "marathon", "2027-04-04"),
        ("5k tomorrow", "k5", "2026-11-25"),
        ("5k today", "k5", "2026-11-24"),
        ("half boxing day", "half", "2026-12-26"),
        ("half a week on sunday", "half", "2026-12-06"),
    ],
)
@pytest.mark.breadth(1)
async def test_words_make_a_race(bea: Runner, words: str, distance: str, day: str) -> None:
    await bea.says(f"/race {words}")
    assert kept(bea) == [(distance, day, "main")]


async def test_without_words_the_distance_is_tapped_and_the_date_typed(bea: Runner) -> None:
    await bea.says("/race")
    await bea.taps("Marathon")
    await bea.says("4 April")
    assert kept(bea) == [("marathon", "2027-04-04", "main")]


@pytest.mark.slow
async def test_the_distance_is_typed_as_well_as_tapped(bea: Runner) -> None:
    await bea.says("/race")
    await bea.says("half")
    await bea.says("4 April")
    assert kept(bea) == [("half", "2027-04-04", "main")]
    await bea.says("my race is tomorrow")
    await bea.says("a 10k")
    assert kept(bea)[0] == ("k10", "2026-11-25", "minor")


@pytest.mark.slow
async def test_a_date_without_a_distance_asks_for_it(bea: Runner) -> None:
    await bea.says("/race 4 April")
    await bea.taps("Half marathon")
    assert kept(bea) == [("half", "2027-04-04", "main")]


@pytest.mark.slow
@pytest.mark.parametrize("words", ["blah", "marathon someday", "<b>10k</b>", "0 km 4 April x"])
async def test_what_is_not_understood_changes_nothing_and_shows_an_example(
    bea: Runner, words: str
) -> None:
    await bea.says(f"/race {words}")
    assert "/race marathon 4 April" in bea.shown.text
    assert kept(bea) == []


@pytest.mark.parametrize(
    ("said", "tapped"),
    [
        ("/race marathon 22 November", ("Sunday 22 November 2026", "I ran it")),
        ("/race marathon yesterday", ("I ran it",)),
        ("I ran a marathon yesterday", ()),
    ],
)
async def test_a_race_that_is_just_over_is_followed_by_recovery(
    bea: Runner, said: str, tapped: tuple[str, ...]
) -> None:
    await bea.says(said)
    for label in tapped:
        await bea.taps(label)
    assert "since your marathon: no strength work yet" in bea.shown.text
    await bea.says("/today")
    assert "since your marathon: no strength work yet" in bea.shown.text


async def test_after_a_race_that_was_run_today_nobody_wishes_a_good_run(bea: Runner) -> None:
    await bea.says("/race 5k today")
    await bea.says("/today")
    assert bea.shown.text == "Today is your 5 km race. No strength work; have a good run!"
    await bea.says("I finished the race")
    assert "Today was your 5 km race: no strength work yet." in bea.shown.text
    await bea.says("/today")
    assert bea.shown.text == (
        "Today was your 5 km race: no strength work yet. Easy walking is fine."
    )


async def test_who_did_not_start_still_recovers_from_the_race_before(bea: Runner) -> None:
    await bea.says("/race marathon yesterday")
    await bea.taps("I ran it")
    await bea.says("/race 10 km today")
    await bea.says("I did not run the race")
    assert bea.shown.text.startswith("Thank you. Then only the race before it counts.")
    assert "1 day since your marathon: no strength work yet" in bea.shown.text


async def test_a_date_that_passed_long_ago_is_the_next_years(bea: Runner) -> None:
    await bea.says("/race 10 km 10 November")
    assert kept(bea) == [("k10", "2027-11-10", "main")]


@pytest.mark.slow
async def test_of_several_races_one_counts(bea: Runner) -> None:
    await bea.says("/race marathon 4 April")
    await bea.says("/race 10 km 7 March")
    assert [rank for _, _, rank in kept(bea)] == ["minor", "main"]
    await bea.taps("7 Mar: this one counts")
    assert [rank for _, _, rank in kept(bea)] == ["main", "minor"]
    await bea.says("/race off")
    await bea.taps("10 km · 7 Mar")
    assert kept(bea) == [("marathon", "2027-04-04", "minor")]
    await bea.says("/race off")
    assert kept(bea) == []


@pytest.mark.slow
async def test_near_the_race_reminders_say_so_and_the_legs_rest(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/race marathon 31 January")
    await noon(bea, 13)
    await bea.says("/reminders daily 07:00")
    await noon(bea, 12)
    assert "12 days to your marathon: one easy set of each." in bea.shown.text
    await bea.says("/today")
    assert "12 days to your marathon: one easy set of each." in bea.shown.text
    await noon(bea, 8)
    await bea.says("/reminders daily 07:30")
    await noon(bea, 7)
    assert "7 days to your marathon: no strength work for your legs now" in bea.shown.text
    await bea.says("/routine marathon five")
    assert "this close to your race" in bea.shown.text
    await noon(bea, 2)
    await bea.says("/reminders daily 07:00")
    await noon(bea, 1)
    assert "1 day to your marathon. No strength work today" in bea.shown.text


async def test_after_the_race_one_question_comes_and_then_the_return(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/race half 31 January")
    await noon(bea, -1)
    assert bea.count("How did your half marathon go?") == 0
    await noon(bea, -2)
    assert bea.count("How did your half marathon go?") == 1
    await bea.taps("I ran it")
    assert "2 days since your half marathon: no strength work yet" in bea.shown.text
    await noon(bea, -6)
    assert (bea.count("How did your half marathon go?"), bea.count("Well done!")) == (0, 1)


@pytest.mark.slow
async def test_who_stopped_early_says_how_far(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/race marathon 31 January")
    await noon(bea, -2)
    question = bea.shown
    await bea.taps("I stopped early")
    await bea.taps("Up to 5 km")
    assert rows(bea.stage.database, "SELECT reached FROM races")[0]["reached"] == "k5"
    await bea.taps("I ran it", question)
    assert rows(bea.stage.database, "SELECT reached FROM races")[0]["reached"] == "k5"


@pytest.mark.parametrize(
    ("words", "distance", "day"),
    [
        ("i have a marathon on 4 April", "marathon", "2027-04-04"),
        ("half marathon on sunday 7 march", "half", "2027-03-07"),
        ("I have a 10k on 2 May", "k10", "2027-05-02"),
        ("10k race on 2 May", "k10", "2027-05-02"),
        ("I am running a maraton on 4 april", "marathon", "2027-04-04"),
        ("marathon 4 april", "marathon", "2027-04-04"),
        ("race marathon 4 april", "marathon", "2027-04-04"),
        ("I've got a half marathon on boxing day", "half", "2026-12-26"),
    ],
)
@pytest.mark.breadth(1)
async def test_a_sentence_makes_a_race(bea: Runner, words: str, distance: str, day: str) -> None:
    await bea.says(words)
    assert kept(bea) == [(distance, day, "main")]


@pytest.mark.slow
async def test_a_number_of_weeks_is_only_rough_so_that_the_weekend_is_asked(bea: Runner) -> None:
    await bea.says("race in ten weeks: half")
    assert bea.shown.text == "Which day is it?"
    assert "Sunday 31 January 2027" in bea.shown.labels
    await bea.taps("Sunday 31 January 2027")
    assert kept(bea) == [("half", "2027-01-31", "main")]
    await bea.says("how many days until my race")
    assert "9 weeks to your half marathon" in bea.shown.text
    assert "No leg work after Sunday 24 January" in bea.shown.text


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", ["/race half in may", "race half in may", "/race half next month"]
)
async def test_a_month_alone_is_no_date(bea: Runner, words: str) -> None:
    await bea.says(words)
    assert bea.shown.text.startswith("On which day is your half marathon?")
    await bea.says("in may")
    assert bea.shown.text.startswith("On which day is your half marathon?")
    await bea.says("it's on the 9th of may")
    assert kept(bea) == [("half", "2027-05-09", "main")]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("/race half in 3 weeks", "Sunday 13 December 2026"),
        ("/race half this weekend", "Sunday 29 November 2026"),
        ("/race half 31.12.2029", "Thursday 31 December 2026"),
    ],
)
async def test_what_is_rough_behind_the_command_is_asked(
    bea: Runner, words: str, label: str
) -> None:
    await bea.says(words)
    assert bea.shown.text.startswith(("Which day is it?", "Is that the day?"))
    assert kept(bea) == []
    assert label in bea.shown.labels


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "question", "label"),
    [
        ("running the london marathon on 25 april", "Is that the day?", "Sunday 25 April 2027"),
        ("my marathon is 16 weeks out", "Which day is it?", "Sunday 14 March 2027"),
        ("xc race saturday", "Which distance is it?", "10 km"),
    ],
)
async def test_what_may_be_a_race_is_asked_and_added_by_a_tap(
    bea: Runner, words: str, question: str, label: str
) -> None:
    await bea.says(words)
    assert bea.shown.text.startswith(question)
    assert kept(bea) == []
    await bea.taps(label)
    assert len(kept(bea)) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        "my friend did a marathon on 4 april",
        "i don't like the marathon on 4 april",
        "two races, a 10k on 6 december and a half on 20 december",
        "my wife runs a marathon on 4 april",
    ],
)
async def test_what_is_no_race_to_come_is_not_asked_about(bea: Runner, words: str) -> None:
    await bea.says(words)
    assert bea.shown.text.startswith("I did not understand")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "answer", "day"),
    [
        ("my first half is in april", "on the 11th", "2027-04-11"),
        ("i train for a half in april 2027", "11", "2027-04-11"),
        ("half in april", "2 may", "2027-05-02"),
        ("/race half in may", "the 9th, and what should i do today?", "2027-05-09"),
    ],
)
async def test_the_day_that_is_asked_for_is_one_of_the_month_that_was_named(
    bea: Runner, words: str, answer: str, day: str
) -> None:
    await bea.says(words)
    assert kept(bea) == []
    await bea.says(answer)
    assert kept(bea) == [("half", day, "main")]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "answers", "day"),
    [
        ("I'm training for the berlin half on 5 april", ["yes"], "2027-04-05"),
        ("half in 3 weeks", ["sunday", "the 20th"], "2026-12-20"),
        ("half in 3 weeks", ["no", "yes"], None),
        ("half this weekend", ["the sunday"], "2026-11-29"),
    ],
)
async def test_a_date_that_is_offered_may_be_typed(
    bea: Runner, words: str, answers: list[str], day: str | None
) -> None:
    await bea.says(words)
    for answer in answers:
        await bea.stage.restart()
        await bea.says(answer)
    assert kept(bea) == ([("half", day, "main")] if day else [])


@pytest.mark.slow
async def test_a_rough_date_without_a_distance_is_never_taken_for_a_day(bea: Runner) -> None:
    await bea.says("my race is in 3 weeks")
    await bea.taps("Half marathon")
    assert bea.shown.text.startswith("On which day is your half marathon?")
    assert kept(bea) == []


async def test_a_race_in_words_asks_for_what_is_missing(bea: Runner) -> None:
    await bea.says("i am training for a half marathon")
    await bea.says("31 January")
    assert kept(bea) == [("half", "2027-01-31", "main")]
    await bea.says("my race is on 14 March")
    await bea.taps("10 km")
    assert kept(bea)[1] == ("k10", "2027-03-14", "minor")


async def test_one_message_names_two_races_and_a_button_one_more(bea: Runner) -> None:
    await bea.says("10k on 6 Dec and a half on 14 March")
    assert kept(bea) == [("k10", "2026-12-06", "main"), ("half", "2027-03-14", "minor")]
    await bea.says("no, 13 December")
    await bea.taps("10 km · 6 Dec")
    assert kept(bea)[0] == ("k10", "2026-12-13", "main")
    await bea.taps("Another race")
    await bea.taps("5 km")
    await bea.says("the second of may")
    assert kept(bea)[2] == ("k5", "2027-05-02", "minor")


@pytest.mark.slow
async def test_a_race_that_is_moved_keeps_its_place(bea: Runner) -> None:
    await bea.says("/race half 31 January")
    await bea.says("/race 10 km 7 March")
    await bea.says("the race moved to 14 February")
    assert "Which one has moved?" in bea.shown.text
    await bea.taps("Half marathon · 31 Jan")
    assert kept(bea) == [("half", "2027-02-14", "main"), ("k10", "2027-03-07", "minor")]
    await bea.says("my half was postponed")
    assert "To which day?" in bea.shown.text
    await bea.says("the half moved to 7 March")
    assert "To which day?" in bea.shown.text
    assert kept(bea)[0] == ("half", "2027-02-14", "main")


@pytest.mark.slow
async def test_the_new_date_of_a_race_is_told_when_it_is_asked(bea: Runner) -> None:
    await bea.says("/race half 31 January")
    await bea.says("my race is a week later")
    await bea.says("7 February")
    assert kept(bea) == [("half", "2027-02-07", "main")]


@pytest.mark.slow
async def test_a_race_that_is_told_again_keeps_how_much_it_counts(bea: Runner) -> None:
    await bea.says("/race half 31 January for training")
    await bea.says("/race half 31 January")
    assert kept(bea) == [("half", "2027-01-31", "training")]
    await bea.says("the half is a B race")
    assert kept(bea) == [("half", "2027-01-31", "minor")]
    await bea.says("is the half for training?")
    assert kept(bea) == [("half", "2027-01-31", "minor")]


@pytest.mark.parametrize(
    "words",
    ["the half on 7 march is cancelled", "cancel the half", "/race off half", "half is off"],
)
@pytest.mark.breadth(1)
async def test_of_two_races_the_one_that_is_named_is_forgotten(bea: Runner, words: str) -> None:
    await bea.says("/race marathon 4 April")
    await bea.says("/race half 7 March for training")
    await bea.says(words)
    assert kept(bea) == [("marathon", "2027-04-04", "main")]


@pytest.mark.slow
async def test_a_race_that_is_not_known_is_not_taken_for_another(bea: Runner) -> None:
    await bea.says("/race marathon 4 April")
    await bea.says("the half is cancelled")
    assert bea.shown.text == "Which one is off?"
    assert len(kept(bea)) == 1


@pytest.mark.slow
async def test_when_to_taper_is_told_by_the_race_that_is_known(bea: Runner) -> None:
    await bea.says("do i need to taper")
    assert bea.shown.text.startswith("Tell me your race with /race")
    await bea.says("/race half 31 January")
    await bea.says("when does the taper start?")
    assert "No leg work after Sunday 24 January" in bea.shown.text


@pytest.mark.statements
async def test_a_cancelled_race_is_forgotten_and_after_its_day_it_was_not_run(bea: Runner) -> None:
    await bea.says("/race half 31 January")
    await bea.says("the race is cancelled")
    assert kept(bea) == []
    await bea.says("/race 5k 28 November")
    await bea.stage.travel(datetime(2026, 11, 29, 8, tzinfo=UTC))
    await bea.says("the race was cancelled")
    assert "Then nothing has to recover" in bea.shown.text
    assert rows(bea.stage.database, "SELECT started FROM races")[0]["started"] == 0


@pytest.mark.breadth(1)
@pytest.mark.parametrize(
    ("words", "answer", "started"),
    [
        ("I ran the race", "Well done!", 1),
        ("I did not run the race", "Then nothing has to recover", 0),
        ("I did not finish the race", "How far did you get?", None),
        ("Finished!", "Well done!", 1),
        ("i didn't start", "Then nothing has to recover", 0),
        ("dropped out", "How far did you get?", None),
        ("I ran it, nothing hurts", "Well done!", 1),
        ("ran it in 24:10", "Well done!", 1),
        ("24:10", "Well done!", 1),
        ("It went well!", "Well done!", 1),
        ("DNF", "How far did you get?", None),
        ("it was cancelled", "Then nothing has to recover", 0),
    ],
)
async def test_how_a_race_went_is_told_in_words_and_then_not_asked(
    bea: Runner, words: str, answer: str, started: int | None
) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/race 5k 28 November")
    await bea.stage.travel(datetime(2026, 11, 28, 18, tzinfo=UTC))
    await bea.says(words)
    assert answer in bea.shown.text
    if started is None:
        await bea.taps("Up to 5 km")
        started = 1
    assert rows(bea.stage.database, "SELECT started FROM races")[0]["started"] == started
    await bea.stage.travel(datetime(2026, 12, 1, 12, tzinfo=UTC))
    assert bea.count("How did your 5 km race go?") == 0


@pytest.mark.statements
async def test_how_much_a_race_counts_is_told_in_words_or_by_buttons(bea: Runner) -> None:
    await bea.says("/race half 31 January")
    await bea.says("/race 10 km 10 January for training")
    assert [rank for _, _, rank in kept(bea)] == ["training", "main"]
    await bea.taps("10 Jan: a smaller race")
    assert [rank for _, _, rank in kept(bea)] == ["minor", "main"]
    await bea.says("/race 10 km 14 March main race")
    assert [rank for _, _, rank in kept(bea)] == ["minor", "minor", "main"]
    await bea.says("/race 5 km 12 December b race")
    await bea.taps("12 Dec: for training")
    assert kept(bea)[0] == ("k5", "2026-12-12", "training")


@pytest.mark.slow
async def test_a_training_day_in_the_way_of_a_race_moves_by_one_tap(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders tue sat 18:00")
    await bea.says("/race 5k 29 November for training")
    assert "Saturday 28 November → Thursday 26 November" in bea.shown.text
    offer = bea.shown
    await bea.taps("Move them")
    assert "Moved" in bea.shown.text
    await bea.taps("Move them", offer)
    await bea.says("when is my next session?")
    await bea.stage.travel(datetime(2026, 11, 30, 12, tzinfo=UTC))
    found = rows(bea.stage.database, "SELECT local_date, state FROM reminders ORDER BY local_date")
    assert [(str(row["local_date"]), row["state"]) for row in found] == [
        ("2026-11-24", "sent"),
        ("2026-11-26", "sent"),
        ("2026-11-28", "dropped"),
    ]


@pytest.mark.slow
async def test_moves_of_a_race_that_has_changed_since_are_not_made(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders tue sat 18:00")
    await bea.says("/race 5k 29 November for training")
    offer = bea.shown
    await bea.says("the race is cancelled")
    assert "Move them" not in bea.shown.labels
    await bea.taps("Move them", offer)
    assert rows(bea.stage.database, "SELECT * FROM reminders WHERE state = 'dropped'") == []


@pytest.mark.breadth(1)
@pytest.mark.parametrize("days", [0, 1, 3])
async def test_who_joins_right_before_a_race_is_screened_and_spares_the_legs(
    ann: Runner, days: int
) -> None:
    await ann.says("/start")
    day = datetime(2026, 11, 24, tzinfo=UTC) + timedelta(days=days)
    await ann.says(f"/race marathon {day.day} November")
    await ann.says("/today")
    assert "Does one of these apply" in ann.shown.text
    await ann.taps("None applies to me")
    await ann.says("/today")
    assert "No strength work" in ann.shown.text or "no strength work" in ann.shown.text
    await ann.says("/routine marathon five")
    assert "this close to your race" in ann.shown.text


@pytest.mark.slow
async def test_for_who_has_no_phases_the_coach_says_so(ann: Runner) -> None:
    await ann.says("/start")
    await ann.declares("Pregnant")
    await ann.says("/race marathon 4 April")
    assert "Your sessions do not follow the race at present" in ann.shown.text


@pytest.mark.slow
async def test_nobody_else_can_answer_or_forget_a_race(bea: Runner) -> None:
    await bea.says("/race marathon 31 January")
    cleo = bea.stage.runner("Cleo")
    await cleo.says("/help")
    for data in ("raceoff:1", "racewent:ran:1", "rank:training:1", "racereached:k5:1"):
        await cleo.sends_data(cleo.shown, data)
    assert kept(bea) == [("marathon", "2027-01-31", "main")]
    assert rows(bea.stage.database, "SELECT started FROM races")[0]["started"] is None


@pytest.mark.slow
async def test_privacy_names_races_and_delete_erases_them(bea: Runner) -> None:
    await bea.says("/race marathon 31 January")
    await bea.says("/week long sun")
    await bea.says("/privacy")
    assert "your races" in bea.shown.text
    await bea.says("/delete")
    await bea.taps("Erase everything")
    assert kept(bea) == []
    assert rows(bea.stage.database, "SELECT * FROM run_days") == []


@pytest.mark.slow
async def test_after_a_race_no_race_is_near(bea: Runner) -> None:
    await bea.says("/race half 29 November")
    await bea.stage.travel(datetime(2026, 12, 1, 12, tzinfo=UTC))
    await bea.says("what about thursday?")
    assert "Your legs still recover from a race on that day." in bea.shown.text
    await bea.says("when can i train legs again")
    assert "2 days since your half marathon" in bea.shown.text


@pytest.mark.slow
async def test_a_time_that_is_asked_for_is_no_result_of_a_race(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/race half yesterday")
    await bea.says("/reminders mon")
    await bea.says("7:30")
    assert bea.shown.text.startswith("Monday 07:30")
    await bea.says("1:52:03")
    assert bea.shown.text.startswith("Well done!")


@pytest.mark.slow
async def test_on_a_sunday_this_weekend_is_today(bea: Runner) -> None:
    await bea.stage.travel(datetime(2026, 11, 29, 8, tzinfo=UTC))
    await bea.says("/race 10k this weekend")
    await bea.taps("Sunday 29 November 2026")
    assert kept(bea) == [("k10", "2026-11-29", "main")]


@pytest.mark.parametrize(
    "said", ["my race is not a half, its a 10k", "it's a 10k, not a half", "no, 10k"]
)
@pytest.mark.breadth(2)
async def test_another_distance_is_asked_about_before_it_replaces_the_one_that_was_told(
    bea: Runner, said: str
) -> None:
    await bea.says("/race half 4 april")
    await bea.says(said)
    assert bea.shown.text.startswith("Which one is your 10 km race?")
    await bea.taps("Sunday 4 April 2027")
    assert bea.shown.text.startswith("Sunday 4 April 2027: your 10 km race. This one counts.")


async def test_a_day_that_is_asked_for_is_one_of_the_month_that_was_told(bea: Runner) -> None:
    await bea.says("I signed up for a marathon in april")
    await bea.stage.restart()
    await bea.says("25th")
    assert kept(bea) == [("marathon", "2027-04-25", "main")]
