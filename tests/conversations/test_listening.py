"""The session as a track: one message, one question, and every answer counts once."""

import asyncio
import resource
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.content.reading import shipped
from bot.content.texts import ENGLISH
from bot.domain.session import FORGOTTEN
from bot.sandbox.world.faults import Fault
from bot.sandbox.world.messages import Message
from bot.tracks import read_voice
from tests import databases
from tests.conversations.stage import FIVE, TUESDAY, Runner, Stage, a_stage
from tests.fit.test_encoding import decoded
from tests.process.coach_process import eventually
from tests.voices import SIGNALS

ANSWERS = ["All of it", "Part of it", "None", "Something hurts"]
ASKED = "should be over by now"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A coach that has a voice."""
    async with a_stage(tmp_path, voice=SIGNALS) as stage:
        async with stage.coach():
            yield stage
        assert stage.refused == []


@pytest.fixture
async def cat(stage: Stage) -> Runner:
    """A runner to whom no exercise is new."""
    runner = await stage.runner("Cat").is_ready()
    return await runner.knows_the_exercises()


async def listens(runner: Runner, routine: str = "marathon five") -> Message:
    """The message with the track."""
    await runner.says(f"/routine {routine}")
    await runner.taps("Listen")
    return runner.shown


def is_track(message: Message) -> bool:
    return "audio" in message.media


def tracks(runner: Runner) -> list[Message]:
    return [message for message in runner.messages if is_track(message)]


def stored(stage: Stage, runner: Runner) -> dict[str, object]:
    """The row of the runner's newest session."""
    rows = [row for row in databases.rows(stage.database, "sessions") if row["id"] > 0]
    return max((row for row in rows if row["runner_id"] == runner.id), key=lambda row: row["id"])


def outcomes(stage: Stage, runner: Runner) -> list[str]:
    session = stored(stage, runner)["id"]
    rows = databases.rows(stage.database, "step_logs")
    return [row["outcome"] for row in rows if row["session_id"] == session]


def calls(stage: Stage, method: str) -> int:
    return sum(call.method == method for call in stage.world.calls)


async def later(stage: Stage, **by: float) -> None:
    await stage.travel(stage.clock.now() + timedelta(**by))


async def over(stage: Stage, runner: Runner) -> None:
    """Five minutes after the end of the track, less a second."""
    seconds = stored(stage, runner)["track_seconds"]
    assert isinstance(seconds, int)
    await stage.travel(TUESDAY + timedelta(seconds=seconds + 299))


async def test_the_session_comes_as_one_track_with_its_name_and_length(
    stage: Stage, cat: Runner
) -> None:
    shown = await listens(cat)
    audio = shown.media["audio"]
    assert (audio["title"], audio["performer"]) == ("Marathon five", "Band Coach")
    assert audio["mime_type"] == "audio/mpeg"
    assert audio["duration"] == stored(stage, cat)["track_seconds"] > 600
    assert shown.labels == ANSWERS
    assert "stop the player first" in shown.text
    assert cat.messages[-2].text == "Marathon five: started"
    assert calls(stage, "sendAudio") == 1


async def test_the_chat_stays_quiet_until_the_coach_asks_once(stage: Stage, cat: Runner) -> None:
    shown = await listens(cat)
    await over(stage, cat)
    assert cat.shown.id == shown.id
    await later(stage, seconds=1)
    assert ASKED in cat.shown.text
    assert cat.shown.labels == ANSWERS
    assert len(tracks(cat)) == 1
    assert tracks(cat)[0].labels == []
    await later(stage, hours=3)
    assert cat.count(ASKED) == 1


async def test_all_of_it_is_a_session_like_any_other(stage: Stage, cat: Runner) -> None:
    await listens(cat)
    await over(stage, cat)
    await cat.taps("All of it")
    assert "Marathon five: done" in cat.shown.text
    assert set(outcomes(stage, cat)) == {"done"}
    row = stored(stage, cat)
    assert (row["phase"], row["position"]) == ("finished", len(row["steps"]))
    assert tracks(cat) == []
    await cat.taps("Just right")
    assert "You said" in cat.shown.text
    await later(stage, hours=7)
    assert cat.count(ASKED) == 0
    await cat.says("/progress")
    assert "1" in cat.shown.text


async def test_done_before_the_track_can_be_over_is_asked_about(stage: Stage, cat: Runner) -> None:
    await listens(cat)
    await later(stage, seconds=1)
    await cat.says("done")
    assert "you have only just got it" in cat.shown.text
    assert cat.shown.labels == ["All of it", "Part of it", "None", "Something hurts"]
    assert (stored(stage, cat)["phase"], outcomes(stage, cat)) == ("running", [])
    await over(stage, cat)
    await cat.says("done")
    assert "Marathon five: done" in cat.shown.text


