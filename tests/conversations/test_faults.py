"""Telegram fails, is late, or has done it although the answer was lost."""

import asyncio

import pytest

from bot.content.texts import Html
from bot.gateway import messenger
from bot.sandbox.world.faults import Fault, Kind
from bot.sandbox.world.flood_limits import FloodLimits
from bot.views.screen import Screen
from tests.conversations.stage import CATALOGUE, Runner, Stage
from tests.databases import POSTGRESQL


async def begin(runner: Runner) -> None:
    await runner.says("/routine first two weeks")
    await runner.taps("Start")


@pytest.mark.slow
@pytest.mark.parametrize(
    "fault",
    [
        Fault(method="sendMessage", kind="status", status=500),
        Fault(method="sendMessage", kind="status", status=502),
        Fault(method="sendMessage", kind="status", status=429),
        Fault(method="sendMessage", kind="flood", retry_after=1),
        Fault(method="sendAnimation", kind="status", status=503),
        Fault(method="sendAnimation", kind="flood", retry_after=1),
    ],
    ids=["500", "502", "429", "429 with seconds", "clip turned down", "clip held back"],
)
async def test_a_step_that_telegram_turned_down_is_sent_again(bea: Runner, fault: Fault) -> None:
    await begin(bea)
    if fault.method == "sendMessage":  # a step without its clip
        bea.stage.world.faults.add(Fault(method="sendAnimation", status=502))
    bea.stage.world.faults.add(fault)
    await bea.taps("Done")
    assert "1 of 9" in bea.shown.text
    assert sum("1 of 9" in message.text for message in bea.messages) == 1


