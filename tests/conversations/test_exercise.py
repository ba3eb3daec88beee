"""/exercise and the names of exercises."""

import asyncio

import pytest

from tests.conversations.stage import CATALOGUE, Runner, Stage


@pytest.mark.parametrize(
    "words",
    [
        "/exercise deadbug",
        "/exercise Dead-Bugs",
        "/exercise the deadbug exercise please",
        "/exercise dedbug",
        "deadbug",
        "how do I do a dead bug?",
    ],
)
@pytest.mark.breadth(1)
async def test_any_spelling_a_person_would_type_finds_it(ann: Runner, words: str) -> None:
    await ann.says(words)
    assert ann.shown.text.startswith("Dead bug with band")


async def test_an_explanation_says_all_that_keeps_a_runner_safe(ann: Runner) -> None:
    await ann.says("/exercise deadbug")
    for part in ("Band:", "Keep your lower back heavy", "Stop if it hurts", "Tap How? and Safety"):
        assert part in ann.shown.text
    shown = ann.shown.id
    for button, parts in {
        "How?": ("Set-up", "Movement", "Return", "Keep in mind", "How much:"),
        "Mistakes": ("Common mistakes",),
        "Easier / harder": ("Easier", "Harder", "Dead bug without a band"),
        "Muscles": ("Works:", "abdominals", "golden glow", "rectus abdominis"),
        "Safety": ("Safety", "Stop if it hurts"),
        "Why?": ("Why runners do it:", "Emami", "2015"),
        "Overview": ("Stop if it hurts",),
    }.items():
        await ann.taps(button)
        assert ann.shown.id == shown, "the words change in place"
        assert all(part in ann.shown.text for part in parts)
        assert button not in ann.shown.labels


async def test_a_near_miss_is_asked_back(ann: Runner) -> None:
    await ann.says("/exercise leg raise")
    assert "Standing leg raise" in " ".join(ann.shown.labels)
    await ann.taps(ann.shown.labels[0])
    assert "Band:" in ann.shown.text


@pytest.mark.breadth(2)
@pytest.mark.parametrize("stranger", ["bench press", "<b>burpee</b>", "zzz", "x" * 4000])
async def test_a_stranger_is_never_explained_wrongly(ann: Runner, stranger: str) -> None:
    await ann.says(f"/exercise {stranger}")
    assert "Band:" not in ann.shown.text
    assert len(ann.shown.labels) in range(1, 6)
    assert stranger[:50] in ann.shown.text


@pytest.mark.parametrize("command", ["/exercise ", ""])
@pytest.mark.parametrize(
    ("words", "near"),
    [
        ("pull up", "Band pull-apart"),
        ("Pull-ups", "Band pull-apart"),
        ("side lying hip adduction", "Standing hip adduction"),
        ("cable hip abduction", "Side-lying leg raise"),
        ("heel walks", "Hamstring walk-out"),
        ("hand walk", "Lateral band walk"),
        ("sit squats", "Banded squat"),
    ],
)
@pytest.mark.breadth(1)
async def test_what_is_not_here_is_said_so_with_the_nearest(
    ann: Runner, command: str, words: str, near: str
) -> None:
    await ann.says(f"{command}{words}")
    assert ann.shown.text.startswith(f"I don't have “{words}”. The closest I have:")
    assert near in ann.shown.labels
    assert ann.shown.labels[-1] == "All exercises"
    await ann.taps(near)
    assert ann.shown.text.startswith(near)


@pytest.mark.breadth(1)
@pytest.mark.parametrize("command", ["/exercise ", ""])
async def test_what_is_not_here_and_has_nothing_near_leads_to_the_library(
    ann: Runner, command: str
) -> None:
    await ann.says(f"{command}<b>bicep</b> curl & dip")
    assert ann.shown.text == ("I don't have “<b>bicep</b> curl & dip”. Pick one from the list.")
    assert ann.shown.labels == ["All exercises"]


@pytest.mark.breadth(1)
@pytest.mark.parametrize("words", ["what a lovely day", "clamp", "I love my new shoes"])
async def test_words_about_no_movement_are_not_called_an_exercise(ann: Runner, words: str) -> None:
    await ann.says(words)
    assert "I don't have" not in ann.shown.text


