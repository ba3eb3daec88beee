"""A session made for minutes and a purpose: asked for, run, kept, repeated, exported."""

import json
import re
from datetime import timedelta

import pytest

from tests.conversations.stage import FIVE, TUESDAY, Runner, Stage
from tests.conversations.test_export import archive
from tests.conversations.test_pain_taps import hurts
from tests.databases import rows


@pytest.fixture
async def bea(bea: Runner) -> Runner:
    return await bea.knows_the_exercises()


def routines(stage: Stage) -> list[object]:
    return [row["routine"] for row in rows(stage.database, "sessions") if row["id"] > 0]


@pytest.mark.parametrize(
    ("words", "name", "minutes"),
    [
        ("/routine 10", "Whole body", 10),
        ("/routine 10 min hips", "Hips", 10),
        ("/routine hips", "Hips", 15),
        ("/routine 25 minutes of core, please", "Core", 25),
        ("/routine 5 calves", "Calves and ankles", 5),
        ("I have 10 minutes", "Whole body", 10),
        ("I've only got a quarter of an hour", "Whole body", 15),
        ("hips please", "Hips", 15),
        ("core", "Core", 15),
        ("something short", "Whole body", 10),
        ("18 minutes", "Whole body", 18),
        ("/routine 18 min", "Whole body", 18),
    ],
)
@pytest.mark.breadth(2)
async def test_what_is_asked_for_is_made(bea: Runner, words: str, name: str, minutes: int) -> None:
    await bea.says(words)
    assert bea.shown.text.startswith(name)
    said = re.search(r"(\d+) minutes with the warm-up", bea.shown.text)
    assert said is not None
    assert abs(int(said[1]) - minutes) <= 1
    assert bea.shown.labels[0] == "Start"


async def test_before_a_run_is_the_light_one(bea: Runner) -> None:
    await bea.says("before my run")
    assert bea.shown.text.startswith("Before a run")
    await bea.says("/routine 8 min before my run")
    assert "8 minutes with the warm-up" in bea.shown.text
    await bea.taps("Start")
    assert "Warm-up" not in bea.shown.text


@pytest.mark.slow
async def test_names_of_routines_go_before_purposes(bea: Runner) -> None:
    for words, name in {
        "hips and glutes": "Hips and glutes",
        "the five": "Marathon five",
    }.items():
        await bea.says(f"/routine {words}")
        assert bea.shown.text.startswith(name)
        assert "with the warm-up" not in bea.shown.text


@pytest.mark.breadth(1)
@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        ("/routine 0", 5),
        ("/routine 4 min", 5),
        ("I have 2 minutes", 5),
        ("1 hour", 30),
        ("/routine 200", 30),
    ],
)
async def test_minutes_out_of_range_lead_to_the_nearest_session_and_that_is_said(
    stage: Stage, bea: Runner, words: str, nearest: int
) -> None:
    await bea.says(words)
    assert "from 5 to 30 minutes" in bea.messages[-2].text
    assert routines(stage) == [f"made-{nearest}-whole-body"]


async def test_of_two_times_with_a_dash_the_longer_one_is_meant(stage: Stage, bea: Runner) -> None:
    await bea.says("10-15 minutes hips")
    assert routines(stage) == ["made-15-hips"]


async def test_what_is_not_known_is_said_with_what_is(stage: Stage, bea: Runner) -> None:
    await bea.says("/routine 10 min <b>bananas</b>")
    assert "“b bananas b”" in bea.shown.text
    assert routines(stage) == []
    await bea.taps("Hips · 10 min")
    assert bea.shown.text.startswith("Hips\n")
    await bea.says("/routine bananas")
    assert "I don't know a routine called “bananas”" in bea.shown.text


@pytest.mark.slow
async def test_a_part_of_the_body_alone_may_hurt_but_is_offered_as_well(bea: Runner) -> None:
    await bea.says("hips")
    assert "or does something feel wrong?" in bea.shown.text
    await bea.taps("Hips · 15 min")
    assert "15 minutes with the warm-up" in bea.shown.text


async def test_of_two_purposes_none_is_taken(stage: Stage, bea: Runner) -> None:
    await bea.says("/routine 10 min hips and core")
    assert {"Hips · 10 min", "Core · 10 min"} <= set(bea.shown.labels)
    assert "One session at a time" in bea.shown.text
    assert routines(stage) == []


