"""What became of a message that the coach sends by itself."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.pain_report import MorningQuestion
from bot.domain.reminder import Reminder, State


@dataclass(frozen=True, slots=True)
class DeliveryOutcome:
    """What Telegram answered to a reminder or a question; `gone`: the runner can't be written to.

    CLAIMED: it is known not to have arrived, and is tried again at `again_at` (UTC) as long as that
    is of use. `tries` is how often Telegram has turned it down.
    """

    subject: Reminder | MorningQuestion
    state: State
    tries: int = 0
    again_at: datetime | None = None
    message_id: int | None = None
    gone: bool = False
