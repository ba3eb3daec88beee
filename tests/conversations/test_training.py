"""A whole session, step by step, and everything that can go wrong with a tap."""

import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.content import read_catalogue
from bot.content.reading import shipped
from bot.db.opening import open_database
from bot.domain.session import Rating
from bot.sandbox.world.faults import Fault
from bot.services import training
from tests.conversations.stage import FIVE, TUESDAY, Runner, Stage
from tests.databases import rows


async def begin(runner: Runner, routine: str = "first two weeks", way: str = "Start") -> None:
    await runner.says(f"/routine {routine}")
    await runner.taps(way)


async def walk(runner: Runner) -> int:
    """Taps Done to the end; returns how often."""
    taps = 0
    while "Done" in runner.shown.labels:
        await runner.taps("Done")
        taps += 1
    return taps


async def test_the_list_names_the_bands_that_each_routine_needs(bea: Runner) -> None:
    await bea.says("/bands mini light green, long loop heavy")
    await bea.says("/routine")
    assert "You need: a long loop and a mini band." in bea.shown.text
    lines = [line for line in bea.shown.text.splitlines() if line.startswith("With ")]
    assert lines == [
        "With a mini band: Before a run · Hips and glutes · Mini band, whole body · Taper week ·"
        " Marathon five.",
        "With a long loop: Build strength · Core and upper back · Fill the gaps.",
    ]
    await bea.says("/bands none")
    await bea.says("/routine")
    assert "The others need: no band." in bea.shown.text
    assert "mini band" not in bea.shown.text.replace("Mini band, whole body", "").lower()


async def test_the_list_says_which_is_next_and_why_and_its_buttons_repeat_nothing(
    bea: Runner,
) -> None:
    await bea.says("/routine")
    for words in ("Next for you: First two weeks", "Everybody begins with this one", "a mini band"):
        assert words in bea.shown.text
    first, *others = bea.shown.buttons
    assert [button.label for button in first] == ["Take this one · 7 min"]
    assert first[0].fields["style"] == "primary"
    assert all(len(row) == 1 and "style" not in row[0].fields for row in others)
    await bea.knows_the_exercises()
    await bea.says("/routine")
    assert "Marathon five · 18 min" in bea.shown.labels
    assert len(bea.shown.labels) == 10
    assert bea.shown.labels[-1] == "New routine of my own"
    named = [label.partition(" · ")[0] for label in bea.shown.labels]
    told = [line for line in bea.shown.text.splitlines() if not line.startswith("With ")]
    assert not any(name in line for line in told for name in named)
    assert not re.search(r"\d min", bea.shown.text)
    await bea.taps(bea.shown.labels[0])
    assert bea.shown.text.startswith("First two weeks")


async def test_a_step_says_all_that_a_runner_needs(bea: Runner) -> None:
    await bea.knows_the_exercises()
    await begin(bea, "marathon five", "My own pace")
    assert "Walk briskly" in bea.shown.text
    await bea.taps("Skip")
    text = bea.shown.text
    for part in ("1 of 22", "▰", "Lateral band walk", "Set 1 of 2", "leading with the right"):
        assert part in text
    for part in ("10 steps, then tap Done", "Band: ", "After this: 5 s"):
        assert part in text
    assert text.count("• ") == 2
    near = ["Done", "Skip", "Pause", "How?", "Something hurts"]
    assert bea.shown.labels == [*near, "More"]
    assert bea.shown.button("Done").fields["style"] == "success"
    assert bea.shown.button("Something hurts").fields["style"] == "danger"
    await bea.taps("More")
    assert bea.shown.labels == [*near, "Back", "Swap", "Hands-free", "Stop"]
    assert bea.shown.text == text


