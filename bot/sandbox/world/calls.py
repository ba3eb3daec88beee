"""The log of the bot's calls and their answers."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.world.wire import Json

CALLS_KEPT = 2000


@dataclass(frozen=True)
class Call:
    method: str
    params: Json
    status: int  # 0 if the answer was lost
    description: str
    called_at: datetime
    chat_id: int | None
    faulty: bool  # answered by one of `faults`, not by Telegram's rules
    unknown_parameters: tuple[str, ...] = ()
    answer: Json = field(default_factory=dict)  # empty if lost


class Calls(list[Call]):
    """The newest calls, oldest first; `total` includes those no longer kept."""

    total = 0

    def log(self, call: Call) -> None:
        self.append(call)
        del self[:-CALLS_KEPT]
        self.total += 1

    def since(self, total: int) -> list[Call]:
        """Return the calls kept of those made after the first `total`."""
        new = self.total - total
        return self[-new:] if new else []
