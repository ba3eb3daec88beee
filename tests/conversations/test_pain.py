"""Pain is heard in plain words, in a session and outside, and /pain says what rests."""

import json
from datetime import date, timedelta

import pytest

from bot.handlers import pain_answers
from tests import databases
from tests.conversations.stage import Runner, Stage
from tests.shipped import CATALOGUE, TEXTS

SCREEN = "Do you have any of these?"
NEVER_MIND = "Nothing hurts"


def rows(stage: Stage, table: str) -> list[dict[str, object]]:
    return databases.rows(stage.database, table)


def reports(stage: Stage) -> list[tuple[object, ...]]:
    keys = ("region", "side", "kind", "score", "session_id")
    return [tuple(row[key] for key in keys) for row in rows(stage, "incidents")]


async def session(runner: Runner) -> None:
    """At the first work step, at the runner's own pace."""
    await runner.says("/routine marathon five")
    await runner.taps("My own pace")
    if "Warm-up" in runner.shown.text:
        await runner.taps("Skip")


async def answers(runner: Runner, *labels: str) -> None:
    for label in labels:
        await runner.taps(label)


# Outside a session


async def test_a_sentence_opens_the_questions_with_what_it_said_filled_in(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("my left knee hurts, 5/10")
    assert SCREEN in bea.shown.text
    await bea.taps("None of these")
    assert "What is it like, in your knee?" in bea.shown.text
    await bea.taps("Dull, achy or tight")
    assert reports(stage) == [("knee", "left", "dull", 5, None)]
    assert rows(stage, "pain_talks")[0]["answers"] in ({}, "{}"), "nothing is open any more"
    for words in (
        "So your knee rests",
        "may come back from Thursday 26 November on",
        "On Wednesday 25 November I will ask",
    ):
        assert words in bea.shown.text


async def test_what_rests_and_is_worse_is_reported_anew(stage: Stage, bea: Runner) -> None:
    await bea.says("it's worse today")
    assert bea.shown.text.startswith("I did not understand")
    await bea.says("my left knee hurts, 5/10")
    await answers(bea, "None of these", "Dull, achy or tight")
    await bea.says("it's worse today")
    assert SCREEN in bea.shown.text
    await bea.taps("None of these")
    assert "in your knee?" in bea.shown.text
    await bea.says("dull, 6")
    await bea.taps("Left")
    assert [report[:4] for report in reports(stage)] == [
        ("knee", "left", "dull", 5),
        ("knee", "left", "dull", 6),
    ]


@pytest.mark.breadth(2)
@pytest.mark.parametrize(
    "command", ["exercise", "routine", "today", "reminders", "week", "stop", "nosuchcommand"]
)
async def test_a_complaint_is_heard_behind_any_command(bea: Runner, command: str) -> None:
    await bea.says(f"/{command} my knee hurts")
    assert SCREEN in bea.shown.text


async def test_all_that_was_not_said_is_asked_in_turn_by_taps(stage: Stage, bea: Runner) -> None:
    await bea.says("/pain it hurts")
    await bea.taps("None of these")
    assert "Where is it?" in bea.shown.text
    assert "Lower or upper back" not in bea.shown.labels
    await bea.taps("Lower back")
    assert "Which side is it, in your lower back?" in bea.shown.text
    await bea.taps("I can't tell")
    await bea.taps("Dull, achy or tight")
    await bea.taps("2")
    assert reports(stage) == [("low-back", None, "dull", 2, None)]
    assert "Nothing is left out because of it" in bea.shown.text
    assert len(bea.messages) == 2, "one message, which changes"


@pytest.mark.slow
async def test_the_answers_may_be_typed_after_a_restart_and_in_any_order(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("something pulled")
    await bea.says("7")
    await stage.restart()
    await bea.says("sharp pain in the right hamstring")
    await stage.travel(stage.clock.now() + timedelta(days=3))
    await bea.says("none")
    assert reports(stage) == [("thigh", "right", "sharp", 7, None)]
    assert "Please let a doctor or physiotherapist look at it" in bea.shown.text


@pytest.mark.slow
async def test_short_answers_count_whatever_is_asked_first(stage: Stage, bea: Runner) -> None:
    await bea.says("ouch")
    for words in ("6-7", "left", "dull", "elbow"):
        await bea.says(words)
        assert SCREEN in bea.shown.text
    await bea.says("none of these")
    assert reports(stage) == [("shoulder-arm", "left", "dull", 7, None)]


@pytest.mark.parametrize(
    ("said", "reported"),
    [
        (["nope", "left one, dull", "maybe a 4"], ("knee", "left", "dull", 4)),
        (
            ["none of these, it's dull, left, 3 out of 10, since sunday"],
            ("knee", "left", "dull", 3),
        ),
        (["right, dull, 2", "no. the left. 3"], ("knee", "left", "dull", 3)),
        (
            ["none of that", "outside of the right knee", "Tight", "5 on stairs, 2 in bed"],
            ("knee", "right", "dull", 5),
        ),
        (
            ["no", "both", "not sharp, more of an ache", "between 4 and 5"],
            ("knee", "both", "dull", 5),
        ),
        (
            ["it’s just a dull ache", "actually the left side", "no, none of those", "I’d say 3"],
            ("knee", "left", "dull", 3),
        ),
        (["no", "left, dull, 3"], ("knee", "left", "dull", 3)),
        (
            ["no", "not my knee, my hip", "left", "Dull, achy or tight", "3"],
            ("hip-groin", "left", "dull", 3),
        ),
    ],
)
@pytest.mark.breadth(2)
async def test_answers_in_whole_sentences_count(
    stage: Stage, bea: Runner, said: list[str], reported: tuple[object, ...]
) -> None:
    await bea.says("my knee hurts")
    for words in said:
        await bea.says(words)
        assert "does not answer" not in bea.shown.text
    assert reports(stage)[0][:4] == reported


async def test_what_is_said_beyond_the_question_is_noted_aloud(bea: Runner) -> None:
    await bea.says("my knee hurts")
    await bea.says("left")
    assert bea.shown.text.startswith("Noted. I still have to know:")


@pytest.mark.parametrize("words", ["my knee’s knackered", "my hip is a diva", "done me hammy in"])
@pytest.mark.breadth(1)
async def test_a_part_of_the_body_in_words_that_nothing_understands_is_asked_about(
    bea: Runner, words: str
) -> None:
    await bea.says(words)
    assert bea.shown.text == "Looking for exercises, or does something feel wrong?"


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("it's swollen", "have this looked at today"),
        ("Swollen, hot or red", "have this looked at today"),
        ("it popped", "have this looked at today"),
        ("Numb, weak, or down the leg", "see a doctor or physiotherapist"),
        ("Chest, breath, heart, faint", "call your emergency number"),
    ],
)
@pytest.mark.breadth(2)
async def test_a_sign_typed_as_an_answer_to_the_screen_counts_as_its_button(
    bea: Runner, words: str, answer: str
) -> None:
    await bea.says("my knee hurts")
    await bea.says(words)
    assert answer in bea.shown.text


