"""Something hurts: three taps, what stops, what rests, who is asked, and what is never said."""

import asyncio
import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.content import Catalogue
from bot.db import incidents
from bot.domain.pain import Pain, PainKind
from bot.domain.regions import Region, narrowed
from bot.sandbox.world.faults import Fault
from tests import databases
from tests.conversations.stage import CATALOGUE, Runner, Stage

EIGHT = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
NEXT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
SIDES = ["Left", "Right", "Both, or the middle"]
SCORES = [str(score) for score in range(11)]
REGIONS = [
    *("Foot or ankle", "Shin or calf", "Knee", "Thigh"),
    *("Hip or groin", "Lower back", "Upper back", "Shoulder or arm", "Elsewhere"),
]


async def begin(runner: Runner, routine: str = "marathon five") -> None:
    """At the first work step, by Done taps."""
    await runner.says(f"/routine {routine}")
    await at_own_pace(runner)


async def at_own_pace(runner: Runner) -> None:
    own_pace = "My own pace" in runner.shown.labels
    await runner.taps("My own pace" if own_pace else "Start")
    if "Warm-up" in runner.shown.text:
        await runner.taps("Skip")


async def ends(runner: Runner) -> None:
    """Stops the session, if anything of it was left."""
    if "Stop" in runner.shown.labels:
        await runner.taps("Stop")


async def hurts(runner: Runner, kind: str, region: str, score: int) -> None:
    await runner.taps("Something hurts")
    await runner.taps(kind)
    await runner.taps(region)
    await runner.taps(str(score))


def rows(stage: Stage, table: str) -> list[dict[str, object]]:
    return databases.rows(stage.database, table)


def loads(region: Region, catalogue: Catalogue = CATALOGUE) -> set[str]:
    """The exercises that load a region, or either part of the back."""
    return {
        exercise.texts.name
        for exercise in catalogue.exercises.values()
        if any(exercise.facts.demands.load(part) for part in narrowed(region))
    }


async def names_to_come(runner: Runner) -> list[str]:
    """The names of all steps from here on, each done."""
    seen = []
    while "Done" in runner.shown.labels:
        seen.append(runner.shown.text.splitlines()[1])
        await runner.taps("Done")
    return seen


# The first screen


