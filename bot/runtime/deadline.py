"""The moment until which a worker sleeps."""

import asyncio
from collections.abc import Callable
from datetime import datetime


class Deadline:
    """The worker sleeps until `due_at`, or until an earlier moment sets `wake`.

    While it is awake `due_at` is None. `notify` is called with every new moment, for the worker may
    be in another process.
    """

    def __init__(self, notify: Callable[[], None]) -> None:
        self.wake = asyncio.Event()
        self.due_at: datetime | None = None
        self._notify = notify

    def bring_forward(self, due_at: datetime | None) -> None:
        """Wake the worker by this moment; None changes nothing, nor does a later one."""
        if due_at is None:
            return
        if self.due_at is None or due_at < self.due_at:
            self.wake.set()
        self._notify()