@pytest.mark.parametrize(
    "words", ["left knee dull 3/10, no swelling", "dull ache in my left knee, 3/10, no chest pain"]
)
@pytest.mark.breadth(1)
async def test_a_sign_that_is_denied_beside_pain_leaves_the_pain_told(
    stage: Stage, bea: Runner, words: str
) -> None:
    await bea.says(words)
    assert SCREEN in bea.shown.text
    await bea.taps("None of these")
    assert reports(stage) == [("knee", "left", "dull", 3, None)]


async def test_soreness_told_to_be_on_one_side_is_pain(stage: Stage, bea: Runner) -> None:
    await bea.says("my calves are sore")
    await bea.says("just the left")
    for words in ("none", "3"):
        await bea.says(words)
    assert reports(stage) == [("shin-calf", "left", "dull", 3, None)]


async def test_a_proposed_strength_is_confirmed_by_yes(stage: Stage, bea: Runner) -> None:
    await bea.says("dull ache in my left thigh, quite strong")
    await bea.says("none")
    await bea.says("yes")
    assert reports(stage) == [("thigh", "left", "dull", 7, None)]


@pytest.mark.slow
async def test_fine_words_do_not_answer_the_open_question(stage: Stage, bea: Runner) -> None:
    await moderate(bea)
    await bea.says("my right hip hurts")
    await bea.says("its gone")
    assert SCREEN in bea.shown.text
    await bea.taps(NEVER_MIND)
    assert len(reports(stage)) == 1


