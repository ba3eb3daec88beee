"""Taps and answerCallbackQuery."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.sandbox.world.chats import Person
from bot.sandbox.world.messages import Message
from bot.sandbox.world.world import World
from tests.sandbox.conftest import Api, button, inline, refused

TOO_OLD = refused(
    400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
)


@pytest.fixture
async def step(world: World, ann: Person, api: Api) -> Message:
    keyboard = inline([button("Done", callback_data="d:1"), button("Web", url="https://x.org")])
    await api("sendMessage", chat_id=ann.id, text="Dead bug", reply_markup=keyboard)
    message = world.last(ann)
    assert message
    return message


def query(world: World) -> dict[str, Any]:
    found: dict[str, Any] = world.updates.pending[-1]["callback_query"]
    return found


async def test_a_tap_by_label_carries_its_data_and_message(
    world: World, ann: Person, step: Message
) -> None:
    tap = world.tap(ann, step, "Done")
    assert query(world)["id"] == tap.id
    assert query(world)["data"] == tap.data == "d:1"
    assert query(world)["from"]["id"] == ann.id
    assert query(world)["message"]["text"] == "Dead bug"
    assert query(world)["message"]["reply_markup"]["inline_keyboard"][0][0]["text"] == "Done"


async def test_a_tap_records_how_it_was_answered(
    world: World, ann: Person, step: Message, api: Api
) -> None:
    tap = world.tap(ann, step, "Done")
    assert (await api("answerCallbackQuery", callback_query_id=tap.id, text="Ok", show_alert=True))[
        "result"
    ] is True
    assert await tap.answer() is tap
    assert (tap.text, tap.show_alert, tap.url) == ("Ok", True, None)
    assert tap.answered_at


async def test_a_tap_that_nobody_answers_times_out(
    world: World, ann: Person, step: Message
) -> None:
    with pytest.raises(TimeoutError):
        await world.tap(ann, step, "Done").answer(timeout=0.01)


async def test_a_second_answer_is_refused(
    world: World, ann: Person, step: Message, api: Api
) -> None:
    tap = world.tap(ann, step, "Done")
    await api("answerCallbackQuery", callback_query_id=tap.id)
    assert await api("answerCallbackQuery", callback_query_id=tap.id) == TOO_OLD


async def test_a_late_answer_is_refused(world: World, ann: Person, step: Message, api: Api) -> None:
    tap = world.tap(ann, step, "Done")
    world.clock = lambda: datetime.now(UTC) + timedelta(seconds=16)
    assert await api("answerCallbackQuery", callback_query_id=tap.id) == TOO_OLD
    assert tap.answered_at is None


@pytest.mark.parametrize("params", [{}, {"callback_query_id": "17"}])
async def test_an_unknown_tap_cannot_be_answered(params: dict[str, str], api: Api) -> None:
    assert await api("answerCallbackQuery", **params) == TOO_OLD


async def test_an_answer_over_200_characters_is_refused(
    world: World, ann: Person, step: Message, api: Api
) -> None:
    tap = world.tap(ann, step, "Done")
    answer = await api("answerCallbackQuery", callback_query_id=tap.id, text="x" * 201)
    assert answer == refused(400, "Bad Request: MESSAGE_TOO_LONG")
    assert (await api("answerCallbackQuery", callback_query_id=tap.id, text="x" * 200))["ok"]


async def test_an_old_snapshot_can_still_be_tapped(
    world: World, ann: Person, step: Message, api: Api
) -> None:
    await api("editMessageText", chat_id=ann.id, message_id=step.id, text="Plank")
    assert world.tap(ann, step, "Done").data == "d:1"
    assert query(world)["message"]["text"] == "Plank"
    with pytest.raises(LookupError):
        world.tap(ann, step.id, "Done")


async def test_a_tap_on_a_deleted_message_still_arrives(
    world: World, ann: Person, step: Message, api: Api
) -> None:
    await api("deleteMessage", chat_id=ann.id, message_id=step.id)
    world.tap(ann, step, "Done")
    assert query(world)["message"]["message_id"] == step.id
    assert query(world)["message"]["date"] == 0


async def test_a_tap_may_carry_any_data(world: World, ann: Person, step: Message) -> None:
    world.tap(ann, step, data="'; DROP TABLE")
    assert query(world)["data"] == "'; DROP TABLE"


async def test_somebody_else_may_tap(world: World, ann: Person, step: Message) -> None:
    eve = world.add_person("Eve")
    world.tap(eve, step, "Done")
    assert query(world)["from"]["id"] == eve.id
    assert query(world)["message"]["chat"]["id"] == ann.id


async def test_a_button_that_is_not_there_cannot_be_tapped(
    world: World, ann: Person, step: Message
) -> None:
    with pytest.raises(LookupError, match=r"no button 'Dnoe'.*Done"):
        world.tap(ann, step, "Dnoe")
    with pytest.raises(LookupError, match="does not ask the bot"):
        world.tap(ann, step, "Web")
