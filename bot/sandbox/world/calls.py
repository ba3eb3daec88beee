"""What a bot asked and what it was answered: the newest calls."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.world.chats import Json

KEPT = 2000  # and no more, in a demo that runs for days


@dataclass(frozen=True)
class Call:
    """One call of the bot: `status` is what it was answered, 0 if its answer was lost."""

    method: str
    params: Json
    status: int
    description: str
    at: datetime
    chat_id: int | None
    spoilt: bool  # by a fault of `faults`, not by Telegram's rules
    unknown: tuple[str, ...] = ()  # parameters that the method does not take
    answer: Json = field(default_factory=dict)  # whole; empty if lost


class Calls(list[Call]):
    """Oldest first; `made` counts also those that are not kept any more."""

    made = 0

    def log(self, call: Call) -> None:
        self.append(call)
        del self[:-KEPT]
        self.made += 1

    def since(self, made: int) -> list[Call]:
        """The calls after the first so many, as far as they are kept."""
        fresh = self.made - made
        return self[-fresh:] if fresh else []
