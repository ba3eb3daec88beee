"""A routine of one's own: typed, asked back, saved, run, changed, given to others, removed."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conversations.stage import Runner, Stage, a_stage
from tests.databases import rows

TYPED = "my routine: clamshell 2x12, dead bug 2x30s, monster walk 2x10, rest 30"
JOINER = "\u2060"


def plain(text: str) -> str:
    """The text as it looks."""
    return text.replace(JOINER, "")


def link_in(text: str) -> str:
    found = re.search(r"\?start=(r_\w+)", text)
    assert found is not None, text
    return found[1]


def own(stage: Stage) -> list[str]:
    return sorted(row["name"] for row in rows(stage.database, "own_routines"))


async def saved(runner: Runner, typed: str = TYPED) -> str:
    """Saves the routine; returns the payload of its link."""
    await runner.says(typed)
    await runner.taps("Save")
    return link_in(runner.shown.text)


async def test_what_was_understood_is_shown_step_by_step_before_anything_is_saved(
    bea: Runner,
) -> None:
    await bea.says(TYPED)
    for line in (
        "My routine, as I read it",
        "1. Clamshell: 2 sets of 12 reps on each side",
        "2. Dead bug with band: 2 sets of 30 s\n",
        "3. Monster walk: 2 sets of 10 steps on each side",
        "Rest: 30 s.",
    ):
        assert line in bea.shown.text
    assert bea.shown.labels == ["Save", "Cancel"]
    assert own(bea.stage) == []
    await bea.taps("Save")
    assert "Saved." in bea.shown.text
    assert own(bea.stage) == ["My routine"]


@pytest.mark.slow
async def test_a_typed_name_and_a_typed_yes_do_the_same(bea: Runner) -> None:
    await bea.says(TYPED)
    await bea.says("Club legs")
    assert "Club legs, as I read it" in bea.shown.text
    await bea.says("save")
    assert own(bea.stage) == ["Club legs"]


@pytest.mark.parametrize("words", ["no clamshells, add bridges", "remove the dead bug"])
@pytest.mark.breadth(1)
async def test_a_wish_to_change_it_is_no_name(bea: Runner, words: str) -> None:
    await bea.says(TYPED)
    await bea.says(words)
    assert "To change it, send the whole list again" in bea.shown.text
    assert "Clamshell 2x12" in plain(bea.shown.text)
    await bea.says("what does this mean")
    assert bea.shown.text.startswith("I did not understand")
    await bea.says("save it")
    assert own(bea.stage) == ["My routine"]


async def test_it_runs_as_every_routine_does(bea: Runner) -> None:
    await bea.says("my routine Club legs: clamshell 2x12, monster walk 2x10, rest 30")
    await bea.taps("Save")
    await bea.taps("Start")
    assert bea.shown.text.startswith("Club legs")
    assert "You need:" in bea.shown.text
    await bea.taps("My own pace")
    assert "Warm-up" in bea.shown.text
    await bea.taps("Skip")
    assert "Clamshell" in bea.shown.text
    for _ in range(60):
        if "Done" not in bea.shown.labels and "Skip" not in bea.shown.labels:
            break
        await bea.taps("Done" if "Done" in bea.shown.labels else "Skip")
    assert "Club legs" in bea.shown.text
    await bea.says("/progress")
    assert "1 session" in bea.shown.text


async def test_it_lies_in_the_list_and_is_found_by_its_name(bea: Runner) -> None:
    await saved(bea, "my routine Club legs: clamshell 2x12, dead bug 2x8")
    await bea.says("/routine")
    assert any(label.startswith("Club legs · ") for label in bea.shown.labels)
    assert bea.shown.labels[-1] == "New routine of my own"
    await bea.says("/routine club legs")
    assert bea.shown.text.startswith("Club legs")
    await bea.says("/stop")
    await bea.says("club legs")
    assert bea.shown.text.startswith("Club legs")


async def test_routine_new_asks_for_the_exercises_and_takes_them_without_an_opening(
    bea: Runner,
) -> None:
    await bea.says("/routine new")
    assert "clamshell 2x12, dead bug 2x30s" in bea.shown.text
    await bea.says("squat 2x10\nbridge 3x12")
    assert "Banded squat: 2 sets of 10 reps" in bea.shown.text
    await bea.taps("Save")
    assert own(bea.stage) == ["My routine"]
    await bea.says("/routine new clamshell 2x12")
    assert "1. Clamshell: 2 sets of 12 reps" in bea.shown.text


@pytest.mark.slow
async def test_names_of_routines_and_other_sentences_are_none(bea: Runner) -> None:
    await bea.says("/routine build strength")
    assert bea.shown.text.startswith("Build strength")
    for words in ("my routine is boring", "our session is at 7", "my routine takes 10 minutes"):
        await bea.says(words)
        assert "as I read it" not in bea.shown.text
    assert rows(bea.stage.database, "routine_drafts") == []


async def test_an_exercise_that_is_not_sure_is_asked_about_and_nothing_is_saved_before(
    bea: Runner,
) -> None:
    await bea.says("my routine: clamshell 2x12, raise 2x10")
    assert "Which exercise is “raise”?" in bea.shown.text
    assert "Save" not in bea.shown.labels
    assert len(bea.shown.labels) >= 4
    asked = bea.shown
    await bea.taps(bea.shown.labels[0])
    assert bea.shown.labels == ["Save", "Cancel"]
    before = len(bea.messages)
    tap = await bea.sends_data(asked, asked_data(bea, "ownpick:1:"))
    assert tap.text
    assert len(bea.messages) == before


def asked_data(runner: Runner, start: str) -> str:
    """The data of a button of an earlier revision."""
    revision = rows(runner.stage.database, "routine_drafts")[0]["revision"]
    return f"{start}{revision - 1}"


async def test_the_exercise_may_be_typed_or_left_out(bea: Runner) -> None:
    await bea.says("my routine: clamshell 2x12, wobbly thing 2x10, frobnicator 3x3")
    assert "no exercise called “wobbly thing”" in bea.shown.text
    await bea.says("fire hydrant")
    assert "2. Fire hydrant: 2 sets of 10 reps" in bea.shown.text
    assert "“frobnicator”" in bea.shown.text
    await bea.taps("Leave it out")
    assert "frobnicator" not in bea.shown.text
    assert bea.shown.labels == ["Save", "Cancel"]


async def test_an_answer_with_sets_takes_the_place_of_what_is_asked_about(bea: Runner) -> None:
    await bea.says("my routine: clamshell 2x12, wobbly thing 2x8, frobnicator 3x3, what else 2x5")
    await bea.says("fire hydrant 3x11")
    assert "1. Clamshell: 2 sets of 12" in bea.shown.text
    assert "2. Fire hydrant: 3 sets of 11" in bea.shown.text
    await bea.says("call it Club legs")
    assert "Club legs, as I read it" in bea.shown.text
    await bea.says("leave it out")
    assert "no exercise called “what else”" in bea.shown.text
    await bea.says("squat")
    assert "3. Banded squat: 2 sets of 5 reps" in bea.shown.text
    await bea.says("save")
    assert own(bea.stage) == ["Club legs"]


async def test_sets_and_rest_alone_are_those_of_each_exercise_and_no_name(bea: Runner) -> None:
    await bea.says("my routine: clamshell 2x12, squat")
    await bea.says("3 sets")
    assert bea.shown.text.startswith("My routine, as I read it:")
    assert "1. Clamshell: 3 sets of 12 reps" in bea.shown.text
    assert "2. Banded squat: 3 sets of 8 reps" in bea.shown.text
    await bea.says("make it 2x10")
    assert "1. Clamshell: 2 sets of 10 reps" in bea.shown.text
    await bea.says("rest 45")
    assert "2. Banded squat: 2 sets of 10 reps" in bea.shown.text
    assert "Rest: 45 s." in bea.shown.text
    await bea.says("5k legs")
    assert "5k legs, as I read it" in bea.shown.text


async def test_the_list_has_them_in_the_order_in_which_they_were_saved(bea: Runner) -> None:
    names = [f"Part {number}" for number in range(5)]
    for name in names:
        await saved(bea, f"my routine {name}: clamshell 2x12, dead bug 2x30s")
        bea.stage.clock.moment += timedelta(seconds=1)
    await bea.says("/routine")
    own_labels = [label for label in bea.shown.labels if label.startswith("Part")]
    assert [label.partition(" ·")[0] for label in own_labels] == names


async def test_exercises_on_lines_of_their_own_may_stand_behind_the_command(bea: Runner) -> None:
    await bea.says("/routine new\n1. Clamshell: 2 x 12\n2) Dead bug – 2x30s\nrest 30")
    assert "1. Clamshell: 2 sets of 12 reps" in bea.shown.text
    assert "2. Dead bug with band: 2 sets of 30 s" in bea.shown.text


async def test_what_was_not_said_is_as_usual_and_said_to_be(bea: Runner) -> None:
    await bea.says("my routine: clamshell 0x0, squat 9x99, clamshell 2x10")
    assert "1. Clamshell: 2 sets of 10 reps on each side (what you left open" in bea.shown.text
    assert "2. Banded squat: 3 sets of 12 reps (that is the most" in bea.shown.text
    assert "3. Clamshell is in it already" in bea.shown.text
    assert "Rest: as usual" in bea.shown.text


@pytest.mark.slow
async def test_limits_are_told_in_words(bea: Runner) -> None:
    await bea.says("my routine: " + ", ".join(["clamshell 2x12"] * 250))
    assert "at most 8 exercises, and this has 250" in bea.shown.text
    assert bea.shown.labels == ["Cancel"]
    eight = "clamshell,squat,bridge,dead bug,fire hydrant,donkey kick,band row,calf raise"
    await bea.says("my routine: " + ", ".join(f"{name} 3x60s" for name in eight.split(",")))
    assert "a session takes 30 at most" in bea.shown.text
    assert "Save" not in bea.shown.labels
    await bea.says("my routine:")
    assert "Which exercises, in which order?" in bea.shown.text
    await bea.says("/routine new ,,,")
    assert "Which exercises, in which order?" in bea.shown.text
    assert own(bea.stage) == []


@pytest.mark.slow
async def test_ten_routines_are_the_most(bea: Runner) -> None:
    for _ in range(10):
        await saved(bea, "my routine: clamshell 2x12")
    assert own(bea.stage)[:3] == ["My routine", "My routine 10", "My routine 2"]
    await bea.says("my routine: clamshell 2x12")
    await bea.taps("Save")
    assert "that is the most" in bea.shown.text
    assert len(own(bea.stage)) == 10
    await bea.says("/routine")
    assert len(bea.shown.text) < 4096


@pytest.mark.slow
async def test_a_name_is_shown_as_typed_and_never_as_a_link(bea: Runner) -> None:
    await bea.says(TYPED)
    await bea.says("call it <b>Go</b> https://evil.example")
    assert "<b>Go</b> https://evil.example, as I read it" in plain(bea.shown.text)
    await bea.taps("Save")
    code = link_in(bea.shown.text)
    others = [bea.shown]
    eve = await bea.stage.runner("Eve").is_ready()
    await eve.starts(code)
    others.append(eve.shown)
    await eve.taps("Keep it")
    await eve.taps("Start")
    others.append(eve.shown)
    for message in others:
        assert "<b>Go</b> https://evil.example" in plain(message.text)
        assert "https://evil" not in message.html
    await bea.says(TYPED)
    await bea.says("call it " + "x" * 41)
    assert "at most 40 characters" in bea.shown.text
    await bea.says("call it \u202e\u200b")
    assert "can't see anything" in bea.shown.text


@pytest.mark.slow
async def test_a_doubled_save_and_a_second_phone_change_nothing(bea: Runner) -> None:
    await bea.says(TYPED)
    offered = bea.shown
    data = f"ownsave:{rows(bea.stage.database, 'routine_drafts')[0]['revision']}"
    await bea.taps("Save")
    tap = await bea.sends_data(offered, data)
    assert tap.text
    assert own(bea.stage) == ["My routine"]
    await bea.says(TYPED)
    first = f"ownsave:{rows(bea.stage.database, 'routine_drafts')[0]['revision']}"
    await bea.says("Legs")
    await bea.sends_data(bea.shown, first)
    assert own(bea.stage) == ["My routine"]
    await bea.taps("Save")
    assert own(bea.stage) == ["Legs", "My routine"]


@pytest.mark.slow
async def test_the_dialogue_outlives_a_restart_and_lapses_after_half_an_hour(bea: Runner) -> None:
    await bea.says("/routine new")
    await bea.stage.restart()
    await bea.says("clamshell 2x12, dead bug 2x30s")
    await bea.stage.restart()
    await bea.says("Evening hips")
    assert "Evening hips, as I read it" in bea.shown.text
    await bea.stage.travel(bea.stage.clock.now() + timedelta(minutes=31))
    await bea.says("Morning hips")
    assert "Morning hips, as" not in bea.shown.text
    await bea.taps("Save")
    assert own(bea.stage) == ["Evening hips"]


@pytest.mark.slow
async def test_a_session_that_waits_takes_no_yes_from_it(bea: Runner) -> None:
    await bea.says("/routine marathon five")
    await bea.says(TYPED)
    await bea.says("yes")
    assert own(bea.stage) == ["My routine"]
    await bea.says(TYPED)
    await bea.says("start")
    assert "start, as I read it" not in bea.shown.text
    assert own(bea.stage) == ["My routine"]


@pytest.mark.slow
async def test_the_link_opens_no_door(tmp_path: Path) -> None:
    async with a_stage(tmp_path, invite_code="knee-high-socks") as club, club.coach():
        ann = club.runner("Ann")
        await ann.starts("join_knee-high-socks")
        await ann.taps("None applies to me")
        code = await saved(ann)
        eve = club.runner("Eve")
        await eve.starts(code)
        assert "by invitation only" in eve.shown.text
        assert "Clamshell" not in eve.shown.text
        await eve.sends_data(eve.shown, f"ownkeep:{code}")
        assert own(club) == ["My routine"]


@pytest.mark.slow
async def test_cancel_leaves_it_by_word_and_by_button(bea: Runner) -> None:
    await bea.says(TYPED)
    await bea.says("cancel")
    assert "Nothing was saved" in bea.shown.text
    await bea.says(TYPED)
    await bea.taps("Cancel")
    assert "Nothing was saved" in bea.shown.text
    await bea.says("Legs")
    assert "as I read it" not in bea.shown.text
    assert own(bea.stage) == []


async def test_a_wish_in_the_middle_is_followed_and_pain_goes_first(bea: Runner) -> None:
    await bea.says(TYPED)
    await bea.says("help")
    assert "/reminders" in bea.shown.text
    await bea.says("my knee hurts")
    assert "as I read it" not in bea.shown.text
    assert "None of these" in bea.shown.labels


@pytest.mark.slow
async def test_a_later_question_takes_the_words(bea: Runner) -> None:
    await bea.says(TYPED)
    await bea.says("/timezone")
    await bea.says("Berlin")
    assert "Berlin, as I read it" not in bea.shown.text
    assert "Europe/Berlin" in bea.shown.text


@pytest.mark.slow
async def test_in_mid_session_the_words_of_the_session_come_first(bea: Runner) -> None:
    await bea.says("/routine marathon five")
    await bea.taps("My own pace")
    await bea.taps("Skip")
    await bea.says("/routine new clamshell 2x12")
    assert "Go on" in bea.shown.labels
    await bea.says("done")
    assert "2 of" in bea.shown.text
    await bea.taps("Save")
    assert own(bea.stage) == ["My routine"]
    await bea.taps("Start")
    assert "Start My routine instead" in bea.shown.labels


@pytest.mark.slow
async def test_in_a_group_it_is_for_the_private_chat(bea: Runner) -> None:
    club = bea.stage.world.add_group("Club", [bea.person])
    bea.stage.world.say(bea.person, "/routine new clamshell 2x12", chat=club)
    await bea.stage.settle()
    assert "Open the private chat" in bea.stage.world.last(club).labels
    assert rows(bea.stage.database, "routine_drafts") == []


@pytest.mark.statements
async def test_others_get_a_copy_by_the_link_which_is_theirs(bea: Runner) -> None:
    code = await saved(bea, "my routine Club legs: clamshell 2x12, monster walk 2x10")
    eve = bea.stage.runner("Eve")
    await eve.starts(code)
    assert "Club legs, a routine that somebody made for you" in eve.shown.text
    assert "1. Clamshell: 2 sets of 12 reps" in eve.shown.text
    assert "Bea" not in eve.shown.text
    offer = eve.shown
    await eve.taps("Keep it", offer)
    assert "It is yours now" in eve.shown.text
    mine = link_in(eve.shown.text)
    assert mine != code
    await eve.sends_data(offer, f"ownkeep:{code}")
    assert "You have it already" in eve.shown.text
    assert own(bea.stage) == ["Club legs", "Club legs"]
    await eve.taps("Start")
    assert "Does one of these apply?" in eve.shown.text
    await eve.taps("None applies to me")
    assert eve.shown.text.startswith("Club legs")
    await bea.says("/delete")
    await bea.taps("Erase everything")
    zoe = bea.stage.runner("Zoe")
    await zoe.starts(code)
    assert "no longer there" in zoe.shown.text
    await zoe.starts(mine)
    assert "Club legs" in zoe.shown.text
    await eve.says("/routine club legs")
    assert eve.shown.text.startswith("Club legs")


@pytest.mark.slow
async def test_the_link_shows_its_owner_the_routine_and_nobody_else_may_change_it(
    bea: Runner,
) -> None:
    code = await saved(bea)
    await bea.starts(code)
    assert "Remove" in bea.shown.labels
    eve = await bea.stage.runner("Eve").is_ready()
    for data in (f"ownchange:{code}", f"owngone:{code}:1", f"owngone:{code}:0", f"ownshow:{code}"):
        tap = await eve.sends_data(eve.shown, data)
        assert tap.text
    await eve.sends_data(eve.shown, f"routine:{code}")
    assert "no longer there" in eve.shown.text
    assert own(bea.stage) == ["My routine"]


@pytest.mark.statements
async def test_it_is_changed_by_a_new_list_or_a_new_name_and_keeps_its_link(bea: Runner) -> None:
    code = await saved(bea)
    details = bea.shown
    await bea.taps("Change")
    assert "Clamshell 2x12, Dead bug with band 2x30s, Monster walk 2x10, rest 30" in bea.shown.text
    await bea.taps("Start", details)
    assert bea.shown.text.startswith("My routine")
    await bea.says("Club legs")
    await bea.says("clamshell 3x10, squat 2x8")
    assert "Club legs, as I read it" in bea.shown.text
    await bea.taps("Save")
    assert "Changed." in bea.shown.text
    assert link_in(bea.shown.text) == code
    assert own(bea.stage) == ["Club legs"]
    await bea.taps("Start")
    assert bea.shown.text.startswith("Club legs")


@pytest.mark.slow
async def test_a_removed_routine_leaves_its_sessions_and_dead_buttons_that_say_so(
    bea: Runner,
) -> None:
    await saved(bea, "my routine Club legs: clamshell 2x12")
    details = bea.shown
    await bea.taps("Start")
    waiting = bea.shown
    await bea.taps("My own pace", waiting)
    await bea.taps("Skip")
    await bea.taps("Done")
    await bea.taps("Remove", details)
    assert "Remove Club legs?" in bea.shown.text
    await bea.taps("Yes, remove it")
    assert own(bea.stage) == []
    await bea.says("/stop")
    assert "Club legs" in bea.shown.text
    await bea.taps("Start", details)
    assert "no longer there" in bea.shown.text
    await bea.says("/progress")
    assert "1 session" in bea.shown.text
    kept = rows(bea.stage.database, "sessions")
    assert [row["routine_name"] for row in kept if row["id"] > 0] == ["Club legs"]


@pytest.mark.slow
async def test_a_session_that_waits_for_its_start_ends_with_its_routine(bea: Runner) -> None:
    await saved(bea, "my routine Club legs: clamshell 2x12")
    details = bea.shown
    await bea.taps("Start")
    waiting = bea.shown
    await bea.taps("Remove", details)
    await bea.taps("Yes, remove it")
    await bea.taps("My own pace", waiting)
    assert "Warm-up" not in bea.shown.text


@pytest.mark.slow
async def test_what_rests_is_left_out_of_it(bea: Runner) -> None:
    await saved(bea, "my routine Club legs: calf raise 2x12, band row 2x10, pull apart 2x12")
    await bea.says("my left calf hurts, 5 of 10")
    for _ in range(8):
        if not bea.shown.labels or "Start" in bea.shown.labels:
            break
        await bea.taps(bea.shown.labels[0])
    await bea.says("/routine club legs")
    assert "Calf raise" not in bea.shown.text.replace("replaces Calf raise", "")


async def test_however_short_it_goes_on_if_nothing_of_it_rests(bea: Runner) -> None:
    await bea.knows_the_exercises()
    await saved(bea, "my routine Shoulders: wall slide 2x12, prone ytw 1x8")
    await saved(bea, "my routine Squats: banded squat 2x10, wall slide 2x12")
    await bea.says("my left knee hurts, a dull ache, 4 of 10")
    await bea.taps("None of these")
    while "Start" not in bea.shown.text and bea.shown.labels:
        await bea.taps(bea.shown.labels[0])
    await bea.says("/routine shoulders")
    assert bea.shown.text.startswith("Shoulders")
    assert "Start" in bea.shown.labels
    await bea.taps("Stop")
    await bea.says("/routine squats")
    assert "Start" not in bea.shown.labels, "what rests leaves one exercise of it"


@pytest.mark.slow
async def test_the_privacy_text_names_it_and_the_export_holds_it(bea: Runner) -> None:
    await saved(bea)
    await bea.says("/privacy")
    assert "routines of your own" in bea.shown.text