@pytest.mark.slow
async def test_a_strength_from_words_is_proposed_and_confirmed(stage: Stage, bea: Runner) -> None:
    await bea.says("my right calf really hurts, it is a sharp pain")
    await bea.taps("None of these")
    assert "sound like a 7 out of 10" in bea.shown.text
    assert reports(stage) == []
    await bea.taps("4")
    assert reports(stage) == [("shin-calf", "right", "sharp", 4, None)]


@pytest.mark.slow
async def test_sharp_pain_of_nothing_is_asked_again(stage: Stage, bea: Runner) -> None:
    await bea.says("/pain left knee sharp 0")
    assert SCREEN not in bea.shown.text, "0 is no pain"
    await bea.says("sharp pain in my left knee")
    await answers(bea, "None of these", "0")
    assert "does not fit what you told me" in bea.shown.text
    await answers(bea, "Dull, achy or tight", "0")
    assert "No pain then" in bea.shown.text
    await bea.says("/pain")
    assert "Nothing is resting at the moment" in bea.shown.text


async def test_an_answer_to_the_screen_is_a_warning_sign(stage: Stage, bea: Runner) -> None:
    await bea.says("knee hurts")
    await bea.taps("I can't stand on it")
    assert "have this looked at today" in bea.shown.text
    assert [row["sign"] for row in rows(stage, "warning_signs")] == ["cannot-load"]
    await bea.says("/pain")
    assert "have this looked at today" in bea.shown.text
    await bea.says("shoulder hurts")
    await bea.taps("Chest, breath, heart, faint")
    assert "call your emergency number, 112 or 911" in bea.shown.text


async def test_a_back_is_asked_which_part(bea: Runner) -> None:
    await bea.says("my back hurts")
    await bea.taps("None of these")
    assert "the lower or the upper back?" in bea.shown.text
    assert bea.shown.labels == ["Lower back", "Upper back", NEVER_MIND]
    await bea.says("stiff")
    assert bea.shown.text.startswith("Noted.")
    await bea.says("the lower one")
    assert bea.shown.text.startswith("Which side is it, in your lower back?")


@pytest.mark.slow
async def test_two_parts_are_told_one_at_a_time(bea: Runner) -> None:
    await bea.says("my knee and my hip hurt")
    await bea.taps("None of these")
    assert "One at a time" in bea.shown.text
    assert bea.shown.labels == ["Knee", "Hip or groin", NEVER_MIND]


@pytest.mark.breadth(1)
@pytest.mark.parametrize("words", ["knee", "back", "calf"])
async def test_a_part_of_the_body_alone_is_asked_about(bea: Runner, words: str) -> None:
    await bea.says(words)
    assert "Looking for exercises, or does something feel wrong?" in bea.shown.text
    await bea.taps("Something feels wrong")
    assert SCREEN in bea.shown.text


async def test_looking_for_exercises_shows_them(bea: Runner) -> None:
    await bea.says("hamstrings")
    await bea.taps("Show exercises")
    assert "Back of the thighs" in bea.shown.text


