"""Drawing of cards in a separate process.

Drawing takes a quarter of a second with the GIL held: in a thread it would stop the coach for
everyone.
"""

import pickle
from pathlib import Path

from bot.charts.card import Card
from bot.runtime.child_process import IDLE_SECONDS, PATIENCE_SECONDS, ChildProcess


class Charts:
    """A drawing process, if one is needed; cards are drawn one at a time.

    `folder` has the template and the fonts.
    """

    def __init__(
        self, folder: Path, idle: float = IDLE_SECONDS, patience: float = PATIENCE_SECONDS
    ) -> None:
        self._process = ChildProcess(
            "bot.charts.worker", str(folder), makes="a picture", idle=idle, patience=patience
        )

    @property
    def worker(self) -> int | None:
        """The process id; None: no process is running."""
        return self._process.pid

    async def draw(self, card: Card) -> bytes | None:
        """Return the card as a PNG; None if drawing failed or took too long."""
        return await self._process.ask(pickle.dumps(card))

    async def close(self) -> None:
        """End the process at once, even while it draws."""
        await self._process.close()
