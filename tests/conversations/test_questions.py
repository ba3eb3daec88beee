"""What runners ask of strength work is answered with figures, and no promise."""

import re

import pytest

from tests.conversations.stage import Runner, Stage

MENU = [
    "Does it prevent injuries?",
    "Is it safe?",
    "Does it make me faster?",
    "Do ankle exercises help?",
    "When do I see results?",
    "Are bands as good as weights?",
    "How little keeps me strong?",
]


@pytest.mark.parametrize("command", ["", "/exercise "])
@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Does this prevent injuries?", ("nobody can promise", "7 of 100", "against 7 of 100")),
        ("will it stop me getting injured", ("nobody can promise", "two leg injuries for every")),
        ("is it safe", ("without risk", "sudden ones", "Stop when something hurts")),
        (
            "does it make me faster",
            ("strength, not speed", "469 runners", "no trial in which small"),
        ),
        ("Do bands work?", ("For strength", "weights or machines")),
        ("is once a week enough?", ("one session a week", "Older adults")),
        ("do ankle exercises help?", ("33 of 100", "sudden ones")),
    ],
)
@pytest.mark.breadth(2)
async def test_a_question_typed_is_answered_with_figures(
    ann: Runner, command: str, question: str, parts: tuple[str, ...]
) -> None:
    await ann.says(command + question)
    for part in parts:
        assert part in ann.shown.text


async def test_the_trial_most_like_this_coach_comes_first_and_each_source_has_its_link(
    ann: Runner,
) -> None:
    await ann.says("does it prevent injuries?")
    names = ["Toresdahl", "Leppänen", "Wu,", "Desai", "Taddei"]
    places = [ann.shown.text.index(name) for name in names]
    assert places == sorted(places)
    links = re.findall(r'href="([^"]+)"', ann.shown.html)
    assert len(links) == 5
    assert links[0] == "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC6931177"


async def test_help_leads_to_the_questions_and_stays(ann: Runner) -> None:
    await ann.says("/help")
    help_ = ann.shown
    await ann.taps("What studies found")
    assert ann.shown.id != help_.id
    assert ann.shown.labels[:-1] == MENU
    shown = ann.shown.id
    await ann.taps("Does it make me faster?")
    assert ann.shown.id == shown, "the answer takes the place of the questions"
    assert "strength, not speed" in ann.shown.text
    await ann.taps("Other questions")
    assert ann.shown.labels[:-1] == MENU


async def test_an_exercises_why_leads_to_the_questions_under_its_clip(ann: Runner) -> None:
    await ann.says("clamshell")
    await ann.taps("Why?")
    clip = ann.shown
    assert "Selkowitz" in clip.text
    await ann.taps("What studies found")
    assert ann.shown.id != clip.id
    await ann.taps("Does it prevent injuries?")
    assert "7 of 100" in ann.shown.text


async def test_in_a_session_a_question_is_answered_and_the_session_goes_on(ann: Runner) -> None:
    await ann.is_ready()
    await ann.taps("Start")
    await ann.says("does it prevent injuries?")
    assert "7 of 100" in ann.shown.text
    await ann.says("/exercise clamshell")
    assert "Go on" in ann.shown.labels


async def test_a_question_does_not_hide_pain(ann: Runner) -> None:
    await ann.is_ready()
    await ann.taps("Start")
    await ann.says("it hurts")
    assert "7 of 100" not in ann.shown.text
    assert any("pain" in label.lower() for label in ann.shown.labels)


@pytest.mark.slow
async def test_in_a_group_the_questions_can_be_asked_too(stage: Stage) -> None:
    ann = stage.runner("Ann")
    club = stage.world.add_group("Club", [ann.person])
    stage.world.say(ann.person, "/exercise does it make me faster", chat=club)
    await stage.settle()
    assert "strength, not speed" in stage.world.last(club).text