async def test_soreness_is_ordinary_on_both_sides_and_pain_on_one(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("my legs are toast")
    await answers(bea, "The same on both sides", "Today or yesterday", "4")
    assert "is normal" in bea.shown.text
    assert [row["kind"] for row in rows(stage, "incidents")] == ["ache"]
    await bea.says("sore")
    await bea.taps("One side, or one spot")
    assert SCREEN in bea.shown.text


@pytest.mark.parametrize(
    ("words", "days"),
    [
        *(("since Sunday's long run", 2), ("Friday", 4), ("sore since yesterday", 1), ("2", 2)),
        *(("like 3 days now", 3), ("for a week", 7), ("two weeks", 14)),
        *(("since last Sunday", None), ("since Tuesday", None), ("my race is in 3 days", None)),
    ],
)
def test_how_long_soreness_has_lasted_may_be_told_by_days(words: str, days: int | None) -> None:
    assert pain_answers.days(TEXTS, words, date(2026, 11, 24)) == days, "a Tuesday"


async def test_days_that_are_told_are_not_asked_for(stage: Stage, bea: Runner) -> None:
    await bea.says("my quads are sore since Sunday")
    await bea.taps("The same on both sides")
    assert "How strong" in bea.shown.text
    await bea.says("3")
    await bea.says("my quads are sore")
    await bea.taps("The same on both sides")
    await bea.says("since last week")
    assert SCREEN in bea.shown.text, "what lasts for more than four days is pain"


async def test_strong_soreness_asks_for_the_colour_of_the_urine(stage: Stage, bea: Runner) -> None:
    await bea.says("doms bad")
    await answers(bea, "The same on both sides", "Two to four days", "8")
    assert "darker than usual" in bea.shown.text
    await bea.taps("Yes")
    assert [row["sign"] for row in rows(stage, "warning_signs")] == ["muscle-breakdown"]


async def test_what_sore_muscles_leave_is_a_session_from_three_exercises_on(bea: Runner) -> None:
    await bea.knows_the_exercises()
    await bea.says("/bands mini light green")
    await bea.says("my glutes are sore on both sides, 5/10")
    await bea.taps("Today or yesterday")
    await bea.says("/routine hips and glutes")
    assert "That routine does not suit what is resting" in bea.shown.text
    others = [*bea.shown.labels]
    await bea.says("/today")
    assert "It leaves alone what has to rest." in bea.shown.text
    assert bea.shown.text.partition(" · ")[0] in others
    await bea.says(f"/routine {others[0]}")
    await bea.taps("Start")
    exercises = set()
    while "Done" in bea.shown.labels:
        exercises.add(bea.shown.text.splitlines()[1])
        await bea.taps("Done")
    assert len(exercises - {"Warm-up"}) >= 3


@pytest.mark.breadth(1)
@pytest.mark.parametrize("words", ["my wife's knee hurts", "my knee hurt last year"])
async def test_what_is_past_or_anothers_is_asked_about_first(
    stage: Stage, bea: Runner, words: str
) -> None:
    await bea.says(words)
    assert "Is that about you, and do you have it now?" in bea.shown.text
    await bea.taps("No")
    assert "Good." in bea.shown.text
    await bea.says("/routine first two weeks")
    assert "Start" in bea.shown.labels


@pytest.mark.slow
@pytest.mark.breadth(2)
@pytest.mark.parametrize(
    "words",
    ["dead bug", "calf raise", "hip flexor exercise", "back day", "easy", "hips and glutes"],
)
async def test_names_and_other_words_are_no_reports(stage: Stage, bea: Runner, words: str) -> None:
    await bea.says(words)
    assert SCREEN not in bea.shown.text
    assert rows(stage, "pain_talks") == []


# While the question is open


async def test_no_session_starts_while_the_question_is_open(bea: Runner) -> None:
    await bea.says("/routine first two weeks")
    ready = bea.shown
    await bea.says("knee hurts")
    await bea.taps("Start", ready)
    assert "First tell me about the pain" in bea.shown.text
    assert SCREEN in bea.shown.text
    await bea.says("/routine hips and glutes")
    assert SCREEN in bea.shown.text
    await bea.says("blah blah")
    assert "does not answer the question" in bea.shown.text
    await bea.taps(NEVER_MIND)
    await bea.says("/routine first two weeks")
    assert "Start" in bea.shown.labels


@pytest.mark.slow
async def test_another_question_stays_open_beside_it(stage: Stage, bea: Runner) -> None:
    await bea.says("/reminders tue 7am")
    await bea.says("my knee hurts 2/10")
    assert SCREEN in bea.shown.text
    await answers(bea, "None of these", "Left", "Dull, achy or tight")
    assert reports(stage) == [("knee", "left", "dull", 2, None)]
    await bea.says("Berlin")
    assert "Berlin" in bea.shown.text


async def test_a_second_tap_and_another_phone_change_nothing(stage: Stage, bea: Runner) -> None:
    screen = await bea.says("left knee hurts, dull, 5/10")
    revision = rows(stage, "pain_talks")[0]["revision"]
    for _ in range(3):
        await bea.sends_data(screen, f"talk:screen:none:{revision}")
    assert len(reports(stage)) == 1


@pytest.mark.slow
async def test_another_runners_button_answers_nothing(
    stage: Stage, ann: Runner, bea: Runner
) -> None:
    await ann.says("left knee hurts, dull, 5/10")
    revision = rows(stage, "pain_talks")[0]["revision"]
    await bea.sends_data(await bea.says("/help"), f"talk:screen:none:{revision}")
    assert reports(stage) == []
    assert [row["revision"] for row in rows(stage, "pain_talks")] == [revision]


@pytest.mark.slow
@pytest.mark.parametrize("how", ["caption", "edit"])
async def test_captions_and_edited_messages_are_read(stage: Stage, bea: Runner, how: str) -> None:
    if how == "caption":
        stage.world.send(bea.person, "photo", caption="my knee hurts")
    else:
        message = stage.world.say(bea.person, "hello")
        await stage.settle()
        stage.world.edit(bea.person, message, "my knee hurts")
    await stage.settle()
    assert SCREEN in bea.shown.text


@pytest.mark.slow
async def test_the_sentence_is_stored_nowhere_and_all_else_is_erased(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("my left knee hurts like zanzibar")
    assert "zanzibar" not in json.dumps(rows(stage, "pain_talks"), default=str)
    await bea.says("/delete")
    await bea.taps("Erase everything")
    assert rows(stage, "pain_talks") == []


# In a session


async def test_in_a_session_words_stop_the_step_and_fill_in_the_answers(
    stage: Stage, bea: Runner
) -> None:
    await session(bea)
    await bea.says("my left knee hurts a bit")
    assert SCREEN in bea.shown.text
    assert "Done" not in [label for message in bea.messages for label in message.labels]
    await bea.says("done")
    assert SCREEN in bea.shown.text, "nothing goes on while it is open"
    await stage.restart()
    await bea.says("/routine")
    assert SCREEN in bea.shown.text
    await answers(bea, "None of these", "Dull, achy or tight", "4")
    [row] = reports(stage)
    assert row[:4] == ("knee", "left", "dull", 4)
    assert row[4] is not None
    assert bea.count("For today, Lateral band walk stops here.") == 1


async def test_pain_from_six_on_ends_the_session(stage: Stage, bea: Runner) -> None:
    await session(bea)
    await bea.says("sharp pain in my right hip, 7/10")
    await bea.taps("None of these")
    assert bea.count("Your session ends here") == 1
    assert "Done" not in [label for message in bea.messages for label in message.labels]
    assert len(reports(stage)) == 1


@pytest.mark.slow
async def test_words_in_the_sessions_dialogue_fill_it_in(stage: Stage, bea: Runner) -> None:
    await session(bea)
    await bea.taps("Something hurts")
    await bea.says("it is my left achilles, 3/10")
    await answers(bea, "None of these", "Dull, achy or tight")
    assert reports(stage)[0][:4] == ("foot-ankle", "left", "dull", 3)
    assert "Go on" in bea.shown.labels


@pytest.mark.slow
async def test_nothing_hurts_takes_a_misreading_back(stage: Stage, bea: Runner) -> None:
    await session(bea)
    await bea.says("my knee hurts")
    await bea.taps(NEVER_MIND)
    assert bea.shown.labels == ["Resume", "Stop"]
    await bea.taps("Resume")
    assert "1 of 22" in bea.shown.text
    assert reports(stage) == []


@pytest.mark.slow
async def test_soreness_in_a_session_asks_the_same_questions(stage: Stage, bea: Runner) -> None:
    await session(bea)
    await bea.says("quads on fire")
    await answers(bea, "The same on both sides", "Today or yesterday", "3")
    assert [row["kind"] for row in rows(stage, "incidents")] == ["ache"]
    await bea.taps("Go on")
    assert "1 of 22" in bea.shown.text


@pytest.mark.slow
async def test_back_in_a_session_is_one_step_back(bea: Runner) -> None:
    await session(bea)
    await bea.says("done")
    await bea.says("back")
    assert "1 of 22" in bea.shown.text


# /pain and fine again


async def moderate(runner: Runner) -> None:
    await runner.says("left knee hurts, dull, 5/10")
    await runner.taps("None of these")


async def test_pain_says_what_rests_and_when_it_is_asked(bea: Runner) -> None:
    await bea.says("/pain")
    assert "Nothing is resting at the moment" in bea.shown.text
    assert bea.shown.labels == ["Something hurts"]
    await moderate(bea)
    await bea.says("/pain")
    assert "What loads your knee is left out, and may come back from Thursday" in bea.shown.text
    assert "On Wednesday 25 November I will ask" in bea.shown.text
    assert bea.shown.labels == ["Something hurts", "It is fine again: Knee"]


async def test_pain_says_when_a_locked_region_is_asked_about(bea: Runner) -> None:
    await bea.says("left knee hurts")
    await answers(bea, "None of these", "On a bone", "3")
    await bea.says("/pain")
    assert "until a clinician has agreed" in bea.shown.text
    assert "On Wednesday 25 November I will ask" in bea.shown.text


@pytest.mark.parametrize("score", ["7", "8"])
async def test_who_is_to_be_seen_today_is_told_so_whenever_a_session_is_asked_for(
    bea: Runner, score: str
) -> None:
    await bea.says("my legs are toast")
    await answers(bea, "The same on both sides", "Today or yesterday", score, "No")
    assert "looked at today" in bea.shown.text
    await bea.says("/today")
    assert "No session today" in bea.shown.text
    assert "today" in bea.shown.text.partition("No session today")[2]


async def test_whether_one_may_run_is_answered_from_what_rests(stage: Stage, bea: Runner) -> None:
    await bea.says("can I run today?")
    assert "Nothing is resting at the moment" in bea.shown.text
    await moderate(bea)
    await bea.says("is it ok to run with my knee")
    assert "I would not run yet. Every step of a run loads your knee" in bea.shown.text
    assert "rests until Thursday 26 November at least" in bea.shown.text
    assert "On Wednesday 25 November I will ask" in bea.shown.text
    assert "worse the next morning" in bea.shown.text
    assert bea.shown.labels == ["It is fine again: Knee"]
    await stage.travel(stage.clock.now() + timedelta(days=3))
    await bea.says("should I go for a run")
    assert "which still rests; tell me when it feels fine" in bea.shown.text
    await bea.says("can I run with my hip")
    assert SCREEN in bea.shown.text, "a part that does not rest may hurt"


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        ("left knee hurts, dull, 2/10", "a short, easy run may be fine"),
        ("left shoulder hurts, dull, 5/10", "A run loads your shoulder or arm only a little"),
        ("left shin hurts, 3/10", "Please don't run yet: your shin or calf rests"),
    ],
)
async def test_what_speaks_against_a_run_depends_on_part_and_strength(
    bea: Runner, told: str, answer: str
) -> None:
    await bea.says(told)
    await bea.taps("None of these")
    if "What is it like" in bea.shown.text:
        await bea.taps("On a bone")
    await bea.says("can I run today?")
    assert answer in bea.shown.text