async def test_first_an_ache_or_pain_and_the_emergency_signs_at_once(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Something hurts")
    for words in ("Stop Lateral band walk for now", "ache", "both sides", "emergency help now"):
        assert words in bea.shown.text
    for sign in ("chest pain", "fainting", "breathlessness", "weakness"):
        assert sign in bea.shown.text
    assert bea.shown.labels == [
        *("An ache on both sides", "Dull pain", "Sharp or one-sided", "In a joint", "On a bone"),
        *("A warning sign", "Back", "Stop"),
    ]


async def test_back_is_for_a_tap_by_mistake(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Something hurts")
    await bea.taps("Back")
    assert "1 of 22" in bea.shown.text
    assert rows(bea.stage, "incidents") == []
    assert bea.count("Went on with: Lateral band walk") == 1


@pytest.mark.slow
async def test_stop_ends_the_session_from_each_question(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Something hurts")
    await bea.taps("Dull pain")
    await bea.taps("Knee")
    await bea.taps("Stop")
    assert "You had not done anything yet" in bea.shown.text


async def test_the_clock_stands_still_while_something_hurts(bea: Runner) -> None:
    await bea.says("/routine marathon five")
    await bea.taps("Start")
    await bea.taps("Something hurts")
    before = len(bea.messages)
    await bea.stage.travel(bea.stage.clock.now() + timedelta(minutes=10))
    assert len(bea.messages) == before


# The rules


@pytest.mark.slow
async def test_three_taps_and_moderate_pain_leaves_out_what_loads_the_region(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Knee", 4)
    assert bea.count("For today, Lateral band walk stops here.") == 1
    assert bea.count("Tomorrow morning I will ask once") == 1
    assert bea.shown.labels == ["Resume", "Stop"]
    await bea.taps("Resume")
    gently = {"Calf raise"}
    assert not (set(await names_to_come(bea)) - gently) & loads(Region.KNEE)
    [row] = rows(bea.stage, "incidents")
    told = (row["exercise"], row["region"], row["kind"], row["score"], row["day"].isoformat())
    assert told == ("lateral-band-walk", "knee", "dull", 4, "2026-11-24")


@pytest.mark.slow
async def test_the_side_is_stored_with_the_score(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Something hurts")
    await bea.taps("Dull pain")
    await bea.taps("Knee")
    await bea.taps("Left")
    assert "✓ Left" in bea.shown.labels
    await bea.says("right")
    await bea.taps("4")
    assert rows(bea.stage, "incidents")[0]["side"] == "right"


async def test_the_questions_are_in_one_message_that_changes(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Something hurts")
    before = len(bea.messages)
    await bea.taps("Dull pain")
    assert bea.shown.labels == [*REGIONS, "‹ Back", "Stop"]
    await bea.taps("Knee")
    assert "in your knee" in bea.shown.text
    assert bea.shown.labels == [*SIDES, *SCORES, "‹ Back", "Stop"]
    await bea.taps("‹ Back")
    assert "Dull pain" in bea.shown.labels
    assert len(bea.messages) == before


@pytest.mark.breadth(1)
@pytest.mark.parametrize("kind", ["Sharp or one-sided", "In a joint"])
async def test_sharp_or_joint_pain_stops_it_at_any_score(bea: Runner, kind: str) -> None:
    await begin(bea)
    await hurts(bea, kind, "Knee", 1)
    assert bea.count("For today, Lateral band walk stops here.") == 1


@pytest.mark.breadth(1)
@pytest.mark.parametrize("score", [1, 3])
async def test_mild_pain_leaves_the_choice_and_pushes_nobody(bea: Runner, score: int) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Knee", score)
    assert f"A {score} out of 10 in your knee" in bea.shown.text
    assert "both are fine" in bea.shown.text
    assert bea.shown.labels == ["Go on", "Leave it out", "Stop"]
    await bea.taps("Leave it out")
    assert "5 of 22" in bea.shown.text


async def test_after_mild_pain_one_may_go_on(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Knee", 2)
    await bea.taps("Go on")
    assert "1 of 22" in bea.shown.text


@pytest.mark.slow
async def test_no_pain_after_all_is_good_to_hear(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Knee", 0)
    assert "No pain then, good." in bea.shown.text
    await bea.taps("Go on")
    await bea.stage.travel(NEXT + timedelta(hours=1))
    assert bea.count("worse this morning") == 0


async def test_an_ache_takes_two_taps_and_is_ordinary(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Something hurts")
    await bea.taps("An ache on both sides")
    await bea.taps("4")
    assert "is normal" in bea.shown.text
    await bea.taps("Go on")
    assert "1 of 22" in bea.shown.text
    await bea.stage.travel(NEXT + timedelta(hours=1))
    assert bea.count("worse this morning") == 0


@pytest.mark.parametrize("score", [6, 7])
async def test_a_very_strong_ache_asks_for_the_colour_of_the_urine_and_ends_the_session(
    bea: Runner, score: int
) -> None:
    await begin(bea)
    for label in ("Something hurts", "An ache on both sides", str(score), "Today or yesterday"):
        await bea.taps(label)
    assert "darker than usual" in bea.shown.text
    await bea.taps("No")
    assert "Your session ends here" in bea.shown.text
    assert ("please have it looked at today" in bea.shown.text) is (score == 7)
    assert [row["score"] for row in rows(bea.stage, "incidents")] == [score]
    is_last = "there is no other today" in bea.shown.text
    await bea.says("/today")
    assert ("No session today" in bea.shown.text) is is_last is (score == 7)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "words"), [("Dull pain", "within two days"), ("On a bone", "today")]
)
async def test_from_eight_on_a_session_says_how_soon_someone_has_to_see_it(
    bea: Runner, kind: str, words: str
) -> None:
    await begin(bea)
    await hurts(bea, kind, "Knee", 8)
    assert f"At 8 out of 10, please have it looked at {words}." in bea.shown.text
    assert "within a few days" not in bea.shown.text


@pytest.mark.slow
async def test_a_strong_ache_leaves_those_muscles_alone(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Something hurts")
    await bea.taps("An ache on both sides")
    await bea.taps("5")
    assert bea.count("nothing loads them today") == 1
    await bea.taps("Resume")
    names = set(await names_to_come(bea))
    aching = {CATALOGUE.exercises[key].texts.name for key in CATALOGUE.sore("lateral-band-walk")}
    assert names
    assert not names & aching


@pytest.mark.breadth(1)
@pytest.mark.parametrize(
    ("kind", "score"), [("Dull pain", 6), ("Sharp or one-sided", 6), ("On a bone", 1)]
)
async def test_strong_pain_ends_the_session_and_nobody_asks_how_it_felt(
    bea: Runner, kind: str, score: int
) -> None:
    await begin(bea)
    await bea.taps("Done")
    await hurts(bea, kind, "Shoulder or arm", score)
    assert "Your session ends here, and there is no other today." in bea.shown.text
    assert bea.count("How did it feel") == 0
    assert rows(bea.stage, "sessions")[0]["phase"] == "stopped"
    await bea.says("resume")
    assert rows(bea.stage, "sessions")[0]["phase"] == "stopped"
    await bea.says("/routine marathon five")
    assert "No session today." in bea.shown.text
    assert "Start" not in bea.shown.labels


@pytest.mark.slow
async def test_strong_pain_says_how_long_it_rests_at_least(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Shoulder or arm", 6)
    assert bea.count("It may come back from Tuesday 1 December on") == 1
    assert bea.count("see a doctor") + bea.count("let a doctor or physiotherapist") >= 1


@pytest.mark.slow
async def test_the_third_moderate_pain_in_two_weeks_ends_the_session(bea: Runner) -> None:
    for _ in range(2):
        await begin(bea)
        await hurts(bea, "Dull pain", "Shoulder or arm", 4)
        await ends(bea)
        bea.stage.clock.moment += timedelta(days=5)
    assert bea.count("a clinician agreed") == 0
    await begin(bea)
    await hurts(bea, "Dull pain", "Shoulder or arm", 4)
    assert bea.count("until you tell me that a clinician agreed") == 1
    assert "Your session ends here" in bea.shown.text


@pytest.mark.slow
async def test_no_pain_that_is_sharp_is_asked_about_again(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "In a joint", "Knee", 0)
    assert "Dull pain" in bea.shown.labels
    await bea.taps("On a bone")
    await bea.taps("Knee")
    await bea.taps("0")
    assert "Knee" in bea.shown.labels
    assert rows(bea.stage, "incidents") == []


async def test_where_nothing_is_left_the_session_ends(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Done")
    await hurts(bea, "Dull pain", "Elsewhere", 5)
    assert bea.count("Nothing else was left in this session") == 1
    assert "Steps done: 1 of 22" in bea.shown.text


@pytest.mark.slow
async def test_back_does_not_lead_into_what_was_left_out(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Done")
    await hurts(bea, "Dull pain", "Knee", 5)
    await bea.taps("Resume")
    goes_on = bea.shown.text.splitlines()[0]
    await bea.taps("Back")
    assert "1 of 22" in bea.shown.text
    await bea.taps("Done")
    assert bea.shown.text.splitlines()[0] == goes_on


# Rest and locks


@pytest.mark.slow
async def test_while_a_region_rests_routines_spare_it_and_no_date_ends_that(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Shoulder or arm", 7)
    bea.stage.clock.moment += timedelta(days=1)
    await bea.says("/routine marathon five")
    assert "So that your shoulder or arm can rest" in bea.shown.text
    assert "may come back from Tuesday 1 December on" in bea.shown.text
    await at_own_pace(bea)
    assert not set(await names_to_come(bea)) & loads(Region.SHOULDER_ARM)
    bea.stage.clock.moment += timedelta(days=30)
    await bea.says("/routine marathon five")
    assert "can rest" in bea.shown.text


@pytest.mark.slow
async def test_a_routine_of_which_nothing_is_left_is_not_offered(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Shoulder or arm", 7)
    bea.stage.clock.moment += timedelta(days=1)
    await bea.says("/routine core and upper back")
    assert "That routine does not suit what is resting at the moment." in bea.shown.text
    assert "Start" not in bea.shown.labels
    await bea.taps("Before a run")
    assert "Start" in bea.shown.labels


@pytest.mark.slow
async def test_where_too_little_is_left_there_is_no_session_but_a_reason(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Hip or groin", 7)
    bea.stage.clock.moment += timedelta(days=1)
    for words in ("/routine", "/routine hips and glutes", "/start", "/routine before a run"):
        await bea.says(words)
        assert "No session today." in bea.shown.text
        assert "Resting: your hip or groin." in bea.shown.text
        assert "before your next session" in bea.shown.text
        assert "an easy walk is fine" in bea.shown.text
        assert "Start" not in bea.shown.labels


@pytest.mark.slow
async def test_a_warm_up_spares_what_rests(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Foot or ankle", 5)
    await ends(bea)
    bea.stage.clock.moment += timedelta(days=1)
    await bea.says("/routine marathon five")
    await bea.taps("Start")
    assert "Warm-up, 2 minutes" in bea.shown.text
    assert "Sit down." in bea.shown.text
    for word in ("jog", "squat", "swing"):
        assert word not in bea.shown.text


@pytest.mark.slow
async def test_what_is_allowed_gently_says_so(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Foot or ankle", 5)
    await ends(bea)
    bea.stage.clock.moment += timedelta(days=1)
    await begin(bea, "hips and glutes")
    steps = []
    while "Done" in bea.shown.labels:
        steps.append(bea.shown.text)
        await bea.taps("Done")
    gently = [text for text in steps if "Gently today: one set, no band" in text]
    assert gently
    assert len(gently) < len(steps)
    assert all("Set " not in text and "hardest" not in text for text in gently)


@pytest.mark.slow
async def test_the_page_of_an_exercise_says_what_it_loads_that_rests(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Knee", 5)
    await ends(bea)
    await bea.says("/exercise donkey kick")
    assert "Not for now: this loads your knee, which has to rest." in bea.shown.text
    await bea.says("/exercise band pull apart")
    assert "Not for now" not in bea.shown.text


async def test_a_reminder_says_that_there_is_no_session(bea: Runner) -> None:
    await bea.says("/timezone London")
    await bea.says("/reminders thu 7:00")
    await begin(bea)
    await hurts(bea, "Dull pain", "Hip or groin", 7)
    before = len(bea.messages)
    await bea.stage.travel(datetime(2026, 11, 26, 7, 1, tzinfo=UTC))
    said = [message for message in bea.messages[before:] if "No session today." in message.text]
    assert len(said) == 1
    assert "Resting: your hip or groin." in said[0].text
    assert said[0].labels == []


@pytest.mark.slow
async def test_where_everything_rests_the_day_is_off(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Elsewhere", 6)
    await bea.says("/routine marathon five")
    assert "No session today." in bea.shown.text
    assert bea.shown.labels == []


async def test_pain_on_a_bone_waits_for_a_clinician_and_for_nothing_else(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "On a bone", "Shin or calf", 2)
    advice = next(m for m in bea.messages if "Pain on a bone" in m.text)
    assert advice.labels == ["A clinician agreed"]
    bea.stage.clock.moment += timedelta(days=30)
    await bea.says("/routine marathon five")
    assert "until you tell me that a clinician agreed" in bea.shown.text
    assert "A clinician agreed" in bea.shown.labels
    await bea.taps("A clinician agreed")
    assert "Noted: a clinician agreed." in bea.shown.text
    await bea.says("/routine marathon five")
    assert "clinician" not in bea.shown.text
    assert "I will ask you about it" in bea.shown.text
    tap = await bea.taps("A clinician agreed", advice)
    assert tap.text == "Nothing waits for a clinician there."


@pytest.mark.slow
async def test_a_clinicians_word_does_not_shorten_the_week(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "On a bone", "Shin or calf", 7)
    await bea.taps("A clinician agreed")
    assert "Before Tuesday 1 December, your shin or calf still rests" in bea.shown.text


@pytest.mark.slow
async def test_what_hurts_after_a_clinicians_word_is_not_covered_by_it(bea: Runner) -> None:
    for _ in range(2):
        await begin(bea)
        await hurts(bea, "On a bone", "Shoulder or arm", 2)
        await bea.taps("A clinician agreed")
        assert "Noted: a clinician agreed" in bea.shown.text
        bea.stage.clock.moment += timedelta(days=8)


@pytest.mark.slow
async def test_the_second_time_in_14_days_waits_for_a_clinician(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Shoulder or arm", 6)
    bea.stage.clock.moment += timedelta(days=9)
    await begin(bea)
    await hurts(bea, "Dull pain", "Shoulder or arm", 6)
    assert bea.count("It has come back within 14 days") == 1
    bea.stage.clock.moment += timedelta(days=20)
    await bea.says("/start")
    await bea.taps("Safety")
    assert "What loads your shoulder or arm is left out" in bea.shown.text
    await bea.taps("A clinician agreed", bea.shown)
    assert "your shoulder or arm still rests" in bea.shown.text


# Warning signs


async def test_an_emergency_locks_everything_until_a_doctor_has_cleared_it(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Something hurts")
    await bea.taps("A warning sign")
    for sign in ("chest pain", "bone", "fainting", "numbness", "calf", "eye", "groin", "limp"):
        assert sign in bea.shown.text
    await bea.taps("Something in the first list")
    assert "Stop now and call your emergency number, 112 or 911" in bea.shown.text
    assert bea.shown.labels == [], "not on the same day, and it is no misreading"
    await bea.says("/routine marathon five")
    assert "Sessions and reminders wait" in bea.shown.text
    await bea.stage.travel(bea.stage.clock.now() + timedelta(days=1))
    await bea.says("/start")
    await bea.taps("A doctor has cleared me")
    assert "Has a doctor looked at you because of this" in bea.shown.text
    await bea.taps("Yes, a doctor has cleared me")
    await bea.says("/routine marathon five")
    assert "Start" in bea.shown.labels


@pytest.mark.slow
async def test_for_a_sign_of_the_second_list_only_its_place_rests(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Something hurts")
    await bea.taps("A warning sign")
    await bea.taps("Something in the second list")
    assert "see a doctor or physiotherapist within a few days" in bea.shown.text
    assert "Where is it?" in bea.shown.text
    assert bea.shown.labels == [*REGIONS, "Periods or weight changed, too"]
    await bea.says("/routine core and upper back")
    assert "Where is it?" in bea.shown.text, "everything waits for the answer"
    await bea.says("left knee")
    assert "What loads your knee is left out until a clinician has agreed" in bea.shown.text
    assert bea.shown.labels == ["A clinician agreed"]
    await bea.says("/routine core and upper back")
    assert "No session today" in bea.shown.text
    await bea.stage.travel(bea.stage.clock.now() + timedelta(days=1))
    await bea.says("/routine core and upper back")
    assert "What loads your knee is left out or replaced until you tell me" in bea.shown.text
    await at_own_pace(bea)
    assert not loads(Region.KNEE) & set(await names_to_come(bea))


@pytest.mark.slow
async def test_with_changes_of_the_body_everything_waits(bea: Runner) -> None:
    await begin(bea)
    for label in ("Something hurts", "A warning sign", "Something in the second list"):
        await bea.taps(label)
    await bea.taps("Periods or weight changed, too")
    assert "Sessions and reminders wait" in bea.shown.text
    assert bea.shown.labels == ["A clinician agreed"]
    await bea.taps("A clinician agreed")
    await bea.says("/routine marathon five")
    assert "Start" in bea.shown.labels


async def test_a_warning_sign_that_is_typed_is_never_missed(bea: Runner) -> None:
    await bea.says("warning sign")
    assert "Get emergency help now" in bea.shown.text
    await begin(bea)
    await bea.says("Numb!")
    assert bea.count("numbness between the legs") == 2
    assert "A warning sign" in bea.shown.labels
    await bea.says("a warning sign")
    assert "Something in the first list" in bea.shown.labels


@pytest.mark.slow
async def test_a_session_under_way_goes_before_what_nothing_is_left_of(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Foot or ankle", 7)
    bea.stage.clock.moment += timedelta(days=1)
    await bea.knows_the_exercises()  # still a week ago
    await begin(bea)
    await bea.says("/routine build strength")
    assert "You are still in this session" in bea.shown.text


@pytest.mark.slow
async def test_from_the_warning_signs_one_can_go_back(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Something hurts")
    await bea.taps("A warning sign")
    await bea.taps("‹ Back")
    assert "Dull pain" in bea.shown.labels
    await bea.says("back")
    assert "1 of 22" in bea.shown.text


# Words


async def test_everything_can_be_typed(bea: Runner) -> None:
    await begin(bea)
    for words in ("it hurts", "dull", "knee", "pain 6"):
        await bea.says(words)
    assert bea.count("Whatever loads your knee is left out") == 1
    [row] = rows(bea.stage, "incidents")
    assert (row["region"], row["kind"], row["score"]) == ("knee", "dull", 6)


async def test_a_place_in_a_sentence_is_one(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Something hurts")
    await bea.says("left knee, dull, 5")
    assert "Do you have any of these?" in bea.shown.text
    await bea.says("none of these")
    [row] = rows(bea.stage, "incidents")
    assert (row["region"], row["side"], row["kind"], row["score"]) == ("knee", "left", "dull", 5)


@pytest.mark.slow
@pytest.mark.parametrize(
    "typed",
    [
        ("it hurts", "sharp", "left knee", "3"),
        ("this makes it worse", "left knee", "none of these", "sharp", "3"),
    ],
)
async def test_the_side_is_told_with_the_place(bea: Runner, typed: tuple[str, ...]) -> None:
    await begin(bea)
    for words in typed:
        await bea.says(words)
    [row] = rows(bea.stage, "incidents")
    assert (row["region"], row["side"], row["kind"], row["score"]) == ("knee", "left", "sharp", 3)


@pytest.mark.slow
@pytest.mark.breadth(2)
@pytest.mark.parametrize("words", ["11", "pain 11", "-1", "3.5", "100/10", "15"])
async def test_a_number_that_is_no_score_is_answered_with_the_range(
    bea: Runner, words: str
) -> None:
    await begin(bea)
    for said in ("it hurts", "sharp", "lower back", words):
        await bea.says(said)
    if words == "100/10":
        assert bea.shown.labels[3:14] == SCORES
    else:
        assert "A number from 0 to 10, please." in bea.shown.text
        assert bea.shown.labels[3:14] == SCORES
    assert rows(bea.stage, "incidents") == []
    await bea.says("10/10")
    assert len(rows(bea.stage, "incidents")) == 1


@pytest.mark.slow
async def test_a_number_comes_after_what_it_is_and_where(bea: Runner) -> None:
    await begin(bea)
    await bea.says("it hurts")
    assert "Dull pain" in bea.shown.labels
    await bea.says("6")
    assert "First tell me what it is like." in bea.shown.text
    await bea.says("one-sided")
    await bea.says("6")
    assert "First tell me where it is." in bea.shown.text
    assert "Knee" in bea.shown.labels
    assert rows(bea.stage, "incidents") == []


@pytest.mark.slow
@pytest.mark.parametrize("words", ["me & co", "😭"])
async def test_other_words_lose_nothing(bea: Runner, words: str) -> None:
    await begin(bea)
    await bea.taps("Something hurts")
    await bea.taps("Dull pain")
    await bea.says(words)
    await bea.taps("Go on")
    assert "Where is it?" in bea.shown.text
    assert "Knee" in bea.shown.labels


@pytest.mark.slow
async def test_the_choice_after_mild_pain_can_be_typed(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Knee", 2)
    await bea.says("go on")
    assert "1 of 22" in bea.shown.text
    await hurts(bea, "Dull pain", "Knee", 2)
    await bea.says("leave it out")
    assert "5 of 22" in bea.shown.text


@pytest.mark.slow
async def test_words_that_say_no_more_leave_the_question_open(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Something hurts")
    await bea.taps("Dull pain")
    await bea.says("<b>ouch</b>")
    assert "Where is it?" in bea.shown.text


@pytest.mark.slow
async def test_a_nudge_asks_again_from_the_beginning(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Something hurts")
    await bea.taps("Dull pain")
    await bea.stage.travel(bea.stage.clock.now() + timedelta(minutes=21))
    assert "Are you still there?" in bea.shown.text
    assert "Dull pain" in bea.shown.labels
    for words in ("dull", "knee", "4"):
        await bea.says(words)
    assert bea.count("For today, Lateral band walk stops here.") == 1


@pytest.mark.slow
async def test_how_and_commands_keep_the_question(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Something hurts")
    await bea.taps("Dull pain")
    await bea.says("how")
    await bea.taps("Go on")
    assert "Where is it?" in bea.shown.text
    await bea.says("/routine")
    assert "Where is it?" in bea.shown.text
    await bea.taps("Thigh")
    assert "in your thigh" in bea.shown.text


# Doubles, strangers and restarts


async def test_a_doubled_tap_counts_once(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Something hurts")
    await bea.taps("Dull pain")
    await bea.taps("Knee")
    asked = bea.shown
    await asyncio.gather(*(bea.taps("5", asked) for _ in range(3)))
    assert len(rows(bea.stage, "incidents")) == 1
    assert bea.count("stops here.") == 1


@pytest.mark.slow
async def test_two_phones_tell_one_story(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Something hurts")
    question = bea.shown
    await bea.taps("Dull pain")
    session = rows(bea.stage, "sessions")[-1]
    at = f"{session['id']}:{session['revision']}"
    await bea.sends_data(question, f"pain:sharp:knee:5:{at}")
    assert len(rows(bea.stage, "incidents")) == 1
    tap = await bea.sends_data(question, f"pain:dull:knee:9:{at}")
    assert tap.text == "That button was from an earlier step."
    assert len(rows(bea.stage, "incidents")) == 1


@pytest.mark.slow
async def test_nobody_answers_for_somebody_else(bea: Runner, ann: Runner) -> None:
    await ann.is_ready()
    await begin(bea)
    await hurts(bea, "Dull pain", "Upper back", 5)
    await bea.taps("Resume")
    await bea.taps("Something hurts")
    session = rows(bea.stage, "sessions")[-1]
    at = f"{session['id']}:{session['revision']}"
    mine = ann.shown
    for data in (f"pain:dull:knee:9:{at}", f"sore:9:{at}", f"flag:emergency:{at}", f"flags:{at}"):
        tap = await ann.sends_data(mine, data)
        assert tap.text == "This button is not yours."
    await ann.sends_data(mine, "region:upper-back")
    assert len(rows(bea.stage, "incidents")) == 1
    assert rows(bea.stage, "rest_answers") == []
    assert {row["screening"] for row in rows(bea.stage, "runners")} == {"clear"}


@pytest.mark.slow
async def test_a_restart_between_question_and_answer_loses_nothing(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Something hurts")
    await bea.taps("Dull pain")
    await bea.says("knee")
    await bea.stage.restart()
    await bea.says("7")
    assert bea.count("Whatever loads your knee is left out") == 1


@pytest.mark.slow
async def test_the_score_counts_for_the_progression(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Knee", 2)
    await bea.taps("Go on")
    await hurts(bea, "Dull pain", "Knee", 5)
    async with bea.stage.work.coach.db.read() as connection:
        pains = await incidents.pains_of(connection, 1)
    assert pains == {"lateral-band-walk": Pain(Region.KNEE, PainKind.DULL, 5)}


@pytest.mark.slow
async def test_a_warm_up_can_hurt_too(bea: Runner) -> None:
    await bea.says("/routine marathon five")
    await bea.taps("My own pace")
    await hurts(bea, "Dull pain", "Shoulder or arm", 6)
    assert bea.count("For today, your warm-up stops here.") == 1
    assert bea.count("Your session ends here") == 1


# The morning after


@pytest.mark.slow
async def test_the_morning_after_is_asked_about_once(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Knee", 4)
    await bea.taps("Resume")
    await hurts(bea, "Dull pain", "Hip or groin", 2)
    await bea.stage.travel(EIGHT)
    assert bea.count("worse this morning") == 0
    await bea.stage.restart()
    await bea.stage.travel(NEXT + timedelta(minutes=5))
    await bea.stage.restart()
    await bea.stage.travel(NEXT + timedelta(days=3))
    assert bea.count("worse this morning") == 1
    asked = next(m for m in bea.messages if "worse this morning" in m.text)
    assert "your knee and your hip or groin" in asked.text
    assert asked.labels == ["Worse", "The same", "Better"]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("bit worse today", "not back before Wednesday 2 December"),
        ("It’s definitely worse than yesterday", "not back before Wednesday 2 December"),
        ("no worse", "Thank you. Go gently"),
    ],
)
@pytest.mark.breadth(2)
async def test_the_morning_is_answered_in_words(bea: Runner, words: str, answer: str) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Shoulder or arm", 4)
    await bea.taps("Stop")
    await bea.stage.travel(NEXT)
    await bea.says(words)
    assert answer in bea.shown.text


@pytest.mark.statements
async def test_worse_means_a_week_of_rest_from_that_morning_and_no_session(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Shoulder or arm", 2)
    await bea.taps("Stop")
    await bea.stage.travel(NEXT)
    await bea.taps("Worse")
    assert "not back before Wednesday 2 December" in bea.shown.text
    assert "doctor or physiotherapist" in bea.shown.text
    await bea.says("/routine core and upper back")
    assert "No session today." in bea.shown.text
    assert "Resting: your shoulder or arm." in bea.shown.text
    assert "I will ask you about it on Wednesday 2 December." in bea.shown.text


@pytest.mark.slow
async def test_worse_ends_a_session_that_is_open_already(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Shoulder or arm", 2)
    await bea.taps("Stop")
    await bea.stage.travel(NEXT)
    asked = bea.with_button("Worse")
    await begin(bea)
    await bea.taps("Worse", asked)
    assert rows(bea.stage, "sessions")[-1]["phase"] == "stopped"


@pytest.mark.slow
async def test_worse_ends_a_session_that_waits_for_its_start(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Shoulder or arm", 2)
    await bea.taps("Stop")
    await bea.stage.travel(NEXT)
    asked = bea.with_button("Worse")
    await bea.says("/routine core and upper back")
    ready = bea.shown
    await bea.taps("Worse", asked)
    await bea.taps("Start", ready)
    assert "/routine starts again" in bea.shown.text
    await bea.says("/routine core and upper back")
    assert "No session today." in bea.shown.text


@pytest.mark.slow
async def test_the_list_leaves_out_routines_of_which_nothing_is_left(bea: Runner) -> None:
    await bea.says("/routine")
    assert any("Before a run" in label for label in bea.shown.labels)
    await begin(bea)
    await hurts(bea, "Dull pain", "Shoulder or arm", 7)
    bea.stage.clock.moment += timedelta(days=1)
    await bea.says("/routine")
    assert not any("Build strength" in label for label in bea.shown.labels)
    assert any("Before a run" in label for label in bea.shown.labels)


@pytest.mark.breadth(1)
@pytest.mark.parametrize("label", ["The same", "Better"])
async def test_the_same_or_better_ends_what_was_mild(bea: Runner, label: str) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Shoulder or arm", 3)
    await bea.taps("Stop")
    await bea.stage.travel(NEXT)
    await bea.taps(label)
    await bea.says("/routine core and upper back")
    assert "can rest" not in bea.shown.text


@pytest.mark.slow
async def test_the_answer_can_be_typed_and_counts_once(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Knee", 4)
    await bea.taps("Stop")
    await bea.stage.travel(NEXT)
    await bea.says("it's fine")
    assert "Good to hear." in bea.shown.text
    await bea.says("worse")
    assert "Do you have any of these?" in bea.shown.text, "a new report"
    assert rows(bea.stage, "mornings")[0]["answer"] == "better"


@pytest.mark.slow
async def test_a_doubled_answer_changes_nothing(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Knee", 4)
    await bea.taps("Stop")
    await bea.stage.travel(NEXT)
    asked = bea.with_button("Worse")
    await bea.taps("Better")
    tap = await bea.sends_data(asked, "morning:worse:1")
    assert tap.text == "You have answered this one already."
    assert rows(bea.stage, "mornings")[0]["answer"] == "better"


@pytest.mark.slow
async def test_an_answer_from_last_week_is_told_and_changes_nothing(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Knee", 4)
    await bea.taps("Stop")
    await bea.stage.travel(NEXT)
    bea.stage.clock.moment += timedelta(days=7)
    tap = await bea.taps("Worse")
    assert tap.text == "That was about another morning."
    assert bea.count("That question was about another morning") == 1
    assert rows(bea.stage, "mornings")[0]["answer"] is None


@pytest.mark.slow
async def test_nobody_answers_the_morning_of_somebody_else(bea: Runner, ann: Runner) -> None:
    await ann.is_ready()
    await begin(bea)
    await hurts(bea, "Dull pain", "Knee", 4)
    await bea.stage.travel(NEXT)
    tap = await ann.sends_data(ann.shown, "morning:worse:1")
    assert tap.text == "This button is not yours."
    tap = await ann.sends_data(ann.shown, "morning:worse:99")
    assert tap.text == "This button is not yours."


@pytest.mark.slow
async def test_who_has_blocked_the_coach_is_not_asked(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Knee", 4)
    await bea.taps("Stop")
    bea.stage.world.block(bea.person)
    await bea.stage.settle()
    await bea.stage.travel(NEXT + timedelta(hours=2))
    [row] = rows(bea.stage, "mornings")
    assert row["state"] == "dropped"


@pytest.mark.slow
async def test_a_question_that_telegram_turned_down_is_asked_a_little_later(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Knee", 4)
    await bea.taps("Stop")
    bea.stage.world.faults.add(Fault("sendMessage", "status", status=500, times=3))
    await bea.stage.travel(NEXT + timedelta(hours=2))
    assert bea.count("worse this morning") == 1
    [row] = rows(bea.stage, "mornings")
    assert (row["state"], row["tries"]) == ("sent", 3)


@pytest.mark.slow
@pytest.mark.parametrize("handled", [True, False], ids=["arrived", "lost"])
async def test_a_question_that_may_have_arrived_is_not_asked_again(
    bea: Runner, handled: bool
) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Knee", 4)
    await bea.taps("Stop")
    bea.stage.world.faults.add(Fault("sendMessage", "page", status=502, handled=handled))
    await bea.stage.travel(NEXT + timedelta(hours=2))
    assert bea.count("worse this morning") == (1 if handled else 0)
    assert rows(bea.stage, "mornings")[0]["state"] == "unknown"


@pytest.mark.slow
async def test_a_kill_while_it_is_asked_asks_no_second_time(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Knee", 4)
    await bea.taps("Stop")
    await bea.stage.close()
    databases.change(bea.stage.database, "UPDATE mornings SET state = 'sending'")
    await bea.stage.open()
    await bea.stage.travel(NEXT + timedelta(hours=2))
    assert bea.count("worse this morning") == 0
    assert rows(bea.stage, "mornings")[0]["state"] == "unknown"


@pytest.mark.slow
async def test_a_coach_that_was_away_all_day_does_not_ask_late(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "Dull pain", "Knee", 4)
    await bea.stage.close()
    bea.stage.clock.moment = NEXT + timedelta(days=1)
    await bea.stage.open()
    await bea.stage.travel(NEXT + timedelta(days=2))
    assert bea.count("worse this morning") == 0


@pytest.mark.slow
async def test_morning_comes_where_the_runner_is(bea: Runner) -> None:
    """The pain is of Tuesday in Berlin; then Bea flies to Auckland, where morning comes sooner."""
    await bea.says("/timezone Berlin")
    await begin(bea)
    await hurts(bea, "Dull pain", "Knee", 4)
    await bea.says("/timezone Auckland")
    await bea.stage.travel(datetime(2026, 11, 24, 19, 59, tzinfo=UTC))
    assert bea.count("worse this morning") == 0
    await bea.stage.travel(datetime(2026, 11, 24, 20, 1, tzinfo=UTC))
    assert bea.count("worse this morning") == 1


@pytest.mark.slow
async def test_an_early_reminder_brings_the_question_along(bea: Runner) -> None:
    await bea.says("/timezone London")
    await bea.says("/reminders wed 06:30")
    await begin(bea)
    await hurts(bea, "Dull pain", "Knee", 4)
    await bea.stage.travel(datetime(2026, 11, 25, 6, 29, tzinfo=UTC))
    assert bea.count("worse this morning") == 0
    await bea.stage.travel(datetime(2026, 11, 25, 6, 31, tzinfo=UTC))
    assert bea.count("worse this morning") == 1


# What is kept, and what is never said


@pytest.mark.slow
async def test_it_is_exported_and_erased(bea: Runner) -> None:
    await begin(bea)
    await hurts(bea, "On a bone", "Knee", 4)
    await bea.taps("A clinician agreed")
    await bea.says("/delete")
    await bea.taps("Erase everything")
    for table in ("incidents", "mornings", "rest_answers", "hurting", "swaps"):
        assert rows(bea.stage, table) == []


@pytest.mark.slow
async def test_nothing_that_is_said_is_a_diagnosis_or_a_push(bea: Runner) -> None:
    said = json.dumps([m.text for m in bea.messages])
    for kind, region, score in (
        ("Dull pain", "Knee", 1),
        ("Sharp or one-sided", "Shoulder or arm", 5),
        ("Dull pain", "Shoulder or arm", 8),
        ("On a bone", "Shoulder or arm", 3),
    ):
        await begin(bea)
        await hurts(bea, kind, region, score)
        said += json.dumps([m.text for m in bea.messages])
        await ends(bea)
        bea.stage.clock.moment += timedelta(days=1)
    for word in ("fracture", "tendin", "strain", "tear", "you have a", "keep going", "push"):
        assert not re.search(rf"\b{word}", said, re.IGNORECASE), word
