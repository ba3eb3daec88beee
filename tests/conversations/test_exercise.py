"""/exercise and the names of exercises."""

import pytest

from tests.conversations.stage import Runner, Stage


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
async def test_any_spelling_a_person_would_type_finds_it(ann: Runner, words: str) -> None:
    await ann.says(words)
    assert ann.shown.text.startswith("Dead bug with band")


async def test_an_explanation_says_all_that_keeps_a_runner_safe(ann: Runner) -> None:
    await ann.says("/exercise deadbug")
    for part in ("Band:", "Set-up", "Movement", "Way back", "Think of", "Common mistakes"):
        assert part in ann.shown.text
    for part in ("Works:", "Why runners do it:", "How much:", "Easier", "Harder", "Safety"):
        assert part in ann.shown.text


async def test_a_near_miss_is_asked_back(ann: Runner) -> None:
    await ann.says("/exercise leg raise")
    assert "Standing leg raise" in " ".join(ann.shown.labels)
    await ann.taps(ann.shown.labels[0])
    assert "Set-up" in ann.shown.text


@pytest.mark.parametrize("stranger", ["bench press", "<b>burpee</b>", "zzz", "x" * 4000])
async def test_a_stranger_is_never_explained_wrongly(ann: Runner, stranger: str) -> None:
    await ann.says(f"/exercise {stranger}")
    assert "Set-up" not in ann.shown.text
    assert len(ann.shown.labels) in range(1, 6)
    assert stranger[:50] in ann.shown.text


async def test_without_a_name_all_are_offered(ann: Runner) -> None:
    await ann.says("/exercise")
    assert len(ann.shown.labels) == 10
    await ann.taps("Clamshell")
    assert ann.shown.text.startswith("Clamshell")
    await ann.taps("All exercises")
    assert len(ann.shown.labels) == 10


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
