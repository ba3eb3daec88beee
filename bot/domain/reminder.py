"""A reminder: one message to one runner on one local date."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

PUT_OFF = timedelta(hours=1)
TOLD_AS_LATE = timedelta(minutes=1)


class State(StrEnum):
    """The state of a message on the way to Telegram; UNKNOWN: the answer was lost."""

    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


class ReminderAnswer(StrEnum):
    """The runner's answer to a reminder."""

    START = "start"
    LATER = "later"
    NOT_TODAY = "not-today"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder and its state.

    `slot_at` is the planned moment, `due_at` the moment to send at; both in UTC. `routine` is the
    id of the routine offered. `tries` counts the sends that Telegram rejected.
    """

    id: int
    runner: int
    date: date
    slot_at: datetime
    due_at: datetime
    state: State
    routine: str | None
    answer: ReminderAnswer | None
    message_id: int | None
    tries: int = 0

    @property
    def put_off(self) -> bool:
        return self.answer is ReminderAnswer.LATER

    def is_late(self, now: datetime) -> bool:
        """Whether the reminder is late enough for its text to say so."""
        return now - self.due_at >= TOLD_AS_LATE
