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
    """Calls `work`, which returns the seconds until it is to be called again; `wake` ends a wait.

    A failure is logged once while it lasts, in the words of `failure`; that of a database which is
    away is logged by the database. `progress` tells of a call that hangs.
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
        """Until stopped or cancelled."""
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
        """End after the call that is under way."""
        self._is_stopping = True
        self._wake.set()

    def expect(self) -> None:
        """Something is begun; unless more is begun soon, or the loop rests, it hangs."""
        self._progress.expect(self._name, HANGS)

    def rest(self) -> None:
        self._progress.rest(self._name)

    @contextmanager
    def resting(self) -> Iterator[None]:
        """What is waited for within the block may take its time."""
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
