"""Whether updates come in: what this process knows of its own polling, or of its webhook.

Nothing here follows from the silence of users: a getUpdates that brings nothing has succeeded, and
a webhook to which nothing was brought is well as long as Telegram has its address and names no
error.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

log = logging.getLogger(__name__)

SILENCE = 120.0  # seconds without a getUpdates that succeeded, or a webhook that could be read
FRESH = timedelta(minutes=2)  # for so long an error that Telegram names counts
EPISODE = 600.0  # seconds after which a rival who was not met again is gone
EARLIEST = 0.0


class Rival(StrEnum):
    """What another program does that has the same token."""

    POLLER = "poller"  # fetches updates
    WEBHOOK = "webhook"  # has set a webhook, while this coach polls
    ADDRESS = "address"  # has changed this coach's webhook, or taken it away


# How often a rival is met before the hosts are told. Two coaches that overlap during a restart meet
# once or twice; an address is changed by nobody else.
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
    UNREAD = "unread"  # Telegram has not said for a while what it knows of the webhook
    ELSEWHERE = "elsewhere"  # Telegram has no webhook, or another one
    FAILING = "failing"  # Telegram could not deliver an update just now


@dataclass(frozen=True, slots=True)
class Problem:
    """`seconds` since when, where that is known; `words` are Telegram's."""

    obstacle: Obstacle
    seconds: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What Telegram knows of the webhook; the error is the last one, however long ago it was."""

    is_ours: bool
    pending: int
    error_at: datetime | None = None
    error: str = ""


class Reception:
    """`now` is the wall clock, for Telegram's dates; `time` is for durations, in seconds."""

    def __init__(
        self,
        now: Callable[[], datetime],
        time: Callable[[], float],
        *,
        by_webhook: bool = False,
    ) -> None:
        self._now = now
        self._time = time
        self._by_webhook = by_webhook
        self._well_at: float | None = None  # none: this process does not look after the reception
        self._looked_at = float("-inf")
        self._known: Known | None = None
        self._came_at: datetime | None = None
        self._rival: Rival | None = None
        self._met = 0
        self._met_at = EARLIEST
        self._to_tell: asyncio.Queue[Rival] = asyncio.Queue()

    # What happens

    def begin(self) -> None:
        """This process looks after the reception from now on."""
        self._well_at = self._time()
        self._known = None

    def end(self) -> None:
        """It does not any more."""
        self._well_at = None

    def fetched(self) -> None:
        """A getUpdates has succeeded, whatever it brought."""
        self._well_at = self._time()
        self._forget_rival()

    def came(self) -> None:
        """An update was brought and taken."""
        self._came_at = self._now()

    def looked(self, known: Known) -> None:
        """Telegram has said what it knows of the webhook."""
        self._known = known
        self._looked_at = self._time()
        self._forget_rival()
        if not self._by_webhook:
            return
        self._well_at = self._looked_at
        if not known.is_ours:
            self.met(Rival.ADDRESS)

    def met(self, rival: Rival) -> None:
        """Another program with the same token. It is logged once, and told to the hosts once."""
        self._forget_rival()
        if self._rival is None:
            log.warning(IN_THE_LOG[rival])
        self._rival = rival
        self._met += 1
        self._met_at = self._time()
        if self._met == SURE[rival]:
            self._to_tell.put_nowait(rival)

    def _forget_rival(self) -> None:
        if self._rival is not None and self._time() - self._met_at > EPISODE:
            log.info("no other program with this token was met for %d minutes", EPISODE / 60)
            self._rival, self._met = None, 0

    # What is asked

    @property
    def rival(self) -> Rival | None:
        """The other program that was met lately, if one was."""
        self._forget_rival()
        return self._rival

    async def next_rival(self) -> Rival:
        """Waits for one that the hosts should hear of."""
        return await self._to_tell.get()

    @property
    def pending(self) -> int | None:
        """How many updates wait at Telegram, as it said last."""
        return self._known.pending if self._known else None

    def is_old(self, seconds: float) -> bool:
        """Whether the webhook should be looked at again, after so many seconds."""
        begun = self._well_at is not None and self._by_webhook
        return begun and self._time() - self._looked_at > seconds

    @property
    def is_failing(self) -> bool:
        """Whether Telegram could not deliver just now, and nothing has come since."""
        known = self._known
        if known is None or known.error_at is None or not known.is_ours:
            return False
        since = self._came_at is None or self._came_at < known.error_at
        return since and self._now() - known.error_at <= FRESH

    def problems(self) -> list[Problem]:
        """Why updates do not come in; none if they do, or if another process looks after it."""
        if self._well_at is None:
            return []
        found = []
        seconds = self._time() - self._well_at
        if seconds > SILENCE:
            kind = Obstacle.UNREAD if self._by_webhook else Obstacle.SILENT
            found.append(Problem(kind, int(seconds)))
        if self._by_webhook and self._known and not self._known.is_ours:
            found.append(Problem(Obstacle.ELSEWHERE))
        if self._by_webhook and self.is_failing and self._known:
            found.append(Problem(Obstacle.FAILING, words=self._known.error))
        return found