@pytest.mark.slow
async def test_a_made_session_is_walked_rated_shown_and_exported(stage: Stage, bea: Runner) -> None:
    await bea.says("/routine 5 min hips")
    await bea.taps("My own pace")
    assert routines(stage) == ["made-5-hips"]
    steps = 0
    while "Done" in bea.shown.labels:
        await bea.taps("Done")
        steps += 1
        if steps == 2:
            await stage.restart()
    await bea.taps("Just right")
    assert "Hips" in "\n".join(message.text for message in bea.messages[-2:])
    await bea.says("/progress")
    assert "Hips" in bea.shown.text
    shown = await bea.says("/export")
    (made,) = json.loads(archive(stage, shown).read("data.json"))["tables"]["sessions"][-1:]
    assert (made["routine"], made["routine_name"], made["phase"]) == (
        *("made-5-hips", "Hips"),
        "finished",
    )


@pytest.mark.slow
async def test_started_again_it_is_made_anew(stage: Stage, bea: Runner) -> None:
    await bea.says("/routine 5 min hips")
    first = bea.shown.text
    await bea.says("/routine 5 min hips")
    assert bea.shown.text == first
    assert routines(stage) == ["made-5-hips"], "a doubled wish changes nothing"
    await bea.taps("Start")
    await bea.says("/routine 5 min hips")
    assert "You are still in this session" in bea.shown.text
    await bea.taps("Start over")
    await bea.taps("Start over")
    assert routines(stage) == ["made-5-hips", "made-5-hips"]
    assert "Warm-up" in bea.shown.text


@pytest.mark.slow
async def test_a_session_under_way_is_left_alone(stage: Stage, bea: Runner) -> None:
    await bea.says("/routine marathon five")
    await bea.taps("Start")
    await bea.says("/routine 10 min core")
    assert "You are still in this session" in bea.shown.text
    assert any("Core" in label for label in bea.shown.labels)
    assert routines(stage) == [FIVE]


@pytest.mark.slow
async def test_new_bands_make_the_waiting_session_anew(stage: Stage, bea: Runner) -> None:
    await bea.says("/routine 10 min hips")
    await bea.says("/bands none")
    await bea.says("/routine 10 min hips")
    assert "You need: no band." in bea.shown.text
    assert "10 minutes with the warm-up" in bea.shown.text


@pytest.mark.slow
async def test_with_a_resting_hip_no_hips_are_made(stage: Stage, bea: Runner) -> None:
    await bea.says("/routine marathon five")
    await bea.taps("Start")
    await hurts(bea, "Dull pain", "Hip or groin", 5)
    await bea.says("/stop")
    before = routines(stage)
    await bea.says("/routine 10 min hips")
    assert "I can't make that one today" in bea.shown.text
    assert "Start" not in bea.shown.labels
    assert routines(stage) == before
    await bea.taps("Upper back")
    assert bea.shown.labels[0] == "Start"


async def test_caps_are_those_of_every_session(bea: Runner) -> None:
    await bea.has_trained(FIVE, TUESDAY - timedelta(hours=3))
    await bea.says("/routine 10 min hips")
    assert "less than 48 hours ago" in bea.shown.text
    assert "Hips is then a light session" in bea.shown.text
    await bea.taps("Train anyway")
    assert "so this is a light one" in bea.shown.text


async def test_who_is_new_gets_one_set_and_is_told_if_it_is_shorter(stage: Stage) -> None:
    cay = await stage.runner("Cay").is_ready()
    await cay.says("/routine 30 min hips")
    assert "You asked for 30 minutes." in cay.shown.text


async def test_nobody_gets_one_before_the_safety_screen(ann: Runner) -> None:
    await ann.says("/routine 10 min hips")
    assert "None applies to me" in ann.shown.labels
    await ann.taps("None applies to me")
    assert ann.shown.text.startswith("Hips")


async def test_a_link_leads_to_it(bea: Runner) -> None:
    await bea.starts("routine_made-10-core")
    assert bea.shown.text.startswith("Core")
    await bea.starts("routine_made-99-core")
    assert "I don't know a routine called “made-99-core”" in bea.shown.text


@pytest.mark.slow
async def test_a_forged_tap_opens_nothing(stage: Stage, bea: Runner) -> None:
    message = await bea.says("/routine")
    await bea.sends_data(message, "routine:made-77-hips")
    assert "Which routine?" in bea.shown.text
    assert routines(stage) == []
