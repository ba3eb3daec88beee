"""After a lock or strong pain: nothing is suggested, and nobody is asked how it felt."""

from collections.abc import Awaitable, Callable

import pytest

from tests.conversations.stage import Runner
from tests.conversations.test_pain_taps import begin, hurts

RATINGS = {"Easy", "Just right", "Too hard"}
NEXT = "Next for you"
End = Callable[[Runner], Awaitable[None]]


async def _at_the_second_step(runner: Runner) -> None:
    await begin(runner)
    await runner.taps("Done")


async def _strong_pain(runner: Runner) -> None:
    await _at_the_second_step(runner)
    await hurts(runner, "Dull pain", "Knee", 8)


async def _strong_pain_at_the_last_step(runner: Runner) -> None:
    await begin(runner, "first two weeks")
    for _ in range(8):
        await runner.taps("Done")
    await hurts(runner, "Dull pain", "Knee", 9)


async def _on_a_bone(runner: Runner) -> None:
    await _at_the_second_step(runner)
    await hurts(runner, "On a bone", "Shin or calf", 3)


async def _strong_pain_typed(runner: Runner) -> None:
    await _at_the_second_step(runner)
    await runner.says("my left knee hurts, dull, 8 out of 10")


async def _a_warning_sign(runner: Runner) -> None:
    await _at_the_second_step(runner)
    await runner.taps("Something hurts")
    await runner.taps("A warning sign")
    await runner.taps(runner.shown.labels[0])


async def _a_warning_sign_typed(runner: Runner) -> None:
    await _at_the_second_step(runner)
    await runner.says("i have chest pain")


ENDS = [
    _strong_pain,
    _strong_pain_at_the_last_step,
    _on_a_bone,
    _strong_pain_typed,
    _a_warning_sign,
    _a_warning_sign_typed,
]


@pytest.mark.slow
@pytest.mark.breadth(2)
@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__.strip("_"))
async def test_nothing_is_suggested_and_nobody_is_asked_how_it_felt(bea: Runner, end: End) -> None:
    await end(bea)
    for words in ("", "easy", "/stop", "/routine", "/progress"):
        if words:
            await bea.says(words)
        assert not any(RATINGS & set(message.labels) for message in bea.messages), words
        assert NEXT not in bea.shown.text, words


@pytest.mark.breadth(1)
@pytest.mark.parametrize("words", ["i have chest pain", "my left knee hurts, dull, 9 out of 10"])
async def test_buttons_that_came_before_a_lock_rate_nothing(bea: Runner, words: str) -> None:
    await _at_the_second_step(bea)
    await bea.says("/stop")
    summary = bea.shown
    await bea.says(words)
    await bea.taps("Just right", summary)
    summary = next(message for message in bea.messages if message.id == summary.id)
    assert not any(mark in "".join(summary.labels) for mark in "✓")


async def test_another_day_the_next_one_is_named_again(bea: Runner) -> None:
    await bea.says("/routine")
    assert NEXT in bea.shown.text
