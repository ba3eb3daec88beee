"""/bands, and sessions that fit what a runner owns."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.domain.kit import Kit, KitKind
from bot.sandbox.world.messages import Message
from tests.conversations.stage import CATALOGUE, Runner, Stage


async def owns(runner: Runner) -> str:
    """What the coach believes that the runner owns."""
    await runner.says("/bands")
    return runner.shown.text


def as_it_is(runner: Runner, message: Message) -> Message:
    """The message after all edits."""
    return next(it for it in runner.messages if it.id == message.id)


async def test_a_newcomer_can_tell_their_bands_before_anything_else(ann: Runner) -> None:
    await ann.says("/bands")
    assert "I don't know your bands yet" in ann.shown.text
    assert ann.shown.labels == [
        *("Mini band", "Hip circle", "Long loop", "Long band", "Door anchor or firm post"),
        *("I have none", "That is all"),
    ]
    await ann.says("/bands mini light green")
    assert "mini band: light (green)" in ann.shown.text


async def test_a_few_taps_on_one_message_tell_a_band_and_its_colour(bea: Runner) -> None:
    await bea.says("/bands")
    message, before = bea.shown, len(bea.messages)
    await bea.taps("Mini band")
    tap = await bea.taps("Light")
    assert tap.text == "Saved"
    await bea.taps("Colour …")
    await bea.taps("green")
    assert "mini band: light (green)" in bea.shown.text
    assert "green" in bea.shown.labels
    await bea.taps("‹ Back")
    assert "✓ Mini band" in bea.shown.labels
    await bea.taps("Door anchor or firm post")
    assert "✓ Door anchor or firm post" in bea.shown.labels
    await bea.taps("That is all")
    assert bea.shown.labels == []
    assert (bea.shown.id, len(bea.messages)) == (message.id, before)
    assert "mini band: light (green)" in await owns(bea)
    assert "door anchor, or a firm post" in bea.shown.text


@pytest.mark.slow
async def test_a_second_tap_on_a_level_takes_it_back(bea: Runner) -> None:
    await bea.says("/bands")
    await bea.taps("Long loop")
    await bea.taps("Heavy")
    await bea.taps("✓ Heavy")
    assert "✓ Heavy" not in bea.shown.labels
    assert "You have no bands" in await owns(bea)


@pytest.mark.slow
async def test_a_double_tap_says_it_once(stage: Stage, bea: Runner) -> None:
    await bea.says("/bands")
    await bea.taps("Mini band")
    data = bea.shown.button("Light").data or ""
    first = stage.world.tap(bea.person, bea.shown, data=data)
    second = stage.world.tap(bea.person, bea.shown, data=data)
    await asyncio.gather(first.answer(), second.answer())
    await stage.settle()
    assert (first.text, second.text) == ("Saved", "Saved")
    assert "mini band: light\n" in await owns(bea)


@pytest.mark.slow
async def test_two_phones_tell_the_same_kit(bea: Runner) -> None:
    await bea.says("/bands")
    one = bea.shown
    await bea.says("/bands")
    two = bea.shown
    await bea.taps("Mini band", one)
    await bea.taps("Mini band", two)
    await bea.taps("Light", as_it_is(bea, one))
    await bea.taps("Heavy", as_it_is(bea, two))
    assert "mini band: light, heavy" in await owns(bea)


@pytest.mark.slow
async def test_a_colour_for_a_band_given_away_meanwhile_changes_nothing(bea: Runner) -> None:
    await bea.says("/bands mini light")
    await bea.taps("✓ Mini band")
    await bea.taps("Colour …")
    colours = bea.shown
    await bea.says("/bands none")
    tap = await bea.taps("red", colours)
    assert tap.text == "Saved"
    assert "You have no bands" in await owns(bea)


@pytest.mark.slow
@pytest.mark.breadth(2)
@pytest.mark.parametrize(
    "data",
    [
        "bands:rope",
        "bands:door-anchor",
        "own:mini-band:none:1",
        "colour:mini-band:light:<b>",
        "colour:mini-band:light:neon",
    ],
)
async def test_a_tap_that_no_button_offers_is_answered_and_changes_nothing(
    bea: Runner, data: str
) -> None:
    await bea.says("/bands mini light green")
    tap = await bea.sends_data(bea.shown, data)
    assert tap.text == "This button is too old."
    assert "mini band: light (green)" in await owns(bea)


@pytest.mark.slow
async def test_a_tap_on_somebody_elses_message_tells_ones_own_bands(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("/bands mini light green")
    await bea.taps("I have none")
    data = "own:mini-band:heavy:1"
    eve = await stage.runner("Eve").is_ready()
    await eve.sends_data(eve.shown, data)
    assert "mini band: heavy" in await owns(eve)
    assert "You have no bands" in await owns(bea)


@pytest.mark.slow
@pytest.mark.breadth(2)
@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("rope", "I can't read “rope”"),
        ("<b>rope</b>", "I can't read “<b>rope</b>”"),
        ("mini neon", "How strong is “mini neon”"),
        ("mini light " + "x" * 21, "too long for a colour"),
        ("mini light green, banana", "I can't read “banana”"),
    ],
)
async def test_what_cannot_be_read_gets_an_example_that_works_and_changes_nothing(
    bea: Runner, words: str, answer: str
) -> None:
    await bea.says("/bands long loop heavy")
    await bea.says(f"/bands {words}")
    assert answer in bea.shown.text
    example = bea.shown.text[bea.shown.text.rindex("/bands") :]
    assert "• long loop: heavy\n" in await owns(bea)
    await bea.says(example)
    assert "mini band: light (green)" in bea.shown.text


async def test_typed_bands_take_the_place_of_those_before(bea: Runner) -> None:
    await bea.says("/bands mini light green, mini medium red, long loop heavy")
    assert "mini band: light (green), medium (red)" in bea.shown.text
    assert "long loop: heavy" in bea.shown.text
    await bea.says("/bands hip circle medium")
    text = await owns(bea)
    assert "hip circle: medium" in text
    assert "mini band" not in text


@pytest.mark.slow
async def test_a_colour_with_markup_is_shown_as_typed(bea: Runner) -> None:
    await bea.says("/bands mini light <b>lime</b>")
    assert "mini band: light (<b>lime</b>)" in bea.shown.text
    await bea.taps("✓ Mini band")
    assert "<b>lime</b>" in bea.shown.labels
    await bea.taps("<b>lime</b>")
    assert "light (<b>lime</b>)" in bea.shown.text
    await bea.taps("No colour")
    assert "mini band: light\n" in bea.shown.text


@pytest.mark.slow
async def test_bands_in_a_group_lead_to_the_private_chat(stage: Stage, bea: Runner) -> None:
    club = stage.world.add_group("Club", [bea.person])
    stage.world.say(bea.person, "/bands mini light", chat=club)
    await stage.settle()
    assert stage.world.messages(club)[-1].labels == ["Open the private chat"]
    assert "I don't know your bands yet" in await owns(bea)


@pytest.mark.slow
async def test_bands_are_counted_by_privacy_and_gone_after_delete(bea: Runner) -> None:
    await bea.says("/bands mini light green, mini medium red")
    await bea.says("/privacy")
    assert "2 bands, " in bea.shown.text
    await bea.says("/delete")
    await bea.taps("Erase everything")
    assert "I don't know your bands yet" in await owns(bea)


# Sessions that fit


async def test_the_list_names_the_suggested_then_what_fits_then_the_rest(bea: Runner) -> None:
    await bea.says("/bands mini light")
    await bea.says("/routine")
    first, *others, _new = bea.shown.labels
    assert first == "Take this one · 7 min"
    assert "Next for you: First two weeks" in bea.shown.text
    kit = Kit(supposed=(KitKind.MINI_BAND,))
    by_name = {CATALOGUE.texts(it).name: it for it in CATALOGUE.routines.values()}
    routines = [by_name[label.partition(" · ")[0]] for label in others]
    counts = [min(CATALOGUE.swaps(routine, kit), 1) for routine in routines]
    assert counts == sorted(counts) == [0, 0, 0, 1, 1, 1, 1, 1]


async def test_a_runner_who_has_not_said_is_asked_in_the_list(bea: Runner) -> None:
    await bea.says("/routine")
    assert "/bands" in bea.shown.text
    assert "swap" not in bea.shown.text
    await bea.says("/bands none")
    await bea.says("/routine")
    assert "/bands" not in bea.shown.text


@pytest.mark.slow
async def test_the_ready_screen_names_the_swaps_and_the_session_has_them(bea: Runner) -> None:
    await bea.says("/bands mini light green")
    await bea.says("/routine core and upper back")
    assert "Without a long band, Pallof press becomes Bird dog" in bea.shown.text
    assert "You need: a mini band." in bea.shown.text
    await bea.taps("Start")
    names = set()
    while "Done" in bea.shown.labels:
        names |= set(bea.shown.text.splitlines()[1:2])
        await bea.taps("Done")
    assert "Pallof press" not in names
    assert any(name.startswith("Bird dog") for name in names)
    assert "core and upper back" in bea.shown.text.lower()


async def test_an_anchor_that_is_missing_is_named(bea: Runner) -> None:
    await bea.says("/bands mini light, long band medium")
    await bea.says("/routine core and upper back")
    assert "Without a door anchor, Pallof press becomes" in bea.shown.text
    await bea.says("/bands mini light, long band medium, post")
    await bea.says("/routine core and upper back")
    assert "Without a" not in bea.shown.text


async def test_without_a_band_a_step_says_so(bea: Runner) -> None:
    await bea.says("/bands none")
    await bea.says("/routine first two weeks")
    assert "You need: no band." in bea.shown.text
    await bea.taps("Start")
    await bea.taps("Done")
    assert "Without a band" in bea.shown.text
    assert "Band:" not in bea.shown.text


async def test_new_bands_count_for_a_session_that_still_waits_for_its_start(bea: Runner) -> None:
    await bea.says("/routine core and upper back")
    waiting = bea.shown
    await bea.says("/bands mini light")
    await bea.says("/routine core and upper back")
    assert "becomes" in bea.shown.text
    tap = await bea.taps("Start", bea.shown)
    assert tap.text == "Let's go"
    assert waiting.id not in [message.id for message in bea.messages]


async def test_a_running_session_stays_as_it_was_begun(bea: Runner) -> None:
    await bea.says("/routine first two weeks")
    await bea.taps("Start")
    await bea.says("/bands none")
    await bea.taps("Done", bea.with_button("Done"))
    assert "Band: " in bea.shown.text


async def test_a_reminder_speaks_of_the_bands_that_are_there(bea: Runner) -> None:
    await bea.says("/bands none")
    await bea.says("/timezone Berlin")
    await bea.says("/reminders wed 07:00")
    await bea.stage.travel(datetime(2026, 11, 25, 7, tzinfo=UTC))
    assert "First two weeks, 7 minutes with no band" in bea.shown.text


@pytest.mark.slow
async def test_a_step_in_rounds_says_which_round_it_is(bea: Runner) -> None:
    await bea.says("/routine r3")
    await bea.taps("Start")
    await bea.taps("Skip")
    assert "Round 1 of 2 · leading with the right" in bea.shown.text
    await bea.taps("Done")
    await bea.taps("Done")
    assert bea.count("✓ Lateral band walk, round 1 of 2") == 2
    for _ in range(9):
        await bea.taps("Done")
    assert "Round 2 of 2" in bea.shown.text


@pytest.mark.slow
async def test_what_hurts_in_the_first_round_does_not_come_again(bea: Runner) -> None:
    await bea.says("/routine r3")
    await bea.taps("Start")
    await bea.taps("Skip")
    await bea.taps("Something hurts")
    await bea.says("skip")
    seen = []
    while "Done" in bea.shown.labels:
        seen.append(bea.shown.text)
        await bea.taps("Done")
    assert len(seen) == 18
    assert not any("Lateral band walk" in text.partition("After this")[0] for text in seen)
    assert "Left out because something hurt: 4" in bea.shown.text