async def test_while_a_warning_sign_stands_nobody_is_sent_on_a_run(bea: Runner) -> None:
    await bea.says("I have a fever")
    await bea.says("can I run today?")
    assert "Please don't run, either" in bea.shown.text


async def test_fine_again_too_early_says_what_is_missing(bea: Runner) -> None:
    await moderate(bea)
    await bea.says("my knee is fine again")
    assert "It is still too early to load your knee" in bea.shown.text
    assert "may come back from Thursday 26 November on" in bea.shown.text


@pytest.mark.statements
async def test_fine_again_on_the_way_back_names_no_date_that_is_past(
    stage: Stage, bea: Runner
) -> None:
    await moderate(bea)
    await stage.travel(stage.clock.now() + timedelta(days=3))
    for words in ("my knee is fine again", "yes", "yes", "yes"):
        await bea.says(words)
    assert "comes back step by step" in bea.shown.text
    await bea.says("my knee is fine again")
    assert "coming back step by step" in bea.shown.text
    assert "too early" not in bea.shown.text


async def test_a_yes_without_a_session_is_for_what_is_asked(bea: Runner) -> None:
    await bea.says("my knee hurts")
    await bea.says("yes")
    assert "Do you have any of these?" in bea.shown.text


async def test_fine_again_leads_through_the_gate(stage: Stage, bea: Runner) -> None:
    await moderate(bea)
    await stage.travel(stage.clock.now() + timedelta(days=3))
    await bea.says("/pain")
    await bea.taps("It is fine again: Knee")
    for words in ("Walking, stairs", "nights", "swelling"):
        assert words in bea.shown.text
        await bea.taps("Yes")
    assert "comes back step by step" in bea.shown.text


