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
    ],
)
async def test_words_make_a_race(bea: Runner, words: str, distance: str, day: str) -> None:
    await bea.says(f"/race {words}")
    assert kept(bea) == [(distance, day, "main")]


async def test_without_words_the_distance_is_tapped_and_the_date_typed(bea: Runner) -> None:
    await bea.says("/race")
    await bea.taps("Marathon")
    await bea.says("4 April")
    assert kept(bea) == [("marathon", "2027-04-04", "main")]


async def test_a_date_without_a_distance_asks_for_it(bea: Runner) -> None:
    await bea.says("/race 4 April")
    await bea.taps("Half marathon")
    assert kept(bea) == [("half", "2027-04-04", "main")]


@pytest.mark.parametrize("words", ["blah", "marathon someday", "<b>10k</b>", "0 km 4 April x"])
async def test_what_is_not_understood_changes_nothing_and_shows_an_example(
    bea: Runner, words: str
) -> None:
    await bea.says(f"/race {words}")
    assert "/race marathon 4 April" in bea.shown.text
    assert kept(bea) == []


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


async def test_near_the_race_reminders_say_so_and_the_legs_rest(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/race marathon 31 January")
    await noon(bea, 13)
    await bea.says("/reminders daily 07:00")
    await noon(bea, 12)
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


async def test_nobody_else_can_answer_or_forget_a_race(bea: Runner) -> None:
    await bea.says("/race marathon 31 January")
    cleo = bea.stage.runner("Cleo")
    await cleo.says("/help")
    for data in ("raceoff:1", "racewent:ran:1", "rank:training:1", "racereached:k5:1"):
        await cleo.sends_data(cleo.shown, data)
    assert kept(bea) == [("marathon", "2027-01-31", "main")]
    assert rows(bea.stage.database, "SELECT started FROM races")[0]["started"] is None


async def test_privacy_names_races_and_delete_erases_them(bea: Runner) -> None:
    await bea.says("/race marathon 31 January")
    await bea.says("/week long sun")
    await bea.says("/privacy")
    assert "your races" in bea.shown.text
    await bea.says("/delete")
    await bea.taps("Erase everything")
    assert kept(bea) == []
    assert rows(bea.stage.database, "SELECT * FROM run_days") == []
