"""What runners tell of themselves in one message is handled part by part."""

import pytest

from tests.conversations.stage import Runner, Stage
from tests.conversations.test_race import kept
from tests.databases import rows

INTRODUCTION = (
    "Hi! I'm training for a marathon on 25 April, running 4 times a week, long run sunday, "
    "intervals on tuesday and thursday. I have a light and a heavy mini band. What should I do?"
)
RUNS = "SELECT weekday, kind FROM run_days ORDER BY weekday"
BANDS = "SELECT kind, level FROM bands ORDER BY level"


def stored(stage: Stage, select: str) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in rows(stage.database, select)]


async def test_an_introduction_is_understood_whole(stage: Stage, bea: Runner) -> None:
    await bea.says(INTRODUCTION)
    assert kept(bea) == [("marathon", "2027-04-25", "main")]
    assert stored(stage, RUNS) == [("sunday", "long"), ("thursday", "hard"), ("tuesday", "hard")]
    assert stored(stage, BANDS) == [("mini-band", "heavy"), ("mini-band", "light")]
    assert "Start" in bea.shown.labels
    assert bea.count("I did not understand") == 0


@pytest.mark.slow
async def test_a_list_with_labels_is_understood_line_by_line(bea: Runner) -> None:
    await bea.says(
        "Race: half marathon, 11 April\nRuns: Tue easy, Thu intervals, Sun long\n"
        "Bands: mini light, long loop medium\nStrength: Mon & Fri 7am\nCity: Hamburg"
    )
    assert bea.shown.text.startswith("Monday, Friday 7:00 am\nTime zone: Hamburg")
    assert stored(bea.stage, RUNS) == [
        ("sunday", "long"),
        ("thursday", "hard"),
        ("tuesday", "easy"),
    ]
    assert stored(bea.stage, BANDS) == [("mini-band", "light"), ("long-loop", "medium")]
    await bea.taps("Sunday 11 April 2027")
    assert kept(bea) == [("half", "2027-04-11", "main")]


@pytest.mark.slow
async def test_the_place_in_a_message_is_that_of_its_days(bea: Runner) -> None:
    await bea.says("strength mon and thu at 7am, and I live in Hamburg")
    assert bea.count("Where are you?") == 0
    assert bea.shown.text.startswith("Monday, Thursday 7:00 am")


@pytest.mark.slow
async def test_what_is_not_understood_beside_a_statement_is_named(bea: Runner) -> None:
    await bea.says("my wife runs the half on 5 april, tempo on tuesday, the sky is so <b>blue</b>")
    assert bea.shown.text == (
        "I did not understand “my wife runs the half on 5 april” and “the sky is so <b>blue</b>”, "
        "so I left that out."
    )
    assert kept(bea) == []
    assert stored(bea.stage, RUNS) == [("tuesday", "hard")]


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        "if it rains I do my long run saturday, otherwise sunday",
        "did my long run sunday, felt great",
        "felt great on my long run on sunday, now I am happy",
        "is my long run on sunday? the half was on 5 april",
        "tempo on tuesday this week, the rest stays",
    ],
)
async def test_what_is_conditional_over_or_once_changes_nothing(bea: Runner, words: str) -> None:
    await bea.says(words)
    assert (kept(bea), stored(bea.stage, RUNS)) == ([], [])


@pytest.mark.slow
async def test_an_answer_may_begin_a_message_that_says_more(bea: Runner) -> None:
    await bea.says("i have a mini band")
    await bea.says("medium, and I live in Hamburg")
    assert stored(bea.stage, BANDS) == [("mini-band", "medium")]
    await bea.says("yes. and i run tue thu sat and sun")
    assert "Hamburg" in bea.messages[-2].text
    assert [day for day, _ in stored(bea.stage, RUNS)] == [
        *("saturday", "sunday", "thursday", "tuesday")
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "is_clear"),
    [
        ("none of them, I'm healthy. My long run is on sunday", True),
        ("no health issues, let's go", True),
        ("none, but I had a hip replacement", False),
        ("no. my half is on 11 april. I have diabetes", False),
        ("none, but my doctor told me to be careful with my heart", False),
    ],
)
async def test_the_safety_screen_is_answered_if_nothing_else_is_said_of_health(
    stage: Stage, words: str, is_clear: bool
) -> None:
    ann = stage.runner("Ann")
    await ann.says("/start")
    await ann.says(words)
    assert (stored(stage, "SELECT screening FROM runners") == [("clear",)]) is is_clear
    assert bool(ann.count("Never hold your breath.")) is is_clear


@pytest.mark.slow
async def test_a_condition_in_a_long_message_is_ticked(bea: Runner) -> None:
    await bea.says("I'm pregnant and train for nothing, just want to stay fit")
    assert "✓ Pregnant" in bea.shown.labels


@pytest.mark.slow
async def test_a_place_alone_is_that_of_the_days(bea: Runner) -> None:
    await bea.says("put me down for tue/thu 7pm, hamburg")
    assert bea.shown.text.startswith("Tuesday, Thursday 7:00 pm\nTime zone: Hamburg")
    await bea.says("race is in 3 weeks, half marathon, feeling good")
    assert bea.shown.text == "Which day is it?"
    await bea.says("mon wed fri 6am pls & thx")
    assert bea.shown.text.startswith("Monday, Wednesday, Friday 6:00 am")


@pytest.mark.slow
async def test_a_condition_that_is_told_beside_a_race_leads_to_the_safety_screen(
    bea: Runner,
) -> None:
    await bea.says("I train for a half on 11 april, and I have epilepsy")
    assert "✓ Lasting illness" in bea.shown.labels


@pytest.mark.slow
async def test_a_session_under_way_is_not_left_for_statements(bea: Runner) -> None:
    await bea.says("/routine first two weeks")
    await bea.taps("My own pace")
    await bea.says(INTRODUCTION)
    assert (kept(bea), stored(bea.stage, RUNS)) == ([], [])


@pytest.mark.slow
async def test_a_correction_is_of_what_was_said_last(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("strength mon and fri 7am, half on 11 april")
    await bea.says("i'd rather do it in the evening")
    await bea.says("6pm")
    assert bea.shown.text.startswith("Monday, Friday 6:00 pm")
    await bea.says("i'm away from 20 december")
    await bea.says("until the 3rd of january")
    await bea.says("actually until the 5th")
    assert "until Tuesday 5 January 2027" in bea.shown.text