@pytest.mark.slow
async def test_better_on_the_morning_leads_to_the_gate_once_the_rest_is_over(
    stage: Stage, bea: Runner
) -> None:
    await moderate(bea)
    for _ in range(2):
        await stage.travel(stage.clock.now() + timedelta(days=1))
        await stage.travel(stage.clock.now() + timedelta(hours=4))
        label = "Better" if "Better" in bea.shown.labels else "It is fine again: Knee"
        await bea.taps(label)
    assert "Walking, stairs" in bea.shown.text
    for _ in range(3):
        await bea.says("yes")
    assert "comes back step by step" in bea.shown.text


@pytest.mark.slow
async def test_one_no_at_the_gate_keeps_the_rest(stage: Stage, bea: Runner) -> None:
    await moderate(bea)
    await stage.travel(stage.clock.now() + timedelta(days=3))
    await bea.says("its gone")
    await bea.says("yes")
    await bea.says("no")
    assert "keeps resting" in bea.shown.text


@pytest.mark.slow
async def test_better_alone_is_asked_gone_or_only_less(stage: Stage, bea: Runner) -> None:
    await moderate(bea)
    await stage.travel(stage.clock.now() + timedelta(days=3, hours=8))
    await bea.says("knee is better")
    assert "Is it gone, or only less?" in bea.shown.text
    await bea.taps("Only less")
    assert "It keeps resting" in bea.shown.text