@pytest.mark.parametrize("words", ["all of it", ""])
async def test_all_of_it_counts_whenever_it_is_said(stage: Stage, cat: Runner, words: str) -> None:
    await listens(cat)
    await later(stage, seconds=1)
    await (cat.says(words) if words else cat.taps("All of it"))
    assert "Marathon five: done" in cat.shown.text


@pytest.mark.slow
async def test_an_early_answer_counts_and_ends_the_asking(stage: Stage, cat: Runner) -> None:
    await listens(cat)
    await later(stage, minutes=11)
    await cat.taps("All of it")
    assert "Marathon five: done" in cat.shown.text
    assert "Time: 11 minutes" in cat.shown.text
    await later(stage, hours=2)
    assert cat.count(ASKED) == 0


@pytest.mark.slow
async def test_a_second_tap_counts_nothing_twice(stage: Stage, cat: Runner) -> None:
    track = await listens(cat)
    await later(stage, minutes=11)
    first, second = [button.data for button in track.buttons[0][:2]]
    await cat.taps("All of it")
    await eventually(lambda: stored(stage, cat)["track_id"] is None)  # it is cleared away
    done = stored(stage, cat)
    tap = await cat.sends_data(track, first)
    assert tap.text == "That session is over."
    await cat.sends_data(track, second)
    assert stored(stage, cat) == done
    assert cat.count("Marathon five: done") == 1


@pytest.mark.slow
async def test_a_double_tap_on_listen_sends_one_track(stage: Stage, cat: Runner) -> None:
    ready = await cat.says("/routine marathon five")
    for _ in range(2):
        stage.world.tap(cat.person, ready, "Listen")
    await stage.settle()
    assert len(tracks(cat)) == 1
    assert calls(stage, "sendAudio") == 1


async def test_part_of_it_asks_up_to_which_exercise(stage: Stage, cat: Runner) -> None:
    track = await listens(cat)
    await later(stage, minutes=11)
    await cat.taps("Part of it")
    assert cat.shown.id == track.id
    assert "Up to which exercise" in cat.shown.text
    await cat.taps("‹ Back")
    assert cat.shown.labels == ANSWERS
    await cat.taps("Part of it")
    name = cat.shown.labels[1]
    await cat.taps(name)
    row = stored(stage, cat)
    done = row["steps"][row["position"] - 1]
    assert done["name"] == name
    assert row["steps"][row["position"]]["name"] != name
    assert row["phase"] == "stopped"
    assert len(outcomes(stage, cat)) == row["position"]
    assert "Marathon five: stopped" in cat.shown.text


async def test_a_part_took_as_long_as_its_steps_on_the_track(stage: Stage, cat: Runner) -> None:
    await listens(cat)
    await over(stage, cat)
    await cat.taps("Part of it")
    await cat.taps("Sumo squat walk")
    assert "Time: 8 minutes\nSteps done: 8 of 22" in cat.shown.text
    await cat.says("/progress")
    assert "One session, 8 minutes" in cat.shown.text


async def test_after_a_part_the_rest_can_be_done_in_the_chat(stage: Stage, cat: Runner) -> None:
    await listens(cat)
    await later(stage, minutes=11)
    await cat.taps("Part of it")
    await cat.taps(cat.shown.labels[0])
    before = stored(stage, cat)
    await cat.taps("Resume")
    after = stored(stage, cat)
    assert (after["phase"], after["track_seconds"]) == ("running", None)
    assert after["position"] == before["position"]
    assert after["steps"][after["position"]]["name"] in cat.shown.text


@pytest.mark.slow
async def test_none_counts_nothing(stage: Stage, cat: Runner) -> None:
    await listens(cat)
    await cat.taps("None")
    assert outcomes(stage, cat) == []
    assert "Nothing is counted yet" in cat.shown.text
    assert tracks(cat) == []


async def test_something_hurts_stops_the_player_first(stage: Stage, cat: Runner) -> None:
    await listens(cat)
    await later(stage, minutes=11)
    await cat.taps("Something hurts")
    assert cat.shown.text.startswith("Stop the player first.")
    assert tracks(cat) == []
    row = stored(stage, cat)
    assert row["phase"] == "hurting"
    assert row["steps"][row["position"]]["name"] in cat.shown.text
    assert set(outcomes(stage, cat)) == {"done"}