async def test_a_routine_that_is_not_here_is_said_so(ann: Runner) -> None:
    await ann.says("/routine <b>pull up")
    assert ann.shown.text.startswith("I don't know a routine called “<b>pull up”.")
    assert any("Marathon five" in label for label in ann.shown.labels)


async def test_one_word_that_only_one_exercise_has_explains_it(ann: Runner) -> None:
    await ann.says("/exercise sumo")
    assert ann.shown.text.startswith("Sumo squat walk")
    await ann.says("sumo")
    assert ann.shown.text.startswith("Sumo squat walk")


async def test_without_a_name_the_library_is_browsed_in_one_message(ann: Runner) -> None:
    await ann.says("/exercise")
    menu = ann.shown.id
    await ann.taps("By muscles")
    await ann.taps("Side of the hips")
    assert "Clamshell" in ann.shown.labels
    await ann.taps("Back to the library")
    await ann.taps("By band")
    await ann.taps("Long band")
    assert "Clamshell" not in ann.shown.labels
    await ann.taps("Back to the library")
    await ann.taps("Before a run")
    assert "Banded glute bridge" in ann.shown.labels
    assert ann.shown.id == menu
    await ann.taps("Banded glute bridge")
    assert ann.shown.text.startswith("Banded glute bridge")
    await ann.taps("All exercises")
    assert "A to Z" in ann.shown.labels


async def test_pages_lead_through_every_exercise_and_back(ann: Runner) -> None:
    await ann.says("/exercise")
    await ann.taps("A to Z")
    seen = set(ann.shown.labels)
    assert len(seen) <= 10
    assert "‹ Previous" not in seen
    while "Next ›" in ann.shown.labels:
        await ann.taps("Next ›")
        seen |= set(ann.shown.labels)
    names = {exercise.texts.name for exercise in CATALOGUE.exercises.values()}
    assert names < seen
    await ann.taps("‹ Previous")
    assert "Next ›" in ann.shown.labels


@pytest.mark.parametrize(
    ("words", "member"),
    [
        ("/exercise hamstrings", "Banded glute bridge"),
        ("knee control", "Clamshell"),
        ("/exercise gluteus medius", "Lateral band walk"),
        ("/exercise quads", "Banded squat"),
        ("/exercise mini band", "Clamshell"),
        ("/exercise before a run", "Banded squat"),
        ("/exercise no band", "Prone Y-T-W"),
    ],
)
@pytest.mark.breadth(1)
async def test_a_muscle_a_purpose_and_a_kit_find_their_exercises(
    ann: Runner, words: str, member: str
) -> None:
    await ann.says(words)
    assert member in ann.shown.labels


@pytest.mark.slow
@pytest.mark.parametrize("data", ["part:burpee:how", "exercise:burpee"])
async def test_a_button_of_what_is_gone_leads_to_the_library(ann: Runner, data: str) -> None:
    await ann.says("/exercise deadbug")
    await ann.sends_data(ann.shown, data)
    assert "A to Z" in ann.shown.labels


@pytest.mark.slow
async def test_a_topic_that_is_gone_leads_to_the_library(ann: Runner) -> None:
    await ann.says("/exercise hamstrings")
    await ann.sends_data(ann.shown, "browse:gone:3")
    assert "A to Z" in ann.shown.labels


@pytest.mark.slow
async def test_a_doubled_tap_shows_one_page(ann: Runner) -> None:
    await ann.says("/exercise")
    menu = ann.shown
    await asyncio.gather(*(ann.taps("By muscles", menu) for _ in range(2)))
    assert ann.shown.id == menu.id


async def test_in_a_group_exercise_answers_and_the_personal_goes_private(stage: Stage) -> None:
    ann = stage.runner("Ann")
    club = stage.world.add_group("Club", [ann.person])
    stage.world.say(ann.person, "/exercise deadbug", chat=club)
    await stage.settle()
    assert stage.world.last(club).text.startswith("Dead bug with band")
    stage.world.say(ann.person, "/routine", chat=club)
    await stage.settle()
    assert stage.world.last(club).buttons[0][0].url == "https://t.me/band_coach_bot?start=hello"
    stage.world.say(ann.person, "/routine@another_bot", chat=club)
    await stage.settle()
    assert sum(message.from_bot for message in stage.world.messages(club)) == 2
