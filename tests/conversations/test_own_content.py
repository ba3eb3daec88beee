"""A host's own folder over the shipped content, as runners meet it; and content that changes."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.authoring.check import read_checked
from bot.authoring.reload import Watch
from bot.content.reading import shipped
from bot.content.texts import ENGLISH
from tests.conversations.stage import Stage, a_stage

CLAM = "exercises/clamshell"
BRIDGE = "exercises/banded-glute-bridge"
FIRST = "routines/first-two-weeks.toml"

HILLS = """
id = "hills"
level = "intermediate"
warm_up = 60

[[blocks]]
exercise = "wall-sit"
sets = 2
work = 30
halves = true
switch = 5
rest = 20
change = 30

[texts.en]
name = "Hill legs"
aliases = ["hill strength"]
in_short = "One exercise for hilly courses."
"""

OUR_STUDY = """
[our-study]
authors = "We ourselves"
year = 2025
published_in = "Club News 3"
found.en = "Twelve members liked it."
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "own").mkdir()
    return tmp_path / "own"


def copy(own: Path, file: str, to: str | None = None) -> Path:
    target = own / (to or file)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(shipped() / file, target)
    return target


def change(file: Path, *pairs: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def wall_sit(own: Path) -> None:
    """A new exercise, made from the clamshell."""
    facts = copy(own, f"{CLAM}/exercise.toml", "exercises/wall-sit/exercise.toml")
    change(facts, ('id = "clamshell"', 'id = "wall-sit"'), ('"selkowitz-2013"', '"our-study"'))
    texts = copy(own, f"{CLAM}/en.toml", "exercises/wall-sit/en.toml")
    _, rest = texts.read_text(encoding="utf-8").split("\n]\nin_short", maxsplit=1)
    names = 'name = "Wall sit"\naliases = ["wall squat hold"]\nin_short'
    texts.write_text(names + rest, encoding="utf-8")
    (own / "evidence.toml").write_text(OUR_STUDY, encoding="utf-8")


@asynccontextmanager
async def a_coach(folder: Path, own: Path) -> AsyncIterator[Stage]:
    """A coach with this folder over the shipped content."""
    catalogue, texts, faults = read_checked([shipped(), own], ENGLISH)
    assert faults == []
    assert texts is not None
    async with a_stage(folder, catalogue=catalogue) as stage, stage.coach():
        stage.work.coach.content.texts = texts
        yield stage
        assert [(c.method, c.description) for c in stage.world.refused()] == []


@asynccontextmanager
async def watched(stage: Stage, own: Path) -> AsyncIterator[list[str]]:
    """What a watch on the folder tells, while it runs."""
    told: list[str] = []

    async def say_again() -> None:
        told.append("said again")

    watch = Watch([shipped(), own], told.append)
    task = asyncio.create_task(watch.run(stage.work.coach.content, say_again))
    try:
        yield told
    finally:
        task.cancel()


async def until(told: list[str], words: str) -> None:
    async with asyncio.timeout(10):
        while not any(words in line for line in told):
            await asyncio.sleep(0.02)
    told.clear()


@pytest.mark.slow
async def test_a_new_exercise_is_explained_with_its_own_evidence(tmp_path: Path, own: Path) -> None:
    wall_sit(own)
    async with a_coach(tmp_path, own) as stage:
        ann = stage.runner("Ann")
        await ann.says("/exercise wall squat holds")
        assert ann.shown.text.startswith("Wall sit")
        why = stage.work.coach.texts.plain("button-part-why")
        await ann.taps(why)
        assert "Twelve members liked it." in ann.shown.text
        await ann.says("clam")
        assert ann.shown.text.startswith("Clamshell")


@pytest.mark.slow
async def test_only_the_texts_of_an_exercise_may_differ(tmp_path: Path, own: Path) -> None:
    change(copy(own, f"{CLAM}/en.toml"), ('name = "Clamshell"', 'name = "The oyster"'))
    async with a_coach(tmp_path, own) as stage:
        shown = stage.work.coach.catalogue.exercises["clamshell"]
        plain, _, _ = read_checked([shipped()], ENGLISH)
        assert shown.facts == plain.exercises["clamshell"].facts
        ann = stage.runner("Ann")
        await ann.says("/exercise oyster")
        assert ann.shown.text.startswith("The oyster")


async def test_only_the_facts_of_an_exercise_may_differ(tmp_path: Path, own: Path) -> None:
    change(copy(own, f"{CLAM}/exercise.toml"), ('level = "beginner"', 'level = "expert"'))
    async with a_coach(tmp_path, own) as stage:
        shown = stage.work.coach.catalogue.exercises["clamshell"]
        assert (shown.facts.level, shown.texts.name) == ("expert", "Clamshell")


@pytest.mark.slow
async def test_a_routine_of_the_hosts_is_led_through_in_the_hosts_words(
    tmp_path: Path, own: Path
) -> None:
    wall_sit(own)
    (own / "routines").mkdir()
    (own / "routines/hills.toml").write_text(HILLS, encoding="utf-8")
    (own / "locales").mkdir()
    (own / "locales/en.ftl").write_text("button-done = I did it\n", encoding="utf-8")
    async with a_coach(tmp_path, own) as stage:
        ann = await stage.runner("Ann").is_ready()
        await ann.says("/routine hill strength")
        assert "Hill legs" in ann.shown.text
        await ann.taps("Start")
        await ann.taps("I did it")
        assert "Wall sit" in ann.shown.text
        assert "I did it" in ann.shown.labels


@pytest.mark.slow
async def test_a_running_session_keeps_its_steps_and_the_next_one_has_the_new(
    tmp_path: Path, own: Path
) -> None:
    bridge = copy(own, f"{BRIDGE}/en.toml")
    async with a_coach(tmp_path, own) as stage, watched(stage, own) as told:
        ann = await stage.runner("Ann").is_ready()
        await ann.says("/routine first two weeks")
        await ann.taps("Start")
        change(bridge, ('name = "', 'name = "New '))
        change(copy(own, FIRST), ("warm_up = 120", "warm_up = 0"))
        await until(told, "Shown from now on")
        await ann.taps("Skip")
        assert "\nNew " not in f"\n{ann.shown.text}"
        assert "1 of 9" in ann.shown.text
        await ann.taps("How?")
        assert ann.shown.text.startswith("New ")
        await ann.says("/stop")
        await ann.says("/routine first two weeks")
        await ann.taps("Start")
        assert "1 of 9" in ann.shown.text
        assert "New " in ann.shown.text


@pytest.mark.slow
async def test_what_is_wrong_is_told_and_nothing_changes(tmp_path: Path, own: Path) -> None:
    texts = copy(own, f"{CLAM}/en.toml")
    async with a_coach(tmp_path, own) as stage, watched(stage, own) as told:
        before = stage.work.coach.catalogue
        texts.write_text('name = "Clam', encoding="utf-8")
        await until(told, f"{texts}: is not TOML")
        assert stage.work.coach.catalogue is before
        texts.unlink()
        await until(told, "Shown from now on")
        assert stage.work.coach.catalogue is not before


@pytest.mark.slow
async def test_only_new_sentences_are_said_again(tmp_path: Path, own: Path) -> None:
    async with a_coach(tmp_path, own) as stage, watched(stage, own) as told:
        copy(own, f"{CLAM}/en.toml")
        await until(told, "Shown from now on")
        assert told == []
        (own / "locales").mkdir()
        (own / "locales/en.ftl").write_text("command-help = ours\n", encoding="utf-8")
        await until(told, "said again")
        assert stage.work.coach.texts.plain("command-help") == "ours"


@pytest.mark.slow
async def test_an_exercise_that_goes_leaves_its_old_buttons_alive(
    tmp_path: Path, own: Path
) -> None:
    wall_sit(own)
    async with a_coach(tmp_path, own) as stage, watched(stage, own) as told:
        ann = stage.runner("Ann")
        await ann.says("/exercise wall sit")
        shutil.rmtree(own / "exercises")
        await until(told, "Shown from now on")
        await ann.taps(stage.work.coach.texts.plain("button-part-safety"))
        assert len(ann.shown.labels) > 1
        await ann.says("/exercise wall sit")
        assert "Wall sit\n" not in ann.shown.text
