"""Delays before a retry."""

from collections.abc import Iterator
from itertools import chain, repeat

from bot.domain.frozen import frozen


@frozen
class BackOff:
    """Delays in seconds, one after each failure in a row; the last one repeats."""

    delays: tuple[float, ...]

    def after(self, failures: int) -> float:
        """Return the delay after this number of failures, at least one."""
        return self.delays[min(failures, len(self.delays)) - 1]

    def __iter__(self) -> Iterator[float]:
        """Yield every delay in turn, without end."""
        return chain(self.delays, repeat(self.delays[-1]))


BACK_OFF = BackOff((1, 2, 5, 10, 30))