@pytest.mark.slow
async def test_the_exercise_that_hurt_can_be_put_right(stage: Stage, cat: Runner) -> None:
    await listens(cat)
    await later(stage, minutes=11)
    await cat.taps("Something hurts")
    await cat.taps("It was another exercise")
    name = cat.shown.labels[1]
    await cat.taps(name)
    assert name in cat.shown.text
    for label in ("Dull pain", "Knee", "5"):
        await cat.taps(label)
    incident = databases.rows(stage.database, "incidents")[0]
    row = stored(stage, cat)
    assert incident["exercise"] == row["steps"][1]["exercise"]
    assert (row["phase"], row["track_seconds"]) == ("paused", None)
    await cat.taps("Resume")
    assert tracks(cat) == []
    assert stored(stage, cat)["phase"] == "running"


@pytest.mark.slow
async def test_pain_in_words_ends_the_track_too(stage: Stage, cat: Runner) -> None:
    await listens(cat)
    await cat.says("my knee hurts")
    assert cat.count("Stop the player first.") == 1
    assert tracks(cat) == []
    assert stored(stage, cat)["phase"] == "hurting"


@pytest.mark.slow
async def test_a_warning_sign_ends_the_track(stage: Stage, cat: Runner) -> None:
    await listens(cat)
    await cat.says("I have chest pain")
    await later(stage, seconds=61)
    assert tracks(cat) == []
    assert stored(stage, cat)["phase"] in ("stopped", "paused")
    assert not any("Listen" in message.labels for message in cat.messages)


@pytest.mark.slow
async def test_no_track_while_something_is_asked_about_pain(stage: Stage, cat: Runner) -> None:
    ready = await cat.says("/routine marathon five")
    await cat.says("my knee hurts")
    if stored(stage, cat)["phase"] == "ready":
        await cat.taps("Listen", ready)
    assert tracks(cat) == []
    assert calls(stage, "sendAudio") == 0


@pytest.mark.slow
async def test_a_forgotten_track_is_closed_as_not_done_unless_the_runner_says_otherwise(
    stage: Stage, cat: Runner
) -> None:
    await listens(cat)
    await stage.travel(TUESDAY + FORGOTTEN)
    assert "Six hours have passed" in cat.shown.text
    assert tracks(cat) == []
    assert (stored(stage, cat)["phase"], outcomes(stage, cat)) == ("stopped", [])
    await later(stage, hours=14)
    await cat.taps("All of it")
    row = stored(stage, cat)
    assert row["phase"] == "finished"
    assert row["trained_at"] < TUESDAY + timedelta(hours=1)
    assert "Marathon five: done" in cat.shown.text
    await cat.taps("Just right")
    assert "You said" in cat.shown.text


@pytest.mark.slow
async def test_a_late_answer_counts_although_another_session_waits(
    stage: Stage, cat: Runner
) -> None:
    await listens(cat)
    await stage.travel(TUESDAY + FORGOTTEN)
    closed = cat.shown
    await cat.says("/routine marathon five")
    await cat.taps("All of it", closed)
    assert cat.count("Marathon five: done") == 1
    assert stored(stage, cat)["phase"] == "ready"


@pytest.mark.statements
async def test_the_session_outlives_a_restart(stage: Stage, cat: Runner) -> None:
    await listens(cat)
    await stage.restart()
    await over(stage, cat)
    await stage.restart()
    await later(stage, seconds=1)
    assert cat.count(ASKED) == 1
    await stage.restart()
    await later(stage, minutes=1)
    assert cat.count(ASKED) == 1
    await cat.taps("All of it")
    assert "Marathon five: done" in cat.shown.text


@pytest.mark.slow
async def test_a_track_that_was_not_sent_before_a_kill_is_sent_by_the_next_tap(
    stage: Stage, cat: Runner
) -> None:
    ready = await cat.says("/routine marathon five")
    stage.world.faults.add(Fault("sendAudio", "drop", times=1))
    await cat.taps("Listen")
    assert tracks(cat) == []
    await cat.taps("Listen", ready)
    assert len(tracks(cat)) == 1
    assert cat.shown.labels == ANSWERS


@pytest.mark.slow
async def test_another_session_meanwhile_is_asked_about_and_ends_the_track(
    stage: Stage, cat: Runner
) -> None:
    track = await listens(cat)
    await cat.says("/routine hips")
    assert "is with you as a track" in cat.shown.text
    assert track.id in [message.id for message in tracks(cat)]
    restart = next(label for label in cat.shown.labels if label not in ANSWERS)
    await cat.taps(restart)
    await cat.taps(restart)
    await later(stage, seconds=61)
    assert tracks(cat) == []


