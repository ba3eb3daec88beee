"""For my watch: the file of a session by tap and by words, once, later, and after a restart."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from bot.db.tables import STEP_LOGS
from bot.sandbox.world.faults import Fault
from bot.sandbox.world.messages import Message
from tests.conversations.stage import FIVE, TUESDAY, Runner, Stage
from tests.fit.test_encoding import Read, decoded

LABEL = "For my watch"
NAME = "band-coach-2026-11-24.fit"


def read(stage: Stage, message: Message) -> Read:
    file = stage.world.files.find(message.media["document"]["file_id"])
    return decoded(stage.world.files.content(file))


def files(runner: Runner) -> list[str]:
    sent = (message.media.get("document", {}) for message in runner.messages)
    names = [document.get("file_name", "") for document in sent]
    return [name for name in names if name.endswith(".fit")]


def later(runner: Runner, by: timedelta) -> None:
    runner.stage.clock.move(runner.stage.clock.now() + by)


async def trains(runner: Runner, steps: int = 4) -> Message:
    """A session at the runner's own pace that is stopped after so many steps, and its summary."""
    await runner.says("/routine first two weeks")
    await runner.taps("Start")
    await runner.says("my own pace")
    for _ in range(steps):
        later(runner, timedelta(seconds=70))
        await runner.says("done")
    await runner.says("stop")
    return runner.with_button(LABEL)


async def test_the_summary_hands_over_what_was_done(stage: Stage, bea: Runner) -> None:
    await trains(bea)
    await bea.taps(LABEL)
    assert files(bea) == [NAME]
    assert "Garmin Connect" in bea.shown.text
    assert bea.shown.media["document"]["mime_type"] == "application/octet-stream"
    found = read(stage, bea.shown)
    active = [each for each in found["set_mesgs"] if each["set_type"] == "active"]
    assert len(active) == 3
    assert found["session_mesgs"][0]["start_time"] == TUESDAY


@pytest.mark.slow
async def test_a_doubled_tap_sends_one_file_and_is_answered(bea: Runner) -> None:
    await trains(bea)
    await bea.taps(LABEL)
    tap = await bea.taps(LABEL)
    assert tap.text == "I have just sent it."
    assert len(files(bea)) == 1
    later(bea, timedelta(seconds=11))
    await bea.taps(LABEL)
    assert len(files(bea)) == 2


@pytest.mark.slow
async def test_the_button_stays_with_the_rating_and_works_after_a_restart(bea: Runner) -> None:
    summary = await trains(bea)
    assert summary.labels == ["Easy", "Just right", "Too hard", "Resume", LABEL]
    await bea.taps("Just right")
    assert bea.with_button(LABEL).labels[-1] == LABEL
    await bea.stage.restart()
    later(bea, timedelta(days=400))
    await bea.taps(LABEL)
    assert files(bea) == [NAME]


@pytest.mark.slow
async def test_a_summary_that_is_rated_too_late_keeps_it(bea: Runner) -> None:
    summary = await trains(bea)
    await bea.taps("Just right")
    later(bea, timedelta(days=3))
    await bea.says("/routine first two weeks")
    await bea.taps("Start")
    await bea.taps("Too hard", summary)
    assert bea.with_button(LABEL).labels == [LABEL]
    await bea.taps(LABEL)
    assert files(bea) == [NAME]


@pytest.mark.slow
async def test_the_tap_of_somebody_else_changes_nothing(stage: Stage, bea: Runner) -> None:
    await trains(bea)
    data = bea.with_button(LABEL).button(LABEL).data
    other = await stage.runner("Cleo").is_ready()
    tap = await other.sends_data(other.shown, data)
    assert tap.text == "This button is not yours."
    tap = await other.sends_data(other.shown, "watch:999999")
    assert tap.text == "This button is too old."
    assert files(other) == []


@pytest.mark.slow
async def test_a_session_without_its_log_is_too_old(stage: Stage, bea: Runner) -> None:
    await trains(bea)
    async with stage.work.coach.db.write(bea.id) as connection:
        await connection.execute(delete(STEP_LOGS))
    tap = await bea.taps(LABEL)
    assert tap.text == "This button is too old."
    assert files(bea) == []


@pytest.mark.slow
async def test_a_session_that_goes_on_has_no_file_yet(stage: Stage, bea: Runner) -> None:
    summary = await trains(bea)
    data = summary.button(LABEL).data
    await bea.taps("Resume")
    await bea.sends_data(bea.shown, data)
    assert files(bea) == []


@pytest.mark.statements
@pytest.mark.breadth(1)
@pytest.mark.parametrize(
    "words", ["for my watch", "garmin file", "Strava", "can you send it to strava?"]
)
async def test_words_send_the_file_of_the_last_session(bea: Runner, words: str) -> None:
    await bea.has_trained(FIVE, TUESDAY - timedelta(days=1))
    await bea.says(words)
    assert files(bea) == ["band-coach-2026-11-23.fit"]


async def test_without_a_session_the_words_are_answered(bea: Runner) -> None:
    assert "no session to make a file of" in (await bea.says("garmin file")).text


@pytest.mark.slow
async def test_the_name_has_the_date_where_the_runner_is(bea: Runner) -> None:
    await bea.says("/timezone Auckland")
    later(bea, timedelta(hours=8))
    await trains(bea)
    await bea.taps(LABEL)
    assert files(bea) == ["band-coach-2026-11-25.fit"]


async def test_a_file_that_cannot_be_sent_can_be_tried_again(
    bea: Runner, errors_expected: None
) -> None:
    await trains(bea)
    bea.stage.world.faults.add(Fault(method="sendDocument", status=400, times=1))
    await bea.taps(LABEL)
    assert "could not be made or sent" in bea.shown.text
    bea.stage.world.faults.clear()
    await bea.taps("Try again")
    assert files(bea) == [NAME]
