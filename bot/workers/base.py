"""The loop that every worker runs: wait, work, log a failure, back off."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress

from bot.db.engine import AwayError
from bot.runtime.retry import BACK_OFF
from bot.runtime.tasks import HANGS, Progress

log = logging.getLogger(__name__)


class Loop:
    """Calls `work` in a loop; it returns the seconds to wait before the next call.

    Setting `wake` ends a wait. A failure is logged once while it lasts, with the text `failure`,
    unless the database is away, which the database logs itself. `progress` detects a call that
    hangs.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[], Awaitable[float]],
        wake: asyncio.Event,
        progress: Progress,
        failure: str,
    ) -> None:
        self._name = name
        self._work = work
        self._wake = wake
        self._progress = progress
        self._failure = failure
        self._failures = 0
        self._is_stopping = False
        self.is_failing = False

    async def run(self) -> None:
        """Run the loop until it is stopped or cancelled."""
        try:
            while not self._is_stopping:
                self._wake.clear()
                self.expect()
                seconds = await self._try()
                self.rest()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), seconds)
        finally:
            self._is_stopping = False
            self.rest()

    def stop(self) -> None:
        """Stop the loop after the current call."""
        self._is_stopping = True
        self._wake.set()

    def expect(self) -> None:
        """Report progress; without another report or `rest` soon, the loop counts as hung."""
        self._progress.expect(self._name, HANGS)

    def rest(self) -> None:
        """Report that no progress is expected until the next call of `expect`."""
        self._progress.rest(self._name)

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Return a context within which no progress is expected."""
        self.rest()
        try:
            yield
        finally:
            self.expect()

    async def _try(self) -> float:
        """Call `work` once; return the seconds until the next call."""
        try:
            seconds = await self._work()
        except AwayError:
            self._failures += 1
            return BACK_OFF.after(self._failures)
        except Exception:
            self._failures += 1
            if not self.is_failing:
                log.exception("%s; trying again", self._failure)
            self.is_failing = True
            return BACK_OFF.after(self._failures)
        if self.is_failing:
            log.warning("the %s loop works again", self._name)
        self._failures, self.is_failing = 0, False
        return seconds