@pytest.mark.slow
async def test_a_step_comes_although_telegram_turns_it_down_for_a_while(
    bea: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within two minutes, which pass quickly here."""
    assert 100 < sum(messenger.LONG) < 120
    monkeypatch.setattr(messenger, "LONG", tuple(pause / 100 for pause in messenger.LONG))
    await begin(bea)
    for method in ("sendAnimation", "sendMessage"):
        bea.stage.world.faults.add(Fault(method, "status", status=500, times=7))
    await bea.taps("Done")
    assert "1 of 9" in bea.shown.text
    assert bea.count("1 of 9") == 1


@pytest.mark.parametrize("clip", [True, False], ids=["clip", "words"])
@pytest.mark.parametrize("handled", [True, False], ids=["arrived", "lost"])
@pytest.mark.parametrize("kind", ["drop", "cut", "page", "empty"])
@pytest.mark.breadth(1)
async def test_a_step_that_may_have_arrived_is_not_sent_again(
    bea: Runner, kind: Kind, handled: bool, clip: bool
) -> None:
    """The buttons of the step before stay, and lead on."""
    world = bea.stage.world
    await begin(bea)
    before = bea.shown
    if not clip:  # its words come instead
        world.faults.add(Fault("sendAnimation", "status", status=502))
    method = "sendAnimation" if clip else "sendMessage"
    world.faults.add(Fault(method, kind, status=502, handled=handled))
    tap = await bea.taps("Done")
    assert tap.text == "Done"
    assert bea.count("1 of 9") == (1 if handled else 0)
    if handled:
        await bea.taps("Done", bea.with_button("Done"))
        assert "2 of 9" in bea.shown.text
        # Whether it has the clip is not known, so it may be edited as one that has.
        assert {c.method for c in world.refused()} <= {"editMessageCaption", "editMessageText"}
        world.calls.clear()
        return
    tap = await bea.taps("Done", before)
    assert tap.text == "That button was from an earlier step."
    assert "1 of 9" in bea.shown.text


async def test_an_answer_without_telegrams_word_ends_nothing(bea: Runner) -> None:
    """A proxy that answers for it: nobody is gone, and the token is not refused."""
    for status in (400, 401, 403, 404, 409, 200):
        bea.stage.world.faults.add(Fault("sendMessage", "page", status=status))
        await bea.says("/help")
    assert not bea.stage.work.app.bot.refused.is_set()
    await bea.says("/help")
    assert "/exercise" in bea.shown.text


@pytest.mark.slow
async def test_a_lost_answer_to_a_tap_loses_no_step(bea: Runner) -> None:
    await begin(bea)
    bea.stage.world.faults.add(Fault(method="answerCallbackQuery", kind="drop"))
    await bea.taps("Done")
    assert "1 of 9" in bea.shown.text


@pytest.mark.slow
async def test_an_edit_that_fails_harms_nothing(bea: Runner) -> None:
    await begin(bea)
    bea.stage.world.faults.add(Fault(method="editMessageText", kind="status", status=500, times=3))
    await bea.taps("Done")
    assert "1 of 9" in bea.shown.text


@pytest.mark.slow
async def test_a_blocked_coach_does_not_stumble_over_a_tap(stage: Stage, bea: Runner) -> None:
    await begin(bea)
    done = bea.shown
    tap = stage.world.tap(bea.person, done, "Done")
    stage.world.block(bea.person)
    await tap.answer()
    await stage.settle()
    assert {c.status for c in stage.world.refused()} <= {403}
    stage.world.unblock(bea.person)
    stage.world.calls.clear()
    await bea.says("/routine")
    assert "1 of 9" in bea.shown.text


@pytest.mark.slow
async def test_a_slow_chat_does_not_hold_up_another(stage: Stage, bea: Runner) -> None:
    await begin(bea)
    cat = await stage.runner("Cat").is_ready()
    stage.world.faults.add(Fault(method="sendMessage", kind="latency", seconds=1.0, chat_id=cat.id))
    slow = stage.world.tap(cat.person, cat.with_button("Start"), "Start")
    await slow.answer()
    quick = stage.world.tap(bea.person, bea.shown, "Done")
    await stage.world.until(lambda: "1 of 9" in bea.shown.text, timeout=0.9)
    await quick.answer()
    await stage.settle()
    assert "Warm-up" in cat.shown.text


async def test_updates_of_one_chat_are_handled_in_order(bea: Runner) -> None:
    await begin(bea)
    bea.stage.world.latency = 0.02
    for word in ("done", "done", "back", "done", "skip"):
        bea.stage.world.say(bea.person, word)
    await bea.stage.settle()
    assert "3 of 9" in bea.shown.text


@pytest.mark.slow
async def test_telegrams_limits_are_kept_by_themselves(stage: Stage) -> None:
    """Twelve messages in a row to one chat, with the limits of the real thing."""
    ann = stage.runner("Ann")
    stage.chat_burst = 5
    stage.messages_per_second = 30
    await stage.restart()
    stage.world.limits = FloodLimits(chat_burst=5)
    for _ in range(9):
        stage.world.say(ann.person, "/help")
    await stage.settle()
    assert len(ann.messages) == 9


@pytest.mark.slow
async def test_a_server_that_is_away_for_a_while_is_waited_for(stage: Stage, bea: Runner) -> None:
    stage.world.faults.add(Fault(method="getUpdates", kind="status", status=502, times=2))
    await asyncio.sleep(0.01)
    await bea.says("/help")
    assert "/exercise" in bea.shown.text


@pytest.mark.breadth(1)
@pytest.mark.skipif(POSTGRESQL, reason="others may have edited the message")
@pytest.mark.parametrize("has_clip", [True, False])
async def test_a_message_keeps_its_kind_when_a_screen_of_the_other_kind_replaces_it(
    stage: Stage, bea: Runner, has_clip: bool
) -> None:
    """The clock moves a session on, and a tap edits its message before the new one is sent."""
    sender = stage.work.coach.messenger
    with_clip = Screen(Html("Work"), clip=CATALOGUE.clip("clamshell"))
    without = Screen(Html("Rest"))
    first, second = (with_clip, without) if has_clip else (without, with_clip)
    message = await sender.show(bea.id, first)
    assert message is not None
    assert await sender.replace(bea.id, message, second)
    assert bea.shown.text == second.text
    assert stage.world.calls[-1].method == ("editMessageCaption" if has_clip else "editMessageText")
