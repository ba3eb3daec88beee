"""Another exercise instead of the step's: what is offered, for how long it holds, how it ends."""

import asyncio
import re
from datetime import timedelta

import pytest

from tests.conversations.stage import CATALOGUE, TUESDAY, Runner
from tests.databases import rows

NAMES = {one.texts.name: key for key, one in CATALOGUE.exercises.items()}


async def begin(runner: Runner, routine: str = "marathon five") -> None:
    """At the first work step, by Done taps."""
    await runner.says(f"/routine {routine}")
    await at_first(runner)


async def at_first(runner: Runner) -> None:
    own_pace = "My own pace" in runner.shown.labels
    await runner.taps("My own pace" if own_pace else "Start")
    if "Warm-up" in runner.shown.text:
        await runner.taps("Skip")


def offered(runner: Runner) -> list[str]:
    """The names of what is offered."""
    return re.findall(r"^\d\. ([^:]+):", runner.shown.text, re.MULTILINE)


def name(runner: Runner) -> str:
    """The exercise of the step that is shown."""
    lines = runner.shown.text.splitlines()
    place = next(index for index, line in enumerate(lines) if re.match(r".*\d+ of \d+  ", line))
    return lines[place + 1]


def kept(runner: Runner) -> list[tuple[str, ...]]:
    swaps = rows(runner.stage.database, "swaps")
    return [(row["exercise"], row["instead"], row["form"]) for row in swaps]


def exercises(runner: Runner) -> set[str]:
    """The exercises of the latest session."""
    steps = rows(runner.stage.database, "sessions")[-1]["steps"]
    return {step["exercise"] for step in steps if step.get("exercise")}


