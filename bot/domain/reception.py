"""Health of the reception of updates, as seen by this process: its polling, or its webhook.

Silence of users is healthy: a getUpdates without updates has succeeded, and a webhook without
requests works as long as Telegram has its address and reports no error.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.frozen import frozen

log = logging.getLogger(__name__)

SILENCE = 120.0  # seconds without a successful getUpdates or getWebhookInfo
FRESH = timedelta(minutes=2)  # how long an error that Telegram reports counts
EPISODE = 600.0  # seconds without a conflict after which the other program is gone


class Rival(StrEnum):
    """Another program with the same token, by what it does."""

    POLLER = "poller"  # fetches updates
    WEBHOOK = "webhook"  # has set a webhook, while this coach polls
    ADDRESS = "address"  # has changed or removed this coach's webhook


# The number of conflicts after which the hosts are told. Two processes of one coach that overlap
# during a restart conflict once or twice, but do not change the webhook's address.
SURE = {Rival.POLLER: 3, Rival.WEBHOOK: 3, Rival.ADDRESS: 1}
IN_THE_LOG = {
    Rival.POLLER: "another program fetches updates with this token, so some do not come here: stop "
    "it (409 Conflict)",
    Rival.WEBHOOK: "another program has set a webhook with this token, so no updates can be "
    "fetched (409 Conflict)",
    Rival.ADDRESS: "another program has changed or removed the webhook",
}


class Obstacle(StrEnum):
    """Why updates do not come in."""

    SILENT = "silent"  # no getUpdates has succeeded for a while
    UNREAD = "unread"  # no getWebhookInfo has succeeded for a while
    ELSEWHERE = "elsewhere"  # Telegram has no webhook, or another one
    FAILING = "failing"  # Telegram could not deliver an update just now


@frozen
class Problem:
    """A problem of reception: its duration, where known, and the `words` of Telegram's error."""

    obstacle: Obstacle
    seconds: int = 0
    words: str = ""


@frozen
class Known:
    """The state of the webhook as Telegram reports it; `error` is the last one, of any age."""

    is_ours: bool
    pending: int
    error_at: datetime | None = None
    error: str = ""


class Reception:
    """A record of what reached this process, and of other programs with the same token.

    `now` is the wall clock, for comparison with Telegram's dates; `time` is monotonic, in seconds.
    """

    def __init__(
        self, now: Callable[[], datetime], time: Callable[[], float], *, by_webhook: bool = False
    ) -> None:
        self._now = now
        self._time = time
        self._by_webhook = by_webhook
        self._healthy_at: float | None = None  # None: another process receives the updates
        self._webhook_read_at = float("-inf")
        self._webhook: Known | None = None
        self._received_at: datetime | None = None
        self._rival: Rival | None = None
        self._conflicts = 0
        self._conflict_at = 0.0
        self._rivals_to_report: asyncio.Queue[Rival] = asyncio.Queue()

    def begin(self) -> None:
        """Record that this process receives the updates from now on."""
        self._healthy_at = self._time()
        self._webhook = None

    def end(self) -> None:
        """Record that this process no longer receives the updates."""
        self._healthy_at = None

    def fetched(self) -> None:
        """Record a successful getUpdates, with or without updates."""
        self._healthy_at = self._time()
        self._forget_rival()

    def came(self) -> None:
        """Record that an update was received."""
        self._received_at = self._now()

    def looked(self, known: Known) -> None:
        """Record the state of the webhook."""
        self._webhook = known
        self._webhook_read_at = self._time()
        self._forget_rival()
        if not self._by_webhook:
            return
        self._healthy_at = self._webhook_read_at
        if not known.is_ours:
            self.met(Rival.ADDRESS)

    def met(self, rival: Rival) -> None:
        """Record a conflict with another program; log it and queue it for the hosts, once each."""
        self._forget_rival()
        if self._rival is None:
            log.warning(IN_THE_LOG[rival])
        self._rival = rival
        self._conflicts += 1
        self._conflict_at = self._time()
        if self._conflicts == SURE[rival]:
            self._rivals_to_report.put_nowait(rival)

    def _forget_rival(self) -> None:
        if self._rival is not None and self._time() - self._conflict_at > EPISODE:
            log.info("no other program with this token was met for %d minutes", EPISODE / 60)
            self._rival, self._conflicts = None, 0

    @property
    def rival(self) -> Rival | None:
        """The other program of the last conflict; None if there was none within EPISODE."""
        self._forget_rival()
        return self._rival

    async def next_rival(self) -> Rival:
        """Wait for another program that the hosts should be told about."""
        return await self._rivals_to_report.get()

    @property
    def pending(self) -> int | None:
        """The number of updates that wait at Telegram, as last reported."""
        return self._webhook.pending if self._webhook else None

    def is_old(self, seconds: float) -> bool:
        """Return whether the webhook's state was read longer ago than this."""
        begun = self._healthy_at is not None and self._by_webhook
        return begun and self._time() - self._webhook_read_at > seconds

    @property
    def is_failing(self) -> bool:
        """Whether Telegram failed to deliver lately, and no update was received after that."""
        webhook = self._webhook
        if webhook is None or webhook.error_at is None or not webhook.is_ours:
            return False
        unresolved = self._received_at is None or self._received_at < webhook.error_at
        return unresolved and self._now() - webhook.error_at <= FRESH

    def problems(self) -> list[Problem]:
        """Return the problems; none while another process receives the updates."""
        if self._healthy_at is None:
            return []
        problems = []
        seconds = self._time() - self._healthy_at
        if seconds > SILENCE:
            kind = Obstacle.UNREAD if self._by_webhook else Obstacle.SILENT
            problems.append(Problem(kind, int(seconds)))
        if self._by_webhook and self._webhook and not self._webhook.is_ours:
            problems.append(Problem(Obstacle.ELSEWHERE))
        if self._by_webhook and self.is_failing and self._webhook:
            problems.append(Problem(Obstacle.FAILING, words=self._webhook.error))
        return problems