async def test_a_clinicians_word_is_asked_which_part_and_when(stage: Stage, bea: Runner) -> None:
    await bea.says("/pain left shin 5")
    await answers(bea, "None of these", "On a bone")
    assert "until you tell me that a clinician agreed" in bea.shown.text
    await bea.says("/pain")
    assert bea.shown.labels == ["Something hurts", "A clinician agreed"]
    await bea.says("physio says ok")
    assert "your shin or calf, and after Tuesday 24 November?" in bea.shown.text
    await bea.taps("Yes")
    assert bea.count("a clinician agreed. Before") == 1
    await bea.says("/pain")
    assert "It is fine again: Shin or calf" in bea.shown.labels


@pytest.mark.slow
async def test_fine_words_that_are_about_nothing_are_left_to_others(bea: Runner) -> None:
    await bea.says("all good")
    assert "Nothing is resting" not in bea.shown.text
    await bea.says("It is fine again")
    assert "Nothing is resting" in bea.shown.text


# Each class in each state

STATES = ("idle", "session", "question")
CLASSES = {
    "my knee hurts": SCREEN,
    "so sore": "the same on both sides?",
    "my knee is fine again": "Nothing is resting at the moment",
    "physio says ok": "Nothing of yours waits for a clinician",
    "knee": "Looking for exercises, or does something feel wrong?",
    "dead bug": "Dead bug",
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("words", CLASSES)
@pytest.mark.breadth(3)
async def test_each_class_is_heard_in_each_state(bea: Runner, state: str, words: str) -> None:
    if state == "session":
        await session(bea)
    elif state == "question":
        await bea.says("/reminders tue 7am")
    await bea.says(words)
    assert CLASSES[words] in bea.shown.text
    assert bea.count(CLASSES[words]) == 1


@pytest.mark.breadth(1)
@pytest.mark.parametrize("words", ["stop", "done", "skip", "pause"])
async def test_the_words_of_a_session_stay_what_they_are(bea: Runner, words: str) -> None:
    await session(bea)
    await bea.says(words)
    assert SCREEN not in bea.shown.text


@pytest.mark.slow
async def test_after_a_session_sore_is_soreness_and_hard_is_a_rating(
    stage: Stage, bea: Runner
) -> None:
    await session(bea)
    await bea.says("done")
    await bea.says("/stop")
    await bea.says("too hard")
    assert "same on both sides" not in bea.shown.text
    assert [row["rating"] for row in rows(stage, "sessions") if row["id"] > 0] == ["hard"]
    await bea.says("sore")
    assert "same on both sides" in bea.shown.text


async def test_where_no_routine_is_left_a_session_is_made_of_what_may_be_done(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("my left knee hurts, 5/10, dull")
    await bea.taps("None of these")
    assert "Whole body" in (await bea.says("/today")).text
    await bea.says("/reminders wed 7:00")
    await bea.says("Berlin")
    await stage.travel(stage.clock.now() + timedelta(days=1))
    assert bea.count("Whole body") == 2
    await bea.taps("Start", bea.with_button("In 1 hour"))
    assert rows(stage, "sessions")[-1]["routine"] == "made-10-whole-body"
    assert "Sit down" in bea.shown.text


@pytest.mark.slow
async def test_while_a_region_rests_no_session_has_an_exercise_that_is_new(stage: Stage) -> None:
    cat = await stage.runner("Cat").is_ready()
    await cat.has_trained("first-two-weeks", stage.clock.now() - timedelta(days=3))
    await cat.says("/routine hips and glutes")
    assert "side-lying-hip-abduction" in exercises(stage)
    await cat.says("my left shoulder hurts, 4/10, dull")
    await cat.taps("None of these")
    for words in ("/routine hips and glutes", "/routine 15 min hips"):
        await cat.says(words)
        known = {
            step.exercise for step in CATALOGUE.steps(CATALOGUE.routines["first-two-weeks"], 9)
        }
        assert exercises(stage) <= {exercise for exercise in known if exercise}


@pytest.mark.slow
async def test_who_has_done_nothing_yet_may_begin_although_a_region_rests(stage: Stage) -> None:
    cat = await stage.runner("Cat").is_ready()
    await cat.says("my left shoulder hurts, 4/10, dull")
    await cat.taps("None of these")
    await cat.says("/routine first two weeks")
    assert "Start" in cat.shown.labels


def exercises(stage: Stage) -> set[str]:
    """The exercises of the session that was opened last."""
    steps = rows(stage, "sessions")[-1]["steps"]
    assert isinstance(steps, list)
    return {step["exercise"] for step in steps if step.get("exercise")}


@pytest.mark.slow
async def test_who_has_finished_nothing_yet_has_a_session_although_all_is_new(
    stage: Stage,
) -> None:
    cat = await stage.runner("Cat").is_ready()
    await cat.says("/routine first two weeks")
    await answers(cat, "My own pace", "Done", "Done")
    await cat.says("/stop")
    await cat.says("my left shoulder hurts, 4/10, dull")
    await cat.taps("None of these")
    await cat.says("/routine first two weeks")
    assert "Taper week" in cat.shown.labels


@pytest.mark.slow
async def test_none_of_the_signs_does_not_count_beside_what_may_be_one(bea: Runner) -> None:
    await bea.says("my left knee hurts")
    await bea.says("none of these, but swollen, dull, 3")
    assert "Do you have any of these?" in bea.shown.text
    await bea.says("none of these, and the rest is a mystery, 3")
    assert "Do you have any of these?" in bea.shown.text


@pytest.mark.slow
async def test_whether_it_is_gone_holds_up_other_words_for_half_an_hour_only(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("my knee hurts 5")
    for label in ("None of these", "Left", "Dull, achy or tight"):
        await bea.taps(label)
    await bea.says("bit better")
    assert bea.shown.text == "Is it gone, or only less?"
    await bea.says("the bus was late")
    assert "Is it gone, or only less?" in bea.shown.text
    await stage.travel(stage.clock.now() + timedelta(minutes=31))
    await bea.says("the bus was late")
    assert bea.shown.text.startswith("I did not understand")
    await bea.says("yes completely gone")
    assert bea.shown.text.startswith("Good to hear.")