@pytest.mark.slow
async def test_more_shows_what_is_rarely_needed_and_an_old_one_nothing(
    bea: Runner, ann: Runner
) -> None:
    await begin(bea, "marathon five", "Start")
    old = bea.shown
    data = old.button("More").data or ""
    await bea.taps("More")
    assert {"+15 s", "My own pace", "Stop"} <= set(bea.shown.labels)
    await bea.taps("+15 s")
    assert "+15 s" in bea.shown.labels
    tap = await ann.sends_data(old, data)
    assert tap.text == "This button is not yours."
    await bea.taps("Skip")
    labels = bea.shown.labels
    assert (await bea.sends_data(old, data)).text
    assert bea.shown.labels == labels


@pytest.mark.slow
async def test_at_my_own_pace_what_is_held_keeps_its_seconds(bea: Runner) -> None:
    await bea.knows_the_exercises()
    await bea.says("/bands mini light, long band light, door anchor")
    await begin(bea, "core and upper back", "My own pace")
    shown = {}
    while "Done" in bea.shown.labels:
        lines = bea.shown.text.splitlines()
        if "Set 1" in bea.shown.text:
            shown[lines[1]] = lines[3]
        await bea.taps("Done")
    assert shown["Dead bug with band"] == "6 repetitions on each side, then tap Done"
    assert shown["Pallof press"] == "6 repetitions, then tap Done"
    assert shown["Side plank with clam"] == "30 seconds"


@pytest.mark.slow
@pytest.mark.parametrize(("routine", "steps"), [("first two weeks", 9), ("marathon five", 11)])
async def test_a_whole_routine_ends_with_a_summary(bea: Runner, routine: str, steps: int) -> None:
    await begin(bea, routine)
    bea.stage.clock.moment += timedelta(minutes=8)
    await bea.taps("Done")
    await bea.taps("Pause")
    bea.stage.clock.moment += timedelta(hours=5)
    await bea.taps("Resume")
    assert await walk(bea) == steps
    assert f"Steps done: {steps} of {steps}" in bea.shown.text
    assert "Time: 18 minutes" in bea.shown.text
    assert "Trained: " in bea.shown.text
    assert bea.shown.labels == ["Easy", "Just right", "Too hard", "For my watch"]
    await bea.taps("Just right")
    assert "You said: just right" in bea.shown.text
    assert bea.shown.labels == [
        *("Easy", "✓ Just right", "Too hard", "Per exercise", "For my watch")
    ]


async def test_one_message_has_live_buttons_and_the_finished_keep_their_outcome(
    bea: Runner,
) -> None:
    await begin(bea)
    await bea.taps("Done")
    await bea.taps("Skip")
    with_buttons = [message for message in bea.messages if "Done" in message.labels]
    assert with_buttons == [bea.shown]
    assert bea.count("✓ Warm-up") == 1
    assert bea.count("Skipped: Banded glute bridge") == 1


async def test_a_double_tap_counts_once_and_shows_the_step_again(bea: Runner) -> None:
    await begin(bea)
    step = bea.shown
    done = step.button("Done").data
    first = bea.stage.world.tap(bea.person, step, data=done)
    second = bea.stage.world.tap(bea.person, step, data=done)
    await first.answer()
    await second.answer()
    await bea.stage.settle()
    assert (first.text, second.text) == ("Done", "That button was from an earlier step.")
    assert "1 of 9" in bea.shown.text
    assert sum("1 of 9" in message.text for message in bea.messages) == 1


async def test_a_foreign_tap_is_answered_and_changes_nothing(stage: Stage, bea: Runner) -> None:
    await begin(bea)
    eve = await stage.runner("Eve").is_ready()
    before = len(eve.messages)
    tap = await eve.sends_data(eve.shown, bea.shown.button("Done").data)
    assert tap.text == "This button is not yours."
    assert len(eve.messages) == before
    assert "Warm-up" in bea.shown.text


async def test_a_tap_from_an_old_session_shows_the_current_step(bea: Runner) -> None:
    await begin(bea)
    old = bea.shown.button("Done").data
    await bea.says("/stop")
    await begin(bea)
    tap = await bea.sends_data(bea.shown, old)
    assert tap.text == "That button was from an earlier step."
    assert "Warm-up" in bea.shown.text


