"""What became of what was sent at its moment, and when it is tried again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.pain_report import Question
from bot.domain.reminder import Reminder, State

PAUSES = (1, 2, 5, 10, 30, 60, 120, 300)  # seconds after the first time, the second, …


@dataclass(frozen=True, slots=True)
class Settled:
    """A reminder or a question with Telegram's word on it; `gone`: the runner can't be written to.

    CLAIMED: it is known not to have arrived, and is tried again at `again_at` (UTC) as long as that
    is of use. `tries` is how often Telegram has turned it down.
    """

    it: Reminder | Question
    state: State
    tries: int = 0
    again_at: datetime | None = None
    message_id: int | None = None
    gone: bool = False


def pause(tries: int, asked: float = 0.0) -> timedelta:
    """How long to wait after Telegram has turned it down, as it had `tries` times before: longer
    each time, and at least as many seconds as it asked for.
    """
    return timedelta(seconds=max(PAUSES[min(tries, len(PAUSES) - 1)], asked))
