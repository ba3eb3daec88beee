"""Sessions as FIT files, which watches and training diaries read.

They are written in a separate process: loading the library takes 0.4 s with the GIL held.
"""

import pickle
from collections.abc import Sequence

from bot.domain.activity import Activity
from bot.runtime.child_process import IDLE_SECONDS, PATIENCE_SECONDS, ChildProcess


class FitFiles:
    """A writing process, if one is needed."""

    def __init__(self, idle: float = IDLE_SECONDS, patience: float = PATIENCE_SECONDS) -> None:
        self._process = ChildProcess(
            "bot.fit.worker", makes="a FIT file", idle=idle, patience=patience
        )

    async def write(self, activity: Activity, titles: Sequence[str]) -> bytes | None:
        """Return the file, with a title for each set; None if writing failed or took too long."""
        return await self._process.ask(pickle.dumps((activity, tuple(titles))))

    async def close(self) -> None:
        """End the process at once."""
        await self._process.close()