async def test_swap_offers_two_with_the_same_purpose_and_says_what_they_are(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Swap")
    assert "Instead of Lateral band walk" in bea.shown.text
    names = offered(bea)
    assert len(names) == 2
    purpose = CATALOGUE.exercises["lateral-band-walk"].facts.purposes[0]
    for one in names:
        exercise = CATALOGUE.exercises[NAMES[one]]
        assert purpose in exercise.facts.purposes
        assert exercise.texts.in_short in bea.shown.text
    assert bea.shown.labels == ["1: today", "1: always", "2: today", "2: always", "Go on"]
    await bea.taps("Go on")
    assert name(bea) == "Lateral band walk"


@pytest.mark.slow
async def test_today_holds_for_this_session_only(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Swap")
    new = offered(bea)[0]
    await bea.taps("1: today")
    assert f"{new} instead of Lateral band walk, for today." in bea.shown.text
    assert name(bea) == new
    assert "10 repetitions" in bea.shown.text
    seen = []
    while "Done" in bea.shown.labels:
        seen.append(name(bea))
        await bea.taps("Done")
    assert "Lateral band walk" not in seen
    assert seen.count(new) >= 4
    assert kept(bea) == []
    await bea.stage.travel(TUESDAY + timedelta(days=3))
    await begin(bea)
    assert name(bea) == "Lateral band walk"


@pytest.mark.slow
async def test_always_holds_in_the_next_sessions_and_can_be_undone(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Swap")
    new = offered(bea)[1]
    await bea.taps("2: always")
    assert kept(bea) == [("lateral-band-walk", NAMES[new], "base")]
    await bea.taps("Stop")
    await bea.says("/routine marathon five")
    assert f"{new} replaces Lateral band walk, as you asked." in bea.shown.text
    await bea.taps("Start")
    await bea.taps("Skip")
    assert name(bea) == new
    await bea.taps("More")
    assert "Swap back" in bea.shown.labels
    await bea.taps("Swap back")
    assert "Lateral band walk again." in bea.shown.text
    assert name(bea) == "Lateral band walk"
    await bea.taps("More")
    assert "Swap" in bea.shown.labels
    assert kept(bea) == []


@pytest.mark.slow
async def test_a_swap_of_a_swap_goes_back_to_what_was_planned(bea: Runner) -> None:
    await begin(bea)
    await bea.says("swap")
    await bea.taps("1: always")
    await bea.says("something else")
    second = offered(bea)[0]
    await bea.taps("1: always")
    assert kept(bea) == [("lateral-band-walk", NAMES[second], "base")]
    await bea.says("swap back")
    assert name(bea) == "Lateral band walk"
    assert kept(bea) == []


@pytest.mark.slow
async def test_always_holds_for_what_stands_in_for_lack_of_a_band(bea: Runner) -> None:
    await bea.says("/bands none")
    await begin(bea)
    stand_in = name(bea)
    await bea.says("swap")
    new = offered(bea)[0]
    await bea.taps("1: always")
    assert name(bea) == new
    await bea.taps("Stop")
    await bea.says("/routine marathon five")
    assert f"{new} replaces {stand_in}, as you asked." in bea.shown.text
    await bea.taps("Start")
    await bea.taps("Skip")
    assert name(bea) == new


@pytest.mark.slow
async def test_the_session_takes_as_long_as_before(bea: Runner) -> None:
    for routine in ("marathon five", "hips and glutes", "build strength", "mini band whole body"):
        await begin(bea, routine)
        steps = _steps(bea)
        await bea.says("swap")
        if "1: today" in bea.shown.labels:
            await bea.taps("1: today")
            after = _steps(bea)
            assert sum(s["work"] + s["rest"] for s in steps) == sum(
                s["work"] + s["rest"] for s in after
            )
        await bea.says("stop")


def _steps(runner: Runner) -> list[dict[str, int]]:
    newest = max(rows(runner.stage.database, "sessions"), key=lambda row: row["id"])
    steps: list[dict[str, int]] = newest["steps"]
    return steps


@pytest.mark.slow
async def test_what_the_bands_can_not_do_is_not_offered(bea: Runner) -> None:
    await bea.says("/bands none")
    await begin(bea)
    await bea.says("swap")
    for one in offered(bea):
        exercise = CATALOGUE.exercises.get(NAMES.get(one, ""))
        assert exercise is None or not exercise.facts.bands or exercise.facts.band_optional


@pytest.mark.slow
async def test_what_rests_is_not_offered(bea: Runner) -> None:
    await begin(bea)
    for words in ("it hurts", "dull", "knee", "7"):
        await bea.says(words)
    resting = {key for key, one in CATALOGUE.exercises.items() if one.facts.demands.load("knee")}
    await bea.says("stop")
    await begin(bea)
    await bea.says("swap")
    assert not {NAMES.get(one) for one in offered(bea)} & resting


@pytest.mark.slow
async def test_a_paused_session_can_be_swapped_and_stays_paused(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Pause")
    await bea.says("swap")
    new = offered(bea)[0]
    await bea.taps("1: today")
    assert "Your session is still paused." in bea.shown.text
    assert bea.shown.labels == ["Resume", "Stop"]
    await bea.taps("Resume")
    assert name(bea) == new


@pytest.mark.slow
async def test_by_the_clock_the_step_begins_anew(bea: Runner) -> None:
    await bea.says("/routine marathon five")
    await bea.taps("Start")
    await bea.taps("Skip")
    await bea.stage.travel(bea.stage.clock.now() + timedelta(seconds=15))
    assert "Go!" in bea.shown.text
    await bea.taps("Swap")
    await bea.taps("1: today")
    assert "Starts in 10 s." in bea.shown.text
    await bea.stage.travel(bea.stage.clock.now() + timedelta(seconds=11))
    assert "Go!" in bea.shown.text


async def test_the_warm_up_has_nothing_to_swap(bea: Runner) -> None:
    await bea.says("/routine marathon five")
    await bea.taps("My own pace")
    await bea.says("swap")
    assert "The warm-up has nothing to swap." in bea.shown.text
    assert bea.shown.labels == ["Go on"]


@pytest.mark.slow
async def test_a_doubled_or_stale_tap_changes_nothing(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Swap")
    offer = bea.shown
    taps = await asyncio.gather(*(bea.taps("1: today", offer) for _ in range(3)))
    assert sorted(tap.text or "" for tap in taps).count("Swapped") == 1
    swapped = _steps(bea)
    await bea.sends_data(bea.shown, "swap2:a:00000000:1:0")
    assert _steps(bea) == swapped
    assert kept(bea) == []


@pytest.mark.slow
async def test_a_key_that_no_button_had_changes_nothing(bea: Runner) -> None:
    await begin(bea)
    before = _steps(bea)
    revision = rows(bea.stage.database, "sessions")[-1]["revision"]
    await bea.sends_data(bea.shown, f"swap2:a:00000000:1:{revision}")
    assert _steps(bea) == before
    assert kept(bea) == []


@pytest.mark.slow
async def test_nobody_swaps_for_somebody_else(bea: Runner, ann: Runner) -> None:
    await ann.is_ready()
    await begin(bea)
    tap = await ann.sends_data(ann.shown, "swap:1:2")
    assert tap.text == "This button is not yours."
    tap = await ann.sends_data(ann.shown, "unswap:1:2")
    assert tap.text == "This button is not yours."


async def test_swap_while_something_hurts_is_not_possible(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Something hurts")
    await bea.says("swap")
    assert "nothing has changed" in bea.shown.text
    assert "Dull pain" in bea.shown.labels


@pytest.mark.statements
@pytest.mark.parametrize("words", ["I hate lateral band walks", "no more lateral band walk pls"])
async def test_an_exercise_is_left_out_for_good_in_words_and_comes_back(
    bea: Runner, words: str
) -> None:
    await bea.says("/routine marathon five")
    await bea.says(words)
    assert "Leave out Lateral band walk?" in bea.shown.text
    names = offered(bea)
    assert bea.shown.labels == [*(f"Instead: {one}" for one in names), "Keep it"]
    assert kept(bea) == [], "nothing changes before the tap"
    await bea.taps(f"Instead: {names[0]}")
    assert f"From now on you do {names[0]} instead of Lateral band walk" in bea.shown.text
    assert kept(bea) == [("lateral-band-walk", NAMES[names[0]], "base")]
    assert bea.shown.labels == ["Bring back: Lateral band walk"]

    await bea.says("/exercise lateral band walk")
    assert f"Left out: you do {names[0]} instead." in bea.shown.text
    await at_first(bea)
    assert name(bea) == names[0], "the session that waited for its start is planned anew"
    await bea.taps("Stop")

    await bea.says("lateral band walks again")
    assert kept(bea) != [], "the name alone only explains it"
    await bea.says("bring back the lateral band walk")
    assert "Lateral band walk is back from now on" in bea.shown.text
    assert kept(bea) == []


async def test_my_swaps_lists_what_is_left_out_with_a_way_back(bea: Runner) -> None:
    await bea.says("my swaps")
    assert "You have left out nothing." in bea.shown.text
    await bea.says("no more clamshells")
    instead = offered(bea)[0]
    await bea.taps(f"Instead: {instead}")
    await bea.says("my swaps")
    assert f"Clamshell: {instead} instead" in bea.shown.text
    await bea.taps("Bring back: Clamshell", bea.shown)
    assert kept(bea) == []
    await bea.taps("Bring back: Clamshell", bea.messages[-2])
    assert kept(bea) == [], "an old button changes nothing"


async def test_what_has_no_other_of_its_purpose_is_left_out_without_one_and_comes_back(
    bea: Runner,
) -> None:
    await bea.says("I hate calf raises")
    assert bea.shown.text.startswith("Leave out Calf raise? I have nothing else")
    assert bea.shown.labels == ["Leave it out", "Keep it"]
    assert kept(bea) == [], "nothing changes before the tap"
    await bea.taps("Leave it out")
    assert bea.shown.text.startswith("Calf raise is left out from now on.")
    assert kept(bea) == [("band-calf-raise", "", "")]
    await bea.says("/exercise calf raise")
    assert bea.shown.text.startswith("Left out.")
    await bea.says("my swaps")
    assert "• Calf raise\n" in f"{bea.shown.text}\n"

    await bea.says("/routine hips and glutes")
    assert "band-calf-raise" not in exercises(bea)
    await bea.taps("Stop")
    await bea.says("my routine Calves: calf raise 2x12")
    await bea.taps("Save")
    await bea.says("/routine calves")
    assert exercises(bea) == {"band-calf-raise"}, "a routine of one's own is done as written"
    await bea.says("bring back calf raises")
    assert kept(bea) == []


async def test_the_exercise_of_the_step_may_be_swapped_today_only(bea: Runner) -> None:
    await begin(bea)
    await bea.says("I hate lateral band walks")
    assert bea.shown.labels[:2] == ["1: today", "1: always"]
    await bea.says("no more clamshells")
    assert "Leave out Clamshell?" in bea.messages[-2].text
    assert "Go on" in bea.shown.labels


async def test_what_is_wanted_in_place_of_the_step_is_offered_and_not_left_out(bea: Runner) -> None:
    await begin(bea)
    for words in ("swap it for clams", "I’d rather do clamshells"):
        await bea.says(words)
        assert "1. Clamshell" in bea.shown.text
        assert bea.shown.labels == ["1: today", "1: always", "Go on"]
    await bea.says("can I do dead bugs instead")  # for another purpose
    assert bea.shown.text.startswith("Instead of Lateral band walk")
    assert "Dead bug" not in bea.shown.text
    await bea.says("stop")
    await bea.says("swap this for clams")
    assert bea.shown.text.startswith("No session is running.")


@pytest.mark.parametrize("words", ["I hate hills", "I hate this", "no burpees", "no, thursday"])
async def test_dislike_of_what_is_no_exercise_offers_nothing(bea: Runner, words: str) -> None:
    await bea.says(words)
    assert "Leave out" not in bea.shown.text


async def test_swap_without_a_session_says_how_to_start_one(bea: Runner) -> None:
    await bea.says("swap")
    assert "No session is running" in bea.shown.text
    await bea.says("swap back")
    assert "No session is running" in bea.shown.text


@pytest.mark.slow
async def test_swapped_by_one_phone_shown_on_the_other_after_a_restart(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Swap")
    new, offer = offered(bea)[0], bea.shown
    await bea.stage.restart()
    await bea.taps("1: today", offer)
    assert name(bea) == new


# What can't be understood


async def test_five_hundred_repetitions_are_not_understood_and_lose_nothing(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Done")
    await bea.says("I did 500 reps")
    assert "I did not understand “I did 500 reps”" in bea.shown.text
    assert "type done, skip" in bea.shown.text
    assert bea.shown.labels == ["Go on"]
    await bea.taps("Go on")
    assert "2 of 22" in bea.shown.text


@pytest.mark.slow
async def test_markup_in_such_words_is_shown_as_typed(bea: Runner) -> None:
    await begin(bea)
    await bea.says("<b>500</b> reps")
    assert "“<b>500</b> reps”" in bea.shown.text
    assert bea.shown.labels == ["Go on"]


@pytest.mark.slow
async def test_a_swap_made_for_pain_ends_with_the_rest_and_one_sentence_says_so(
    bea: Runner,
) -> None:
    await bea.says("my left knee hurts, dull, 2/10")
    await bea.taps("None of these")
    await begin(bea)
    await bea.says("swap")
    new = offered(bea)[0]
    await bea.taps("1: always")
    assert f"{new} instead of Lateral band walk, until what hurts has come back." in bea.shown.text
    await bea.taps("Stop")
    await bea.stage.travel(TUESDAY + timedelta(days=1))
    assert await overview(bea) == f"{new} replaces Lateral band walk, as you asked."
    await bea.stage.travel(TUESDAY + timedelta(days=2))
    await bea.says("my knee is fine again")
    assert "So your knee no longer has to rest" in bea.shown.text
    for _ in range(2):
        assert await overview(bea) == BACK
    await at_first(bea)
    assert name(bea) == "Lateral band walk"
    await bea.taps("Done")
    await bea.taps("Stop")
    assert kept(bea) == []
    await bea.stage.travel(TUESDAY + timedelta(days=5))
    assert await overview(bea) == ""


BACK = "What you swapped because of pain is back as it was, now that nothing rests there any more."


async def overview(runner: Runner) -> str:
    """The sentence about a swap before a session."""
    await runner.says("/routine marathon five")
    lines = runner.shown.text.splitlines()
    return next((line for line in lines if "swapped" in line or "replaces" in line), "")


async def test_a_swap_that_pain_has_nothing_to_do_with_stays(bea: Runner) -> None:
    await bea.says("my left shoulder hurts, dull, 2/10")
    await bea.taps("None of these")
    await begin(bea)
    await bea.says("swap")
    await bea.taps("1: always")
    assert "from now on. Swap back on the step undoes it." in bea.shown.text
    assert [row["region"] for row in rows(bea.stage.database, "swaps")] == [None]
