"""One more language needs no code: a coach that speaks a made-up one says nothing in English.

The words that people type are the English ones, which the made-up language has taken over.
"""

import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from bot.authoring.check import read_checked
from bot.content.models import Muscle
from bot.content.reading import shipped
from tests.conversations import pseudo
from tests.conversations.pseudo import wide
from tests.conversations.stage import Runner, Stage, a_stage

pytestmark = pytest.mark.slow

# What belongs to no language: commands, what people typed, names of people, places and muscles,
# and who found what where.
NEUTRAL = re.compile(r"/[a-z]+\b|https?://\S+|&[a-z]+;|<i>.*?\d{4}\. .*?</i>|<[^>]*>")
NAMES = {
    "Bea",
    "Berlin",
    "Germany",
    "Europe",
    "Portland",
    "Maine",
    "Oregon",
    "United",
    "States",
    "America",
}
NAMES |= {"New", "York", "Los", "Angeles", "Jamaica", "UTC"}
NAMES |= {word for muscle in get_args(Muscle) for word in muscle.split()}
SAID = ("text", "caption", "description", "short_description", "label", "title")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("content")
    pseudo.write(written)
    return written


@pytest.fixture
async def stage(folder: Path, tmp_path: Path) -> AsyncIterator[Stage]:
    catalogue, texts, faults = read_checked([shipped(), folder], pseudo.LANGUAGE)
    assert faults == []
    async with a_stage(tmp_path, catalogue=catalogue, texts=texts) as stage:
        async with stage.coach():
            yield stage
        assert stage.refused == []
        assert english(stage) == set()


def english(stage: Stage) -> set[str]:
    """The words in Latin letters that the coach has said and nobody has typed."""
    said = {text for call in stage.world.calls for text in texts_in(call.params)}
    typed = " ".join(typed_by_people(stage))
    return {
        f"{word}: {text}"
        for text in said
        for word in re.findall(r"[A-Za-z]{2,}", NEUTRAL.sub(" ", text))
        if word not in NAMES and word not in typed
    }


def typed_by_people(stage: Stage) -> Iterator[str]:
    for person in stage.world.people:
        yield from (it.text for it in stage.world.messages(person) if not it.from_bot)


def texts_in(params: object) -> Iterator[str]:
    if isinstance(params, dict):
        for key, value in params.items():
            if isinstance(value, str) and key in SAID:
                yield value
            else:
                yield from texts_in(value)
    elif isinstance(params, list):
        for item in params:
            yield from texts_in(item)


@pytest.fixture
async def bea(stage: Stage) -> Runner:
    return stage.runner("Bea")


async def begins(bea: Runner) -> None:
    await bea.says("/start")
    await bea.taps(wide("None applies to me"))


async def test_a_newcomer_is_led_to_the_end_of_a_session(bea: Runner) -> None:
    await begins(bea)
    await bea.taps(wide("Start"))
    await bea.says("my own pace")
    for word in ("how", "swap", "pause", "resume", "skip", "back"):
        await bea.says(word)
    for _ in range(40):
        if wide("Easy") in bea.shown.labels:
            break
        await bea.says("done")
    await bea.taps(wide("Easy"))
    await bea.taps(wide("Per exercise"))
    await bea.says("/progress")
    await bea.says("/routine")
    await bea.says("help")


async def test_exercises_are_found_and_explained(bea: Runner) -> None:
    await begins(bea)
    await bea.says("/exercise deadbug")
    for part in ("How?", "Mistakes", "Easier / harder", "Muscles", "Safety", "Why?"):
        await bea.taps(wide(part))
    for words in ("hamstrings", "pull-ups", "does this prevent injuries?", "clamsell", "gibberish"):
        await bea.says(words)
    await bea.says("/exercise")
    await bea.taps(f"⟦{wide('By muscles')}⟧")


async def test_pain_is_asked_about(bea: Runner, stage: Stage) -> None:
    await begins(bea)
    await bea.says("my left knee hurts")
    for words in ("none of these", "dull", "4"):
        await bea.says(words)
    await bea.says("/pain")
    await bea.says("/routine")
    await stage.travel(datetime(2026, 11, 25, 9, 0, tzinfo=UTC))
    await bea.says("it is fine again")


async def test_a_warning_sign_is_seen(bea: Runner) -> None:
    await begins(bea)
    await bea.says("i have chest pain")


async def test_reminders_come(bea: Runner, stage: Stage) -> None:
    await begins(bea)
    await bea.says("/reminders tue thu 07:00, sat 9:30")
    await bea.says("i live in Berlin")
    await bea.says("/bands mini light green, long loop heavy")
    await stage.travel(datetime(2026, 11, 26, 9, 0, tzinfo=UTC))
    assert wide("Not today") in bea.shown.labels
    await bea.taps(wide("In 1 hour"))
    await bea.says("/away 24 December")
    for command in (
        "/privacy",
        "/delete",
        "/timezone",
        "/bands",
        "/reminders",
        "/start",
        "/safety",
    ):
        await bea.says(command)


async def test_a_place_is_chosen_by_a_button_whose_words_stand_in_another_order(
    bea: Runner,
) -> None:
    await begins(bea)
    await bea.says("/timezone Portland")
    label = next(label for label in bea.shown.labels if "Maine" in label)
    assert not label.startswith("Portland")
    await bea.taps(label)
    assert "(Portland, Maine, United States⟧" in bea.shown.text
