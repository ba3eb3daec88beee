"""/today says in two lines what to do and why, with one tap; or why it is a day for rest."""

from datetime import timedelta

import pytest

from bot.domain.session import Rating
from tests.conversations.stage import FIVE, TUESDAY, Runner, Stage
from tests.conversations.test_pain_taps import hurts
from tests.databases import rows

WAYS = ("/today", "what should I do today?", "start")


async def asks(runner: Runner, way: str) -> None:
    if way == "start":
        await runner.starts("today")
    else:
        await runner.says(way)


@pytest.mark.breadth(1)
@pytest.mark.parametrize("way", WAYS)
async def test_one_session_is_named_in_two_lines_with_one_tap(
    stage: Stage, bea: Runner, way: str
) -> None:
    await asks(bea, way)
    name, why = bea.shown.text.splitlines()
    assert name.startswith("First two weeks · 7 min · ")
    assert why == "Everybody begins with this one."
    assert bea.shown.labels == ["Start", "Routines"]
    assert rows(stage.database, "sessions") == [], "asking opens nothing"
    await bea.taps("Start")
    assert "Warm-up" in bea.shown.text


@pytest.mark.slow
async def test_the_reason_is_the_one_of_the_choice(stage: Stage, bea: Runner) -> None:
    for days in (30, 26, 22, 18):
        await bea.has_trained("first-two-weeks", TUESDAY - timedelta(days=days), Rating.RIGHT)
    await bea.says("/today")
    assert "It takes turns with the others" in bea.shown.text
    await bea.has_trained(FIVE, TUESDAY - timedelta(days=4), Rating.RIGHT)
    await bea.says("/today")
    assert "it is the one you did longest ago" in bea.shown.text


@pytest.mark.breadth(1)
@pytest.mark.parametrize("way", WAYS)
async def test_over_a_cap_it_says_rest_and_why(bea: Runner, way: str) -> None:
    await bea.knows_the_exercises()
    await bea.has_trained(FIVE, TUESDAY - timedelta(hours=3), Rating.RIGHT)
    await asks(bea, way)
    assert bea.shown.text.startswith("Your last session was less than 48 hours ago")
    assert bea.shown.labels == ["Rest today", "Before a run · 6 min", "Train anyway"]
    await bea.taps("Train anyway")
    assert "so this is a light one" in bea.shown.text


@pytest.mark.breadth(1)
@pytest.mark.parametrize("way", WAYS)
async def test_a_day_without_a_session_says_why_and_when_it_asks(bea: Runner, way: str) -> None:
    await bea.says("/routine marathon five")
    await bea.taps("Start")
    await hurts(bea, "Dull pain", "Knee", 8)
    await asks(bea, way)
    assert bea.shown.text.startswith(("No session today.", "Hello Bea."))
    assert "I will ask you about it" in bea.shown.text
    assert "Start" not in bea.shown.labels
    assert "Train anyway" not in bea.shown.labels


@pytest.mark.breadth(1)
@pytest.mark.parametrize("way", WAYS)
async def test_before_the_safety_screen_nothing_is_suggested(ann: Runner, way: str) -> None:
    await asks(ann, way)
    assert "None applies to me" in ann.shown.labels
    assert "Start" not in ann.shown.labels


@pytest.mark.breadth(1)
@pytest.mark.parametrize("way", WAYS)
async def test_a_session_under_way_goes_before(bea: Runner, way: str) -> None:
    await bea.says("/routine 10")
    await bea.taps("Start")
    await asks(bea, way)
    assert "You are still in this session" in bea.shown.text


@pytest.mark.breadth(1)
@pytest.mark.parametrize("way", WAYS)
async def test_open_questions_about_pain_come_first(bea: Runner, way: str) -> None:
    await bea.says("my knee hurts")
    question = bea.shown.text
    await asks(bea, way)
    assert question.splitlines()[-1] in bea.shown.text
    assert "Start" not in bea.shown.labels


@pytest.mark.slow
async def test_start_passes_the_same_gate_as_a_routine(bea: Runner) -> None:
    await bea.says("/today")
    suggested = bea.shown
    await bea.says("my knee hurts")
    await bea.taps("Start", suggested)
    assert "Warm-up" not in bea.shown.text


@pytest.mark.slow
async def test_in_a_group_it_leads_to_the_private_chat(ann: Runner) -> None:
    club = ann.stage.world.add_group("Club", [ann.person])
    for command in ("/today", "/routine 10 min hips"):
        ann.stage.world.say(ann.person, command, chat=club)
        await ann.stage.settle()
        answer = ann.stage.world.last(club)
        assert answer is not None
        assert answer.from_bot
        assert len(answer.labels) == 1
