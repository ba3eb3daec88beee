"""A reminder: one message for one runner on one local date, and what may become of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

PUT_OFF = timedelta(hours=1)
TOLD_AS_LATE = timedelta(minutes=1)


class State(StrEnum):
    """How far it is on its way to Telegram."""

    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


class Answer(StrEnum):
    """What the runner said to it."""

    START = "start"
    LATER = "later"
    NOT_TODAY = "not-today"


@dataclass(frozen=True, slots=True)
class Reminder:
    """`slot_at` is the moment it was planned for, `due_at` the one it is to be sent at; UTC.

    `tries`: how often Telegram has turned it down.
    """

    id: int
    runner: int
    date: date
    slot_at: datetime
    due_at: datetime
    state: State
    routine: str | None
    answer: Answer | None
    message_id: int | None
    tries: int = 0

    @property
    def put_off(self) -> bool:
        return self.answer is Answer.LATER

    def is_late(self, now: datetime) -> bool:
        return now - self.due_at >= TOLD_AS_LATE
