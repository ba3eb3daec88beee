"""What is known of messages, by one process alone and beside others."""

import asyncio

import pytest

from bot.content.texts import Html
from bot.gateway.message_cache import GONE, KEPT, UNKNOWN, Fingerprint, MessageCache
from bot.runtime.bounded import Newest
from bot.views.screen import Button, Screen

BUTTONS = ((Button("Open", "https://example.org"),),)
LOOK = Fingerprint.of(Screen(Html("one"), BUTTONS))


async def now(looks: MessageCache, chat: int, message: int) -> Fingerprint:
    async with looks.changing(chat, message) as look:
        return look


def test_a_look_is_its_words_and_its_buttons() -> None:
    assert Fingerprint.of(Screen(Html("one"), BUTTONS)) == LOOK
    assert Fingerprint.of(Screen(Html("two"), BUTTONS)) != LOOK
    assert Fingerprint.of(Screen(Html("one"))) != LOOK
    assert Fingerprint.of(Screen(Html("one"))) == LOOK.without_buttons()
    assert LOOK.without_buttons().without_buttons() == LOOK.without_buttons()
    assert UNKNOWN.without_buttons() not in (UNKNOWN, GONE)


@pytest.mark.parametrize("alone", [True, False])
async def test_where_others_edit_it_is_certain_only_that_a_message_is_gone(alone: bool) -> None:
    looks = MessageCache(alone=alone)
    looks.put(1, 2, LOOK)
    assert await now(looks, 1, 2) == (LOOK if alone else UNKNOWN)
    looks.put(1, 2, GONE)
    assert await now(looks, 1, 2) is GONE
    assert await now(looks, 2, 2) is UNKNOWN


async def test_changes_of_one_message_wait_for_each_other() -> None:
    looks, order = MessageCache(alone=True), list[str]()

    async def change(message: int, name: str, seconds: float) -> None:
        async with looks.changing(1, message):
            order.append(f"{name} begins")
            await asyncio.sleep(seconds)
            order.append(f"{name} ends")

    await asyncio.gather(change(2, "first", 0.05), change(2, "second", 0), change(3, "other", 0))
    assert order.index("second begins") > order.index("first ends") > order.index("other ends")


def test_only_the_newest_are_kept() -> None:
    looks = MessageCache(alone=True)
    for message in range(KEPT + 10):
        looks.put(1, message, LOOK)
    assert len(looks._known) == KEPT
    newest: Newest[int, str] = Newest(2)
    for key in (1, 2, 1, 3):
        newest[key] = "x"
    assert list(newest) == [1, 3]