@pytest.mark.slow
async def test_ten_at_once_with_equal_plans_make_one_upload(stage: Stage) -> None:
    runners = [
        await (await stage.runner(f"Runner {number}").is_ready()).knows_the_exercises()
        for number in range(10)
    ]
    for runner in runners:
        await runner.says("/routine marathon five")
    for runner in runners:
        stage.world.tap(runner.person, runner.shown, "Listen")
    await stage.settle()
    assert all(len(tracks(runner)) == 1 for runner in runners)
    assert (
        len({track.media["audio"]["file_unique_id"] for each in runners for track in tracks(each)})
        == 1
    )
    assert [upload.kind for upload in stage.world.uploads].count("audio") == 1


@pytest.mark.slow
async def test_what_telegram_turns_down_is_tried_again(stage: Stage, cat: Runner) -> None:
    await cat.says("/routine marathon five")
    stage.world.faults.add(Fault("sendAudio", status=500, times=1))
    await cat.taps("Listen")
    assert len(tracks(cat)) == 1
    stage.world.calls.clear()


@pytest.mark.slow
@pytest.mark.usefixtures("errors_expected")
async def test_a_refused_track_leaves_the_session_as_it_was(stage: Stage, cat: Runner) -> None:
    await cat.says("/routine marathon five")
    stage.world.faults.add(Fault("sendAudio", status=413, times=1))
    await cat.taps("Listen")
    assert "could not be sent" in cat.shown.text
    assert stored(stage, cat)["phase"] == "ready"
    assert {"Start", "Listen"} <= set(cat.shown.labels)
    assert "animation" in cat.shown.media
    await cat.taps("Listen")
    assert len(tracks(cat)) == 1
    stage.world.calls.clear()


@pytest.mark.slow
async def test_a_track_that_telegram_has_forgotten_is_uploaded_again(
    stage: Stage, cat: Runner
) -> None:
    await listens(cat)
    await cat.taps("None")
    stage.world.forget_files()
    await listens(cat)
    assert len(tracks(cat)) == 1
    stage.world.calls.clear()


@pytest.mark.slow
@pytest.mark.usefixtures("errors_expected")
async def test_a_track_that_can_not_be_deleted_any_more_says_that_it_is_out_of_date(
    stage: Stage, cat: Runner
) -> None:
    await listens(cat)
    await cat.says("how long is left?")
    stage.world.faults.add(Fault("deleteMessage", status=400, times=None))
    await cat.says("/stop")
    await later(stage, seconds=61)
    assert "out of date" in tracks(cat)[0].text
    assert tracks(cat)[0].labels == []
    stage.world.faults.clear()
    stage.world.calls.clear()


@pytest.mark.breadth(1)
@pytest.mark.parametrize(
    ("words", "phase"),
    [("all of it", "finished"), ("done", "finished"), ("None.", "stopped"), ("nothing", "stopped")],
)
async def test_an_answer_may_be_typed(words: str, phase: str, stage: Stage, cat: Runner) -> None:
    await listens(cat)
    await later(stage, minutes=11)
    await cat.says(words)
    assert stored(stage, cat)["phase"] == phase


@pytest.mark.slow
async def test_listen_part_of_it_and_up_to_may_be_typed(stage: Stage, cat: Runner) -> None:
    await cat.says("/routine marathon five")
    await cat.says("listen")
    assert len(tracks(cat)) == 1
    await later(stage, minutes=11)
    await cat.says("part of it")
    assert "Up to which exercise" in cat.shown.text
    steps = stored(stage, cat)["steps"]
    name = steps[1]["name"]
    await cat.says(f"up to the {name}")
    row = stored(stage, cat)
    assert row["steps"][row["position"] - 1]["name"] == name


@pytest.mark.slow
@pytest.mark.parametrize("words", ["all of it", "I did it after all"])
async def test_all_of_it_said_too_late_counts(stage: Stage, cat: Runner, words: str) -> None:
    await listens(cat)
    await stage.travel(TUESDAY + FORGOTTEN)
    await cat.says(words)
    assert stored(stage, cat)["phase"] == "finished"


