"""The moment until which a worker sleeps."""

import asyncio
from collections.abc import Callable
from datetime import datetime


class Deadline:
    """The moment until which a worker sleeps; an earlier one sets `wake`.

    While the worker is awake, `due_at` is None. `notify` is called for every new moment, as the
    worker may be in another process.
    """

    def __init__(self, notify: Callable[[], None]) -> None:
        self.wake = asyncio.Event()
        self.due_at: datetime | None = None
        self._notify = notify

    def bring_forward(self, due_at: datetime | None) -> None:
        """Wake the worker at this moment at the latest; None changes nothing."""
        if due_at is None:
            return
        if self.due_at is None or due_at < self.due_at:
            self.wake.set()
        self._notify()
