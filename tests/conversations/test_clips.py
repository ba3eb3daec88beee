"""A clip is uploaded once, sent again by its file_id, and never stands in the way of the words."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.content import Catalogue, read_catalogue
from bot.content.reading import shipped
from bot.content.texts import ENGLISH
from bot.sandbox.world.faults import Fault
from bot.sandbox.world.messages import Message
from tests.conversations.stage import Runner, Stage, a_stage
from tests.sandbox.samples import CLIP


def has_clip(message: Message) -> bool:
    return "animation" in message.media


BUG = "exercises/dead-bug-band"


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A host's folder with a clip of the dead bug."""
    content = tmp_path_factory.mktemp("content")
    folder = content / BUG
    folder.mkdir(parents=True)
    for name in ("exercise.toml", "en.toml"):
        (folder / name).write_bytes((shipped() / BUG / name).read_bytes())
    return content


@pytest.fixture(scope="module")
def catalogue(content: Path) -> Catalogue:
    (content / BUG / "clip.mp4").write_bytes(CLIP)
    return read_catalogue([shipped(), content], ENGLISH)[0]


@pytest.fixture
async def stage(tmp_path: Path, content: Path, catalogue: Catalogue) -> AsyncIterator[Stage]:
    """A coach whose dead bug has a clip of its own."""
    (content / BUG / "clip.mp4").write_bytes(CLIP)  # a test may have taken it away
    async with a_stage(tmp_path, catalogue=catalogue) as stage:
        async with stage.coach():
            yield stage
        assert [(c.method, c.description) for c in stage.world.refused()] == []


async def test_an_exercise_comes_with_its_clip_and_the_words_change_under_it(ann: Runner) -> None:
    await ann.says("/exercise deadbug")
    shown = ann.shown
    assert has_clip(shown)
    assert shown.text.startswith("Dead bug with band")
    await ann.taps("How?")
    assert ann.shown.id == shown.id
    assert has_clip(ann.shown)
    assert "Set-up" in ann.shown.text


@pytest.mark.slow
async def test_one_upload_however_many_runners_ask(stage: Stage) -> None:
    runners = [stage.runner(f"Runner {number}") for number in range(25)]
    for runner in runners:
        stage.world.say(runner.person, "/exercise deadbug")
    await stage.settle()
    assert all(has_clip(runner.shown) for runner in runners)
    assert len(stage.world.uploads) == 1


async def test_the_file_id_is_kept_through_a_restart(stage: Stage, ann: Runner) -> None:
    await ann.says("/exercise deadbug")
    await stage.restart()
    await ann.says("/exercise deadbug")
    assert has_clip(ann.shown)
    assert len(stage.world.uploads) == 1


@pytest.mark.slow
async def test_a_file_id_that_telegram_takes_no_more_heals_itself(
    stage: Stage, ann: Runner
) -> None:
    await ann.says("/exercise deadbug")
    stage.world.forget_files()
    runners = [stage.runner(f"Runner {number}") for number in range(5)]
    for runner in runners:
        stage.world.say(runner.person, "/exercise deadbug")
    await stage.settle()
    assert all(has_clip(runner.shown) for runner in runners)
    assert len(stage.world.uploads) == 2
    assert {call.method for call in stage.world.refused()} == {"sendAnimation"}
    stage.world.calls.clear()


@pytest.mark.breadth(1)
@pytest.mark.parametrize("status", [400, 413, 500, 502])
async def test_where_media_fail_the_words_still_come(
    stage: Stage, ann: Runner, status: int, errors_expected: None
) -> None:
    stage.world.faults.add(Fault(method="sendAnimation", status=status, times=None))
    await ann.says("/exercise deadbug")
    assert ann.shown.text.startswith("Dead bug with band")
    assert not has_clip(ann.shown)
    await ann.taps("How?")
    assert "Set-up" in ann.shown.text
    stage.world.calls.clear()


@pytest.mark.slow
async def test_a_clip_that_has_gone_from_the_disk_leaves_the_words(
    stage: Stage, ann: Runner, content: Path
) -> None:
    (content / BUG / "clip.mp4").unlink()
    await ann.says("/exercise deadbug")
    assert ann.shown.text.startswith("Dead bug with band")


@pytest.mark.slow
async def test_a_step_shows_its_clip_and_keeps_its_outcome_under_it(bea: Runner) -> None:
    await bea.says("/routine marathon five")
    await bea.taps("Start")
    await bea.taps("Done")
    step = bea.shown
    assert "Lateral band walk" in step.text
    assert has_clip(step)
    await bea.taps("Pause")
    assert not has_clip(bea.shown)
    await bea.taps("Resume")
    await bea.taps("Done")
    done = next(message for message in bea.messages if message.id == step.id)
    assert not done.labels


