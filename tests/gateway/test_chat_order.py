"""Updates of one chat one after another, chats side by side."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.gateway.chat_order import NOBODY, ChatOrder
from bot.gateway.updates import arrival_of

ANN = {"id": 7, "first_name": "Ann"}
MESSAGE = {"message_id": 1, "chat": {"id": 7, "type": "private"}, "from": ANN, "text": "hello"}


class Handling:
    """Handles updates in the order of their chat, and notes when each begins and ends."""

    def __init__(self, chat_order: ChatOrder) -> None:
        self.chat_order = chat_order
        self.notes: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.waited: dict[str, bool] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}

    def comes(self, name: str, chat: int, error: Exception | None = None) -> None:
        """An update arrives; its handler runs until it is let go."""
        gate = self.gates[name] = asyncio.Event()

        async def handle() -> None:
            async with self.chat_order.lock(chat) as self.waited[name]:
                self.notes.append(f"{name} begins")
                await gate.wait()
                self.notes.append(f"{name} ends")
                if error:
                    raise error

        self.tasks[name] = asyncio.create_task(handle())

    async def let_go(self, name: str) -> None:
        self.gates[name].set()
        await self.rest()

    async def rest(self) -> None:
        """Until everything stands still that can go on by itself."""
        for _ in range(20):
            await asyncio.sleep(0)


@pytest.fixture
async def handling() -> AsyncIterator[Handling]:
    handling = Handling(ChatOrder())
    yield handling
    for gate in handling.gates.values():
        gate.set()
    await asyncio.gather(*handling.tasks.values(), return_exceptions=True)


async def test_updates_of_one_chat_are_handled_in_order(handling: Handling) -> None:
    for name in ("first", "second", "third"):
        handling.comes(name, 1)
    for name in ("third", "second", "first"):
        await handling.let_go(name)
    assert handling.notes == [
        f"{name} {what}" for name in ("first", "second", "third") for what in ("begins", "ends")
    ]


@pytest.mark.parametrize(
    "content",
    [
        {"message": MESSAGE},
        {"edited_message": MESSAGE},
        {"callback_query": {"id": "1", "from": ANN, "message": MESSAGE, "data": "close"}},
        {"callback_query": {"id": "1", "from": ANN, "inline_message_id": "x", "data": "close"}},
        {"inline_query": {"id": "1", "from": ANN, "query": "deadbug", "offset": ""}},
        {"my_chat_member": {"chat": MESSAGE["chat"], "from": ANN}},
    ],
    ids=["a message", "an edit", "a tap", "a tap below an inline message", "a search", "a block"],
)
def test_whatever_a_person_does_in_private_belongs_to_their_chat(content: dict[str, Any]) -> None:
    assert arrival_of({"update_id": 1} | content).chat_id == ANN["id"]


async def test_who_had_to_wait_is_told_so(handling: Handling) -> None:
    for name in ("first", "second", "third"):
        handling.comes(name, 1)
    await handling.rest()
    await handling.let_go("first")
    handling.comes("fourth", 1)
    for name in ("second", "third", "fourth"):
        await handling.let_go(name)
    handling.comes("fifth", 1)
    await handling.let_go("fifth")
    assert [name for name, waited in handling.waited.items() if waited] == [
        *("second", "third", "fourth")
    ]


async def test_chats_are_handled_side_by_side(handling: Handling) -> None:
    for chat in (1, 2, -3):
        handling.comes(f"{chat}", chat)
    await handling.rest()
    assert handling.notes == ["1 begins", "2 begins", "-3 begins"]


async def test_nobody_waits_for_somebody_elses_slow_answer(handling: Handling) -> None:
    handling.comes("slow", 1)
    handling.comes("quick", 2)
    await handling.let_go("quick")
    assert handling.notes == ["slow begins", "quick begins", "quick ends"]
    assert handling.tasks["quick"].done()


async def test_an_update_of_nobody_waits_for_nobody(handling: Handling) -> None:
    chat = arrival_of({"update_id": 1, "poll": {"id": "1"}}).chat_id
    assert chat == NOBODY
    handling.comes("first", chat)
    handling.comes("second", chat)
    await handling.rest()
    assert handling.notes == ["first begins", "second begins"]


async def test_a_failing_update_does_not_block_its_chat(handling: Handling) -> None:
    handling.comes("fails", 1, ValueError("a bug"))
    handling.comes("next", 1)
    await handling.let_go("fails")
    assert handling.notes == ["fails begins", "fails ends", "next begins"]
    with pytest.raises(ValueError, match="a bug"):
        await handling.tasks["fails"]


async def test_an_update_after_a_quiet_time_begins_at_once(handling: Handling) -> None:
    handling.comes("first", 1)
    await handling.let_go("first")
    handling.comes("second", 1)
    await handling.rest()
    assert handling.notes == ["first begins", "first ends", "second begins"]


async def test_a_cancelled_update_lets_the_next_one_go(handling: Handling) -> None:
    handling.comes("first", 1)
    handling.comes("second", 1)
    await handling.rest()
    handling.tasks["first"].cancel()
    await handling.rest()
    assert handling.notes == ["first begins", "second begins"]


async def test_cancelling_an_update_that_waits_leaves_the_others_in_order(
    handling: Handling,
) -> None:
    for name in ("first", "second", "third"):
        handling.comes(name, 1)
    await handling.rest()
    handling.tasks["second"].cancel()
    await handling.rest()
    assert handling.notes == ["first begins"]
    await handling.let_go("first")
    assert handling.tasks["first"].exception() is None
    assert handling.notes == ["first begins", "first ends", "third begins"]


async def test_a_thousand_chats_are_handled_at_once(handling: Handling) -> None:
    for chat in range(1, 1001):
        handling.comes(f"{chat}", chat)
    await handling.rest()
    assert len(handling.notes) == 1000


async def test_two_hundred_updates_of_ten_chats_keep_their_order() -> None:
    chat_order = ChatOrder()
    seen: dict[int, list[int]] = {}

    async def handle(chat: int, number: int) -> None:
        async with chat_order.lock(chat + 1):
            await asyncio.sleep(0.001 * ((number * 7) % 3))
            seen.setdefault(chat, []).append(number)

    await asyncio.gather(*(handle(number % 10, number) for number in range(200)))
    assert seen == {chat: list(range(chat, 200, 10)) for chat in range(10)}
