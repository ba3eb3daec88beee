"""The outcome of sending a message that the coach sends by itself."""

from datetime import datetime

from bot.domain.frozen import frozen
from bot.domain.pain_report import MorningQuestion
from bot.domain.race import RaceQuestion
from bot.domain.reminder import MissedOffer, Reminder, State


@frozen
class DeliveryOutcome:
    """The outcome of sending a reminder or a question; `gone`: the runner can't be written to.

    In the state CLAIMED, the message is known not to have arrived; it is sent again at `again_at`
    (UTC) unless it is pointless by then. `tries` is the number of refusals by Telegram.
    """

    subject: Reminder | MorningQuestion | RaceQuestion | MissedOffer
    state: State
    tries: int = 0
    again_at: datetime | None = None
    message_id: int | None = None
    gone: bool = False