async def test_without_a_voice_there_is_no_listen(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.coach():
        bea = await stage.runner("Bea").is_ready()
        await bea.says(f"/routine {FIVE}")
        assert "Listen" not in bea.shown.labels
        await bea.says("listen")
        assert "no voice here" in bea.shown.text


async def test_the_shipped_voice_comes_with_a_picture_and_reads_exercises_aloud(
    tmp_path: Path,
) -> None:
    voice = read_voice([shipped()], ENGLISH)
    async with a_stage(tmp_path, voice=voice) as stage, stage.coach():
        cat = await (await stage.runner("Cat").is_ready()).knows_the_exercises()
        track = await listens(cat)
        picture = track.media["audio"]["thumbnail"]
        assert max(picture["width"], picture["height"]) == 320
        await cat.taps("None")
        await cat.says("/exercise clamshell")
        await cat.taps("Hear it")
        spoken = cat.shown.media["audio"]
        assert spoken["title"] == "Clamshell"
        assert 10 < spoken["duration"] < 120
        assert "read aloud" in cat.shown.text
        assert stage.refused == []


async def test_what_is_not_recorded_is_not_offered_and_said_to_be_in_writing(
    tmp_path: Path,
) -> None:
    voice = read_voice([shipped()], ENGLISH)
    async with a_stage(tmp_path, voice=voice) as stage, stage.coach():
        cat = await stage.runner("Cat").is_ready()
        await cat.says("/exercise clamshell")
        explained = cat.shown
        stage.work.coach.content.voice = SIGNALS
        await cat.taps("Hear it", explained)
        assert "in writing" in cat.shown.text
        await cat.says("/exercise clamshell")
        assert "Hear it" not in cat.shown.labels


@pytest.mark.slow
async def test_answers_of_two_phones_count_once(stage: Stage, cat: Runner) -> None:
    track = await listens(cat)
    for label in ("All of it", "None", "All of it"):
        stage.world.tap(cat.person, track, label)
    await stage.settle()
    await asyncio.sleep(0)
    assert stored(stage, cat)["phase"] == "finished"
    assert cat.count("Marathon five: done") == 1


@contextmanager
def full_disk() -> Iterator[None]:
    """Nothing can be written to any file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.slow
@pytest.mark.usefixtures("errors_expected")
async def test_a_full_disk_is_told_and_what_was_tapped_is_done_once_there_is_room(
    stage: Stage, cat: Runner
) -> None:
    if databases.POSTGRESQL:
        pytest.skip("its server's disk is not full")
    ready = await cat.says("/routine marathon five")
    with full_disk():
        stage.world.tap(cat.person, ready, "Listen")
        await stage.world.until(lambda: cat.shown.id != ready.id)
        assert "Something went wrong" in cat.shown.text
        assert calls(stage, "sendAudio") == 0
    await stage.world.until(lambda: tracks(cat))
    await stage.settle()
    assert len(tracks(cat)) == 1
    assert stored(stage, cat)["track_seconds"] is not None
    await later(stage, minutes=11)
    with full_disk():
        stage.world.tap(cat.person, tracks(cat)[0], "All of it")
        await asyncio.sleep(0.5)
    await stage.world.until(lambda: "Marathon five: done" in cat.shown.text)
    await stage.settle()
    assert cat.count("Marathon five: done") == 1
    assert set(outcomes(stage, cat)) == {"done"}
    assert tracks(cat) == []


@pytest.mark.slow
async def test_a_session_that_is_led_in_the_chat_goes_on_when_listen_is_tapped(
    stage: Stage, cat: Runner
) -> None:
    ready = await cat.says("/routine marathon five")
    await cat.taps("Start")
    running = stored(stage, cat)
    await cat.taps("Listen", ready)
    await cat.says("listen")
    assert tracks(cat) == []
    after = stored(stage, cat)
    assert after["track_seconds"] is None
    assert [after[it] for it in ("id", "phase", "position", "started_at")] == [
        running[it] for it in ("id", "phase", "position", "started_at")
    ]


@pytest.mark.slow
async def test_the_watch_file_holds_what_was_listened_to(stage: Stage, cat: Runner) -> None:
    await listens(cat)
    await over(stage, cat)
    await cat.taps("All of it")
    await cat.taps("For my watch")
    file = stage.world.files.find(cat.shown.media["document"]["file_id"])
    found = decoded(stage.world.files.content(file))
    active = [each for each in found["set_mesgs"] if each["set_type"] == "active"]
    row = stored(stage, cat)
    assert len(active) == sum(step["exercise"] is not None for step in row["steps"])
    assert found["session_mesgs"][0]["start_time"] == TUESDAY
    lasted = found["session_mesgs"][0]["total_elapsed_time"]
    assert row["track_seconds"] - 10 <= lasted <= row["track_seconds"]
