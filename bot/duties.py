"""What one process does for all of them, and how updates come in."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

from telegram import Update

from bot.background import in_the_background, working
from bot.coach import Coach
from bot.inbox import Inbox
from bot.jobs import Slots
from bot.listening import Webhook
from bot.polling import Polling
from bot.services import outbox
from bot.timing import Cues
from bot.transport import SteadyBot

log = logging.getLogger(__name__)

UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
)
RECOVER_EVERY = 60.0


@asynccontextmanager
async def leading(
    coach: Coach, slots: Slots, cues: Cues, bot: SteadyBot, polled: Inbox | None
) -> AsyncIterator[None]:
    """What one process does for all: slots wake, sessions go by the clock, and updates come in
    where they are polled."""
    await _recover(coach)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(in_the_background(_recovering(coach)))
        await stack.enter_async_context(in_the_background(slots.run()))
        await stack.enter_async_context(working(cues))
        if polled is not None:
            polling = Polling(bot, polled, UPDATES)
            await stack.enter_async_context(in_the_background(polling.run()))
        yield


async def _recovering(coach: Coach) -> None:
    """A process that died is not heard of again; one that lives says what became of its own."""
    while True:
        await asyncio.sleep(RECOVER_EVERY)
        try:
            await _recover(coach)
        except Exception as error:
            log.warning("what a dead process was sending stays open: %s", type(error).__name__)


async def _recover(coach: Coach) -> None:
    for each in (outbox.REMINDERS, outbox.QUESTIONS):
        await outbox.recover(coach.db, each)


def by_webhook(bot: SteadyBot, inbox: Inbox, webhook: Webhook) -> AbstractAsyncContextManager[None]:
    """Updates come in until the block is left."""
    from bot.webhook import receiving  # brings a web server, which polling does not need

    return receiving(bot, webhook, inbox, UPDATES)
