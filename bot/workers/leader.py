"""The duties of the leading process, and the reception of updates."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

from telegram import Update
from telegram.error import Conflict, TelegramError

from bot.coach import Coach
from bot.domain.reception import Reception, Rival
from bot.gateway.client import POLL_PATIENCE, POLL_SECONDS, ApiBot
from bot.gateway.inbox import Inbox
from bot.gateway.polling import Polling
from bot.gateway.registration import Registration, keep_registered
from bot.runtime.addresses import Webhook
from bot.runtime.tasks import HANGS, in_the_background, working
from bot.services import outbox
from bot.views import status as views
from bot.workers.cluster import Cluster, NotLeadingError
from bot.workers.cues import Cues
from bot.workers.slots import Slots

log = logging.getLogger(__name__)

UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
)
RECOVER_EVERY = 60.0
ASK_AGAIN_AFTER = 1.0
POLLING = "polling"  # the name of this loop


@asynccontextmanager
async def leading(
    coach: Coach,
    cluster: Cluster,
    slots: Slots,
    cues: Cues,
    bot: ApiBot,
    registration: Registration,
    polled: Inbox | None,
) -> AsyncIterator[None]:
    """Return a context in which this process does the duties of the leader.

    It wakes slots, sends cues, and polls updates into the inbox `polled`, or, if that is None,
    keeps the webhook registered.
    """
    reception = coach.hosting.reception
    await _recover(cluster)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(in_the_background(_recovering(cluster)))
        await stack.enter_async_context(in_the_background(slots.run()))
        await stack.enter_async_context(working(cues))
        reception.begin()
        stack.callback(reception.end)
        await stack.enter_async_context(in_the_background(_warn_hosts(coach)))
        registering = keep_registered(bot, registration, reception)
        await stack.enter_async_context(in_the_background(registering))
        if polled is not None:
            await stack.enter_async_context(_polling(bot, cluster, reception, polled))
        yield


async def _recovering(cluster: Cluster) -> None:
    """Mark what dead processes were sending as unknown; a living one still stores its outcomes."""
    while True:
        await asyncio.sleep(RECOVER_EVERY)
        try:
            await _recover(cluster)
        except Exception as error:
            log.warning("what a dead process was sending stays open: %s", type(error).__name__)


async def _recover(cluster: Cluster) -> None:
    for each in outbox.ALL:
        await outbox.recover(cluster, each)


async def _warn_hosts(coach: Coach) -> None:
    """Tell the hosts about another program with the same token, in their chats with the coach."""
    while True:
        rival = await coach.hosting.reception.next_rival()
        try:
            for admin in sorted(coach.hosting.admins):
                await coach.messenger.show(admin, views.rival(coach.texts, rival))
        except Exception:
            log.exception("the hosts could not be told")


def by_webhook(bot: ApiBot, inbox: Inbox, webhook: Webhook) -> AbstractAsyncContextManager[None]:
    """Return a context in which updates are received by the webhook."""
    from bot.gateway.webhook import receiving  # brings a web server, which polling does not need

    return receiving(bot, webhook, inbox, UPDATES)


class PollingListener:
    """Records the progress of polling."""

    def __init__(self, cluster: Cluster, reception: Reception) -> None:
        self._cluster = cluster
        self._reception = reception
        self._expect()

    async def fetched(self) -> None:
        """Raise NotLeadingError in a former leader, so that Telegram delivers the updates again."""
        self._expect()
        if not await self._cluster.still_leads():
            raise NotLeadingError
        self._reception.fetched()

    def failed(self, error: TelegramError) -> None:
        if isinstance(error, Conflict):
            by_webhook = "webhook" in error.message.lower()
            self._reception.met(Rival.WEBHOOK if by_webhook else Rival.POLLER)

    def pauses(self, seconds: float) -> None:
        self._expect(seconds)

    def end(self) -> None:
        self._cluster.progress.rest(POLLING)

    def _expect(self, wait: float = 0.0) -> None:
        self._cluster.progress.expect(POLLING, wait + POLL_SECONDS + POLL_PATIENCE + HANGS)


@asynccontextmanager
async def _polling(
    bot: ApiBot, cluster: Cluster, reception: Reception, inbox: Inbox
) -> AsyncIterator[None]:
    listener = PollingListener(cluster, reception)
    polling = Polling(bot, inbox, UPDATES, listener)
    try:
        async with in_the_background(_fetching(polling)):
            yield
    finally:
        listener.end()


async def _fetching(polling: Polling) -> None:
    """Poll while this process leads; its duties end soon where it does not."""
    while True:
        try:
            await polling.run()
        except NotLeadingError:
            log.info("what was fetched is left to the process that leads")
            await asyncio.sleep(ASK_AGAIN_AFTER)
        else:
            return