async def test_an_inline_search_brings_the_clip_into_any_chat(stage: Stage, ann: Runner) -> None:
    asked = stage.world.ask_inline(ann.person, "deadb")
    await asked.answer(timeout=5)
    assert asked.results[0].type == "article", "nobody has seen the clip yet"
    await ann.says("/exercise deadbug")
    asked = stage.world.ask_inline(ann.person, "deadb")
    await asked.answer(timeout=5)
    first = asked.results[0]
    assert (first.type, first.id) == ("mpeg4_gif", "dead-bug-band")
    said = len(ann.messages)
    chosen = stage.world.choose(asked, "dead-bug-band")
    await stage.settle()
    assert chosen.buttons[0][0].url == "https://t.me/band_coach_bot?start=exercise_dead-bug-band"
    assert len(ann.messages) == said, "the coach does not answer its own words"


async def test_an_inline_search_without_words_offers_the_library(stage: Stage, ann: Runner) -> None:
    asked = stage.world.ask_inline(ann.person, "")
    await asked.answer(timeout=5)
    assert 31 <= len(asked.results) <= 50
    asked = stage.world.ask_inline(ann.person, "<b>zzz")
    await asked.answer(timeout=5)
    assert asked.results == ()


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("pull up", "I don't have “pull up”"),
        ("bench & <b>press", "I don't have “bench & <b>press”"),
        ("sumo", None),
        ("hamstrings", None),
        ("glute bri", None),
        ("marathon", None),
        ("zzz", None),
    ],
)
@pytest.mark.breadth(1)
async def test_an_inline_search_says_what_is_not_here(
    stage: Stage, ann: Runner, words: str, hint: str | None
) -> None:
    asked = stage.world.ask_inline(ann.person, words)
    await asked.answer(timeout=5)
    assert (asked.button.label if asked.button else None) == hint
    if words == "sumo":
        assert asked.results[0].id == "sumo-squat-walk"
    if words == "pull up":
        assert {"band-pull-apart", "band-face-pull"} <= {result.id for result in asked.results}


@pytest.mark.slow
async def test_a_routine_is_shared_inline_and_its_link_opens_it(stage: Stage, bea: Runner) -> None:
    await bea.says("/routine marathon five")
    share = bea.shown.button("Share").inline_query
    assert share == "Marathon five"
    asked = stage.world.ask_inline(bea.person, share)
    await asked.answer(timeout=5)
    assert asked.results[0].id == "routine_marathon-five"
    chosen = stage.world.choose(asked, "routine_marathon-five")
    assert chosen.buttons[0][0].url == "https://t.me/band_coach_bot?start=routine_marathon-five"
    await bea.starts("routine_marathon-five")
    assert "Start" in bea.shown.labels


async def test_a_shared_link_explains_and_the_share_button_opens_the_search(ann: Runner) -> None:
    await ann.starts("exercise_dead-bug-band")
    share = ann.shown.button("Share")
    assert share.inline_query == "Dead bug with band"


@pytest.mark.slow
async def test_two_asking_at_once_wait_for_one_upload(stage: Stage, ann: Runner) -> None:
    bea = stage.runner("Bea")
    stage.world.faults.add(Fault(method="sendAnimation", kind="latency", seconds=0.2, times=None))
    stage.world.say(ann.person, "/exercise deadbug")
    stage.world.say(bea.person, "/exercise deadbug")
    await stage.settle()
    await asyncio.sleep(0)
    assert has_clip(ann.shown)
    assert has_clip(bea.shown)
    assert len(stage.world.uploads) == 1


def file_name(message: Message) -> str:
    return str(message.media["animation"]["file_name"])


@pytest.mark.slow
async def test_a_step_shows_the_clip_of_its_form_and_of_its_side(tmp_path: Path) -> None:
    """The routine before a run has a form of the leg raise, on one side and on the other."""
    async with a_stage(tmp_path) as stage, stage.coach():
        bea = await stage.runner("Bea").is_ready()
        await bea.says("/routine before a run")
        own_pace = "My own pace" in bea.shown.labels
        await bea.taps("My own pace" if own_pace else "Start")
        shown: list[str] = []
        for _ in range(40):
            if has_clip(bea.shown):
                shown.append(file_name(bea.shown))
            label = next((it for it in ("Done", "Skip", "Go on") if it in bea.shown.labels), None)
            if label is None:
                break
            await bea.taps(label)
        walk, leg = "lateral-band-walk", "standing-leg-raise-3way-back"
        wanted = {f"{walk}.mp4", f"{walk}-mirrored.mp4", f"{leg}.mp4", f"{leg}-mirrored.mp4"}
        assert wanted | {"banded-squat-to-toes.mp4"} <= set(shown)
        assert shown.index(f"{walk}.mp4") < shown.index(f"{walk}-mirrored.mp4")


async def test_the_glow_is_explained_where_a_drawn_clip_is_shown(ann: Runner, stage: Stage) -> None:
    await ann.says("/exercise clamshell")
    await ann.taps("Muscles")
    assert ann.shown.text.count("golden glow") == 1
    await ann.says("/exercise deadbug")
    await ann.taps("Muscles")
    assert "glow" not in ann.shown.text, "a film of the host's has none"