async def test_back_reopens_the_step_before(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Done")
    await bea.taps("Done")
    await bea.taps("Back")
    assert "1 of 9" in bea.shown.text
    await walk(bea)
    assert "Steps done: 9 of 9" in bea.shown.text


async def test_how_and_exercise_keep_the_place(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Done")
    await bea.taps("How?")
    assert bea.shown.text.startswith("Banded glute bridge")
    await bea.taps("Go on")
    assert "1 of 9" in bea.shown.text
    await bea.says("/exercise clamshell")
    assert bea.shown.text.startswith("Clamshell")
    await bea.taps("Go on")
    assert "1 of 9" in bea.shown.text
    await bea.taps("Done")
    assert "2 of 9" in bea.shown.text


@pytest.mark.slow
async def test_the_easier_form_of_a_step_is_explained_first(bea: Runner) -> None:
    await begin(bea)
    while "Squat to a chair" not in bea.shown.text.splitlines()[1]:
        await bea.taps("Done")
    await bea.taps("How?")
    assert "In your session: Squat to a chair" in bea.shown.text


async def test_pause_keeps_the_place(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Done")
    await bea.taps("Pause")
    assert "Paused" in bea.shown.text
    assert bea.shown.labels == ["Resume", "Stop"]
    await bea.taps("Resume")
    assert "1 of 9" in bea.shown.text


async def test_stop_keeps_what_was_done_and_can_be_taken_back(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Done")
    await bea.taps("Done")
    await bea.taps("Stop")
    assert "Steps done: 1 of 9" in bea.shown.text
    assert "Resume" in bea.shown.labels
    await bea.taps("Resume")
    assert "2 of 9" in bea.shown.text


@pytest.mark.slow
async def test_a_stop_before_anything_was_done_is_not_counted(bea: Runner) -> None:
    await begin(bea)
    await bea.says("/stop")
    assert "You had not done anything yet" in bea.shown.text
    await bea.says("/progress")
    assert "Nothing yet" in bea.shown.text


@pytest.mark.statements
async def test_typed_words_do_what_the_buttons_do(bea: Runner) -> None:
    await begin(bea)
    await bea.says("Done!")
    await bea.says("next")
    assert "2 of 9" in bea.shown.text
    await bea.says("back")
    assert "1 of 9" in bea.shown.text
    await bea.says("skip")
    await bea.says("pause")
    await bea.says("resume")
    assert "2 of 9" in bea.shown.text
    await bea.says("pause")
    await bea.says("go")
    assert "2 of 9" in bea.shown.text
    await bea.says("how")
    assert bea.shown.text.startswith("Lateral band walk")
    await bea.says("How do I do this?")
    assert bea.shown.text.startswith("Lateral band walk")
    await bea.says("it hurts")
    await bea.says("stop")
    assert "Steps done: 0 of 9" in bea.shown.text or "You had not done anything" in bea.shown.text


async def test_a_word_that_does_not_fit_is_told_why(bea: Runner) -> None:
    await bea.says("/routine first two weeks")
    await bea.says("done")
    assert "We haven't started yet." in bea.shown.text
    await bea.taps("My own pace")
    await bea.says("go")
    assert "We are in the middle of it." in bea.shown.text
    await bea.says("pause")
    await bea.says("done")
    assert "You are on a break" in bea.shown.text
    assert bea.shown.labels == ["Resume", "Stop"]
    await bea.says("I'm ready")
    assert "Warm-up" in bea.shown.text


@pytest.mark.parametrize("words", ["yes", "ok", "I'm ready"])
async def test_ok_before_a_step_begins_it_and_does_not_count_it(
    stage: Stage, bea: Runner, words: str
) -> None:
    await bea.says("/routine first two weeks")
    await bea.taps("Start")
    assert "Starts in 10 s." in bea.shown.text
    await bea.says(words)
    assert bea.shown.text.startswith("Go!")
    assert rows(stage.database, "step_logs") == []


async def test_words_of_courtesy_and_emoji_around_a_word_change_nothing(bea: Runner) -> None:
    await bea.says("/routine first two weeks")
    await bea.says("Lets gooo 🔥")
    for words in ("ok, next", "👌 done", "Done, thanks", "yeah doneee!!"):
        await bea.says(words)
    assert "4 of 9" in bea.shown.text
    await bea.says("oops, I skipped it by accident")
    assert "3 of 9" in bea.shown.text
    await bea.says("hang on, phone’s ringing")
    assert bea.shown.text.startswith("Paused")
    await bea.says("continue please")
    await bea.says("well done")
    assert bea.count("4 of 9") == 0


@pytest.mark.parametrize(
    ("words", "reply"),
    [
        ("done, how long is left?", "You are at step 2"),
        ("that was easy, next", "Too hard?"),
        ("done but only managed six of them", ""),
    ],
)
@pytest.mark.breadth(2)
async def test_a_move_and_something_else_in_one_message_are_both_heard(
    bea: Runner, words: str, reply: str
) -> None:
    await begin(bea)
    await bea.says("done")
    await bea.says(words)
    assert bea.with_button("Done").text.startswith("2 of 9")
    assert reply in bea.shown.text


async def test_two_moves_in_one_message_make_none(bea: Runner) -> None:
    await begin(bea)
    await bea.says("done")
    await bea.says("skip, no wait, done")
    assert bea.count("2 of 9") == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("too hard", "too hard"),
        ("actually it was hard", "too hard"),
        ("bit too easy tbh", "easy"),
        ("Piece of cake!", "easy"),
        ("it was alright", "just right"),
    ],
)
@pytest.mark.breadth(2)
async def test_the_rating_can_be_typed(bea: Runner, words: str, said: str) -> None:
    await begin(bea)
    await walk(bea)
    await bea.says(words)
    assert f"You said: {said}." in bea.shown.text


async def test_a_word_without_a_session_says_how_to_start_one(bea: Runner) -> None:
    await bea.says("done")
    assert "/routine" in bea.shown.text


@pytest.mark.slow
async def test_a_second_routine_returns_and_asks_before_starting_over(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Done")
    await bea.says("/routine")
    assert "You are still in this session" in bea.shown.text
    assert "1 of 9" in bea.shown.text
    await bea.taps("Start over")
    assert "Starting over ends it" in bea.shown.text
    await bea.taps("Go on")
    assert "1 of 9" in bea.shown.text
    await bea.says("/routine marathon five")
    assert "1 of 9" in bea.shown.text
    await bea.taps("Start Marathon five instead")
    assert "Starting Marathon five ends it; what you have done stays." in bea.shown.text
    await bea.taps("Start Marathon five instead")
    assert "Warm-up" in bea.shown.text
    await bea.taps("Done")
    assert "1 of 11" in bea.shown.text, "one set of what is new"


@pytest.mark.slow
async def test_a_routine_that_was_not_begun_makes_room_by_itself(bea: Runner) -> None:
    await bea.says("/routine first two weeks")
    await bea.says("/routine marathon five")
    assert "Marathon five" in bea.shown.text
    await bea.taps("Start")
    assert "Warm-up" in bea.shown.text
    assert [m.text for m in bea.messages if "not started" in m.text] == [
        "First two weeks: not started"
    ]


@pytest.mark.slow
async def test_a_restart_goes_on_at_the_same_step(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Done")
    await bea.taps("Done")
    await bea.stage.restart()
    await bea.taps("Done")
    assert "3 of 9" in bea.shown.text
    await bea.says("/routine")
    assert "3 of 9" in bea.shown.text


@pytest.mark.slow
async def test_a_change_of_content_does_not_break_a_running_session(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Done")
    changed, _ = read_catalogue([shipped()], "en")
    del changed.exercises["banded-glute-bridge"]
    first = changed.routines["first-two-weeks"]
    changed.routines["first-two-weeks"] = first.model_copy(update={"blocks": first.blocks[-1:]})
    bea.stage.catalogue = changed
    await bea.stage.restart()
    await bea.says("/routine")
    assert "Banded glute bridge" in bea.shown.text
    await bea.taps("How?")
    assert "not in the library any more" in bea.shown.text
    await bea.taps("Go on")
    await walk(bea)
    assert "Steps done: 9 of 9" in bea.shown.text


@pytest.mark.slow
async def test_marathon_five_is_suggested_once_two_weeks_and_four_sessions_are_over(
    bea: Runner,
) -> None:
    for day in (14, 9, 5, 2):
        await bea.has_trained("first-two-weeks", TUESDAY - timedelta(days=day), Rating.EASY)
    await bea.says("/routine")
    assert "Next for you: Marathon five" in bea.shown.text
    assert bea.shown.labels[0] == "Take this one · 8 min", "most of it is new"


@pytest.mark.slow
async def test_the_second_session_of_the_first_two_weeks_has_two_sets(bea: Runner) -> None:
    await begin(bea)
    await walk(bea)
    await bea.stage.travel(TUESDAY + timedelta(days=2))
    await bea.says("/routine first two weeks")
    assert "14 minutes, 18 steps" in bea.shown.text


async def test_hostile_data_is_answered_and_changes_nothing(bea: Runner) -> None:
    await begin(bea)
    for data in ("move:done:1", "move:fly:1:1", "move:done:999999:0", "", "rate:easy:1", "🦹"):
        tap = await bea.sends_data(bea.shown, data)
        assert tap.answered_at is not None
    db = open_database(bea.stage.database)
    kept = await training.current(db, bea.id)
    await db.close()
    assert kept is not None
    assert (kept.session.position, kept.session.revision) == (0, 1)


@pytest.mark.slow
async def test_a_hundred_runners_tap_at_once_and_all_are_answered(stage: Stage) -> None:
    runners = await stage.crowd(100)
    stage.world.latency = 0.05
    taps = [stage.world.tap(r.person, r.with_button("Done"), "Done") for r in runners]
    for tap in taps:
        await tap.answer(timeout=20)
    await stage.settle()
    assert [tap.text for tap in taps] == ["Done"] * 100
    assert all("1 of 11" in runner.shown.text for runner in runners)


@pytest.mark.slow
async def test_one_applies_holds_a_session_that_is_under_way(bea: Runner) -> None:
    await begin(bea)
    await bea.says("/start")
    assert "You are still in this session" in bea.shown.text
    await bea.sends_data(bea.messages[0], "safety:waiting:")
    for label in ("Done", "Skip"):
        await bea.taps(label, bea.with_button("Done"))
        assert "That is all" in bea.shown.labels
    await bea.says("done")
    assert "That is all" in bea.shown.labels
    for answer in ("Lasting illness", "That is all", "A clinician agreed"):
        await bea.taps(answer)
    await bea.says("done")
    assert "1 of 9" in bea.shown.text


@pytest.mark.slow
async def test_skipping_everything_is_not_a_first_session(bea: Runner) -> None:
    await begin(bea)
    while "Skip" in bea.shown.labels:
        await bea.taps("Skip")
    assert "First two weeks: stopped" in bea.shown.text
    assert "You had not done anything yet" in bea.shown.text
    await bea.says("/routine first two weeks")
    assert "7 minutes, 9 steps" in bea.shown.text


@pytest.mark.slow
async def test_how_in_the_warm_up_explains_the_first_exercise(bea: Runner) -> None:
    await begin(bea)
    await bea.says("how")
    assert bea.shown.text.startswith("Banded glute bridge")


@pytest.mark.slow
async def test_a_stop_of_yesterday_cannot_be_taken_back(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Done")
    await bea.taps("Done")
    await bea.taps("Stop")
    bea.stage.clock.moment += timedelta(hours=20)
    tap = await bea.taps("Resume")
    assert tap.text == "That is not possible here."


async def test_start_as_a_word_leads_a_newcomer_in(ann: Runner) -> None:
    await ann.says("start")
    assert ann.shown.labels == ["None applies to me", "One applies to me"]


async def test_start_as_a_word_opens_the_suggested_session_and_then_begins_it(bea: Runner) -> None:
    await bea.says("start")
    assert "First two weeks" in bea.shown.text
    assert "Start" in bea.shown.labels
    await bea.says("go")
    assert "Warm-up" in bea.shown.text


@contextmanager
def commits(stage: Stage) -> Iterator[Counter[str]]:
    """How many transactions the coach commits in the block."""
    engine, seen = stage.work.coach.db._engine, Counter[str]()
    engine = getattr(engine, "sync_engine", engine)  # PostgreSQL's is asynchronous

    def count(_connection: object) -> None:
        seen["commits"] += 1

    event.listen(engine, "commit", count)
    try:
        yield seen
    finally:
        event.remove(engine, "commit", count)


@pytest.mark.slow
@pytest.mark.sqlite  # on PostgreSQL reading is a transaction, too
@pytest.mark.parametrize(("label", "shown"), [("Done", "1 of 9"), ("Pause", "Paused")])
async def test_a_tap_is_one_transaction_beside_the_two_of_the_inbox(
    bea: Runner, label: str, shown: str
) -> None:
    """It is stored with others, moves the session, and ends together with others; the message that
    shows the session is stored as it ends."""
    await begin(bea, way="My own pace")
    await bea.taps("Done")  # once Telegram has had the clip, its number is known
    await bea.taps("Back")
    with commits(bea.stage) as seen:
        await bea.taps(label)
    assert shown in bea.shown.text
    assert seen["commits"] == 3
    (session,) = rows(bea.stage.database, "sessions")
    assert (session["message_id"], session["shown"]) == (bea.shown.id, session["revision"])


@pytest.mark.slow
async def test_taps_of_many_at_once_share_the_transactions_of_the_inbox(stage: Stage) -> None:
    runners = await stage.crowd(12)
    for runner in runners:
        await runner.taps("My own pace")
    with commits(stage) as seen:
        for runner in runners:
            stage.world.tap(runner.person, runner.with_button("Done"), "Done")
        await stage.settle()
    assert all("1 of 11" in runner.shown.text for runner in runners)
    assert seen["commits"] < 2 * len(runners)


@pytest.mark.slow
async def test_a_tap_is_over_once_its_step_is_there_although_the_old_one_is_not_tidied(
    bea: Runner,
) -> None:
    """So that a kill from then on does not bring the step again."""
    await begin(bea, way="My own pace")
    bea.stage.world.faults.add(Fault("editMessageCaption", "latency", seconds=2.0))
    bea.stage.world.tap(bea.person, bea.shown, "Done")
    await bea.stage.world.until(lambda: "1 of 9" in bea.shown.text)
    async with asyncio.timeout(5):
        while rows(bea.stage.database, "inbox"):
            await asyncio.sleep(0.01)
    assert bea.count("✓ Warm-up") == 0
    (session,) = rows(bea.stage.database, "sessions")
    assert (session["message_id"], session["shown"]) == (bea.shown.id, session["revision"])
    await bea.stage.settle()
    assert bea.count("✓ Warm-up") == 1


async def test_how_the_last_session_felt_can_be_said_otherwise_for_a_day(bea: Runner) -> None:
    await bea.has_trained(FIVE, bea.stage.clock.now() - timedelta(hours=1), Rating.RIGHT)
    await bea.says("actually that was too hard")
    assert "You said: too hard" in bea.shown.text
    await bea.says("too hard")
    assert bea.count("You said: too hard") == 2  # never silence
    await bea.stage.travel(bea.stage.clock.now() + timedelta(days=2))
    await bea.says("too easy")
    assert bea.shown.text.startswith("Then the next one should fit better")
