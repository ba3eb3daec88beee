"""Updates of one chat one after another, chats side by side."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from telegram import CallbackQuery, Chat, InlineQuery, Message, Update, User

from bot.gateway.chat_order import SIDE_BY_SIDE, InOrderPerChat

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
numbers = count(1)


def user(number: int) -> User:
    return User(number, "Ann", is_bot=False)


def message(chat: int) -> Update:
    kind = Chat.PRIVATE if chat > 0 else Chat.GROUP
    text = Message(next(numbers), NOW, Chat(chat, kind), from_user=user(abs(chat)))
    return Update(next(numbers), message=text)


def tap(chat: int) -> Update:
    under = Message(next(numbers), NOW, Chat(chat, Chat.PRIVATE))
    query = CallbackQuery("1", user(chat), "x", message=under, data="close")
    return Update(next(numbers), callback_query=query)


def inline(person: int) -> Update:
    return Update(next(numbers), inline_query=InlineQuery("1", user(person), "deadbug", ""))


class Handling:
    """Hands updates to the processor, and notes when their handlers begin and end."""

    def __init__(self, processor: InOrderPerChat) -> None:
        self.processor = processor
        self.notes: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.handlers: list[Coroutine[Any, Any, None]] = []
        self.tasks: dict[str, asyncio.Task[None]] = {}

    def comes(self, name: str, update: object, error: Exception | None = None) -> None:
        """An update arrives; its handler runs until it is let go."""
        gate = self.gates[name] = asyncio.Event()

        async def handler() -> None:
            self.notes.append(f"{name} begins")
            await gate.wait()
            self.notes.append(f"{name} ends")
            if error:
                raise error

        self.handlers.append(handler())
        work = self.processor.process_update(update, self.handlers[-1])
        self.tasks[name] = asyncio.create_task(work)

    async def let_go(self, name: str) -> None:
        self.gates[name].set()
        await self.rest()

    async def rest(self) -> None:
        """Until everything stands still that can go on by itself."""
        for _ in range(20):
            await asyncio.sleep(0)


@pytest.fixture
async def handling() -> AsyncIterator[Handling]:
    processor = InOrderPerChat()
    await processor.initialize()
    handling = Handling(processor)
    yield handling
    for gate in handling.gates.values():
        gate.set()
    await asyncio.gather(*handling.tasks.values(), return_exceptions=True)
    for handler in handling.handlers:
        handler.close()
    await processor.shutdown()


async def test_updates_of_one_chat_are_handled_in_order(handling: Handling) -> None:
    for name in ("first", "second", "third"):
        handling.comes(name, message(1))
    for name in ("third", "second", "first"):
        await handling.let_go(name)
    assert handling.notes == [
        f"{name} {what}" for name in ("first", "second", "third") for what in ("begins", "ends")
    ]


async def test_a_tap_and_a_word_of_one_chat_are_in_order_too(handling: Handling) -> None:
    handling.comes("tap", tap(1))
    handling.comes("word", message(1))
    await handling.rest()
    assert handling.notes == ["tap begins"]
    await handling.let_go("tap")
    assert handling.notes == ["tap begins", "tap ends", "word begins"]


async def test_chats_are_handled_side_by_side(handling: Handling) -> None:
    for chat in (1, 2, -3):
        handling.comes(f"{chat}", message(chat))
    await handling.rest()
    assert handling.notes == ["1 begins", "2 begins", "-3 begins"]


async def test_nobody_waits_for_somebody_elses_slow_answer(handling: Handling) -> None:
    handling.comes("slow", message(1))
    handling.comes("quick", message(2))
    await handling.let_go("quick")
    assert handling.notes == ["slow begins", "quick begins", "quick ends"]
    assert handling.tasks["quick"].done()


async def test_a_person_who_uses_the_bot_inline_is_in_order_with_their_chat(
    handling: Handling,
) -> None:
    handling.comes("word", message(7))
    handling.comes("inline", inline(7))
    await handling.rest()
    assert handling.notes == ["word begins"]


async def test_an_update_of_nobody_waits_for_nobody(handling: Handling) -> None:
    handling.comes("first", Update(next(numbers)))
    handling.comes("second", Update(next(numbers)))
    handling.comes("third", "not an update")
    await handling.rest()
    assert handling.notes == ["first begins", "second begins", "third begins"]


async def test_a_failing_update_does_not_block_its_chat(handling: Handling) -> None:
    handling.comes("fails", message(1), ValueError("a bug"))
    handling.comes("next", message(1))
    await handling.let_go("fails")
    assert handling.notes == ["fails begins", "fails ends", "next begins"]
    with pytest.raises(ValueError, match="a bug"):
        await handling.tasks["fails"]


async def test_an_update_after_a_quiet_time_begins_at_once(handling: Handling) -> None:
    handling.comes("first", message(1))
    await handling.let_go("first")
    handling.comes("second", message(1))
    await handling.rest()
    assert handling.notes == ["first begins", "first ends", "second begins"]


async def test_a_cancelled_update_lets_the_next_one_go(handling: Handling) -> None:
    handling.comes("first", message(1))
    handling.comes("second", message(1))
    await handling.rest()
    handling.tasks["first"].cancel()
    await handling.rest()
    assert handling.notes == ["first begins", "second begins"]


async def test_cancelling_an_update_that_waits_leaves_the_others_in_order(
    handling: Handling,
) -> None:
    for name in ("first", "second", "third"):
        handling.comes(name, message(1))
    await handling.rest()
    handling.tasks["second"].cancel()
    await handling.rest()
    assert handling.notes == ["first begins"]
    await handling.let_go("first")
    assert handling.tasks["first"].exception() is None
    assert handling.notes == ["first begins", "first ends", "third begins"]


async def test_a_thousand_chats_are_handled_at_once(handling: Handling) -> None:
    for chat in range(1, 1001):
        handling.comes(f"{chat}", message(chat))
    await handling.rest()
    assert len(handling.notes) == 1000 <= SIDE_BY_SIDE


async def test_two_hundred_updates_of_ten_chats_keep_their_order() -> None:
    processor = InOrderPerChat()
    await processor.initialize()
    seen: dict[int, list[int]] = {}

    async def handler(chat: int, number: int) -> None:
        await asyncio.sleep(0.001 * ((number * 7) % 3))
        seen.setdefault(chat, []).append(number)

    work = [
        processor.process_update(message(number % 10 + 1), handler(number % 10, number))
        for number in range(200)
    ]
    await asyncio.gather(*work)
    assert seen == {chat: list(range(chat, 200, 10)) for chat in range(10)}
